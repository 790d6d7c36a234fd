"""The audit of feeds behind servers, those that do as they should and those that do otherwise."""

from __future__ import annotations

import gzip
import json
import socket
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from tests.pipeline.audited import GOOD, NOW, PLACES, ids, picture

from narrate.errors import FetchError
from narrate.pipeline.auditing import Asked, audit_feed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from narrate.pipeline.auditing import Report


CHAPTERS = json.dumps(
    {
        "version": "1.2",
        "chapters": [
            {"startTime": 0, "title": "Introduction"},
            {"startTime": 59.12, "title": "What is it?"},
            {"startTime": 130, "title": "How is it?"},
        ],
    }
).encode()


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A state folder of the test's own."""
    monkeypatch.setattr("narrate.pipeline.auditing.state_folder", lambda: tmp_path / "state")
    return tmp_path / "state" / "audits"


@dataclass
class Host:
    """A podcast host on this machine; what is not said otherwise it does as it should."""

    head: int = 200
    ranges: bool = True
    behind: int = 416
    validators: bool = True
    gzip: bool = True
    always_packed: bool = False
    moved: int = 0
    cors: bool = True
    status: int = 200
    art: bytes = field(default_factory=picture)
    chapters: bytes = CHAPTERS
    sound_bytes: int = 3_150_123
    mime: str = "application/rss+xml"
    asked: list[str] = field(default_factory=list)

    def feed(self, base: str) -> bytes:
        """The good feed, with the addresses of this host."""
        return GOOD.read_bytes().replace(PLACES.encode(), base.encode())


class Answering(BaseHTTPRequestHandler):
    """What answers for a host: GET and HEAD, with ranges."""

    host: Host

    def log_message(self, *_: object) -> None:
        """Nothing is printed."""

    def do_HEAD(self) -> None:
        """Like GET, if the host does."""
        self.answer(self.host.head)

    def do_GET(self) -> None:
        """The feed, the picture, a sound, or a small text."""
        self.answer(self.host.status if self.path == "/feed.xml" else 200)

    def answer(self, status: int) -> None:
        """One answer, as the host would give it; what lies under "/old/" has moved."""
        if self.path.startswith("/old/"):
            self.send_response(self.host.moved)
            self.send_header("Location", self.path.removeprefix("/old"))
            self.end_headers()
            return
        self.host.asked.append(f"{self.command} {self.path} {self.headers.get('Range', '')}".strip())
        body, mime, more = self.found()
        fresh = self.headers.get("If-None-Match") is not None
        if fresh and self.host.validators:
            status, body = 304, b""
        self.send_response(206 if "Content-Range" in more else 416 if more.pop("behind", "") else status)
        for name, value in {"Content-Type": mime, **more}.items():
            self.send_header(name, value)
        if self.path == "/feed.xml" and self.host.validators:
            self.send_header("ETag", '"1"')
        asked_for_gzip = self.host.gzip and not self.host.always_packed
        if self.path == "/feed.xml" and asked_for_gzip and "gzip" in self.headers.get("Accept-Encoding", ""):
            self.send_header("Content-Encoding", "gzip")
        if self.host.cors:
            self.send_header("Access-Control-Allow-Origin", "*")
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    def found(self) -> tuple[bytes, str, dict[str, str]]:
        """The body, its type, and header lines besides."""
        base = f"http://{self.headers['Host']}/"
        if self.path == "/feed.xml" and self.host.always_packed:
            return gzip.compress(self.host.feed(base)), self.host.mime, {"Content-Encoding": "gzip"}
        if self.path == "/feed.xml":
            return self.host.feed(base), self.host.mime, {}
        if self.path.endswith(".jpg"):
            return self.host.art, "image/jpeg", {}
        if self.path.endswith(".json"):
            return self.host.chapters, "application/json", {}
        if self.path.endswith(".vtt"):
            return b"", "text/vtt", {}
        return self.sound()

    def sound(self) -> tuple[bytes, str, dict[str, str]]:
        """A sound of the right length, as far as it is asked for."""
        mime, length = {
            "mp3": ("audio/mpeg", self.host.sound_bytes),
            "m4a": ("audio/x-m4a", 7),
            "opus": ("audio/ogg", 1_000_001),
        }[self.path.rpartition(".")[2]]
        wanted = self.headers.get("Range", "")
        if wanted == "bytes=0-99" and self.host.ranges:
            return b"x" * 100, mime, {"Content-Range": f"bytes 0-99/{length}"}
        if wanted and self.host.ranges:
            return b"", mime, {"behind": "yes"} if self.host.behind == 416 else {}
        return b"x" * 200, mime, {"Content-Length": str(length)}


@pytest.fixture
def host() -> Iterator[tuple[Host, str]]:
    """A host, and the address of its feed."""
    host = Host()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (Answering,), {"host": host}))
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield host, f"http://127.0.0.1:{server.server_address[1]}/feed.xml"
    server.shutdown()
    server.server_close()


