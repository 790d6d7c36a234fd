"""What becomes of each piece of a page: read, furniture, or left out, and why.

What trafilatura chose is read, but for lines of links and a site's own words. What it left out inside the
article's container is weighed: by the names that the page gives its parts (`htmlsigns`), by the share of links,
and by whether it is prose.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from narrate.article.dom.tags import HEADINGS, local
from narrate.article.furniture import is_furniture
from narrate.article.html.leaves import key
from narrate.article.html.signs import Sign, guides, says_credit, says_furniture, says_rights, sign_of, teases
from narrate.model import BlockKind, Reason

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from narrate.article.html.leaves import Leaf

Verdict = Reason | BlockKind | None
"""Why a leaf is in no block, or what kind of block it is; None where it is text like any other."""

LINKS = 0.6
"""A line with more of it in links is no prose."""
_MAIN_SHARE = 0.4
"""An element that holds so much of the article is never a menu or an advertisement, whatever it is called."""
_PROSE_LETTERS = 40
_LONG_LETTERS = 120
_SENTENCE = re.compile(r"[^\W\d_]{2}[.!?…。！？][\"'”’»)\]]*(?:\s|[(\[]|$)")
_CAPTION = re.compile(
    r"(?:^|[\s_-])(?:image|photo|picture|img|media|fig(?:ure)?)?[_-]?caption(?:[_-]?text)?(?=$|\s)", re.IGNORECASE
)
_NEAR = 3
_PARTS = frozenset(["li", "td", "th", "dd", "dt", "caption", "pre", "blockquote", "summary"])
_IN_LISTS = frozenset(["li", "td", "th", "dd", "dt", "p"])
_LISTS = frozenset({"ul", "ol", "dl"})
_ARTICLES = frozenset({"article", "main"})
_ELSEWHERE = frozenset({Sign.OUTSIDE, Sign.COMMENTS})
_LEFT_OUT = _ELSEWHERE | {Sign.NAVIGATION}
_OF_SITES = frozenset({Sign.NAVIGATION, Sign.HEADER, Sign.FOOTER})
_ROUND = frozenset({Sign.FURNITURE, Sign.FACT, Sign.CREDIT})


@dataclass(slots=True)
class Seen:
    """What is known when leaves are judged: what was chosen, letters of it in each element, and the container.

    `first` and `last` are places of chosen leaves in `core`; `parents` and `tables` hold chosen leaves;
    `contents` are lists of links to places of the page itself.
    """

    chosen: set[Leaf]
    shares: dict[Element, int]
    total: int
    core: Element
    first: int
    last: int
    title: Leaf | None
    parents: set[Element] = field(default_factory=set)
    tables: set[Element] = field(default_factory=set)
    contents: set[Element] = field(default_factory=set)
    signs: dict[Element, Sign | None] = field(default_factory=dict)


def verdict(leaf: Leaf, page: Seen) -> Verdict:
    """What becomes of a leaf."""
    title = page.title
    if leaf is title:
        return None
    if title is not None and leaf.letters and key(leaf.text) == key(title.text) and leaf.place <= page.first:
        return Reason.REPEATED
    if page.contents and within(leaf.element, page.contents):
        return Reason.NAVIGATION
    sign = sign_over(leaf, page)
    if leaf in page.chosen:
        above = title is not None and leaf.place < title.place and not is_prose(leaf)
        return Reason.OUTSIDE if above else _of_chosen(leaf, sign)
    if table_of(leaf.element) in page.tables:
        return None
    return _of_others(leaf, sign, page)


def _of_others(leaf: Leaf, sign: Sign | None, page: Seen) -> Verdict:
    """What becomes of a leaf that was not chosen."""
    inside = within(leaf.element, {page.core})
    if sign is Sign.APPENDIX and leaf.place > page.first and (inside or _beside(leaf, page)):
        return None
    if inside and page.first <= leaf.place:
        return _of_inner(leaf, sign, page)
    if leaf.place < page.first and (inside or (page.title is not None and leaf.place > page.title.place)):
        return _of_opening(leaf, sign, inside=inside)
    return _left_out(leaf, sign)


def _left_out(leaf: Leaf, sign: Sign | None) -> Reason:
    """Why a leaf is no part of the article: prose is another text's, lines and links are the site's."""
    if not is_prose(leaf) or sign in _OF_SITES:
        return Reason.NAVIGATION
    return Reason.OTHER if sign in _ELSEWHERE else Reason.OUTSIDE


def of_comments(page: Seen) -> set[Leaf]:
    """What was chosen of the comments below the article; nothing where they are most of it, as in a forum."""
    found = {leaf for leaf in page.chosen if sign_over(leaf, page) is Sign.COMMENTS}
    return found if sum(leaf.letters for leaf in found) * 2 < page.total else set()


def sign_over(leaf: Leaf, page: Seen) -> Sign | None:
    """The innermost sign over a leaf, of elements that do not hold the article."""
    for element in (leaf.element, *leaf.element.iterancestors()):
        if page.shares.get(element, 0) > _MAIN_SHARE * page.total or local(element) in {"body", "html"}:
            return None
        if element not in page.signs:
            page.signs[element] = sign_of(element)
        if page.signs[element] is not None:
            return page.signs[element]
    return None


def _of_chosen(leaf: Leaf, sign: Sign | None) -> Verdict:
    """What was chosen stays, but lines of links and of a site's own words."""
    if sign is Sign.PULLED:
        return BlockKind.QUOTE
    if leaf.letters >= _LONG_LETTERS:
        return None
    if heading_level(leaf.element) and is_furniture(leaf.text, edge=False, alone=False):
        return BlockKind.FURNITURE
    said = says_furniture(leaf.text)
    linked = leaf.link_share > LINKS
    guide = guides(leaf.text, leaf.link_share)
    round_it = guide or (sign in {Sign.FURNITURE, *_LEFT_OUT} and (linked or said))
    credit = sign in {Sign.FACT, Sign.CREDIT} or says_credit(leaf.text) or says_rights(leaf.text)
    return BlockKind.FURNITURE if round_it or credit or (linked and (said or teases(leaf.text))) else None


