"""An utterance in two, and the takes of both in one: the last that is tried with a sentence that fails whole."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from narrate.errors import TakeError
from narrate.model import Clip, Take
from narrate.speech.levels import levels_of
from narrate.speech.text import is_speakable

if TYPE_CHECKING:
    from narrate.model import Utterance, WordTime

_CLAUSE = re.compile(r"(?<=[,;:—–،、，；：])\s*(?=\S)")
_SPACE = re.compile(r"\s+")
_MIDDLE = 0.25
"""A clause ends near the middle if that is no further from it than this part of the text."""
_PAUSE_MS = 150
_LEAD_MS, _TAIL_MS = 10, 30
"""Air that is kept round the sound of each half."""


def halves_of(utterance: Utterance) -> tuple[Utterance, Utterance] | None:
    """The two halves, at the end of a clause or else at a space, whichever is nearest the middle; None for one word.

    The second begins where the first ends. No word whose phonemes are given is parted. Emphasis is let go: it may be
    what an engine fails at.

    >>> from narrate.model import Utterance
    >>> [half.spoken for half in halves_of(Utterance("", "It rains, he said, in Redding.", "en"))]
    ['It rains, he said, ', 'in Redding.']
    """
    text = utterance.spoken
    middle = len(text) / 2
    clauses = [at for at in _cuts(utterance, _CLAUSE) if abs(at - middle) <= _MIDDLE * len(text)]
    cut = min(clauses or _cuts(utterance, _SPACE), key=lambda at: abs(at - middle), default=0)
    return (_part(utterance, 0, cut), _part(utterance, cut, len(text))) if cut else None


def joined(first: Take, second: Take, cut: int) -> Take:
    """Two takes as one, with a short silence between; the words of the second begin at character `cut`.

    Raises `TakeError` where they are of different rates.
    """
    if first.clip.rate_hz != second.clip.rate_hz:
        raise TakeError("its halves came back at different rates")
    rate_hz = first.clip.rate_hz
    end, start = _last(first), _first(second)
    gap = rate_hz * _PAUSE_MS // 1000
    pcm = b"".join((first.clip.pcm[: 2 * end], bytes(2 * gap), second.clip.pcm[2 * start :]))
    shift = end + gap - start
    words = (
        *(_within(word, end) for word in first.words),
        *(_moved(word, shift, end + gap, cut) for word in second.words),
    )
    return Take(Clip(pcm, rate_hz), words, first.fingerprint)


def _cuts(utterance: Utterance, pattern: re.Pattern[str]) -> list[int]:
    """Where it may be cut: both sides can be heard, and no word of given phonemes is parted."""
    text = utterance.spoken
    ends = [match.end() for match in pattern.finditer(text)]
    return [
        at
        for at in ends
        if is_speakable(text[:at])
        and is_speakable(text[at:])
        and not any(each.start < at < each.end for each in utterance.pronunciations)
    ]


def _part(utterance: Utterance, start: int, end: int) -> Utterance:
    given = tuple(
        replace(each, start=each.start - start, end=each.end - start)
        for each in utterance.pronunciations
        if start <= each.start and each.end <= end
    )
    text = utterance.spoken[start:end]
    return replace(utterance, written=text, spoken=text, words=(), pronunciations=given, emphasis=())


def _last(take: Take) -> int:
    """The sample after the last that is kept of a take."""
    levels = levels_of(take.clip)
    return min(levels.sound_end(0, levels.samples) + take.clip.rate_hz * _TAIL_MS // 1000, levels.samples)


def _first(take: Take) -> int:
    """The first sample that is kept of a take."""
    return max(levels_of(take.clip).first_sound - take.clip.rate_hz * _LEAD_MS // 1000, 0)


def _within(word: WordTime, end: int) -> WordTime:
    return replace(word, start_samples=min(word.start_samples, end), end_samples=min(word.end_samples, end))


def _moved(word: WordTime, shift: int, earliest: int, cut: int) -> WordTime:
    start, end = (max(at + shift, earliest) for at in (word.start_samples, word.end_samples))
    return replace(
        word,
        start_samples=start,
        end_samples=end,
        spoken_start=word.spoken_start + cut,
        spoken_end=word.spoken_end + cut,
    )
