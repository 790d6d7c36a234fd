"""A Piper model in memory: text in, sound and word times out. Imports numpy and onnxruntime."""

from __future__ import annotations

import json
import logging
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from piper import PhonemeType, PiperConfig, PiperVoice, SynthesisConfig

from narrate.errors import VoiceError
from narrate.model import Clip, WordTime
from narrate.speech.durations import STRETCH, durations
from narrate.speech.graph import graph_of
from narrate.speech.ipa import fitted
from narrate.speech.levels import levels_of
from narrate.speech.neural import BROKEN, PHONEMISING, cut, pcm_of, session_of
from narrate.speech.phonemes import Phoneme, words_from_phonemes
from narrate.speech.planes import planes
from narrate.speech.pronounced import phonemes_with, words_given
from narrate.speech.stress import with_stress
from narrate.speech.words import within_sound, words_from_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    import onnxruntime

    from narrate.model import Pronunciation
    from narrate.speech.graph import Change, Graph
    from narrate.speech.neural import Sound
    from narrate.speech.stress import Spans

    Lengths = np.ndarray[tuple[int], np.dtype[np.int64]]

logging.getLogger("piper").addHandler(logging.NullHandler())
"""It warns of each phoneme that a model does not have, which Python prints where nobody listens."""

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

    def __init__(self, voice: PiperVoice, *, tells_durations: bool, can_be_told: bool = False) -> None:
        self._voice = voice
        self._tells_durations = tells_durations
        self._can_be_told = can_be_told
        self.rate_hz = voice.config.sample_rate
        self._say = lru_cache(maxsize=20_000)(self._say_word)

    def speak(
        self, text: str, manner: Manner, given: Sequence[Pronunciation] = (), stressed: Spans = ()
    ) -> tuple[bytes, tuple[WordTime, ...]]:
        """PCM and the words of a text.

        `given` are phonemes of stretches of the text, in order, in the signs that `fit` gives; the words in the
        spans `stressed` are heard with emphasis, where the model can be told durations.
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
        say = self._saying(text, given)
        for portion, lengths in self._portions(text, given, stressed):
            sound, bounds = self._run(portion, config, lengths)
            spans = pairwise(min(at + bound, at + sound.size) for bound in bounds)
            phonemes += (Phoneme(symbol, *span) for symbol, span in zip(portion, spans, strict=False))
            phonemes.append(Phoneme(" ", at + sound.size, at + sound.size))
            sounds.append(sound)
            at += sound.size
        pcm = pcm_of(sounds)
        levels = levels_of(Clip(pcm, self.rate_hz))
        if self._tells_durations:
            return pcm, within_sound(words_from_phonemes(text, phonemes, say), levels)
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

    def _portions(
        self, text: str, given: Sequence[Pronunciation], stressed: Spans
    ) -> Iterator[tuple[Sequence[str], Sequence[float]]]:
        """The phonemes of what is spoken at once, and how long each is to last; no lengths where all are as usual."""
        sentences = phonemes_with(text, given, self._phonemise)
        lengths: list[list[float]] = [[] for _ in sentences]
        if stressed and self._can_be_told:
            sentences, lengths = with_stress(sentences, text, stressed, self._saying(text, given))
        for sentence, longer in zip(sentences, lengths, strict=True):
            at = 0
            for portion in cut(sentence, _MOST_PHONEMES):
                yield portion, longer[at : at + len(portion)]
                at += len(portion)

    def _saying(self, text: str, given: Sequence[Pronunciation]) -> Callable[[str], str]:
        """What gives the phonemes of a word of a text alone."""
        own = words_given(text, given)
        return lambda word: own.get(word) or self._say(word)

    def _phonemise(self, text: str) -> list[list[str]]:
        with PHONEMISING:
            return self._voice.phonemize(text)

    def _say_word(self, word: str) -> str:
        return "".join(phoneme for sentence in self._phonemise(word) for phoneme in sentence)

    def _run(
        self, phonemes: Sequence[str], config: SynthesisConfig, lengths: Sequence[float] = ()
    ) -> tuple[Sound, list[int]]:
        """The sound, 1.0 being full scale, and the samples at which each phoneme starts and the last one ends."""
        ids = self._voice.phonemes_to_ids(list(phonemes))
        counts = self._counts(phonemes)
        voice = self._voice
        if any(length != 1 for length in lengths):
            each = np.repeat(np.array([1.0, *lengths], np.float32), counts)
            longer = np.concatenate((each, np.ones(len(ids) - len(each), np.float32)))
            voice = PiperVoice(_Told(voice.session, longer), voice.config)
        # Of a pair with None where the model tells no durations.
        sound, samples = voice.phoneme_ids_to_audio(ids, config, include_alignments=True)
        if samples is None:
            return np.atleast_1d(sound), []
        passed = np.concatenate(([0], np.cumsum(samples)))
        return np.atleast_1d(sound), [int(bound) for bound in passed[np.cumsum(counts)]]

    def _counts(self, phonemes: Sequence[str]) -> list[int]:
        """Ids begin with a start and a pad, and each phoneme has its ids and a pad; one that is unknown has none."""
        ids = self._voice.config.phoneme_id_map
        pad = len(ids["_"])
        return [len(ids["^"]) + pad, *(len(ids[phoneme]) + pad if phoneme in ids else 0 for phoneme in phonemes)]


class _Told:
    """A session that is told how many times as long each phoneme id lasts, whoever runs it."""

    def __init__(self, session: onnxruntime.InferenceSession, lengths: Sound) -> None:
        self._session = session
        self._lengths = lengths

    def run(self, outputs: Sequence[str] | None, feeds: Mapping[str, object]) -> list[Sound]:
        """As the session does."""
        heard: list[Sound] = self._session.run(outputs, {**feeds, STRETCH: self._lengths})
        return heard


def load_model(model: Path, config: Path) -> PiperModel:
    """Read a model from disk: 0.4 CPU seconds for a medium one. Raises `VoiceError` where it is none."""
    try:
        settings = PiperConfig.from_dict(json.loads(config.read_text(encoding="utf-8")))
        session, tells_durations = _session(model.read_bytes(), settings)
    except (OSError, ValueError, KeyError, TypeError, *BROKEN) as broken:
        raise VoiceError(
            f"the Piper voice '{model}' cannot be loaded ({broken}); is it a voice of Piper's?"
        ) from broken
    told = STRETCH in {each.name for each in session.get_overridable_initializers()}
    return PiperModel(PiperVoice(session, settings), tells_durations=tells_durations, can_be_told=told)


def _session(model: bytes, settings: PiperConfig) -> tuple[onnxruntime.InferenceSession, bool]:
    """The model made to speak faster, to tell durations and be told them, as far as it lets itself; whether it tells.

    It tells them only where its phonemes are single symbols.
    """
    try:
        graph = graph_of(model)
        single = settings.phoneme_type in {PhonemeType.ESPEAK, PhonemeType.TEXT}
        rewritings = list(_rewritings(graph, single=single))
    except (ValueError, IndexError):  # of a node, too, that lacks what such a node has
        return session_of(model), False  # it says better what is wrong
    for changes, tells in rewritings:
        try:
            return session_of(graph.changed(changes), blocks=True), tells
        except BROKEN:  # its lengths are numbers of another type, say
            continue
    return session_of(model), False


def _rewritings(graph: Graph, *, single: bool) -> Iterator[tuple[Sequence[Change], bool]]:
    """What to change in a model, the most first, and whether it tells durations then."""
    faster = planes(graph)
    if single:
        with suppress(ValueError):
            yield [*durations(graph, told=True), *faster], True
            yield [*durations(graph), *faster], True
            yield durations(graph, told=True), True
            yield durations(graph), True
    yield faster, False
