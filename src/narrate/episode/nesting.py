"""What stands in each other: items as lists in lists, quotations in quotations; one rule for the page and the book."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from narrate.model import Passage

DEEPEST = 6
"""How many levels can be told apart."""
BULLETS, NUMBERS, OWN_NUMBERS = "bullets", "numbers", "own numbers"
"""The sorts of lists; the items of the last one begin with numbers in their own text."""
_NUMBERED = re.compile(r"\d+[.)](?=\s)")

Item = tuple["Passage", list["Passage"]]
"""An item, and the items of the lists in it."""


def shallow(passage: Passage) -> Passage:
    """The same no deeper than can be told apart."""
    level = min(max(passage.block.level, 1), DEEPEST)
    return replace(passage, block=replace(passage.block, level=level))


def lists(items: Sequence[Passage]) -> Iterator[tuple[str, list[Item]]]:
    """Items that follow each other as lists, each with its sort: those of the highest level, deeper ones in them."""
    base = min(item.block.level for item in items)
    rows: list[Item] = []
    for item in items:
        if rows and item.block.level > base:
            rows[-1][1].append(item)
        else:
            rows.append((item, []))
    return ((sort, list(run)) for sort, run in groupby(rows, key=lambda row: _sort(row[0])))


def _sort(item: Passage) -> str:
    if item.block.number:
        return NUMBERS
    return OWN_NUMBERS if _NUMBERED.match(item.block.text) else BULLETS


def quotes(passages: Sequence[Passage], write: Callable[[Passage], str], depth: int = 1) -> str:
    """A quotation, and quotations in it; `write` makes the element of a passage."""
    inner: list[str] = []
    for deeper, run in groupby(passages, key=lambda each: each.block.level > depth):
        if deeper:
            inner.append(quotes(list(run), write, depth + 1))
        else:
            inner += map(write, run)
    return f"<blockquote>{''.join(inner)}</blockquote>"
