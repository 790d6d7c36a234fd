"""Hearing a voice, and finding out which there are."""

from __future__ import annotations

import io
import wave
from typing import TYPE_CHECKING

from narrate.model import Role
from narrate.pipeline.casting import narrator
from narrate.pipeline.reading import diction_of
from narrate.script import read_entry, speak_written, utter, with_own
from narrate.speech import list_voices, perform

if TYPE_CHECKING:
    from narrate.model import Clip, Diction, Voice
    from narrate.pipeline.tools import Tools
    from narrate.settings import Settings


def say(text: str, language: str, settings: Settings, tools: Tools, said: str = "") -> bytes:
    """One line spoken, as a WAV file; `said` is how it would stand in a lexicon, such as "win /wɪn/".

    Raises:
        SpeechError: it cannot be spoken.
        SettingsError: `said` cannot stand in a lexicon.
    """
    voice = narrator(language, settings, tools)
    diction = diction_of(settings)
    if said:
        diction = with_own(diction, (read_entry(f'"{text}" = {said}', "--as"),))
    return wav(perform(utter(text, language, Role.BODY, diction), voice, tools.engine(voice)).clip)


def spoken(line: str, language: str, diction: Diction) -> str:
    """How a written line is spoken."""
    return speak_written(line, language, diction)[0]


def speakable(tools: Tools, language: str = "", engine: str = "") -> tuple[list[Voice], tuple[str, ...]]:
    """The voices that can speak here, by language and engine, and a sentence for each engine that cannot be loaded."""
    working, broken = tools.working_engines()
    found, complaints = list_voices(working, tools.presets)
    wanted = [voice for voice in found if not engine or voice.engine == engine]
    return [voice for voice in wanted if _speaks(voice.language, language)], (*broken, *complaints)


def wav(clip: Clip) -> bytes:
    """A clip as a WAV file: mono, 16 bits."""
    target = io.BytesIO()
    with wave.open(target, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(clip.rate_hz)
        file.writeframes(clip.pcm)
    return target.getvalue()


def _speaks(tag: str, wanted: str) -> bool:
    """Whether a language tag is the wanted one or a variety of it (RFC 4647, 3.3.1).

    >>> _speaks("en-GB", "en"), _speaks("eng", "en"), _speaks("de", "")
    (True, False, True)
    """
    tag, wanted = tag.casefold(), wanted.casefold()
    return not wanted or tag == wanted or tag.startswith(f"{wanted}-")
