"""Where in a block the words of its cues are written."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate, compress
from typing import TYPE_CHECKING

from narrate.model import BlockKind, Cue
from narrate.model.reading import Heard
from narrate.script.coverage.align import Run, align, letters
from narrate.script.coverage.follow import cells_in, words_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from narrate.model import Block

_NEAR = 400
"""A word is looked for so many characters on from the one before: farther off it is another."""


def heard_in(block: Block, cues: Mapping[int, Cue]) -> tuple[Heard, ...]:
    """The stretches of a block that are heard as these cues, which are in the order of its text."""
    found = _exactly(block.text, cues) or _by_letters(block, cues)
    return tuple(_with_words(found, block.text, cues))


def _exactly(text: str, cues: Mapping[int, Cue]) -> list[Heard]:
    """Their places where each is written as it is told; none where one is not."""
    found: list[Heard] = []
    at = 0
    for number, cue in cues.items():
        start = text.find(cue.text, at)
        if start < 0 or not cue.text:
            return []
        at = start + len(cue.text)
        found.append(Heard(start, at, number))
    return found


def _by_letters(block: Block, cues: Mapping[int, Cue]) -> list[Heard]:
    """Their places by letters and digits alone: narrate may have put words before them or cells after heads."""
    text = block.text
    places = list(compress(range(len(text)), map(str.isalnum, text)))
    said = [letters(cue.text) for cue in cues.values()]
    whole = "".join(said)
    if block.kind is BlockKind.TABLE:
        runs = cells_in(text, whole)
    else:
        runs = words_in(block, whole) if block.kind is BlockKind.FIGURE else align(letters(text), whole)
    ends = list(accumulate(map(len, said)))
    found: list[Heard] = []
    for number, end, length in zip(cues, ends, map(len, said), strict=True):
        mine = list(_within(runs, end - length, end))
        groups = _rows(text, mine, places) if block.kind is BlockKind.TABLE else [mine] if mine else []
        found += (_stretch(text, group, places, number) for group in groups)
    found.sort(key=lambda each: each.start)
    return [each for place, each in enumerate(found) if not place or found[place - 1].end <= each.start]


def _within(runs: Sequence[Run], low: int, high: int) -> Iterator[Run]:
    """The parts of runs whose other ends are in ``[low, high)``."""
    for run in runs:
        start, end = max(run.there, low), min(run.there + run.length, high)
        if start < end:
            yield Run(run.here + start - run.there, start, end - start)


def _rows(text: str, runs: Sequence[Run], places: Sequence[int]) -> list[list[Run]]:
    """Runs of a table, a list a row."""
    rows: dict[int, list[Run]] = {}
    for run in sorted(runs):
        rows.setdefault(text.count("\n", 0, places[run.here]), []).append(run)
    return list(rows.values())


def _stretch(text: str, runs: Sequence[Run], places: Sequence[int], cue: int) -> Heard:
    """From the first letter to the last, with the signs that cling to them."""
    first, last = min(run.here for run in runs), max(run.here + run.length for run in runs) - 1
    start, end = places[first], places[last] + 1
    floor = places[first - 1] + 1 if first else 0
    limit = places[last + 1] if last + 1 < len(places) else len(text)
    while start > floor and not text[start - 1].isspace():
        start -= 1
    while end < limit and not text[end].isspace():
        end += 1
    return Heard(start, end, cue)


def _with_words(found: Sequence[Heard], text: str, cues: Mapping[int, Cue]) -> Iterator[Heard]:
    """The same, the first stretch of each cue with the places of its words."""
    stretches: dict[int, list[Heard]] = {}
    for each in found:
        stretches.setdefault(each.cue, []).append(each)
    for each in found:
        mine = stretches[each.cue]
        yield replace(each, words=tuple(_words(text, mine, cues[each.cue]))) if each is mine[0] else each


def _words(text: str, mine: Sequence[Heard], cue: Cue) -> Iterator[tuple[int, int] | None]:
    """Where each word is, one after the other, in the last stretch first: that of a table's row, not its heads."""
    at, end = mine[-1].start, mine[-1].end
    for word in cue.words:
        start = text.find(word.text, at, min(end, at + _NEAR + len(word.text))) if word.text else -1
        if start < 0:
            yield None
        else:
            at = start + len(word.text)
            yield start, at
