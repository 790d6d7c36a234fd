"""Whether a text is another one without some letters that this may do without: exactly, where a guess was wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from narrate.script.coverage.align import Run, compose, pieces, turned

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST = 6000
"""Letters of a text for which it is tried: the work grows with the square of them, 64 at a time."""


def leave_out(one: str, spare: Sequence[tuple[int, int]], other: str) -> list[Run] | None:
    """How `other` is `one` without some letters of its `spare` stretches; None where it is not.

    All ways are followed at once: the bits of a number are the letters of `other` that may be next.

    >>> leave_out("bcabc", [(0, 2), (3, 5)], "abc")
    [Run(here=2, there=0, length=3)]
    >>> leave_out("abc", [(0, 1)], "ab")

    Letters of `other` that `one` has nowhere are passed over: "é" for "&eacute;".
    """
    there = set(one)
    known = pieces(Run(at, 0, 1) for at, letter in enumerate(other) if letter in there)
    if len(known) < len(other):
        runs = leave_out(one, spare, "".join(other[run.here] for run in known))
        return runs and compose(runs, turned(known))
    if len(one) > LONGEST or len(other) > len(one):
        return None
    where: dict[str, int] = {}
    for at, letter in enumerate(other):
        where[letter] = where.get(letter, 0) | 1 << at
    may_go = [False] * len(one)
    for low, high in spare:
        may_go[low:high] = [True] * (high - low)
    states = [1]
    for letter, free in zip(one, may_go, strict=True):
        taken = (states[-1] & where.get(letter, 0)) << 1
        states.append(taken | states[-1] if free else taken)
    return _way_back(states, may_go, len(other))


def _way_back(states: Sequence[int], may_go: Sequence[bool], there: int) -> list[Run] | None:
    """One of the ways, from its end."""
    if not states[-1] >> there & 1:
        return None
    runs: list[Run] = []
    for here in range(len(may_go) - 1, -1, -1):
        if may_go[here] and states[here] >> there & 1:
            continue
        there -= 1
        if runs and runs[-1].here == here + 1 and runs[-1].there == there + 1:
            runs[-1] = Run(here, there, runs[-1].length + 1)
        else:
            runs.append(Run(here, there, 1))
    return runs[::-1]
