"""Places of letters are where a search finds them, and are found in a time that does not grow with how often."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from narrate.model import Block, BlockKind, Mark, MarkKind, Source
from narrate.model.diction import Policy
from narrate.script.coverage import places
from narrate.script.coverage.align import Run, align, align_sparing, without
from narrate.script.coverage.places import Places
from narrate.script.marks import edits_of

WINDOW = 7


@given(st.text("ab", max_size=40), st.text("ab", min_size=1, max_size=4), st.lists(st.integers(0, 40), max_size=6))
@example("aaaaaaab", "b", [0, 1])
def test_a_place_is_where_a_search_finds_it(text: str, probe: str, starts: list[int]) -> None:
    """As `str.find` in the window has it, whatever was asked before."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(places, "_WINDOW", WINDOW)
        found = Places(text)
        for start in sorted(starts):
            assert found.find(probe, start) == (text.find(probe, start, start + WINDOW) if start < len(text) else -1)


@given(st.integers(0, 30), st.integers(0, 30), st.lists(st.integers(0, 40), unique=True, max_size=10).map(sorted))
def test_what_is_left_is_what_is_not_taken(here: int, length: int, ends: list[int]) -> None:
    """Letter by letter."""
    taken = list(zip(ends[::2], ends[1::2], strict=False))

    left = [at for run in without(Run(here, 0, length), taken) for at in range(run.here, run.here + run.length)]

    assert left == [at for at in range(here, here + length) if not any(low <= at < high for low, high in taken)]


def test_thousands_of_differences_are_followed_in_seconds() -> None:
    """Every few letters something has nothing to stand for: the work is in proportion to the text."""
    started = time.process_time()

    spared = align_sparing("xampylt" * 15_000, [(at, at + 3) for at in range(1, 105_000, 7)], "xylt" * 15_000)
    found = align("breadamp" * 3000, "bread" * 3000)

    assert sum(run.length for run in spared) == 60_000
    assert sum(run.length for run in found) > 14_000
    assert time.process_time() - started < 10  # 0.6 s where nothing else runs; minutes where each search is anew


def test_ten_thousand_formulas_are_told_in_seconds() -> None:
    """Marks are laid beside each other in one go."""
    text = "x^2 y " * 10_000
    marks = tuple(Mark(MarkKind.MATH, at, at + 3) for at in range(0, len(text), 6))
    started = time.process_time()

    edits = edits_of(Block(BlockKind.PARAGRAPH, text, Source(0, len(text), 1), marks=marks), "en", Policy())

    assert len(edits) == 10_000
    assert time.process_time() - started < 10  # 0.5 s where nothing else runs
