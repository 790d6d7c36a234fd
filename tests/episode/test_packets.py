"""Packets of codecs with frames of their own: kept whole, put where the timeline says, counted right."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.episode.formats.mp4 import GRID as AAC
from narrate.episode.formats.opus import GRID as OPUS
from narrate.episode.formats.packets import Grid, joined, packed, unpacked
from narrate.errors import EpisodeError
from narrate.model import FRAME_SAMPLES, RATE_HZ, Timeline, Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

GRIDS = st.sampled_from((AAC, OPUS))
LENGTHS = st.lists(st.tuples(st.integers(1, 400), st.booleans()), min_size=1, max_size=30)


def laid(lengths: Sequence[tuple[int, bool]]) -> Timeline:
    """Units of so many frames, some of which the next runs on from."""
    units, at = list[Unit](), 0
    for index, (frames, runs_on) in enumerate(lengths):
        units.append(Unit(at, frames, index, index + 1, runs_on=bool(runs_on and index)))
        at += frames
    return Timeline(tuple(units), (), (), (), 0.0, -1.0, -16.0)


def kept(timeline: Timeline, grid: Grid) -> list[bytes]:
    """Its units, each of packets that say which unit and which packet they are."""
    units = []
    for run in timeline.runs():
        shares = grid.shares([timeline.units[index].frames for index in run])
        units += [
            packed([b"%d,%d" % (index, n) for n in range(share)]) for index, share in zip(run, shares, strict=True)
        ]
    return units


class TestKept:
    """Packets as bytes."""

    @given(st.lists(st.binary(min_size=1, max_size=1500), min_size=1, max_size=20))
    def test_come_back_as_they_were(self, packets: list[bytes]) -> None:
        """Packing has an inverse."""
        assert list(unpacked(packed(packets)).each()) == packets

    @given(st.lists(st.binary(min_size=1, max_size=40), min_size=1, max_size=9), st.data())
    def test_what_is_cut_is_noticed(self, packets: list[bytes], data: st.DataObject) -> None:
        """A truncated unit is a sentence about the cache, never less sound."""
        whole = packed(packets)
        cut = whole[: data.draw(st.integers(0, len(whole) - 1))]

        with pytest.raises(EpisodeError, match="narrate cache clear"):
            unpacked(cut)

    @given(st.lists(st.binary(min_size=1, max_size=40), min_size=1, max_size=9), st.data())
    def test_the_first_few(self, packets: list[bytes], data: st.DataObject) -> None:
        """As many as are asked for, from the first on."""
        count = data.draw(st.integers(0, len(packets)))

        assert list(unpacked(packed(packets)).first(count).each()) == packets[:count]


class TestGrid:
    """Where units are put."""

    @given(GRIDS, st.integers(0, 10_000_000))
    def test_a_place_is_half_a_frame_off_at_most(self, grid: Grid, frames: int) -> None:
        """Errors never add up: they are of the place alone."""
        exact = frames * FRAME_SAMPLES * grid.rate_hz

        assert abs(grid.at(frames) * grid.frame_samples * RATE_HZ - exact) * 2 <= grid.frame_samples * RATE_HZ

    @given(GRIDS, LENGTHS)
    def test_a_file_has_its_packets_and_each_unit_its_place(self, grid: Grid, lengths: list[tuple[int, bool]]) -> None:
        """Of each run the packets from its first on, so many that the next begins at its own place."""
        timeline = laid(lengths)

        given_out = [list(packets.each()) for packets in joined(kept(timeline, grid), timeline, grid)]

        at = 0
        for run in timeline.runs():
            assert at == grid.at(timeline.units[run[0]].start_frames)
            for index in run:
                packets = given_out[index]
                assert packets == [b"%d,%d" % (index, n) for n in range(len(packets))]
                at += len(packets)
        assert at == grid.whole(timeline.frames)

    @given(GRIDS, LENGTHS)
    def test_all_of_a_file_is_heard(self, grid: Grid, lengths: list[tuple[int, bool]]) -> None:
        """Its packets decode to its last sample, late as they are, and none is for nothing."""
        frames = laid(lengths).frames
        spare = grid.whole(frames) * grid.frame_samples - grid.late_samples - grid.samples(frames)

        assert 0 <= spare < grid.frame_samples

    @given(GRIDS, LENGTHS)
    def test_a_run_is_kept_whole(self, grid: Grid, lengths: list[tuple[int, bool]]) -> None:
        """Within a run no packet is left out, so that music goes on through it."""
        timeline = laid(lengths)
        units = kept(timeline, grid)

        given_out = list(joined(units, timeline, grid))

        for run in timeline.runs():
            for index in run[:-1]:
                assert packed(list(given_out[index].each())) == units[index]


def test_units_must_fit_the_timeline(timeline_of: Callable[[Sequence[int]], Timeline]) -> None:
    """One too few, one too many, others' places, a damaged one: no file that lies about its times."""
    timeline = timeline_of([20, 30, 40])
    good = kept(timeline, AAC)
    wrong = [good[:-1], [*good, good[0]], [good[1], good[0], good[2]], [good[0][:-1], *good[1:]], [b"", *good[1:]]]

    for units in wrong:
        with pytest.raises(EpisodeError, match="encoded sound"):
            list(joined(units, timeline, AAC))


def test_a_run_is_not_taken_for_single_units(timeline_of: Callable[[Sequence[int]], Timeline]) -> None:
    """What was encoded in one go is not joined as if each stood alone."""
    alone = timeline_of([20, 30])
    first, second = alone.units
    running = replace(alone, units=(first, replace(second, runs_on=True)))

    with pytest.raises(EpisodeError, match="does not fit"):
        list(joined(kept(running, AAC), alone, AAC))
