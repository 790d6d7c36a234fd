"""Units in the making: where each take, piece of music and silence of a timeline goes."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from narrate.mix.bed import OUT_SAMPLES
from narrate.mix.dynamics import BLOCK_SAMPLES
from narrate.mix.score import going_samples, on_ms
from narrate.model import FRAME_SAMPLES, MusicPart, PlacedMusic, Unit, ms_to_samples

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from narrate.mix.score import Score

SILENT_TAIL_SAMPLES = 3_072
"""Digital silence at the end of a unit: an MP3 encoder and decoder delay by 1,105 samples; AAC and Opus, which begin a
unit with a packet of silence, by up to 3,072 and 2,161 (docs/decisions/0024)."""

SILENCE_FRAMES = 192
"""A silence that is longer is made of units of this length (5 s), which are all the same."""

AIR_SAMPLES = ms_to_samples(10)
"""Every unit's first sound is heard this long after the unit begins; takes bring at most as much air of their own."""

_START_SAMPLES = ms_to_samples(150)
"""Silence before an episode that opens without music: some players swallow the first moment."""

_ALONE_SAMPLES = ms_to_samples(2_300)
"""How long the intro is heard before the first word."""

_CLEAR_SAMPLES = ms_to_samples(100)
"""Music is over this long before something follows that it must not be heard under."""

_STAY_DOWN_SAMPLES = ms_to_samples(2_500)
"""Music stays dipped in pauses shorter than this: it does not pump."""


_OVERLAP_SAMPLES = ms_to_samples(500)
"""How long a bed is still heard once the outro has begun."""


@dataclass(frozen=True, slots=True)
class Sounding:
    """A take, in samples from its start: where it is first and last heard, its end, and where its last word begins."""

    first: int
    last: int
    length: int
    last_word: int


@dataclass(slots=True)
class _Playing:
    """An intro or a bed while it plays: where it began, the speech it dips under so far, its end once that is known."""

    start: int
    duck: list[tuple[int, int]] = field(default_factory=list)
    end: int = 0

    def dip(self, start: int, end: int) -> None:
        """Dip under speech too, and stay down since the last where that is a short while ago."""
        if self.duck and start - self.duck[-1][1] < _STAY_DOWN_SAMPLES:
            start = self.duck.pop()[0]
        self.duck.append((start, end))


