"""Is a take what was asked for? No engine is trusted.

The bounds are wide. They were set after measuring 864 lines of odd text (numbers,
addresses, abbreviations) spoken by eSpeak, and are met by no take that is silent,
empty, cut in half, looping or for another text.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import numpy as np

from narrate.errors import TakeError
from narrate.model.alphabets import is_foreign
from narrate.speech.languages import primary
from narrate.speech.levels import SILENCE, Levels, levels_of

if TYPE_CHECKING:
    from narrate.model import Clip, Take, Utterance, Voice

_NATURAL_WPM = 175
_LETTERS_A_SECOND = 13
"""Of English at 175 words a minute, by eSpeak and by Piper alike."""
_SHORTEST, _LONGEST = 0.3, 3.0
"""Times the length that the letters suggest."""
_GRACE_S = 1.5
_FULL_SCALE = 32_766
_FULL_SHARE = 0.002
_LONGEST_SILENCE_S = 3.0
_CUT_SHARE = 0.35
"""Of the peak: a last 10 ms that is louder than this ends in the middle of a sound."""
_RATES_HZ = range(8_000, 192_001)

_LONG_CHARACTERS = {"Lu": 4, "Nd": 9, "Nl": 9, "No": 12, "Lo": 6, "So": 25, "Sc": 14, "Sm": 14}
"""How many letters one character may be spoken as, by category: capitals are spelled, digits named."""


_NAMED = 6
"""How many letters the name of one has; at most seven, "omicron" and "upsilon"."""


def check_take(take: Take, utterance: Utterance, voice: Voice) -> None:
    """Raise `TakeError` with the reason where a take cannot be used."""
    if take.clip.rate_hz not in _RATES_HZ or len(take.clip.pcm) % 2:
        raise TakeError(f"its sound is no 16-bit PCM of a usable rate ({take.clip.rate_hz} Hz)")
    levels = levels_of(take.clip)
    _has_sound(levels)
    _has_plausible_length(take.clip, levels, utterance.spoken, voice)
    _ends_in_silence(levels)
    if levels.peak >= _FULL_SCALE:
        _is_not_clipped(take.clip)
    _words_are_in_order(take, utterance.spoken)


def plausible_s(text: str, rate_wpm: int, language: str = "") -> tuple[float, float]:
    """The least and the greatest length in seconds of a text, silence at the edges not counted in the least.

    Letters that the voice's `language` is not written in may be named, one by one: "ο μικρόν" for a letter.

    >>> plausible_s("The dark web, a hidden part of the internet.", 175)
    (0.76, 10.5)
    >>> plausible_s("άνθρωποι", 175, "el"), plausible_s("άνθρωποι", 175, "en")
    ((0.16, 3.35), (0.16, 12.58))
    """
    pace = _LETTERS_A_SECOND * rate_wpm / _NATURAL_WPM
    letters = sum(map(str.isalnum, text))
    most = sum(_LONG_CHARACTERS.get(unicodedata.category(c), 1 if c.isalnum() else 0.2) for c in text)
    if language and not text.isascii():
        most += (_NAMED - 1) * sum(is_foreign(c, primary(language)) for c in text if c.islower())
    return round(_SHORTEST * max(0, letters - 1) / pace, 2), round(_GRACE_S + _LONGEST * most / pace, 2)


def _has_sound(levels: Levels) -> None:
    if levels.peak <= SILENCE:
        raise TakeError("it came back empty" if not levels.samples else "it came back silent")


def _has_plausible_length(clip: Clip, levels: Levels, text: str, voice: Voice) -> None:
    least_s, most_s = plausible_s(text, voice.rate_wpm, voice.language)
    sounding_s = (levels.sound_end(0, levels.samples) - levels.first_sound) / clip.rate_hz
    if sounding_s < least_s:
        raise TakeError(f"it came back cut short: {sounding_s:.1f} s, where at least {least_s:.1f} s were expected")
    length_s = levels.samples / clip.rate_hz
    if length_s > most_s:
        raise TakeError(f"it came back too long: {length_s:.1f} s, where at most {most_s:.1f} s were expected")
    silence_s = levels.longest_silence() / clip.rate_hz
    if silence_s > _LONGEST_SILENCE_S:
        raise TakeError(f"it came back with {silence_s:.1f} s of silence in it")


def _ends_in_silence(levels: Levels) -> None:
    if int(levels.peaks[-1]) > _CUT_SHARE * levels.peak:
        raise TakeError("it came back cut off in the middle of a sound")


def _is_not_clipped(clip: Clip) -> None:
    sound = np.frombuffer(clip.pcm, dtype="<i2")
    full = np.count_nonzero(sound >= _FULL_SCALE) + np.count_nonzero(sound <= -_FULL_SCALE)
    if full > _FULL_SHARE * sound.size:
        raise TakeError("it came back distorted: it clips")


def _words_are_in_order(take: Take, text: str) -> None:
    at = character = 0
    for word in take.words:
        in_time = at <= word.start_samples <= word.end_samples <= take.clip.samples
        if not in_time or not character <= word.spoken_start < word.spoken_end <= len(text):
            raise TakeError("the times of its words contradict each other")
        at, character = word.end_samples, word.spoken_end
