"""A small podcast host on this machine: shows under ``/<show>/``, with what podcast apps ask of a server.

Starlette brings HEAD, ranges, ETag and 304 for files; here are the shows, the
feed that fits the address it is asked for by, and two rules of RFC 9110 that
Starlette reads otherwise.
"""

from __future__ import annotations

import errno
import os
import socket
from contextlib import suppress
from email.utils import formatdate
from hashlib import sha256
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.staticfiles import NotModifiedResponse, StaticFiles

from narrate.errors import NarrateError, PlatformError, ShowError
from narrate.publish.addresses import EVERY_ADDRESS, LOOPBACK, authority, is_host, lan_addresses, local_base_url
from narrate.publish.folder import FEED_NAME, INDEX_NAME, SETTINGS_NAME, find, shows_in
from narrate.publish.manners import Manners

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from starlette.requests import Request

    from narrate.publish.folder import Found

    FeedFor = Callable[[Path, str], bytes]

_GRACE_S = 2
"""How long a running download may hold up Ctrl-C."""

_REMEMBERED = 64
"""How many feeds are kept, one a show and address."""


def serve(root: Path, host: str, port: int, feed_for: FeedFor, ready: Callable[[list[str]], None]) -> None:
    """Serve the shows in `root`, or the show that `root` is, until Ctrl-C; returns when it has stopped.

    `feed_for(show_folder, base_url)` gives the feed as apps are to get it at
    `base_url`, which ends in a slash. `ready` is called once, when connections
    are accepted, with the feeds' URLs, the likeliest address first. `host` is
    `LOOPBACK`, `EVERY_ADDRESS` or an address of this machine; port 0 takes any free one.

    Raises:
        ShowError: there is no show in `root`.
        PlatformError: the port is taken or not allowed, or there is no network to be reached on.
    """
    hosts = hosts_of(host)
    names = _show_names(root)
    with _listen(host, port) as listener:
        port = listener.getsockname()[1]
        urls = [local_base_url(name, port, each) + FEED_NAME for each in hosts for name in names]
        config = uvicorn.Config(
            app(root, feed_for),
            http="h11",
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="error",
            access_log=False,
            proxy_headers=False,
            server_header=False,
            timeout_graceful_shutdown=_GRACE_S,
        )
        with suppress(KeyboardInterrupt):  # uvicorn stops cleanly, then raises it again
            _Server(config, lambda: ready(urls)).run(sockets=[listener])


class _Server(uvicorn.Server):
    """Uvicorn, that says when it is up, and minds signals from before it begins until after it has ended."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    def run(self, sockets: list[socket.socket] | None = None) -> None:
        """Serve until a signal comes, which is raised again at the end."""
        with self.capture_signals():  # one that comes before the event loop turns must not be lost in it
            super().run(sockets)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Accept connections, and say so."""
        await super().startup(sockets)
        if not self.should_exit:
            self._ready()


def app(root: Path, feed_for: FeedFor) -> Starlette:
    """The host as an ASGI application; arguments as for `serve`."""
    feeds = _Feeds(feed_for)

    def endpoint(request: Request) -> Response:
        return _respond(root, feeds, request)

    return Starlette(routes=[Route("/{path:path}", endpoint)], middleware=[Middleware(Manners)])


def hosts_of(host: str) -> list[str]:
    """What to call this machine in a URL when it listens on `host`, the likeliest first.

    >>> hosts_of("127.0.0.1"), hosts_of("192.168.1.7")
    (['localhost'], ['192.168.1.7'])

    Raises:
        PlatformError: it is to be reached by others, and there is no network.
    """
    if host == LOOPBACK:
        return ["localhost"]
    if host != EVERY_ADDRESS:
        return [host]
    addresses = lan_addresses()
    if not addresses:
        raise PlatformError(
            "this machine is on no network that a phone could reach it by; join one, or leave --lan off"
        )
    return addresses


class _Feeds:
    """Feeds as they were made for an address, made again when the stored feed or the settings change."""

    def __init__(self, feed_for: FeedFor) -> None:
        self._feed_for = feed_for
        self._made: dict[tuple[Path, str], tuple[tuple[tuple[int, int], ...], bytes]] = {}

    def get(self, show: Path, base_url: str) -> bytes:
        """The feed of the show for that address; what `feed_for` raises passes through."""
        state = tuple(_state(show / name) for name in (FEED_NAME, SETTINGS_NAME))
        made = self._made.get((show, base_url))
        if made and made[0] == state:
            return made[1]
        data = self._feed_for(show, base_url)
        if len(self._made) >= _REMEMBERED:  # a Host header is the client's word: never let it fill memory
            self._made.clear()
        self._made[show, base_url] = (state, data)
        return data


