"""Fetching, against servers on this machine that misbehave in every way a server can."""

from __future__ import annotations

import errno
import gzip
import io
import socket
import ssl
import threading
import time
import zlib
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import pytest

from narrate import __version__
from narrate.errors import FetchError, StorageError
from narrate.runtime import dialling, hops
from narrate.runtime.fetch import MOST_REDIRECTS, Fetched, fetch, fetch_to, web_address
from narrate.runtime.netguard import is_public

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Handler = Callable[[socket.socket, bytes], None]

MOST = 1_000_000
PAGE = b"<p>Words.</p>"


@contextmanager
def serving(handler: Handler) -> Iterator[str]:
    """A server on this machine that hands each connection, and what it was asked, to `handler`; its address."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(30)

        def run() -> None:
            with suppress(OSError):
                while True:
                    connection, _ = listener.accept()
                    threading.Thread(target=answer, args=(connection,), daemon=True).start()

        def answer(connection: socket.socket) -> None:
            with connection, suppress(OSError):
                handler(connection, connection.recv(65536))

        threading.Thread(target=run, daemon=True).start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)


def saying(head: str, body: bytes = b"") -> Handler:
    """A handler that says the same to everyone: header lines, then a body."""
    answer = head.replace("\n", "\r\n").encode() + b"\r\n\r\n" + body
    return lambda connection, _: connection.sendall(answer)


def sized(body: bytes, more: str = "") -> Handler:
    """A handler of a good answer with its length."""
    return saying(f"HTTP/1.1 200 OK\nContent-Length: {len(body)}{more}", body)


def got(handler: Handler, path: str = "/a.html", *, total_s: float = 20, most: int = MOST) -> Fetched:
    """What is fetched from a server that answers so."""
    with serving(handler) as address:
        return fetch(address + path, most, private=True, total_s=total_s)


def refused(handler: Handler, path: str = "/a.html", *, total_s: float = 20, most: int = MOST) -> str:
    """The sentence with which it is refused."""
    with pytest.raises(FetchError) as caught:
        got(handler, path, total_s=total_s, most=most)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_page_comes_with_its_type_charset_and_name() -> None:
    """The bytes as they are, and what the header says of them."""
    found = got(sized(PAGE, '\nContent-Type: Text/HTML; charset="ISO-8859-1"'), "/news/the%20page.html?x=1#top")

    assert (found.data, found.mime, found.charset) == (PAGE, "text/html", "ISO-8859-1")
    assert found.url.endswith("/news/the%20page.html?x=1")
    assert found.name.endswith("/news/the page.html")


def test_it_says_who_asks_and_sends_no_cookies() -> None:
    """The agent is narrate and its version; nothing tells who the user is."""
    asked: list[bytes] = []

    def handler(connection: socket.socket, request: bytes) -> None:
        asked.append(request)
        sized(PAGE, "\nSet-Cookie: a=b")(connection, request)

    got(handler)

    assert f"user-agent: narrate/{__version__}\r\n".encode() in asked[0].lower()
    assert b"cookie" not in asked[0].lower()
    assert b"referer" not in asked[0].lower()


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", gzip.compress(PAGE, mtime=0)),
        ("gzip", gzip.compress(PAGE[:5], mtime=0) + gzip.compress(PAGE[5:], mtime=0)),
        ("gzip", gzip.compress(PAGE, mtime=0) + b"trailing"),
        ("deflate", zlib.compress(PAGE)),
        ("deflate", zlib.compress(PAGE, wbits=-15)),
        ("identity", PAGE),
    ],
)
def test_packed_bodies_are_unpacked(coding: str, body: bytes) -> None:
    """As gzip (in several members too) and deflate (with its header and without)."""
    assert got(sized(body, f"\nContent-Encoding: {coding}")).data == PAGE


def test_chunks_are_joined() -> None:
    """A body may come in chunks, without a length."""
    chunks = b"3\r\n<p>\r\n6\r\nWords.\r\n4\r\n</p>\r\n0\r\n\r\n"

    assert got(saying("HTTP/1.1 200 OK\nTransfer-Encoding: chunked", chunks)).data == PAGE


def test_redirects_are_followed_and_relative_ones_count_from_where_they_are() -> None:
    """Where it stands in the end is what is told."""

    def handler(connection: socket.socket, request: bytes) -> None:
        moved = request.startswith(b"GET /a.html ")
        (saying("HTTP/1.1 302 Found\nLocation: ../é?x=ü\nContent-Length: 0") if moved else sized(PAGE))(connection, b"")

    found = got(handler)

    assert found.data == PAGE
    assert found.url.endswith("/%C3%A9?x=%C3%BC")


def test_a_circle_of_redirects_ends() -> None:
    """After ten of them."""
    asked: list[bytes] = []

    def handler(connection: socket.socket, request: bytes) -> None:
        asked.append(request)
        saying("HTTP/1.1 301 Moved\nLocation: /a.html\nContent-Length: 0")(connection, b"")

    assert "redirected more than 10 times" in refused(handler)
    assert len(asked) == MOST_REDIRECTS + 1


@pytest.mark.parametrize(
    "target", ["file://localhost/etc/hostname", "ftp://127.0.0.1/x", "http://user:word@127.0.0.1/"]
)
def test_a_redirect_to_no_web_address_is_refused(target: str) -> None:
    """Neither files nor other protocols nor passwords."""
    said = refused(saying(f"HTTP/1.1 302 Found\nLocation: {target}\nContent-Length: 0"))

    assert "no address on the web" in said or "does not log in" in said
    assert "word" not in said


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "127.1", "0x7f000001", "2130706433", "0", "[::1]", "[::ffff:127.0.0.1]"]
)
def test_no_private_address_is_connected_to_however_it_is_written(host: str) -> None:
    """Nobody gets a connection, not even an empty one."""
    asked: list[bytes] = []
    sentence = r"is not on the public internet|no host|cannot be reached"
    with serving(lambda _, request: asked.append(request)) as address, pytest.raises(FetchError, match=sentence):
        fetch(address.replace("127.0.0.1", host), MOST)

    assert asked == []


@pytest.mark.parametrize(
    "address",
    [
        *("10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.1", "255.255.255.255"),
        *("224.0.0.1", "240.0.0.1", "198.18.0.1", "192.0.2.1", "203.0.113.9", "192.0.0.1", "127.255.255.254"),
        *("::", "::1", "fe80::1", "fc00::1", "fd00:ec2::254", "ff02::1", "fec0::1", "2001:db8::1", "64:ff9b:1::1"),
        *("::ffff:169.254.169.254", "64:ff9b::10.0.0.1", "2002:7f00:1::", "2001:0:7f00:1::", "::127.0.0.1", ""),
    ],
)
def test_what_is_no_public_address(address: str) -> None:
    """Private, loopback, link-local, shared, multicast, reserved, for documentation, and those inside others."""
    assert not is_public(address)


def test_a_redirect_from_a_public_to_a_private_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each hop is checked, not the first alone."""
    asked: list[bytes] = []

    def handler(connection: socket.socket, request: bytes) -> None:
        asked.append(request)
        port = connection.getsockname()[1]
        saying(f"HTTP/1.1 302 Found\nLocation: http://127.0.0.2:{port}/\nContent-Length: 0")(connection, b"")

    monkeypatch.setattr(dialling, "is_public", lambda address: address == "127.0.0.1")
    with serving(handler) as address, pytest.raises(FetchError, match=r"127\.0\.0\.2 is not on the public internet"):
        fetch(address, MOST)

    assert len(asked) == 1


