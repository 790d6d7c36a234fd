"""The addresses of this machine's interfaces, as getifaddrs(3) of Linux, macOS and the BSDs tells them."""

from __future__ import annotations

import ctypes
import socket
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class _Interface(ctypes.Structure):
    """The beginning of ``struct ifaddrs``, in which these systems agree."""


_Interface._fields_ = [
    ("next", ctypes.POINTER(_Interface)),
    ("name", ctypes.c_char_p),
    ("flags", ctypes.c_uint),
    ("address", ctypes.POINTER(ctypes.c_ubyte)),
]


def interface_addresses() -> Iterator[str]:
    """The IPv4 addresses of every interface; none where the system will not say."""
    first = ctypes.POINTER(_Interface)()
    system = ctypes.CDLL(None)
    if system.getifaddrs(ctypes.byref(first)) != 0:
        return
    try:
        entry = first
        while entry:
            if entry.contents.address:
                yield from _address(bytes(entry.contents.address[:8]))
            entry = entry.contents.next
    finally:
        system.freeifaddrs(first)


def _address(head: bytes, system: str = sys.platform) -> Iterator[str]:
    r"""The address in the beginning of a ``struct sockaddr``, if it is one of IPv4.

    The family is its first two bytes on Linux; on the others its second byte, after its length.

    >>> list(_address(b"\x10\x02\0\0\x0a\0\0\x02", "darwin")), list(_address(b"\x10\x1e" + bytes(6), "darwin"))
    (['10.0.0.2'], [])
    """
    family = int.from_bytes(head[:2], sys.byteorder) if system == "linux" else head[1]
    if family == socket.AF_INET:
        yield socket.inet_ntoa(head[4:8])
