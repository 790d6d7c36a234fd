"""The article of an entry whose text is in its list: all of it, in its order, with what the list says of it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from narrate.article.assemble import assemble
from narrate.article.classify import classified
from narrate.article.dom.tags import HEADINGS, classes, local
from narrate.article.dom.walk import walk
from narrate.article.facts import Facts
from narrate.article.html.page import parse
from narrate.article.html.reading import without_repeats
from narrate.errors import ArticleError
from narrate.model import Article, BlockKind, Reason

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from narrate.article.dom.walk import Walked
    from narrate.model import Entry, Origin

_AROUND = frozenset(
    ("feedflare", "sharedaddy", "jp-relatedposts", "wp-block-jetpack-subscriptions", "subscription-widget-wrap")
)
"""Boxes that blogs put into the text of their feeds."""
_APPEARED = re.compile(r"The post .{1,400} (?:first )?appeared (?:first )?on .{1,200}", re.DOTALL)
_MOST = 700


def article_of(entry: Entry, origin: Origin) -> Article:
    """The article that an entry carries.

    Raises:
        ArticleError: it holds no words, or more markup than any article.
    """
    page = f"<!doctype html><html><head><title>.</title></head><body>{entry.html}</body></html>"
    body = parse(page, origin.name).root.find("body")
    if body is None:
        raise ArticleError(f"{origin.name} holds no words: there is nothing to read aloud")
    walked = _walked(body, entry.title)
    article = assemble(walked.blocks, _facts(entry), entry.html.encode("utf-8", "replace"), origin)
    blocks, omitted = without_repeats(article.blocks, walked.omitted)
    return classified(replace(article, blocks=tuple(blocks), text=walked.text, omitted=omitted))


def _walked(body: Element, title: str) -> Walked:
    key = _key(title)
    first = next((each for each in body.iter(*HEADINGS) if _key("".join(map(str, each.itertext())))), None)
    own = first if first is not None and _key("".join(map(str, first.itertext()))) == key else None
    return walk(body, omit=_omit, kind=lambda element: BlockKind.TITLE if element is own else None)


def _omit(element: Element) -> Reason | None:
    if element.get("class") and classes(element) & _AROUND:
        return Reason.OUTSIDE
    if local(element) == "p" and _APPEARED.fullmatch(" ".join("".join(map(str, element.itertext()))[:_MOST].split())):
        return Reason.OUTSIDE
    return None


def _facts(entry: Entry) -> Facts:
    return Facts(
        title=entry.title,
        authors=entry.authors,
        published=entry.published.date() if entry.published else None,
        url=entry.url,
        language=entry.language,
        id=entry.id,
    )


def _key(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
