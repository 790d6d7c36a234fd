"""Kokoro: one neural model with many voices in several languages, from files that the user has."""

from __future__ import annotations

import re
import threading
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from narrate.errors import PlatformError, VoiceError
from narrate.model import Clip, Take, Voice
from narrate.speech.modelfiles import digest_of, model_of, part_of
from narrate.speech.text import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from narrate.model import Utterance
    from narrate.speech.kokoro_model import KokoroModel

_NEEDS = ("numpy", "onnxruntime", "piper-tts")
_SIGNS = 1
"""Goes up when the same text is given to the model in other signs."""

_LANGUAGES = {
    "a": ("en-US", "en-us"),
    "b": ("en-GB", "en-gb-x-rp"),
    "e": ("es", "es"),
    "f": ("fr-FR", "fr"),
    "h": ("hi", "hi"),
    "i": ("it", "it"),
    "p": ("pt-BR", "pt-br"),
}
"""By the first letter of a voice's name: its language, and eSpeak's name of it."""
_UNSPOKEN = {"j": "Japanese", "z": "Mandarin"}
"""Kokoro's voices for these need phonemes that eSpeak does not give."""
_GENDERS = {"f": "female", "m": "male"}
_NAME = re.compile(r"(?P<language>[a-z])(?P<gender>[fm])_(?P<name>\w+)")

_GRADES = {
    "A": "af_heart",
    "A-": "af_bella",
    "B-": "af_nicole bf_emma",
    "C+": "af_aoede af_kore af_sarah am_fenrir am_michael am_puck",
    "C": "af_alloy af_nova bf_isabella bm_fable bm_george",
    "C-": "af_sky",
    "D+": "bm_lewis",
    "D": "af_jessica af_river am_echo am_eric am_liam am_onyx bf_alice bf_lily bm_daniel",
    "D-": "am_santa",
    "F+": "am_adam",
}
"""The overall grades of the English voices that the package kokoro-js gives, the best first."""
_GRADE = {voice: grade for grade, voices in _GRADES.items() for voice in voices.split()}
_RANK = {voice: rank for rank, voice in enumerate(_GRADE)}

_NATURAL_WPM = 175
_NATURAL_PITCH = 50
_PITCH_STEP_HZ = 50


class KokoroEngine:
    """Speaks with a Kokoro model in ONNX; a voice is ``MODEL.onnx#NAME``, its styles in a file beside the model.

    Threads share one model; each call computes on one core. Pitch is had as Piper's is.
    """

    name = "kokoro"
    concurrency = 0
    suffix = ".onnx"

    def __init__(self) -> None:
        self._models: dict[str, KokoroModel] = {}
        self._loading = threading.Lock()

    def fingerprint(self, voice: Voice) -> str:
        """Versions of the phonemiser and the runtime, and digests of the model and of its voices."""
        model, styles = _files_of(voice.id)
        return f"kokoro {_SIGNS} {_versions()} {digest_of(model)} {digest_of(styles)}"

    def speak(self, utterance: Utterance, voice: Voice) -> Take:
        """Speak; a text without a sound gives an empty clip."""
        model = self._model(voice.id)
        from narrate.speech.kokoro_model import RATE_HZ, Spoken

        ratio = 2 ** ((voice.pitch - _NATURAL_PITCH) / 100)
        asked = Spoken(plain(utterance.spoken), _espeak_name(part_of(voice.id)), utterance.pronunciations)
        pcm, words = model.speak(asked, part_of(voice.id), voice.rate_wpm / _NATURAL_WPM / ratio)
        rate_hz = round(RATE_HZ * ratio / _PITCH_STEP_HZ) * _PITCH_STEP_HZ
        return Take(Clip(pcm, rate_hz), words, self.fingerprint(voice))

    def phonemes(self, word: str, voice: Voice) -> str:
        """What eSpeak's rules make of a word for that voice."""
        _require()
        from narrate.speech.kokoro_model import phonemes_of

        return "".join(sign for part in phonemes_of(plain(word), _espeak_name(part_of(voice.id))) for sign in part)

    def voices(self) -> Sequence[Voice]:
        """None of its own: every voice is a file of the user's, and found by its preset."""
        return ()

    def voice_at(self, path: str) -> Voice:
        """The voice ``MODEL.onnx#NAME``. Raises `VoiceError` where there is none, or it needs other phonemes."""
        _files_of(path)
        name = part_of(path)
        if not name:
            raise VoiceError(f"a Kokoro model has many voices; name one after it, as '{path}#af_heart'")
        _espeak_name(name)
        known = _NAME.fullmatch(name)
        language = _LANGUAGES[known["language"]][0] if known else "en-US"
        title = known["name"].replace("_", " ").title() if known else name
        return Voice(
            name=f"{self.name}:{name}",
            engine=self.name,
            id=path,
            language=language,
            label=f"Kokoro, {title}",
            disclosure="This article is read by an AI voice.",
            disclosure_spoken="This article is read by an A.I. voice.",
            gender=_GENDERS[known["gender"]] if known else "",
            licence="Apache-2.0",
            quality=f"grade {_GRADE[name]}" if name in _GRADE else "",
            rate_hz=24_000,
        )

    def close(self) -> None:
        """Let the models go."""
        self._models.clear()

    restart = close

    def _model(self, id_: str) -> KokoroModel:
        file = model_of(id_)
        with self._loading:
            if file not in self._models:
                _require()
                from narrate.speech.kokoro_model import load_model

                self._models[file] = load_model(*_files_of(id_))
            return self._models[file]


