"""Running heads, feet and page numbers: what the pages of a document have at their edges, again and again."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from narrate.article.pdf.paragraphs import begins_note
from narrate.model import Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from narrate.article.pdf.text import Line

_EDGE_ROWS = 3
"""How many rows from the top and the foot of a page may be furniture."""
_EDGE_PART = 0.2
"""They stand in this part of the page's height, at its top or its foot."""
_OFTEN = 3
_SAME_POINTS = 4
_WHITE_EM = 1.35
_ONLY_NUMBER = re.compile(
    r"\W*(?:(?:page|seite|p\.|pág(?:ina)?\.?|pagina)\s*)?(?P<n>\d{1,4}|[A-Z][-.]\d{1,3}|"
    r"(?-i:(?=[ivxl])(?:x[cl]|l?x{0,3})(?:i[xv]|v?i{0,3})))"
    r"(?:\s*(?:/|of|von|de|sur|di)\s*\d{1,4})?\W*",
    re.IGNORECASE,
)
_HEAD_CHARACTERS = 400
"""No running head is longer."""
_AT_AN_END = re.compile(r"^\W*(\d{1,4})\b.*[^\W\d]|[^\W\d].*\b(\d{1,4})\W*$", re.DOTALL)
_RUNS = re.compile(r"[^\W\d][.,;:!?]\s*$")
"""What ends like this goes on, or is a sentence: no running head."""
_SHORT = 120

Edge = tuple[list[int], int]
Key = tuple[str, int]
Found = dict[int, Reason]
"""By the place of a line in the list of its page."""


def furniture(pages: Sequence[tuple[float, Sequence[Line]]]) -> list[Found]:
    """For each page, given as its height and its lines, which of them are furniture and of what kind."""
    edges = [_edges(height, lines) for height, lines in pages]
    few = [[at for order, count in each for at in order[:count]] for each in edges]
    told = _offset(few, pages)
    often = _often(few, pages, told[0])
    found: list[Found] = []
    for number, ((_, lines), each) in enumerate(zip(pages, edges, strict=True)):
        reasons = {at: _reason(lines[at], number, often, told) for at in few[number]}
        found.append({at: reason for edge in each for at, reason in _outermost(edge, lines, reasons)})
    return found


def _edges(height: float, lines: Sequence[Line]) -> list[Edge]:
    """The edges of a page: its lines from the top, and from the foot, and how many of them may be furniture."""
    order = sorted(range(len(lines)), key=lambda at: -lines[at].base)
    top = sum(lines[at].base >= (1 - _EDGE_PART) * height for at in order[:_EDGE_ROWS])
    foot = sum(lines[at].base <= _EDGE_PART * height for at in order[-_EDGE_ROWS:])
    return [(order, top), (order[::-1], foot)]


def _outermost(edge: Edge, lines: Sequence[Line], reasons: dict[int, Reason | None]) -> list[tuple[int, Reason]]:
    """The furniture at one edge.

    No other row is between it and the edge, and more white than between lines on its other side.
    """
    order, count = edge
    found: list[tuple[int, Reason]] = []
    sure = 0
    for place, at in enumerate(order[:count]):
        reason = reasons[at]
        if reason is None or len(lines[at].text) > _SHORT:
            break
        found.append((at, reason))
        inner = order[place + 1] if place + 1 < len(order) else None
        apart = place == 0 if inner is None else _white(lines[at], lines[inner]) > _WHITE_EM * lines[at].size
        sure = len(found) if apart else sure
    return found[:sure]


def _white(one: Line, other: Line) -> float:
    return abs(one.base - other.base)


def _height(line: Line) -> int:
    return round(line.base / _SAME_POINTS)


def _key(line: Line, printed: int | None) -> tuple[str, int]:
    """What a running head has in common with itself on other pages: its words without the page's number, its height."""
    words = line.text.casefold().split()
    return " ".join(word for word in words if word.strip("-–—|[]") != str(printed)), _height(line)


def _often(few: Sequence[Sequence[int]], pages: Sequence[tuple[float, Sequence[Line]]], offset: int | None) -> set[Key]:
    """The keys of lines that stand on enough pages: three, or both of two."""
    counts: Counter[Key] = Counter()
    for number, ((_, lines), each) in enumerate(zip(pages, few, strict=True)):
        for text, height in {_key(lines[at], None if offset is None else number + offset) for at in each}:
            counts.update({(text, height), (text, height + 1)})  # two neighbouring steps of height are one
    return {key for key, count in counts.items() if count >= _needed(pages) and any(map(str.isalpha, key[0]))}


def _needed(pages: Sequence[object]) -> int:
    return min(_OFTEN, max(2, len(pages)))


def _offset(few: Sequence[Sequence[int]], pages: Sequence[tuple[float, Sequence[Line]]]) -> tuple[int | None, set[int]]:
    """What the printed number of most pages is more than their place in the file, None where they have none.

    And the heights at which such numbers stand.
    """
    counts: Counter[int] = Counter()
    heights: Counter[tuple[int, int]] = Counter()
    for number, ((_, lines), each) in enumerate(zip(pages, few, strict=True)):
        told = {(printed - number, _height(lines[at])) for at in each for printed in _printed(lines[at].text)}
        counts.update({offset for offset, _ in told})
        heights.update({(offset, height + step) for offset, height in told for step in (0, 1)})
    offset, count = counts.most_common(1)[0] if counts else (0, 0)
    if count < _needed(pages):
        return None, set()
    return offset, {height for (each, height), count in heights.items() if each == offset and count >= _needed(pages)}


def _printed(text: str) -> list[int]:
    """The numbers that may be a page's own in a line at its edge: alone, first or last.

    >>> _printed("- 12 -"), _printed("12 BREAD AND SALT"), _printed("Page 3 of 10"), _printed("In 1999 it rained.")
    ([12], [12], [3], [])
    """
    alone = _ONLY_NUMBER.fullmatch(text)
    if alone:
        return [int(alone["n"])] if alone["n"].isdecimal() else []
    ends = _AT_AN_END.search(text.strip()) if len(text) <= _HEAD_CHARACTERS else None
    return [int(number) for number in ends.groups() if number] if ends else []


def _reason(line: Line, number: int, often: set[Key], told: tuple[int | None, set[int]]) -> Reason | None:
    """Why a line at the edge of a page is left out, None if it is not."""
    offset, heights = told
    printed = None if offset is None else number + offset
    alone = _ONLY_NUMBER.fullmatch(line.text)
    if alone and (not alone["n"].isdecimal() or printed is None or int(alone["n"]) in {printed, number + 1}):
        return Reason.PAGE_NUMBER
    text, height = _key(line, printed)
    if {(text, height), (text, height + 1)} & often:
        return Reason.REPEATED
    runs_on = begins_note(line) or _RUNS.search(line.text)
    if printed in _printed(line.text) and not runs_on and {height, height + 1} & heights:
        return Reason.PAGE_NUMBER if alone else Reason.REPEATED
    return None
