"""Where a show is found: the address on this machine, and those other devices reach it by."""

from __future__ import annotations

import re
import socket
import struct
import sys
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

DEFAULT_PORT = 8642
"""Where `serve` listens; not registered with IANA. It stands in the feed of a show without a base URL."""

EVERY_ADDRESS = "0.0.0.0"  # noqa: S104 - what the user asks for with --lan, never the default
"""Listening here is being reachable from other devices."""

LOOPBACK = "127.0.0.1"

# A host and a port as RFC 9110, 7.2 has them in the Host field; anything else there is not repeated to anyone.
_HOST = re.compile(r"(?:[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,252})|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?")

# Nothing is sent there: for a datagram socket, connecting only chooses the way out. The first is reserved for
# documentation (RFC 5737) and takes the default route; the others are the private networks (RFC 1918).
_FAR_AWAY = ("192.0.2.1", "192.168.255.254", "10.255.255.254", "172.31.255.254")

_SIOCGIFADDR = 0x8915  # Linux, netdevice(7)


def local_base_url(show: str, port: int = DEFAULT_PORT, host: str = "localhost") -> str:
    """Where `serve` serves the show in the folder called `show`.

    >>> local_base_url("my show")
    'http://localhost:8642/my%20show/'
    """
    return f"http://{authority(host, port)}/{quote(show, safe='')}/"


def authority(host: str, port: int) -> str:
    """A host and a port as they stand in a URL.

    >>> authority("::1", 80), authority("laptop.local", 8642)
    ('[::1]:80', 'laptop.local:8642')
    """
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def is_host(value: str) -> bool:
    """Whether it looks like a host, with or without a port.

    >>> is_host("192.168.1.7:8642"), is_host("[fe80::1]"), is_host("laptop.local")
    (True, True, True)
    >>> is_host("evil.example/x?"), is_host("a b"), is_host("")
    (False, False, False)
    """
    return _HOST.fullmatch(value) is not None


def lan_addresses() -> list[str]:
    """IPv4 addresses other devices can reach this machine by, the likeliest first; empty when there is no network.

    Sends nothing. The way out comes first, then every interface (on Linux), then what the host's name stands for.
    """
    return reachable((*_ways_out(), *_interfaces(), *_named()))


def reachable(addresses: Iterable[str]) -> list[str]:
    """Those another device can use, each once, in their order; self-assigned ones (RFC 3927) last.

    >>> reachable(["127.0.1.1", "169.254.3.4", "10.0.0.2", "10.0.0.2", "0.0.0.0"])
    ['10.0.0.2', '169.254.3.4']
    """
    usable = [each for each in dict.fromkeys(addresses) if not _only_here(each)]
    return sorted(usable, key=lambda each: ip_address(each).is_link_local)


def _only_here(address: str) -> bool:
    parsed = ip_address(address)
    return parsed.is_loopback or parsed.is_unspecified or parsed.is_multicast


def _ways_out() -> Iterator[str]:
    for target in _FAR_AWAY:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            try:
                probe.connect((target, 9))
            except OSError:  # no route: this machine is not on such a network
                continue
            yield str(probe.getsockname()[0])


def _interfaces() -> Iterator[str]:
    """The first address of every interface, where the system tells it in this way."""
    if sys.platform != "linux":
        return
    from fcntl import ioctl

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        for _, name in socket.if_nameindex():
            try:
                answer = ioctl(probe, _SIOCGIFADDR, struct.pack("256s", name.encode()[:15]))
            except OSError:  # an interface without an IPv4 address
                continue
            yield socket.inet_ntoa(answer[20:24])


def _named() -> Iterator[str]:
    try:
        yield from socket.gethostbyname_ex(socket.gethostname())[2]
    except OSError:  # the name of this machine is not known to itself
        return
