"""A tree of HTML to linear text, the blocks with their spans in it, and what is in none.

The tree is walked without recursion, so that its depth does not matter; each element is
asked once whether it is to be left out and what kind of block it is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from html.entities import html5
from typing import TYPE_CHECKING

from lxml import etree

from narrate.article.dom.context import context_as, context_in
from narrate.article.dom.images import address_of
from narrate.article.dom.leaves import LEAVES
from narrate.article.dom.notes import find_notes
from narrate.article.dom.pages import is_page, page_label
from narrate.article.dom.signs import own_reason
from narrate.article.dom.tags import BLOCKS, MARKS, SILENT, language_of, local
from narrate.article.dom.writer import Writer
from narrate.article.language import language_tag
from narrate.model import BlockKind, MarkKind, Reason

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lxml.etree import _Element as Element

    from narrate.article.dom.context import Context
    from narrate.article.dom.notes import Notes
    from narrate.model import Block, Omission

_ROOTS = frozenset({"html", "body"})


@dataclass(frozen=True, slots=True)
class Walked:
    """The linear text of a tree, its blocks, and what is in none of them; each in order.

    An omission may lie inside a block's span: a page number in a sentence. Its text is not the block's then.
    """

    text: str
    blocks: tuple[Block, ...]
    omitted: tuple[Omission, ...]
    places: tuple[int, ...] = ()
    """Where the watched elements begin, in their order."""


@dataclass(frozen=True, slots=True)
class _Frame:
    """An element that was entered: what to go back to when it is left."""

    element: Element
    outer: Context
    marks: int
    block: bool
    closes: bool
    cell: bool


@dataclass(slots=True)
class _Walk:
    """A walk over a tree: whom to ask, what was found before, and what is written."""

    omit: Callable[[Element], Reason | None]
    kind: Callable[[Element], BlockKind | None]
    notes: Notes
    writer: Writer
    places: dict[Element, int]
    image: Callable[[Element], str]


def walk(
    root: Element,
    *,
    omit: Callable[[Element], Reason | None] = lambda _: None,
    kind: Callable[[Element], BlockKind | None] = lambda _: None,
    watch: Sequence[Element] = (),
    image: Callable[[Element], str] = address_of,
) -> Walked:
    """The text of a tree in the order of the document, and what each part of it is.

    The linear text holds every text node but those of scripts and styles, the description of each picture and
    the source of each formula at its place; blanks collapse as in a browser, and a block ends its line. `omit`
    is asked of every element on the way down: with a reason, its text is in an omission instead of a block.
    `kind` may say what kind of block an element is, in place of what its name says. Where the elements in
    `watch` begin is told. `image` says where the picture of an ``img`` is, "" where it is not to be shown.
    """
    held = _Walk(omit, kind, find_notes(root), Writer(), dict.fromkeys(watch, 0), image)
    stack: list[_Frame] = []
    node = root
    while True:
        frame = _enter(held, node)
        if frame is not None:
            stack.append(frame)
            held.writer.text(node.text or "")
            inner = next(node.iterchildren(), None)
            if inner is not None:
                node = inner
                continue
            _leave(held, stack.pop())
        while node is not root:
            held.writer.text(node.tail or "")
            after = node.getnext()
            if after is not None:
                node = after
                break
            node = stack[-1].element
            _leave(held, stack.pop())
        else:
            return Walked(*held.writer.finish(held.places.values()))


def _enter(held: _Walk, element: Element) -> _Frame | None:
    """Enter an element; None where nothing inside it is to be walked."""
    name = local(element)
    writer = held.writer
    if not name:
        _entity(writer, element)
        return None
    if name in SILENT:
        return None
    outer = writer.context
    reason = outer.reason or _reason(held, element, name)
    if reason is Reason.PAGE_NUMBER and outer.reason is None and is_page(element):
        writer.page(page_label(element))
    if name == "img":
        writer.image = "" if outer.reason else held.image(element)
    leaf = LEAVES.get(name)
    if leaf is not None and _leaf(writer, element, leaf, reason):
        return None
    said = None if reason else _said(held, element)
    block = said is not None or name in BLOCKS
    closes = block and (not outer.flow or name == "caption")
    frame = _Frame(element, outer, len(writer.opened), block, closes, outer.grid is not None and name in {"td", "th"})
    if block:
        _border(writer, frame)
    if held.places and element in held.places:
        held.places[element] = writer.linear.length
    if frame.cell and writer.draft is not None:
        writer.linear.part("\t")
    writer.context = _inside(held, element, name, said, reason) if block or reason else outer
    if not reason:
        _marks(held, element, name, block=block)
    return frame


def _leave(held: _Walk, frame: _Frame) -> None:
    writer = held.writer
    reason = writer.context.reason
    if frame.cell and writer.opened:
        writer.settle_all()
    if frame.closes:
        writer.close()
    writer.unmark(frame.marks)
    if reason is not None and frame.outer.reason is None:
        _end_omission(held, frame, reason)
    writer.context = frame.outer
    if frame.block and not frame.closes:
        writer.soften()


def _end_omission(held: _Walk, frame: _Frame, reason: Reason) -> None:
    held.writer.end_hole(reason)
    if frame.element in held.notes.labels:
        held.writer.labelled = held.writer.draft is None


def _border(writer: Writer, frame: _Frame) -> None:
    if frame.closes:
        writer.close()
    elif writer.context.grid is not None and local(frame.element) == "tr":
        writer.linear.part("\n")
    else:
        writer.soften()


def _reason(held: _Walk, element: Element, name: str) -> Reason | None:
    if element in held.notes.labels:
        return Reason.MARKUP
    return own_reason(element, name) or held.omit(element)


def _said(held: _Walk, element: Element) -> BlockKind | None:
    """The kind that somebody says an element has: who called, the notes, its role. A cell is of its table."""
    if held.writer.context.grid is not None:
        return None
    said = held.kind(element)
    if said is None and element in held.notes.kinds:
        return held.notes.kinds[element][0]
    if said is None and element.get("role") == "heading":
        return BlockKind.HEADING
    return said


def _inside(held: _Walk, element: Element, name: str, said: BlockKind | None, reason: Reason | None) -> Context:
    outer = held.writer.context
    if reason:
        inner = context_in(element, name, outer)
        return replace(outer, reason=reason, kept=inner.kept)
    own = held.notes.kinds.get(element)
    inner = context_in(element, name, outer) if said is None else context_as(element, said, outer)
    if own is not None and inner.kind in {BlockKind.NOTE, BlockKind.REFERENCE}:
        inner = replace(inner, note=own[1])
    language = language_tag(language_of(element)) if name not in _ROOTS else ""
    return replace(inner, language=language) if language else inner


def _marks(held: _Walk, element: Element, name: str, *, block: bool) -> None:
    """The marks that an element puts over its text."""
    kind = MARKS.get(name)
    if kind is not None and held.writer.context.kind is not BlockKind.CODE:
        held.writer.mark(kind)
    if not element.keys():
        return
    if element in held.notes.marks:
        held.writer.mark(*held.notes.marks[element])
    elif name == "a" and element.get("href"):
        held.writer.mark(MarkKind.LINK, element.get("href") or "")
    language = "" if block else language_tag(language_of(element))
    if language:
        held.writer.mark(MarkKind.LANGUAGE, language)


def _entity(writer: Writer, element: Element) -> None:
    if isinstance(element, etree._Entity):  # noqa: SLF001 - lxml has no public name for the class
        writer.text(html5.get(f"{element.name};", ""))


def _leaf(writer: Writer, element: Element, leaf: Callable[[Writer, Element], bool], reason: Reason | None) -> bool:
    """Write what stands in an element's place, left out for a reason if there is one; False where it is walked."""
    outer = writer.context
    if reason is None or outer.reason is not None:
        return leaf(writer, element)
    writer.context = replace(outer, reason=reason)
    done = leaf(writer, element)
    writer.context = outer
    if done:
        writer.end_hole(reason)
    return done
