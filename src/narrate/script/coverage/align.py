"""Two texts that say the same, mostly: which characters of one are which of the other.

Both are letters and digits only (`letters`), so that blanks and signs, which may differ, do not count. A
mapping is a list of runs in the order of the first text; no character of either text is in two runs.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, NamedTuple

from narrate.script.coverage.places import Places

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_PROBES = (16, 6, 3)
"""How many characters must agree for two places to be the same, tried in turn."""
_AHEAD = 48
"""How many characters of one text may have nothing in the other to stand for, one after the other (`&eacute;`)."""
_MISSES = 200
"""After so many places where nothing agrees two texts do not say the same, and no more time is spent."""


class Run(NamedTuple):
    """Characters ``[here, here + length)`` of one text are ``[there, there + length)`` of another."""

    here: int
    there: int
    length: int


_SIGNS = bytes(code for code in range(128) if not chr(code).isalnum())
_LETTERS = re.compile(r"[^\W_]+")  # as `str.isalnum` has it
_THERE = attrgetter("there")
_LOW = itemgetter(0)


def letters(text: str) -> str:
    """The letters and digits of a text.

    >>> letters("It's 3.5 °C!")
    'Its35C'
    """
    if text.isascii():  # ten times as fast, and most sentences are
        return text.encode().translate(None, _SIGNS).decode()
    return "".join(_LETTERS.findall(text))


def align(one: str, other: str) -> list[Run]:
    """Where two texts agree, in the order of both; case does not matter. What one has more is in no run.

    Linear in their lengths as long as they are alike.

    >>> align("catsat", "catsat"), align("imageacatsat", "acatsat")
    ([Run(here=0, there=0, length=6)], [Run(here=5, there=0, length=7)])
    >>> align("onezwothreefourfive", "onethreefourfive")
    [Run(here=0, there=0, length=3), Run(here=6, there=3, length=13)]
    >>> align("leesinfunkopopcreditfunko", "imageleesinfunkopopcaptioncreditfunko")
    [Run(here=0, there=5, length=15), Run(here=15, there=27, length=10)]
    """
    if not one or not other:
        return []
    one, other = folded(one), folded(other)
    for run in _whole(one, other):
        return [run]
    return list(_runs(one, other))


def _whole(one: str, other: str) -> Iterator[Run]:
    """The one run of two texts one of which is in the other."""
    if (at := one.find(other)) >= 0:
        yield Run(at, 0, len(other))
    elif (at := other.find(one)) >= 0:
        yield Run(0, at, len(one))


def folded(text: str) -> str:
    """The text in lower case, letter by letter: as long as it was."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _runs(one: str, other: str) -> Iterator[Run]:
    here = there = misses = 0
    mine, others = Places(one), Places(other)
    while here < len(one) and there < len(other):
        length = _alike(one, here, other, there)
        if length:
            yield Run(here, there, length)
            here, there = here + length, there + length
            continue
        found = _next(mine, here, others, there)
        misses += found is None
        if misses > _MISSES:
            return
        here, there = found or (here + 1, there + 1)


def _alike(one: str, here: int, other: str, there: int) -> int:
    """How many characters agree from two places on: tried in steps that grow until one fails, then shrink."""
    length, size, grows = 0, 64, True
    while size:
        piece = one[here + length : here + length + size]
        if piece and piece == other[there + length : there + length + size]:
            length += len(piece)
            size = size * 2 if grows else size // 2
        else:
            grows = False
            size //= 2
    return length


def _next(one: Places, here: int, other: Places, there: int) -> tuple[int, int] | None:
    """The next two places that agree; of several those that leave out least.

    The last few letters of a text are no probe of a larger size: they would be found before what stands ahead of them.
    """
    ahead = min(_AHEAD, max(len(one.text) - here, len(other.text) - there))
    for size in _PROBES:
        least = size if size > _PROBES[-1] else 1
        for skipped in range(ahead):
            places: list[tuple[int, int]] = []
            probe = other.text[there + skipped : there + skipped + size]
            if len(probe) >= least and (at := one.find(probe, here)) >= 0:
                places.append((at, there + skipped))
            probe = one.text[here + skipped : here + skipped + size]
            if len(probe) >= least and (at := other.find(probe, there)) >= 0:
                places.append((here + skipped, at))
            if places:
                return min(places, key=sum)
    return None


