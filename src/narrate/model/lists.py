"""What is to be read: the entries of a feed, of a list of addresses, of an export of a reading list."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


class ListKind(StrEnum):
    """What a list is."""

    FEED = "feed"
    FEEDS = "list of feeds"
    """OPML, or a page that names its feeds."""
    ADDRESSES = "list of addresses"
    """Addresses in lines, bookmarks, an export of a reading list."""


class Extent(StrEnum):
    """How much of an article the text is that a list carries."""

    NONE = "none"
    TEASER = "teaser"
    """It is cut, or says that it goes on elsewhere."""
    PERHAPS = "perhaps"
    """It is short, and may be a summary."""
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Entry:
    """An article as a list has it.

    `url` is http or https, "" where the list names no page on the web; `id` is the list's own (RSS guid, Atom id).
    `html` is the text that the list carries, and `extent` how much of the article that is. Times are aware.
    """

    url: str
    title: str = ""
    id: str = ""
    html: str = ""
    extent: Extent = Extent.NONE
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    updated: datetime | None = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed that a list names: its address, http or https, and its title, which may be empty."""

    url: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class ReadingList:
    """A list as it stands: entries in its order, or other feeds; `url` is its home page, "" where it names none."""

    kind: ListKind
    title: str = ""
    url: str = ""
    language: str = ""
    entries: tuple[Entry, ...] = ()
    feeds: tuple[FeedLink, ...] = ()
