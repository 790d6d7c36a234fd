"""Which part of a page is its article.

trafilatura judges; the structure, the order and all that it loses come from the tree. Its choice
marks leaves; the element that holds most of them is the article's container. What it left out inside
the container is weighed by its own names (`htmlsigns`), the density of its links and whether it is
prose: kept, furniture, or outside.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from narrate.article.domtags import HEADINGS, local
from narrate.article.htmlleaves import Leaf, key, leaves, letters_of
from narrate.article.htmlmeta import title_parts
from narrate.article.htmlsigns import Sign, is_hidden, says_credit, says_furniture, says_rights, sign_of
from narrate.model import BlockKind, Reason

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lxml.etree import _Element as Element

    from narrate.article.htmljudge import Judgment

Verdict = Reason | BlockKind | None
"""Why a leaf is in no block, or what kind of block it is; None where it is text like any other."""

_CORE_SHARE = 0.85
_MAIN_SHARE = 0.4
"""An element that holds so much of the article is never a menu or an advertisement, whatever it is called."""
_LINKS = 0.6
_PROSE_LETTERS = 40
_LONG_LETTERS = 120
_TITLE_LETTERS = 8
_SENTENCE = re.compile(r"[^\W\d_]{2}[.!?…。！？][\"'”’»)\]]*(?:\s|$)")
_PARTS = frozenset(["li", "td", "th", "dd", "dt", "caption", "pre", "blockquote", "summary"])
_ARTICLES = frozenset({"article", "main"})


@dataclass(slots=True)
class Choice:
    """The leaves of a page with what was decided of each; `title` is the leaf that is the article's title."""

    leaves: list[Leaf]
    verdicts: dict[Element, Verdict] = field(default_factory=dict)
    title: Leaf | None = None
    core: Element | None = None
    hidden: set[Element] = field(default_factory=set)

    def kept(self) -> list[Leaf]:
        """The leaves that are read."""
        return [leaf for leaf in self.leaves if self.verdicts.get(leaf.element) is None]


@dataclass(slots=True)
class _Page:
    """What is known while leaves are judged: signs and chosen letters of each element, and the container."""

    found: list[Leaf]
    chosen: set[Leaf]
    shares: dict[Element, int]
    total: int
    core: Element
    first: int
    last: int
    title: Leaf | None
    signs: dict[Element, Sign | None] = field(default_factory=dict)
    parents: set[Element] = field(default_factory=set)
    tables: set[Element] = field(default_factory=set)


def choose(root: Element, judgment: Judgment | None, titles: Sequence[str]) -> Choice:
    """What is decided of each leaf of a page."""
    hidden = _hidden(root)
    found = leaves(root)
    seen = [leaf for leaf in found if not _within(leaf.element, hidden)]
    chosen = _chosen(seen, judgment, titles) or _likely(seen, root)
    page = _page(root, seen, chosen, titles)
    choice = Choice(found, title=page.title, core=page.core, hidden=hidden)
    for leaf in found:
        choice.verdicts[leaf.element] = Reason.OUTSIDE
    for leaf in seen:
        choice.verdicts[leaf.element] = _verdict(leaf, page)
    for at, leaf in enumerate(seen):
        if _heads_nothing(seen, at, choice):
            choice.verdicts[leaf.element] = BlockKind.FURNITURE
    return choice


def _heads_nothing(seen: Sequence[Leaf], at: int, choice: Choice) -> bool:
    """Whether a leaf is a heading over nothing that is read: "See also", "More from us"."""
    level = _heading(seen[at].element)
    if not level or seen[at] is choice.title or choice.verdicts[seen[at].element] is not None:
        return False
    lost = False
    for leaf in seen[at + 1 :]:
        below = _heading(leaf.element)
        if below and below <= level:
            break
        if not below and choice.verdicts[leaf.element] is None:
            return False
        lost = lost or not below
    return lost


