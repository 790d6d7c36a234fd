"""The pieces of a page that are judged: each block with text of its own, or a picture."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from narrate.article.dom.tags import BLOCKS, SILENT, local

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element as Element

_KEY = re.compile(r"[\W_]+")
_PICTURES = frozenset({"img", "svg", "math"})
_SIGN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_MORE = 2
"""A sign says as much as so many letters and one: what is long for a line is told by them."""


@dataclass(slots=True, eq=False)
class Leaf:
    """A block with text or a picture directly in it: its element, its place, and its words so far.

    `letters` counts letters and digits, a Chinese or Japanese sign as three of them, `linked` those in links.
    """

    element: Element
    place: int
    parts: list[str] = field(default_factory=list)
    letters: int = 0
    linked: int = 0
    pictures: int = 0

    @property
    def text(self) -> str:
        """The words, blanks collapsed."""
        return " ".join("".join(self.parts).split())

    @property
    def link_share(self) -> float:
        """How much of the text is links, 0-1."""
        return self.linked / self.letters if self.letters else 0.0


def leaves(root: Element) -> list[Leaf]:
    """The leaves under an element in the order of the document."""
    found: dict[Element, Leaf] = {}
    homes: list[Element] = [root]
    links = 0
    stack: list[tuple[Element, bool]] = [(root, False)]
    while stack:
        element, leaving = stack.pop()
        name = local(element)
        block = name in BLOCKS
        if leaving:
            links -= name == "a"
            if block and element is not root:
                homes.pop()
            if element is not root:
                _add(found, homes[-1], element.tail, links)
            continue
        if not name or name in SILENT:
            _add(found, homes[-1], element.tail, links)
            continue
        links += name == "a"
        if block and element is not root:
            homes.append(element)
        elif name in _PICTURES or name == "br":
            _see(found, homes[-1], name)
        _add(found, homes[-1], element.text, links)
        stack.append((element, True))
        stack.extend((child, False) for child in element.iterchildren(reversed=True))
    return sorted(found.values(), key=lambda leaf: leaf.place)


def _leaf(found: dict[Element, Leaf], home: Element) -> Leaf:
    leaf = found.get(home)
    if leaf is None:
        leaf = found[home] = Leaf(home, len(found))
    return leaf


def _add(found: dict[Element, Leaf], home: Element, text: str | None, links: int) -> None:
    if not text or text.isspace():
        return
    leaf = _leaf(found, home)
    letters = sum(map(str.isalnum, text))
    if not text.isascii():
        letters += _MORE * len(_SIGN.findall(text))
    leaf.parts.append(text)
    leaf.letters += letters
    leaf.linked += letters if links > 0 else 0


def _see(found: dict[Element, Leaf], home: Element, name: str) -> None:
    if name != "br":
        _leaf(found, home).pictures += 1
    elif home in found:
        found[home].parts.append(" ")


def key(text: str) -> str:
    """The letters and digits of a text in one case: how two writings of it are compared.

    >>> key("It's — “here”!")
    'itshere'
    """
    return _KEY.sub("", text).casefold()


def letters_of(found: Iterable[Leaf]) -> int:
    """Letters and digits in all of them."""
    return sum(leaf.letters for leaf in found)
