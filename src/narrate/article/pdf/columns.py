"""The columns of a page, and the order in which they are read.

A page is cut where its columns are: at the widest stripe of white from top to bottom that few lines cross. Those
that cross it, titles and wide figures, divide the page into bands, and each band and each column is cut again (the
X-Y cut of Nagy and Seth, 1984, with vertical cuts first). What cannot be cut is read line by line.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from narrate.article.pdf.text import Line

_STRIPE_POINTS = 6
_EDGE = 0.12
"""No column is narrower than this part of what it is cut from."""
_CROSSING = 0.3
_PROSE_WORDS = 2.5
_FULL = 0.7
_ALIGNED = 0.7
_DEEPEST = 12
_NEXT = 1.45


def cut(lines: Sequence[Line], depth: int, *, rtl: bool) -> Iterator[list[Line]]:
    """The regions of these lines, in reading order."""
    stripe = _stripe(lines) if depth < _DEEPEST else None
    if stripe is None:
        yield list(lines)
        return
    for band in _bands(lines, stripe):
        sides = [line for line in band if line.right <= stripe], [line for line in band if line.left >= stripe]
        if not all(sides) or len(sides[0]) + len(sides[1]) < len(band) or not _are_columns(*sides):
            # What a stripe of the whole region does not cut may have columns of its own.
            yield from cut(band, depth + 1, rtl=rtl) if len(band) < len(lines) else [list(band)]
            continue
        for side in reversed(sides) if rtl else sides:
            yield from cut(side, depth + 1, rtl=rtl)


def _stripe(lines: Sequence[Line]) -> float | None:
    """The middle of the white stripe that divides lines into columns, or None."""
    if len(lines) < 4:  # noqa: PLR2004 # two columns of two lines
        return None
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    width = int(right - left) + 1
    if width < 8 * _STRIPE_POINTS or width > 20_000:  # noqa: PLR2004 # no page; 14,400 is the largest (ISO 32000-1, annex C)
        return None
    steps = [0] * (width + 2)
    for line in lines:
        steps[max(0, int(line.left - left))] += 1
        steps[min(width, math.ceil(line.right - left)) + 1] -= 1
    best: tuple[float, float] | None = None
    for start, end, crossing in _stripes(steps, int(_EDGE * width), int((1 - _EDGE) * width)):
        if end - start < _STRIPE_POINTS or crossing > _CROSSING * len(lines):
            continue
        rank = crossing / len(lines) - min(end - start, 40) / 400
        if best is None or rank < best[0]:
            best = rank, left + (start + end) / 2
    return best[1] if best else None


def _stripes(steps: Sequence[int], first: int, last: int) -> Iterator[tuple[int, int, int]]:
    """Stretches that equally many lines cross, between two edges: start, end, how many."""
    crossing, start = 0, 0
    for at, step in enumerate(steps):
        if step:
            if first < at and start < last and at - start >= _STRIPE_POINTS:
                yield max(start, first), min(at, last), crossing
            start = at
        crossing += step


def _bands(lines: Sequence[Line], stripe: float) -> Iterator[list[Line]]:
    """Lines from top to bottom, those that cross a stripe and those that do not by themselves."""
    held: list[Line] = []
    crossed = False
    order = sorted(lines, key=lambda line: -line.base)
    for at, line in enumerate(order):
        crosses = line.left < stripe < line.right or (crossed and _goes_on(order, at))
        if held and crosses != crossed:
            yield held
            held = []
        crossed = crosses
        held.append(line)
    if held:
        yield held


def _goes_on(order: Sequence[Line], at: int) -> bool:
    """Whether a line, alone in its row, is the short last one of the paragraph above, which crosses the stripe."""
    line, above = order[at], order[at - 1]
    beside = [other for other in order[max(0, at - 2) : at + 3] if other is not line]
    alone = all(abs(other.base - line.base) > line.size / 2 for other in beside)
    near = 0 < above.base - line.base < _NEXT * line.size
    return alone and near and abs(above.size - line.size) < 1 and line.left < above.left + 2 * line.size


def _are_columns(left: Sequence[Line], right: Sequence[Line]) -> bool:
    """Whether lines left and right of a stripe are columns to be read one after the other, and no rows of a table."""
    if min(len(left), len(right)) < 2:  # noqa: PLR2004 # a line beside a line is a line
        return False
    if any(2 * sum(line.mono for line in side) > len(side) for side in (left, right)):
        return False
    fewer, more = sorted((left, right), key=len)
    bases = [line.base for line in more]
    aligned = sum(_is_near(line.base, bases, 0.08 * line.size) for line in fewer) / len(fewer)
    if aligned < _ALIGNED:
        return True
    prose = all(_words(side) >= _PROSE_WORDS for side in (left, right))
    return prose and min(_fullness(left), _fullness(right)) >= _FULL


def _is_near(base: float, bases: Sequence[float], within: float) -> bool:
    return any(abs(base - other) <= within for other in bases)


def _words(lines: Sequence[Line]) -> float:
    return sum(len(line.text.split()) for line in lines) / len(lines)


def _fullness(lines: Sequence[Line]) -> float:
    """How much of the width of a column its rows fill, 0-1."""
    width = max(line.right for line in lines) - min(line.left for line in lines)
    rows = len({round(line.base / line.size) for line in lines})
    return sum(line.right - line.left for line in lines) / (rows * width) if width > 0 else 0.0
