"""Foreign words that the voice which has to read them has no sounds for: that they are there is said instead."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from narrate.script.spoken import respoken
from narrate.script.wording import wording_for
from narrate.speech import same_language, unsayable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from narrate.model import Script, Utterance, Voice


def announced(script: Script, voices: Sequence[Voice]) -> Script:
    """The script with that said for them; `voices` are those of ``script.spoken()``.

    What is in the script's own language stays: an episode of nothing else is none, and `perform` says why.
    """
    cast = iter(voices)

    def said(utterance: Utterance, voice: Voice) -> Utterance:
        if same_language(utterance.language, script.language) or not unsayable(utterance.spoken, voice.language):
            return utterance
        end = utterance.spoken.rstrip()[-1]
        return respoken(utterance, wording_for(voice.language).another_script + (end if end in ".,;:?!" else ""))

    segments = (
        segment
        if segment.skip
        else replace(segment, utterances=tuple(said(each, next(cast)) for each in segment.utterances))
        for segment in script.segments
    )
    return replace(script, segments=tuple(segments))
