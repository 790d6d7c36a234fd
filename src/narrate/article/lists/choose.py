"""What a list is, told by its first bytes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from narrate.article.archive import open_archive
from narrate.article.encoding import decode, glimpse
from narrate.article.lists.signs import HEAD_BYTES, MAX_LIST_BYTES, is_feed, is_opml
from narrate.article.lists.tables import lines_of, table_of
from narrate.errors import ArticleError
from narrate.model import ListKind, Origin, ReadingList

if TYPE_CHECKING:
    from collections.abc import Iterable

_ZIP = b"PK\x03\x04"
_IN_ARCHIVES = frozenset({".csv", ".json", ".html", ".htm", ".opml", ".xml", ".txt"})


def entries_of(data: bytes, origin: Origin) -> ReadingList:
    """What a list holds, whatever its form.

    Raises:
        ArticleError: it is empty, too large, broken, or no list.
    """
    if not data.strip():
        raise ArticleError(f"{origin.name} is empty: there is nothing to import")
    if len(data) > MAX_LIST_BYTES:
        raise ArticleError(f"{origin.name} is larger than {MAX_LIST_BYTES // 1_000_000} MB, the most narrate imports")
    if data.startswith(_ZIP):
        return _archive(data, origin)
    head = glimpse(data[:HEAD_BYTES])
    if is_feed(data) and not head.lstrip().startswith("{"):
        from narrate.article.lists.feeds import read_feed

        return read_feed(data, origin)
    if is_opml(data):
        from narrate.article.lists.opml import read_opml

        return read_opml(data, origin)
    if head.lstrip()[:1] in {"{", "["}:
        from narrate.article.lists.jsonlists import read_json

        return read_json(data, origin)
    return _text(data, origin, head)


def _text(data: bytes, origin: Origin, head: str) -> ReadingList:
    text = decode(data, origin.name)
    found = table_of(text) or lines_of(text)
    if found is not None:
        return found
    if head.lstrip().startswith("<"):
        from narrate.article.lists.bookmarks import read_page_list

        return read_page_list(data, origin)
    raise ArticleError(
        f"{origin.name} is no feed, no OPML and no list of addresses; 'narrate make' makes an episode of an article"
    )


def _archive(data: bytes, origin: Origin) -> ReadingList:
    """The lists in an archive, as reading lists are exported in: those of its members that are lists."""
    archive = open_archive(data, origin.name)
    lists = []
    for name in archive:
        if PurePosixPath(name.lower()).suffix in _IN_ARCHIVES:
            try:
                lists.append(entries_of(archive.read(name), replace(origin, name=f"{origin.name}: {name}")))
            except ArticleError:
                continue  # annotations, settings, articles: an export holds more than its list
    if not lists:
        raise ArticleError(f"{origin.name} is an archive without a list of articles; unpack it and give the list in it")
    return _joined(lists)


def _joined(lists: Iterable[ReadingList]) -> ReadingList:
    held = list(lists)
    entries = tuple(entry for each in held for entry in each.entries)
    feeds = tuple(feed for each in held for feed in each.feeds)
    return ReadingList(ListKind.FEEDS if feeds and not entries else ListKind.ADDRESSES, "", "", "", entries, feeds)
