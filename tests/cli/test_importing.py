"""``narrate feed import`` and ``narrate watch``: what they print, and how they end."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from tests.pipeline.blog import serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.cli.conftest import Said
    from tests.pipeline.blog import Blog

    Narrate = Callable[..., Said]


@pytest.fixture
def blog(monkeypatch: pytest.MonkeyPatch) -> Iterator[Blog]:
    """A site on this machine that may be asked without pauses."""
    monkeypatch.setenv("NARRATE_FETCH_PAUSE_S", "0")
    monkeypatch.setenv("NARRATE_FETCH_PRIVATE", "true")
    for place in ("entries", "confining"):
        monkeypatch.setattr(f"narrate.pipeline.{place}.confined", lambda function, *given, **_: function(*given))
    with serving() as site:
        yield site


def test_an_import_prints_the_paths_and_tells_the_rest(narrate: Narrate, blog: Blog) -> None:
    """Episodes on stdout, the story on stderr, failures with their reason; 1 where something failed, else 0."""
    feed = blog.feed(blog.item(1), blog.item(2, whole=False))
    del blog.pages["/post2"]
    first = narrate("feed", "import", feed, "--progress", "none")
    again = narrate("feed", "import", "-v")

    assert first.code == 1
    assert first.out.split() == [os.path.join("out", "narrated-articles", "post-1", "post-1.mp3")]  # noqa: PTH118 # as printed
    assert "Made “Post 1”" in first.err
    assert "narrate: “Post 2”: " in first.err
    assert "does not exist (HTTP 404)" in first.err
    assert first.err.splitlines()[-1] == "1 made, 1 failed."
    assert (again.code, again.out) == (0, "")
    assert "it failed before" in again.err


def test_json_lists_every_entry_with_what_became_of_it(narrate: Narrate, blog: Blog) -> None:
    """One document, on failure too: lists and entries, with reasons and whether to try again."""
    feed = blog.feed(blog.item(1), blog.item(2, whole=False))
    blog.put("/post2", "", status=503)
    said = narrate("feed", "import", feed, f"{blog.address}/none.xml", "--json")
    document = said.json()

    assert said.code == 1
    assert (document["ok"], [row["outcome"] for row in document["lists"]]) == (False, ["read", "failed"])
    rows = {row["title"]: row for row in document["entries"]}
    assert (rows["Post 1"]["outcome"], rows["Post 1"]["retryable"]) == ("made", False)
    assert (rows["Post 2"]["outcome"], rows["Post 2"]["retryable"], rows["Post 2"]["code"]) == ("failed", True, "fetch")
    assert rows["Post 1"]["published"] == "2026-11-01T08:00:00+00:00"
    assert rows["Post 1"]["guid"]
    assert rows["Post 1"]["audio"].endswith("post-1.mp3")


def test_options_of_the_group_hold_for_the_import(narrate: Narrate, blog: Blog, here: Path) -> None:
    """--out and --show may stand before the word import."""
    feed = blog.feed(blog.item(1))
    said = narrate("feed", "--out", "mine", "--show", "rain", "import", feed, "--progress", "none")

    assert said.code == 0
    assert (here / "mine" / "rain" / "feed.xml").exists()


def test_a_dry_run_and_a_quiet_run(narrate: Narrate, blog: Blog, here: Path) -> None:
    """The one says what it would make and makes nothing, the other prints paths alone."""
    feed = blog.feed(blog.item(1))
    dry = narrate("feed", "import", feed, "-n", "--progress", "none")
    nothing = not (here / "out").exists()
    quiet = narrate("feed", "import", feed, "-q")

    assert "Would make “Post 1”" in dry.err
    assert "1 would be made." in dry.err
    assert nothing
    assert (quiet.err, len(quiet.out.splitlines())) == ("", 1)


def test_an_edition_is_one_path(narrate: Narrate, blog: Blog) -> None:
    """Many entries, one episode."""
    said = narrate("feed", "import", blog.feed(blog.item(1), blog.item(2)), "--edition", "-q")

    assert len(said.out.splitlines()) == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("feed", "import"), "there is nothing to import"),
        (("feed", "import", "x.xml", "--since", "soon"), "neither a day"),
        (("feed", "import", "x.xml", "--limit", "0"), "--limit"),
        (("watch", "x", "--every", "5s"), "1m is the least"),
        (("watch", "x", "--every", "often"), "no span of time"),
    ],
)
def test_wrong_calls_are_said(narrate: Narrate, words: tuple[str, ...], said: str) -> None:
    """In one sentence, with exit code 2."""
    ended = narrate(*words)

    assert (ended.code, said in ended.refusal) == (2, True)


def test_a_list_that_is_not_there_is_said(narrate: Narrate) -> None:
    """A file that does not exist, as every command says it."""
    ended = narrate("feed", "import", "gone.opml", "--progress", "none")

    assert ended.code == 1
    assert "gone.opml': there is no such file" in ended.err


def test_make_refuses_a_list_of_feeds_and_says_what_to_do(narrate: Narrate, here: Path) -> None:
    """What holds no articles itself is for `feed import`."""
    (here / "mine.opml").write_text('<opml><body><outline xmlUrl="https://a.example/f"/></body></opml>')
    ended = narrate("make", "mine.opml", "--progress", "none")

    assert "'narrate feed import' reads each of them" in ended.refusal


def test_make_takes_a_folder_and_a_pattern(narrate: Narrate, here: Path) -> None:
    """As a shell would hand it on that knows no patterns."""
    (here / "in").mkdir()
    for name in ("10", "9"):
        (here / "in" / f"{name}.md").write_text(f"# Part {name}\n\nWords.\n")
    folder = narrate("make", "in", "-n", "--json").json()
    pattern = narrate("make", "in/*.md", "-n", "--json").json()

    assert [row["title"] for row in folder["episodes"]] == ["Part 9", "Part 10"]
    assert [row["title"] for row in pattern["episodes"]] == ["Part 9", "Part 10"]


def test_a_watch_tells_a_line_an_event(narrate: Narrate, here: Path) -> None:
    """For people with the time, for programs a line of JSON; its exit code tells whether all went well."""
    (here / "in").mkdir()
    for name, text in (("rain.md", "# Rain\n\nWords.\n"), ("empty.md", " \n")):
        path = here / "in" / name
        path.write_text(text)
        os.utime(path, (1, 1))
    said = narrate("watch", "in", "--once")
    (here / "in" / "sun.md").write_text("# Sun\n\nWords.\n")
    os.utime(here / "in" / "sun.md", (1, 1))
    lines = [json.loads(line) for line in narrate("watch", "in", "--once", "--json").out.splitlines()]

    assert said.code == 1
    assert said.out.endswith("rain.mp3\n")
    assert "Made “Rain”" in said.err
    assert "Not made: “empty.md”: " in said.err
    assert [(line["event"], line["about"], line["outcome"]) for line in lines] == [("made", "Sun", "new")]


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_watch_ends_when_it_is_told_to(here: Path, program: str, sent: signal.Signals, code: int) -> None:
    """At once, with the exit code of the signal and one sentence."""
    (here / "in").mkdir()
    with subprocess.Popen([program, "watch", "in"], stderr=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        (here / "in" / "rain.md").write_text("# Rain\n\nWords.\n")
        os.utime(here / "in" / "rain.md", (1, 1))
        assert process.stdout
        assert process.stdout.readline().endswith(b"rain.mp3\n")
        time.sleep(0.1)
        process.send_signal(sent)
        try:
            _, said = process.communicate(timeout=60)
        finally:
            process.kill()

    assert process.returncode == code
    assert said.decode().splitlines()[-1].endswith("what is finished is kept")
