"""RSS, RDF, CDF and Atom to entries, by feedparser, which reads them however broken they are.

It gets bytes and what its server said of them: nothing for it to open, no name that it could take for a file.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from narrate.article.language import language_tag
from narrate.article.lists.urls import url_key, web_url
from narrate.article.lists.words import extent_of, one_line, paragraphs, title_of
from narrate.errors import ArticleError
from narrate.model import Entry, Extent, ListKind, ReadingList

if TYPE_CHECKING:
    from collections.abc import Mapping

    from narrate.model import Origin

MOST_ENTRIES = 100_000
_HTML = frozenset({"text/html", "application/xhtml+xml"})
_MOST_AUTHORS = 12
_PUBLISHED = ("published_parsed", "created_parsed", "updated_parsed")
"""Feeds with one date call it as they like."""


def read_feed(data: bytes, origin: Origin) -> ReadingList:
    """The feed. Raises `ArticleError` where it holds neither a title nor an entry."""
    import feedparser  # 0.1 s

    location = origin.location if origin.location.startswith(("http://", "https://")) else ""
    charset = f"; charset={origin.charset}" if origin.charset else ""
    headers = {"content-type": f"application/xml{charset}", **({"content-location": location} if location else {})}
    # What it would tidy is for browsers; the reader of an entry takes text alone.
    found = feedparser.parse(
        io.BytesIO(data), resolve_relative_uris=False, sanitize_html=False, response_headers=headers
    )
    feed: Mapping[str, Any] = found.feed
    home = web_url(str(feed.get("link", "")), location)
    language = language_tag(str(feed.get("language") or ""))
    if not found.entries and not (found.version or feed.get("title")):
        raise ArticleError(f"{origin.name} looks like a feed, and is none that can be read; check the address")
    own = url_key(location)
    entries = tuple(_entry(each, home or location, language, feed, own) for each in found.entries[:MOST_ENTRIES])
    return ReadingList(ListKind.FEED, one_line(feed.get("title")), home, language, entries)


def _entry(said: Mapping[str, Any], base: str, language: str, feed: Mapping[str, Any], own: str) -> Entry:
    html, extent = _text(said)
    return Entry(
        url=_link(said, base, own),
        title=title_of(said.get("title")),
        id=one_line(said.get("id")),
        html=html,
        extent=extent,
        authors=_authors(said) or _authors(feed),
        published=next((when for name in _PUBLISHED if (when := _moment(said, name))), None),
        updated=_moment(said, "updated_parsed"),
        language=_language(said) or language,
    )


def _link(said: Mapping[str, Any], base: str, own: str) -> str:
    """The page of an entry: services that count clicks keep the real one beside theirs. The feed itself is none."""
    for link in (said.get("feedburner_origlink"), said.get("link"), *_alternates(said)):
        if (url := web_url(str(link or ""), base)) and url_key(url) != own:
            return url
    return ""


def _alternates(said: Mapping[str, Any]) -> list[str]:
    return [str(link.get("href", "")) for link in said.get("links", ()) if link.get("rel", "alternate") == "alternate"]


def _text(said: Mapping[str, Any]) -> tuple[str, Extent]:
    """The longest text that an entry carries, as HTML, and how much of the article it is."""
    contents = [each for each in said.get("content", ()) if each.get("value")]
    best = max(contents, key=lambda each: len(each["value"]), default=None)
    summary = str(said.get("summary") or "")
    if best is not None and len(best["value"]) >= len(summary):
        html = _as_html(best)
        return html, extent_of(html, content=True)
    if not summary:
        return "", Extent.NONE
    html = _as_html(said.get("summary_detail") or {"value": summary, "type": "text/html"})
    return html, extent_of(html, content=False)


def _as_html(said: Mapping[str, Any]) -> str:
    value = str(said.get("value") or "")
    return value if said.get("type") in _HTML or "<" in value else paragraphs(value)


def _authors(said: Mapping[str, Any]) -> tuple[str, ...]:
    names = [one_line(each.get("name")) for each in said.get("authors", ()) if isinstance(each, dict)]
    found = [name for name in names or [one_line(said.get("author"))] if name and "@" not in name]
    return tuple(dict.fromkeys(found))[:_MOST_AUTHORS]


def _moment(said: Mapping[str, Any], name: str) -> datetime | None:
    parsed = dict.get(said, name) if isinstance(said, dict) else None  # its own `get` takes one date for another
    if not parsed:
        return None
    try:
        year, month, day, hour, minute, second = parsed[:6]
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except (ValueError, TypeError):
        return None


def _language(said: Mapping[str, Any]) -> str:
    """What an entry's own text says it is in."""
    own = [each.get("language") for each in said.get("content", ())]
    return language_tag(str(said.get("language") or next(filter(None, own), "") or ""))
