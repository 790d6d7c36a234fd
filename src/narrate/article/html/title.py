"""Which heading of a page is its article's title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from narrate.article.html.leaves import key
from narrate.article.html.sites import title_parts
from narrate.article.html.verdicts import heading_level, shared_article, within

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element as Element

    from narrate.article.html.leaves import Leaf

_TITLE_LETTERS = 8
_BEHIND = 3
"""The title may be told a little behind the first text: a date may stand over it."""


def find_title(found: Sequence[Leaf], titles: Sequence[str], first: int, core: Element) -> Leaf | None:
    """The heading that the page's own titles name, else the only one of the first level over the text.

    `first` is the place of the first text, `core` the element that holds the article.
    """
    headings = [
        leaf for leaf in found if leaf.letters and leaf.place <= first + _BEHIND and heading_level(leaf.element)
    ]
    words = {leaf: key(leaf.text) for leaf in headings}
    wanted = [key(title) for title in titles if key(title)]
    said = [leaf for leaf in headings if words[leaf] in wanted]
    if said:
        return max(said, key=lambda leaf: (-heading_level(leaf.element), leaf.place))
    parts = {key(part) for title in titles for part in title_parts(title)}
    near = [leaf for leaf in headings if words[leaf] in parts or any(_alike(words[leaf], title) for title in wanted)]
    return near[-1] if near else _only(headings, core)


def _only(headings: Sequence[Leaf], core: Element) -> Leaf | None:
    tops = [leaf for leaf in headings if heading_level(leaf.element) == 1 and leaf.link_share < 1]
    ours = [leaf for leaf in tops if within(leaf.element, {core})]
    ours = ours or [leaf for leaf in tops if shared_article(leaf.element, core) is not None]
    return ours[-1] if len(ours) == 1 else None


def _alike(one: str, other: str) -> bool:
    """Whether one title is the beginning or most of the other."""
    short, long = sorted((one, other), key=len)
    return len(short) >= _TITLE_LETTERS and short in long and len(short) * 2 >= len(long)
