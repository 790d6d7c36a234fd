"""Which addresses on the network an article may be fetched from: those of the public internet."""

from __future__ import annotations

import ipaddress

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
"""Addresses that stand for IPv4 ones where a network has IPv6 only (RFC 6052)."""

_REFUSED = tuple(
    ipaddress.ip_network(network)
    for network in (
        "0.0.0.0/8",  # this host
        "100.64.0.0/10",  # shared by providers (RFC 6598)
        "169.254.0.0/16",  # link-local; 169.254.169.254 tells cloud machines their keys
        "192.0.0.0/24",  # protocol assignments (RFC 6890)
        "198.18.0.0/15",  # benchmarks
        "240.0.0.0/4",  # reserved, and broadcast
        "64:ff9b:1::/48",  # local translation (RFC 8215)
        "fec0::/10",  # site-local, deprecated (RFC 3879)
    )
)
"""Networks that are not public, whatever the `ipaddress` of an older Python thinks of them."""


def is_public(text: str) -> bool:
    """Whether an address in figures is one of the public internet, an IPv4 one inside an IPv6 one too.

    >>> [is_public(said) for said in ("93.184.216.34", "2606:4700::1111", "64:ff9b::8.8.8.8")]
    [True, True, True]
    >>> [is_public(said) for said in ("127.0.0.1", "::ffff:10.0.0.1", "fe80::1%eth0", "64:ff9b::127.0.0.1", "x")]
    [False, False, False, False, False]
    """
    try:
        address: _Address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    return all(_is_public(each) for each in (address, *_inside(address)))


def _inside(address: _Address) -> tuple[_Address, ...]:
    """The IPv4 addresses that an IPv6 one carries: mapped, translated, tunnelled."""
    if isinstance(address, ipaddress.IPv4Address):
        return ()
    carried = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if address in _NAT64:
        carried.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return tuple(each for each in carried if each is not None)


def _is_public(address: _Address) -> bool:
    if any(address in network for network in _REFUSED if network.version == address.version):
        return False
    if isinstance(address, ipaddress.IPv6Address) and (address.ipv4_mapped or address in _NAT64):
        return True  # what it carries decides
    return address.is_global and not address.is_multicast and not address.is_reserved