def _hidden(root: Element) -> set[Element]:
    """Elements that a browser shows nothing of; not those that hold most of the page, hidden by a dialog when it was saved."""
    hidden = {element for element in root.iter("*") if is_hidden(element)}
    whole = sum(map(len, root.itertext()))
    return {
        element
        for element in hidden
        if sum(map(len, element.itertext())) < whole * _MAIN_SHARE or local(element) == "template"
    }


def _within(element: Element, some: set[Element]) -> bool:
    return bool(some) and (element in some or any(outer in some for outer in element.iterancestors()))


def _chosen(found: Sequence[Leaf], judgment: Judgment | None, titles: Sequence[str]) -> set[Leaf]:
    """The leaves that trafilatura chose; a text that stands there twice is chosen where its neighbours are."""
    if judgment is None:
        return set()
    said = {key(title) for title in titles}
    held = [leaf for leaf in found if leaf.letters and (words := key(leaf.text)) not in said and judgment.holds(words)]
    counts = Counter(key(leaf.text) for leaf in held)
    sure = [leaf.place for leaf in held if counts[key(leaf.text)] == 1]
    if not sure:
        return set(held)
    low, high = min(sure), max(sure)
    return {leaf for leaf in held if counts[key(leaf.text)] == 1 or low <= leaf.place <= high}


def _likely(found: Sequence[Leaf], root: Element) -> set[Leaf]:
    """What is probably the article where nobody judges: prose in the element that says it is the article, or all of it."""
    bodies = [element for element in root.iter("*") if (element.get("itemprop") or "").lower() == "articlebody"]
    named = (
        bodies
        or list(root.iter("article"))
        or list(root.iter("main"))
        or [e for e in root.iter("*") if e.get("role") == "main"]
    )
    home = max(named, key=lambda element: sum(map(len, element.itertext())), default=root)
    inside = [leaf for leaf in found if home is root or _within(leaf.element, {home})]
    plain = {leaf for leaf in inside if leaf.letters and leaf.link_share < _LINKS and not _signed(leaf.element, home)}
    return (
        plain
        or {leaf for leaf in inside if leaf.letters and leaf.link_share < _LINKS}
        or {leaf for leaf in inside if leaf.letters}
    )


def _signed(element: Element, home: Element) -> bool:
    for each in (element, *element.iterancestors()):
        if each is home or local(each) in {"body", "html"}:
            return False
        if sign_of(each) in {Sign.NAVIGATION, Sign.OUTSIDE, Sign.FURNITURE, Sign.FOOTER}:
            return True
    return False


def _page(root: Element, found: list[Leaf], chosen: set[Leaf], titles: Sequence[str]) -> _Page:
    shares: dict[Element, int] = {}
    for leaf in chosen:
        for element in (leaf.element, *leaf.element.iterancestors()):
            shares[element] = shares.get(element, 0) + leaf.letters
    total = letters_of(chosen)
    core = _core(root, shares, total)
    inside = [leaf.place for leaf in chosen if _within(leaf.element, {core})]
    first, last = min(inside, default=0), max(inside, default=-1)
    title = _title(found, titles, first, core)
    page = _Page(found, chosen, shares, total, core, first, last, title)
    page.parents = {parent for leaf in chosen if (parent := leaf.element.getparent()) is not None}
    page.tables = {
        table for leaf in chosen if (table := _table(leaf.element)) is not None and shares[table] < total / 2
    }
    return page


def _core(root: Element, shares: Mapping[Element, int], total: int) -> Element:
    """The innermost element that holds nearly all that was chosen, and is no paragraph itself."""
    core = root
    while True:
        inner = next(
            (child for child in core.iterchildren("*") if shares.get(child, 0) >= _CORE_SHARE * max(total, 1)), None
        )
        if inner is None or not len(inner) or local(inner) in {"p", "blockquote", "ul", "ol", "pre", "table"}:
            return core
        core = inner


