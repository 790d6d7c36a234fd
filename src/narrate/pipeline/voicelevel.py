"""The level of a voice that is added: it speaks a fixed text, and what comes back is measured as it will be heard."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from narrate.errors import TakeError, VoiceError
from narrate.mix.calibrate import level_of
from narrate.mix.loudness import HOP_SAMPLES, energies, integrated
from narrate.model import Utterance
from narrate.speech import perform

if TYPE_CHECKING:
    from narrate.model import Clip, Voice
    from narrate.pipeline.tools import Tools

_PROSE = (
    "The river rises in the hills to the north, and for most of its way it is slow and brown. In spring it floods the"
    " meadows; in summer children swim in it. Nobody remembers who built the bridge."
)
_FIGURES = "1492, 1789, 1848, 1969, 2026. 12, 24, 60, 365. 1000, 2000, 3000."
"""For every other language: eSpeak has words for figures in all of them."""


def with_level(voice: Voice, tools: Tools) -> tuple[Voice, float]:
    """The voice with the level at which it is as loud as narrate's own, and its loudness in LUFS as it comes.

    It speaks for ten seconds. By that text Joe and eSpeak NG are within 0.5 LU of where the seed article has them.
    Raises `VoiceError` where it does not speak, or says nothing that can be heard.
    """
    english = voice.language.lower().partition("-")[0] in {"en", "und"}
    text = _PROSE if english else _FIGURES
    try:
        take = perform(Utterance(text, text, voice.language), voice, tools.engine(voice))
    except TakeError as reason:
        why = reason.__cause__ or reason  # without what to do about a sentence
        raise VoiceError(
            f"the voice '{voice.name}' was tried and does not speak ({why}); are its files whole, and of one voice?"
        ) from reason
    loudness = loudness_of(take.clip)
    if not np.isfinite(loudness):
        raise VoiceError(f"the voice '{voice.name}' was tried and is too faint to be measured; is its model whole?")
    return replace(voice, level_db=level_of([take.clip])), loudness


def loudness_of(clip: Clip) -> float:
    """Integrated loudness of a clip in LUFS (BS.1770-5), as it comes; -inf of silence, or of less than 400 ms."""
    sound = np.frombuffer(clip.pcm, "<i2").astype(np.float32) / np.float32(32_768)
    hop_samples = max(1, clip.rate_hz // 10)
    # A hop of another rate has fewer samples, and a sum of squares grows with their number.
    return integrated(energies(sound, hop_samples, clip.rate_hz) * (HOP_SAMPLES / hop_samples))
