"""PCM out of the files that operating systems' voices write: WAV, AIFF and AIFF-C.

`aifc` left Python in 3.13 and `wave` refuses what Windows calls extensible; all three
are a tree of chunks, and 16-bit PCM is all that voices write. This module is part of
the worker process and imports next to nothing. Sources: RIFF MCI 1.0; Apple, AIFF-C 1991-08-26.
"""

from __future__ import annotations

import math
import struct
import sys
from array import array

_BITS = 16
_HEAD_BYTES = 12
"""The outer chunk's name and size, and the kind of file."""
_BIG_ENDIAN = {b"NONE", b"twos"}
_LITTLE_ENDIAN = {b"sowt"}
_WAV_CODES = {1, 0xFFFE}
"""PCM, and extensible, whose 16-bit form is PCM too."""


class IncompleteError(ValueError):
    """The file is not, or not yet, as long as its header says."""


def read_pcm(data: bytes) -> tuple[bytes, int]:
    """Signed 16-bit little-endian mono PCM, the first channel of several, and its rate in Hz.

    Raises `IncompleteError` where bytes are missing at the end, ValueError where it is another kind of file.
    """
    if len(data) < _HEAD_BYTES:
        raise IncompleteError(f"the file ends after {len(data)} bytes")
    if data[:4] == b"RIFF" and data[8:12] == b"WAVE":
        return _wav(_chunks(data, "<"))
    if data[:4] == b"FORM" and data[8:12] in {b"AIFF", b"AIFC"}:
        return _aiff(_chunks(data, ">"))
    raise ValueError(f"the file is neither WAV nor AIFF: it begins with {data[:12]!r}")


def _chunks(data: bytes, order: str) -> dict[bytes, bytes]:
    """The chunks by name; the outer size must be filled in, and met by what is there."""
    size = struct.unpack_from(order + "I", data, 4)[0]
    if size + 8 <= _HEAD_BYTES or size + 8 > len(data) + 1:
        raise IncompleteError(f"the file ends after {len(data)} bytes of {size + 8}")
    chunks: dict[bytes, bytes] = {}
    at = _HEAD_BYTES
    while at + 8 <= len(data):
        name, size = struct.unpack_from(order + "4sI", data, at)
        if at + 8 + size > len(data):
            raise IncompleteError(f"its chunk {name!r} ends after {len(data) - at - 8} bytes of {size}")
        chunks.setdefault(name, data[at + 8 : at + 8 + size])
        at += 8 + size + size % 2
    return chunks


def _wav(chunks: dict[bytes, bytes]) -> tuple[bytes, int]:
    if b"fmt " not in chunks or b"data" not in chunks:
        raise IncompleteError("the WAV file has no sound in it")
    code, channels, rate_hz, _, _, bits = struct.unpack_from("<HHIIHH", chunks[b"fmt "])
    if code not in _WAV_CODES or bits != _BITS:
        raise ValueError(f"the WAV file holds codec {code} with {bits} bits, not PCM with {_BITS}")
    return _little(chunks[b"data"], channels, swap=sys.byteorder == "big"), rate_hz


def _aiff(chunks: dict[bytes, bytes]) -> tuple[bytes, int]:
    if b"COMM" not in chunks or b"SSND" not in chunks:
        raise IncompleteError("the AIFF file has no sound in it")
    common = chunks[b"COMM"]
    channels, frames, bits = struct.unpack_from(">hIh", common)
    codec = common[18:22] or b"NONE"
    if codec not in _BIG_ENDIAN | _LITTLE_ENDIAN or bits != _BITS:
        raise ValueError(f"the AIFF file holds codec {codec!r} with {bits} bits, not PCM with {_BITS}")
    start = 8 + struct.unpack_from(">I", chunks[b"SSND"])[0]
    sound = chunks[b"SSND"][start : start + frames * channels * 2]
    if len(sound) < frames * channels * 2:
        raise IncompleteError(f"the AIFF file holds {len(sound)} bytes of sound of {frames * channels * 2}")
    swap = (codec in _BIG_ENDIAN) == (sys.byteorder == "little")
    return _little(sound, channels, swap=swap), round(_extended(common[8:18]))


def _little(sound: bytes, channels: int, *, swap: bool) -> bytes:
    samples = array("h", sound[: len(sound) // (2 * channels) * 2 * channels])
    if swap:
        samples.byteswap()
    return samples[::channels].tobytes()


def _extended(ten: bytes) -> float:
    """An 80-bit IEEE 754 number, as AIFF writes its rate.

    >>> _extended(bytes.fromhex("400dac44000000000000"))
    22050.0
    """
    exponent, mantissa = struct.unpack(">HQ", ten)
    return math.ldexp(mantissa, (exponent & 0x7FFF) - 16_383 - 63)
