"""Who speaks what: a voice for every utterance of a script."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from narrate.model import Cast, Script, Segment, Voice
    from narrate.pipeline.tools import Tools
    from narrate.settings import Settings


def narrator(language: str, wished: str, settings: Settings, tools: Tools) -> Voice:
    """The voice of the body: the settings' if they name one, else the `wished` one, else the best for the language.

    Raises:
        VoiceError: no such voice, or none speaks the language.
    """
    from narrate.speech import choose_voice, load_voice

    name = settings.voice or wished
    voice = load_voice(name, tools.engines) if name else choose_voice(language, tools.engines)
    return _at_speed(voice, settings.speed)


def cast_voices(script: Script, settings: Settings, tools: Tools) -> tuple[Voice, ...]:
    """The voice of each of ``script.spoken()``: the segment's own, else its role's in the cast, else the narrator's."""
    from narrate.speech import load_cast, load_voice

    main = narrator(script.language, script.voice, settings, tools)
    name = settings.cast or script.cast
    cast = load_cast(name) if name else None
    loaded: dict[str, Voice] = {}

    def voice_of(segment: Segment) -> Voice:
        wanted = segment.voice or _role_voice(cast, segment)
        if not wanted:
            return main
        if wanted not in loaded:
            loaded[wanted] = _at_speed(load_voice(wanted, tools.engines), settings.speed)
        return loaded[wanted]

    return tuple(voice_of(segment) for segment, _ in script.spoken())


def _role_voice(cast: Cast | None, segment: Segment) -> str:
    return cast.voices.get(segment.role, "") if cast else ""


def _at_speed(voice: Voice, speed: float) -> Voice:
    return replace(voice, rate_wpm=round(voice.rate_wpm * speed))
