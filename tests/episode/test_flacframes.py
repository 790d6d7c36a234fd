"""Frames of FLAC with other numbers: as if an encoder had numbered them so."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.episode.formats.flacframes import renumbered
from narrate.episode.formats.packets import Packets, packed, unpacked
from narrate.errors import EpisodeError

LONGEST = (7, 11, 16, 21, 26, 31)
"""Bits of a number that 1 to 6 bytes hold (RFC 9639, 9.1.5)."""


@given(first=st.integers(0, 2**31 - 100), sound=st.binary(min_size=1, max_size=60), count=st.integers(1, 90))
def test_renumbering_is_what_an_encoder_would_write(first: int, sound: bytes, count: int) -> None:
    """Any number, any sound: both CRCs are those that a reckoning bit by bit gives, and the sound is as it was."""
    moved = renumbered(frames(0, sound, count), first)

    assert moved == list(frames(first, sound, count).each())


@pytest.mark.parametrize("at", [0, 127, 128, 2_047, 2_048, 65_535, 65_536, 2_097_151, 2_097_152, 67_108_864])
def test_where_a_number_needs_a_byte_more(at: int) -> None:
    """A unit may begin before such a place and end after it."""
    assert renumbered(frames(0, b"sound", 3), max(0, at - 1)) == list(frames(max(0, at - 1), b"sound", 3).each())


@pytest.mark.parametrize("data", [b"", b"\xff\xf8\x39", b"\xff\xf8\x69\x08\x00\xbf\x00\x00", bytes(300)])
def test_what_is_no_frame_of_this_kind_is_refused(data: bytes) -> None:
    """Something short, blocks of another size, zeros."""
    packets = Packets(np.array([len(data)], np.uint16), data)

    with pytest.raises(EpisodeError, match="not FLAC"):
        renumbered(packets, 5)


def frames(first: int, sound: bytes, count: int) -> Packets:
    """Frames in a row, each with another last byte of sound."""
    return unpacked(packed([frame(number, sound + bytes([number - first])) for number in range(first, first + count)]))


def frame(number: int, sound: bytes) -> bytes:
    """A frame written as RFC 9639 tells it, step by step."""
    plain = b"\xff\xf8\x39\x08" + coded(number)
    whole = plain + crc(plain, 8, 0x107).to_bytes(1) + sound
    return whole + crc(whole, 16, 0x1_8005).to_bytes(2)


def coded(number: int) -> bytes:
    """As in UTF-8, but up to 31 bits."""
    length = next(length for length, bits in enumerate(LONGEST, 1) if number < 1 << bits)
    if length == 1:
        return bytes([number])
    rest = [0x80 | number >> 6 * place & 0x3F for place in reversed(range(length - 1))]
    return bytes([0xFF00 >> length & 0xFF | number >> 6 * (length - 1), *rest])


def crc(data: bytes, bits: int, polynomial: int) -> int:
    """A remainder of polynomials, bit by bit."""
    register = 0
    for byte in data:
        register ^= byte << (bits - 8)
        for _ in range(8):
            register <<= 1
            register ^= polynomial if register >> bits else 0
    return register
