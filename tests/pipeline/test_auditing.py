"""The audit of feeds wherever they are: files, shows of our own, and servers that do as they should or otherwise."""

from __future__ import annotations

import gzip
import io
import json
import socket
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from narrate.episode.pictures import examine
from narrate.errors import FetchError, NarrateError, ShowError
from narrate.pipeline.auditing import Asked, audit_feed
from narrate.pipeline.showing import set_fields

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.pipeline.conftest import Workshop

    from narrate.pipeline.auditing import Report

GOOD = Path(__file__).parents[1] / "feed" / "audit" / "good.xml"
NOW = datetime(2026, 11, 25, tzinfo=UTC)
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
PLACES = "https://pods.example.org/reads/"


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A state folder of the test's own."""
    monkeypatch.setattr("narrate.pipeline.auditing.state_folder", lambda: tmp_path / "state")
    return tmp_path / "state" / "audits"


def picture(kind: str = "JPEG", side_px: int = 1400, mode: str = "RGB") -> bytes:
    """A picture of one colour."""
    made = io.BytesIO()
    Image.new(mode, (side_px, side_px)).save(made, kind)
    return made.getvalue()


def ids(report: Report) -> list[str]:
    """The rules that found something, but for the defaults of a new show."""
    return [finding.rule for finding in report.findings if not finding.rule.startswith("default-")]


# Pictures


@pytest.mark.parametrize(
    ("data", "seen"),
    [
        (picture(), ("jpeg", 1400, "RGB", False)),
        (picture("PNG", 7, "RGBA"), ("png", 7, "RGB", True)),
        (picture("PNG", 7, "L"), ("png", 7, "L", False)),
        (picture("JPEG", 7, "CMYK"), ("jpeg", 7, "CMYK", False)),
        (picture("GIF", 7, "P"), ("gif", 7, "P", False)),
        (picture()[:500], ("", 0, "", False)),
        (b"<svg/>", ("", 0, "", False)),
        (b"", ("", 0, "", False)),
    ],
)
def test_a_picture_is_what_its_bytes_say(data: bytes, seen: tuple[str, int, str, bool]) -> None:
    """Kind, side, colours and transparency; one that breaks off is none."""
    found = examine(data)

    assert (found.kind, found.width_px, found.colours, found.alpha) == seen
    assert found.size_bytes == len(data)


def test_a_picture_that_would_fill_the_memory_is_not_decoded() -> None:
    """A small file may claim any size: it is told, and nothing is unpacked."""
    head = picture("PNG", 8)
    huge = head[:16] + (60_000).to_bytes(4, "big") * 2 + head[24:]

    assert examine(huge).kind in {"", "png"}


# A show of our own


@pytest.fixture
def ours(workshop: Workshop, tmp_path: Path) -> Path:
    """The folder of a show with two episodes and nothing to mend."""
    for name in ("bread", "salt"):
        workshop.make(workshop.write(f"{name}.md", f"# {name.title()}\n\nAll about {name}.\n"), formats="mp3")
    (tmp_path / "art.jpg").write_bytes(picture())
    pairs = {
        "title": "Long reads",
        "description": "Essays, read aloud.",
        "author": "Ann Example",
        "owner_name": "Ann Example",
        "owner_email": "ann@example.org",
        "category": "Arts > Books",
        "base_url": PLACES,
        "copyright": "Ann Example",
        "licence": "CC-BY-4.0",
        "listed": "yes",
        "cover": str(tmp_path / "art.jpg"),
    }
    set_fields(workshop.show, list(pairs.items()))
    return workshop.show


def test_a_show_in_order_has_nothing_to_mend(ours: Path) -> None:
    """Our own feed keeps every rule, its files are as they were made, and no default is left."""
    report = audit_feed(Asked("", ours), NOW)

    assert report.findings == ()
    assert (report.title, report.episodes, report.ok) == ("Long reads", 2, True)


