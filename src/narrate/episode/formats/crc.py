"""CRC-16 as an Info frame carries it: polynomial 0x8005 reflected, start 0 (LAME's VbrTag.c).

A byte at a time, ten hours of sound would take minutes. A register of 16 bits
eats 16 bits in one table look-up, and a CRC is linear: so numpy advances many
stretches of the data side by side, and their CRCs are joined afterwards. That
is 4 CPU ms a megabyte.
"""

from __future__ import annotations

from functools import cache

import numpy as np

_POLYNOMIAL = 0xA001
_LANE_WORDS = 256
_LANE_BYTES = 2 * _LANE_WORDS
_BLOCK_BYTES = 1 << 18


@cache
def _word_table() -> np.ndarray:
    """What becomes of each register when two zero bytes follow: 65,536 uint16."""
    table = np.arange(1 << 16, dtype=np.uint16)
    for _ in range(16):
        table = np.where(table & 1, table >> 1 ^ _POLYNOMIAL, table >> 1).astype(np.uint16)
    return table


@cache
def _lane_table() -> np.ndarray:
    """What becomes of each register when `_LANE_BYTES` zero bytes follow."""
    table = _word_table()
    for _ in range(_LANE_WORDS.bit_length() - 1):
        table = table[table]
    return table


def _bytewise(register: int, data: bytes) -> int:
    for byte in data:
        register ^= byte
        for _ in range(8):
            register = register >> 1 ^ (_POLYNOMIAL if register & 1 else 0)
    return register


def _lanes(register: int, data: bytes) -> int:
    """Advance over whole lanes."""
    words = np.frombuffer(data, "<u2").reshape(-1, _LANE_WORDS).T.copy()
    table, crcs = _word_table(), np.zeros(words.shape[1], np.uint16)
    for row in words:
        crcs = table[crcs ^ row]
    after = _lane_table()
    for crc in crcs.tolist():
        register = int(after[register]) ^ crc
    return register


class Crc16:
    """A CRC-16 of all that it was fed.

    >>> crc = Crc16(); crc.feed(b"123456789"); hex(crc.value())
    '0xbb3d'
    """

    def __init__(self) -> None:
        self._register = 0
        self._waiting = bytearray()

    def feed(self, data: bytes) -> None:
        """Go on with `data`; it is worked on in blocks."""
        self._waiting += data
        if len(self._waiting) >= _BLOCK_BYTES:
            self._advance()

    def value(self) -> int:
        """The CRC of everything so far, 16 bits."""
        self._advance()
        return _bytewise(self._register, bytes(self._waiting))

    def _advance(self) -> None:
        whole = len(self._waiting) // _LANE_BYTES * _LANE_BYTES
        if whole:
            self._register = _lanes(self._register, bytes(self._waiting[:whole]))
            del self._waiting[:whole]
