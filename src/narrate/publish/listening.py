"""Serving until somebody ends it: the socket, its names, and a clean stop."""

from __future__ import annotations

import asyncio
import errno
import os
import socket
import sys
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import uvicorn

from narrate.errors import PlatformError, ShowError
from narrate.publish.addresses import EVERY_ADDRESS, LOOPBACK, authority, lan_addresses
from narrate.publish.folder import FEED_NAME, shows_in
from narrate.publish.server import app, show_path
from narrate.publish.slow import MOST_CONNECTIONS, PatientProtocol

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from starlette.applications import Starlette

    from narrate.publish.feeds import Made

_GRACE_S = 1.5
"""How long a running download may hold up Ctrl-C."""

_LOOKS = 10
"""Slow clients are looked for every so many ticks of uvicorn, which has ten a second."""


@dataclass(frozen=True, slots=True)
class Listening:
    """Where to listen: `LOOPBACK`, `EVERY_ADDRESS` or an address of this machine; port 0 takes any free one.

    `proxied`: a proxy in front is to be trusted when it says by what address the client asked.
    """

    host: str = LOOPBACK
    port: int = 0
    proxied: bool = False


def serve(root: Path, made_by: Made, at: Listening, ready: Callable[[list[str]], None]) -> None:
    """Serve the shows in `root`, or the show that `root` is, until Ctrl-C; returns when it has stopped.

    `ready` is called once, when connections are accepted and signals are minded, with the feeds' URLs, the
    likeliest address first.

    Raises:
        ShowError: there is no show in `root`.
        PlatformError: the port is taken or not allowed, or there is no network to be reached on.
    """
    hosts = hosts_of(at.host)
    paths = [show_path(name, made_by.token_of(folder)) for name, folder in _shows(root).items()]
    with _listen(at.host, at.port) as listener:
        port = listener.getsockname()[1]
        urls = [f"http://{authority(host, port)}{path}{FEED_NAME}" for host in hosts for path in paths]
        _allow_connections()
        with suppress(KeyboardInterrupt):  # raised again after a clean stop
            Server(app(root, made_by, proxied=at.proxied), lambda: ready(urls)).run(sockets=[listener])


class Server(uvicorn.Server):
    """Uvicorn, which says when it is up, looks for slow clients, and ends downloads when it is to stop.

    It minds signals from before its event loop turns until after that, so that none is lost in it.
    """

    def __init__(self, asgi: Starlette, ready: Callable[[], None]) -> None:
        config = uvicorn.Config(
            asgi,
            http=PatientProtocol,
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="error",
            access_log=False,
            proxy_headers=False,
            server_header=False,
        )
        super().__init__(config)
        self._ready = ready

    def run(self, sockets: list[socket.socket] | None = None) -> None:
        """Serve until a signal comes, which is raised again at the end."""
        with self.capture_signals():
            super().run(sockets)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Accept connections, and say so."""
        await super().startup(sockets)
        if not self.should_exit:
            self._ready()

    async def on_tick(self, counter: int) -> bool:
        """Once every tenth of a second."""
        if counter % _LOOKS == 0:
            now = asyncio.get_running_loop().time()
            for each in list(self.server_state.connections):
                if isinstance(each, PatientProtocol):
                    each.look(now)
        return await super().on_tick(counter)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Accept nobody, let downloads go on for a moment, then end them."""
        end = asyncio.get_running_loop().call_later(_GRACE_S, self._hang_up)
        await super().shutdown(sockets)
        end.cancel()

    def _hang_up(self) -> None:
        for each in list(self.server_state.connections):
            each.transport.abort()


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


def _shows(root: Path) -> dict[str, Path]:
    shows = shows_in(root) if root.is_dir() else {}
    if not shows:
        raise ShowError(f"there is no show in '{root}' to serve; make an episode first")
    return shows


def _allow_connections() -> None:
    """As many open files as the clients need: a socket and a file each. macOS starts with 256."""
    if sys.platform == "win32":
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * MOST_CONNECTIONS + 100
    if soft < wanted:
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        with suppress(ValueError, OSError):  # the system has the last word
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


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
