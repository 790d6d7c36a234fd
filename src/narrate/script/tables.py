"""Tables: each cell after the head of its column, or that there is one."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from narrate.model import Role
from narrate.script.draft import Draft, Place, draft
from narrate.script.leftout import said_of
from narrate.script.marked import between, moved
from narrate.script.marks import edits_of
from narrate.script.utterances import Sentence
from narrate.script.words import speakable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from narrate.model import Block, Style
    from narrate.script.normalise import Edit

_CHARACTERS = 600
"""A table is read cell by cell up to this size; ears cannot hold a larger one."""

_COLUMNS = 6
_FRAME = re.compile(r"\|(.*)\|")
_BAR = re.compile(r"\s*\|\s*")
_TAB = re.compile(r"\t")


class Cell(NamedTuple):
    """The text of a cell, and what its marks ask for."""

    text: str
    edits: tuple[Edit, ...] = ()


def small_cells(block: Block, language: str, style: Style) -> list[Draft]:
    """A small table is read, each cell after the head of its column; a large one is announced and kept unspoken."""
    rows = _rows(block, ())
    small = len(block.text) <= _CHARACTERS and len(rows) > 1 and 1 < len(rows[0]) <= _COLUMNS
    if not small or any(len(row) != len(rows[0]) for row in rows):
        return said_of(Role.TABLE, "tables", lambda words: words.table)(block, language, style)
    return cells(block, language, style)


def cells(block: Block, language: str, style: Style) -> list[Draft]:
    """A table of any size, a row a sentence; one without rows below its heads, or of one column, as it stands."""
    rows = _rows(block, edits_of(block, language, style.diction.policy))
    if not rows:
        return said_of(Role.TABLE, "tables", lambda words: words.table)(block, language, style)
    heads, *body = rows
    if not body or len(heads) == 1:
        sentences = [row_of((), row, language) for row in (heads, *body)]
    else:
        sentences = [row_of(heads, row, language) for row in body]
    return [draft(Place.BODY, Role.TABLE, sentences, style, block.source)]


def _rows(block: Block, edits: Sequence[Edit]) -> list[list[Cell]]:
    """The rows in which there is a word."""
    found: list[list[Cell]] = []
    at = 0
    for line in block.text.splitlines(keepends=True):
        if speakable(line):
            found.append(_cells(line, at, edits))
        at += len(line)
    return found


def _cells(line: str, at: int, edits: Sequence[Edit]) -> list[Cell]:
    """The cells of a row that begins at `at` in its block, divided by tabs, else by bars."""
    left, right = len(line) - len(line.lstrip(" \n")), len(line.rstrip())
    if "\t" in line:
        left, right = 0, len(line.rstrip("\r\n"))
    elif _FRAME.fullmatch(line, left, right):
        left, right = left + 1, right - 1
    breaks = [match.span() for match in (_TAB if "\t" in line else _BAR).finditer(line, left, right)]
    starts, ends = [left, *(end for _, end in breaks)], [*(start for start, _ in breaks), right]
    return [_cell(line, start, end, at, edits) for start, end in zip(starts, ends, strict=True)]


def _cell(line: str, start: int, end: int, at: int, edits: Sequence[Edit]) -> Cell:
    text = line[start:end]
    first, last = start + len(text) - len(text.lstrip()), start + len(text.rstrip())
    return Cell(line[first:last], between(edits, at + first, at + last)) if last > first else Cell("")


def row_of(heads: Sequence[Cell], row: Sequence[Cell], language: str) -> Sentence:
    """A row of a table in words.

    >>> row_of([Cell("Name"), Cell("Age")], [Cell("Ann"), Cell("41")], "en").written
    'Name: Ann; Age: 41'
    """
    written = ""
    edits: list[Edit] = []
    for head, cell in zip_longest(heads, row, fillvalue=Cell("")):
        said = [each for each in (head, cell) if each.text]
        for number, each in enumerate(said):
            written += ": " if number else "; " if written else ""
            edits += moved(each.edits, len(written))
            written += each.text
    return Sentence(written, language, edits=tuple(edits))
