"""JSON to entries: JSON Feed 1 and 1.1, and what wallabag, Readeck, Omnivore, Pinboard and others export.

An export is any list of objects that have an address each, at the top or a few levels below it; what its fields are
called is in a table.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from narrate.article.encoding import decode
from narrate.article.language import language_tag
from narrate.article.lists.urls import web_url
from narrate.article.lists.words import extent_of, moment, one_line, paragraphs, title_of
from narrate.errors import ArticleError
from narrate.model import Entry, Extent, ListKind, ReadingList

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from narrate.model import Origin

MOST_ENTRIES = 100_000
_DEPTH = 4
_URLS = ("url", "href", "resolved_url", "given_url", "original_url", "link", "uri", "savedurl")
_TITLES = ("title", "resolved_title", "given_title", "name")
_PUBLISHED = ("date_published", "published_at", "published", "publishedat", "publisheddate", "pubdate")
_ADDED = (
    *("date_modified", "updated_at", "created_at", "savedat", "added", "time_added", "time", "created", "timestamp"),
    *("date",),
)
_TEXTS = ("content_html", "content", "html", "article")


def read_json(data: bytes, origin: Origin) -> ReadingList:
    """The entries of a JSON file. Raises `ArticleError` where it is broken, or none of its objects has an address."""
    try:
        said = json.loads(decode(data, origin.name))
    except (ValueError, RecursionError) as exc:
        raise ArticleError(f"{origin.name} is not the JSON that it should be; get the file again") from exc
    if isinstance(said, dict) and "jsonfeed.org" in str(said.get("version", "")):
        return _feed(said, origin)
    entries = [_saved(each) for each in _objects(said, _DEPTH)][:MOST_ENTRIES]
    if not entries:
        raise ArticleError(f"{origin.name} is JSON without addresses of articles; give a feed, or an export of a list")
    return ReadingList(ListKind.ADDRESSES, entries=tuple(entries))


def _feed(said: Mapping[str, Any], origin: Origin) -> ReadingList:
    """A JSON Feed (jsonfeed.org, version 1.1)."""
    home = web_url(_text(said, "home_page_url"), origin.location)
    language = language_tag(_text(said, "language"))
    people = _people(said)
    items = said.get("items")
    rows = [each for each in items if isinstance(each, dict)][:MOST_ENTRIES] if isinstance(items, list) else []
    entries = tuple(_item(each, home or origin.location, language, people) for each in rows)
    return ReadingList(ListKind.FEED, one_line(said.get("title")), home, language, entries)


def _item(said: Mapping[str, Any], base: str, language: str, people: tuple[str, ...]) -> Entry:
    html = _text(said, "content_html") or paragraphs(_text(said, "content_text"))
    extent = extent_of(html, content=True)
    if extent is Extent.NONE:
        html = paragraphs(_text(said, "summary"))
        extent = extent_of(html, content=False)
    identity = said.get("id")
    return Entry(
        url=web_url(_text(said, "url"), base) or web_url(_text(said, "external_url")) or web_url(str(identity)),
        title=title_of(said.get("title")),
        id=one_line(str(identity)) if isinstance(identity, str | int) else "",
        html=html,
        extent=extent,
        authors=_people(said) or people,
        published=moment(said.get("date_published")),
        updated=moment(said.get("date_modified")),
        language=language_tag(_text(said, "language")) or language,
    )


def _objects(said: object, depth: int) -> Iterator[Mapping[str, Any]]:
    """The objects with an address, in lists of objects; whatever else is there is passed over."""
    if isinstance(said, list):
        for each in said:
            if isinstance(each, dict) and _first(each, _URLS):
                yield {str(name).lower(): value for name, value in each.items()}
            elif depth:
                yield from _objects(each, depth - 1)
    elif isinstance(said, dict) and depth:
        for each in said.values():
            yield from _objects(each, depth - 1)


def _saved(said: Mapping[str, Any]) -> Entry:
    """An article that somebody put on a list."""
    html = next((text for name in _TEXTS if (text := _text(said, name))), "")
    extent = extent_of(html, content=True) if "<" in html else Extent.NONE
    return Entry(
        url=web_url(_first(said, _URLS)),
        title=title_of(_first(said, _TITLES)),
        id=one_line(str(said["id"])) if isinstance(said.get("id"), str | int) else "",
        html=html if extent is not Extent.NONE else "",
        extent=extent,
        authors=_people(said),
        published=next((when for name in _PUBLISHED if (when := moment(said.get(name)))), None),
        updated=next((when for name in _ADDED if (when := moment(said.get(name)))), None),
        language=language_tag(_text(said, "language") or _text(said, "lang")),
    )


def _first(said: Mapping[str, Any], names: tuple[str, ...]) -> str:
    lowered = {str(name).lower(): value for name, value in said.items()}
    return next((value for name in names if isinstance(value := lowered.get(name), str) and value.strip()), "")


def _people(said: Mapping[str, Any]) -> tuple[str, ...]:
    """Names of authors: a list of names or of objects with one, one object, or one name."""
    found = said.get("authors") or said.get("published_by") or said.get("author") or []
    rows = found if isinstance(found, list) else [found]
    names = (one_line(each.get("name") if isinstance(each, dict) else each) for each in rows)
    return tuple(dict.fromkeys(name for name in names if name and "@" not in name))[:12]


def _text(said: Mapping[str, Any], name: str) -> str:
    value = said.get(name)
    return value if isinstance(value, str) else ""
