"""Who can speak here: presets, and the engines' own voices."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from narrate.errors import PlatformError, SpeechError, TakeError, VoiceError
from narrate.speech.engine import Engine, ReadsFiles
from narrate.speech.languages import is_tag, nearness, same_language
from narrate.speech.limits import within
from narrate.speech.modelfiles import model_of
from narrate.speech.presets import find_preset, list_presets

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from narrate.model import Voice

_ANY_LANGUAGE = "und"
_LISTING_S = 60.0
"""For an engine to list its voices, which is to load no model."""
_TEST_ENGINE = "tone"
"""Speaks only where it is asked for by name, or is the only one offered."""


def list_voices(engines: Mapping[str, Engine], paths: Sequence[Path] = ()) -> tuple[list[Voice], tuple[str, ...]]:
    """Every voice that can speak here, and a sentence for each engine that cannot.

    Presets whose engine has their voice come first, then the engines' own others; what a preset does not say
    of its voice (gender, licence, quality, rate) is what its engine says. It starts the engines' processes,
    which costs 0.1 s.
    """
    own: list[Voice] = []
    complaints: list[str] = []
    for engine in engines.values():
        try:
            own += _told_by(engine)
        except (PlatformError, SpeechError) as reason:
            complaints.append(str(reason))
    known = {(voice.engine, voice.id): voice for voice in own}
    presets = [voice for voice in list_presets(paths) if voice.engine in engines and _can_speak(voice, known.keys())]
    told = [_told(voice, known.get((voice.engine, voice.id)) or _in_file(voice, engines)) for voice in presets]
    named = {(voice.engine, voice.id) for voice in presets}
    return told + [voice for voice in own if (voice.engine, voice.id) not in named], tuple(complaints)


def load_voice(name: str, engines: Mapping[str, Engine], paths: Sequence[Path] = ()) -> Voice:
    """The voice of a name: a preset's, an engine's own ("espeak:de", "gmw/en-gb-x-rp", a model's path), or a language.

    Raises `VoiceError` with the nearest names where there is none.
    """
    found = find_preset(name, paths) or _own_voice(name, engines)
    if found:
        return found
    if is_tag(name):
        with suppress(VoiceError):
            return choose_voice(name, engines, paths)
    raise VoiceError(_unknown(name, [voice.name for voice in list_voices(engines, paths)[0]]))


def choose_voice(language: str, engines: Mapping[str, Engine], paths: Sequence[Path] = ()) -> Voice:
    """The voice for a language (BCP 47): the first engine by preference that speaks it, in the nearest variety.

    Among equals narrate's own presets come first, then the user's. Raises `VoiceError` where no voice here speaks it.
    """
    presets = [*list_presets(), *list_presets(paths)]
    for name in sorted(engines, key=_preference):
        own = _voices_of(engines[name]) if name != _TEST_ENGINE or len(engines) == 1 else ()
        ids = {(voice.engine, voice.id) for voice in own}
        able = [voice for voice in presets if voice.engine == name and _can_speak(voice, ids)]
        best = max([*able, *own], key=lambda voice: nearness(language, voice.language), default=None)
        if best and speaks(best, language):
            return best
    raise VoiceError(f"no voice here speaks '{language}'; 'narrate voices' lists those that can, --voice chooses one")


def speaks(voice: Voice, language: str) -> bool:
    """Whether a voice is one for that language (BCP 47), in whatever variety.

    >>> from narrate.model import Voice
    >>> speaks(Voice("ada", "piper", "ada", "en-GB"), "en-US"), speaks(Voice("ada", "piper", "ada", "en-GB"), "de")
    (True, False)
    """
    return voice.language == _ANY_LANGUAGE or same_language(language, voice.language)


def _own_voice(name: str, engines: Mapping[str, Engine]) -> Voice | None:
    """An engine's voice by its name, its id, either with the engine's name and a colon before it, or its file."""
    prefix, _, rest = name.partition(":")
    asked, names = ([engines[prefix]], {name, rest}) if prefix in engines else (engines.values(), {name})
    path = rest if prefix in engines else name
    readers = [each for each in asked if isinstance(each, ReadsFiles) and model_of(path).endswith(each.suffix)]
    if readers:
        return _in_a_file(path, readers)
    own = (voice for engine in asked for voice in _voices_of(engine))
    return next((voice for voice in own if voice.name in names or voice.id in names), None)


def _voices_of(engine: Engine) -> Sequence[Voice]:
    """An engine's own voices; none where it cannot work on this machine."""
    try:
        return _told_by(engine)
    except (PlatformError, SpeechError):
        return ()


def _told_by(engine: Engine) -> Sequence[Voice]:
    """What an engine says that it has. Raises `PlatformError`, or `SpeechError`, where it does not say."""
    try:
        return within(_LISTING_S, lambda: tuple(engine.voices()))
    except TakeError as reason:
        raise PlatformError(f"the engine '{engine.name}' does not tell its voices: {reason}") from reason


def _can_speak(voice: Voice, ids: AbstractSet[tuple[str, str]]) -> bool:
    return (voice.engine, voice.id) in ids or Path(model_of(voice.id)).is_file()


def _in_a_file(path: str, readers: Sequence[ReadsFiles]) -> Voice:
    """The voice in a file, of the first engine that knows it. Raises the last one's `VoiceError`."""
    for reader in readers[:-1]:
        with suppress(VoiceError):
            return reader.voice_at(path)
    return readers[-1].voice_at(path)


def _in_file(voice: Voice, engines: Mapping[str, Engine]) -> Voice | None:
    """A voice as its engine finds it in a file; None where it is in none, or the file is broken."""
    engine = engines[voice.engine]
    try:
        return engine.voice_at(voice.id) if isinstance(engine, ReadsFiles) else None
    except SpeechError:
        return None


def _told(voice: Voice, own: Voice | None) -> Voice:
    """A preset with what its engine says of the voice, where the preset says nothing."""
    if own is None:
        return voice
    return replace(
        voice,
        gender=voice.gender or own.gender,
        licence=voice.licence or own.licence,
        quality=voice.quality or own.quality,
        rate_hz=voice.rate_hz or own.rate_hz,
    )


def _preference(engine: str) -> int:
    """Neural, then whatever else is installed, then the rules of eSpeak and the system."""
    return {"piper": 0, "pyttsx3": 2}.get(engine, 1)


def _unknown(name: str, names: Sequence[str]) -> str:
    short = {known.rpartition(":")[2]: known for known in names}
    near = get_close_matches(name, [*names, *short], n=1, cutoff=0.75)
    hint = f"; did you mean '{short.get(near[0], near[0])}'?" if near else ""
    return f"no voice '{name}'; 'narrate voices' lists the {len(names)} that can speak here{hint}"
