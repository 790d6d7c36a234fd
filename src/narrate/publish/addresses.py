"""Where a show is found: the address on this machine, and those other devices reach it by."""

from __future__ import annotations

import re
import socket
import sys
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

DEFAULT_PORT = 8642
"""Where `serve` listens; not registered with IANA. It stands in the feed of a show without a base URL."""

EVERY_ADDRESS = "0.0.0.0"  # noqa: S104 - what the user asks for with --lan, never the default
"""Listening here is being reachable from other devices."""

LOOPBACK = "127.0.0.1"

# A host and a port as RFC 9110, 7.2 has them in the Host field; anything else there is not repeated to anyone.
_HOST = re.compile(r"(?:[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,252})|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?")

_PREFIX = re.compile(r"(?:/[A-Za-z0-9._~%-]+)*/?")

# Nothing is sent there: for a datagram socket, connecting only chooses the way out. The first is reserved for
# documentation (RFC 5737) and takes the default route; the others are the private networks (RFC 1918).
_FAR_AWAY = ("192.0.2.1", "192.168.255.254", "10.255.255.254", "172.31.255.254")


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


def asked_address(headers: Mapping[str, str], scope: Mapping[str, Any], *, proxied: bool) -> str:
    """The host's address as the client wrote it, without a slash at the end, or as the socket has it.

    A Host field that is no host is not repeated. `proxied`: what a proxy in front says of the address
    (X-Forwarded-Proto, -Host, -Prefix) comes first; from anybody else those fields are somebody's claim.

    >>> said = {"host": "a:1", "x-forwarded-host": "pods.example", "x-forwarded-proto": "https"}
    >>> [asked_address(said, {"scheme": "http"}, proxied=each) for each in (False, True)]
    ['http://a:1', 'https://pods.example']
    """
    said = {name: headers.get(f"x-forwarded-{name}", "").split(",")[0].strip() for name in ("proto", "host", "prefix")}
    host = next((each for each in ((said["host"] if proxied else ""), headers.get("host", "")) if is_host(each)), "")
    host = host or authority(*(scope.get("server") or ("localhost", 80)))
    if not proxied:
        return f"{scope['scheme']}://{host}"
    scheme = said["proto"].lower() if said["proto"].lower() in {"http", "https"} else scope["scheme"]
    return f"{scheme}://{host}{said['prefix'].rstrip('/') if _PREFIX.fullmatch(said['prefix']) else ''}"


def lan_addresses() -> list[str]:
    """IPv4 addresses other devices can reach this machine by, the likeliest first; empty when there is no network.

    Sends nothing. The way out comes first, then every interface (not on Windows, where the host's name stands for
    them all), then what the host's name stands for.
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
    """The IPv4 addresses of every interface, where the system tells them; Windows does by the host's name."""
    if sys.platform == "win32":
        return iter(())
    from narrate.publish.interfaces import interface_addresses

    return interface_addresses()


def _named() -> Iterator[str]:
    try:
        yield from socket.gethostbyname_ex(socket.gethostname())[2]
    except OSError:  # the name of this machine is not known to itself
        return