def _title(found: Sequence[Leaf], titles: Sequence[str], first: int, core: Element) -> Leaf | None:
    """The heading that is the article's title: one that the page's own title says, else the only first-level one before the text."""
    wanted = [key(title) for title in titles if key(title)]
    parts = {key(part) for title in titles for part in title_parts(title)}
    headings = [leaf for leaf in found if leaf.letters and _heading(leaf.element) and leaf.place <= first + 3]
    said = [leaf for leaf in headings if (words := key(leaf.text)) and any(words == title for title in wanted)]
    if said:
        return max(said, key=lambda leaf: (-_heading(leaf.element), leaf.place))
    near = [leaf for leaf in headings if any(_alike(key(leaf.text), title) for title in wanted)]
    near = near or [leaf for leaf in headings if key(leaf.text) in parts]
    if near:
        return near[-1]
    tops = [leaf for leaf in headings if _heading(leaf.element) == 1 and leaf.link_share < 1]
    ours = [leaf for leaf in tops if _within(leaf.element, {core})] or [
        leaf for leaf in tops if _shared(leaf.element, core) is not None
    ]
    return ours[-1] if len(ours) == 1 else None


def _shared(element: Element, core: Element) -> Element | None:
    """The article or main element that two elements stand in."""
    around = {outer for outer in core.iterancestors() if local(outer) in _ARTICLES} | (
        {core} if local(core) in _ARTICLES else set()
    )
    return next((outer for outer in element.iterancestors() if outer in around), None)


def _heading(element: Element) -> int:
    """The level of the heading that an element is or stands in, else 0."""
    for each in (element, element.getparent()):
        if each is not None and local(each) in HEADINGS:
            return HEADINGS[local(each)]
    return 0


def _alike(one: str, other: str) -> bool:
    """Whether one title is the beginning or most of the other."""
    short, long = sorted((one, other), key=len)
    return len(short) >= _TITLE_LETTERS and short in long and len(short) * 2 >= len(long)


def _verdict(leaf: Leaf, page: _Page) -> Verdict:
    """What becomes of a leaf."""
    if leaf is page.title:
        return None
    sign = _sign(leaf, page)
    if page.title is not None and leaf.letters and key(leaf.text) == key(page.title.text) and leaf.place <= page.first:
        return Reason.REPEATED
    inside = _within(leaf.element, {page.core})
    if leaf in page.chosen:
        above = page.title is not None and leaf.place < page.title.place and not _is_prose(leaf)
        return Reason.OUTSIDE if above else _of_chosen(leaf, sign)
    if page.tables and (table := _table(leaf.element)) in page.tables:
        return None
    if sign is Sign.APPENDIX and leaf.place > page.first and _in_article(leaf, page):
        return None
    if inside and page.first <= leaf.place:
        return _of_inner(leaf, sign, page)
    if leaf.place < page.first and (inside or _after_title(leaf, page)):
        return _of_opening(leaf, sign, inside=inside)
    return Reason.NAVIGATION if sign in {Sign.NAVIGATION, Sign.HEADER, Sign.FOOTER} else Reason.OUTSIDE


def _in_article(leaf: Leaf, page: _Page) -> bool:
    return (
        _within(leaf.element, {page.core})
        or _shared(leaf.element, page.core) is not None
        or page.core.getparent() is leaf.element.getparent()
    )


def _after_title(leaf: Leaf, page: _Page) -> bool:
    return page.title is not None and leaf.place > page.title.place


def _sign(leaf: Leaf, page: _Page) -> Sign | None:
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
    text = leaf.text
    short = leaf.letters < _LONG_LETTERS
    if sign is Sign.PULLED:
        return BlockKind.QUOTE
    if (
        sign in {Sign.FURNITURE, Sign.OUTSIDE, Sign.NAVIGATION}
        and short
        and (leaf.link_share > _LINKS or says_furniture(text))
    ):
        return BlockKind.FURNITURE
    if (sign in {Sign.FACT, Sign.CREDIT} or says_credit(text)) and short:
        return BlockKind.FURNITURE
    if short and (says_rights(text) or (leaf.link_share > _LINKS and says_furniture(text))):
        return BlockKind.FURNITURE
    return None


