"""Where a show is found."""

from __future__ import annotations

import socket
import subprocess
import sys
from ipaddress import ip_address
from typing import NoReturn

import pytest

from narrate.publish import addresses, lan_addresses
from narrate.publish.addresses import is_host


def test_addresses_are_for_others() -> None:
    """Whatever this machine's network is, only addresses another device can use are named, each once."""
    found = lan_addresses()

    assert len(found) == len(set(found))
    assert not any(ip_address(each).is_loopback for each in found)


def test_several_interfaces_come_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """The way out is the likeliest address, other interfaces follow, self-assigned ones are last."""
    monkeypatch.setattr(addresses, "_ways_out", lambda: iter(["192.168.1.7"]))
    monkeypatch.setattr(addresses, "_interfaces", lambda: iter(["127.0.0.1", "169.254.9.9", "192.168.1.7", "10.8.0.2"]))
    monkeypatch.setattr(addresses, "_named", lambda: iter(["127.0.1.1"]))

    assert lan_addresses() == ["192.168.1.7", "10.8.0.2", "169.254.9.9"]


class _NoNetwork(socket.socket):
    """A socket on a machine without any route."""

    def connect(self, address: object, /) -> NoReturn:
        raise OSError(101, f"Network is unreachable: {address}")


def test_an_offline_machine_has_no_address(monkeypatch: pytest.MonkeyPatch) -> None:
    """No route, no interface, a name that stands for nothing: an empty list, no error."""

    def unknown(name: str) -> NoReturn:
        raise socket.gaierror(-2, f"Name or service not known: {name}")

    monkeypatch.setattr(socket, "socket", _NoNetwork)
    monkeypatch.setattr(addresses, "_interfaces", lambda: iter(["127.0.0.1"]))
    monkeypatch.setattr(socket, "gethostbyname_ex", unknown)

    assert lan_addresses() == []


@pytest.mark.parametrize(
    "value", ["a b", "a/b", "a@b", "a:b", "[::1", "a:123456", "-a", "a\r\nx", "ü.example", "a?b", "<b>"]
)
def test_a_host_is_a_host(value: str) -> None:
    """Nothing that could break out of a URL or an attribute passes for a host."""
    assert not is_host(value)


def test_an_address_costs_no_web_server() -> None:
    """Making an episode asks for an address; that loads neither starlette nor uvicorn."""
    code = "import narrate.publish, sys; sys.exit(any(m in sys.modules for m in ('starlette', 'uvicorn', 'anyio')))"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
