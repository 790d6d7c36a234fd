"""Pages that are lists: bookmarks of browsers, Pocket's export, and pages that name their feeds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from narrate.article.html.page import page_text, parse
from narrate.article.lists.urls import web_url
from narrate.article.lists.words import moment, one_line, title_of
from narrate.errors import ArticleError
from narrate.model import Entry, FeedLink, ListKind, ReadingList

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from narrate.model import Origin

_BOOKMARKS = re.compile(
    r"<!DOCTYPE\s+NETSCAPE-Bookmark-file|<title>\s*(?:Pocket Export|Bookmarks)\s*</title>", re.IGNORECASE
)
_FEED_TYPES = frozenset(("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"))
_COMMENTS = re.compile(r"/comments?/|comments", re.IGNORECASE)
MOST_ENTRIES = 100_000


def read_page_list(data: bytes, origin: Origin) -> ReadingList:
    """What a page of HTML lists.

    Raises:
        ArticleError: it is an ordinary page that names no feed.
    """
    text = page_text(data, origin)
    root = parse(text, origin.name).root
    if _BOOKMARKS.search(text[:4_000]):
        return ReadingList(ListKind.ADDRESSES, _title(root), entries=tuple(_bookmarks(root))[:MOST_ENTRIES])
    feeds = tuple(_feeds(root, origin.location))
    if not feeds:
        raise ArticleError(
            f"{origin.name} is a page that names no feed; 'narrate make' makes an episode of it, and a feed has an"
            " address of its own"
        )
    return ReadingList(ListKind.FEEDS, _title(root), feeds=feeds[:1])


def _title(root: Element) -> str:
    found = next(root.iter("title"), None)
    return one_line("".join(map(str, found.itertext()))) if found is not None else ""


def _bookmarks(root: Element) -> Iterator[Entry]:
    """Netscape's format has no standard; every browser writes ``<DT><A HREF ADD_DATE>`` (Pocket: time_added)."""
    seen = set()
    for link in root.iter("a"):
        url = web_url(link.get("href") or "")
        if url and url not in seen:
            seen.add(url)
            added = link.get("add_date") or link.get("time_added") or ""
            yield Entry(url, title_of("".join(map(str, link.itertext()))), updated=moment(added))


def _feeds(root: Element, base: str) -> Iterator[FeedLink]:
    """The feeds that a page names in its head (RSS autodiscovery; HTML standard, 4.6.7.1), those of comments last."""
    named = [
        FeedLink(url, one_line(link.get("title") or ""))
        for link in root.iter("link")
        if "alternate" in (link.get("rel") or "").lower().split()
        and (link.get("type") or "").lower().partition(";")[0].strip() in _FEED_TYPES
        and (url := web_url(link.get("href") or "", base))
    ]
    yield from sorted(named, key=lambda link: bool(_COMMENTS.search(link.url + link.title)))
