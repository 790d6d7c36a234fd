"""Clients that take their time: how long they may, and what they cost meanwhile."""

from __future__ import annotations

import socket
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from narrate.publish import slow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.publish.conftest import Host

LARGE = 24_000_000
"""More than the system's buffers of both ends take at once."""


@pytest.fixture
def impatient(serving: Callable[..., Host], monkeypatch: pytest.MonkeyPatch) -> Host:
    """A host with a large file, that waits for a second only."""
    monkeypatch.setattr(slow, "ASKING_S", 1.0)
    monkeypatch.setattr(slow, "TAKING_S", 1.0)
    host = serving()
    with (host.root / "reads" / "first" / "first.wav").open("wb") as file:
        file.truncate(LARGE)
    return host


@pytest.fixture
def wire(impatient: Host) -> Iterator[socket.socket]:
    """A connection to it that takes little at a time."""
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16_384)
        connection.settimeout(20)
        connection.connect(("127.0.0.1", impatient.port))
        yield connection


def is_cut(wire: socket.socket) -> bool:
    """Whether the other end has gone away before all of the large file has come."""
    try:
        return sum(map(len, iter(lambda: wire.recv(65_536), b""))) < LARGE
    except ConnectionResetError:
        return True


@pytest.mark.parametrize(
    "begun",
    [
        b"",
        b"GET /reads/feed.xml HTTP/1.1\r\nHost: h\r\n",
        b"GET /reads/feed.xml HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\n",
        b"GET /reads/feed.xml HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n",
    ],
)
def test_a_request_must_come_to_its_end(impatient: Host, wire: socket.socket, begun: bytes) -> None:
    """Silence, half a header, a body that is announced and never comes: the connection is closed."""
    wire.sendall(begun)
    assert is_cut(wire)

    assert impatient.ask("/reads/feed.xml").status == 200


def test_a_byte_now_and_then_is_no_request(wire: socket.socket) -> None:
    """What counts is when it is whole, not when the last byte came."""
    began = time.monotonic()
    with suppress(ConnectionResetError, BrokenPipeError):
        while time.monotonic() - began < 15:
            wire.sendall(b"x")
            time.sleep(0.1)

    assert time.monotonic() - began < 15


def test_who_takes_nothing_is_cut_off(impatient: Host, wire: socket.socket) -> None:
    """A download must go on; another client is served meanwhile."""
    wire.sendall(b"GET /reads/first/first.wav HTTP/1.1\r\nHost: h\r\n\r\n")
    assert impatient.ask("/reads/feed.xml").status == 200
    time.sleep(3)

    assert is_cut(wire)


def test_who_takes_a_byte_at_a_time_is_cut_off(wire: socket.socket) -> None:
    """Going on is not enough, it must come to an end some day."""
    wire.sendall(b"GET /reads/first/first.wav HTTP/1.1\r\nHost: h\r\n\r\n")
    began = time.monotonic()
    while time.monotonic() - began < 4:
        wire.recv(1)
        time.sleep(0.05)

    assert is_cut(wire)


def test_who_takes_enough_may_take_long(impatient: Host, wire: socket.socket) -> None:
    """A slow network is no reason: the whole arrives, however many limits it lasts."""
    wire.sendall(
        b"GET /reads/first/first.wav HTTP/1.1\r\nHost: h\r\nConnection: close\r\nRange: bytes=0-3999999\r\n\r\n"
    )
    began, taken = time.monotonic(), 0
    while piece := wire.recv(200_000):
        taken += len(piece)
        if time.monotonic() - began < 3:
            time.sleep(0.03)

    assert taken > 4_000_000
    assert impatient.ask("/reads/feed.xml").status == 200


def test_too_many_are_not_let_in(impatient: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the limit a connection is closed as it comes; those before it are served."""
    monkeypatch.setattr(slow, "MOST_CONNECTIONS", 3)
    with socket.socket() as fourth:
        others = [socket.create_connection(("127.0.0.1", impatient.port), timeout=10) for _ in range(3)]
        time.sleep(0.2)
        fourth.settimeout(10)
        fourth.connect(("127.0.0.1", impatient.port))
        assert is_cut(fourth)
        others[0].sendall(b"GET /reads/feed.xml HTTP/1.1\r\nHost: h\r\n\r\n")
        first = others[0].recv(100)
        for other in others:
            other.close()

    assert first.startswith(b"HTTP/1.1 200")
