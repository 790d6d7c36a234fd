"""Requests over HTTP, hop by hop: each connects directly, to an address of the public internet only (unless `private`).

The address is looked up once, checked, connected to, and asked of the socket again before a byte is sent, so that a
name which changes its mind leads nowhere else. Proxies of the environment are not used: behind one, nobody could tell
what is connected to. No cookies are kept or sent.
"""

from __future__ import annotations

import http.client
import ssl
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

import certifi
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from narrate.errors import FetchError
from narrate.runtime.dialling import AddressError, Deadline, dial
from narrate.runtime.inflate import PackingError
from narrate.runtime.refusals import reason

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Iterator, Mapping

    from urllib3.response import BaseHTTPResponse

SILENCE_S = 20.0
"""How long a server may say nothing."""
MOST_REDIRECTS = 10

_MOVED = frozenset({301, 302, 303, 307, 308})
_SAFE = "/%:=&?~#+!$,;'@()*[]"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of a server: the method, header lines, whether of private addresses too, and until when."""

    deadline: Deadline
    private: bool = False
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


def follow(
    url: str, request: Request, take: Callable[[str, BaseHTTPResponse], T], moved: Callable[[int], None] | None = None
) -> T:
    """What `take` makes of the first answer, with its URL, that is no redirect; `moved` is told the status of each.

    Raises:
        FetchError: one sentence for whatever went wrong on the way.
    """
    here = url
    for _ in range(MOST_REDIRECTS + 1):
        target = web_address(here)
        try:
            with _answer(target, request) as answer:
                location = answer.headers.get("Location", "")
                if answer.status not in _MOVED or not location:
                    return take(target, answer)
                if moved:
                    moved(answer.status)
        except (OSError, http.client.HTTPException, PackingError, HTTPError) as exc:
            retryable = not isinstance(exc, AddressError)
            raise FetchError(reason(target, exc, request.deadline), retryable=retryable) from exc
        # Header lines arrive as Latin-1; servers write UTF-8 into them all the same.
        here = urljoin(target, location.encode("latin-1", "replace").decode("utf-8", "replace"))
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
        raise FetchError(f"'{url}' is no address on the web; check how it is written", retryable=False) from exc
    if parts.scheme not in {"http", "https"} or not host:
        sentence = f"'{url}' is no address on the web; narrate fetches https:// and http:// only"
        raise FetchError(sentence, retryable=False)
    if "@" in parts.netloc:
        sentence = f"'{parts.scheme}://{host}' is given with a user name; narrate does not log in: save the page"
        raise FetchError(sentence, retryable=False)
    place = f"[{host}]" if ":" in host else host
    netloc = place if port is None else f"{place}:{port}"
    return urlunsplit((parts.scheme, netloc, quote(parts.path or "/", _SAFE), quote(parts.query, _SAFE), ""))


@contextmanager
def _answer(url: str, request: Request) -> Iterator[BaseHTTPResponse]:
    """What a server answers to one request, its body not read yet."""
    with closing(_connection(url, request)) as connection:
        parts = urlsplit(url)
        path = urlunsplit(("", "", parts.path, parts.query, ""))
        connection.request(request.method, path, headers=request.headers, preload_content=False, decode_content=False)
        with closing(connection.getresponse()) as answer:
            request.deadline.check()
            yield answer


def _connection(url: str, request: Request) -> HTTPConnection:
    parts = urlsplit(url)
    host = parts.hostname or ""
    secure = parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    kind = HTTPSConnection if secure else HTTPConnection

    class Guarded(kind):  # type: ignore[valid-type, misc] # one of two classes, both urllib3's
        """A connection that dials by itself; urllib3 then adds TLS to it."""

        def _new_conn(self) -> socket.socket:
            return dial(host, port, request.deadline, silence_s=SILENCE_S, private=request.private)

    wait_s = min(SILENCE_S, request.deadline.left_s())
    options = {"ssl_context": trusted()} if secure else {}
    return Guarded(host, port, timeout=wait_s, **options)


@cache
def trusted() -> ssl.SSLContext:
    """The authorities that this system trusts, and those of certifi."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context
