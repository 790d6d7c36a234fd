"""A Kokoro model in memory: text in, sound and word times out. Imports numpy and onnxruntime."""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from narrate.errors import VoiceError
from narrate.model import Clip, WordTime
from narrate.speech.durations import durations
from narrate.speech.graph import graph_of
from narrate.speech.ipa import fitted
from narrate.speech.kokoro_signs import NUMBERS, signs_of
from narrate.speech.levels import levels_of
from narrate.speech.neural import BROKEN, PHONEMISING, cut, pcm_of, session_of
from narrate.speech.phonemes import Phoneme, words_from_phonemes
from narrate.speech.pronounced import phonemes_with, words_given
from narrate.speech.words import words_from_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import onnxruntime
    from piper.phonemize_espeak import EspeakPhonemizer

    from narrate.model import Pronunciation
    from narrate.speech.neural import Sound

    Style = np.ndarray[tuple[int, int, int], np.dtype[np.float32]]

RATE_HZ = 24_000
_HOP_SAMPLES = 600
"""A step of the model's durations."""
_EARLY_SAMPLES = 2 * _HOP_SAMPLES
"""A word is heard to begin in the blank before it: 20 to 80 ms before its first sign, at 29 onsets after a silence; its
words are then within 65 ms of Whisper's (median, bias removed), where Piper's are within 52, and 75 without this."""
_MOST_SIGNS = 510
"""At once: the model has 512 places, two of them for the ends, and a style for each number of signs."""
_STYLE_SIZE = 256
_TYPES = {
    "tensor(float)": np.float32,
    "tensor(int64)": np.int64,
    "tensor(int32)": np.int32,
    "tensor(double)": np.float64,
}
_IDS = ("tokens", "input_ids")
"""What exports of the model call its first input."""
_MOST_STYLES_BYTES = 500_000_000
_MOST_STYLES = 1_000


@dataclass(frozen=True, slots=True)
class Spoken:
    """What is asked of a model: a text, the phonemes of stretches of it, and eSpeak's name of its language."""

    text: str
    language: str
    given: tuple[Pronunciation, ...] = ()


class KokoroModel:
    """One model and the styles that are its voices, loaded once, used by any number of threads."""

    def __init__(self, session: onnxruntime.InferenceSession, styles: Path, *, tells_durations: bool) -> None:
        self._session = session
        self._types = {each.name: _TYPES.get(each.type, np.float32) for each in session.get_inputs()}
        self._ids = next(name for name in _IDS if name in self._types)
        self._tells_durations = tells_durations
        self._numbers = _numbers_in(session)
        self._style = lru_cache(maxsize=64)(lambda voice: style_in(styles, voice))
        self._say = lru_cache(maxsize=20_000)(self._say_word)

    def speak(self, asked: Spoken, voice: str, speed: float) -> tuple[bytes, tuple[WordTime, ...]]:
        """PCM and the words of a text; a speed of 1 is the model's own pace, 2 twice that."""
        style = self._style(voice)
        sounds: list[Sound] = []
        phonemes: list[Phoneme] = []
        at = 0
        for portion in cut(self._signs(asked), _MOST_SIGNS):
            sound, bounds = self._run(portion, style, speed)
            spans = pairwise(min(at + bound, at + sound.size) for bound in bounds)
            phonemes += (Phoneme(sign, *span) for sign, span in zip(portion, spans, strict=False))
            phonemes.append(Phoneme(" ", at + sound.size, at + sound.size))
            sounds.append(sound)
            at += sound.size
        pcm = pcm_of(sounds)
        if not self._tells_durations:
            return pcm, words_from_text(asked.text, levels_of(Clip(pcm, RATE_HZ)))
        own = {word: signs_of(ipa, asked.language) for word, ipa in words_given(asked.text, asked.given).items()}
        return pcm, words_from_phonemes(
            asked.text, phonemes, lambda word: own.get(word) or self._say(word, asked.language)
        )

    def _signs(self, asked: Spoken) -> str:
        """All of a text in the model's signs, on one line: what eSpeak takes for the end of a sentence may be none."""
        sentences = phonemes_with(
            asked.text, fit(asked.given, asked.language), lambda text: phonemes_of(text, asked.language)
        )
        said = " ".join("".join(sentence).strip() for sentence in sentences)
        return "".join(sign for sign in signs_of(said, asked.language) if sign in self._numbers)

    def _say_word(self, word: str, language: str) -> str:
        return signs_of("".join(sign for part in phonemes_of(word, language) for sign in part), language)

    def _run(self, signs: Sequence[str], style: Style, speed: float) -> tuple[Sound, list[int]]:
        """The sound, 1.0 being full scale, and the samples at which each sign starts and the last one ends."""
        ids = [0, *(self._numbers[sign] for sign in signs), 0]
        row = style[min(len(signs), len(style)) - 1].reshape(1, _STYLE_SIZE)
        pace = max(1, round(speed)) if np.issubdtype(self._types["speed"], np.integer) else speed
        feeds = {self._ids: [ids], "style": row, "speed": [pace]}
        outputs = self._session.run(None, {name: np.asarray(value, self._types[name]) for name, value in feeds.items()})
        sound = np.asarray(outputs[0], np.float32).ravel()
        return sound, _bounds(signs, np.asarray(outputs[-1]).ravel()) if self._tells_durations else []


