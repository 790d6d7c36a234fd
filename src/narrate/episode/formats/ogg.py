"""Ogg pages, as an Opus file has them (RFC 3533; RFC 7845)."""

from __future__ import annotations

import zlib
from struct import pack
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from typing import BinaryIO

    from numpy.typing import NDArray

CONTINUED, FIRST, LAST = 1, 2, 4
"""Kinds of pages: it begins within a packet, the stream begins with it, ends with it."""
NO_GRANULE = (1 << 64) - 1
"""No packet ends on the page (RFC 3533, 6)."""
SEGMENTS = 255
"""The most of a page."""

_SEGMENT_BYTES = 255
_MIRRORED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))
_CRC_AT = 22


def checksum(page: bytes) -> int:
    """The CRC-32 of a page whose own field is zero: polynomial 0x04c11db7, nothing reflected, start and end 0.

    zlib's is the same polynomial with every bit reflected and inverted at both ends.

    >>> hex(checksum(b"123456789"))
    '0x89a1897f'
    """
    reflected = zlib.crc32(page.translate(_MIRRORED), 0xFFFF_FFFF) ^ 0xFFFF_FFFF
    return int.from_bytes(reflected.to_bytes(4, "little").translate(_MIRRORED), "big")


class OggWriter:
    """Writes the pages of one logical stream."""

    def __init__(self, out: BinaryIO, serial: int) -> None:
        self._out, self._serial, self._number = out, serial, 0

    def header(self, packet: bytes, kind: int = 0) -> None:
        """A packet on pages of its own, with nothing that is heard."""
        whole = b"\xff" * (len(packet) // _SEGMENT_BYTES) + bytes([len(packet) % _SEGMENT_BYTES])
        for at in range(0, len(whole), SEGMENTS):
            segments = whole[at : at + SEGMENTS]
            data = packet[at * _SEGMENT_BYTES : (at + SEGMENTS) * _SEGMENT_BYTES]
            ends = at + SEGMENTS >= len(whole)
            self.page(segments, data, 0 if ends else NO_GRANULE, kind | (CONTINUED if at else 0))

    def page(self, segments: bytes, data: bytes, granule: int, kind: int = 0) -> None:
        """One page: the lengths of its segments, its data, the samples that are there when its last packet ends."""
        head = pack("<4sBBQIIIB", b"OggS", 0, kind, granule, self._serial, self._number, 0, len(segments))
        crc = pack("<I", checksum(head + segments + data))
        self._out.write(head[:_CRC_AT] + crc + head[_CRC_AT + 4 :] + segments + data)
        self._number += 1


def lacing(sizes: NDArray[np.uint16]) -> bytes:
    r"""How segments tell the sizes of packets: 255 as often as it goes in, then what is left.

    >>> lacing(np.array([3, 255, 600], np.uint16)).hex(" ")
    '03 ff 00 ff ff 5a'
    """
    if (sizes < _SEGMENT_BYTES).all():
        return sizes.astype(np.uint8).tobytes()
    return b"".join(b"\xff" * (size // _SEGMENT_BYTES) + bytes([size % _SEGMENT_BYTES]) for size in sizes.tolist())
