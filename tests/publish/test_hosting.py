"""What a host must get right beside the plain cases: odd names, odd clients, large files, many addresses."""

from __future__ import annotations

import os
import socket
import sys
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from narrate.publish.folder import find, shows_in
from narrate.publish.listening import hosts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.publish.conftest import Host

MP3 = "/reads/first/first.mp3"
LARGE = bytes(n * n % 251 for n in range(200_000))
"""More than one piece of what a server reads from disk at a time (64 KB)."""


class Links(HTMLParser):
    """What a page links to, as the standard library's reader of HTML sees it."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.targets: list[str] = []
        self.text = ""
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note where an anchor leads."""
        self.targets += [value or "" for name, value in attrs if tag == "a" and name == "href"]

    def handle_data(self, data: str) -> None:
        """Gather what is read."""
        self.text += data


def raw(host: Host, request: bytes, *, hang_up: bool = False) -> bytes:
    """The whole answer to bytes that the standard library's client would not send."""
    with socket.create_connection(("127.0.0.1", host.port), timeout=10) as connection:
        connection.sendall(request)
        if hang_up:
            connection.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: connection.recv(65_536), b""))


@pytest.fixture(scope="module")
def large(host: Host) -> Iterator[str]:
    """The path of a file that is sent in several pieces."""
    file = host.root / "reads" / "first" / "large.mp3"
    file.write_bytes(LARGE)
    yield "/reads/first/large.mp3"
    file.unlink()


@pytest.mark.parametrize(
    ("suffix", "mime"),
    [
        (".m4a", "audio/mp4"),
        (".m4b", "audio/mp4"),
        (".opus", "audio/ogg"),
        (".flac", "audio/flac"),
        (".wav", "audio/wav"),
        (".MP3", "audio/mpeg"),
        (".jpeg", "image/jpeg"),
        (".png", "image/png"),
        (".svg", "image/svg+xml"),
        (".css", "text/css; charset=utf-8"),
        (".js", "text/javascript; charset=utf-8"),
        (".epub", "application/epub+zip"),
        (".srt", "application/x-subrip; charset=utf-8"),
    ],
)
def test_every_kind_of_file_has_its_registered_type(host: Host, suffix: str, mime: str) -> None:
    """As IANA lists them: a player that trusts the type must not be misled by it."""
    name = f"types{suffix}"
    (host.root / "reads" / "first" / name).write_bytes(b"x")

    assert host.ask(f"/reads/first/{name}").headers["content-type"] == mime


@pytest.mark.parametrize(
    "name", ["a:b.html", "a*b.html", "a?b.html", 'a"b.html', "a<b.html", "a>b.html", "a|b.html", "a\\b.html"]
)
def test_a_name_that_means_something_elsewhere_is_not_served(shows: Path, name: str) -> None:
    """Drives, streams, patterns of other systems: narrate writes none, and they are not there even where they are."""
    (shows / "reads" / "first" / name).write_bytes(b"secret")

    assert find(shows / "reads", ("first", name)) is None


@pytest.mark.parametrize("folder", [".git", "old~", "old.", "old ", "a\x01b", "a\x7fb"])
def test_nothing_in_a_strange_folder_is_served(shows: Path, folder: str) -> None:
    """Hidden, a back-up, or with a name that Windows would read as another's: none of it, and not through a link."""
    (shows / "reads" / folder).mkdir()
    (shows / "reads" / folder / "page.html").write_bytes(b"secret")
    (shows / "reads" / "link.html").symlink_to(shows / "reads" / folder / "page.html")

    assert find(shows / "reads", (folder, "page.html")) is None
    assert find(shows / "reads", ("link.html",)) is None


def test_a_link_inside_the_show_is_followed(shows: Path) -> None:
    """It leads to what is served anyway, and has the type and size of where it leads."""
    (shows / "reads" / "latest.mp3").symlink_to(shows / "reads" / "first" / "first.mp3")

    found = find(shows / "reads", ("latest.mp3",))

    assert found is not None
    assert (found.mime, found.stat.st_size) == ("audio/mpeg", (shows / "reads" / "first" / "first.mp3").stat().st_size)


def test_a_folder_is_a_show_by_its_feed_or_its_settings(tmp_path: Path) -> None:
    """Either is enough; a hidden folder never is, nor one in which these are folders."""
    for name, file in (("by-feed", "feed.xml"), ("by-settings", "show.toml"), (".hidden", "feed.xml"), ("no", "a.xml")):
        (tmp_path / name).mkdir()
        (tmp_path / name / file).touch()
    (tmp_path / "odd" / "feed.xml").mkdir(parents=True)

    assert list(shows_in(tmp_path)) == ["by-feed", "by-settings"]


