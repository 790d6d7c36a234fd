"""Elements without text of their own, and what is written in their place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from narrate.article.dom.signs import description, formula, is_bare_mark, is_displayed, is_formula, raised
from narrate.article.dom.tags import local
from narrate.model import Block, BlockKind, MarkKind, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from lxml.etree import _Element as Element

    from narrate.article.dom.writer import Writer

_LEADS = frozenset({MarkKind.NOTE_REFERENCE, MarkKind.CITATION, MarkKind.LINK})
_NEAR = 3


def _break(writer: Writer, element: Element) -> bool:
    writer.line()
    return _is_empty(element)


def _is_empty(element: Element) -> bool:
    """Whether an element that is to be empty is: in XHTML nothing keeps it from holding text."""
    return not element.text and len(element) == 0


def _rule(writer: Writer, element: Element) -> bool:
    if writer.context.flow:
        writer.soften()
        return _is_empty(element)
    writer.close()
    if writer.context.reason is None and not writer.context.held:
        at = writer.linear.length
        if not writer.blocks or writer.blocks[-1].source != Source(at, at, 0):  # one of a million is enough
            writer.blocks.append(Block(BlockKind.BREAK, "", Source(at, at, 0)))
    return _is_empty(element)


def _picture(writer: Writer, element: Element) -> bool:
    name = local(element)
    alt = description(element, name)
    if alt and is_formula(element) and writer.context.reason is None:
        _formula_text(writer, alt)
    elif alt:
        writer.picture(alt)
    writer.depict()
    return name == "svg" or _is_empty(element)


def _formula(writer: Writer, element: Element) -> bool:
    here, said = writer.context, formula(element)
    if not is_displayed(element) or here.flow or here.held:
        _formula_text(writer, said)
        return True
    writer.close()
    writer.context = replace(here, kind=BlockKind.MATH, level=0)
    writer.text(said)
    writer.close()
    writer.context = here
    writer.picture_end = (writer.linear.length, said)
    return True


def _formula_text(writer: Writer, said: str) -> None:
    if writer.picture_end == (writer.linear.length, said):
        writer.picture(said)
        return
    left = len(writer.opened)
    writer.mark(MarkKind.MATH)
    writer.text(said)
    writer.unmark(left)
    writer.picture_end = (writer.linear.length, said)


def _superscript(writer: Writer, element: Element) -> bool:
    """A power, or the mark of a note that has no link; anything else is text."""
    if any(mark.kind in _LEADS for mark in writer.opened[-_NEAR:]):
        return False  # <a><sup>1</sup></a>: the link says what it is
    before = "" if writer.linear.wait else writer.linear.last()
    figures = raised(element, before)
    if figures:
        writer.text(figures)
        return True
    if (element.tail or "").lstrip()[:1] in {"/", "⁄"} and before[-1:].isdecimal():
        writer.text(" ")
    elif is_bare_mark(element, before) and writer.context.reason is None:
        left = len(writer.opened)
        writer.mark(MarkKind.NOTE_REFERENCE)
        writer.text(element.text or "")
        writer.unmark(left)
        return True
    return False


LEAVES: Mapping[str, Callable[[Writer, Element], bool]] = {
    "br": _break,
    "hr": _rule,
    "img": _picture,
    "svg": _picture,
    "math": _formula,
    "sup": _superscript,
}
"""By name; each says whether it wrote what there is, or the element is to be walked as others are."""
