"""Blocks that belong together as one element: the items of a list, a quotation, notes, a list of works."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from narrate.episode.page.leaves import words_of
from narrate.model import BlockKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from narrate.episode.page.text import Text
    from narrate.model import Passage

_NUMBERED = re.compile(r"\d+[.)](?=\s)")


def several(kind: BlockKind) -> Callable[[Sequence[Passage], Text], str] | None:
    """What makes one element of blocks of a kind that follow each other; None where each is its own."""
    return _TOGETHER.get(kind)


def lists(items: Sequence[Passage], text: Text) -> str:
    """Items as lists, in each other by their levels."""
    base = min(item.block.level for item in items)
    chunks: list[list[Passage]] = []
    for item in items:
        if not chunks or item.block.level == base:
            chunks.append([item])
        else:
            chunks[-1].append(item)
    return "\n".join(_list(sort, list(run), text) for sort, run in groupby(chunks, key=lambda each: _sort(each[0])))


def _sort(item: Passage) -> str:
    """Which list it is an item of: with bullets, with numbers, or with numbers that its own text has."""
    if item.block.number:
        return "ol"
    return "own" if _NUMBERED.match(item.block.text) else "ul"


def _list(sort: str, chunks: Sequence[Sequence[Passage]], text: Text) -> str:
    tag = "ul" if sort == "ul" else "ol"
    items = "\n".join(_item(chunk, text, numbered=sort == "ol") for chunk in chunks)
    # Lists without marks of their own are no lists to VoiceOver, unless they say so.
    numbered = ' class="numbered" role="list"' if sort == "own" else ""
    return f"<{tag}{numbered}>\n{items}\n</{tag}>"


def _item(chunk: Sequence[Passage], text: Text, *, numbered: bool) -> str:
    first, *deeper = chunk
    element = text.element(first)
    value = f' value="{first.block.number}"' if numbered else ""
    inner = f"\n{lists(deeper, text)}" if deeper else ""
    return f"<li{value}><div{element.attributes}>{words_of(element)}</div>{inner}</li>"


def quotes(passages: Sequence[Passage], text: Text, depth: int = 1) -> str:
    """A quotation, and quotations in it."""
    inner: list[str] = []
    for deeper, run in groupby(passages, key=lambda each: each.block.level > depth):
        if deeper:
            inner.append(quotes(list(run), text, depth + 1))
        else:
            inner += (_wrapped(each, text, "p") for each in run)
    return f"<blockquote>{''.join(inner)}</blockquote>"


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
    number = text.notes.number(name)
    return f"<li{text.anchor(f'n-{number}')}>{_backlinks(number, text.notes.told.get(name, 0), text)}{paragraphs}</li>"


def _backlinks(number: int, told: int, text: Text) -> str:
    """Ways back to every mark of a note; they stand before it in the text."""
    return "".join(
        f'<a class="back" href="#{anchor}" role="doc-backlink"{text.ui}>Back to mark {label}</a> '
        for anchor, label in _anchors(number, told)
    )


def _anchors(number: int, told: int) -> Iterator[tuple[str, str]]:
    for mark in range(1, told + 1):
        suffix = f"-{mark}" if mark > 1 else ""
        yield f"r-{number}{suffix}", f"{number}{suffix.replace('-', '.')}"


def _works(passages: Sequence[Passage], text: Text) -> str:
    items = "\n".join(_wrapped(each, text, "li") for each in passages)
    return f'<ul class="works">\n{items}\n</ul>'


_TOGETHER: Mapping[BlockKind, Callable[[Sequence[Passage], Text], str]] = {
    BlockKind.LIST_ITEM: lists,
    BlockKind.NOTE: _notes,
    BlockKind.REFERENCE: _works,
}
