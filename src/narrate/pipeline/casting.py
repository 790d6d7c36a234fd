"""Who speaks what: a voice for every utterance of a script."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from narrate.errors import UsageError, VoiceError
from narrate.pipeline.manners import mannered
from narrate.speech import choose_voice, load_cast, load_voice, same_language, speaks, unsayable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from narrate.model import Cast, Role, Script, Segment, Voice
    from narrate.pipeline.tools import Tools
    from narrate.settings import Settings
    from narrate.speech import Engine

_WHO = ("voice", "cast", "engine")
"""Settings that say who speaks."""


def narrator(language: str, settings: Settings, tools: Tools, scripted: str = "") -> Voice:
    """The voice of the body: the one asked for, else the one a script names (`scripted`), else the best.

    Raises:
        VoiceError: no such voice, or none speaks the language.
        UsageError: the voice is not of the engine that is asked for.
    """
    name = chosen("voice", scripted, settings)
    return _named(name, settings, tools) if name else _best(language, settings, tools)


def cast_voices(script: Script, settings: Settings, tools: Tools) -> tuple[Voice, ...]:
    """The voice of each of ``script.spoken()``.

    It is the segment's own, else its role's in the cast, else the narrator's in the manner of the role. A sentence in
    another language than the script's is spoken by the best voice for that language, if there is one, unless its
    segment names a voice.

    Raises:
        VoiceError: there is no such voice or cast.
        UsageError: a voice is not of the engine that is asked for.
    """
    main = narrator(script.language, settings, tools, script.voice)
    name = chosen("cast", script.cast, settings)
    cast = load_cast(name, tools.presets) if name else None
    named = cache(lambda wanted: _named(wanted, settings, tools))
    foreign = cache(lambda language: _best_or_none(language, settings, tools))

    def cast_for(role: Role, wanted: str) -> Voice:
        try:
            return named(wanted)
        except VoiceError as missing:
            raise VoiceError(f"the cast '{name}', {role.value}: {missing}") from missing

    def voice_of(segment: Segment, language: str) -> Voice:
        if segment.voice:
            return named(segment.voice)
        wanted = _role_voice(cast, segment)
        voice = cast_for(segment.role, wanted) if wanted else main
        # Whoever is asked to read a script in a language of others reads all that is in the script's language.
        if not speaks(voice, language) and not same_language(language, script.language):
            voice = foreign(language) or voice
        # A voice of its own for the role is colour enough.
        return mannered(voice, segment.role) if settings.expression and not wanted else voice

    return tuple(voice_of(segment, utterance.language) for segment, utterance in script.spoken())


def misread(script: Script, voices: Sequence[Voice], settings: Settings, tools: Tools) -> tuple[str, ...]:
    """A sentence for each voice of ``script.spoken()`` that has to read a language that it does not speak."""
    told = [
        (voice.name, utterance.language, bool(unsayable(utterance.written, voice.language)))
        for (_, utterance), voice in zip(script.spoken(), voices, strict=True)
        if not speaks(voice, utterance.language)
    ]
    return tuple(
        f"the voice '{name}' does not speak '{language}': {number} of {len(voices)} sentences"
        f" {'will only be announced' if silent else 'will sound wrong'};"
        f" {_better(language, settings, tools)}"
        for (name, language, silent), number in Counter(told).items()
    )


def _better(language: str, settings: Settings, tools: Tools) -> str:
    """What to do where a voice has to read a language that it does not speak."""
    if not _one_speaks(language, tools):
        return "no voice here does"
    options = [f"--{option}" for option in _WHO if getattr(settings, option) and asked_for(option, settings)]
    leave = f"leave out {' and '.join(options)}, or choose" if options else "choose"
    return f"{leave} one of those that 'narrate voices --language {language}' lists"


def _one_speaks(language: str, tools: Tools) -> bool:
    try:
        return bool(choose_voice(language, tools.engines, tools.presets))
    except VoiceError:
        return False


def chosen(setting: str, scripted: str, settings: Settings) -> str:
    """A choice that settings and script both make: the command line first, then the script, then other settings."""
    value = str(getattr(settings, setting))
    return value if value and (asked_for(setting, settings) or not scripted) else scripted


def asked_for(setting: str, settings: Settings) -> bool:
    """Whether an option set it, rather than a file or a variable."""
    return settings.sources[setting].startswith("--")


def _named(name: str, settings: Settings, tools: Tools) -> Voice:
    voice = load_voice(name, tools.engines, tools.presets)
    if settings.engine and voice.engine != settings.engine:
        raise UsageError(
            f"the voice '{name}' is one of {voice.engine}, not of {settings.engine}; leave out one of the two"
        )
    return _as_asked(voice, settings)


def _best(language: str, settings: Settings, tools: Tools) -> Voice:
    try:
        return _as_asked(choose_voice(language, _asked(settings, tools), tools.presets), settings)
    except VoiceError as none:
        if not settings.engine or not _one_speaks(language, tools):
            raise
        raise VoiceError(
            f"no voice of {settings.engine} speaks '{language}'; leave out the engine, or choose one of those that"
            f" 'narrate voices --language {language}' lists"
        ) from none


def _best_or_none(language: str, settings: Settings, tools: Tools) -> Voice | None:
    try:
        return _best(language, settings, tools)
    except VoiceError:
        return None


def _asked(settings: Settings, tools: Tools) -> Mapping[str, Engine]:
    return {settings.engine: tools.engines[settings.engine]} if settings.engine else tools.engines


def _role_voice(cast: Cast | None, segment: Segment) -> str:
    return cast.voices.get(segment.role, "") if cast else ""


def _as_asked(voice: Voice, settings: Settings) -> Voice:
    repeatable = settings.repeatable or voice.repeatable
    return replace(voice, rate_wpm=round(voice.rate_wpm * settings.speed), repeatable=repeatable)