def align_sparing(one: str, spare: Sequence[tuple[int, int]], other: str) -> list[Run]:
    """The same where stretches of `one`, in order, may well have nothing in `other`: they get what the rest leaves.

    >>> align_sparing("goahttpbcab", [(3, 8)], "goacab")
    [Run(here=0, there=0, length=3), Run(here=8, there=3, length=3)]
    """
    if not spare or one == other:
        return align(one, other)
    firm = pieces(without(Run(0, 0, len(one)), spare))
    text = _said(one, firm)
    if text != other and (at := one.find(other)) >= 0 and _leave_out(spare, at, at + len(other), len(one)):
        return [Run(at, 0, len(other))]
    runs = compose(firm, align(text, other))
    left = pieces(Run(low, 0, high - low) for low, high in gaps(turned(runs), len(other)))
    loose = pieces(Run(low, 0, high - low) for low, high in spare)
    more = compose(loose, align(_said(one, loose), _said(other, left)))
    return sorted((*runs, *compose(more, turned(left))))


def _leave_out(spare: Sequence[tuple[int, int]], start: int, end: int, length: int) -> bool:
    """Whether all before and after a stretch may be left out."""
    around = (Run(0, 0, start), Run(end, 0, length - end))
    return not any(left.length for each in around if each.length for left in without(each, spare))


def pieces(stretches: Iterable[Run]) -> list[Run]:
    """Stretches of a text, and where each is in the text that they are when put together."""
    found: list[Run] = []
    length = 0
    for run in stretches:
        if run.length > 0:
            found.append(Run(run.here, length, run.length))
            length += run.length
    return found


def _said(text: str, runs: Iterable[Run]) -> str:
    return "".join(text[run.here : run.here + run.length] for run in runs)


def turned(runs: Iterable[Run]) -> list[Run]:
    """The mapping the other way."""
    return sorted(Run(run.there, run.here, run.length) for run in runs)


def compose(first: Iterable[Run], second: Sequence[Run]) -> list[Run]:
    """What a mapping leads to through another one, which is in the order of the text between them.

    >>> compose([Run(10, 0, 5)], [Run(0, 7, 2), Run(3, 9, 9)])
    [Run(here=10, there=7, length=2), Run(here=13, there=9, length=2)]
    """
    found: list[Run] = []
    at = 0
    for run in sorted(first, key=_THERE):
        end = run.there + run.length
        while at < len(second) and second[at].here + second[at].length <= run.there:
            at += 1
        ahead = at
        while ahead < len(second) and second[ahead].here < end:
            other = second[ahead]
            low, high = max(run.there, other.here), min(end, other.here + other.length)
            found.append(Run(run.here + low - run.there, other.there + low - other.here, high - low))
            ahead += 1
        at = max(at, ahead - 1)
    return sorted(found)


def without(run: Run, taken: Sequence[tuple[int, int]]) -> Iterator[Run]:
    """What is left of a run when stretches ``[start, end)`` of its `here`, in order and apart, are taken out of it.

    >>> list(without(Run(0, 0, 9), [(2, 3), (5, 20)]))
    [Run(here=0, there=0, length=2), Run(here=3, there=3, length=2)]
    """
    at, end = run.here, run.here + run.length
    for number in range(max(bisect_right(taken, at, key=_LOW) - 1, 0), len(taken)):
        low, high = taken[number]
        if low >= end:
            break
        if low > at:
            yield Run(at, run.there + at - run.here, min(low, end) - at)
        at = max(at, high)
    if at < end:
        yield Run(at, run.there + at - run.here, end - at)


def gaps(runs: Iterable[Run], length: int) -> Iterator[tuple[int, int]]:
    """The stretches of the first text, which has `length` characters, that are in no run."""
    at = 0
    for run in runs:
        if run.here > at:
            yield at, run.here
        at = max(at, run.here + run.length)
    if at < length:
        yield at, length
