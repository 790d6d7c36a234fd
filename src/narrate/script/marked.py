"""What the marks of a block do to what is spoken: edits in offsets of its text, which the rows of the normaliser obey.

The normaliser sees the text as if a note's mark were not there: "1998¹" is a year, and a sentence may end before it.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from narrate.script.normalise import Edit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

_STAND_IN = "ʬʬʬ"
"""What stands for words that are said in another's place: letters that no language has and no row matches."""


@dataclass(frozen=True, slots=True)
class _Bare:
    """A text without what edits take away; `at` is where each character stands in the whole, and the whole's length."""

    text: str
    at: tuple[int, ...]
    others: frozenset[int]
    """Places in `text` of what stands for other words."""


def _bared(written: str, given: Sequence[Edit]) -> _Bare:
    pieces: list[str] = []
    at: list[int] = []
    others: set[int] = set()
    last = 0
    for edit in given:
        pieces.append(written[last : edit.start])
        at += range(last, edit.start)
        if edit.said and edit.end > edit.start:
            others.update(range(len(at), len(at) + len(_STAND_IN)))
            pieces.append(_STAND_IN)
            at += [edit.start] * len(_STAND_IN)
        last = max(last, edit.end)
    pieces.append(written[last:])
    return _Bare("".join(pieces), (*at, *range(last, len(written) + 1)), frozenset(others))


def woven(written: str, given: Sequence[Edit], rows: Callable[[str], list[Edit]]) -> list[Edit]:
    """The edits that are given, and those that `rows` makes of the text without what they take away.

    `given` are in order and do not overlap. One that stands inside what a row matches goes with it.

    >>> woven("In 1998² it", [Edit(7, 8, "")], lambda text: [Edit(3, 7, text[3:7][::-1])])
    [Edit(start=3, end=7, said='8991', rule=''), Edit(start=7, end=8, said='', rule='')]
    """
    if not given:
        return rows(written)
    bare = _bared(written, given)
    made = [
        row._replace(start=bare.at[row.start], end=bare.at[row.end - 1] + 1)
        for row in rows(bare.text)
        if row.end > row.start and not bare.others.intersection(range(row.start, row.end))
    ]
    left = list(given)
    for number, edit in enumerate(made):
        inside = [each for each in left if edit.start < each.start and each.end <= edit.end]
        left = [each for each in left if each not in inside]
        made[number] = edit._replace(said=edit.said + "".join(each.said for each in inside))
    return sorted(made + left)


def split_marked(text: str, given: Sequence[Edit], split: Callable[[str], list[str]]) -> list[tuple[int, int]]:
    """Where the pieces stand that `split` makes of a text without what is taken away; they follow on one another.

    >>> split_marked("One.1 Two.", [Edit(4, 5, "")], lambda text: [text[:5], text[5:]])
    [(0, 6), (6, 10)]
    """
    bare = _bared(text, given) if given else _Bare(text, tuple(range(len(text) + 1)), frozenset())
    ends: list[int] = []
    at = 0
    for piece in split(bare.text):
        at += len(piece)
        ends.append(bare.at[at])
    ends[-1:] = [len(text)]
    return [(start, end) for start, end in zip([0, *ends], ends, strict=False) if end > start]


def between(given: Sequence[Edit], start: int, end: int) -> tuple[Edit, ...]:
    """The edits of a stretch, in its own offsets. What is said in the place of more than it is said at the start.

    What is said between two characters goes with the first of them; before all of them, with the text's first stretch.

    >>> between([Edit(2, 9, "nine")], 0, 5), between([Edit(2, 9, "nine")], 5, 12)
    ((Edit(start=2, end=5, said='nine', rule=''),), (Edit(start=0, end=4, said='', rule=''),))
    """
    found: list[Edit] = []
    first = bisect_right(given, start or -1, key=lambda edit: edit.end)
    for edit in given[first : bisect_right(given, end, key=lambda edit: edit.start)]:
        touches = edit.start < end and start < edit.end
        inserted = edit.start == edit.end and (start < edit.end <= end or edit.end == start == 0)
        if touches or inserted:
            said = edit.said if start <= edit.start else ""
            found.append(Edit(max(edit.start, start) - start, min(edit.end, end) - start, said, edit.rule))
    return tuple(found)


def parted(given: Iterable[Edit], split: Callable[[str], list[str]]) -> tuple[Edit, ...]:
    """The edits, each that says what `split` makes several of as several: for a formula too long to be said at once.

    >>> parted([Edit(2, 9, "one two"), Edit(9, 10, "one two")], lambda said: [said[:4], said[4:]])[:2]
    (Edit(start=2, end=5, said='one ', rule=''), Edit(start=5, end=9, said='two', rule=''))
    """
    found: list[Edit] = []
    for edit in given:
        said = split(edit.said)
        size = edit.end - edit.start
        if len(said) > size:
            said = [*said[: size - 1], "".join(said[size - 1 :])] if size else [edit.said]
        ends = [edit.start + size * number // len(said) for number in range(len(said) + 1)]
        found += (
            edit._replace(start=start, end=end, said=each)
            for start, end, each in zip(ends, ends[1:], said, strict=False)
        )
    return tuple(found)


def moved(given: Iterable[Edit], by: int) -> tuple[Edit, ...]:
    """The edits of a text that `by` characters have come before."""
    return tuple(edit._replace(start=edit.start + by, end=edit.end + by) for edit in given)
