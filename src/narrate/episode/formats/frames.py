"""Frames of MPEG-1 layer III at 44.1 kHz: headers, sizes, where each begins (ISO 11172-3, 2.4.1, 2.4.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from narrate.errors import EpisodeError
from narrate.model import RATE_HZ

if TYPE_CHECKING:
    from collections.abc import Iterator

BITRATES_KBPS = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
"""Bit rates by their index in a header."""

HEADER_BYTES = 4
SIDE_INFO_BYTES = 17
"""Side information of a mono frame; the header has no CRC after it."""

_FIXED = 0xFFFB_00C0
"""Sync word, MPEG-1, layer III, no CRC, 44.1 kHz, mono."""
_FIXED_MASK = 0xFFFF_0CC0
_PADDING_BIT = 1 << 9


def header(kbps: int) -> bytes:
    """A mono 44.1 kHz header without padding, with the bit that says "original".

    >>> header(96).hex()
    'fffb70c4'
    """
    return (_FIXED | BITRATES_KBPS.index(kbps) << 12 | 0b100).to_bytes(4, "big")


def frame_bytes(data: bytes | bytearray, at: int, kbps: int) -> int:
    r"""Size of the frame whose header stands at `at`; 0 if there is none of this kind.

    >>> frame_bytes(header(96), 0, 96), frame_bytes(b"ID3\x03", 0, 96)
    (313, 0)
    """
    head = int.from_bytes(data[at : at + HEADER_BYTES], "big")
    if head & _FIXED_MASK != _FIXED or head >> 12 & 0xF != BITRATES_KBPS.index(kbps):
        return 0
    return 144_000 * kbps // RATE_HZ + (head & _PADDING_BIT > 0)


def frame_starts(data: bytes | bytearray, kbps: int) -> Iterator[int]:
    """Offsets of the frames that `data` wholly consists of, then its length.

    Raises:
        EpisodeError: something else than whole frames of this kind is in it.
    """
    at = 0
    while at < len(data):
        yield at
        size = frame_bytes(data, at, kbps)
        if not size or at + size > len(data):
            raise EpisodeError(
                f"encoded sound is damaged at byte {at} of {len(data)}; 'narrate cache clear' and try again"
            )
        at += size
    yield at


def main_data_begin(data: bytes | bytearray, at: int) -> int:
    """How many bytes before its header the main data of the frame at `at` begin: 9 bits (ISO 11172-3, 2.4.1.7)."""
    return data[at + HEADER_BYTES] << 1 | data[at + HEADER_BYTES + 1] >> 7
