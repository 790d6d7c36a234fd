"""A socket to an address that was checked, and a time by which everything ends."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Self

from narrate.runtime.netguard import is_public

if TYPE_CHECKING:
    from types import TracebackType


class AddressError(OSError):
    """The address is none of the public internet; the message is a whole sentence."""


class Deadline:
    """Ends every socket that it was given when `total_s` seconds are over.

    The time that a socket may be silent is no limit on a server that sends a byte now and then.
    """

    def __init__(self, total_s: float) -> None:
        self.total_s = total_s
        self.passed = False
        self._end = time.monotonic() + total_s
        self._sockets: list[socket.socket] = []
        self._lock = threading.Lock()
        self._timer = threading.Timer(total_s, self._over)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        with self._lock:
            for twin in self._sockets:
                twin.close()
            self._sockets.clear()

    def left_s(self) -> float:
        """How many seconds are left, at least a hundredth."""
        return max(0.01, self._end - time.monotonic())

    def check(self) -> None:
        """Raises `TimeoutError` when the time is over."""
        if self.passed or time.monotonic() >= self._end:
            self.passed = True
            raise TimeoutError

    def watch(self, connected: socket.socket) -> None:
        """Have a socket ended in time: by a twin of it, since TLS takes the socket itself away."""
        twin = connected.dup()
        with self._lock:
            self._sockets.append(twin)

    def _over(self) -> None:
        with self._lock:
            self.passed = True
            for twin in self._sockets:
                with suppress(OSError):  # the other side was faster
                    twin.shutdown(socket.SHUT_RDWR)


def dial(host: str, port: int, deadline: Deadline, *, silence_s: float, private: bool) -> socket.socket:
    """A connected socket to the first address of a host that is allowed and answers.

    The address is checked before anything is sent to it, and the socket is asked again whom it is connected to.

    Raises:
        AddressError: none of the host's addresses is public.
        OSError: nobody answers, or there is no such host.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    allowed = [each for each in found if private or is_public(str(each[4][0]))]
    if not allowed:
        raise _refused(host, str(found[0][4][0]) if found else "")
    failed: OSError = OSError("no address")
    for family, kind, protocol, _, address in allowed:
        deadline.check()
        connecting = socket.socket(family, kind, protocol)
        try:
            connecting.settimeout(min(silence_s, deadline.left_s()))
            connecting.connect(address)
            _ask(connecting, host, private=private)
            deadline.watch(connecting)
        except OSError as exc:
            connecting.close()
            failed = exc
            if isinstance(exc, AddressError):
                raise
        else:
            return connecting
    raise failed


def _ask(connected: socket.socket, host: str, *, private: bool) -> None:
    peer = str(connected.getpeername()[0])
    if not private and not is_public(peer):
        raise _refused(host, peer)


def _refused(host: str, address: str) -> AddressError:
    shown = host if host == address else f"{host} ({address})"
    return AddressError(
        f"{shown} is not on the public internet; --allow-private lets narrate fetch from such addresses"
    )
