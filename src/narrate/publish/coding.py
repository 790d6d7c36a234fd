"""Texts compressed for clients that take them so, each once, in bounded memory."""

from __future__ import annotations

import threading
import zlib
from collections import OrderedDict
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from narrate.publish.answers import Representation

_LEAST_BYTES, _MOST_BYTES = 512, 64_000_000
"""Less is not worth it; more is not kept in memory."""

_KEPT_BYTES = 16_000_000
_PIECE = 262_144
_GZIP = 16 + zlib.MAX_WBITS
_COMPRESSED = ("text/", "application/rss+xml", "application/json", "application/x-subrip", "image/svg+xml")


def is_text(mime: str) -> bool:
    """Whether compressing is worth it: not for sound, pictures and books, which are compressed.

    >>> is_text("text/vtt; charset=utf-8"), is_text("application/json+chapters"), is_text("audio/mpeg")
    (True, True, False)
    """
    return mime.startswith(_COMPRESSED)


def accepts_gzip(value: str) -> bool:
    """Whether an Accept-Encoding field lets gzip through (RFC 9110, 12.5.3).

    >>> accepts_gzip("br, gzip"), accepts_gzip("gzip;q=0.5"), accepts_gzip("*"), accepts_gzip("X-GZIP")
    (True, True, True, True)
    >>> accepts_gzip(""), accepts_gzip("identity"), accepts_gzip("gzip;q=0, *"), accepts_gzip("*;q=0")
    (False, False, False, False)
    """
    weights = dict(_weighed(each) for each in value.lower().split(","))
    named = [weights[name] for name in ("gzip", "x-gzip") if name in weights]
    return (max(named) if named else weights.get("*", 0.0)) > 0


def _weighed(item: str) -> tuple[str, float]:
    name, _, parameter = item.partition(";")
    key, _, weight = parameter.partition("=")
    try:
        return name.strip(), float(weight) if key.strip() == "q" else 1.0
    except ValueError:
        return name.strip(), 0.0


class Compressed:
    """The compressed texts of late, the oldest dropped where there are too many bytes of them."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, what: Representation) -> Representation:
        """The same compressed, where that is worth it; the ETag stands for the bytes. Closes what it replaces."""
        if not _LEAST_BYTES <= what.size_bytes <= _MOST_BYTES:
            return what
        with self._lock:  # one at a time: two hundred clients that ask for one text cost one compression
            data = self._kept.get(what.etag) or _gzip(what)
            self._keep(what.etag, data)
        what.file.close()
        return replace(
            what,
            file=BytesIO(data),
            size_bytes=len(data),
            etag=f'{what.etag[:-1]}-gzip"',
            coding="gzip",
        )

    def _keep(self, etag: str, data: bytes) -> None:
        self._kept[etag] = data
        self._kept.move_to_end(etag)
        while sum(map(len, self._kept.values())) > _KEPT_BYTES:
            self._kept.popitem(last=False)


def _gzip(what: Representation) -> bytes:
    """The bytes as gzip has them, without a time: the same text gives the same bytes."""
    packer = zlib.compressobj(6, zlib.DEFLATED, _GZIP)
    pieces = [packer.compress(piece) for piece in iter(lambda: what.file.read(_PIECE), b"")]
    return b"".join((*pieces, packer.flush()))
