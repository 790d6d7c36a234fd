"""Packed bodies of answers, unpacked piece by piece so that a bomb ends at the limit."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_PIECE_BYTES = 1 << 16
_ANY_HEADER = 47
"""zlib's and gzip's headers, told apart by zlib itself (15 + 32)."""
_NO_HEADER = -15
_GZIP = b"\x1f\x8b"


class PackingError(ValueError):
    """What says it is packed cannot be unpacked."""


def unpacked(pieces: Iterable[bytes], coding: str) -> Iterator[bytes]:
    """The bytes of a body in pieces of at most 64 KiB; `coding` is its Content-Encoding.

    Raises `PackingError` where it is not packed as it says, ends too early, or in a way that nobody asked for.

    >>> b"".join(unpacked([zlib.compress(b"words")], "deflate"))
    b'words'
    """
    name = coding.strip().lower()
    if name in {"", "identity"}:
        return iter(pieces)
    if name not in {"gzip", "x-gzip", "deflate"}:
        raise PackingError(f"it is packed as '{coding[:40]}', which narrate did not ask for")
    return _inflated(pieces)


def _inflated(pieces: Iterable[bytes]) -> Iterator[bytes]:
    inflater: zlib._Decompress | None = None
    for piece in pieces:
        data = piece
        while data:
            if inflater is None:
                inflater = zlib.decompressobj(_header(data))
            elif inflater.eof and not data.startswith(_GZIP):
                break  # what stands behind the end is no other member, and browsers pass over it
            elif inflater.eof:
                inflater = zlib.decompressobj(_ANY_HEADER)
            yield _some(inflater, data)
            data = inflater.unconsumed_tail or inflater.unused_data
    if inflater is not None:
        yield from _rest(inflater)


def _header(data: bytes) -> int:
    """How a body begins: servers send deflate with and without zlib's header."""
    # RFC 1950, 2.2: the method, and a check of the first two bytes.
    zlib_header = len(data) > 1 and data[0] & 0x0F == zlib.DEFLATED and not int.from_bytes(data[:2], "big") % 31
    return _ANY_HEADER if zlib_header or data.startswith(_GZIP) or len(data) == 1 else _NO_HEADER


def _some(inflater: zlib._Decompress, data: bytes) -> bytes:
    try:
        return inflater.decompress(data, _PIECE_BYTES)
    except zlib.error as exc:
        raise PackingError("it is not packed as it says") from exc


def _rest(inflater: zlib._Decompress) -> Iterator[bytes]:
    """What the inflater still holds when nothing more comes in."""
    while piece := _some(inflater, inflater.unconsumed_tail):
        yield piece
    if not inflater.eof:
        raise PackingError("it ends in the middle")
