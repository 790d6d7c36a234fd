"""The files that a feed names: what an audit of the server behind it asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from narrate.feed.audit.document import Item
from narrate.feed.audit.notes import podlove
from narrate.feed.audit.words import is_positive, is_web_url

if TYPE_CHECKING:
    from collections.abc import Iterator

    from narrate.feed.audit.document import Feed, Part


@dataclass(frozen=True, slots=True)
class Named:
    """A file that a feed names: "sound", "text" (a transcript), "chapters" or "picture", and what is said of it.

    `item` counts from 1, 0 is the channel; `length` is -1 and `mime` "" where nothing is said. `chapters` are those
    that the item lists itself, in seconds.
    """

    kind: str
    url: str
    item: int
    where: str
    line: int
    length: int = -1
    mime: str = ""
    chapters: tuple[tuple[int, str], ...] = ()


def named_files(feed: Feed) -> Iterator[Named]:
    """The files of the channel and of each item, in the feed's order, where their addresses are the web's."""
    for kind, part, url in _of_channel(feed):
        if is_web_url(url):
            yield Named(kind, url, 0, "channel", part.line)
    for number, part in enumerate(feed.items, 1):
        where = Item(part, feed, number).where
        for kind, each, url in _of_item(part):
            if is_web_url(url):
                length = int(each.get("length")) if is_positive(each.get("length")) else -1
                listed = tuple(podlove(part)) if kind == "chapters" else ()
                yield Named(kind, url, number, where, each.line, length, each.get("type"), listed)


def _of_channel(feed: Feed) -> Iterator[tuple[str, Part, str]]:
    for part in feed.channel.all("itunes:image")[:1]:
        yield "picture", part, part.get("href")


def _of_item(item: Part) -> Iterator[tuple[str, Part, str]]:
    for part in item.all("enclosure"):
        yield "sound", part, part.get("url")
    for part in item.all("podcast:alternateEnclosure"):
        for source in part.all("podcast:source"):
            yield "sound", part, source.get("uri")
    for name, kind in (("podcast:transcript", "text"), ("podcast:chapters", "chapters")):
        for part in item.all(name):
            yield kind, part, part.get("url")
    for part in item.all("itunes:image"):
        yield "picture", part, part.get("href")
