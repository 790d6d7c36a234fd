"""Speech: an utterance and a voice become a take.

`perform` speaks one utterance and checks it; `list_voices`, `load_voice`, `choose_voice`,
`speaks` and `load_cast` find who speaks; `pack_take`, `unpack_take` and `take_key` are what a
cache needs. Engines come in as arguments.

Names are loaded when they are first used: the worker process of `pyttsx3` passes through here and
must not pay for them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from narrate.speech.engine import Engine, ReadsFiles, Restartable, TellsPhonemes
    from narrate.speech.kokoro import kokoro_voices
    from narrate.speech.languages import same_language
    from narrate.speech.letters import unsayable
    from narrate.speech.modelfiles import model_of
    from narrate.speech.performing import perform
    from narrate.speech.presets import find_preset, list_casts, list_presets, load_cast, shipped_folder
    from narrate.speech.takes import pack_take, take_key, unpack_take
    from narrate.speech.text import is_speakable
    from narrate.speech.voices import choose_voice, list_voices, load_voice, speaks
    from narrate.speech.words import estimated_words

_HOMES = {
    "Engine": "engine",
    "ReadsFiles": "engine",
    "Restartable": "engine",
    "TellsPhonemes": "engine",
    "choose_voice": "voices",
    "estimated_words": "words",
    "find_preset": "presets",
    "is_speakable": "text",
    "kokoro_voices": "kokoro",
    "list_casts": "presets",
    "list_presets": "presets",
    "list_voices": "voices",
    "load_cast": "presets",
    "load_voice": "voices",
    "model_of": "modelfiles",
    "pack_take": "takes",
    "perform": "performing",
    "same_language": "languages",
    "shipped_folder": "presets",
    "speaks": "voices",
    "take_key": "takes",
    "unpack_take": "takes",
    "unsayable": "letters",
}

__all__ = [
    "Engine",
    "ReadsFiles",
    "Restartable",
    "TellsPhonemes",
    "choose_voice",
    "estimated_words",
    "find_preset",
    "is_speakable",
    "kokoro_voices",
    "list_casts",
    "list_presets",
    "list_voices",
    "load_cast",
    "load_voice",
    "model_of",
    "pack_take",
    "perform",
    "same_language",
    "shipped_folder",
    "speaks",
    "take_key",
    "unpack_take",
    "unsayable",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - PEP 562: the types stand above
    if name not in _HOMES:
        raise AttributeError(f"module 'narrate.speech' has no attribute {name!r}")
    return getattr(import_module(f"narrate.speech.{_HOMES[name]}"), name)
