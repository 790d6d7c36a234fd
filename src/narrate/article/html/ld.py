"""JSON-LD: the node that says what the article of a page is (schema.org, JSON-LD 1.1)."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element as Element

_ARTICLES = re.compile(
    r"(?:\w*Article|BlogPosting|LiveBlogPosting|Report|Review|Recipe|CreativeWork|Book|Chapter|HowTo|QAPage)"
)
_PAGES = re.compile(r"WebPage|ItemPage|AboutPage|VideoObject|DiscussionForumPosting|SocialMediaPosting")
_LOOSE_JSON = re.compile(r"^\s*(?:<!--|//<!\[CDATA\[|/\*<!\[CDATA\[\*/)|(?:-->|//\]\]>|/\*\]\]>\*/)\s*+;?\s*+$")
_MOST_JSON = 1_000_000
_MOST_NODES = 2000


def _nodes(root: Element) -> Iterator[dict[str, object]]:
    """The nodes of all JSON-LD on the page, outer ones first, at most so many."""
    count = 0
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower() or not script.text:
            continue
        waiting = [_loads(script.text)]
        while waiting and count < _MOST_NODES:
            here = waiting.pop(0)
            count += 1
            if isinstance(here, list):
                waiting.extend(here[:_MOST_NODES])
            elif isinstance(here, dict):
                yield here
                waiting.extend(
                    value
                    for key in ("@graph", "mainEntity", "mainEntityOfPage")
                    if isinstance(value := here.get(key), dict | list)
                )


def _loads(text: str) -> object:
    try:
        return json.loads(_LOOSE_JSON.sub("", text[:_MOST_JSON]).strip(), strict=False)
    except (ValueError, RecursionError):
        return None


def type_of(node: Mapping[str, object]) -> str:
    """The type of a node, the first if there are several."""
    said = node.get("@type")
    return str(said[0] if isinstance(said, list) and said else said or "")


def article_node(root: Element) -> dict[str, object]:
    """The node that is the article, with what a node of the page says besides."""
    page: dict[str, object] = {}
    for node in _nodes(root):
        if _ARTICLES.fullmatch(type_of(node)):
            return {**page, **node}
        if not page and _PAGES.fullmatch(type_of(node)):
            page = {key: value for key, value in node.items() if key not in {"name", "author"}}
    return page