def load_model(model: Path, styles: Path) -> KokoroModel:
    """Read a model from disk: 1 CPU second for a small one. Raises `VoiceError` where it is none."""
    try:
        data = model.read_bytes()
        session, tells = _session(data)
    except (OSError, ValueError, *BROKEN) as broken:
        raise VoiceError(f"the Kokoro model '{model}' cannot be loaded ({broken}); is it one of Kokoro's?") from broken
    names = {each.name for each in session.get_inputs()}
    if not (names & set(_IDS) and names >= {"style", "speed"}):
        raise VoiceError(
            f"'{model}' is no Kokoro model: it takes {', '.join(sorted(names))}, not tokens, style and speed"
        )
    return KokoroModel(session, styles, tells_durations=tells)


def styles_in(path: Path) -> tuple[str, ...]:
    """The names of the voices in a file of styles. Raises `VoiceError` where it is none."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (OSError, zipfile.BadZipFile) as broken:
        raise VoiceError(f"'{path}' is no file of Kokoro's voices ({broken}); it is called voices-v1.0.bin") from broken
    size = sum(member.file_size for member in members)
    if len(members) > _MOST_STYLES or size > _MOST_STYLES_BYTES:
        raise VoiceError(
            f"'{path}' holds {len(members)} voices of {size / 1e6:.0f} MB together; narrate takes at most"
            f" {_MOST_STYLES} of {_MOST_STYLES_BYTES / 1e6:.0f} MB"
        )
    return tuple(sorted(member.filename.removesuffix(".npy") for member in members))


def style_in(path: Path, voice: str) -> Style:
    """The style of a voice, a row for each number of signs. Raises `VoiceError`."""
    names = styles_in(path)
    if voice not in names:
        raise VoiceError(f"there is no voice '{voice}' in '{path}'; there are {', '.join(names)}")
    try:
        with np.load(path, allow_pickle=False) as archive:
            style = np.asarray(archive[voice], np.float32).reshape(-1, 1, _STYLE_SIZE)
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as broken:
        raise VoiceError(f"the voice '{voice}' in '{path}' cannot be read ({broken}); fetch the file again") from broken
    if not len(style) or not np.isfinite(style).all():
        raise VoiceError(f"the voice '{voice}' in '{path}' is not whole; fetch the file again")
    return style


def phonemes_of(text: str, language: str) -> list[list[str]]:
    """Phonemes of eSpeak's of a text, sentence by sentence."""
    with PHONEMISING:
        found: list[list[str]] = _phonemiser().phonemize(language, text)
    return found


def fit(given: Sequence[Pronunciation], language: str) -> list[Pronunciation]:
    """Phonemes that are given, in the signs that eSpeak would give for that language."""
    each_fitted = (replace(each, ipa=fitted(each.ipa, language, NUMBERS.keys() | {"\u0329"})) for each in given)
    return [each for each in each_fitted if each.ipa]


@cache
def _phonemiser() -> EspeakPhonemizer:
    from piper.phonemize_espeak import EspeakPhonemizer

    return EspeakPhonemizer()


def _session(data: bytes) -> tuple[onnxruntime.InferenceSession, bool]:
    """The model made to tell durations, if it can be."""
    try:
        graph = graph_of(data)
        return session_of(graph.changed(durations(graph, b"Round"))), True
    except (ValueError, IndexError):
        return session_of(data), False


def _numbers_in(session: onnxruntime.InferenceSession) -> Mapping[str, int]:
    """The numbers of the signs, which some exports carry; Kokoro's own otherwise."""
    told = session.get_modelmeta().custom_metadata_map.get("kokoro_config", "")
    try:
        return {str(sign): int(number) for sign, number in json.loads(told)["vocab"].items()}
    except (ValueError, LookupError, TypeError, AttributeError):
        return NUMBERS


def _bounds(signs: Sequence[str], steps: np.ndarray[tuple[int], np.dtype[np.float32]]) -> list[int]:
    """Where each sign starts and the last one ends, from the steps of all and of both ends; each lasts one at least."""
    passed = [0, *(int(bound) for bound in np.cumsum(np.maximum(steps, 1)) * _HOP_SAMPLES)]
    starts_word = (True, *(sign == " " for sign in signs))
    early = (
        max(before, bound - _EARLY_SAMPLES) if first else bound
        for before, bound, first in zip(passed, passed[1:], starts_word, strict=False)
    )
    return list(early)
