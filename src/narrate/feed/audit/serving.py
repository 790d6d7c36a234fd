"""Rules for the server behind a feed: what it answers for the feed, the sound, the picture and the small files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from narrate.feed.audit.rule import APPLE, ERROR, HINT, NAMESPACE, PSP, WARNING, Fault, Rule
from narrate.feed.checks import is_public

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from narrate.model import FileReplies, Reply

OK, PARTIAL, NOT_MODIFIED, UNSATISFIABLE = 200, 206, 304, 416
RANGE = "bytes=0-99"
"""The range that is asked for at the start of a file."""
_PARTIAL = re.compile(r"bytes 0-(\d{1,18})/(\d{1,18}|\*)")
_FEED_TYPES = frozenset(("application/rss+xml", "application/xml", "text/xml"))
_FOR_NOW = frozenset((302, 303, 307))
MOST_MOVES = 5
"""RFC 9110, 15.4, notes that earlier specifications recommended to follow no more."""
_SAME: tuple[frozenset[str], ...] = (
    frozenset(("audio/mpeg", "audio/mp3", "audio/x-mp3")),
    frozenset(("audio/mp4", "audio/x-m4a", "audio/m4a", "audio/aac")),
    frozenset(("application/json", "application/json+chapters")),
    frozenset(("application/x-subrip", "application/srt", "text/srt")),
    frozenset(("audio/ogg", "audio/opus", "application/ogg")),
)
"""Types that apps take for one another."""


_SECURE = "W3C Mixed Content: players on pages over https load nothing over http"


@dataclass(frozen=True, slots=True)
class FeedReplies:
    """What a server answers for the feed: to GET, to HEAD, to GET with what it said of the feed before, with gzip."""

    get: Reply
    head: Reply
    again: Reply | None
    packed: Reply | None


def _answered(reply: Reply, what: str) -> Iterator[Fault]:
    if reply.error:
        yield Fault(reply.error)
    elif reply.status != OK:
        yield Fault(f"{what} {reply.asked} is answered with status {reply.status}")


def _insecure(replies: FeedReplies) -> Iterator[Fault]:
    if replies.get.url.startswith("http://") and is_public(replies.get.url):
        yield Fault("the feed is sent over http, and can be read and changed on its way")


def _redirected(replies: FeedReplies) -> Iterator[Fault]:
    if replies.get.url and replies.get.url != replies.get.asked:
        yield Fault(f"the feed is redirected to {replies.get.url}")


def _for_now(replies: FeedReplies) -> Iterator[Fault]:
    if any(status in _FOR_NOW for status in replies.get.moves):
        yield Fault(f"the feed is redirected for the time being ({', '.join(map(str, replies.get.moves))})")


def _type(replies: FeedReplies) -> Iterator[Fault]:
    if replies.get.status == OK and replies.get.mime not in _FEED_TYPES:
        yield Fault(f"the feed is sent as {replies.get.mime or 'nothing in particular'}")


def _charset(replies: FeedReplies) -> Iterator[Fault]:
    match = re.search(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", replies.get.header("content-type"), re.IGNORECASE)
    if match and match[1].upper() not in {"UTF-8", "UTF8"}:
        yield Fault(f"the feed is sent as text in {match[1]}, which goes before what it says itself (RFC 7303)")


def _head(replies: FeedReplies) -> Iterator[Fault]:
    if replies.get.status == OK and (replies.head.error or replies.head.status != OK):
        yield Fault(f"HEAD is answered with {replies.head.error or f'status {replies.head.status}'}, and GET is not")


def _validators(replies: FeedReplies) -> Iterator[Fault]:
    if replies.get.status == OK and not replies.get.header("etag") and not replies.get.header("last-modified"):
        yield Fault("the server sends neither ETag nor Last-Modified, so apps fetch the whole feed every time")


def _again(replies: FeedReplies) -> Iterator[Fault]:
    if replies.again and not replies.again.error and replies.again.status == OK:
        yield Fault("the server sends the whole feed again to who has it (200 in place of 304)")


def _packed(replies: FeedReplies) -> Iterator[Fault]:
    packed = replies.packed
    if packed and packed.status == OK and packed.header("content-encoding").lower() in {"", "identity"}:
        yield Fault("the server sends the feed unpacked to who asked for gzip")


SERVER: tuple[Rule[FeedReplies], ...] = (
    Rule(
        "feed-status",
        ERROR,
        "RFC 9110, 15",
        "have the server send it",
        lambda replies: _answered(replies.get, "the feed"),
    ),
    Rule("feed-https", WARNING, _SECURE, "serve it over https", _insecure),
    Rule("feed-redirected", HINT, "RFC 9110, 15.4", "subscribe to the address that it leads to", _redirected),
    Rule(
        "feed-moved-for-now",
        WARNING,
        "W3C feed validator, TempRedirect; RFC 9110, 15.4",
        "redirect for good (301 or 308), so that apps keep the new address",
        _for_now,
    ),
    Rule("feed-type", WARNING, "RSS Advisory Board", "send it as application/rss+xml", _type),
    Rule("feed-charset", ERROR, "RFC 7303, 3", "send no charset, or utf-8", _charset),
    Rule("feed-head", ERROR, f"{PSP} and {APPLE}: HEAD", "have the server answer HEAD as it does GET", _head),
    Rule("feed-validators", WARNING, "RFC 9110, 8.8", "have the server send ETag or Last-Modified", _validators),
    Rule("feed-not-modified", WARNING, "RFC 9110, 13", "have the server answer 304 where nothing changed", _again),
    Rule("feed-gzip", HINT, "RFC 9110, 12.5.3", "have the server send text with gzip", _packed),
)
"""Rules for what a server answers for the feed."""


def _file_answered(file: FileReplies) -> Iterator[Fault]:
    """A server that does not answer HEAD may still send the file: the rule for HEAD says so."""
    reply = file.first if file.first and file.head.status != OK else file.head
    if reply.error or reply.status not in {OK, PARTIAL}:
        yield from _answered(reply, "the file")


def _file_head(file: FileReplies) -> Iterator[Fault]:
    if file.first and file.first.status in {OK, PARTIAL} and (file.head.error or file.head.status != OK):
        yield Fault(f"HEAD for {file.head.asked} is answered with {file.head.error or f'status {file.head.status}'}")


def _length(file: FileReplies) -> Iterator[Fault]:
    served = file.head.header("content-length")
    if file.head.status == OK and served.isdecimal() and file.length >= 0 and int(served[:18]) != file.length:
        yield Fault(f"the feed says {file.length} bytes of {file.head.asked}, and the server has {served}")


def _mime(file: FileReplies) -> Iterator[Fault]:
    said, served = file.mime.partition(";")[0].strip().lower(), file.head.mime
    alike = said == served or any(said in group and served in group for group in _SAME)
    if file.head.status == OK and said and not alike:
        yield Fault(f"the feed says {file.head.asked} is {said}, and the server {served or 'nothing'}")


def _range(file: FileReplies) -> Iterator[Fault]:
    first = file.first
    if first and not first.error and first.status == OK:
        yield Fault(f"the server sends the whole of {first.asked} to who asked for {RANGE}")


def _content_range(file: FileReplies) -> Iterator[Fault]:
    first = file.first
    if not first or first.status != PARTIAL:
        return
    match = _PARTIAL.fullmatch(first.header("content-range"))
    total = match[2] if match else ""
    if not match or (total.isdecimal() and file.length >= 0 and int(total) != file.length):
        yield Fault(f"the server's Content-Range is “{first.header('content-range')}” for {RANGE} of {first.asked}")


def _behind(file: FileReplies) -> Iterator[Fault]:
    behind = file.behind
    ranges = file.first is not None and file.first.status == PARTIAL
    if behind and ranges and not behind.error and behind.status != UNSATISFIABLE:
        yield Fault(f"a range behind the end of {behind.asked} is answered with {behind.status} in place of 416")


def _file_insecure(file: FileReplies) -> Iterator[Fault]:
    if any(url.startswith("http://") and is_public(url) for url in (file.head.asked, file.head.url)):
        yield Fault(f"{file.head.asked} is sent over http")


def _moves(file: FileReplies) -> Iterator[Fault]:
    if len(file.head.moves) > MOST_MOVES:
        yield Fault(
            f"{file.head.asked} is redirected {len(file.head.moves)} times, and some apps give up after {MOST_MOVES}"
        )


def _cors(file: FileReplies) -> Iterator[Fault]:
    if file.head.status == OK and not file.head.header("access-control-allow-origin"):
        yield Fault(f"the server lets no other page read {file.head.asked} (no Access-Control-Allow-Origin)")


def _always(check: Callable[[FileReplies], Iterator[Fault]], rule: str, source: str, mend: str) -> Rule[FileReplies]:
    return Rule(rule, ERROR, source, mend, check)


FILES: tuple[Rule[FileReplies], ...] = (
    _always(_file_answered, "file-status", "RFC 9110, 15", "put it there, or take it out of the feed"),
    _always(_file_head, "file-head", f"{PSP} and {APPLE}: HEAD", "have the server answer HEAD as it does GET"),
    _always(_length, "file-length", "RSS 2.0, enclosure", "write the file's true size; apps stop or start over"),
    Rule("file-type", WARNING, "RFC 9110, 8.3", "have feed and server say the same", _mime),
    Rule("file-moves", WARNING, "RFC 9110, 15.4", "name the address where it is, or one nearer to it", _moves),
    Rule("file-https", WARNING, _SECURE, "serve it over https", _file_insecure),
)
"""Rules for any file that a feed names."""

SOUNDS: tuple[Rule[FileReplies], ...] = (
    _always(
        _range, "range", f"{APPLE}, hosting; RFC 9110, 14", "have the server answer ranges with 206; apps seek by them"
    ),
    _always(_content_range, "content-range", "RFC 9110, 14.4", "have the server say which bytes it sends, of how many"),
    Rule("range-behind", HINT, "RFC 9110, 15.5.17", "have the server answer 416", _behind),
)
"""Rules for sound besides."""

TEXTS: tuple[Rule[FileReplies], ...] = (
    Rule("cors", WARNING, f"{NAMESPACE}, transcript and chapters", "send Access-Control-Allow-Origin: *", _cors),
)
"""Rules for transcripts and chapters besides: players in browsers read them."""