def test_the_address_that_is_connected_to_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the look-up said otherwise, the socket is asked before a byte is sent."""
    asked: list[bytes] = []
    checks: list[str] = []

    def lying(address: str) -> bool:
        checks.append(address)
        return len(checks) == 1

    monkeypatch.setattr(dialling, "is_public", lying)
    with (
        serving(lambda _, request: asked.append(request)) as address,
        pytest.raises(FetchError, match="not on the pub"),
    ):
        fetch(address, MOST)

    assert checks == ["127.0.0.1", "127.0.0.1"]
    assert asked in ([], [b""])


def test_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """Behind a proxy nobody could tell what is connected to."""
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")

    assert got(sized(PAGE)).data == PAGE


def drip(connection: socket.socket, start: bytes, every: bytes) -> None:
    """Say something now and then, for ever."""
    connection.sendall(start)
    while True:
        connection.sendall(every)
        time.sleep(0.05)


@pytest.mark.parametrize(
    "start",
    [b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 500000\r\n\r\n", b""],
    ids=["header", "body", "body with length", "status line"],
)
def test_a_server_that_drips_is_left_when_the_time_is_over(start: bytes) -> None:
    """A byte now and then keeps no connection open."""
    began = time.monotonic()

    said = refused(lambda connection, _: drip(connection, start, b"x"), total_s=0.5)

    assert "took longer than 0.5 seconds" in said
    assert time.monotonic() - began < 5


def test_a_server_that_says_nothing_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """Well before the time for everything is over."""
    monkeypatch.setattr(hops, "SILENCE_S", 0.3)

    assert "did not answer in time" in refused(lambda _, __: time.sleep(5))


def test_a_body_without_end_is_cut_at_the_limit() -> None:
    """What comes after it is not read."""

    def endless(connection: socket.socket, _: bytes) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            connection.sendall(b"x" * 65536)

    assert "is larger than 1 MB" in refused(endless)


def test_a_length_over_the_limit_is_refused_at_once() -> None:
    """Nothing of the body is waited for."""
    assert "is larger than 1 MB" in refused(saying("HTTP/1.1 200 OK\nContent-Length: 99999999999999999999999"))


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_a_bomb_ends_at_the_limit(coding: str) -> None:
    """400 MB of nothing in 400 kB, of which no more than the limit is unpacked."""
    packer = zlib.compressobj(9, wbits=31 if coding == "gzip" else 15)
    bomb = b"".join(packer.compress(bytes(1 << 20)) for _ in range(400)) + packer.flush()
    assert len(bomb) < MOST

    began = time.process_time()

    assert "is larger than 1 MB" in refused(sized(bomb, f"\nContent-Encoding: {coding}"))
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    ("coding", "body", "said"),
    [
        ("gzip", PAGE, "it is not packed as it says"),
        ("gzip", gzip.compress(PAGE, mtime=0)[:-9], "it ends in the middle"),
        ("br", PAGE, "it is packed as 'br', which narrate did not ask for"),
        ("gzip, gzip", PAGE, "it is packed as 'gzip, gzip'"),
    ],
)
def test_what_cannot_be_unpacked_is_refused(coding: str, body: bytes, said: str) -> None:
    """Never taken for the page."""
    assert said in refused(sized(body, f"\nContent-Encoding: {coding}"))


def test_half_a_page_is_no_page() -> None:
    """A body shorter than its length, or than its chunks, was broken off."""
    assert "sent less than it promised" in refused(saying("HTTP/1.1 200 OK\nContent-Length: 50", PAGE))
    chunked = saying("HTTP/1.1 200 OK\nTransfer-Encoding: chunked", b"50\r\n<p>")
    assert "sent less than it promised" in refused(chunked)


def test_a_body_longer_than_its_length_is_cut_there() -> None:
    """As browsers do: the rest is no part of the answer."""
    assert got(saying(f"HTTP/1.1 200 OK\nContent-Length: {len(PAGE)}", PAGE + b"more")).data == PAGE


@pytest.mark.parametrize("answer", [b"SSH-2.0-OpenSSH_9.2\r\n", b"\x00\x01\x02\r\n\r\n", b"HTTP/1.1 abc OK\r\n\r\n"])
def test_what_is_no_web_server_is_said(answer: bytes) -> None:
    """A mail server, a database, nonsense."""
    assert "does not answer as a web server does" in refused(lambda connection, _: connection.sendall(answer))


def test_an_empty_answer_is_a_broken_connection() -> None:
    """Nothing came at all."""
    assert "broke the connection" in refused(lambda _, __: None)


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (404, "does not exist (HTTP 404); check the address"),
        (403, "may not be fetched by programs (HTTP 403); open it in a browser"),
        (429, "was asked for too often (HTTP 429); try again later"),
        (402, "is behind a paywall (HTTP 402)"),
        (451, "may not be shown here for legal reasons (HTTP 451)"),
        (503, "is not available for now (HTTP 503); try again later"),
        (418, "cannot be fetched (HTTP 418); check the address"),
        (304, "brings no page (HTTP 304)"),
    ],
)
def test_statuses_are_said_in_words(status: int, said: str) -> None:
    """What is with the page, and what to do; the body of an error page is no article."""
    assert said in refused(saying(f"HTTP/1.1 {status} X\nContent-Length: {len(PAGE)}", PAGE))


def test_https_to_a_server_without_it_is_said() -> None:
    """A wrong scheme is not a mystery."""
    with (
        serving(saying("HTTP/1.1 400 Bad Request")) as address,
        pytest.raises(FetchError, match="not speak https"),
    ):
        fetch(address.replace("http:", "https:"), MOST, private=True)


def test_certificates_are_checked() -> None:
    """Against the system's authorities and certifi's, and for the host's name."""
    context = hops.trusted()

    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname
    assert context.get_ca_certs()


