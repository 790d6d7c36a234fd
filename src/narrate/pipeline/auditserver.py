"""What an audit asks the server behind a feed: for the feed, its picture, and the files of its newest items."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from narrate.episode.pictures import examine
from narrate.errors import FetchError
from narrate.feed.audit import (
    RANGE,
    Audited,
    FeedReplies,
    audit_chapters,
    audit_file,
    audit_picture,
    audit_server,
)
from narrate.model import FileReplies, Reply
from narrate.runtime.fetch import fetch
from narrate.runtime.probe import probe

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from narrate.feed.audit import Named
    from narrate.model import Finding
    from narrate.runtime.probe import Answer

MOST_FEED_BYTES = 30_000_000
"""No feed of an app's list is larger; one of 10,000 episodes in one file has 20 MB."""
MOST_PICTURE_BYTES = 20_000_000
MOST_CHAPTERS_BYTES = 1_000_000
_OK = 200


@dataclass(frozen=True, slots=True)
class FetchedFeed:
    """A feed's bytes, None where its server does not send it, the address where it is, and what the server did."""

    data: bytes | None
    url: str
    audited: Audited


def fetch_feed(url: str, *, private: bool) -> FetchedFeed:
    """The feed at an address, and the findings on its server.

    Raises:
        FetchError: nobody answers, or the address is not allowed.
    """
    answer = probe(url, most_bytes=MOST_FEED_BYTES + 1, private=private)
    got = _reply(url, answer)
    data = _unpacked(url, answer, private=private)
    again = {
        ask: got.header(said)
        for ask, said in (("If-None-Match", "etag"), ("If-Modified-Since", "last-modified"))
        if got.header(said)
    }
    found = audit_server(
        FeedReplies(
            got,
            _asked(url, method="HEAD", private=private),
            _asked(url, again, private=private) if again else None,
            _asked(url, {"Accept-Encoding": "gzip"}, private=private),
        )
    )
    return FetchedFeed(data if answer.status == _OK else None, answer.url, Audited(tuple(found)))


def _unpacked(url: str, answer: Answer, *, private: bool) -> bytes:
    """The feed as text; some servers pack it unasked."""
    if len(answer.data) > MOST_FEED_BYTES:
        raise FetchError(f"{url} is larger than {MOST_FEED_BYTES / 1e6:g} MB, the most narrate audits as one feed")
    packed = answer.headers.get("content-encoding", "").lower() not in {"", "identity"}
    return fetch(url, MOST_FEED_BYTES, private=private).data if packed and answer.status == _OK else answer.data


def _asked(url: str, headers: Mapping[str, str] | None = None, *, method: str = "GET", private: bool) -> Reply:
    """What a server answers, or why nobody does."""
    try:
        return _reply(url, probe(url, headers or {}, method=method, private=private))
    except FetchError as exc:
        return Reply(url, error=str(exc))


def _reply(url: str, answer: Answer) -> Reply:
    return Reply(url, answer.url, answer.status, answer.headers, moves=answer.moves)


def audit_files(files: Sequence[Named], items: int, *, private: bool) -> Iterator[Finding]:
    """The findings on the channel's picture and the files of the first `items` items, each file asked for once.

    A host that did not answer is not waited for again.
    """
    seen: set[str] = set()
    silent: set[str] = set()
    for file in files:
        host = urlsplit(file.url).netloc
        if file.item > items or file.url in seen or host in silent:
            continue
        seen.add(file.url)
        replies = _replies(file, private=private)
        yield from audit_file(replies, file.kind)
        if replies.head.error:
            silent.add(host)
        else:
            yield from _inside(file, private=private)


def _inside(file: Named, *, private: bool) -> list[Finding]:
    """The findings on the bytes of a file, where they are judged too: the show's picture, and chapters."""
    if file.kind == "picture" and not file.item:
        return _picture(file, private=private)
    return _chapters(file, private=private) if file.kind == "chapters" else []


def _replies(file: Named, *, private: bool) -> FileReplies:
    head = _asked(file.url, method="HEAD", private=private)
    first = behind = None
    if head.error:
        return FileReplies(file.where, file.line, file.length, file.mime, head)
    if file.kind == "sound":
        first = _asked(file.url, {"Range": RANGE}, private=private)
        end = max(
            file.length, int(head.header("content-length")[:18]) if head.header("content-length").isdecimal() else 0
        )
        behind = _asked(file.url, {"Range": f"bytes={end + 1}-"}, private=private)
    elif head.status != _OK:
        first = _asked(file.url, private=private)
    return FileReplies(file.where, file.line, file.length, file.mime, head, first, behind)


def _chapters(file: Named, *, private: bool) -> list[Finding]:
    """The findings on a file of chapters that can be fetched."""
    try:
        answer = probe(file.url, most_bytes=MOST_CHAPTERS_BYTES, private=private)
    except FetchError:
        return []
    return audit_chapters(answer.data, file) if answer.status == _OK else []


def _picture(file: Named, *, private: bool) -> list[Finding]:
    """The findings on a picture that can be fetched; that it cannot is found already."""
    try:
        answer = probe(file.url, most_bytes=MOST_PICTURE_BYTES, private=private)
    except FetchError:
        return []
    return audit_picture(examine(answer.data), file.url, file.where, file.line) if answer.status == _OK else []