def kokoro_voices(styles: Path) -> list[str]:
    """The voices in a file of Kokoro's that can speak here, the best first. Raises `VoiceError`."""
    from narrate.speech.kokoro_model import styles_in

    return _spoken(styles_in(styles))


def _spoken(names: Sequence[str]) -> list[str]:
    """Those of some voices' names whose language narrate has phonemes for, the best first.

    >>> _spoken(["zf_xiaoni", "am_adam", "mine", "af_heart"])
    ['af_heart', 'am_adam', 'mine']
    """
    spoken = [name for name in names if not (known := _NAME.fullmatch(name)) or known["language"] in _LANGUAGES]
    return sorted(spoken, key=lambda name: (_RANK.get(name, len(_RANK)), name))


def _espeak_name(voice: str) -> str:
    """The name that eSpeak has for a voice's language; a voice that Kokoro's makers did not name is taken for American.

    >>> _espeak_name("bf_emma"), _espeak_name("mine")
    ('en-gb-x-rp', 'en-us')
    """
    known = _NAME.fullmatch(voice)
    if known and known["language"] not in _LANGUAGES:
        language = _UNSPOKEN.get(known["language"], "a language of its own")
        raise VoiceError(f"the voice '{voice}' speaks {language}, which narrate has no phonemes for; choose another")
    return _LANGUAGES[known["language"]][1] if known else "en-us"


def _files_of(id_: str) -> tuple[Path, Path]:
    """The model and its styles: ``MODEL.voices.bin``, or the only ``voices*.bin`` in the folder."""
    model = Path(model_of(id_))
    if not model.is_file():
        raise VoiceError(f"there is no file '{model}' for the Kokoro voice '{id_}'; 'narrate voices add' brings one")
    own = model.with_name(f"{model.stem}.voices.bin")
    others = sorted(model.parent.glob("voices*.bin")) if not own.is_file() else []
    if not own.is_file() and len(others) != 1:
        raise VoiceError(f"there is no voices file for the Kokoro model '{model}'; put it beside it as '{own.name}'")
    return model, others[0] if others else own


def _require() -> None:
    """Raise `PlatformError` where what the engine computes with is not installed."""
    for needed in _NEEDS:
        try:
            version(needed)
        except PackageNotFoundError as missing:
            raise PlatformError(
                f"the engine 'kokoro' needs {needed}; install it with 'pip install narrate-podcast[kokoro]'"
            ) from missing


@cache
def _versions() -> str:
    _require()
    return f"piper-tts {version('piper-tts')} onnxruntime {version('onnxruntime')}"
