"""An import that is killed at random moments, and what the next command finds: ``import_kill.py [KILLS] [SEED]``.

A site on this machine publishes posts, some as whole texts in its feed, some as teasers of pages. `narrate feed
import` is started, killed after a random time (SIGKILL; what it started goes with it), and then the show is looked at
by `narrate feed`: the feed parses, every enclosure is there with its stated length, every episode that was published
is still published with its guid and its date, no post is there twice. When all posts are episodes, the site publishes
more. At the end an import that nobody disturbs makes what is left: every post is one episode, none is lost.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import feedparser
from tests.pipeline.blog import serving

if TYPE_CHECKING:
    from tests.pipeline.blog import Blog

POSTS_AT_ONCE = 3
LONGEST_S = 120


@dataclass(slots=True)
class Experiment:
    """A show in `root`, the site it imports from, and what was seen: published guids with their dates and titles."""

    root: Path
    blog: Blog
    random: random.Random
    posts: int = 0
    published: dict[str, tuple[str, str]] = field(default_factory=dict)
    killed: int = 0
    took_s: float = 0.0

    @property
    def show(self) -> Path:
        """The show's folder."""
        return self.root / "out" / "narrated-articles"

    def publish(self) -> None:
        """Have the site publish more posts: every second one is a teaser."""
        self.posts += POSTS_AT_ONCE
        self.blog.feed(*(self.blog.item(number, whole=number % 2 == 0) for number in range(1, self.posts + 1)))

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        """A command of narrate's in a process group of its own."""
        environment = os.environ | {
            "NARRATE_ENGINE": "tone",
            "NARRATE_MUSIC": "none",
            "NARRATE_CACHE_DIR": str(self.root / "cache"),
            "NARRATE_FETCH_PRIVATE": "true",
            "NARRATE_FETCH_PAUSE_S": "0",
        }
        command = (sys.executable, "-m", "narrate", *words)
        silent = subprocess.DEVNULL
        return subprocess.Popen(
            command, cwd=self.root, env=environment, stdout=silent, stderr=subprocess.PIPE, start_new_session=True
        )

    def run(self, *words: str) -> None:
        """A command that nobody disturbs, and that goes well."""
        done = self.start(*words)
        _, said = done.communicate(timeout=LONGEST_S)
        assert done.returncode == 0, said.decode(errors="replace")

    def measure(self) -> None:
        """How long an import takes here that nobody disturbs; it makes the first posts."""
        began = time.monotonic()
        self.run("feed", "import", f"{self.blog.address}/feed.xml", "--progress", "none")
        self.took_s = time.monotonic() - began
        self.look()

    def kill_one(self) -> None:
        """Start an import and kill it some time later, unless it is faster."""
        began = time.monotonic()
        process = self.start("feed", "import", f"{self.blog.address}/feed.xml", "--progress", "none")
        try:
            process.wait(timeout=self.random.uniform(0.05, 1.1) * self.took_s)
        except subprocess.TimeoutExpired:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            self.killed += 1
        else:
            self.took_s = max(0.5 * self.took_s, time.monotonic() - began)
        process.communicate()

    def look(self) -> None:
        """What the next command leaves is whole, and holds all that was published before."""
        if not (self.show / "show.toml").exists() and not any(self.show.glob(".staging/journal.json")):
            return  # killed before the first episode was decided on
        self.run("feed")
        found = feedparser.parse((self.show / "feed.xml").read_bytes())
        assert not found.bozo, found.bozo_exception
        now = {entry.id: (entry.published, entry.title) for entry in found.entries}
        for entry in found.entries:
            (link,) = entry.enclosures
            path = self.show.joinpath(*link.href.split("/")[-2:])
            assert path.stat().st_size == int(link.length), path
        assert len({title for _, title in now.values()}) == len(now), "a post is there twice"
        assert self.published.items() <= now.items(), "an episode that was published is lost or changed"
        self.published = now
        if len(now) == self.posts:
            self.publish()

    def end(self) -> None:
        """Import undisturbed: every post is one episode."""
        self.run("feed", "import", f"{self.blog.address}/feed.xml", "--progress", "none")
        posts = self.posts
        self.look()
        there = {title for _, title in self.published.values()}
        missing = {f"Post {number}" for number in range(1, posts + 1)} - there
        memory = self.show.joinpath(".imported.json").read_text(encoding="utf-8")
        assert not missing, f"{missing} lost: {memory[-3000:]}"
        assert len(there) == posts


def experiment(root: Path, kills: int, seed: int) -> Experiment:
    """Kill so many imports, each at another moment; what is not as it should be is an AssertionError."""
    with serving() as blog:
        found = Experiment(root, blog, random.Random(seed))  # noqa: S311 - moments, not secrets
        found.publish()
        found.measure()
        while found.killed < kills:
            found.kill_one()
            found.look()
        found.end()
        return found


def main(kills: int = 50, seed: int = 20_261_124) -> None:
    """Run it and say what was seen."""
    with tempfile.TemporaryDirectory() as root:
        found = experiment(Path(root), kills, seed)
        sys.stdout.write(f"{found.killed} imports killed, {len(found.published)} episodes, nothing lost or twice\n")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
