"""CRC-16 as an Info frame carries it: polynomial 0x8005 reflected, start 0 (LAME's VbrTag.c).

A byte at a time, ten hours of sound would take minutes. But the polynomial divides
x^32767 + 1: a bit does to the register what the bit 32,767 places before it would do. So
stretches of 32,767 bytes are laid on each other, by exclusive or, and only what
that gives is divided: 0.1 CPU ms a megabyte.
"""

from __future__ import annotations

from functools import cache

import numpy as np

_POLYNOMIAL = 0xA001
_PERIOD = 32_767


@cache
def _table() -> list[int]:
    """What a register is after a byte."""
    table = list(range(256))
    for _ in range(8):
        table = [register >> 1 ^ (_POLYNOMIAL if register & 1 else 0) for register in table]
    return table


class Crc16:
    """A CRC-16 of all that it was fed.

    >>> crc = Crc16(); crc.feed(b"123456789"); hex(crc.value())
    '0xbb3d'
    """

    def __init__(self) -> None:
        self._laid = np.zeros(_PERIOD, np.uint8)
        self._length = 0

    def feed(self, data: bytes) -> None:
        """Go on with `data`."""
        octets = np.frombuffer(data, np.uint8)
        at = self._length % _PERIOD
        self._length += len(octets)
        begun = octets[: _PERIOD - at]
        self._laid[at : at + len(begun)] ^= begun
        rest = octets[len(begun) :]
        whole = len(rest) // _PERIOD * _PERIOD
        for start in range(0, whole, _PERIOD):
            self._laid ^= rest[start : start + _PERIOD]
        self._laid[: len(rest) - whole] ^= rest[whole:]

    def value(self) -> int:
        """The CRC of everything so far, 16 bits."""
        in_order = np.roll(self._laid, -(self._length % _PERIOD))[-min(self._length, _PERIOD) or _PERIOD :]
        register, table = 0, _table()
        for octet in in_order.tolist():
            register = register >> 8 ^ table[(register ^ octet) & 0xFF]
        return register
