"""The first bytes by which a list is told from an article; nothing that costs is imported for it."""

from __future__ import annotations

import re

from narrate.article.encoding import glimpse

HEAD_BYTES = 16_384
MAX_LIST_BYTES = 64_000_000
"""The largest list that is read: a feed of 100,000 entries of a paragraph each."""

_BEFORE = (
    r"\A\s*(?:<\?[^>]*\?>\s*|<!--(?:(?!-->).)*-->\s*|<!DOCTYPE\s+(?!html)[^\[>]*(?:\[(?:(?!\]\s*>).)*\]\s*)?>\s*)*"
)
_FEED = re.compile(
    _BEFORE + r"<(?:\w+:)?(?:rss|feed|RDF|channel|newLocation|redirect)[\s>/]", re.IGNORECASE | re.DOTALL
)
_OPML = re.compile(_BEFORE + r"<(?:\w+:)?opml[\s>]", re.IGNORECASE | re.DOTALL)
_JSON_FEED = re.compile(r"\A\s*\{.*\"version\"\s*:\s*\"https?:\\?/\\?/(?:www\.)?jsonfeed\.org", re.DOTALL)
_ADDRESS = re.compile(r"\s*(?:[-*+•]\s+|\d{1,6}[.)]\s+)?<?https?://[^\s<>\"]+>?\s*", re.IGNORECASE)


def is_feed(head: bytes) -> bool:
    """Whether the first bytes are those of a feed.

    >>> is_feed(b"<?xml version='1.0'?><!-- x --><rss version='2.0'>"), is_feed(b"<html><rss>"), is_feed(b"words")
    (True, False, False)
    """
    text = glimpse(head[:HEAD_BYTES])
    return bool(_FEED.search(text) or _JSON_FEED.search(text))


def is_opml(head: bytes) -> bool:
    """Whether the first bytes are those of a list of feeds."""
    return bool(_OPML.search(glimpse(head[:HEAD_BYTES])))


def is_list(head: bytes) -> bool:
    r"""Whether the first bytes are a list's and no article's: a feed's, OPML's, or lines of nothing but addresses.

    >>> is_list(b"https://example.org/a\nhttps://example.org/b\n"), is_list(b"https://example.org/a says so.")
    (True, False)
    """
    if is_feed(head) or is_opml(head):
        return True
    lines = [line for line in glimpse(head[:HEAD_BYTES]).splitlines() if line.strip()]
    lines = lines[:-1] if len(head) > HEAD_BYTES else lines  # the last one may be cut
    return bool(lines) and all(map(_ADDRESS.fullmatch, lines))
