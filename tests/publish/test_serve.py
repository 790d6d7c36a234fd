"""The server, as podcast apps use it: a real one on this machine, asked by the standard library's client."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from typing import TYPE_CHECKING
from urllib.request import urlopen

import pytest

from narrate.errors import PlatformError, ShowError
from narrate.publish import About, Listening, Made, serve

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.publish.conftest import Host

SOUND = bytes(range(256)) * 40
MP3 = "/reads/first/first.mp3"


def never(_show: Path, _base_url: str, _name: str) -> bytes:
    """A feed that is not asked for."""
    raise AssertionError


MADE = Made(never, lambda show: About(show.name))


@pytest.mark.parametrize("path", [MP3, "/reads/feed.xml", "/reads/first/", "/reads/", "/", "/reads/nothing.html"])
def test_head_answers_as_get_would(host: Host, path: str) -> None:
    """The same status and headers, and no body."""
    get, head = host.ask(path), host.ask(path, "HEAD")

    assert head.status == get.status
    assert head.body == b""
    assert {**head.headers, "date": ""} == {**get.headers, "date": ""}
    assert int(get.headers["content-length"]) == len(get.body)


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-0", 0, 0),
        ("bytes=0-99", 0, 99),
        ("bytes=10000-", 10_000, 10_239),
        ("bytes=-5", 10_235, 10_239),
        ("bytes=-99999", 0, 10_239),
        ("bytes=10239-99999", 10_239, 10_239),
        ("BYTES=1-2", 1, 2),
    ],
)
def test_a_range_is_a_part(host: Host, asked: str, first: int, last: int) -> None:
    """206 with exactly the bytes asked for, and where they are in the whole."""
    answer = host.ask(MP3, Range=asked)

    assert answer.status == 206
    assert answer.body == SOUND[first : last + 1]
    assert answer.headers["content-range"] == f"bytes {first}-{last}/10240"
    assert int(answer.headers["content-length"]) == len(answer.body)


@pytest.mark.parametrize("asked", ["bytes=10240-", "bytes=99999-100000", "bytes=-0"])
def test_what_cannot_be_is_416(host: Host, asked: str) -> None:
    """A range outside the file is refused, and the size is told."""
    answer = host.ask(MP3, Range=asked)

    assert (answer.status, answer.headers["content-range"]) == (416, "bytes */10240")


@pytest.mark.parametrize(
    "asked",
    ["lines=1-2", "bytes=9-3", "bytes=a-b", "bytes", "bytes=", "bytes=0-1,5-6", "bytes=1-2-3", "bytes=" + "0-," * 999],
)
def test_what_is_no_range_is_ignored(host: Host, asked: str) -> None:
    """An unknown unit or an invalid range counts for nothing (RFC 9110, 14.2): the whole is sent."""
    answer = host.ask(MP3, Range=asked)

    assert (answer.status, answer.body) == (200, SOUND)


def test_an_interrupted_download_goes_on(host: Host) -> None:
    """If-Range with the file's ETag or date gives the rest; with another, the whole, for the file has changed."""
    whole = host.ask(MP3)
    etag, modified = whole.headers["etag"], whole.headers["last-modified"]

    by_etag = host.ask(MP3, Range="bytes=100-", If_Range=etag)
    by_date = host.ask(MP3, Range="bytes=100-", If_Range=modified)
    changed = host.ask(MP3, Range="bytes=100-", If_Range='"another"')

    assert by_etag.status == by_date.status == 206
    assert whole.body[:100] + by_etag.body == SOUND
    assert (changed.status, changed.body) == (200, SOUND)


@pytest.mark.parametrize("path", [MP3, "/reads/feed.xml", "/reads/first/chapters.json"])
def test_what_is_known_is_not_sent_again(host: Host, path: str) -> None:
    """304 without body for the ETag (weak, listed or any) or date the client has; ETag counts before date."""
    first = host.ask(path)
    etag, modified = first.headers["etag"], first.headers["last-modified"]

    for known in ({"If_None_Match": etag}, {"If_None_Match": f'"x", W/{etag}'}, {"If_None_Match": "*"}):
        assert (host.ask(path, **known).status, host.ask(path, **known).body) == (304, b"")
    assert host.ask(path, If_Modified_Since=modified).status == 304
    assert host.ask(path, If_Modified_Since="Mon, 01 Jan 2001 00:00:00 GMT").status == 200
    assert host.ask(path, If_Modified_Since="yesterday").status == 200
    assert host.ask(path, If_None_Match='"other"', If_Modified_Since=modified).status == 200


