"""The numbers of lines that drafts and laws have in their margin."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from narrate.model import Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from narrate.article.pdf.text import Line

_LEAST = 8
_STEPS = frozenset({1, 5})
_MOST_STRAY = 0.15
_SIDE = 12.0
"""Numbers in a margin end, or begin, within so many points."""


def numbers_of_lines(found: Sequence[Line]) -> list[Line]:
    """Those of a page's pieces that number its lines: they count on down the page, in a margin, one or five at a time.

    Such numbers are read by nobody: the reader of a PDF leaves them out.
    """
    figures = [line for line in found if line.text.strip().isdecimal() and len(line.text.strip()) <= 4]  # noqa: PLR2004 # 9,999
    words = [line for line in found if any(map(str.isalpha, line.text))]
    if len(figures) < _LEAST or not words:
        return []
    edge = min(figures, key=lambda line: line.left).right
    far = max(figures, key=lambda line: line.right).left
    left = [line for line in figures if line.right < edge + _SIDE]
    right = [line for line in figures if line.left > far - _SIDE]
    return next((side for side in (left, right) if _count_on(side) and _is_beside(side, words)), [])


def _is_beside(side: Sequence[Line], words: Sequence[Line]) -> bool:
    """Whether nothing but a little of the page's text stands further out, or over the numbers."""
    left, right = min(line.left for line in side), max(line.right for line in side)
    over = sum(line.left < right and line.right > left for line in words)
    return over <= _MOST_STRAY * len(words)


def _count_on(side: Sequence[Line]) -> bool:
    numbers = [int(line.text) for line in sorted(side, key=lambda line: -line.base)]
    steps = [below - above for above, below in pairwise(numbers)]
    return len(numbers) >= _LEAST and len(set(steps)) == 1 and steps[0] in _STEPS


def counted(laid: Sequence[tuple[Line, tuple[Line, ...]]]) -> dict[int, Reason]:
    """The places of the numbers of lines among the rows of a page, where they stand without parts."""
    return {at: Reason.PAGE_NUMBER for at, (line, row) in enumerate(laid) if not row and line.text.strip().isdecimal()}