def audited(url: str, items: int = 5) -> Report:
    """The audit of a feed on this machine."""
    return audit_feed(Asked(url, Path(), items, private=True), NOW)


def test_a_host_that_does_as_it_should(host: tuple[Host, str]) -> None:
    """HEAD, ranges, 304, types, lengths and the picture: nothing to mend."""
    report = audited(host[1])

    assert ids(report) == []
    assert report.episodes == 2


@pytest.mark.parametrize(
    ("changes", "rules"),
    [
        ({"head": 405}, {"feed-head", "file-head"}),
        ({"ranges": False}, {"range"}),
        ({"behind": 200}, {"range-behind"}),
        ({"validators": False}, {"feed-validators"}),
        ({"gzip": False}, {"feed-gzip"}),
        ({"cors": False}, {"cors"}),
        ({"status": 500}, {"feed-status"}),
        ({"mime": "text/plain"}, {"feed-type"}),
        ({"mime": "text/xml; charset=latin-1"}, {"feed-charset"}),
        ({"sound_bytes": 3_150_000}, {"file-length", "content-range"}),
        ({"chapters": b"<p>"}, {"chapters-file"}),
        ({"chapters": CHAPTERS.replace(b"130", b"140")}, {"chapters-differ"}),
        ({"art": picture("PNG")}, {"picture-suffix"}),
        ({"art": picture("JPEG", 1399)}, {"picture-size"}),
        ({"art": b"no picture"}, {"picture-kind"}),
    ],
)
def test_a_host_with_a_fault(host: tuple[Host, str], changes: dict[str, object], rules: set[str]) -> None:
    """What a host does otherwise is found, and nothing else."""
    for name, value in changes.items():
        setattr(host[0], name, value)

    assert set(ids(audited(host[1]))) == rules


@pytest.mark.parametrize(("items", "files"), [(0, set()), (1, {"mp3", "opus"}), (2, {"mp3", "opus", "m4a"})])
def test_only_so_many_items_are_asked_for(host: tuple[Host, str], items: int, files: set[str]) -> None:
    """The first ones; the channel's picture always."""
    audited(host[1], items)
    paths = {line.split()[1] for line in host[0].asked}

    assert {path.rpartition(".")[2] for path in paths} & {"mp3", "opus", "m4a"} == files
    assert "/cover-1a2b.jpg" in paths


@pytest.mark.parametrize(
    ("status", "rules"), [(301, ["feed-redirected"]), (302, ["feed-moved-for-now", "feed-redirected"])]
)
def test_a_feed_that_has_moved(host: tuple[Host, str], status: int, rules: list[str]) -> None:
    """It is read where it is, and what kind of redirect leads there is told."""
    host[0].moved = status

    assert ids(audited(host[1].replace("/feed.xml", "/old/feed.xml"))) == rules


def test_a_feed_that_is_always_packed_is_read(host: tuple[Host, str]) -> None:
    """Some servers send gzip to who did not ask for it; it is still a feed."""
    host[0].always_packed = True

    assert audited(host[1]).episodes == 2


def test_a_feed_without_end_is_given_up(host: tuple[Host, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """No more than so many bytes are read of anything."""
    monkeypatch.setattr("narrate.pipeline.auditserver.MOST_FEED_BYTES", 1000)

    with pytest.raises(FetchError, match=r"is larger than .* MB, the most narrate audits as one feed"):
        audited(host[1])


def test_a_host_that_does_not_answer_is_asked_once(host: tuple[Host, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Many files of an item may be there; nobody waits for each of them."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        silent = f"http://127.0.0.1:{listener.getsockname()[1]}/"
    feed = host[0].feed
    monkeypatch.setattr(host[0], "feed", lambda _: feed(silent))

    found = [finding for finding in audited(host[1]).findings if finding.rule != "self-link-differs"]

    assert [finding.rule for finding in found if finding.rule.startswith("file")] == ["file-status"]


def test_a_private_address_is_asked_by_wish_only(host: tuple[Host, str]) -> None:
    """Nothing is sent to a machine of the network that nobody named."""
    with pytest.raises(FetchError, match="not on the public internet; --allow-private"):
        audit_feed(Asked(host[1], Path()), NOW)

    assert host[0].asked == []


def test_files_at_private_addresses_are_not_asked_for_either(host: tuple[Host, str]) -> None:
    """A feed elsewhere could name the router of the house: it is a finding, and no request."""
    from narrate.feed.audit import audit
    from narrate.pipeline.auditserver import audit_files

    files = audit(host[0].feed(host[1].removesuffix("feed.xml")), NOW).files
    found = list(audit_files(files, 1, private=False))

    assert host[0].asked == []
    assert {finding.rule for finding in found} == {"file-status"}
    assert all("not on the public internet" in finding.what for finding in found)
