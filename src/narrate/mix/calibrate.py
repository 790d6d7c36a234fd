"""What a voice is to be raised by so that all voices are as loud as each other where they are heard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from narrate.mix.levels import GAIN_STEP_DB
from narrate.mix.loudness import energies, integrated
from narrate.mix.strip import heard, polished
from narrate.model import Placed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from narrate.model import Clip

COMMON_LUFS = -30.4
"""Integrated loudness of a voice after the compressor, before the gain of the episode: Joe's, whose raw takes come to
−23 LUFS with the level of his preset."""

_LIMIT_DB = 40.0
_ATTEMPTS = 8
_CLOSE_ENOUGH_LU = 0.01
_SLOPE = 0.38
"""Decibels heard of one decibel more, for speech at these levels: the compressor keeps the rest."""


def level_of(clips: Sequence[Clip]) -> float:
    """The level in decibels, in steps of 0.1 and from -40 to 40, at which these clips are as loud as voices are to be.

    It is measured as it is heard, after the compressor: two voices that are level before it are up to 0.7 LU
    apart behind it. 0 where nothing can be heard.
    """
    level_db = 0.0
    for _ in range(_ATTEMPTS):
        missing = COMMON_LUFS - loudness_at(clips, level_db)
        if not np.isfinite(missing):
            return 0.0
        level_db = float(np.clip(level_db + missing / _SLOPE, -_LIMIT_DB, _LIMIT_DB))
        if abs(missing) < _CLOSE_ENOUGH_LU:
            break
    return round(round(level_db / GAIN_STEP_DB) * GAIN_STEP_DB, 1)


def loudness_at(clips: Sequence[Clip], level_db: float) -> float:
    """Integrated loudness in LUFS of takes one after the other, after the compressor, with a level of the voice."""
    spans = [heard(clip) for clip in clips]
    sounds = [
        polished(clip, Placed(0, 0, span.start, span.end, clip.rate_hz, level_db, ""))
        for clip, span in zip(clips, spans, strict=True)
    ]
    return integrated(np.concatenate([energies(sound) for sound in sounds]))
