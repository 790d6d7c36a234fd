"""The CRC of an Info frame, at the speed of ten hours of sound."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from narrate.episode.formats.crc import Crc16

if TYPE_CHECKING:
    from collections.abc import Iterable


def by_the_book(data: bytes) -> int:
    """CRC-16/ARC, bit by bit, as the catalogue of CRCs defines it."""

    def shifted(register: int) -> int:
        for _ in range(8):
            register = (register >> 1) ^ 0xA001 if register & 1 else register >> 1
        return register

    return reduce(lambda register, byte: shifted(register ^ byte), data, 0)


def crc_of(pieces: Iterable[bytes]) -> int:
    """Our CRC of the pieces, fed one by one."""
    crc = Crc16()
    for piece in pieces:
        crc.feed(piece)
    return crc.value()


@given(st.lists(st.binary(max_size=3_000), max_size=6))
def test_is_the_crc_of_the_whole_however_it_was_fed(pieces: list[bytes]) -> None:
    """The value depends on the bytes alone, not on where they were cut."""
    whole = b"".join(pieces)

    assert crc_of(pieces) == crc_of([whole]) == by_the_book(whole)


def test_stretches_join() -> None:
    """More than a stretch is laid on the one before, wherever it was cut."""
    data = bytes(range(251)) * 1_600

    halves = crc_of([data[:300_001], data[300_001:]])

    assert halves == by_the_book(data)


def test_asking_does_not_end_it() -> None:
    """A value can be asked for on the way."""
    crc = Crc16()
    crc.feed(b"12345" * 300)
    crc.value()
    crc.feed(b"6789")

    assert crc.value() == by_the_book(b"12345" * 300 + b"6789")