@dataclass(slots=True)
class Layout:
    """A timeline as far as it is laid; `next` is where the next sound should be heard first.

    A unit ends at the frame nearest to that, less the air before a sound; the pause is then counted anew from
    where the unit really begins. So a unit's length follows from what is in it alone, half a frame off at most: an edit
    leaves every other unit as it was, in the cache. `takes` are laid so far, `units` are closed. While a bed plays,
    units run on; what each has of it is known at the end.
    """

    score: Score
    next: int = _START_SAMPLES
    units: list[Unit] = field(default_factory=list)
    takes: int = 0
    _start_frames: int = 0
    _first: int = 0
    _end: int = 0
    _music: list[PlacedMusic] = field(default_factory=list)
    _intro: _Playing | None = None
    _bed: _Playing | None = None
    _beds: list[_Playing] = field(default_factory=list)
    _going: _Playing | None = None

    @property
    def _start(self) -> int:
        return self._start_frames * FRAME_SAMPLES

    @property
    def _empty(self) -> bool:
        return self._first == self.takes and not self._music and self._intro is None

    def intro(self) -> None:
        """Let the intro begin: alone for a while, then dipped under what is spoken on it."""
        length = self.score.length(MusicPart.INTRO)
        if not length:
            return
        self._end_bed(self.next - _CLEAR_SAMPLES)
        self._part()
        self._intro = _Playing(self._start)
        self.next = self._start + min(_ALONE_SAMPLES, length + _CLEAR_SAMPLES)

    def sting(self, pause_ms: int) -> None:
        """Play the sting by itself, and a pause after it."""
        length = self.score.length(MusicPart.STING)
        if not length:
            return
        self._end_bed(self.next - _CLEAR_SAMPLES)
        self._part()
        self._play(MusicPart.STING, self._start, length)
        self.next = self._start + length + ms_to_samples(pause_ms)

    def take(self, sounding: Sounding, pause_ms: int, *, opening: bool) -> int:
        """Lay a take and the pause after it; where its first sample is, on the grid of control blocks."""
        if not self._goes_on(opening=opening):
            self._close(self.next - AIR_SAMPLES)
        if not opening:
            self._begin_bed()
        begins = self._start + AIR_SAMPLES if self._start_frames and self._intro is None else self.next
        earliest = self._end if self._first < self.takes else self._start
        start = self._start + _on_grid(max(begins - sounding.first, earliest) - self._start)
        for playing in filter(None, (self._intro, self._bed)):
            playing.dip(start + sounding.first, start + sounding.last)
        self.takes += 1
        self._end = max(self._end, start + sounding.length)
        self.next = start + sounding.last + ms_to_samples(pause_ms)
        return start

    def outro(self, start: int, sounding: Sounding, pause_ms: int) -> bool:
        """Let the outro begin under the last word of the take that was just laid at `start`; whether there is one."""
        length = self.score.length(MusicPart.OUTRO)
        if not length:
            return False
        begins = self._start + on_ms(start + sounding.last_word - self._start)
        self._end_intro(begins)
        self._end_bed(begins + min(_OVERLAP_SAMPLES, length))
        self._play(MusicPart.OUTRO, begins, length, ((start + sounding.first, start + sounding.last),))
        self.next = begins + length + ms_to_samples(pause_ms)
        return True

    def finish(self, *, with_music: bool) -> None:
        """Close the last unit: right after the music, or after the last pause; and let each unit have its bed."""
        self._end_bed(self._end + OUT_SAMPLES)
        self._close(self._end if with_music else self.next)
        self.units = list(self._with_beds())

    def _goes_on(self, *, opening: bool) -> bool:
        """Whether the next take belongs to the open unit: the intro goes on under it, or nothing is there."""
        if self._intro is None:
            return self._empty
        return opening and self.next < self._intro.start + self.score.length(MusicPart.INTRO)

    def _part(self) -> None:
        """Close the open unit, if it holds anything, where the next sound may begin."""
        if not self._empty:
            self._close(self.next)

    def _close(self, at: int) -> None:
        """Close the open unit at the frame nearest to a sample, or as soon after it as its silence allows."""
        nearest = max(_nearest_frame(at), self._start_frames + 1)
        self._end_intro(nearest * FRAME_SAMPLES)
        # Under a bed no unit ends in silence; a limiter's last turn is over before the next one begins.
        tail = SILENT_TAIL_SAMPLES if self._bed is None else AIR_SAMPLES
        least = max(-(-(self._end + tail) // FRAME_SAMPLES), self._start_frames + 1)
        end = max(nearest, least)
        own_end = end - (end - least) // SILENCE_FRAMES * SILENCE_FRAMES
        frames = own_end - self._start_frames
        self.units.append(Unit(self._start_frames, frames, self._first, self.takes, tuple(self._music)))
        for start in range(own_end, end, SILENCE_FRAMES):
            self.units.append(Unit(start, SILENCE_FRAMES, self.takes, self.takes))
        self._start_frames, self._first, self._music = end, self.takes, []

    def _end_intro(self, at: int) -> None:
        """Let the intro, if it plays, be over a little before a sample."""
        if self._intro is None:
            return
        intro, self._intro = self._intro, None
        length = min(self.score.length(MusicPart.INTRO), at - _CLEAR_SAMPLES - intro.start)
        if length > 0:
            self._play(MusicPart.INTRO, intro.start, length, tuple(intro.duck))
            self._going = _Playing(intro.start + length - going_samples(MusicPart.INTRO, length), intro.duck)

    def _begin_bed(self) -> None:
        """Let a bed begin, unless it plays: while the intro goes that the unit before ended with, or with this unit."""
        if self._bed is not None or MusicPart.BED not in self.score.pieces:
            return
        before = self.units[-1].start_frames * FRAME_SAMPLES if self.units else 0
        going = self._going if self._going is not None and self._going.start >= before else None
        self._bed = _Playing(self._start) if going is None else _Playing(going.start, list(going.duck))

    def _end_bed(self, at: int) -> None:
        """Let the bed, if one plays, be over at a sample, but not before the open unit runs on from the one before."""
        if self._bed is None:
            return
        bed, self._bed = self._bed, None
        bed.end = max(at, self._start + AIR_SAMPLES)
        self._beds.append(bed)
        self._end = max(self._end, bed.end)

    def _with_beds(self) -> Iterator[Unit]:
        """The units with the beds that are heard in them; one that a bed goes on in runs on from the one before."""
        for unit in self.units:
            start, end = unit.start_frames * FRAME_SAMPLES, (unit.start_frames + unit.frames) * FRAME_SAMPLES
            beds = [bed for bed in self._beds if bed.start < end and start < bed.end]
            music = (*unit.music, *(self._bed_in(start, end, bed) for bed in beds))
            yield replace(unit, music=music, runs_on=any(bed.start < start for bed in beds)) if beds else unit

    def _bed_in(self, start: int, end: int, bed: _Playing) -> PlacedMusic:
        """A bed as a unit has it, with the speech in the unit, and the last before and the first after it."""
        digest = self.score.pieces[MusicPart.BED].digest
        return PlacedMusic(MusicPart.BED, bed.start, bed.end - bed.start, digest, _near(bed.duck, start, end))

    def _play(self, part: MusicPart, start: int, length: int, duck: tuple[tuple[int, int], ...] = ()) -> None:
        self._music.append(PlacedMusic(part, start, length, self.score.pieces[part].digest, duck))
        self._end = max(self._end, start + length)


def _near(spans: Sequence[tuple[int, int]], start: int, end: int) -> tuple[tuple[int, int], ...]:
    """The spans, in order, that a stretch touches, with one before and one after it.

    >>> _near([(0, 5), (10, 15), (20, 25), (30, 35)], 16, 18)
    ((10, 15), (20, 25))
    """
    first = bisect_right(spans, start, key=lambda span: span[1]) - 1
    last = bisect_left(spans, end, key=lambda span: span[0]) + 1
    return tuple(spans[max(0, first) : last])


def _nearest_frame(samples: int) -> int:
    """The frame boundary nearest to a sample.

    >>> _nearest_frame(575), _nearest_frame(576)
    (0, 1)
    """
    return (samples + FRAME_SAMPLES // 2) // FRAME_SAMPLES


def _on_grid(samples: int) -> int:
    """The control block that a sample lies in, or the next one, in samples.

    >>> _on_grid(48), _on_grid(49)
    (48, 96)
    """
    return -(-samples // BLOCK_SAMPLES) * BLOCK_SAMPLES
