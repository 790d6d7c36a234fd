"""Sentences and words as written, and when they are heard."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from narrate.model import Cue, Role, Word, WordSpan, samples_to_ms

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from narrate.model import Segment, Utterance, Voice, WordTime

_TOKEN = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Spoken:
    """An utterance on the timeline: heard in ``[start, end)``, its words' times counted there too, all in samples."""

    segment: Segment
    utterance: Utterance
    voice: Voice
    start: int
    end: int
    words: tuple[WordTime, ...]


@dataclass(slots=True)
class Captions:
    """Cues in the making: utterances come in, a cue goes out for every sentence."""

    cues: list[Cue] = field(default_factory=list)
    _parts: list[Spoken] = field(default_factory=list)

    def add(self, spoken: Spoken) -> None:
        """Take up the next utterance; what is left of a sentence in another segment is a cue of its own."""
        if self._parts and self._parts[0].segment.id != spoken.segment.id:
            self.end()
        self._parts.append(spoken)
        if spoken.utterance.ends_sentence:
            self.end()

    def end(self) -> None:
        """Finish the sentence in hand, if there is one."""
        if self._parts:
            cue = _cue(self._parts)
            self._parts = []
            if cue.text:
                self.cues.append(cue)


def _cue(parts: Sequence[Spoken]) -> Cue:
    first = parts[0]
    start_ms, end_ms = samples_to_ms(first.start), samples_to_ms(parts[-1].end)
    return Cue(
        start_ms=start_ms,
        end_ms=end_ms,
        text="".join(part.utterance.written for part in parts).strip(),
        segment=first.segment.id,
        role=first.segment.role,
        voice=first.voice.name,
        language=first.utterance.language,
        words=tuple(_in_order((word for part in parts for word in words_of(part)), start_ms, end_ms)),
        added=first.segment.role is Role.ANNOUNCEMENT,
    )


def _in_order(words: Iterator[Word], start_ms: int, end_ms: int) -> Iterator[Word]:
    """The words, none beginning before the one ahead of it ends, and none outside the cue."""
    earliest = start_ms
    for word in words:
        start = min(max(word.start_ms, earliest), end_ms)
        end = min(max(word.end_ms, start), end_ms)
        earliest = end
        yield Word(start, end, word.text, word.estimated)  # `replace` takes ten times as long


def words_of(spoken: Spoken) -> tuple[Word, ...]:
    """The written words of an utterance with the times at which they are heard.

    A word's time is that of everything spoken for it. Where the engine tells none, it is shared out
    between its neighbours by length, and estimated.
    """
    utterance = spoken.utterance
    spans = utterance.words or _spans(utterance.written, utterance.spoken)
    texts = _texts(utterance.written, spans)
    times = [_time(span, spoken.words) for span in spans]
    return tuple(
        Word(samples_to_ms(start), samples_to_ms(end), text, estimated)
        for text, (start, end, estimated) in zip(texts, _filled(times, texts, spoken), strict=True)
        if text
    )


def _texts(written: str, spans: Sequence[WordSpan]) -> list[str]:
    """The text of each word with what clings to it; together they hold everything that is not white space.

    What stands between two words goes to the second after the last white space, to the first before it.
    """
    if not spans:
        return []
    cuts = [0]
    for before, after in pairwise(spans):
        between = written[before.written_end : after.written_start]
        kept = len(between.rstrip()) if between != between.rstrip() else _last_space(between)
        cuts.append(before.written_end + kept)
    cuts.append(len(written))
    return [written[start:end].strip() for start, end in pairwise(cuts)]


def _last_space(between: str) -> int:
    """Where the last white space of a text ends; the whole text where there is none.

    >>> _last_space(' ("'), _last_space("—")
    (1, 1)
    """
    return next((place for place in range(len(between), 0, -1) if between[place - 1].isspace()), len(between))


def _spans(written: str, spoken: str) -> tuple[WordSpan, ...]:
    """Words at white space, where nobody said which is which.

    They stand where they are written if the spoken text begins with the written one, at the word of the same
    number if there are as many, and else at the same part of the text.
    """
    tokens = [match.span() for match in _TOKEN.finditer(written)]
    if spoken.startswith(written.rstrip()):
        return tuple(WordSpan(*span, *span) for span in tokens)
    others = [match.span() for match in _TOKEN.finditer(spoken)]
    if len(others) != len(tokens):
        scale = len(spoken) / max(len(written), 1)
        others = [(int(start * scale), int(end * scale)) for start, end in tokens]
    return tuple(WordSpan(*span, *other) for span, other in zip(tokens, others, strict=True))


_Time = tuple[float, float, bool]


def _time(span: WordSpan, words: Sequence[WordTime]) -> _Time | None:
    """When a stretch of spoken text is heard, in samples; None where no time overlaps it.

    Where it begins or ends inside what the engine times as one word, that is divided by characters.
    """
    over = [word for word in words if word.spoken_start < span.spoken_end and word.spoken_end > span.spoken_start]
    if not over:
        return None
    first, last = over[0], over[-1]
    start = _inside(first, max(span.spoken_start, first.spoken_start))
    end = _inside(last, min(span.spoken_end, last.spoken_end))
    return start, end, any(word.estimated for word in over)


def _inside(word: WordTime, character: int) -> float:
    length = word.end_samples - word.start_samples
    part = (character - word.spoken_start) / (word.spoken_end - word.spoken_start)
    return word.start_samples + length * part


def _filled(times: Sequence[_Time | None], texts: Sequence[str], spoken: Spoken) -> Iterator[tuple[int, int, bool]]:
    """The times, in whole samples; those that are missing are shared out between their neighbours by length of text."""
    at: float = spoken.start
    for place, time in enumerate(times):
        if time:
            start, end, estimated = time
        else:
            run = next((n for n, other in enumerate(times[place:]) if other), len(times) - place)
            following = times[place + run] if place + run < len(times) else None
            room = max((following[0] if following else spoken.end) - at, 0)
            letters = sum(len(text) for text in texts[place : place + run])
            start, estimated = at, True
            end = at + room * len(texts[place]) / max(letters, 1)
        at = max(at, end)
        yield round(start), round(end), estimated