def test_a_refused_connection_and_an_unknown_host_are_said() -> None:
    """With the host in question."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(FetchError, match=f"127.0.0.1:{port} refuses the connection"):
        fetch(f"http://127.0.0.1:{port}/", MOST, private=True)
    with pytest.raises(FetchError, match=r"there is no host no-such-host\.invalid"):
        fetch("http://no-such-host.invalid/", MOST, private=True)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "article.txt",
        "file://host/a",
        "https://",
        "https:///path",
        "http://[::1/",
        "http://a:99999/",
        "http://a..b/",
    ],
)
def test_what_is_no_address_is_refused(url: str) -> None:
    """Before anything is looked up."""
    with pytest.raises(FetchError, match="no address on the web"):
        web_address(url)


def test_a_file_goes_to_disk_piece_by_piece(tmp_path: Path) -> None:
    """The same bytes, the address where they stood, and the same limits, said in the words of a file."""
    body = bytes(range(256)) * 2_000
    target = tmp_path / "voice.onnx"
    with serving(sized(body)) as address, target.open("wb") as file:
        assert fetch_to(file, f"{address}/voice.onnx", MOST, private=True) == f"{address}/voice.onnx"

    assert target.read_bytes() == body
    with (
        serving(sized(body)) as address,
        target.open("wb") as file,
        pytest.raises(FetchError, match=r"larger than 0\.1 MB, the most narrate fetches as one file"),
    ):
        fetch_to(file, f"{address}/voice.onnx", 100_000, private=True)


def test_a_file_that_is_cut_short_is_said_so(tmp_path: Path) -> None:
    """A server that promises more than it sends."""
    handler = saying("HTTP/1.1 200 OK\nContent-Length: 9000", b"x" * 100)
    with serving(handler) as address, (tmp_path / "a").open("wb") as file, pytest.raises(FetchError):
        fetch_to(file, f"{address}/a", MOST, private=True)


def test_a_disk_that_is_full_is_not_the_servers_fault() -> None:
    """What cannot be written is said of the file."""

    class Full(io.BytesIO):
        name = "voice.onnx"

        def write(self, _piece: object) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    with serving(sized(PAGE)) as address, pytest.raises(StorageError, match=r"'voice\.onnx': the disk is full"):
        fetch_to(Full(), f"{address}/voice.onnx", MOST, private=True)
