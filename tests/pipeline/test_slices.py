"""Which episodes stand in which page: laws of positions."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from narrate.pipeline.slices import STEP, feed_name, page_name, slices_of

COUNTS = st.integers(0, 2_500)


@given(COUNTS, COUNTS)
def test_every_shown_episode_stands_in_one_page(count: int, first: int) -> None:
    """From the newest to the oldest that is shown, without a gap or a double; no page is empty, but of no episodes."""
    first = min(first, count)
    slices = slices_of(count, first)

    assert slices[0].end == count
    assert slices[-1].start == first
    assert [each.start for each in slices[:-1]] == [each.end for each in slices[1:]]
    assert all(each.start < each.end for each in slices) or count == first


@given(COUNTS, COUNTS)
def test_the_newest_page_has_one_to_two_hundred_of_many(count: int, first: int) -> None:
    """Fewer than 200 stand in one document; else the newest 100 to 199 in the first, at most 100 in each other."""
    first = min(first, count)
    newest, *older = slices_of(count, first)

    assert bool(older) == (count - first >= 2 * STEP)
    if older:
        assert STEP <= newest.end - newest.start < 2 * STEP
        assert all(each.end == each.number * STEP and each.end - each.start <= STEP for each in older)


@given(COUNTS, COUNTS)
def test_neighbours_know_each_other(count: int, first: int) -> None:
    """Each page's older one has it as its newer one; the newest knows the last."""
    slices = slices_of(count, min(first, count))

    for newer, older in pairwise(slices):
        assert (newer.older, older.newer) == (older.number, newer.number)
    assert (slices[0].newer, slices[-1].older) == (None, None)
    assert slices[0].oldest == slices[-1].number


@given(COUNTS)
def test_an_episode_more_changes_the_newest_page_alone(count: int) -> None:
    """Every hundredth time there is a new page, and the one before it learns of it; all others stay."""
    before = {each.number: each for each in slices_of(count)}
    after = {each.number: each for each in slices_of(count + 1)}
    touched = {number for number, each in after.items() if before.get(number) != each}

    rolled = len(after) - len(before)
    assert touched <= ({0, len(after) - 1, len(after) - 2} if rolled else {0})
    assert rolled in {0, 1}


@given(COUNTS, st.integers(1, 2_500))
def test_old_episodes_leave_without_moving_others(count: int, first: int) -> None:
    """However many of the oldest are not shown: of the pages that stay, only the oldest has other episodes."""
    first = min(first, count)
    whole = {each.number: each for each in slices_of(count)}
    _, *older = slices_of(count, first)

    for each in older[:-1]:
        assert (whole[each.number].start, whole[each.number].end) == (each.start, each.end)


def test_names() -> None:
    """Page names sort as pages do, up to a million episodes."""
    names = [feed_name(number) for number in range(1, 10_000)]

    assert names == sorted(names)
    assert (page_name(0), page_name(12)) == ("index.html", "index-0012.html")
