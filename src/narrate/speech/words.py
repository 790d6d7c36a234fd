"""When each word is heard, from what an engine tells: its events or nothing.

Where it tells phonemes, `phonemes` does the same. All times are samples of the clip, in order,
inside it, never overlapping.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from narrate.model import WordTime
from narrate.speech.text import spoken_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from narrate.model import Clip
    from narrate.speech.levels import Levels

_PAUSE_FRAMES = 10
"""Silence of 100 ms is a pause; before a plosive there is less."""

Span = tuple[int, int]
Timed = tuple[int, int, bool]
"""Start and end in samples, and whether they were worked out from the text."""


def words_from_events(text: str, events: Iterable[Span], levels: Levels) -> tuple[WordTime, ...]:
    """Word times from ``(character, sample)`` events, one at the start of each sound.

    eSpeak has one event for "of the" and several for "12345": a word without an event of
    its own shares the time of the one before it by its letters, and only such a word is
    `estimated`; of several events in one word the first counts. A word ends where the next
    starts, or earlier where it falls silent.
    """
    spans = spoken_words(text)
    starts = _first_events(spans, events)
    if not starts:
        return words_from_text(text, levels)
    timed: list[Timed] = []
    at = 0
    for (first, opens), (last, closes) in pairwise([*starts.items(), (len(spans), levels.samples)]):
        start = min(max(at, opens), levels.samples)
        at = max(start, levels.sound_end(start, min(closes, levels.samples)))
        timed += share(spans[first:last], start, at)
    return _word_times(spans, timed)


def words_from_text(text: str, levels: Levels) -> tuple[WordTime, ...]:
    """Word times where the engine tells none: the sound, shared by letters; every word is `estimated`."""
    spans = spoken_words(text)
    shared = share(spans, levels.first_sound, levels.sound_end(levels.first_sound, levels.samples))
    return _word_times(spans, [(start, end, True) for start, end, _ in shared])


def estimated_words(text: str, clip: Clip) -> tuple[WordTime, ...]:
    """The same for an engine of somebody else's, which has a clip and no more."""
    from narrate.speech.levels import levels_of

    return words_from_text(text, levels_of(clip))


def within_sound(words: Iterable[WordTime], levels: Levels) -> tuple[WordTime, ...]:
    """The words without long silences at their ends, which are pauses that an engine counts as part of them."""
    least = levels.frame * _PAUSE_FRAMES
    return tuple(_within(word, levels, least) for word in words)


def _within(word: WordTime, levels: Levels, least: int) -> WordTime:
    start, end = word.start_samples, word.end_samples
    first, last = levels.sound_start(start, end), levels.sound_end(start, end)
    if first - start < least and end - last < least:
        return word
    return replace(
        word, start_samples=first if first - start >= least else start, end_samples=last if end - last >= least else end
    )


def share(spans: Sequence[Span], start: int, end: int) -> list[Timed]:
    """Share ``[start, end)`` among words by their letters; the first start is exact, the others are estimated.

    >>> share([(0, 2), (3, 6)], 0, 1000)
    [(0, 400, False), (400, 1000, True)]
    """
    total = sum(last - first for first, last in spans)
    timed: list[Timed] = []
    at = letters = 0
    for first, last in spans:
        letters += last - first
        until = (end - start) * letters // total
        timed.append((start + at, start + until, bool(timed)))
        at = until
    return timed


def _first_events(spans: Sequence[Span], events: Iterable[Span]) -> dict[int, int]:
    """The sample at which each word that has an event starts; word 0 always has one if any has.

    >>> _first_events([(0, 2), (3, 6), (7, 9)], [(0, 10), (7, 30), (0, 40)])
    {0: 10, 2: 30}
    """
    opens = [start for start, _ in spans]
    starts: dict[int, int] = {}
    latest = -1
    for character, sample in sorted(events, key=lambda event: event[1]):
        word = bisect_right(opens, character) - 1
        if word > latest and character < spans[word][1]:
            starts[word if starts else 0] = sample
            latest = word
    return starts


def _word_times(spans: Sequence[Span], timed: Sequence[Timed]) -> tuple[WordTime, ...]:
    return tuple(
        WordTime(start, end, first, last, estimated)
        for (first, last), (start, end, estimated) in zip(spans, timed, strict=True)
    )
