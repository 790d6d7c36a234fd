"""Where the cells of a table stand in the text of its block."""

from __future__ import annotations

import re

_BAR = re.compile(r"[ \t]*\|[ \t]*")

Span = tuple[int, int]


def rows_of(text: str) -> list[list[Span]]:
    r"""The rows of a table in which something is written, each with the places of its cells.

    Cells are parted by tabs, else by bars; a row without either is one cell.

    >>> rows_of("A\tB\n\n| c | d |")
    [[(0, 1), (2, 3)], [(7, 8), (11, 12)]]
    """
    return [cells_in(text, line) for line in pieces(text, "\n") if text[slice(*line)].strip()]


def pieces(text: str, end: str, start: int = 0) -> list[Span]:
    r"""Where the pieces of a text are that a character parts.

    >>> pieces("a\nbc", "\n")
    [(0, 1), (2, 4)]
    """
    found: list[Span] = []
    at = 0
    while (stop := text.find(end, at)) >= 0:
        found.append((start + at, start + stop))
        at = stop + 1
    return [*found, (start + at, start + len(text))]


def cells_in(text: str, row: Span) -> list[Span]:
    """Where the cells of a row stand."""
    start, end = row
    line = text[start:end]
    if "\t" in line:
        return pieces(line, "\t", start)
    low, high = start + len(line) - len(line.lstrip(" |")), start + len(line.rstrip(" |"))
    if "|" not in line or low >= high:
        return [row]
    breaks = [match.span() for match in _BAR.finditer(text, low, high)]
    return list(zip([low, *(after for _, after in breaks)], [*(before for before, _ in breaks), high], strict=True))
