"""An audit of a feed: bytes in, findings out, each with its rule, its place, its source and how to mend it.

`audit` judges a feed by itself; `audit_server`, `audit_file`, `audit_picture`,
`audit_chapters` and `audit_drift` judge what was learnt about it elsewhere. All are pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from narrate.feed.audit.across import ACROSS, DRIFT, Drift, traces_of
from narrate.feed.audit.channel import CHANNEL
from narrate.feed.audit.chapterfile import CHAPTER_FILES, ChapterFile
from narrate.feed.audit.document import Item, NotRead, read
from narrate.feed.audit.frame import FRAME
from narrate.feed.audit.items import ITEMS
from narrate.feed.audit.links import Named, named_files
from narrate.feed.audit.notes import CHAPTER_LISTS, NOTES
from narrate.feed.audit.optional import OPTIONAL
from narrate.feed.audit.pictures import PICTURES, Artwork
from narrate.feed.audit.podcasting import ON_ITEMS, PODCAST, SHARED, on_channel, on_item
from narrate.feed.audit.rule import ERROR, RSS, judge
from narrate.feed.audit.serving import FILES, RANGE, SERVER, SOUNDS, TEXTS, FeedReplies
from narrate.model import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from narrate.feed.audit.document import Feed
    from narrate.feed.audit.rule import Rule
    from narrate.model import FileReplies, Picture, Traces

__all__ = [
    "RANGE",
    "Audited",
    "FeedReplies",
    "Named",
    "audit",
    "audit_chapters",
    "audit_drift",
    "audit_file",
    "audit_picture",
    "audit_server",
]

CHANNEL_RULES: tuple[Rule[Feed], ...] = (
    *FRAME,
    *CHANNEL,
    *OPTIONAL,
    *PODCAST,
    *(on_channel(rule) for rule in (*SHARED, *NOTES)),
    *ACROSS,
)
ITEM_RULES: tuple[Rule[Item], ...] = (
    *ITEMS,
    *(on_item(rule) for rule in (*ON_ITEMS, *SHARED, *NOTES)),
    *CHAPTER_LISTS,
)
READING: dict[str, tuple[str, str]] = {
    "xml": ("XML 1.0, 2.1", "correct it there; apps refuse a feed that is no XML"),
    "atom": ("Apple, PSP-1: podcasts are RSS 2.0", "offer the show as RSS 2.0; few podcast apps read Atom"),
    "no-rss": (f"{RSS}, What is RSS?", "give the address of a feed; a page often names it in a <link>"),
}
"""Rules for what is no RSS at all, and ends the audit: source and how to mend."""


@dataclass(frozen=True, slots=True)
class Audited:
    """What an audit of a feed's bytes found, how many episodes it has, and what the feed says for later steps.

    `traces` is None where the bytes are no RSS feed; `files` are what the feed names, the channel's picture first.
    """

    findings: tuple[Finding, ...]
    title: str = ""
    episodes: int = 0
    traces: Traces | None = None
    files: tuple[Named, ...] = ()


def audit(data: bytes, now: datetime, url: str = "") -> Audited:
    """The findings on a feed that was found at `url` ("" for a file), at the time `now`, which is aware."""
    try:
        feed = read(data, url, now)
    except NotRead as fault:
        return Audited((_ending("xml", fault.what, fault.line),))
    if feed.root.name == "atom:feed":
        return Audited((_ending("atom", "the feed is Atom and not RSS", feed.root.line),))
    if feed.root.name != "rss":
        name = feed.root.name.removeprefix("?:")
        return Audited((_ending("no-rss", f"its root is <{name}> and not <rss>", feed.root.line),))
    return Audited(
        tuple(_findings(feed)), feed.channel.said("title"), len(feed.items), traces_of(feed), tuple(named_files(feed))
    )


def audit_server(replies: FeedReplies) -> list[Finding]:
    """The findings on what a server answers for a feed."""
    return list(judge(SERVER, replies, "server"))


def audit_file(replies: FileReplies, kind: str) -> list[Finding]:
    """The findings on what a server answers for a file of a feed; `kind` is that of its `Named`."""
    rules = (*FILES, *{"sound": SOUNDS, "text": TEXTS, "chapters": TEXTS}.get(kind, ()))
    return list(judge(rules, replies, replies.item, replies.line))


def audit_picture(picture: Picture, name: str, where: str = "channel", line: int = 0) -> list[Finding]:
    """The findings on a show's picture that apps fetch by `name`, a file's or an address."""
    return list(judge(PICTURES, Artwork(picture, name), where, line))


def audit_chapters(data: bytes, file: Named) -> list[Finding]:
    """The findings on the bytes of the file of chapters that a feed names."""
    return list(judge(CHAPTER_FILES, ChapterFile(data, file.chapters), file.where, file.line))


def audit_drift(before: Traces, after: Traces) -> list[Finding]:
    """The findings on what is not as it was at the last audit."""
    return list(judge(DRIFT, Drift(before, after), "since last time"))


def _findings(feed: Feed) -> Iterator[Finding]:
    yield from judge(CHANNEL_RULES, feed, "channel", feed.channel.line)
    for number, part in enumerate(feed.items, 1):
        item = Item(part, feed, number)
        yield from judge(ITEM_RULES, item, item.where, part.line)


def _ending(rule: str, what: str, line: int) -> Finding:
    source, mend = READING[rule]
    return Finding(rule, Severity(ERROR), "feed", what, mend, source, line)