def test_a_changed_file_is_sent_again(serving: Callable[..., Host]) -> None:
    """A remade episode has another ETag."""
    host = serving()
    before = host.ask(MP3).headers["etag"]
    (host.root / MP3[1:]).write_bytes(SOUND + b"more")

    after = host.ask(MP3, If_None_Match=before)

    assert (after.status, len(after.body)) == (200, len(SOUND) + 4)


@pytest.mark.parametrize("path", [MP3, "/reads/feed.xml", "/reads/first/first.vtt", "/reads/nothing"])
def test_any_page_may_read(host: Host, path: str) -> None:
    """CORS for every origin, on every answer, preflights included."""
    assert host.ask(path).headers["access-control-allow-origin"] == "*"
    preflight = host.ask(path, "OPTIONS", Origin="https://player.example", Access_Control_Request_Method="GET")

    assert preflight.status == 204
    assert preflight.headers["access-control-allow-origin"] == "*"
    assert "Range" in preflight.headers["access-control-allow-headers"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_can_be_changed(host: Host, method: str) -> None:
    """Only reading is allowed."""
    assert host.ask(MP3, method, Content_Length="0").status == 405


@pytest.mark.parametrize(
    ("asked", "base"),
    [
        ("192.168.1.7:8642", "http://192.168.1.7:8642/reads/"),
        ("laptop.local", "http://laptop.local/reads/"),
        ("[fd00::7]:80", "http://[fd00::7]:80/reads/"),
    ],
)
def test_the_feed_fits_the_address(host: Host, asked: str, base: str) -> None:
    """Whatever address a phone uses, the feed's own addresses are there."""
    assert host.ask("/reads/feed.xml", Host=asked).body.decode() == f"<rss>{base}</rss>"


@pytest.mark.parametrize("asked", ["192.168.1.7:8642", "[fd00::7]:80"])
def test_the_page_fits_the_address(serving: Callable[..., Host], shows: Path, asked: str) -> None:
    """What a phone shows as the feed's address is one that it can reach; a public address stays as it is."""
    page = "<code>{}feed.xml</code> <code>https://pods.example.org/other%20show/feed.xml</code>"
    (shows / "other show" / "index.html").write_text(page.format("BASE"))
    host = serving()

    answer = host.ask("/other%20show/", Host=asked)
    assert answer.body.decode() == page.format(f"http://{asked}/other%20show/")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert host.ask("/other%20show/", Host=asked, If_None_Match=answer.headers["etag"]).status == 304
    assert host.ask("/other%20show/", Host="elsewhere", If_None_Match=answer.headers["etag"]).status == 200


@pytest.mark.parametrize("asked", ['evil"><x>', "evil/../x", "a b", "evil@good", ""])
def test_a_strange_host_is_not_repeated(host: Host, asked: str) -> None:
    """A Host field that is no host is not written into the feed; the server's own address is."""
    body = host.ask("/reads/feed.xml", Host=asked).body.decode()

    assert body in {f"<rss>http://127.0.0.1:{host.port}/reads/</rss>", "Invalid HTTP request received."}


def test_the_feed_is_made_once_an_address(serving: Callable[..., Host]) -> None:
    """An unchanged show costs one feed an address; a changed one is made again."""
    made: list[str] = []

    def noting(_show: Path, base_url: str, _name: str) -> bytes:
        made.append(base_url)
        return b"<rss/>"

    host = serving(made_by=noting)
    for address in ("a", "a", "b", "a"):
        host.ask("/reads/feed.xml", Host=address)
    (host.root / "reads" / "show.toml").write_bytes(b"title = 'changed'")
    host.ask("/reads/feed.xml", Host="a")

    assert made == ["http://a/reads/", "http://b/reads/", "http://a/reads/"]


def test_one_show_has_the_same_addresses(host: Host, serving: Callable[..., Host]) -> None:
    """Serving a show's own folder or the folder around it makes no difference to its addresses."""
    lone = serving("reads")

    assert lone.ask(MP3).body == host.ask(MP3).body == SOUND
    assert lone.ask("/other%20show/feed.xml").status == 404


def test_folders_end_in_a_slash(host: Host) -> None:
    """A folder's page is found without the slash too; the front page leads to the shows, a bare show to its feed."""
    assert host.ask("/reads/first").headers["location"] == "first/"
    assert host.ask("/other%20show").headers["location"] == "other%20show/"
    assert b'href="other%20show/"' in host.ask("/").body
    assert b'href="feed.xml"' in host.ask("/reads/").body


def test_a_spoilt_show_says_so(serving: Callable[..., Host]) -> None:
    """When the feed cannot be made, the answer says why, and the server lives."""

    def spoilt(_show: Path, _base_url: str, _name: str) -> bytes:
        raise ShowError("show.toml, line 2: 'language' must be a language tag")

    host = serving(made_by=spoilt)
    answer = host.ask("/reads/feed.xml")

    assert (answer.status, answer.body) == (503, b"show.toml, line 2: 'language' must be a language tag\n")
    assert host.ask(MP3).status == 200


def test_a_taken_port_is_named(shows: Path) -> None:
    """Another program on the port is a clear error that says what to do."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]

        with pytest.raises(PlatformError, match=f"port {port} is taken by another program; choose another with --port"):
            serve(shows, MADE, Listening("127.0.0.1", port), lambda _urls: None)


@pytest.mark.parametrize(
    ("host", "port", "said"),
    [
        ("127.0.0.1", 99_999, "port 99999 does not exist"),
        ("192.0.2.1", 0, "is not an address of this machine"),
        ("no.such.host.invalid", 0, "^'no.such.host.invalid' is no address; --host takes one of this machine"),
        ("a..b", 0, "^'a..b' is no address; --host takes one of this machine"),
        ("1::2::3", 0, "^'1::2::3' is no address; --host takes one of this machine"),
    ],
)
def test_a_wrong_address_is_named(shows: Path, host: str, port: int, said: str) -> None:
    """So is one that this machine does not have."""
    with pytest.raises(PlatformError, match=said):
        serve(shows, MADE, Listening(host, port), lambda _urls: None)


@pytest.mark.parametrize("folder", ["not a show", "nowhere"])
def test_no_show_is_an_error(shows: Path, folder: str) -> None:
    """There must be something to serve."""
    with pytest.raises(ShowError, match="there is no show in"):
        serve(shows / folder, MADE, Listening(), lambda _urls: None)


def test_no_network_is_said(shows: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`--lan` on a machine without network is an error, not an address that leads nowhere."""
    from narrate.publish import addresses

    monkeypatch.setattr(addresses, "_ways_out", lambda: iter(()))
    monkeypatch.setattr(addresses, "_interfaces", lambda: iter(["127.0.0.1"]))
    monkeypatch.setattr(addresses, "_named", lambda: iter(()))

    with pytest.raises(PlatformError, match="no network"):
        serve(shows, MADE, Listening("0.0.0.0"), lambda _urls: None)  # noqa: S104 - what --lan hands in


CHILD = """
import sys
from pathlib import Path
from narrate.publish import Listening, Made, serve
made = Made(lambda show, base, name: base.encode(), lambda show: None)
serve(Path(sys.argv[1]), made, Listening(), lambda urls: print(*urls, flush=True))
print("stopped", flush=True)
"""


@pytest.mark.parametrize(("stop", "code", "said"), [(signal.SIGINT, 0, "stopped\n"), (signal.SIGTERM, -15, "")])
def test_it_says_where_it_is_and_stops(shows: Path, stop: signal.Signals, code: int, said: str) -> None:
    """`ready` names each feed when it can be fetched; Ctrl-C ends the server with a download hanging, quietly."""
    with subprocess.Popen(
        [sys.executable, "-c", CHILD, str(shows)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout
        assert child.stderr
        urls = child.stdout.readline().split()
        bodies = [urlopen(url, timeout=10).read().decode() for url in urls]  # noqa: S310 - http, to ourselves
        with socket.create_connection(("127.0.0.1", int(urls[0].split(":")[2].split("/")[0]))) as idle:
            idle.sendall(b"GET /reads/first/first.mp3 HTTP/1.1\r\nHost: a\r\n\r\n")
            os.kill(child.pid, stop)
            rest, errors = child.communicate(timeout=10)

    assert [url.rsplit("/", 2)[1] for url in urls] == ["other%20show", "reads"]
    assert bodies == [url.removesuffix("feed.xml") for url in urls]
    assert (child.returncode, rest, errors) == (code, said, "")


def test_running_downloads_do_not_keep_it(shows: Path) -> None:
    """After a moment they are cut off, without a word; nobody has to press Ctrl-C twice."""
    with (shows / "reads" / "first" / "first.wav").open("wb") as file:
        file.truncate(24_000_000)
    with subprocess.Popen(
        [sys.executable, "-c", CHILD, str(shows)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout
        port = int(child.stdout.readline().split(":")[2].split("/")[0])
        with socket.create_connection(("127.0.0.1", port), timeout=20) as running:
            running.sendall(b"GET /reads/first/first.wav HTTP/1.1\r\nHost: a\r\n\r\n")
            begun = running.recv(100)
            os.kill(child.pid, signal.SIGINT)
            rest, errors = child.communicate(timeout=20)

    assert begun.startswith(b"HTTP/1.1 200")
    assert (child.returncode, rest, errors) == (0, "stopped\n", "")
