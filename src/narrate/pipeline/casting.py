"""Who speaks what: a voice for every utterance of a script."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from narrate.errors import UsageError
from narrate.speech import choose_voice, load_cast, load_voice

if TYPE_CHECKING:
    from collections.abc import Mapping

    from narrate.model import Cast, Script, Segment, Voice
    from narrate.pipeline.tools import Tools
    from narrate.settings import Settings
    from narrate.speech import Engine


def narrator(language: str, settings: Settings, tools: Tools, scripted: str = "") -> Voice:
    """The voice of the body: the one asked for, else the one a script names (`scripted`), else the best.

    Raises:
        VoiceError: no such voice, or none speaks the language.
        UsageError: the voice is not of the engine that is asked for.
    """
    name = chosen("voice", scripted, settings)
    if not name:
        return _at_speed(choose_voice(language, _asked(settings, tools), tools.presets), settings)
    voice = load_voice(name, tools.engines, tools.presets)
    if settings.engine and voice.engine != settings.engine:
        raise UsageError(
            f"the voice '{name}' is one of {voice.engine}, not of {settings.engine}; leave out one of the two"
        )
    return _at_speed(voice, settings)


def cast_voices(script: Script, settings: Settings, tools: Tools) -> tuple[Voice, ...]:
    """The voice of each of ``script.spoken()``: the segment's own, else its role's in the cast, else the narrator's."""
    main = narrator(script.language, settings, tools, script.voice)
    name = chosen("cast", script.cast, settings)
    cast = load_cast(name, tools.presets) if name else None
    loaded: dict[str, Voice] = {}

    def voice_of(segment: Segment) -> Voice:
        wanted = segment.voice or _role_voice(cast, segment)
        if not wanted:
            return main
        if wanted not in loaded:
            loaded[wanted] = _at_speed(load_voice(wanted, tools.engines, tools.presets), settings)
        return loaded[wanted]

    return tuple(voice_of(segment) for segment, _ in script.spoken())


def chosen(setting: str, scripted: str, settings: Settings) -> str:
    """A choice that settings and script both make: the command line first, then the script, then other settings."""
    value = str(getattr(settings, setting))
    return value if value and (asked_for(setting, settings) or not scripted) else scripted


def asked_for(setting: str, settings: Settings) -> bool:
    """Whether an option set it, rather than a file or a variable."""
    return settings.sources[setting].startswith("--")


def _asked(settings: Settings, tools: Tools) -> Mapping[str, Engine]:
    return {settings.engine: tools.engines[settings.engine]} if settings.engine else tools.engines


def _role_voice(cast: Cast | None, segment: Segment) -> str:
    return cast.voices.get(segment.role, "") if cast else ""


def _at_speed(voice: Voice, settings: Settings) -> Voice:
    return replace(voice, rate_wpm=round(voice.rate_wpm * settings.speed))
