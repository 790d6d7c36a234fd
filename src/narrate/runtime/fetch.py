"""Articles and voices from the web: the only place that opens a network connection.

Each hop connects directly, to an address of the public internet only (unless `private`): the
address is looked up once, checked, connected to, and asked of the socket again before a byte
is sent, so that a name which changes its mind leads nowhere else. Proxies of the environment
are not used: behind one, nobody could tell what is connected to. Nothing is written to disk but
what `fetch_to` is asked for, and no cookies are kept or sent.
"""

from __future__ import annotations

import http.client
import io
import re
import ssl
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urljoin, urlsplit, urlunsplit

import certifi
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from narrate import __version__
from narrate.errors import FetchError
from narrate.runtime.dialling import Deadline, dial
from narrate.runtime.files import storage_error
from narrate.runtime.inflate import PackingError, unpacked
from narrate.runtime.refusals import complaint, reason

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterator
    from typing import BinaryIO

    from urllib3.response import BaseHTTPResponse

TOTAL_S = 60.0
"""How long everything may take: looking up, all hops, the whole body."""
TOTAL_OF_FILES_S = 7_200.0
"""The same for a large file: 1 GB at 1.2 Mbit/s."""
SILENCE_S = 20.0
"""How long a server may say nothing."""
MOST_REDIRECTS = 10
AGENT = f"narrate/{__version__}"

_PIECE_BYTES = 1 << 14
_ACCEPT = "text/html,application/xhtml+xml,application/epub+zip,application/pdf,text/markdown,text/plain,*/*;q=0.5"
_HEADERS = {"User-Agent": AGENT, "Accept": _ACCEPT, "Accept-Encoding": "gzip, deflate", "Connection": "close"}
_MOVED = frozenset({301, 302, 303, 307, 308})
_SAFE = "/%:=&?~#+!$,;'@()*[]"
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a URL led to: where it stands in the end, its bytes, and what the server says of them.

    `mime` is a MIME type in small letters, `charset` as it was written; "" where nothing is said.
    """

    url: str
    data: bytes
    mime: str = ""
    charset: str = ""

    @property
    def name(self) -> str:
        """What to call it in messages: its host and its path, as people write them."""
        parts = urlsplit(self.url)
        return parts.netloc + unquote(parts.path.rstrip("/"))


@dataclass(frozen=True, slots=True)
class _Limits:
    most_bytes: int
    private: bool
    deadline: Deadline
    target: BinaryIO
    """Where the body goes."""


def fetch(url: str, most_bytes: int, *, private: bool = False, total_s: float = TOTAL_S) -> Fetched:
    """What stands at a URL, of at most `most_bytes` as sent and unpacked, within `total_s` seconds.

    Raises:
        FetchError: one sentence for whatever went wrong.
    """
    body = io.BytesIO()
    with Deadline(total_s) as deadline:
        found = _follow(url, _Limits(most_bytes, private, deadline, body))
    return replace(found, data=body.getvalue())


def fetch_to(
    target: BinaryIO, url: str, most_bytes: int, *, private: bool = False, total_s: float = TOTAL_OF_FILES_S
) -> str:
    """Write what stands at a URL to an open file, piece by piece; the address where it stood in the end.

    Raises:
        FetchError: as of `fetch`.
        StorageError: the file cannot be written.
    """
    with Deadline(total_s) as deadline:
        return _follow(url, _Limits(most_bytes, private, deadline, target)).url


def _follow(url: str, limits: _Limits) -> Fetched:
    """Go from hop to hop until a body has been written; what the server says of it."""
    here = url
    for _ in range(MOST_REDIRECTS + 1):
        target = web_address(here)
        try:
            found = _hop(target, limits)
        except (OSError, http.client.HTTPException, PackingError, HTTPError) as exc:
            raise FetchError(reason(target, exc, limits.deadline)) from exc
        if isinstance(found, Fetched):
            return found
        here = urljoin(target, found)
    raise FetchError(f"{url} is redirected more than {MOST_REDIRECTS} times; open it in a browser and save the page")


def web_address(url: str) -> str:
    """A URL as it is asked for: http or https, a host, no password, no fragment, all in ASCII.

    >>> web_address("https://bücher.example/straße?q=ä#top")
    'https://xn--bcher-kva.example/stra%C3%9Fe?q=%C3%A4'
    """
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname or "", parts.port
        host = host if ":" in host else host.encode("idna").decode()
    except ValueError as exc:
        raise FetchError(f"'{url}' is no address on the web; check how it is written") from exc
    if parts.scheme not in {"http", "https"} or not host:
        raise FetchError(f"'{url}' is no address on the web; narrate fetches https:// and http:// only")
    if "@" in parts.netloc:
        raise FetchError(f"'{parts.scheme}://{host}' is given with a user name; narrate does not log in: save the page")
    place = f"[{host}]" if ":" in host else host
    netloc = place if port is None else f"{place}:{port}"
    return urlunsplit((parts.scheme, netloc, quote(parts.path or "/", _SAFE), quote(parts.query, _SAFE), ""))


def _hop(url: str, limits: _Limits) -> Fetched | str:
    """What one request brings, or where it is sent on to."""
    with closing(_connection(url, limits)) as connection:
        parts = urlsplit(url)
        path = urlunsplit(("", "", parts.path, parts.query, ""))
        connection.request("GET", path, headers=_HEADERS, preload_content=False, decode_content=False)
        with closing(connection.getresponse()) as answer:
            limits.deadline.check()
            location = answer.headers.get("Location", "")
            if answer.status in _MOVED and location:
                # Header lines arrive as Latin-1; servers write UTF-8 into them all the same.
                return location.encode("latin-1", "replace").decode("utf-8", "replace")
            if answer.status != http.client.OK:
                raise FetchError(complaint(url, answer.status))
            return _fetched(url, answer, limits)


def _connection(url: str, limits: _Limits) -> HTTPConnection:
    parts = urlsplit(url)
    host = parts.hostname or ""
    secure = parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    kind = HTTPSConnection if secure else HTTPConnection

    class Guarded(kind):  # type: ignore[valid-type, misc] # one of two classes, both urllib3's
        """A connection that dials by itself; urllib3 then adds TLS to it."""

        def _new_conn(self) -> socket.socket:
            return dial(host, port, limits.deadline, silence_s=SILENCE_S, private=limits.private)

    wait_s = min(SILENCE_S, limits.deadline.left_s())
    options = {"ssl_context": _trusted()} if secure else {}
    return Guarded(host, port, timeout=wait_s, **options)


@cache
def _trusted() -> ssl.SSLContext:
    """The authorities that this system trusts, and those of certifi."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


