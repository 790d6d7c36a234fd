"""How a file or a made text is answered: conditions, ranges, codings (RFC 9110), sent a piece at a time."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from email.utils import formatdate, parsedate_to_datetime
from io import BytesIO
from typing import IO, TYPE_CHECKING

from starlette.concurrency import run_in_threadpool

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping

    from starlette.types import Receive, Scope, Send

_PIECE = 65_536
"""How much of a body is in memory at a time, a client."""

_TAG = re.compile(r'(?:W/)?("[\x21\x23-\x7e\x80-\xff]*")')
# RFC 9110, 14.1.2: one range of bytes.
_ONE_RANGE = re.compile(r"bytes=(?:([0-9]{1,18})-([0-9]{0,18})|-([0-9]{1,18}))", re.IGNORECASE)

OK, PARTIAL, NOT_MODIFIED, FAILED, UNSATISFIABLE = 200, 206, 304, 412, 416


@dataclass(frozen=True, slots=True)
class Representation:
    """What is sent and what is said of it; `file` is open, and closed by the answer.

    `modified_s` is since 1970, None where nobody knows.
    """

    file: IO[bytes]
    size_bytes: int
    mime: str
    etag: str
    modified_s: float | None
    cache: str
    coding: str = ""
    varies: bool = False

    @property
    def headers(self) -> dict[str, str]:
        """The fields that an answer of any kind carries."""
        fields = {"etag": self.etag, "cache-control": self.cache}
        if self.modified_s is not None:
            fields["last-modified"] = formatdate(self.modified_s, usegmt=True)
        return fields | ({"vary": "Accept-Encoding"} if self.varies else {})


def made(data: bytes, mime: str, etag: str, modified_s: float | None, cache: str) -> Representation:
    """A text that is in memory."""
    return Representation(BytesIO(data), len(data), mime, etag, modified_s, cache)


def answer(what: Representation, asked: Mapping[str, str]) -> Answer:
    """What RFC 9110 has a server say: the whole, a part, that the client has it, or that it cannot be.

    HEAD is answered as GET is, ranges among it, as nginx and Apache do.
    """
    status = condition(asked, what.etag, what.modified_s)
    if status != OK:
        return Answer(what, status, what.headers, range(0))
    plain = {"content-type": what.mime, **what.headers}
    if what.coding:
        return Answer(what, OK, {**plain, "content-encoding": what.coding}, range(what.size_bytes))
    plain["accept-ranges"] = "bytes"
    if not _wants_part(asked, what):
        return Answer(what, OK, plain, range(what.size_bytes))
    part = span(asked["range"], what.size_bytes)
    if not part:
        return Answer(what, UNSATISFIABLE, {**what.headers, "content-range": f"bytes */{what.size_bytes}"}, part)
    where = f"bytes {part.start}-{part.stop - 1}/{what.size_bytes}"
    return Answer(what, PARTIAL, {**plain, "content-range": where}, part)


def condition(asked: Mapping[str, str], etag: str, modified_s: float | None) -> int:
    """200, or 304 or 412 as the client's conditions have it, in the order of RFC 9110, 13.2.2.

    >>> condition({"if-none-match": 'W/"a", "b"'}, '"a"', 0), condition({"if-none-match": '"b"'}, '"a"', 0)
    (304, 200)
    >>> condition({"if-match": '"b"'}, '"a"', 0), condition({"if-modified-since": "no date"}, '"a"', 0)
    (412, 200)
    """
    if "if-match" in asked:
        if not _listed(etag, asked["if-match"], weak=False):
            return FAILED
    elif modified_s is not None and int(modified_s) > _time(asked.get("if-unmodified-since"), modified_s):
        return FAILED
    if "if-none-match" in asked:
        return NOT_MODIFIED if _listed(etag, asked["if-none-match"], weak=True) else OK
    if modified_s is None:
        return OK
    return NOT_MODIFIED if int(modified_s) <= _time(asked.get("if-modified-since"), -1) else OK


def is_one_range(value: str) -> bool:
    """Whether a Range field asks for one valid range of bytes.

    Others are ignored and the whole is sent: a server must where it does not know
    the unit, and may where a range is invalid or there are several (RFC 9110, 14.2).

    >>> is_one_range("bytes=0-99"), is_one_range("bytes=-5"), is_one_range("bytes=7-")
    (True, True, True)
    >>> is_one_range("bytes=9-3"), is_one_range("lines=1-2"), is_one_range("bytes=0-1,5-6")
    (False, False, False)
    """
    match = _ONE_RANGE.fullmatch(value.strip())
    return match is not None and not (match[1] and match[2] and int(match[2]) < int(match[1]))


def span(value: str, size_bytes: int) -> range:
    """Which bytes a valid Range field means; empty where there are none.

    >>> span("bytes=2-9", 5), span("bytes=-2", 5), span("bytes=5-", 5), span("bytes=-0", 5)
    (range(2, 5), range(3, 5), range(5, 5), range(5, 5))
    """
    match = _ONE_RANGE.fullmatch(value.strip())
    if match is None:
        return range(0)
    first, last, tail = match.groups()
    if tail is not None:
        return range(max(0, size_bytes - int(tail)), size_bytes)
    return range(min(int(first), size_bytes), min(int(last) + 1, size_bytes) if last else size_bytes)


class Answer:
    """A response (ASGI 3) whose next piece is read when the last one has gone; a client that leaves ends it."""

    def __init__(self, what: Representation, status: int, headers: Mapping[str, str], part: range) -> None:
        self._what = what
        self.status = status
        self.headers = dict(headers)
        self.part = part
        if status != NOT_MODIFIED:
            self.headers["content-length"] = str(len(part))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it."""
        try:
            raw = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in self.headers.items()]
            await send({"type": "http.response.start", "status": self.status, "headers": raw})
            if scope["method"] == "HEAD" or not self.part:
                await send({"type": "http.response.body", "body": b""})
            else:
                await self._send_body(receive, send)
        finally:
            self._what.file.close()

    async def _send_body(self, receive: Receive, send: Send) -> None:
        gone = asyncio.ensure_future(_left(receive))
        try:
            left = len(self.part)
            self._what.file.seek(self.part.start)
            while left and not gone.done():
                piece = await self._piece(min(left, _PIECE))
                if not piece:
                    return  # cut short on disk: uvicorn ends the connection, and the client sees that bytes are missing
                left -= len(piece)
                await send({"type": "http.response.body", "body": piece, "more_body": left > 0})
        finally:
            gone.cancel()

    async def _piece(self, size_bytes: int) -> bytes:
        file = self._what.file
        if isinstance(file, BytesIO):
            return file.read(size_bytes)
        return await run_in_threadpool(file.read, size_bytes)


async def _left(receive: Receive) -> None:
    """Ends when the client has gone."""
    while (await receive())["type"] != "http.disconnect":
        pass


def tag_of(found: os.stat_result) -> str:
    """A strong ETag of a file: a renamed or rewritten one has another."""
    return f'"{found.st_mtime_ns:x}-{found.st_size:x}-{found.st_ino:x}"'


def _wants_part(asked: Mapping[str, str], what: Representation) -> bool:
    """Whether a range is asked for, of what the client had the beginning of (RFC 9110, 13.1.5)."""
    if not is_one_range(asked.get("range", "")):
        return False
    known = asked.get("if-range")
    return known is None or known.strip() in {what.etag, what.headers.get("last-modified")}


def _listed(etag: str, value: str, *, weak: bool) -> bool:
    """Whether a field of entity tags names this one, or any."""
    if value.strip() == "*":
        return True
    return any(match[1] == etag and (weak or match[0] == etag) for match in _TAG.finditer(value))


def _time(value: str | None, other: float) -> float:
    """The seconds since 1970 that an HTTP date says, `other` for none."""
    try:
        return parsedate_to_datetime(value).timestamp() if value else other
    except (ValueError, OverflowError):
        return other