def _of_inner(leaf: Leaf, sign: Sign | None, page: Seen) -> Verdict:
    """What stands between what was chosen, or behind it in its container."""
    if sign in _LEFT_OUT:
        return _left_out(leaf, sign)
    if sign is Sign.PULLED or sign in _ROUND:
        return BlockKind.QUOTE if sign is Sign.PULLED else BlockKind.FURNITURE
    behind = leaf.place > page.last
    if not leaf.letters:
        return Reason.OUTSIDE if behind or sign in {Sign.ASIDE, Sign.FOOTER} else None
    if leaf.link_share > LINKS and not in_figure(leaf.element):
        return _of_links(leaf, page)
    return None if in_figure(leaf.element) or _is_text(leaf, sign, page) else BlockKind.FURNITURE


def _is_text(leaf: Leaf, sign: Sign | None, page: Seen) -> bool:
    """Whether a piece in the container is of the text: prose, a heading, a sibling of what was chosen."""
    if says_furniture(leaf.text) and leaf.letters < _LONG_LETTERS:
        return False
    behind = leaf.place > page.last
    if behind or sign in {Sign.ASIDE, Sign.FOOTER}:
        return is_prose(leaf) and not (behind and sign)
    if leaf.letters >= _PROSE_LETTERS or heading_level(leaf.element) or _SENTENCE.search(leaf.text):
        return True
    return leaf.element.getparent() in page.parents or local(leaf.element) in _PARTS or _belongs(leaf, page)


def _belongs(leaf: Leaf, page: Seen) -> bool:
    """Whether a short line stands right over a list that was chosen, or between two of its like that were."""
    below = leaf.element.getnext()
    if below is not None and local(below) in _LISTS and page.shares.get(below, 0):
        return True
    around = (leaf.element, *leaf.element.iterancestors())[:_NEAR]
    return any(_alike(each.getprevious(), each, page) and _alike(each.getnext(), each, page) for each in around)


