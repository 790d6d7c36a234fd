"""What the elements round a place in a tree make of its text."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from narrate.article.dom.tables import Grid, holds_data
from narrate.article.dom.tags import HEADINGS, ITEMS, LISTS, PREFORMATTED, classes, local, whole_number
from narrate.model import BlockKind, Reason

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from lxml.etree import _Element as Element

_HELD = frozenset({BlockKind.NOTE, BlockKind.REFERENCE, BlockKind.FURNITURE, BlockKind.HIDDEN, BlockKind.MATH})
_VERSE = frozenset(["verse", "poem", "poetry", "lyrics", "stanza"])
_PICTURES = frozenset(["img", "svg", "math", "object", "picture", "canvas"])
_NOT_IN_FIGURES = frozenset(["figure", "table", "pre", "blockquote", *HEADINGS, *LISTS])
_MOST_LOOKED_AT = 2000
_BLOCKQUOTES = frozenset(["blockquote"])


@dataclass(slots=True)
class Count:
    """Numbers of an ordered list: the next item's, and the step from one to the next; 0 steps in a list without."""

    next: int = 0
    step: int = 0


@dataclass(slots=True)
class Item:
    """A list item; its number goes to the first block in it."""

    number: int = 0


@dataclass(frozen=True, slots=True)
class Context:
    """What text is, here.

    `held` kinds keep all that is in them; in a `flow` blocks do not end what is filled (a heading, a cell, a
    figure); `kept` blanks do not collapse; `caption` is a figure's; `reason` why the text is in no block.
    """

    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    note: str = ""
    language: str = ""
    held: bool = False
    flow: bool = False
    kept: bool = False
    caption: bool = False
    quotes: int = 0
    lists: int = 0
    count: Count | None = None
    item: Item | None = None
    grid: Grid | None = None
    reason: Reason | None = None


def context_in(element: Element, name: str, outer: Context) -> Context:
    """The context in an element, by its name alone."""
    enter = _IN.get(name)
    return enter(element, name, outer) if enter else outer


def context_as(element: Element, kind: BlockKind, outer: Context) -> Context:
    """The context in an element of which somebody said what kind of block it is."""
    if kind in _HELD:
        return replace(outer, kind=kind, level=0, held=True, flow=False, grid=None, item=None)
    make = _AS.get(kind)
    return make(element, outer) if make else replace(outer, kind=kind, level=0, flow=kind is BlockKind.TITLE)


def _as_heading(element: Element, outer: Context) -> Context:
    level = whole_number(element.get("aria-level")) or HEADINGS.get(local(element), 2)
    return replace(outer, kind=BlockKind.HEADING, level=min(max(level, 1), 6), flow=True)


def _as_item(element: Element, outer: Context) -> Context:
    number = whole_number(element.get("value")) or 0
    return replace(outer, kind=BlockKind.LIST_ITEM, level=max(outer.lists, 1), item=Item(number))


def _heading(_element: Element, name: str, outer: Context) -> Context:
    """A heading; in a quotation it heads nothing of the article."""
    if outer.held or outer.flow or outer.kind is BlockKind.QUOTE:
        return outer
    return replace(outer, kind=BlockKind.HEADING, level=HEADINGS[name], flow=True)


def _quote(_element: Element, _name: str, outer: Context) -> Context:
    if outer.held or outer.flow:
        return outer
    quotes = outer.quotes + 1
    return replace(outer, kind=BlockKind.QUOTE, quotes=quotes, level=quotes, item=None)


def _list(element: Element, name: str, outer: Context) -> Context:
    """A list one deeper, with the number of its first item."""
    count = Count()
    if name == "ol":
        backwards = element.get("reversed") is not None
        items = sum(1 for child in element.iterchildren("*") if local(child) == "li") if backwards else 1
        start = whole_number(element.get("start"))
        count = Count(items if start is None else start, -1 if backwards else 1)
    return replace(outer, lists=outer.lists + 1, count=count)


def _item(element: Element, name: str, outer: Context) -> Context:
    number, count = 0, outer.count
    if count is not None and count.step and name == "li":
        value = whole_number(element.get("value"))
        number = count.next if value is None else value
        count.next = number + count.step
    if outer.held or outer.flow or outer.quotes:
        return outer
    return replace(outer, kind=BlockKind.LIST_ITEM, level=max(outer.lists, 1), item=Item(number), count=None)


def _pre(element: Element, name: str, outer: Context) -> Context:
    """Code; a poem that is set as it stands is none."""
    if outer.flow or (name == "textarea" and outer.held):
        return outer
    if outer.held or classes(element) & _VERSE:
        return replace(outer, kept=True)
    return replace(outer, kind=BlockKind.CODE, level=0, kept=True)


def _table(element: Element, _name: str, outer: Context) -> Context:
    if outer.held or outer.flow or not holds_data(element):
        return outer
    return _as_table(element, outer)


def _as_table(_element: Element, outer: Context) -> Context:
    return replace(outer, kind=BlockKind.TABLE, level=0, flow=True, grid=Grid(), item=None)


def _row(_element: Element, _name: str, outer: Context) -> Context:
    if outer.grid is not None:
        outer.grid.row()
    return outer


def _cell(element: Element, _name: str, outer: Context) -> Context:
    if outer.grid is not None:
        outer.grid.add(element)
    return outer


def _table_caption(_element: Element, _name: str, outer: Context) -> Context:
    """The caption of a table is a line of its own before it."""
    if outer.grid is None:
        return outer
    return replace(outer, kind=BlockKind.PARAGRAPH, flow=False, grid=None)


def _figure(element: Element, _name: str, outer: Context) -> Context:
    """A figure of pictures is one block; one of code, a table or figures is what is in it."""
    if outer.held or outer.flow:
        return outer
    pictures = False
    for _, inner in zip(range(_MOST_LOOKED_AT), element.iterdescendants("*"), strict=False):
        name = local(inner)
        if name in _NOT_IN_FIGURES:
            return outer
        pictures = pictures or name in _PICTURES
    return replace(outer, kind=BlockKind.FIGURE, level=0, flow=True, item=None) if pictures else outer


def _figcaption(_element: Element, _name: str, outer: Context) -> Context:
    if outer.held or (outer.flow and outer.kind is not BlockKind.FIGURE):
        return outer
    return replace(outer, kind=BlockKind.FIGURE, level=0, flow=True, caption=True)


_IN: Mapping[str, Callable[[Element, str, Context], Context]] = {
    **dict.fromkeys(HEADINGS, _heading),
    **dict.fromkeys(LISTS, _list),
    **dict.fromkeys(ITEMS, _item),
    **dict.fromkeys(PREFORMATTED, _pre),
    **dict.fromkeys(_BLOCKQUOTES, _quote),
    "table": _table,
    "tr": _row,
    "td": _cell,
    "th": _cell,
    "caption": _table_caption,
    "figure": _figure,
    "figcaption": _figcaption,
}

_AS: Mapping[BlockKind, Callable[[Element, Context], Context]] = {
    BlockKind.HEADING: _as_heading,
    BlockKind.LIST_ITEM: _as_item,
    BlockKind.TABLE: _as_table,
    BlockKind.QUOTE: lambda element, outer: _quote(element, "", outer),
    BlockKind.FIGURE: lambda _, outer: replace(outer, kind=BlockKind.FIGURE, level=0, flow=True),
    BlockKind.CODE: lambda _, outer: replace(outer, kind=BlockKind.CODE, level=0, kept=True),
}
