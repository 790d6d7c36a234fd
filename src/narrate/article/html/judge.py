"""What trafilatura takes for the article of a page, as the letters of its blocks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from narrate.article.html.leaves import key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from narrate.article.html.page import Page

_MOST_ELEMENTS = 40_000
_MOST_DEPTH = 200
_MOST_CHARACTERS = 5_000_000
"""Beyond these it takes minutes or gives nothing: 62,000 equal paragraphs took 16 s."""
_FEW_LETTERS = 25
_ENDS = 24
_BLOCKS = frozenset({"p", "head", "item", "cell", "quote", "code", "ab", "lb", "list", "row", "table", "div", "figure"})


@dataclass(frozen=True, slots=True)
class Judgment:
    """The letters of what was chosen, block by block and as one text."""

    blocks: frozenset[str]
    whole: str

    def holds(self, letters: str) -> bool:
        """Whether a piece with these letters was chosen; of a long one that lost something, its ends are enough."""
        if len(letters) < _FEW_LETTERS:
            return letters in self.blocks
        if letters in self.whole:
            return True
        return len(letters) > 3 * _ENDS and letters[:_ENDS] in self.whole and letters[-_ENDS:] in self.whole


def judge(text: str, page: Page) -> Judgment | None:
    """What trafilatura chooses of a page; None where it finds nothing, fails, or the page is beyond its limits."""
    if page.elements > _MOST_ELEMENTS or page.depth > _MOST_DEPTH or len(text) > _MOST_CHARACTERS:
        return None
    from lxml.etree import LxmlError

    try:
        found = list(_blocks(text))
    except (
        ValueError,
        TypeError,
        LookupError,
        AttributeError,
        ArithmeticError,
        RuntimeError,
        AssertionError,
        LxmlError,
    ):
        return None  # of its own making: a page that it cannot read is chosen from without it
    whole = "".join(found)
    return Judgment(frozenset(found), whole) if whole else None


def _blocks(text: str) -> Iterator[str]:
    """The letters of each block of trafilatura's XML."""
    import logging

    from lxml import html
    from lxml.etree import iterwalk
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    tree = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    for cell in tree.iter("td", "th"):
        cell.attrib.pop("colspan", "")  # it fills a table in: 1,000 cells over 1,000 columns took a minute
        cell.attrib.pop("rowspan", "")
    found = bare_extraction(tree, include_comments=False, include_images=False, include_links=False, deduplicate=False)
    body = getattr(found, "body", None)
    parts: list[str] = []
    for event, element in () if body is None else iterwalk(body, events=("start", "end")):
        if element.tag in _BLOCKS:
            yield from filter(None, [key("".join(parts))])
            parts.clear()
        parts.append((element.text if event == "start" else element.tail) or "")
    yield from filter(None, [key("".join(parts))])
