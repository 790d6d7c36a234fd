"""Anonymous boxes: text beside blocks becomes a block of its own, as browsers lay it out (CSS 2, 9.2.1.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from narrate.article.dom.tags import BLOCKS, SILENT, local

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_LEAVE = frozenset(
    ["table", "thead", "tbody", "tfoot", "tr", "ul", "ol", "dl", "select", "pre", "textarea", "figure", "td", "th"]
)
BOX = "div"


def box(root: Element) -> None:
    """Put runs of text and inline elements that stand beside blocks into boxes, in place."""
    holding = _holding(root)
    for element in list(holding):
        if local(element) in BLOCKS and local(element) not in _LEAVE:
            _box(element, holding)


def _holding(root: Element) -> set[Element]:
    """Elements with a block somewhere inside."""
    holding: set[Element] = set()
    for element in root.iter("*"):
        if local(element) in BLOCKS:
            outer = element.getparent()
            while outer is not None and outer not in holding:
                holding.add(outer)
                outer = outer.getparent()
    return holding


def _box(element: Element, holding: set[Element]) -> None:
    children = list(element)
    runs: list[tuple[Element | None, list[Element]]] = []
    after: Element | None = None
    run: list[Element] = []
    for child in children:
        if child in holding or local(child) in BLOCKS:
            runs.append((after, run))
            after, run = child, []
        else:
            run.append(child)
    runs.append((after, run))
    for before, inline in runs:
        _wrap(element, before, inline)


def _wrap(element: Element, before: Element | None, inline: list[Element]) -> None:
    """Box what stands behind `before`: a text, and inline elements with theirs."""
    text = (element.text if before is None else before.tail) or ""
    words = text.strip() or any((each.tail or "").strip() for each in inline) or any(map(_shows, inline))
    if not words:
        return
    made = element.makeelement(BOX)
    made.text = text
    if before is None:
        element.text = None
        element.insert(0, made)
    else:
        before.tail = None
        element.insert(element.index(before) + 1, made)
    made.extend(inline)


def _shows(element: Element) -> bool:
    """Whether an inline element has words or a picture."""
    if local(element) in SILENT or not local(element):
        return False
    if any(local(each) in {"img", "svg", "math"} for each in element.iter("*")):
        return True
    return any(text.strip() for text in element.itertext())
