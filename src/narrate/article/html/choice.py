"""Which part of a page is its article.

trafilatura judges; the structure, the order and all that it loses come from the tree. What it chose marks
leaves, the element that holds nearly all of them is the article's container, and `htmlverdicts` says what
becomes of each leaf in and around it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from narrate.article.dom.tags import local
from narrate.article.html.leaves import Leaf, key, leaves, letters_of
from narrate.article.html.signs import MENUS, Sign, is_hidden, sign_of
from narrate.article.html.title import find_title
from narrate.article.html.verdicts import (
    LINKS,
    Seen,
    heading_level,
    in_figure,
    is_prose,
    of_comments,
    table_of,
    verdict,
    within,
)
from narrate.model import BlockKind, Reason

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lxml.etree import _Element as Element

    from narrate.article.html.judge import Judgment
    from narrate.article.html.verdicts import Verdict

_CORE_SHARE = 0.85
_DECLARED_SHARE = 0.5
_SHOWN_SHARE = 0.4
_ENTRIES = 3
_ALL_LINKS = 0.9
_STANDFIRST_LETTERS = 40
"""A heading of so many letters between the title and the text says what the article is about."""
_WHOLE = frozenset({"p", "blockquote", "ul", "ol", "pre", "table"})
_SIGNED = frozenset({Sign.NAVIGATION, Sign.OUTSIDE, Sign.COMMENTS, Sign.FURNITURE, Sign.FOOTER})


@dataclass(slots=True)
class Choice:
    """The leaves of a page with what was decided of each; the article's title and container; what nobody sees."""

    leaves: list[Leaf]
    core: Element
    title: Leaf | None = None
    hidden: set[Element] = field(default_factory=set)
    verdicts: dict[Element, Verdict] = field(default_factory=dict)

    def kept(self) -> list[Leaf]:
        """The leaves that are read."""
        return [leaf for leaf in self.leaves if self.verdicts.get(leaf.element) is None]


def choose(root: Element, judgment: Judgment | None, titles: Sequence[str]) -> Choice:
    """What is decided of each leaf of a page; `titles` are those that the page gives itself."""
    hidden = _hidden(root)
    found = leaves(root)
    seen = [leaf for leaf in found if not within(leaf.element, hidden)]
    declared = _declared(root)
    chosen = _chosen(seen, judgment, titles)
    if not chosen or _misses(chosen, seen, declared):
        chosen = _likely(seen, declared, root)
    page = _page(root, seen, chosen, titles)
    comments = of_comments(page)
    if comments:
        page = _page(root, seen, chosen - comments, titles)
    choice = Choice(found, page.core, page.title, hidden)
    for leaf in found:
        choice.verdicts[leaf.element] = Reason.OUTSIDE
    for leaf in seen:
        choice.verdicts[leaf.element] = verdict(leaf, page)
    start = next((leaf.place for leaf in choice.kept() if leaf.letters and _is_body(leaf.element)), 0)
    for at, leaf in enumerate(seen):
        standfirst = leaf.place < start and leaf.letters >= _STANDFIRST_LETTERS
        if not standfirst and _heads_nothing(seen, at, choice):
            choice.verdicts[leaf.element] = BlockKind.FURNITURE
    return choice


def _is_body(element: Element) -> bool:
    """Whether an element is neither of a heading nor of a picture."""
    return not heading_level(element) and not in_figure(element)


def _heads_nothing(seen: Sequence[Leaf], at: int, choice: Choice) -> bool:
    """Whether a leaf is a heading over nothing that is read: "See also", "More from us"."""
    level = heading_level(seen[at].element)
    if not level or seen[at] is choice.title or choice.verdicts[seen[at].element] is not None:
        return False
    lost = False
    for place in range(at + 1, len(seen)):
        below = heading_level(seen[place].element)
        if below and below <= level:
            break
        if not below and choice.verdicts[seen[place].element] is None:
            return False
        lost = lost or not below
    return lost


def _hidden(root: Element) -> set[Element]:
    """Elements that a browser shows nothing of.

    One that holds much of the page was hidden by a dialog when the page was saved, and is read.
    """
    sizes: dict[Element, int] = {}
    for element in reversed(list(root.iter("*"))):
        size = sizes[element] = sizes.get(element, 0) + len(element.text or "")
        outer = element.getparent()
        if outer is not None:
            sizes[outer] = sizes.get(outer, 0) + size + len(element.tail or "")
    most = sizes.get(root, 0) * _SHOWN_SHARE
    return {
        each
        for each in root.iter("*")
        if is_hidden(each) and (sizes[each] < most or local(each) == "template" or local(each) in MENUS)
    }