def test_names_are_escaped_for_page_and_address(serving: Callable[..., Host]) -> None:
    """A show's folder may be called anything: its link leads to it, its name is read as it is, nothing is run."""
    host = serving()
    name = "<b>A&B 100%' ü"
    (host.root / name).mkdir()
    (host.root / name / "feed.xml").write_bytes(b"<rss>BASE</rss>")
    page = Links(host.ask("/").body)

    assert f"{quote(name, safe='')}/" in page.targets
    assert name.title() in page.text
    for target in page.targets:
        assert Links(host.ask(f"/{target}").body).targets == ["feed.xml"]
    assert host.ask(f"/{quote(name, safe='')}/feed.xml", Host="h").body.endswith(b"%C3%BC/</rss>")


def test_a_question_mark_changes_nothing(host: Host) -> None:
    """Apps and trackers add queries to an enclosure's address."""
    assert host.ask(f"{MP3}?source=app&t=1").body == host.ask(MP3).body


@settings(max_examples=30)
@given(data=st.data())
def test_any_range_is_those_bytes(host: Host, large: str, data: st.DataObject) -> None:
    """Wherever it begins and ends, over pieces read from disk too: 206, its bytes, its place."""
    first = data.draw(st.integers(0, len(LARGE) - 1))
    last = data.draw(st.integers(first, len(LARGE) + 1000))

    answer = host.ask(large, Range=f"bytes={first}-{last}")

    assert answer.status == 206
    assert answer.body == LARGE[first : last + 1]
    assert answer.headers["content-range"] == f"bytes {first}-{min(last, len(LARGE) - 1)}/{len(LARGE)}"


def test_a_weak_tag_is_not_enough_to_go_on(host: Host) -> None:
    """A part is only joined to the same bytes (RFC 9110, 13.1.5): If-Range compares strongly."""
    etag = host.ask(MP3).headers["etag"]

    assert host.ask(MP3, Range="bytes=5-9", If_Range=etag).status == 206
    assert host.ask(MP3, Range="bytes=5-9", If_Range=f"W/{etag}").status == 200


def test_a_head_of_a_known_or_missing_file_has_no_body(host: Host) -> None:
    """304 and 404 too are answered as to GET."""
    etag = host.ask(MP3).headers["etag"]

    assert (host.ask(MP3, "HEAD", If_None_Match=etag).status, host.ask(MP3, "HEAD", If_None_Match=etag).body) == (
        304,
        b"",
    )
    assert host.ask("/reads/first/none.mp3", "HEAD").body == b""


@pytest.mark.parametrize("path", [MP3, "/reads/feed.xml", "/reads/first/"])
def test_dates_are_in_gmt_and_of_the_file(host: Host, path: str) -> None:
    """RFC 9110, 5.6.7 knows no other zone; a client may send the date back and gets 304."""
    file = host.root / (path.lstrip("/") + ("index.html" if path.endswith("/") else ""))
    modified = host.ask(path).headers["last-modified"]

    assert modified.endswith(" GMT")
    assert parsedate_to_datetime(modified).timestamp() == int(file.stat().st_mtime)
    assert host.ask(path, If_Modified_Since=modified).status == 304


@pytest.mark.parametrize("path", [MP3, "/reads/feed.xml"])
def test_every_answer_is_asked_for_anew(host: Host, path: str) -> None:
    """A remade episode keeps its address: nothing between may answer for us without asking."""
    assert host.ask(path).headers["cache-control"] == "no-cache"


def test_a_preflight_says_what_may_be_asked(host: Host) -> None:
    """A web player's ranges and conditions, GET and HEAD; for a day. What it may read of the answer is listed."""
    answer = host.ask(MP3, "OPTIONS", Origin="https://player.example")

    assert answer.headers["allow"] == "GET, HEAD, OPTIONS"
    assert answer.headers["access-control-allow-methods"] == "GET, HEAD"
    asked = {name.strip() for name in answer.headers["access-control-allow-headers"].split(",")}
    assert asked == {"Range", "If-Range", "If-None-Match", "If-Modified-Since"}
    assert answer.headers["access-control-max-age"] == "86400"
    shown = {name.strip() for name in host.ask(MP3).headers["access-control-expose-headers"].split(",")}
    assert shown == {"Accept-Ranges", "Content-Length", "Content-Range", "ETag", "Last-Modified"}


