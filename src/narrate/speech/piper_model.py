"""A Piper model in memory: text in, sound and word times out. Imports numpy and onnxruntime."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from piper import PhonemeType, PiperConfig, PiperVoice, SynthesisConfig

from narrate.errors import VoiceError
from narrate.model import Clip, WordTime
from narrate.speech.durations import with_durations
from narrate.speech.ipa import fitted
from narrate.speech.levels import levels_of
from narrate.speech.neural import BROKEN, PHONEMISING, cut, pcm_of, session_of
from narrate.speech.phonemes import Phoneme, words_from_phonemes
from narrate.speech.pronounced import phonemes_with, words_given
from narrate.speech.words import within_sound, words_from_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from narrate.model import Pronunciation
    from narrate.speech.neural import Sound

    Lengths = np.ndarray[tuple[int], np.dtype[np.int64]]

_MOST_PHONEMES = 400
"""At once, as memory grows with them: 1,000 characters took 1.55 GB. Few sentences of 350 characters have more."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How a text is spoken: a length scale of 1 is the model's own pace, 2 half of it; by which `speaker` of several.

    A speaker is a name or a number, "" the first. What is `repeatable` sounds the same every time, and flatter: the
    noise that varies melody and rhythm is left out.
    """

    length_scale: float = 1.0
    speaker: str = ""
    repeatable: bool = False


class PiperModel:
    """One model, loaded once, used by any number of threads."""

    def __init__(self, voice: PiperVoice, *, tells_durations: bool) -> None:
        self._voice = voice
        self._tells_durations = tells_durations
        self.rate_hz = voice.config.sample_rate
        self._say = lru_cache(maxsize=20_000)(self._say_word)

    def speak(
        self, text: str, manner: Manner, given: Sequence[Pronunciation] = ()
    ) -> tuple[bytes, tuple[WordTime, ...]]:
        """PCM and the words of a text.

        `given` are phonemes of stretches of the text, in order, in the signs that `fit` gives.
        Raises `VoiceError` where there is no speaker of that name.
        """
        config = SynthesisConfig(
            self._speaker(manner.speaker),
            self._voice.config.length_scale * manner.length_scale,
            noise_scale=0.0 if manner.repeatable else None,  # None is the model's own
            noise_w_scale=0.0 if manner.repeatable else None,
            normalize_audio=False,
        )
        sounds: list[Sound] = []
        phonemes: list[Phoneme] = []
        at = 0
        for portion in self._portions(text, given):
            sound, bounds = self._run(portion, config)
            spans = pairwise(min(at + bound, at + sound.size) for bound in bounds)
            phonemes += (Phoneme(symbol, *span) for symbol, span in zip(portion, spans, strict=False))
            phonemes.append(Phoneme(" ", at + sound.size, at + sound.size))
            sounds.append(sound)
            at += sound.size
        pcm = pcm_of(sounds)
        levels = levels_of(Clip(pcm, self.rate_hz))
        if self._tells_durations:
            own = words_given(text, given)
            words = words_from_phonemes(text, phonemes, lambda word: own.get(word) or self._say(word))
            return pcm, within_sound(words, levels)
        return pcm, words_from_text(text, levels)

    def phonemes(self, word: str) -> str:
        """The phonemes of a word alone; "" where the model takes no phonemes of eSpeak's."""
        return self._say(word) if self._voice.config.phoneme_type == PhonemeType.ESPEAK else ""

    def fit(self, pronunciations: Iterable[Pronunciation]) -> tuple[Pronunciation, ...]:
        """The phonemes in the signs of this model; none where it takes no phonemes."""
        if self._voice.config.phoneme_type != PhonemeType.ESPEAK:
            return ()
        language, known = self._voice.config.espeak_voice, self._voice.config.phoneme_id_map.keys()
        each_fitted = (replace(each, ipa=fitted(each.ipa, language, known)) for each in pronunciations)
        return tuple(each for each in each_fitted if each.ipa)

    def _speaker(self, name: str) -> int | None:
        """The number of a speaker; None for a model's own choice."""
        count, names = self._voice.config.num_speakers, self._voice.config.speaker_id_map
        if not name:
            return None
        number = names.get(name, int(name) if name.isdecimal() else count)
        if number >= count:
            raise VoiceError(f"this Piper voice has no speaker '{name}' among its {count}; give a number below {count}")
        return number

    def _portions(self, text: str, given: Sequence[Pronunciation] = ()) -> Iterator[Sequence[str]]:
        for sentence in phonemes_with(text, given, self._phonemise):
            yield from cut(sentence, _MOST_PHONEMES)

    def _phonemise(self, text: str) -> list[list[str]]:
        with PHONEMISING:
            return self._voice.phonemize(text)

    def _say_word(self, word: str) -> str:
        return "".join(phoneme for sentence in self._phonemise(word) for phoneme in sentence)

    def _run(self, phonemes: Sequence[str], config: SynthesisConfig) -> tuple[Sound, list[int]]:
        """The sound, 1.0 being full scale, and the samples at which each phoneme starts and the last one ends."""
        ids = self._voice.phonemes_to_ids(list(phonemes))
        # Of a pair with None where the model tells no durations.
        sound, samples = self._voice.phoneme_ids_to_audio(ids, config, include_alignments=True)
        return np.atleast_1d(sound), [] if samples is None else self._bounds(phonemes, samples)

    def _bounds(self, phonemes: Sequence[str], samples: Lengths) -> list[int]:
        """Ids begin with a start and a pad, and each phoneme has its ids and a pad; one that is unknown has none."""
        ids = self._voice.config.phoneme_id_map
        pad = len(ids["_"])
        counts = [len(ids["^"]) + pad, *(len(ids[phoneme]) + pad if phoneme in ids else 0 for phoneme in phonemes)]
        passed = np.concatenate(([0], np.cumsum(samples)))
        return [int(bound) for bound in passed[np.cumsum(counts)]]


def load_model(model: Path, config: Path) -> PiperModel:
    """Read a model from disk: 0.4 CPU seconds for a medium one. Raises `VoiceError` where it is none."""
    try:
        settings = PiperConfig.from_dict(json.loads(config.read_text(encoding="utf-8")))
        data, tells_durations = _telling(model.read_bytes(), settings)
        session = session_of(data)
    except (OSError, ValueError, KeyError, TypeError, *BROKEN) as broken:
        raise VoiceError(
            f"the Piper voice '{model}' cannot be loaded ({broken}); is it a voice of Piper's?"
        ) from broken
    return PiperModel(PiperVoice(session, settings), tells_durations=tells_durations)


def _telling(model: bytes, settings: PiperConfig) -> tuple[bytes, bool]:
    """The model made to tell durations, if it can be and its phonemes are single symbols."""
    if settings.phoneme_type not in {PhonemeType.ESPEAK, PhonemeType.TEXT}:
        return model, False
    try:
        return with_durations(model), True
    except ValueError:
        return model, False