def _fetched(url: str, answer: BaseHTTPResponse, limits: _Limits) -> Fetched:
    said = answer.headers.get("Content-Type", "")
    length = 0
    promised = answer.headers.get("Content-Length", "")
    if promised.isdecimal() and int(promised[:18]) > limits.most_bytes:
        raise FetchError(_too_large(url, limits))
    for piece in unpacked(_pieces(url, answer, limits), answer.headers.get("Content-Encoding", "")):
        limits.deadline.check()
        length += len(piece)
        if length > limits.most_bytes:
            raise FetchError(_too_large(url, limits))
        _write(limits.target, piece)
    limits.deadline.check()
    charset = _CHARSET.search(said)
    return Fetched(url, b"", said.partition(";")[0].strip().lower(), charset[1] if charset else "")


def _write(target: BinaryIO, piece: bytes) -> None:
    try:
        target.write(piece)
    except OSError as refused:
        raise storage_error("write", getattr(target, "name", "this file"), refused) from refused


def _pieces(url: str, answer: BaseHTTPResponse, limits: _Limits) -> Iterator[bytes]:
    """The body as it is sent, no more of it than is allowed."""
    length = 0
    for piece in answer.stream(_PIECE_BYTES, decode_content=False):
        limits.deadline.check()
        length += len(piece)
        if length > limits.most_bytes:
            raise FetchError(_too_large(url, limits))
        yield piece


def _too_large(url: str, limits: _Limits) -> str:
    most = "reads as one article" if isinstance(limits.target, io.BytesIO) else "fetches as one file"
    return f"{url} is larger than {limits.most_bytes / 1e6:g} MB, the most narrate {most}"
