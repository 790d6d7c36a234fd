"""The tone engine: a beep a word. It is the documented fake, deterministic and close to free."""

from __future__ import annotations

import math
from array import array
from functools import cache
from typing import TYPE_CHECKING
from zlib import crc32

from narrate.model import Clip, Take, Voice, WordTime
from narrate.speech.text import spoken_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from narrate.model import Utterance

RATE_HZ = 22_050
_PITCHES_HZ = (220, 247, 262, 294, 330, 349, 392, 440)
_AMPLITUDE = 3_900
"""Of 32,768: with the gaps an integrated loudness of −23 LUFS (libebur128, the seed article)."""
_RAMP_SAMPLES = 110
"""5 ms, so that a beep does not click."""
_STEP_SAMPLES = 220
"""Lengths are whole steps of 10 ms, so that few beeps are ever computed."""
_EDGE_STEPS = 5
"""Silence before the first word and after the last."""
_LETTERS_A_WORD = 5


class ToneEngine:
    """Beeps of a word's length, one for each word, with the exact times of all of them.

    The rate is kept to a hundredth on the average of English (five letters a word); the
    pitch of a beep follows from its word and from the voice's pitch.
    """

    name = "tone"
    concurrency = 0

    def fingerprint(self, voice: Voice) -> str:
        """Its version; the voice does not matter.

        >>> ToneEngine().fingerprint(ToneEngine().voices()[0])
        'tone 1'
        """
        del voice
        return "tone 1"

    def speak(self, utterance: Utterance, voice: Voice) -> Take:
        """A beep for every word, a tenth of its time silent; a text without words gives an empty clip."""
        parts: list[bytes] = []
        words: list[WordTime] = []
        at = _EDGE_STEPS
        for start, end in spoken_words(utterance.spoken):
            steps = _steps(end - start, voice.rate_wpm)
            sounding = max(1, steps * 9 // 10)
            hz = _pitch_hz(utterance.spoken[start:end], voice.pitch)
            parts += (_beep(hz, sounding), _silence(steps - sounding))
            words.append(WordTime(at * _STEP_SAMPLES, (at + sounding) * _STEP_SAMPLES, start, end))
            at += steps
        edge = _silence(_EDGE_STEPS)
        pcm = b"".join((edge, *parts, edge)) if words else b""
        return Take(Clip(pcm, RATE_HZ), tuple(words), self.fingerprint(voice))

    def voices(self) -> Sequence[Voice]:
        """The one voice it has; it speaks every language alike."""
        label = "Tone, a beep a word"
        return (Voice("tone", self.name, "beep", "und", label=label, quality="beeps", rate_hz=RATE_HZ),)

    def close(self) -> None:
        """Nothing to give back."""


def _steps(letters: int, rate_wpm: int) -> int:
    """Steps of 10 ms for a word; half of its time is the same for all words, so that short ones can be told apart."""
    return max(2, round(6_000 / rate_wpm * (letters + _LETTERS_A_WORD) / (2 * _LETTERS_A_WORD)))


def _pitch_hz(word: str, pitch: int) -> int:
    return round(_PITCHES_HZ[crc32(word.encode()) % len(_PITCHES_HZ)] * 2 ** ((pitch - 50) / 50))


@cache
def _silence(steps: int) -> bytes:
    return bytes(2 * steps * _STEP_SAMPLES)


@cache
def _beep(hz: int, steps: int) -> bytes:
    samples = steps * _STEP_SAMPLES
    turn = 2 * math.pi * hz / RATE_HZ
    wave = array("h", (round(_envelope(i, samples) * math.sin(turn * i)) for i in range(samples)))
    return wave.tobytes()


def _envelope(i: int, samples: int) -> float:
    return _AMPLITUDE * min(1.0, i / _RAMP_SAMPLES, (samples - 1 - i) / _RAMP_SAMPLES)
