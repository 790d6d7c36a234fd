"""What a script asks of the timeline, utterance by utterance, before any take is heard."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from narrate.model import MusicPart, Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from narrate.model import Script, Segment, Utterance

_AHEAD = frozenset({MusicPart.INTRO, MusicPart.STING})
"""What plays before the segment that it stands on."""

_OPENING = frozenset({Role.TITLE, Role.ANNOUNCEMENT})
"""What the intro may play on under, dipped; it is gone before anything else begins."""


@dataclass(frozen=True, slots=True)
class Step:
    """One utterance and what happens round it.

    `before` is the music that begins ahead of it, `outro` whether the outro begins
    under its last word. `opening` says that an intro may go on under it. `pause_ms` is the
    silence after it. `chapter` is the title of the chapter that it opens.
    """

    segment: Segment
    utterance: Utterance
    opening: bool
    pause_ms: int
    before: MusicPart | None = None
    outro: bool = False
    chapter: str | None = None


def plan(script: Script) -> Iterator[Step]:
    """The steps of a script, one for each of `Script.spoken`, in the same order.

    What a skipped segment would have begun, a chapter or music, begins with the next one that
    is heard, if that has none of its own; an outro comes after the last one that is.
    """
    chapter: str | None = None
    before: MusicPart | None = None
    opening = False
    heard = [segment for segment in script.segments if not segment.skip and segment.utterances]
    closing = _closing(script)
    for segment in script.segments:
        chapter = segment.chapter or chapter
        before = segment.music if segment.music in _AHEAD else before
        if segment.skip or not segment.utterances:
            continue
        opening = segment.role in _OPENING and (before is MusicPart.INTRO or (opening and before is None))
        outro = segment.music is MusicPart.OUTRO or (closing and segment is heard[-1])
        yield from _steps(segment, opening=opening, before=before, outro=outro, chapter=chapter)
        chapter = before = None


def _closing(script: Script) -> bool:
    """Whether a segment that is not heard asks for the outro."""
    unheard = (segment for segment in script.segments if segment.skip or not segment.utterances)
    return any(segment.music is MusicPart.OUTRO for segment in unheard)


def _steps(
    segment: Segment, *, opening: bool, before: MusicPart | None, outro: bool, chapter: str | None
) -> Iterator[Step]:
    last = len(segment.utterances) - 1
    for position, utterance in enumerate(segment.utterances):
        pause_ms = utterance.pause_ms + (segment.pause_ms if position == last else 0)
        if position:
            yield Step(segment, utterance, opening, pause_ms, outro=outro and position == last)
        else:
            yield Step(segment, utterance, opening, pause_ms, before, outro and position == last, chapter)
