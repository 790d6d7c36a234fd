"""Fields of a protobuf message, read and written without a library: https://protobuf.dev/programming-guides/encoding."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

VARINT, FIXED64, BYTES, FIXED32 = 0, 1, 2, 5
"""The wire types that ONNX has."""
_MORE = 0x80
"""Set in each byte of a number but the last."""
_MOST_BITS = 64
"""Of a number."""


class Field(NamedTuple):
    """Where a field of a message stands."""

    number: int
    key: int
    """Where it begins, with its number."""
    start: int
    """Where its content begins."""
    end: int


def fields(message: memoryview) -> Iterator[Field]:
    """The fields of a message. Raises ValueError or IndexError where the bytes are none."""
    at = 0
    while at < len(message):
        key_at = at
        key, at = read_varint(message, at)
        start, end = _extent(message, key & 7, at)
        if end > len(message):
            raise IndexError("a field ends after its message")
        yield Field(key >> 3, key_at, start, end)
        at = end


def numbers(message: memoryview, number: int) -> list[int]:
    """The whole numbers of a field that repeats, packed into one or each by itself.

    >>> numbers(memoryview(number_field(8, 3) + number_field(8, 300)), 8)
    [3, 300]
    >>> numbers(memoryview(message_field(8, varint(3) + varint(300))), 8)
    [3, 300]
    """
    found: list[int] = []
    for field in fields(message):
        if field.number == number:
            at = field.start
            while at < field.end:
                value, at = read_varint(message, at)
                found.append(value)
    return found


def read_varint(message: memoryview, at: int) -> tuple[int, int]:
    """A base-128 number and where it ends. Raises ValueError or IndexError where none is.

    >>> read_varint(memoryview(varint(300)), 0)
    (300, 2)
    """
    value = shift = 0
    while shift < _MOST_BITS:
        byte = message[at]
        value |= (byte & 0x7F) << shift
        at += 1
        if byte < _MORE:
            return value, at
        shift += 7
    raise ValueError("not a number of protobuf")


def varint(value: int) -> bytes:
    r"""A number as protobuf writes it, seven bits a byte.

    >>> varint(300)
    b'\xac\x02'
    """
    out = bytearray()
    while value >= _MORE:
        out.append(value & 0x7F | _MORE)
        value >>= 7
    out.append(value)
    return bytes(out)


def message_field(number: int, content: bytes) -> bytes:
    """A field of bytes, a text or a message."""
    return varint(number << 3 | BYTES) + varint(len(content)) + content


def number_field(number: int, value: int) -> bytes:
    """A field of one whole number."""
    return varint(number << 3 | VARINT) + varint(value)


def _extent(message: memoryview, wire_type: int, at: int) -> tuple[int, int]:
    """Where the content of a field starts and ends."""
    if wire_type == BYTES:
        size, start = read_varint(message, at)
        return start, start + size
    if wire_type == VARINT:
        return at, read_varint(message, at)[1]
    if wire_type in {FIXED64, FIXED32}:
        return at, at + (8 if wire_type == FIXED64 else 4)
    raise ValueError("not a message of protobuf")
