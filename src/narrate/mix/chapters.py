"""Which chapters an episode has, from the places where the script opens them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from narrate.model import Chapter

if TYPE_CHECKING:
    from collections.abc import Sequence

SHORTEST_MS = 10_000
MOST = 255
"""A CTOC frame counts its entries in one byte (ID3v2 Chapter Frame Addendum, 3.2)."""


@dataclass(frozen=True, slots=True)
class Opening:
    """Where the script opens a chapter."""

    start_ms: int
    title: str
    segment: str


def chapters(openings: Sequence[Opening], end_ms: int) -> tuple[Chapter, ...]:
    """The chapters of an episode that ends at `end_ms`: flat, the first at 0, each at least 10 s, at most 255.

    One that would be shorter joins the one before it, a short first one the one after; short ones in a row are
    joined to each other. Where one chapter would be all there is, there is none: it would say no more than the title.
    """
    kept = _at_most(_long_enough(openings, end_ms), end_ms)
    if len(kept) < 2:  # noqa: PLR2004 - "one or none", as said above
        return ()
    starts = [0, *(opening.start_ms for opening in kept[1:]), end_ms]
    return tuple(
        Chapter(start, end, opening.title, opening.segment)
        for opening, start, end in zip(kept, starts, starts[1:], strict=False)
    )


def _long_enough(openings: Sequence[Opening], end_ms: int) -> list[Opening]:
    """Those that are long enough; of short ones in a row, the first of as many as are long enough together."""
    kept: list[Opening] = []
    row: list[Opening] = []
    row_ms = 0
    for opening, length_ms in zip(openings, _lengths_ms(openings, end_ms), strict=True):
        row.append(opening)
        row_ms += length_ms
        if length_ms >= SHORTEST_MS:
            kept.append(opening)
        elif row_ms >= SHORTEST_MS:
            kept.append(row[0])
        if kept and max(length_ms, row_ms) >= SHORTEST_MS:
            row, row_ms = [], 0
    return kept or list(openings[:1])


def _at_most(openings: list[Opening], end_ms: int) -> list[Opening]:
    """The openings without the shortest chapters, if there are too many; the first always stays."""
    surplus = len(openings) - MOST
    if surplus <= 0:
        return openings
    lengths = _lengths_ms(openings, end_ms)
    shortest = set(sorted(range(1, len(openings)), key=lambda place: lengths[place])[:surplus])
    return [opening for place, opening in enumerate(openings) if place not in shortest]


def _lengths_ms(openings: Sequence[Opening], end_ms: int) -> list[int]:
    """How long each chapter lasts, the first from 0."""
    starts = [0, *(opening.start_ms for opening in openings[1:]), end_ms]
    return [end - start for start, end in pairwise(starts)][: len(openings)]
