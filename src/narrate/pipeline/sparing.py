"""A script without the sentences that no voice could speak; a notice stands where each was."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from narrate.model import MusicPart, Role, Segment
from narrate.pipeline.order import LeftOut
from narrate.script import utter
from narrate.script.ids import mint_ids
from narrate.script.wording import said_in, wording_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from narrate.errors import TakeError
    from narrate.model import Script, Utterance


def spared(script: Script, refused: Mapping[int, TakeError]) -> tuple[Script, tuple[LeftOut, ...]]:
    """The script without the sentences of these utterances, by their positions in ``script.spoken()``, and what went.

    A sentence goes as a whole. Sentences in a row have one notice, which has the pause after them; the first part of a
    segment keeps its id, its chapter and its music, but an outro, which begins under the last.
    """
    at = 0
    segments: list[Segment] = []
    left: list[LeftOut] = []
    for segment in script.segments:
        if segment.skip:
            segments.append(segment)
            continue
        reasons = {n: refused[at + n] for n in range(len(segment.utterances)) if at + n in refused}
        first, at = at, at + len(segment.utterances)
        if not reasons:
            segments.append(segment)
            continue
        sentences = list(_sentences(segment.utterances, reasons))
        left += _left_out(segment, sentences, first)
        segments += _parts(segment, sentences, script.language)
    return replace(script, segments=mint_ids(segments)), tuple(left)


def _left_out(
    segment: Segment, sentences: Sequence[tuple[list[Utterance], TakeError | None]], number: int
) -> Iterator[LeftOut]:
    """The sentences that cannot be spoken, of a segment whose first utterance has this number."""
    for parts, reason in sentences:
        numbers = tuple(range(number, number + len(parts)))
        number += len(parts)
        if reason:
            yield LeftOut("".join(each.written for each in parts).strip(), segment.id, str(reason), numbers)


def _sentences(
    utterances: Sequence[Utterance], reasons: Mapping[int, TakeError]
) -> Iterator[tuple[list[Utterance], TakeError | None]]:
    """The utterances of each sentence, and why it cannot be spoken, if so."""
    parts: list[Utterance] = []
    reason: TakeError | None = None
    for number, utterance in enumerate(utterances):
        parts.append(utterance)
        reason = reason or reasons.get(number)
        if utterance.ends_sentence or number == len(utterances) - 1:
            yield parts, reason
            parts, reason = [], None


def _parts(
    segment: Segment, sentences: Sequence[tuple[list[Utterance], TakeError | None]], language: str
) -> list[Segment]:
    """The segment in parts: what is spoken, and notices."""
    runs = [
        (is_left_out, [utterance for parts, _ in run for utterance in parts])
        for is_left_out, run in groupby(sentences, key=lambda sentence: sentence[1] is not None)
    ]
    made = [
        _part(segment, utterances, language, notice=is_left_out, last=number == len(runs))
        for number, (is_left_out, utterances) in enumerate(runs, start=1)
    ]
    outro = segment.music is MusicPart.OUTRO
    made[0] = replace(made[0], id=segment.id, chapter=segment.chapter, music=None if outro else segment.music)
    if outro:
        made[-1] = replace(made[-1], music=segment.music)
    return made


def _part(segment: Segment, utterances: list[Utterance], language: str, *, notice: bool, last: bool) -> Segment:
    pause_ms = segment.pause_ms if last else utterances[-1].pause_ms
    bare = replace(segment, id="", chapter=None, music=None, pause_ms=pause_ms)
    if notice:
        words = utter(wording_for(language).unspoken, said_in(language), Role.ANNOUNCEMENT)
        return replace(bare, role=Role.ANNOUNCEMENT, utterances=(words,), level=0, voice=None)
    kept = utterances if last else [*utterances[:-1], replace(utterances[-1], pause_ms=0)]
    return replace(bare, utterances=tuple(kept))
