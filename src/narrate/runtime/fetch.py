"""Articles, voices and feeds from the web: with `probe`, the only place that opens a network connection.

How each hop connects, and to what it may, is in `hops`. Nothing is written to disk but what `fetch_to` is asked for.
"""

from __future__ import annotations

import http.client
import io
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from narrate import __version__
from narrate.errors import FetchError
from narrate.runtime.dialling import Deadline
from narrate.runtime.files import storage_error
from narrate.runtime.hops import MOST_REDIRECTS, SILENCE_S, Request, follow, web_address
from narrate.runtime.inflate import unpacked
from narrate.runtime.refusals import complaint, is_passing, retry_after_s

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import BinaryIO

    from urllib3.response import BaseHTTPResponse

__all__ = ["AGENT", "MOST_REDIRECTS", "SILENCE_S", "Fetched", "Known", "fetch", "fetch_to", "web_address"]

TOTAL_S = 60.0
"""How long everything may take: looking up, all hops, the whole body."""
TOTAL_OF_FILES_S = 7_200.0
"""The same for a large file: 1 GB at 1.2 Mbit/s."""
AGENT = f"narrate/{__version__}"

_PIECE_BYTES = 1 << 14
_ACCEPT = "text/html,application/xhtml+xml,application/epub+zip,application/pdf,text/markdown,text/plain,*/*;q=0.5"
_ACCEPT_FEEDS = (
    "application/atom+xml,application/rss+xml,application/feed+json,application/json,application/xml,*/*;q=0.5"
)
_HEADERS = {"User-Agent": AGENT, "Accept": _ACCEPT, "Accept-Encoding": "gzip, deflate", "Connection": "close"}
_CONDITIONS = frozenset({"If-None-Match", "If-Modified-Since"})
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_MOST_OF_A_LINE = 1000
"""A longer validator is kept for nobody."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a server said the last time that a feed was read: its ETag and its Last-Modified, as written, or ""."""

    etag: str = ""
    modified: str = ""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a URL led to: where it stands in the end, its bytes, and what the server says of them.

    `mime` is a MIME type in small letters, `charset` as it was written; "" where nothing is said. `known` is what to
    ask with the next time. `unchanged` where it was asked with what is `Known` and nothing has changed: no bytes then.
    """

    url: str
    data: bytes
    mime: str = ""
    charset: str = ""
    known: Known = Known()
    unchanged: bool = False

    @property
    def name(self) -> str:
        """What to call it in messages: its host and its path, as people write them."""
        parts = urlsplit(self.url)
        return parts.netloc + unquote(parts.path.rstrip("/"))


@dataclass(frozen=True, slots=True)
class _Body:
    """Where the body goes, how much of it may come, and until when."""

    target: BinaryIO
    most_bytes: int
    deadline: Deadline


def fetch(
    url: str, most_bytes: int, *, private: bool = False, total_s: float = TOTAL_S, known: Known | None = None
) -> Fetched:
    """What stands at a URL, of at most `most_bytes` as sent and unpacked, within `total_s` seconds.

    With `known`, a feed is asked for, and only if it has changed since (RFC 9110, section 13).

    Raises:
        FetchError: one sentence for whatever went wrong.
    """
    content = io.BytesIO()
    with Deadline(total_s) as deadline:
        request = Request(deadline, private, headers=_HEADERS if known is None else _conditional(known))
        found = _found(url, request, _Body(content, most_bytes, deadline))
    return replace(found, data=content.getvalue())


def fetch_to(
    target: BinaryIO, url: str, most_bytes: int, *, private: bool = False, total_s: float = TOTAL_OF_FILES_S
) -> str:
    """Write what stands at a URL to an open file, piece by piece; the address where it stood in the end.

    Raises:
        FetchError: as of `fetch`.
        StorageError: the file cannot be written.
    """
    with Deadline(total_s) as deadline:
        return _found(url, Request(deadline, private, headers=_HEADERS), _Body(target, most_bytes, deadline)).url


def _conditional(known: Known) -> Mapping[str, str]:
    said = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
    return _HEADERS | {"Accept": _ACCEPT_FEEDS} | {name: value for name, value in said.items() if value}


def _known(answer: BaseHTTPResponse) -> Known:
    """What to ask with the next time."""
    etag, modified = (answer.headers.get(name, "") for name in ("ETag", "Last-Modified"))
    return Known(*(line if len(line) <= _MOST_OF_A_LINE and line.isascii() else "" for line in (etag, modified)))


def _found(url: str, request: Request, body: _Body) -> Fetched:
    def take(where: str, answer: BaseHTTPResponse) -> Fetched:
        if answer.status == http.client.NOT_MODIFIED and _CONDITIONS & request.headers.keys():
            return Fetched(where, b"", known=_known(answer), unchanged=True)
        if answer.status != http.client.OK:
            wait_s = retry_after_s(answer.headers.get("Retry-After", ""))
            raise FetchError(
                complaint(where, answer.status),
                status=answer.status,
                retryable=is_passing(answer.status),
                retry_after_s=wait_s,
            )
        return _fetched(where, answer, body)

    return follow(url, request, take)


def _fetched(url: str, answer: BaseHTTPResponse, body: _Body) -> Fetched:
    said = answer.headers.get("Content-Type", "")
    length = 0
    promised = answer.headers.get("Content-Length", "")
    if promised.isdecimal() and int(promised[:18]) > body.most_bytes:
        raise _too_large(url, body)
    for piece in unpacked(_pieces(url, answer, body), answer.headers.get("Content-Encoding", "")):
        body.deadline.check()
        length += len(piece)
        if length > body.most_bytes:
            raise _too_large(url, body)
        _write(body.target, piece)
    body.deadline.check()
    charset = _CHARSET.search(said)
    mime = said.partition(";")[0].strip().lower()
    return Fetched(url, b"", mime, charset[1] if charset else "", _known(answer))


def _write(target: BinaryIO, piece: bytes) -> None:
    try:
        target.write(piece)
    except OSError as refused:
        raise storage_error("write", getattr(target, "name", "this file"), refused) from refused


def _pieces(url: str, answer: BaseHTTPResponse, body: _Body) -> Iterator[bytes]:
    """The body as it is sent, no more of it than is allowed."""
    length = 0
    for piece in answer.stream(_PIECE_BYTES, decode_content=False):
        body.deadline.check()
        length += len(piece)
        if length > body.most_bytes:
            raise _too_large(url, body)
        yield piece


def _too_large(url: str, body: _Body) -> FetchError:
    most = "reads at once" if isinstance(body.target, io.BytesIO) else "fetches as one file"
    sentence = f"{url} is larger than {body.most_bytes / 1e6:g} MB, the most narrate {most}"
    return FetchError(sentence, retryable=False)