def test_a_client_of_the_first_days_is_served(host: Host) -> None:
    """HTTP/1.0 has no Host field: the feed then has the address of the connection."""
    answer = raw(host, b"GET /reads/feed.xml HTTP/1.0\r\n\r\n")

    assert answer.startswith(b"HTTP/1.1 200 ")
    assert answer.endswith(f"<rss>http://127.0.0.1:{host.port}/reads/</rss>".encode())


@pytest.mark.parametrize(
    "request_line", [b"GET", b"\x16\x03\x01\x02\x00\x01\x00", b"GET / HTTP/9.9\r\n\r\n", b"\r\n\r\n\r\n"]
)
def test_what_is_no_request_stops_nobody(host: Host, request_line: bytes) -> None:
    """A browser that tries TLS, a scanner: the next client is served as before, and nobody sees a traceback."""
    assert b"Traceback" not in raw(host, request_line, hang_up=True)
    assert host.ask(MP3).status == 200


def test_invented_hosts_fill_no_memory(serving: Callable[..., Host]) -> None:
    """The Host field is the client's word: of hundreds only the last few are remembered, and each is still right."""
    made: list[str] = []

    def noting(_show: Path, base_url: str, _name: str) -> bytes:
        made.append(base_url)
        return base_url.encode()

    host = serving(made_by=noting)
    for number in range(66):
        assert host.ask("/reads/feed.xml", Host=f"h{number}").body == f"http://h{number}/reads/".encode()
    host.ask("/reads/feed.xml", Host="h65")
    host.ask("/reads/feed.xml", Host="h0")

    assert len(made) == 67
    assert made[-1] == "http://h0/reads/"


@pytest.mark.parametrize("change", ["feed.xml", "show.toml"])
def test_a_feed_is_made_again_when_its_show_changes(serving: Callable[..., Host], change: str) -> None:
    """By the date of either file as by its size; a touch is a change."""
    made: list[str] = []

    def noting(_show: Path, base_url: str, _name: str) -> bytes:
        made.append(base_url)
        return str(len(made)).encode()

    host = serving(made_by=noting)
    first = host.ask("/reads/feed.xml")
    os.utime(host.root / "reads" / change, ns=(1, 1))
    second = host.ask("/reads/feed.xml", If_None_Match=first.headers["etag"])

    assert (first.body, second.status, second.body) == (b"1", 200, b"2")


def test_a_show_without_a_feed_has_none_to_fetch(serving: Callable[..., Host]) -> None:
    """Before the first episode there are settings only: 404, not an invented feed."""
    host = serving()
    (host.root / "new").mkdir()
    (host.root / "new" / "show.toml").touch()

    assert host.ask("/new/feed.xml").status == 404
    assert host.ask("/new/").status == 200


def test_a_show_made_while_serving_is_there(serving: Callable[..., Host]) -> None:
    """Nobody has to start the host again after `narrate make`."""
    host = serving()
    assert host.ask("/new/feed.xml").status == 404
    (host.root / "new").mkdir()
    (host.root / "new" / "feed.xml").write_bytes(b"<rss>BASE</rss>")

    assert host.ask("/new/feed.xml", Host="h").body == b"<rss>http://h/new/</rss>"


@pytest.mark.parametrize(
    ("host", "names"),
    [("127.0.0.1", ["localhost"]), ("192.168.1.7", ["192.168.1.7"]), ("::1", ["::1"]), ("laptop.lan", ["laptop.lan"])],
)
def test_a_machine_is_called_what_it_listens_on(host: str, names: list[str]) -> None:
    """Only listening everywhere needs to find out what others call it."""
    assert hosts_of(host) == names


def test_listening_everywhere_names_every_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ways out first, then interfaces, then names; each once, and none that only this machine knows."""
    from narrate.publish import addresses

    monkeypatch.setattr(addresses, "_ways_out", lambda: iter(["10.0.0.2", "192.168.1.7"]))
    monkeypatch.setattr(addresses, "_interfaces", lambda: iter(["127.0.0.1", "192.168.1.7", "224.0.0.1", "10.9.9.9"]))
    monkeypatch.setattr(addresses, "_named", lambda: iter(["127.0.1.1", "0.0.0.0"]))  # noqa: S104 # an address like any other

    assert hosts_of("0.0.0.0") == ["10.0.0.2", "192.168.1.7", "10.9.9.9"]  # noqa: S104 # what --lan hands in


def test_every_interface_is_named() -> None:
    """This machine's own among them, as the system lists them; on Windows the host's name stands for all."""
    from narrate.publish import addresses

    assert ("127.0.0.1" in addresses._interfaces()) == (sys.platform != "win32")
