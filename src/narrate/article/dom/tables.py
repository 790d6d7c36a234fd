"""Tables of HTML: which hold data, and their cells in rows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from narrate.article.dom.run import Run
from narrate.article.dom.tags import HEADINGS, LISTS, local, semantics, whole_number
from narrate.model import Mark, MarkKind

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_PROSE = frozenset(
    [*HEADINGS, *(LISTS - {"dir"}), "table", "blockquote", "pre", "figure", "form", "article", "section"]
)
_ONE_LINE = re.compile(r"[\n\t]")
_PARAGRAPHS = 2
_MOST_COLUMNS = 100
_MOST_CELLS = 100_000
"""A cell that spans rows or columns is repeated in each, up to so many cells in a table."""


@dataclass(slots=True)
class Cell:
    """A cell as it is filled: its text and marks, and how many columns and rows it takes."""

    columns: int = 1
    rows: int = 1
    said: Run = field(default_factory=Run)
    marks: list[Mark] = field(default_factory=list)


@dataclass(slots=True)
class Grid:
    """A table as it is filled; `cell` is the one that text goes to."""

    rows: list[list[Cell]] = field(default_factory=list)
    cell: Cell | None = None

    def row(self) -> None:
        """A new row."""
        self.rows.append([])

    def stray(self) -> Cell:
        """The cell of text that stands in a table outside its cells."""
        if not self.rows:
            self.row()
        self.cell = Cell()
        self.rows[-1].append(self.cell)
        return self.cell

    def add(self, element: Element) -> Cell:
        """A new cell in the last row."""
        self.cell = Cell(_span(element, "colspan"), _span(element, "rowspan"))
        if not self.rows:
            self.row()
        self.rows[-1].append(self.cell)
        return self.cell


def _span(element: Element, name: str) -> int:
    return min(max(whole_number(element.get(name)) or 1, 1), _MOST_COLUMNS)


def holds_data(table: Element) -> bool:
    """Whether a table's rows and columns mean something: it has several of each, and no prose in its cells."""
    if semantics(table) & {"presentation", "none"}:
        return False
    rows = columns = most = cells = paragraphs = 0
    for element in table.iterdescendants("*"):
        name = local(element)
        if name in _PROSE:
            return False
        if name == "tr":
            rows, most, columns = rows + 1, max(most, columns), 0
        elif name in {"td", "th"}:
            columns, cells, paragraphs = columns + 1, cells + 1, 0
        elif name == "p":
            paragraphs += 1
            if paragraphs > _PARAGRAPHS:
                return False
    return rows > 1 and max(most, columns) > 1


def composed_table(grid: Grid) -> tuple[str, tuple[Mark, ...]]:
    r"""Rows divided by ``\n`` and cells by ``\t``; a cell that spans several is in each of them.

    One that spans a whole row is a line of its own and stands once.
    """
    text: list[str] = []
    marks: list[Mark] = []
    told: set[int] = set()
    at = 0
    for number, row in enumerate(_laid_out(grid)):
        for column, cell in enumerate(row):
            words = ("\t" if column else "\n" if number else "") + (
                _ONE_LINE.sub(" ", cell.said.text()) if cell else ""
            )
            start = at + (1 if column or number else 0)
            own = [] if cell is None else _marks(cell, told)
            marks += [Mark(mark.kind, start + mark.start, start + mark.end, mark.value) for mark in own]
            text.append(words)
            at += len(words)
    return "".join(text), tuple(marks)


def _marks(cell: Cell, told: set[int]) -> list[Mark]:
    """The marks of a cell; `told` are the cells that stood before, in which a page does not begin again."""
    again = id(cell) in told
    told.add(id(cell))
    return [mark for mark in cell.marks if not again or mark.kind is not MarkKind.PAGE]


def _laid_out(grid: Grid) -> list[list[Cell | None]]:
    """The cells by their places, rows without words left out."""
    rows = [row for row in grid.rows if row]
    width = max((sum(cell.columns for cell in row) for row in rows), default=0)
    small = width * len(rows) <= _MOST_CELLS
    hanging: dict[int, tuple[Cell, int]] = {}
    placed: list[list[Cell | None]] = []
    for row in rows:
        line: list[Cell | None] = []
        for cell in row:
            _hang(line, hanging)
            _place(cell, line, hanging, width if small else 0)
        _hang(line, hanging)
        placed.append(line)
    widest = max(map(len, placed), default=0) if small else 0
    full = (line + [None] * (widest - len(line)) for line in placed)
    return [line for line in full if any(cell and cell.said.length for cell in line)]


def _place(cell: Cell, line: list[Cell | None], hanging: dict[int, tuple[Cell, int]], width: int) -> None:
    """A cell in each column that it takes, and hanging down from it; in one alone where the table has no `width`."""
    whole = cell.columns >= width > 1
    for _ in range(cell.columns if width else 1):
        if cell.rows > 1 and width:
            hanging[len(line)] = (cell, cell.rows - 1)
        line.append(None if whole and line else cell)


def _hang(line: list[Cell | None], hanging: dict[int, tuple[Cell, int]]) -> None:
    """Cells of the rows above that reach down to the next places of this one."""
    while len(line) in hanging:
        cell, left = hanging.pop(len(line))
        if left > 1:
            hanging[len(line)] = (cell, left - 1)
        line.append(cell)
