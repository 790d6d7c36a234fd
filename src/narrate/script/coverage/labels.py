"""Stretches of a text with what they are called; laid over each other, moved to another text, and put in a row."""

from __future__ import annotations

from bisect import bisect_right
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from narrate.model import BlockKind, Fate
    from narrate.script.coverage.align import Run

_START = attrgetter("start")


class Label(NamedTuple):
    """What a stretch is called: the fields of `Stretch`."""

    kind: BlockKind | None
    fate: Fate
    rule: str = ""
    segment: str = ""
    utterance: int | None = None


class Labelled(NamedTuple):
    """Letters ``[start, end)`` of a source, of a block, or of what is written in segments."""

    start: int
    end: int
    label: Label


def moved(runs: Iterable[Run], labelled: Sequence[Labelled]) -> Iterator[Labelled]:
    """Labels of a text, in order and apart, for the text that leads to it by `runs`."""
    for run in runs:
        end = run.there + run.length
        at = max(bisect_right(labelled, run.there, key=_START) - 1, 0)
        while at < len(labelled) and labelled[at].start < end:
            low, high = max(labelled[at].start, run.there), min(end, labelled[at].end)
            if low < high:
                yield Labelled(run.here + low - run.there, run.here + high - run.there, labelled[at].label)
            at += 1


def over(under: Iterable[Labelled], upper: Sequence[Labelled]) -> list[Labelled]:
    """Labels with others laid over them where they meet; both in order and apart."""
    found: list[Labelled] = []
    for start, end, label in under:
        last = start
        at = max(bisect_right(upper, start, key=_START) - 1, 0)
        while at < len(upper) and upper[at].start < end:
            low, high = max(upper[at].start, last), min(upper[at].end, end)
            if low < high:
                found += (Labelled(last, low, label), Labelled(low, high, upper[at].label))
                last = high
            at += 1
        found.append(Labelled(last, end, label))
    return [each for each in found if each.start < each.end]


def in_a_row(labelled: Iterable[Labelled]) -> Iterator[Labelled]:
    """Neighbours that are called the same, as one."""
    held: Labelled | None = None
    for each in labelled:
        if held and held.end == each.start and held.label == each.label:
            held = Labelled(held.start, each.end, held.label)
            continue
        if held:
            yield held
        held = each
    if held:
        yield held