def _alike(one: Element | None, other: Element, page: Seen) -> bool:
    """Whether an element of which something was chosen is of the same name and class as another."""
    same = one is not None and one.tag == other.tag and one.get("class") == other.get("class")
    return same and one is not None and page.shares.get(one, 0) > 0


def _introduced(leaf: Leaf, page: Seen) -> bool:
    """Whether a list stands behind a chosen paragraph that ends with a colon, and is what that speaks of."""
    outer = leaf.element.getparent()
    before = None if outer is None or local(outer) not in _LISTS else outer.getprevious()
    if before is None or not page.shares.get(before, 0):
        return False
    said = "".join(map(str, before.itertext())).strip()
    return said.endswith(":") and len(said) >= _PROSE_LETTERS and not says_furniture(said)


def _of_links(leaf: Leaf, page: Seen) -> Verdict:
    """Links between paragraphs: a heading may be one, and an item of a list whose others were chosen."""
    if leaf.place < page.last:
        listed = leaf.element.getparent() in page.parents and local(leaf.element) in _IN_LISTS
        listed = listed or _introduced(leaf, page) or _belongs(leaf, page)
        if heading_level(leaf.element) or (listed and not teases(leaf.text)):
            return None
    return BlockKind.FURNITURE if leaf.letters < _LONG_LETTERS else Reason.OUTSIDE


def _of_opening(leaf: Leaf, sign: Sign | None, *, inside: bool) -> Verdict:
    """What stands between the title and the text."""
    if sign in _LEFT_OUT:
        return _left_out(leaf, sign)
    pictured = in_figure(leaf.element)
    if not leaf.letters:
        return None if sign is None or pictured else Reason.OUTSIDE
    if sign is Sign.STANDFIRST or (pictured and sign is not Sign.CREDIT):
        return None
    round_it = (
        sign in _ROUND | {Sign.FOOTER}
        or (sign is Sign.ASIDE and not is_prose(leaf))
        or leaf.link_share > LINKS
        or says_furniture(leaf.text)
    )
    if not round_it and (heading_level(leaf.element) or is_prose(leaf)):
        return None
    return BlockKind.FURNITURE if round_it or inside else Reason.OUTSIDE


def within(element: Element, some: set[Element]) -> bool:
    """Whether an element is one of some, or stands in one."""
    return bool(some) and (element in some or any(outer in some for outer in element.iterancestors()))


def _beside(leaf: Leaf, page: Seen) -> bool:
    return shared_article(leaf.element, page.core) is not None or page.core.getparent() is leaf.element.getparent()


def shared_article(element: Element, core: Element) -> Element | None:
    """The article or main element that two elements stand in."""
    around = {outer for outer in (core, *core.iterancestors()) if local(outer) in _ARTICLES}
    return next((outer for outer in element.iterancestors() if outer in around), None)


def heading_level(element: Element) -> int:
    """The level of the heading that an element is or stands in, else 0."""
    for each in (element, element.getparent()):
        if each is not None and local(each) in HEADINGS:
            return HEADINGS[local(each)]
    return 0


def in_figure(element: Element) -> bool:
    """Whether an element is of a figure, or says that it is a caption."""
    around = (element, *element.iterancestors())
    if any(_CAPTION.search(outer.get("class") or "") and _by_picture(outer) for outer in around[:_NEAR]):
        return True
    return any(local(outer) in {"figure", "figcaption"} for outer in around)


def _by_picture(caption: Element) -> bool:
    outer = caption.getparent()
    return outer is not None and next(outer.iter("img", "picture", "video", "svg"), None) is not None


def table_of(element: Element) -> Element | None:
    """The table that an element stands in."""
    return next((outer for outer in element.iterancestors() if local(outer) == "table"), None)


def is_prose(leaf: Leaf) -> bool:
    """Whether a leaf is a sentence of some length, most of it no link."""
    return leaf.letters >= _PROSE_LETTERS and leaf.link_share < LINKS and _SENTENCE.search(leaf.text) is not None
