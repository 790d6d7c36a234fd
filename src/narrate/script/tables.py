"""Tables: each cell after the head of its column, or that there is one."""

from __future__ import annotations

import re
from itertools import pairwise, takewhile, zip_longest
from typing import TYPE_CHECKING, NamedTuple

from narrate.model import Role
from narrate.script.draft import Draft, Place, draft
from narrate.script.leftout import said_of
from narrate.script.marked import between, moved
from narrate.script.marks import edits_of, marked_sentences
from narrate.script.utterances import Sentence
from narrate.script.words import speakable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from narrate.model import Block, Style
    from narrate.script.normalise import Edit

_CHARACTERS = 600
"""A table is read cell by cell up to this size; ears cannot hold a larger one."""

_COLUMNS = 6
_PAIR = 2
_HEADED = 2
_SENTENCE_WORDS = 12
_SENTENCE = re.compile(r"[.!?…。！？]")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_FIGURE = re.compile(r"[-−+$£€]?\d[\d.,]*\s?(?:%|[a-zA-Z]{1,2})?\Z")
_FRAME = re.compile(r"\|(.*)\|")
_BAR = re.compile(r"\s*\|\s*")
_TAB = re.compile(r"\t")


class Cell(NamedTuple):
    """The text of a cell, what its marks ask for, and where it begins in its block."""

    text: str
    edits: tuple[Edit, ...] = ()
    at: int = 0


Row = list[Cell]


def small_cells(block: Block, language: str, style: Style) -> list[Draft]:
    """A small table is read, each cell after the head of its column; a large one is announced and kept unspoken.

    One of any size is read whose words are mostly prose: a page is laid out by it, or it tells a story.
    """
    rows = _rows(block, ())
    small = len(block.text) <= _CHARACTERS and len(rows) > 1 and 1 < len(rows[0]) <= _COLUMNS
    even = all(len(row) == len(rows[0]) for row in rows)
    if (small and even) or _is_prose(rows):
        return cells(block, language, style)
    return said_of(Role.TABLE, "tables", lambda words: words.table)(block, language, style)


def _is_prose(rows: Sequence[Row]) -> bool:
    """Whether most of the words in a table are sentences of some length."""
    sizes = [(len(cell.text.split()), cell) for row in rows for cell in row]
    prose = sum(size for size, cell in sizes if size >= _SENTENCE_WORDS and _SENTENCE.search(cell.text))
    return prose * 2 > sum(size for size, _ in sizes)


def cells(block: Block, language: str, style: Style) -> list[Draft]:
    """A table of any size, a row a sentence; one without rows below its heads, or of one column, as it stands."""
    rows = _rows(block, edits_of(block, language, style.diction.policy))
    if not rows:
        return said_of(Role.TABLE, "tables", lambda words: words.table)(block, language, style)
    titles = list(takewhile(_is_alone, rows))
    rows = rows[len(titles) :]
    headless = not speakable(block.text.split("\n", 1)[0]) or _counts(rows)
    sentences = [each for row in titles for each in _alone(row, block, language, style)]
    if _is_box(rows, titles, headless=headless):
        sentences += [row_of([_key(row[0])], row[1:], language) for row in rows]
    elif headless or len(rows) < _HEADED or len(rows[0]) == 1:
        sentences += [row_of((), row, language) for row in rows]
    else:
        for row in rows[1:]:
            sentences += _alone(row, block, language, style) if _spans(row) else [row_of(rows[0], row, language)]
    return [draft(Place.BODY, Role.TABLE, sentences, style, block.source)]


def _spans(row: Row) -> bool:
    """Whether the first cell takes a whole row: it is alone in it, of three columns and more, or long."""
    return _is_alone(row) and (len(row) > _PAIR or len(row[0].text.split()) >= _SENTENCE_WORDS)


def _is_alone(row: Row) -> bool:
    first, *others = row
    return bool(others) and bool(first.text) and not any(cell.text for cell in others)


def _alone(row: Row, block: Block, language: str, style: Style) -> list[Sentence]:
    """The sentences of a cell that takes a whole row."""
    start = row[0].at
    return marked_sentences(block, language, style.diction.policy, start, start + len(row[0].text))


def _is_box(rows: Sequence[Row], titles: Sequence[Row], *, headless: bool) -> bool:
    """Whether a table of two columns has its heads on the left: a fact a row, "Time: 30 minutes".

    It does below a title or empty heads, where colons say so, and where a figure stands at the top right that is no
    year.
    """
    if not rows or any(len(row) != _PAIR for row in rows):
        return False
    key, value = (cell.text for cell in rows[0])
    figures = any(map(str.isdigit, value)) and not _YEAR.fullmatch(value)
    return headless or bool(titles) or key.endswith(":") or figures


def _counts(rows: Sequence[Row]) -> bool:
    """Whether the first of several rows is no row of heads: a figure stands over a figure, and it is no year."""
    first, second = rows[:_HEADED] if len(rows) >= _HEADED else ([], [])
    over = [(one.text, two.text) for one, two in zip(first, second, strict=False)]
    counted = [int(one) for one, _ in over if one.isdecimal()]
    if counted[1:] and all(after == before + 1 for before, after in pairwise(counted)):
        return False  # innings, rounds, places
    return any(_FIGURE.match(one) and _FIGURE.match(two) and not _YEAR.fullmatch(one) for one, two in over)


def _key(cell: Cell) -> Cell:
    return cell._replace(text=cell.text.rstrip(": "))


def _rows(block: Block, edits: Sequence[Edit]) -> list[Row]:
    """The rows in which there is a word."""
    found: list[Row] = []
    at = 0
    for line in block.text.splitlines(keepends=True):
        if speakable(line):
            found.append(_cells(line, at, edits))
        at += len(line)
    return found


def _cells(line: str, at: int, edits: Sequence[Edit]) -> Row:
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
    return Cell(line[first:last], between(edits, at + first, at + last), at + first) if last > first else Cell("")


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
