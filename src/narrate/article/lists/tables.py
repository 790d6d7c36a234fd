"""Tables of addresses (CSV), as Pocket, Instapaper, wallabag and others export them; addresses in plain lines."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from narrate.article.language import language_tag
from narrate.article.lists.urls import web_url
from narrate.article.lists.words import extent_of, moment, title_of
from narrate.errors import ArticleError
from narrate.model import Entry, Extent, ListKind, ReadingList

if TYPE_CHECKING:
    from collections.abc import Mapping


MOST_ENTRIES = 100_000
_MOST_OF_A_CELL = 20_000_000
_URLS = ("url", "link", "href", "address", "article url", "document url")
_TITLES = ("title", "name")
_ADDED = ("time_added", "timestamp", "created", "creation date", "date added", "saved date", "created_at", "date")
_LINE = re.compile(r"(?:[-*+•]\s+|\d{1,6}[.)]\s+)?<?(https?://[^\s<>\"]+)>?(?:\s+(.*))?", re.IGNORECASE)
_COMMENTS = ("#", ";", "//")


def table_of(text: str) -> ReadingList | None:
    """The entries of a table with a column of addresses; None where its first line names none."""
    first = next((line for line in text.split("\n") if line.strip()), "")[:2_000]
    for delimiter in (",", ";", "\t"):
        names = [name.strip().strip('"').lower() for name in first.split(delimiter)]
        if len(names) > 1 and set(names) & set(_URLS):
            return ReadingList(ListKind.ADDRESSES, entries=_rows(text, delimiter))
    return None


def _rows(text: str, delimiter: str) -> tuple[Entry, ...]:
    csv.field_size_limit(_MOST_OF_A_CELL)
    rows = csv.DictReader(io.StringIO(text.lstrip()), delimiter=delimiter, restkey="")
    entries = []
    try:
        for row in rows:
            said = {str(name).strip().lower(): value for name, value in row.items() if isinstance(value, str)}
            if url := web_url(_first(said, _URLS)):
                entries.append(_entry(url, said))
            if len(entries) >= MOST_ENTRIES:
                break
    except csv.Error as exc:
        raise ArticleError(f"the table is broken after line {rows.line_num} ({exc}); export it again") from exc
    return tuple(entries)


def _entry(url: str, said: Mapping[str, str]) -> Entry:
    html = said.get("content", "")
    extent = extent_of(html, content=True) if "<" in html else Extent.NONE
    return Entry(
        url,
        title_of(_first(said, _TITLES)),
        html=html if extent is not Extent.NONE else "",
        extent=extent,
        updated=moment(_first(said, _ADDED)),
        language=language_tag(said.get("language", "")),
    )


def _first(said: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((said[name] for name in names if said.get(name, "").strip()), "")


def lines_of(text: str) -> ReadingList | None:
    r"""The addresses of a text that is nothing but them, one a line, a title behind it if need be; None for any other.

    >>> lines_of("# mine\nhttps://example.org/a\n- <https://example.org/b> A title\n").entries[1].title
    'A title'
    >>> lines_of("https://example.org/a\nand words") is None, lines_of("# mine\n") is None
    (True, True)
    """
    entries: dict[str, Entry] = {}
    for line in text.split("\n"):
        said = line.strip()
        if not said or said.startswith(_COMMENTS):
            continue
        found = _LINE.fullmatch(said)
        url = web_url(found[1]) if found else ""
        if found is None or not url:
            return None
        entries.setdefault(url, Entry(url, title_of(found[2] or "")))
        if len(entries) >= MOST_ENTRIES:
            break
    return ReadingList(ListKind.ADDRESSES, entries=tuple(entries.values())) if entries else None
