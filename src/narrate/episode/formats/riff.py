"""RIFF and RF64: chunks of a WAV file (Microsoft, Multimedia Programming Interface 1.0; EBU Tech 3306, 2009)."""

from __future__ import annotations

from struct import pack
from typing import TYPE_CHECKING

from narrate.model import RATE_HZ

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST = 0xFFFF_FFFF
"""What 32 bits hold; in an RF64 it means: look into ``ds64``."""
_PCM = 1
_DS64_BYTES = 28
_HEAD_BYTES = 8


def chunk(name: bytes, data: bytes) -> bytes:
    r"""A chunk, padded to an even length that its size does not count.

    >>> chunk(b"abcd", b"xyz")
    b'abcd\x03\x00\x00\x00xyz\x00'
    """
    return name + pack("<I", len(data)) + data + bytes(len(data) % 2)


def listed(kind: bytes, chunks: Sequence[bytes]) -> bytes:
    """A list of chunks; none where there are none."""
    return chunk(b"LIST", kind + b"".join(chunks)) if chunks else b""


def head(channels: int, bits: int, samples: int, chunks: bytes) -> bytes:
    """All of a file before its samples, `chunks` among it; an RF64 where 32 bits do not hold its size.

    Between them and the samples is nothing, and after the samples nothing either: their size is always even.
    """
    frame_bytes = channels * bits // 8
    size = samples * frame_bytes
    kind = pack("<HHIIHH", _PCM, channels, RATE_HZ, RATE_HZ * frame_bytes, frame_bytes, bits)
    rest = chunk(b"fmt ", kind) + chunks
    whole = len(b"WAVE") + len(rest) + _HEAD_BYTES + size
    if whole <= _MOST:
        return b"RIFF" + pack("<I", whole) + b"WAVE" + rest + b"data" + pack("<I", size)
    whole += _HEAD_BYTES + _DS64_BYTES
    sizes = chunk(b"ds64", pack("<QQQI", whole, size, samples, 0))
    return b"RF64" + pack("<I", _MOST) + b"WAVE" + sizes + rest + b"data" + pack("<I", _MOST)
