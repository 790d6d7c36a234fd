"""The host over shows that narrate made, read over HTTP by other people's parsers."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.request import Request, urlopen

import feedparser
import podcastparser
import pytest
import segno
from tests.pipeline.shelves import SHOW, show_of

from narrate.errors import UsageError
from narrate.pipeline import serving
from narrate.pipeline.serving import Listening, Private, serve
from narrate.pipeline.shows import rebuild
from narrate.runtime.staging import being_changed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


@contextmanager
def served(out: Path, state: Path, *options: str) -> Iterator[Sequence[str]]:
    """The command at work; the addresses it prints. It must have said nothing else when it ends."""
    command = [sys.executable, "-m", "narrate", "serve", "-q", "--port", "0", "--out", str(out), *options]
    environment = {**os.environ, "XDG_STATE_HOME": str(state)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment) as child:
        assert child.stdout
        urls = [child.stdout.readline().strip()]
        yield urls
        child.terminate()
        rest, errors = child.communicate(timeout=20)
    assert rest == ""
    assert len(errors.splitlines()) == 1
    assert urls[0].split("/")[3] not in errors


def get(url: str, **headers: str) -> bytes:
    """A body."""
    with urlopen(Request(url, headers=headers), timeout=20) as answer:  # noqa: S310 # ours
        return bytes(answer.read())


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A show of 250 episodes, one of which lies there."""
    folder = show_of(tmp_path_factory.mktemp("out") / "many", 250)
    rebuild(folder)
    (folder / "episode-250" / "episode-250.mp3").write_bytes(b"m" * 1250)
    return folder.parent


@pytest.fixture(scope="module")
def host(out: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The feed's address at a host over it."""
    with served(out, tmp_path_factory.mktemp("state")) as urls:
        yield urls[0]


def test_every_item_is_read_as_meant(host: str) -> None:
    """By feedparser, through all pages that RFC 5005 links, from the newest to the first, at the address asked for."""
    base, url, entries = host.removesuffix("feed.xml"), host, []
    while url:
        parsed = feedparser.parse(get(url))
        assert not parsed.bozo
        assert next(link.href for link in parsed.feed.links if link.rel == "self") == url
        entries += parsed.entries
        url = next((link.href for link in parsed.feed.links if link.rel in {"next", "prev-archive"}), "")

    assert [entry.title for entry in entries] == [f"Episode & number {number}" for number in range(250, 0, -1)]
    for number, entry in zip(range(250, 0, -1), entries, strict=True):
        (enclosure,) = entry.enclosures
        assert enclosure.href == f"{base}episode-{number}/episode-{number}.mp3"
        assert (enclosure.length, enclosure.type) == (str(1000 + number), "audio/mpeg")
        assert entry.id == f"00000000-0000-4000-8000-{number:012}"
        assert entry.itunes_duration == "120"


def test_gpodders_parser_reads_the_same(host: str) -> None:
    """Cover, episodes, chapters; and the sound that it then asks for has the length it was told."""
    base = host.removesuffix("feed.xml")
    parsed = podcastparser.parse(host, BytesIO(get(host)))
    newest = parsed["episodes"][0]
    (enclosure,) = newest["enclosures"]

    assert parsed["title"] == SHOW.title
    assert parsed["cover_url"] == f"{base}cover.jpg"
    assert len(parsed["episodes"]) == 150
    assert [chapter["title"] for chapter in newest["chapters"]] == ["One", "Two"]
    assert len(get(enclosure["url"])) == enclosure["file_size"]


@pytest.mark.parametrize("page", ["feed.xml", "feed-0001.xml", "index.html"])
def test_nothing_points_elsewhere(host: str, page: str) -> None:
    """The show has a public address; whoever asks here is told addresses from here, in feeds and pages."""
    data = get(host.removesuffix("feed.xml") + page, Host="laptop.lan:8642").decode()

    assert "http://laptop.lan:8642/many/" in data
    assert SHOW.base_url not in data
    assert "localhost" not in data


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("192.168.1.7:8642", "which works in this network while the show is served"),
        ("localhost:8642", "which works on this computer only until the show is published"),
    ],
)
def test_the_page_says_who_can_come(host: str, asked: str, said: str) -> None:
    """No links to apps whose servers cannot reach this machine; the code to scan is the address that was asked for.

    One that leads to "this computer" would lead a phone to itself.
    """
    page = get(host.removesuffix("feed.xml"), Host=asked).decode()

    assert said in page
    assert "pktc://" not in page
    assert (_code_of(f"http://{asked}/many/feed.xml") in page) == ("this computer only" not in said)


def _code_of(url: str) -> str:
    """How the page draws it."""
    return str(segno.make(url, error="m", micro=False).svg_inline(border=4, dark="#000", light="#fff", omitsize=True))


def test_a_secret_address_stays_the_same(out: Path, tmp_path: Path) -> None:
    """From run to run; it is nowhere in the show's folder, and never in what is printed for errors."""
    tokens = []
    for _ in range(2):
        with served(out, tmp_path, "--token") as urls:
            tokens.append(urls[0].split("/")[3])
            assert urls[0].endswith(f"/{tokens[0]}/many/feed.xml")
            base = urls[0].removesuffix("feed.xml")
            assert get(urls[0]).count(base.encode()) > 150
            with pytest.raises(OSError, match="404"):
                get(urls[0].replace(f"{tokens[0]}/", ""))

    assert tokens[0] == tokens[1]
    assert not any(tokens[0].encode() in path.read_bytes() for path in out.rglob("*") if path.is_file())
    assert re.search(tokens[0], (tmp_path / "narrate" / "tokens.json").read_text())


def test_a_wrong_token_is_refused(out: Path) -> None:
    """Before anything is served."""
    with pytest.raises(UsageError, match="a token is"):
        serve(out, Listening(), lambda _urls: None, Private("a/b"))


def test_a_change_is_waited_for(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While a journal lies there files are being renamed; one that a crash left is not waited for again and again."""
    journal = out / "many" / ".staging" / "journal.json"
    journal.touch()
    monkeypatch.setattr(time, "sleep", lambda _seconds: journal.unlink())
    serving.settled(out / "many")
    waited = not journal.exists()
    journal.touch()
    os.utime(journal, (1, 1))
    serving.settled(out / "many")
    left = journal.exists()
    journal.unlink()

    assert (waited, left) == (True, True)
    assert not being_changed(out / "many", 2)