def _table(element: Element) -> Element | None:
    """The table that an element stands in."""
    return next((outer for outer in element.iterancestors() if local(outer) == "table"), None)


def _of_inner(leaf: Leaf, sign: Sign | None, page: _Page) -> Verdict:
    """What stands between what was chosen, or behind it in its container."""
    name = local(leaf.element)
    behind = leaf.place > page.last
    if sign is Sign.PULLED:
        return BlockKind.QUOTE
    if sign in {Sign.OUTSIDE, Sign.NAVIGATION}:
        return Reason.OUTSIDE if sign is Sign.OUTSIDE else Reason.NAVIGATION
    if sign in {Sign.FURNITURE, Sign.FACT, Sign.CREDIT}:
        return BlockKind.FURNITURE
    if not leaf.letters:
        return Reason.OUTSIDE if behind or sign in {Sign.ASIDE, Sign.FOOTER} else None
    if name == "figcaption" or _in_figure(leaf.element):
        return None
    if says_furniture(leaf.text) and leaf.letters < _LONG_LETTERS:
        return BlockKind.FURNITURE
    if leaf.link_share > _LINKS:
        return _of_links(leaf, page)
    if sign in {Sign.ASIDE, Sign.FOOTER} or behind:
        return None if _is_prose(leaf) and not (behind and sign) else BlockKind.FURNITURE
    return None if _belongs(leaf, page) else BlockKind.FURNITURE


def _belongs(leaf: Leaf, page: _Page) -> bool:
    """Whether a piece between others is of the text: prose, a heading, a sibling of what was chosen, part of a table or list."""
    if leaf.letters >= _PROSE_LETTERS or _heading(leaf.element) or _SENTENCE.search(leaf.text):
        return True
    return leaf.element.getparent() in page.parents or local(leaf.element) in _PARTS


def _of_links(leaf: Leaf, page: _Page) -> Verdict:
    """Links between paragraphs: a heading of the article is one, and an item of a list whose others were chosen."""
    parent = leaf.element.getparent()
    if _heading(leaf.element) and leaf.place < page.last:
        return None
    if parent in page.parents and leaf.place < page.last and local(leaf.element) in {"li", "td", "th", "dd", "dt", "p"}:
        return None
    return BlockKind.FURNITURE if leaf.letters < _LONG_LETTERS else Reason.OUTSIDE


def _of_opening(leaf: Leaf, sign: Sign | None, *, inside: bool) -> Verdict:
    """What stands between the title and the text."""
    if sign in {Sign.OUTSIDE, Sign.NAVIGATION}:
        return Reason.OUTSIDE if sign is Sign.OUTSIDE else Reason.NAVIGATION
    if sign is Sign.STANDFIRST and leaf.letters:
        return None
    if not leaf.letters:
        return None if sign is None or local(leaf.element) == "figure" else Reason.OUTSIDE
    if local(leaf.element) == "figcaption" or _in_figure(leaf.element):
        return None if sign is not Sign.CREDIT else BlockKind.FURNITURE
    if (
        sign in {Sign.FACT, Sign.FURNITURE, Sign.CREDIT, Sign.ASIDE, Sign.FOOTER}
        or leaf.link_share > _LINKS
        or says_furniture(leaf.text)
    ):
        return BlockKind.FURNITURE
    if _heading(leaf.element) or _is_prose(leaf):
        return None
    return BlockKind.FURNITURE if inside else Reason.OUTSIDE


def _in_figure(element: Element) -> bool:
    return any(local(outer) in {"figure", "figcaption"} for outer in (element, *element.iterancestors()))


def _is_prose(leaf: Leaf) -> bool:
    return leaf.letters >= _PROSE_LETTERS and leaf.link_share < _LINKS and _SENTENCE.search(leaf.text) is not None