def _respond(root: Path, feeds: _Feeds, request: Request) -> Response:
    first, *rest = request.scope["path"][1:].split("/")
    shows = shows_in(root)
    if not first and not rest:
        return _links("Shows", {name: f"/{quote(name, safe='')}/" for name in shows})
    if first not in shows:
        return _not_found()
    if not rest:
        return _with_slash((first,))
    if rest[-1] == "":
        rest[-1] = INDEX_NAME
    return _respond_show(shows[first], (first, *rest), feeds, request)


def _respond_show(show: Path, parts: tuple[str, ...], feeds: _Feeds, request: Request) -> Response:
    rest = parts[1:]
    if rest == (FEED_NAME,):
        return _feed(show, parts[0], feeds, request)
    found = find(show, rest)
    if found and rest == (INDEX_NAME,):
        return _made(_page(found, show, _base_url(request, parts[0])), found, request)
    if found:
        headers = {"cache-control": "no-cache"}
        file = FileResponse(found.path, headers=headers, media_type=found.mime, stat_result=found.stat)
        return _unless_known(file, request)
    if rest == (INDEX_NAME,):
        return _links(parts[0], {"Feed": FEED_NAME})
    return _with_slash(parts) if find(show, (*rest, INDEX_NAME)) else _not_found()


def _feed(show: Path, name: str, feeds: _Feeds, request: Request) -> Response:
    stored = find(show, (FEED_NAME,))
    if stored is None:
        return _not_found()
    try:
        data = feeds.get(show, _base_url(request, name))
    except NarrateError as exc:
        return PlainTextResponse(f"{exc}\n", status_code=503)
    return _made(data, stored, request)


def _page(stored: Found, show: Path, base_url: str) -> bytes:
    """The show's page with the address that it is asked for by, where it names the one at which nobody else is."""
    written, asked = (escape(url).encode() for url in (local_base_url(show.absolute().name), base_url))
    return stored.path.read_bytes().replace(written, asked)


def _made(data: bytes, stored: Found, request: Request) -> Response:
    """What was made of a stored file for this request."""
    headers = {
        "etag": f'"{sha256(data).hexdigest()[:32]}"',
        "last-modified": formatdate(stored.stat.st_mtime, usegmt=True),
        "cache-control": "no-cache",
    }
    return _unless_known(Response(data, headers=headers, media_type=stored.mime), request)


def _base_url(request: Request, name: str) -> str:
    """The show's address as the client wrote it, or as this socket has it when the Host field is not to be trusted."""
    host = request.headers.get("host", "")
    if not is_host(host):
        host = authority(*(request.scope.get("server") or ("localhost", 80)))
    return f"{request.scope['scheme']}://{host}/{quote(name, safe='')}/"


_CONDITIONS = StaticFiles(check_dir=False)


def _unless_known(response: Response, request: Request) -> Response:
    """The response, or 304 when the client has it (RFC 9110, 13.1.2 and 13.1.3)."""
    known = _CONDITIONS.is_not_modified(response.headers, request.headers)
    return NotModifiedResponse(response.headers) if known else response


def _links(title: str, links: Mapping[str, str]) -> Response:
    items = "".join(f'<li><a href="{escape(url)}">{escape(text)}</a></li>' for text, url in links.items())
    head = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{escape(title)}</title>'
    return HTMLResponse(f"{head}<h1>{escape(title)}</h1><ul>{items}</ul></html>\n")


def _with_slash(parts: tuple[str, ...]) -> Response:
    return RedirectResponse("/" + "/".join(quote(part, safe="") for part in parts) + "/")


def _not_found() -> Response:
    return PlainTextResponse("There is nothing here.\n", status_code=404)


def _state(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:  # not there
        return (0, 0)
    return found.st_mtime_ns, found.st_size


def _show_names(root: Path) -> list[str]:
    names = list(shows_in(root)) if root.is_dir() else []
    if not names:
        raise ShowError(f"there is no show in '{root}' to serve; make an episode first")
    return names


_LAST_PORT = 65_535
_LISTEN_FAILED = {
    errno.EADDRINUSE: "port {port} is taken by another program; choose another with --port",
    errno.EACCES: "port {port} is not allowed to you; choose one above 1023 with --port",
    errno.EADDRNOTAVAIL: "'{host}' is not an address of this machine",
}


def _listen(host: str, port: int) -> socket.socket:
    if not 0 <= port <= _LAST_PORT:
        raise PlatformError(f"port {port} does not exist; choose one from 1024 to {_LAST_PORT} with --port")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.getaddrinfo(host, port, family)
        return socket.create_server((host, port), family=family)
    except (socket.gaierror, UnicodeError) as exc:  # no such name; not even the form of one
        raise PlatformError(f"'{host}' is no address; --host takes one of this machine, and --lan finds it") from exc
    except OSError as exc:
        reason = _LISTEN_FAILED.get(
            exc.errno or 0, "cannot listen on '{host}', port {port}: " + os.strerror(exc.errno or 0)
        )
        raise PlatformError(reason.format(host=host, port=port)) from exc
