"""How long a client may take: for asking, and for taking what it asked for.

Uvicorn limits only how long a connection may be idle between two requests. A
client that sends a byte of its header now and then, or takes a byte of an
episode a second, would hold its connection and what is buffered for it for ever.
"""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Any

from uvicorn.protocols.http.h11_impl import H11Protocol

if TYPE_CHECKING:
    import asyncio

ASKING_S = 15.0
"""A request must have come whole this long after its first byte, or after the connection was made."""

TAKING_S = 60.0
TAKEN_BYTES = 65_536
"""A client takes this much in that time, or the rest at least.

A player that has buffered enough stops reading for a while. The web's hosts cut it
off after a minute, and it asks for the rest with a range when it goes on.
"""

MOST_CONNECTIONS = 1_000
"""Further ones are closed as they come: with 128 KB buffered each they would be 128 MB."""


SENDING_BYTES = 131_072
"""What the system buffers for a client. It says that there is room again when a third of it is free: with the
megabytes that it would take by itself, one that takes 8 KB a second, as a player does, would not be seen to take any
for minutes."""


_UNFINISHED = ("IDLE", "SEND_BODY")
"""The names of h11's states of a client whose request is not whole yet."""


class _Metered:
    """A transport that counts what it is given to send."""

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self.given_bytes = 0

    def write(self, data: bytes) -> None:
        """Send it."""
        self.given_bytes += len(data)
        self._transport.write(data)

    @property
    def left_bytes(self) -> int:
        """What the system has not taken yet; what it has taken it sends by itself."""
        return self._transport.get_write_buffer_size()

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 # the rest of a transport
        return getattr(self._transport, name)


class PatientProtocol(H11Protocol):
    """HTTP/1.1 with a client that may be slow, but not for ever; `look` is to be called every second or so."""

    _metered: _Metered
    _asking_since: float | None = None
    _taking_since = 0.0
    _taken_bytes = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn has it
        """Somebody has come."""
        self._metered = _Metered(transport)
        super().connection_made(self._metered)  # type: ignore[arg-type] # it is all of a transport that is used
        self._asking_since = self.loop.time()
        transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SENDING_BYTES)
        if len(self.connections) > MOST_CONNECTIONS:
            transport.abort()

    def data_received(self, data: bytes) -> None:
        """Part of a request, or all of it."""
        super().data_received(data)
        if repr(self.conn.their_state) not in _UNFINISHED:
            self._asking_since = None  # all of it has come
        elif self._asking_since is None:
            self._asking_since = self.loop.time()

    def look(self, now: float) -> None:
        """Cut the client off if it takes too long; `now` is the event loop's time."""
        if self._asking_since is not None and now - self._asking_since > ASKING_S:
            self.transport.abort()
            return
        taken = self._metered.given_bytes - self._metered.left_bytes
        if not self._metered.left_bytes or taken - self._taken_bytes >= TAKEN_BYTES:
            self._taking_since, self._taken_bytes = now, taken
        elif now - self._taking_since > TAKING_S:
            self.transport.abort()
