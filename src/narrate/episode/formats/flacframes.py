"""Frames of FLAC, renumbered where units are joined (RFC 9639, 9.1).

A frame leans on nothing before it; only its number says where it stands, with a CRC
over its header and one over all of it. Both CRCs are linear: so the new ones follow
from the old, the headers and the length of the frame, and its sound is not looked at.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from narrate.errors import EpisodeError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from narrate.episode.formats.packets import Packets

    Bytes = NDArray[np.uint8]

HEAD = b"\xff\xf8\x39"
"""Sync code, blocks of one size, 1,152 samples, 44.1 kHz: no field for them after the number."""
_FIXED_BYTES = 4
"""Those, then channels and sample size."""
_FOOTER_BYTES = 2
_PERIOD = 32_767
"""After so many steps a register of x^16 + x^15 + x^2 + 1 is what it was."""
_LIMITS = (0x80, 0x800, 0x1_0000, 0x20_0000, 0x400_0000, 0x8000_0000)
"""Numbers below these take 1 to 6 bytes."""


def renumbered(packets: Packets, first: int) -> list[bytes]:
    """The frames of a unit, numbered from 0 as they come from an encoder, numbered from `first` on.

    Raises:
        EpisodeError: they are not frames of this kind.
    """
    sizes = packets.sizes.astype(np.int64)
    ends = np.cumsum(sizes)
    data = np.frombuffer(packets.data, np.uint8)
    if int(sizes.min()) <= _FIXED_BYTES:
        raise _not_flac()
    fixed = data[(ends - sizes)[:, None] + np.arange(_FIXED_BYTES)]
    if (fixed[:, : len(HEAD)] != np.frombuffer(HEAD, np.uint8)).any():
        raise _not_flac()
    numbers = np.arange(len(ends))
    (old, old_crcs), (new, new_crcs) = _headers(fixed, numbers), _headers(fixed, numbers + first)
    bodies = sizes - np.array([len(head) for head in old]) - _FOOTER_BYTES
    crcs = data[ends - 2].astype(np.uint16) << 8 | data[ends - 1]
    footers = (crcs ^ advanced(old_crcs ^ new_crcs, bodies)).astype(">u2").tobytes()
    return [
        new[at] + packets.data[end - 2 - body : end - 2] + footers[2 * at : 2 * at + 2]
        for at, (end, body) in enumerate(zip(ends.tolist(), bodies.tolist(), strict=True))
    ]


def _not_flac() -> EpisodeError:
    return EpisodeError("encoded sound is damaged: it is not FLAC; 'narrate cache clear' and try again")


def _headers(fixed: Bytes, numbers: NDArray[np.int64]) -> tuple[list[bytes], NDArray[np.uint16]]:
    """The headers of frames in a row, each with its CRC-8, and the CRC-16 of each."""
    lengths = np.searchsorted(_LIMITS, numbers, side="right") + 1
    heads: list[bytes] = []
    crcs: list[NDArray[np.uint16]] = []
    for length in np.unique(lengths).tolist():
        chosen = lengths == length
        plain = np.hstack([fixed[chosen], coded(numbers[chosen], length)])
        rows = np.hstack([plain, crc8s(plain)[:, None]])
        data, size = rows.tobytes(), rows.shape[1]
        heads += [data[at : at + size] for at in range(0, len(data), size)]
        crcs.append(crc16s(rows))
    return heads, np.concatenate(crcs)


def coded(numbers: NDArray[np.int64], length: int) -> Bytes:
    """Numbers as UTF-8 would have them, in so many bytes each, up to 31 bits.

    >>> coded(np.array([8364]), 3).tobytes() == "€".encode()
    True
    """
    lead = 0 if length == 1 else 0xFF00 >> length & 0xFF
    rest = [0x80 | numbers >> 6 * place & 0x3F for place in reversed(range(length - 1))]
    return np.stack([lead | numbers >> 6 * (length - 1), *rest], axis=1).astype(np.uint8)


@cache
def _table(bits: int, polynomial: int) -> NDArray[np.uint16]:
    """What a register is after a byte, highest bit first."""
    register = np.arange(256, dtype=np.uint32) << (bits - 8)
    for _ in range(8):
        register = register << 1 ^ (register >> (bits - 1)) * (polynomial | 1 << bits)
    return register.astype(np.uint16)


def crc8s(rows: Bytes) -> Bytes:
    """The CRC at a header's end of each row: x^8 + x^2 + x + 1, highest bit first, from 0.

    >>> hex(crc8s(np.frombuffer(b"123456789", np.uint8)[None])[0])
    '0xf4'
    """
    crcs, table = np.zeros(len(rows), np.uint8), _table(8, 0x07).astype(np.uint8)
    for column in rows.T:
        crcs = table[crcs ^ column]
    return crcs


def crc16s(rows: Bytes) -> NDArray[np.uint16]:
    """The CRC at a frame's end of each row: x^16 + x^15 + x^2 + 1, highest bit first, from 0.

    >>> hex(crc16s(np.frombuffer(b"123456789", np.uint8)[None])[0])
    '0xfee8'
    """
    crcs, table = np.zeros(len(rows), np.uint16), _table(16, 0x8005)
    for column in rows.T:
        crcs = crcs << 8 ^ table[crcs >> 8 ^ column]
    return crcs


@cache
def _powers() -> NDArray[np.uint16]:
    """The register that began as 1 after each number of zero bits."""
    register, powers = 1, []
    for _ in range(_PERIOD):
        powers.append(register)
        register = register << 1 ^ (0x1_8005 if register & 0x8000 else 0)
    return np.array(powers, np.uint16)


def advanced(registers: NDArray[np.uint16], zeros: NDArray[np.int64]) -> NDArray[np.uint16]:
    """What becomes of each register when so many zero bytes follow."""
    after = np.zeros(len(registers), np.uint16)
    for bit in range(16):
        after ^= _powers()[(8 * zeros + bit) % _PERIOD] * (registers >> bit & 1)
    return after