def _chosen(found: Sequence[Leaf], judgment: Judgment | None, titles: Sequence[str]) -> set[Leaf]:
    """The leaves that trafilatura chose; a text that stands there twice is chosen where its neighbours are."""
    if judgment is None:
        return set()
    said = {key(title) for title in titles}
    words = {leaf: key(leaf.text) for leaf in found if leaf.letters}
    held = [leaf for leaf in words if words[leaf] not in said and judgment.holds(words[leaf])]
    counts = Counter(words[leaf] for leaf in held)
    sure = [leaf.place for leaf in held if counts[words[leaf]] == 1]
    low, high = (min(sure), max(sure)) if sure else (0, len(found))
    return {leaf for leaf in held if counts[words[leaf]] == 1 or low <= leaf.place <= high}


def _misses(chosen: set[Leaf], seen: Sequence[Leaf], declared: Element) -> bool:
    """Whether most of what was chosen is outside the element that says it is the article, which holds prose.

    Of a short article trafilatura may take the menu beside it.
    """
    inside = letters_of(leaf for leaf in chosen if within(leaf.element, {declared}))
    if inside >= letters_of(chosen) * _DECLARED_SHARE:
        return False
    return any(is_prose(leaf) and within(leaf.element, {declared}) for leaf in seen)


def _likely(found: Sequence[Leaf], home: Element, root: Element) -> set[Leaf]:
    """What is probably the article where nobody judges: prose where the page says its article is, or anywhere."""
    inside = [leaf for leaf in found if leaf.letters and (home is root or within(leaf.element, {home}))]
    plain = [leaf for leaf in inside if leaf.link_share < LINKS]
    known: dict[Element, bool] = {}
    return set([leaf for leaf in plain if not _signed(leaf.element, home, known)] or plain or inside)


def _declared(root: Element) -> Element:
    """The element that says it is the article, the longest if there are several; else the whole page."""
    found: dict[str, list[Element]] = {"articlebody": [], "article": [], "main": []}
    for element in root.iter("*"):
        for sign in {(element.get("itemprop") or "").lower(), local(element), (element.get("role") or "").lower()}:
            if sign in found:
                found[sign].append(element)
    named = next(filter(None, found.values()), [root])
    return max(named, key=lambda element: sum(map(len, element.itertext())))


def _signed(element: Element, home: Element, known: dict[Element, bool]) -> bool:
    """Whether an element below `home`, or one around it, says that it is no article; `known` is what was found."""
    path: list[Element] = []
    signed = False
    for each in (element, *element.iterancestors()):
        if each is home or local(each) in {"body", "html"}:
            break
        if each in known:
            signed = known[each]
            break
        path.append(each)
    for each in reversed(path):
        signed = known[each] = signed or sign_of(each) in _SIGNED
    return signed


def _page(root: Element, seen: Sequence[Leaf], chosen: set[Leaf], titles: Sequence[str]) -> Seen:
    shares: dict[Element, int] = {}
    for leaf in chosen:
        for element in (leaf.element, *leaf.element.iterancestors()):
            shares[element] = shares.get(element, 0) + leaf.letters
    total = letters_of(chosen)
    core = _core(root, shares, total)
    inside = [leaf.place for leaf in chosen if within(leaf.element, {core})]
    first, last = min(inside, default=0), max(inside, default=-1)
    page = Seen(chosen, shares, total, core, first, last, find_title(seen, titles, first, core))
    page.parents = {parent for leaf in chosen if (parent := leaf.element.getparent()) is not None}
    tables = (table_of(leaf.element) for leaf in chosen)
    page.tables = {table for table in tables if table is not None and shares[table] * 2 < total}
    page.contents = _contents(root)
    return page


def _contents(root: Element) -> set[Element]:
    """Lists whose items are all links to places of the same page, and nothing else."""
    found: set[Element] = set()
    for each in root.iter("ul", "ol"):
        outer = each.getparent()
        if outer is not None and local(outer) == "li":
            continue  # the outermost list of several decides for all
        links = list(each.iter("a"))
        inside = sum(len("".join(map(str, link.itertext())).strip()) for link in links)
        whole = sum(len(str(text).strip()) for text in each.itertext())
        ours = len(links) >= _ENTRIES and all((link.get("href") or "").startswith("#") for link in links)
        if ours and inside >= whole * _ALL_LINKS:
            found.add(each)
    return found


def _core(root: Element, shares: Mapping[Element, int], total: int) -> Element:
    """The innermost element that holds nearly all that was chosen, and is no paragraph itself.

    An element that says it is the article needs to hold only half of it: the rest is teasers then.
    """
    core = root
    while True:
        inner = max(core.iterchildren("*"), key=lambda child: shares.get(child, 0), default=None)
        if inner is None or not len(inner) or local(inner) in _WHOLE:
            return core
        body = (inner.get("itemprop") or "").lower() == "articlebody"
        if shares.get(inner, 0) < (_DECLARED_SHARE if body else _CORE_SHARE) * max(total, 1):
            return core
        core = inner
