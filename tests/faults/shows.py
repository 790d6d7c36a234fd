"""Misfortune at full size, with the real command: ``python tests/faults/shows.py [--rounds 5] [--kills 50]``.

Ten commands at once on one show, round after round; then a command killed at moments of chance in a show that has
pages, the next command after each. After every step the feed is walked from page to page by feedparser: every
enclosure must be there with the length that is stated, and nothing that was published before may be lost.
Exits with 1 at the first thing that does not hold. Takes about ten minutes on two cores.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import unquote, urlsplit

import feedparser

HOME = Path(__file__).parents[2]
SEED = 20_261_124
AT_ONCE = 10
MANY = 260


def command(root: Path, *arguments: str) -> subprocess.Popen[bytes]:
    """The command, begun; with a cache of its own in the working folder."""
    environment = {**os.environ, "NARRATE_CACHE_DIR": str(root / "cache"), "PYTHONPATH": os.pathsep.join(paths())}
    narrate = [sys.executable, "-m", "narrate", *arguments, "--out", str(root / "out"), "--show", "many"]
    return subprocess.Popen(narrate, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def paths() -> list[str]:
    """This checkout before anything that is installed."""
    return [str(HOME / "src"), str(HOME)]


def make(root: Path, name: str) -> subprocess.Popen[bytes]:
    """An article, and the command that makes an episode of it."""
    article = root / f"{name}.md"
    article.write_text(f"# Loaf {name}\n\nThis is loaf {name} of the day. It is eaten warm.\n", encoding="utf-8")
    return command(root, "make", str(article), "--voice", "tone", "--no-music", "-q")


def done(process: subprocess.Popen[bytes]) -> None:
    """Wait for a command that must succeed."""
    _, said = process.communicate(timeout=600)
    held(process.returncode == 0, f"the command failed: {said.decode(errors='replace')}")


def published(root: Path) -> dict[str, str]:
    """The guids and enclosures of a feed, from page to page; everything about them is checked on the way."""
    show, found, name = root / "out" / "many", {}, "feed.xml"
    while name:
        feed = feedparser.parse(show / name)
        held(not feed.bozo, f"{name} cannot be parsed: {feed.get('bozo_exception')}")
        for entry in feed.entries:
            folder, file = unquote(urlsplit(entry.enclosures[0].href).path).split("/")[-2:]
            sound = show / folder / file
            held(sound.is_file(), f"{name} names {sound}, which is not there")
            size, stated = sound.stat().st_size, entry.enclosures[0].length
            held(size == int(stated), f"{sound} has {size} bytes, and {name} states {stated}")
            held(entry.id not in found, f"{entry.id} stands twice")
            found[entry.id] = sound.name
        following = [link.href for link in feed.feed.links if link.rel == "next"]
        name = urlsplit(following[0]).path.rpartition("/")[2] if following else ""
    return found


def held(law: bool, otherwise: str) -> None:  # noqa: FBT001 # as in assert
    """Stop here where a law does not hold."""
    if not law:
        sys.exit(f"FAILED: {otherwise}")


def at_once(root: Path, rounds: int) -> None:
    """Ten commands at once, again and again."""
    for turn in range(rounds):
        before = published(root)
        for process in [make(root, f"{turn}-{number}") for number in range(AT_ONCE)]:
            done(process)
        after = published(root)
        held(before.items() <= after.items(), "something published is lost")
        held(
            len(after) == len(before) + AT_ONCE, f"{AT_ONCE} were made, and {len(after) - len(before)} are in the feed"
        )
        tell(f"round {turn + 1} of {rounds}: {len(after)} episodes in the feed")


def killed(root: Path, kills: int) -> None:
    """A command killed at a moment of chance, then the next command."""
    chance = random.Random(SEED)  # noqa: S311 # it hides nothing
    began = time.monotonic()
    done(make(root, "first"))
    length_s = time.monotonic() - began
    hit = 0
    for turn in range(kills):
        before = published(root)
        process = make(root, f"killed-{turn}")
        time.sleep(chance.uniform(0, length_s))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        hit += process.returncode == -signal.SIGKILL
        done(command(root, "feed", "--json"))
        held(before.items() <= published(root).items(), "something published is lost")
        if turn % 2:  # every other time it is tried again
            done(make(root, f"killed-{turn}"))
            held(len(published(root)) == len(before) + 1, "what was killed cannot be made again")
        tell(f"kill {turn + 1} of {kills}: {len(published(root))} episodes in the feed")
    tell(f"{hit} of {kills} were hit while they worked")


def tell(text: str) -> None:
    """A line of progress."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main(arguments: list[str]) -> None:
    """Do all of it."""
    sys.path[:0] = paths()
    from tests.pipeline.shelves import show_of

    parser = argparse.ArgumentParser(description="Misfortune at full size.")
    parser.add_argument("--rounds", type=int, default=5, help="how often ten commands at once (default: 5)")
    parser.add_argument("--kills", type=int, default=50, help="how many commands are killed (default: 50)")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="narrate-faults-") as work:
        root = Path(work)
        show_of(root / "out" / "many", MANY, sound=True)
        done(command(root, "feed", "--json"))
        at_once(root, given.rounds)
        killed(root, given.kills)
    tell("all held")


if __name__ == "__main__":
    main(sys.argv[1:])
