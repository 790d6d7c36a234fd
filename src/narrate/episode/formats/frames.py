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
JOINT, MONO = 1, 3
"""Modes of a header that are spoken of; 0 is stereo, each channel by itself."""

_FIXED = 0xFFFB_0000
"""Sync word, MPEG-1, layer III, no CRC, 44.1 kHz."""
_FIXED_MASK = 0xFFFF_0C00
_PADDING_BIT = 1 << 9


def header(kbps: int, mode: int = MONO) -> bytes:
    """A 44.1 kHz header without padding, with the bit that says "original".

    >>> header(96).hex(), header(128, JOINT).hex()
    ('fffb70c4', 'fffb9044')
    """
    return (_FIXED | BITRATES_KBPS.index(kbps) << 12 | mode << 6 | 0b100).to_bytes(4, "big")


def mode_of(data: bytes) -> int:
    """The mode that a header says.

    >>> mode_of(header(96)) == MONO
    True
    """
    return data[3] >> 6


def side_info_bytes(mode: int) -> int:
    """The size of the side information; the header has no CRC after it (ISO 11172-3, 2.4.1.7).

    >>> side_info_bytes(MONO), side_info_bytes(JOINT)
    (17, 32)
    """
    return 17 if mode == MONO else 32


def frame_bytes(data: bytes | bytearray, at: int, kbps: int, channels: int = 1) -> int:
    r"""Size of the frame whose header stands at `at`; 0 if there is none of this kind.

    >>> frame_bytes(header(96), 0, 96), frame_bytes(b"ID3\x03", 0, 96)
    (313, 0)
    """
    head = int.from_bytes(data[at : at + HEADER_BYTES], "big")
    if head & _FIXED_MASK != _FIXED or head >> 12 & 0xF != BITRATES_KBPS.index(kbps):
        return 0
    if (head >> 6 & 0b11 == MONO) != (channels == 1):
        return 0
    return 144_000 * kbps // RATE_HZ + (head & _PADDING_BIT > 0)


def frame_starts(data: bytes | bytearray, kbps: int, channels: int = 1) -> Iterator[int]:
    """Offsets of the frames that `data` wholly consists of, then its length.

    Raises:
        EpisodeError: something else than whole frames of this kind is in it.
    """
    at, end = 0, len(data)
    sizes: dict[bytes, int] = {}  # a stream has a handful of headers
    while at < end:
        yield at
        head = bytes(data[at : at + HEADER_BYTES])
        size = sizes.get(head) or sizes.setdefault(head, frame_bytes(head, 0, kbps, channels))
        if not size or at + size > end:
            raise EpisodeError(f"encoded sound is damaged at byte {at} of {end}; 'narrate cache clear' and try again")
        at += size
    yield at


def main_data_begin(data: bytes | bytearray, at: int) -> int:
    """How many bytes before its header the main data of the frame at `at` begin: 9 bits (ISO 11172-3, 2.4.1.7)."""
    return data[at + HEADER_BYTES] << 1 | data[at + HEADER_BYTES + 1] >> 7
