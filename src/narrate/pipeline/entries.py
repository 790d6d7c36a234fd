"""Lists of articles and the articles that their entries stand for."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from narrate.article.lists.signs import MAX_LIST_BYTES
from narrate.article.lists.urls import url_key, web_url
from narrate.errors import ArticleError, FetchError
from narrate.model import Extent, ListKind, Origin
from narrate.pipeline.order import Facts
from narrate.pipeline.reading import ScriptFile, identity, list_bytes, read_source
from narrate.runtime.confined import Limits, confined

if TYPE_CHECKING:
    from pathlib import Path

    from narrate.model import Article, Entry, ReadingList, Style
    from narrate.pipeline.reading import ListGivenError
    from narrate.pipeline.tools import Tools

LIST_LIMITS = Limits(time_s=300, clock_s=900)
"""A feed of 50 MB and 100,000 entries takes 34 CPU seconds and 510 MB."""
MOST_NESTING = 3
"""A list of feeds may name lists of feeds; deeper than this nobody writes them, but a list may name itself."""


def parsed(data: bytes, origin: Origin) -> ReadingList:
    """The list in `data`, read in a process of its own. Raises `ArticleError`."""
    from narrate.article.lists.choose import entries_of  # 20 ms that articles need not pay

    return confined(entries_of, data, origin, what=origin.name, limits=LIST_LIMITS)


def read_list(name: str) -> ReadingList:
    """The list in a file or on standard input. Raises `ArticleError`."""
    return parsed(*list_bytes(name, MAX_LIST_BYTES))


def articles_of(given: ListGivenError) -> tuple[Entry, ...]:
    """The entries of a list that was given where articles were expected, in the order to make them in.

    Raises:
        ArticleError: it cannot be read, or is a list of feeds.
    """
    found = parsed(given.data, given.origin)
    if found.feeds and not found.entries:
        raise ArticleError(f"{given.origin.name} is a list of feeds; 'narrate feed import' reads each of them")
    return in_reading_order(found)


def in_reading_order(found: ReadingList) -> tuple[Entry, ...]:
    """The entries of a list, the oldest first: feeds have their newest first, other lists are in their own order.

    One without a date stands where its neighbours do.
    """
    entries = tuple(reversed(found.entries)) if found.kind is ListKind.FEED else found.entries
    if found.kind is not ListKind.FEED:
        return entries
    dated, last = [], datetime.min.replace(tzinfo=UTC)
    for place, entry in enumerate(entries):
        last = entry.published or entry.updated or last
        dated.append((last, place, entry))
    return tuple(entry for _, _, entry in sorted(dated, key=lambda each: each[:2]))


def read_entry(entry: Entry, folder: Path, tools: Tools, style: Style) -> Article:
    """The article of an entry: from its list where that has all of it, else from its page.

    Where the page cannot be had or read, what may be the whole text is taken. Its facts are those of its text, and
    where that is silent those of the list.

    Raises:
        ArticleError: neither can be read.
    """
    if entry.extent is Extent.WHOLE or (entry.html and not entry.url):
        return _carried(entry, folder)
    if not entry.url:
        raise FetchError(f"{named(entry)} names no page on the web, and carries no text", retryable=False)
    try:
        return _fetched(entry, folder, tools, style)
    except ArticleError as refused:
        passing = isinstance(refused, FetchError) and refused.retryable
        if entry.extent is not Extent.PERHAPS or passing:
            raise
        return _carried(entry, folder)


def named(entry: Entry) -> str:
    """What to call an entry in messages."""
    return entry.url or (f"“{entry.title[:80]}”" if entry.title else f"the entry {entry.id[:80]!r}")


def _carried(entry: Entry, folder: Path) -> Article:
    from narrate.article.lists.entry import article_of

    parts = urlsplit(entry.url)
    origin = Origin(f"{parts.netloc}{parts.path.rstrip('/')}" or named(entry), entry.url, "text/html", "utf-8")
    article = confined(article_of, entry, origin, what=origin.name)
    return replace(article, id=identity(article, folder), origin=Origin(origin.name), home=entry.url)


def _fetched(entry: Entry, folder: Path, tools: Tools, style: Style) -> Article:
    article = read_source(entry.url, Facts(), folder, tools, style)
    if isinstance(article, ScriptFile):  # read_source refuses scripts of the web
        raise ArticleError(f"{named(entry)} is a script, and no article")
    url = _settled(article.url, entry.url)
    article = replace(
        article,
        authors=article.authors or entry.authors,
        published=article.published or (entry.published.date() if entry.published else None),
        url=url,
        id="",
    )
    return replace(article, id=identity(article, folder))


def _settled(said: str, listed: str) -> str:
    """The address of an article whose page says `said`, where the list has `listed`.

    Many sites name their home page as the canonical address of all their pages: then every article would be the same.

    >>> _settled("https://example.org/rain", "https://feeds.example/~r/1")
    'https://example.org/rain'
    >>> _settled("https://a.example/", "https://a.example/b")
    'https://a.example/b'
    """
    said = web_url(said)
    deeper = urlsplit(listed).path.strip("/") or urlsplit(listed).query
    plain = not urlsplit(said).path.strip("/") and not urlsplit(said).query
    return listed if not said or (plain and deeper) or url_key(said) == url_key(listed) else said
