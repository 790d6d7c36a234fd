"""Blocks that belong together as one element: the items of a list, a quotation, notes, a list of works."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from markupsafe import escape

from narrate.episode.nesting import BULLETS, OWN_NUMBERS, lists, quotes
from narrate.episode.page.leaves import words_of
from narrate.model import BlockKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from narrate.episode.nesting import Item
    from narrate.episode.page.text import Text
    from narrate.model import Passage


def several(kind: BlockKind) -> Callable[[Sequence[Passage], Text], str] | None:
    """What makes one element of blocks of a kind that follow each other; None where each is its own."""
    return _TOGETHER.get(kind)


def _lists(items: Sequence[Passage], text: Text) -> str:
    return "\n".join(_list(sort, rows, text) for sort, rows in lists(items))


def _list(sort: str, rows: Sequence[Item], text: Text) -> str:
    tag = "ul" if sort is BULLETS else "ol"
    items = "\n".join(_item(*row, text) for row in rows)
    # Lists without marks of their own are no lists to VoiceOver, unless they say so.
    numbered = ' class="numbered" role="list"' if sort is OWN_NUMBERS else ""
    return f"<{tag}{numbered}>\n{items}\n</{tag}>"


def _item(first: Passage, deeper: Sequence[Passage], text: Text) -> str:
    element = text.element(first)
    value = f' value="{first.block.number}"' if first.block.number else ""
    inner = f"\n{_lists(deeper, text)}" if deeper else ""
    return f"<li{value}><div{element.attributes}>{words_of(element)}</div>{inner}</li>"


def _quotes(passages: Sequence[Passage], text: Text) -> str:
    return quotes(passages, lambda each: _wrapped(each, text, "p"))


def _wrapped(passage: Passage, text: Text, tag: str) -> str:
    element = text.element(passage)
    return f"<{tag}{element.attributes}>{words_of(element)}</{tag}>"


def _notes(passages: Sequence[Passage], text: Text) -> str:
    """Notes with their numbers, and the ways back to what refers to them."""
    items = (_note(name, list(run), text) for name, run in groupby(passages, key=lambda each: each.block.note))
    return f'<ul class="notes" role="list">{"".join(items)}</ul>'


def _note(name: str, passages: Sequence[Passage], text: Text) -> str:
    paragraphs = "".join(_wrapped(each, text, "p") for each in passages)
    if not name:
        return f"<li>{paragraphs}</li>"
    anchor = text.anchor(f"n-{text.notes.number(name)}")
    return f"<li{anchor}>{_backlinks(name, text)}{paragraphs}</li>"


def _backlinks(name: str, text: Text) -> str:
    """Ways back to every mark of a note; they stand before it in the text."""
    return "".join(
        f'<a class="back" href="{way}" role="doc-backlink"{text.ui}>Back to mark <span>{escape(mark)}</span></a> '
        for way, mark in text.notes.ways_back(name)
    )


def _works(passages: Sequence[Passage], text: Text) -> str:
    items = "\n".join(_wrapped(each, text, "li") for each in passages)
    return f'<ul class="works">\n{items}\n</ul>'


_TOGETHER: Mapping[BlockKind, Callable[[Sequence[Passage], Text], str]] = {
    BlockKind.LIST_ITEM: _lists,
    BlockKind.QUOTE: _quotes,
    BlockKind.NOTE: _notes,
    BlockKind.REFERENCE: _works,
}
