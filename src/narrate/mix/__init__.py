"""Script and takes, surveyed, to a `Timeline`, and a timeline to samples, unit by unit.

``lay_out`` decides where everything is heard and how loud; ``render`` makes it sound. In the order of the flow::

    music    any audio file, or narrate's own `piece`       -> `Score`
    plan     script                                         -> steps, an utterance each
    strip    take                                           -> what is kept of it, levelled and evened out
    survey   take                                           -> what a timeline has to know of it
    layout   steps, kept lengths                            -> units, music, silences
    measure  surveys, music                                 -> the gain (through `loudness` and `dynamics`)
    cues, chapters                                          -> what captions and chapter lists are written from
    render   timeline, unit                                 -> the mix; the mix, master -> samples of a format
    verify   what an encoded unit or file decodes to        -> where it is too high, how loud it is
"""

from __future__ import annotations

from narrate.mix.music import load_music
from narrate.mix.render import Stems, mastered, render, render_unit, unit_digest
from narrate.mix.score import Piece, Score
from narrate.mix.survey import Survey, pack_survey, survey, survey_key, unpack_survey
from narrate.mix.timeline import lay_out
from narrate.mix.verify import measured, too_high

__all__ = [
    "Piece",
    "Score",
    "Stems",
    "Survey",
    "lay_out",
    "load_music",
    "mastered",
    "measured",
    "pack_survey",
    "render",
    "render_unit",
    "survey",
    "survey_key",
    "too_high",
    "unit_digest",
    "unpack_survey",
]
