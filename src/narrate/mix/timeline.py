"""Where everything is heard: one pass over the surveys of the takes in order, none of which is kept."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from narrate.errors import MixError
from narrate.mix.bed import bed_hops
from narrate.mix.chapters import Opening, chapters
from narrate.mix.cues import Captions, Spoken
from narrate.mix.layout import Layout, Sounding
from narrate.mix.measure import Meter
from narrate.mix.plan import Step, plan
from narrate.mix.render import music_level, music_of
from narrate.mix.strip import at_output_rate
from narrate.model import (
    FRAME_SAMPLES,
    RATE_HZ,
    Margin,
    Master,
    MusicPart,
    Placed,
    Timeline,
    WordTime,
    ms_to_samples,
    samples_to_ms,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from narrate.mix.score import Score
    from narrate.mix.survey import Survey
    from narrate.model import Loudness, Pauses, Script, Unit, Voice

_NO_MARGINS: Mapping[str, Margin] = MappingProxyType({})
_LAST_WORD_SAMPLES = ms_to_samples(400)
_LONGEST_LAST_WORD_SAMPLES = ms_to_samples(800)


def lay_out(  # noqa: PLR0913, PLR0917 - the pipeline hands in everything a mix depends on
    script: Script,
    surveys: Sequence[Survey],
    voices: Sequence[Voice],
    score: Score,
    loudness: Loudness,
    pauses: Pauses,
    margins: Mapping[str, Margin] = _NO_MARGINS,
) -> Timeline:
    """The timeline of a script whose i-th spoken utterance is the take of ``surveys[i]``, spoken by ``voices[i]``.

    `margins` are those of the formats it is made for, by their names. Each survey is asked for once, in order,
    and none is kept. Raises MixError where there is nothing to be heard.
    """
    desk = _Desk(score, loudness, pauses, margins)
    for index, step in enumerate(plan(script)):
        desk.add(step, index, surveys[index], voices[index])
    return desk.timeline()


class _Desk:
    """The parts of a timeline in the making, and what goes into each from every take."""

    def __init__(self, score: Score, loudness: Loudness, pauses: Pauses, margins: Mapping[str, Margin]) -> None:
        self._score, self._loudness, self._pauses, self._margins = score, loudness, pauses, margins
        self._layout = Layout(score)
        self._meter = Meter(loudness, score.channels)
        self._captions = Captions()
        self._placed: list[Placed] = []
        self._openings: list[tuple[int, str, str]] = []
        self._with_outro = False

    def add(self, step: Step, index: int, take: Survey, voice: Voice) -> None:
        """Lay one utterance: the music before it, its take, the outro under it."""
        if step.before is MusicPart.INTRO:
            self._layout.intro()
        elif step.before is MusicPart.STING:
            self._layout.sting(self._pauses.heading)
        sounding = _sounding(take)
        start = self._layout.take(sounding, step.pause_ms, opening=step.opening)
        span = take.span
        placed = Placed(index, start, span.start, span.end, take.rate_hz, voice.level_db, take.digest)
        self._placed.append(placed)
        self._meter.add_speech(take, start)
        words = tuple(_on_timeline(word, placed) for word in take.words)
        end = start + sounding.length
        self._captions.add(Spoken(step.segment, step.utterance, voice, start, end, words))
        if step.chapter:
            self._openings.append((index, step.chapter, step.segment.id))
        self._with_outro = step.outro and self._layout.outro(start, sounding, step.pause_ms)

    def timeline(self) -> Timeline:
        """What was laid, with the gain solved and the music measured."""
        if not self._placed:
            raise MixError("the script has nothing to speak: every segment is skipped or empty")
        self._captions.end()
        self._layout.finish(with_music=self._with_outro)
        self._measure_music()
        timeline = Timeline(
            units=tuple(self._layout.units),
            placed=tuple(self._placed),
            chapters=(),
            cues=tuple(self._captions.cues),
            gain_db=self._meter.gain_db(),
            ceiling_dbtp=self._loudness.ceiling_dbtp,
            target_lufs=self._loudness.target_lufs,
            masters=tuple(self._master(form, margin) for form, margin in self._margins.items()),
            channels=self._score.channels,
        )
        return replace(timeline, chapters=chapters(self._chapter_openings(), timeline.duration_ms))

    def _master(self, form: str, margin: Margin) -> Master:
        if any(unit.runs_on for unit in self._layout.units):
            margin = margin.under_a_bed()
        ceiling_dbtp = round(self._loudness.ceiling_dbtp - margin.headroom_db, 2)
        return Master(form, self._meter.gain_db(margin), margin.trim_db, ceiling_dbtp)

    def _measure_music(self) -> None:
        for unit in self._layout.units:
            if unit.music:
                self._measure_unit(unit)

    def _measure_unit(self, unit: Unit) -> None:
        start, length = unit.start_frames * FRAME_SAMPLES, unit.frames * FRAME_SAMPLES
        target_lufs = self._loudness.target_lufs
        beds = [placed for placed in unit.music if placed.part is MusicPart.BED]
        for placed in beds:
            first, hops = bed_hops(placed, self._score.pieces[placed.part], start, length)
            self._meter.add_hops(first, hops * np.float32(music_level(placed.part, target_lufs) ** 2))
        others = tuple(placed for placed in unit.music if placed not in beds)
        if others:
            self._meter.add_music(start, music_of(others, start, length, self._score, target_lufs))

    def _chapter_openings(self) -> list[Opening]:
        """Chapters begin with the unit of the take that opens them; with the take, where others are before it there."""
        begins = {
            unit.first: unit.start_frames * FRAME_SAMPLES for unit in self._layout.units if unit.last > unit.first
        }
        return [
            Opening(samples_to_ms(begins.get(index, self._placed[index].start_samples)), title, segment)
            for index, title, segment in self._openings
        ]


def _sounding(take: Survey) -> Sounding:
    """The span on the timeline's own scale, and where its last word begins: from the engine, or near its end."""
    span, rate_hz = take.span, take.rate_hz
    first, last, length = (at_output_rate(place - span.start, rate_hz) for place in (span.first, span.last, span.end))
    begins = last - _LAST_WORD_SAMPLES
    if take.words:
        begins = at_output_rate(take.words[-1].start_samples - span.start, rate_hz)
    last_word = min(max(begins, first, last - _LONGEST_LAST_WORD_SAMPLES), last)
    return Sounding(first, last, length, last_word)


def _on_timeline(word: WordTime, placed: Placed) -> WordTime:
    """A word's times on the timeline, inside what is kept of its take."""
    kept = placed.trim_end - placed.trim_start
    start, end = (
        placed.start_samples + round(min(max(at - placed.trim_start, 0), kept) * RATE_HZ / placed.rate_hz)
        for at in (word.start_samples, word.end_samples)
    )
    return WordTime(start, end, word.spoken_start, word.spoken_end, word.estimated)  # `replace` takes ten times as long