def test_a_new_show_is_told_every_default(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each with the command that sets it, and none of them an error."""
    monkeypatch.setattr("narrate.pipeline.auditshow.examine", lambda _data: examine(picture()))
    workshop.make(workshop.write("bread.md", "# Bread\n\nAll about bread.\n"))

    report = audit_feed(Asked("", workshop.show), NOW)
    defaults = {finding.rule: finding.mend for finding in report.findings}

    assert ids(report) == []
    assert report.ok
    for name in ("title", "description", "author", "owner_email", "base_url", "category", "cover", "listed"):
        assert defaults[f"default-{name.replace('_', '-')}"].startswith(f"narrate show set {name} ")


def _gone(folder: Path) -> None:
    (folder / "bread" / "bread.mp3").unlink()


def _changed(folder: Path) -> None:
    data = bytearray((folder / "salt" / "salt.vtt").read_bytes())
    data[-2] ^= 1
    (folder / "salt" / "salt.vtt").write_bytes(data)


def _cover_gone(folder: Path) -> None:
    next(folder.glob("artwork-*.jpg")).unlink()


def _settings(folder: Path) -> None:
    text = (folder / "show.toml").read_text(encoding="utf-8")
    (folder / "show.toml").write_text(text.replace("Essays, read aloud.", "Other things."), encoding="utf-8")


def _feed(folder: Path) -> None:
    text = (folder / "feed.xml").read_text(encoding="utf-8")
    (folder / "feed.xml").write_text(text.replace("<title>Bread", "<title>Bread & Salt"), encoding="utf-8")


@pytest.mark.parametrize(
    ("harm", "rules", "what"),
    [
        (_gone, ["file-changed"], "'bread.mp3' is not there"),
        (_changed, ["file-changed"], "'salt.vtt' is not as it was made"),
        (_cover_gone, ["file-named"], "which is not there"),
        (_settings, ["feed-stale"], "not as the show's settings and episodes have it now"),
        (_feed, ["xml", "feed-stale"], "no well-formed XML"),
    ],
)
def test_what_happened_to_a_show_is_told(ours: Path, harm: Callable[[Path], None], rules: list[str], what: str) -> None:
    """Files that are gone or not as they were, and a feed that does not say what the show's files do: once each."""
    harm(ours)
    report = audit_feed(Asked("", ours), NOW)

    assert ids(report) == rules
    assert what in report.findings[0].what


@pytest.mark.parametrize("target", [".", "feed.xml", ""])
def test_a_show_is_known_by_its_folder_or_its_feed(ours: Path, target: str) -> None:
    """By whatever of it is named, its files are looked at too."""
    _gone(ours)
    asked = Asked(str(ours / target) if target else "", ours)

    assert ids(audit_feed(asked, NOW)) == ["file-changed"]


def test_where_there_is_no_show_it_is_said(tmp_path: Path) -> None:
    """In one sentence, with what to do."""
    with pytest.raises(ShowError, match=r"there is no show in .*; 'narrate make ARTICLE' begins one"):
        audit_feed(Asked("", tmp_path), NOW)
    with pytest.raises(NarrateError, match="there is no such file"):
        audit_feed(Asked(str(tmp_path / "nothing.xml"), tmp_path), NOW)


# Since last time


def test_what_has_changed_since_last_time_is_told_once(tmp_path: Path, state: Path) -> None:
    """The first audit remembers, the second tells, the third knows it already; each feed by itself."""
    path, other = tmp_path / "feed.xml", tmp_path / "other.xml"
    path.write_bytes(GOOD.read_bytes())
    other.write_bytes(GOOD.read_bytes().replace(b"000000000002", b"000000000009"))
    first = audit_feed(Asked(str(path), tmp_path), NOW)
    path.write_bytes(other.read_bytes())

    second, third = (audit_feed(Asked(str(path), tmp_path), NOW) for _ in range(2))

    assert (ids(first), ids(second), ids(third)) == ([], ["drift-guid"], [])
    assert ids(audit_feed(Asked(str(other), tmp_path), NOW)) == []
    assert len(list(state.iterdir())) == 2


@pytest.mark.parametrize("data", [b"", b"[" * 100_000, b"{}", b'{"narrate_traces": 1, "of": "x", "items": 3}'])
def test_a_broken_memory_is_none(tmp_path: Path, state: Path, data: bytes) -> None:
    """It is written anew, and the audit goes on."""
    path = tmp_path / "feed.xml"
    path.write_bytes(GOOD.read_bytes())
    audit_feed(Asked(str(path), tmp_path), NOW)
    (kept,) = state.iterdir()
    kept.write_bytes(data)

    assert ids(audit_feed(Asked(str(path), tmp_path), NOW)) == []
    assert json.loads(kept.read_bytes())["of"] == str(path)


def test_without_a_place_for_it_nothing_is_remembered(tmp_path: Path, state: Path) -> None:
    """A state folder that cannot be written is no fault of the feed's."""
    state.parent.write_text("a file where a folder should be")
    path = tmp_path / "feed.xml"
    path.write_bytes(GOOD.read_bytes())

    assert ids(audit_feed(Asked(str(path), tmp_path), NOW)) == []


# Servers


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
