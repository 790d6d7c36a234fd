"""Voices that nobody measured are measured here, once, so that they are as loud as the others."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from narrate.errors import SpeechError
from narrate.mix.calibrate import level_of
from narrate.model import Utterance
from narrate.pipeline.kept import Kept
from narrate.script.wording import primary
from narrate.speech import pack_take, perform, take_key, unpack_take

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from narrate.model import Voice
    from narrate.pipeline.tools import Tools

_NATURAL_WPM, _NATURAL_PITCH = 175, 50

_TEXTS: Mapping[str, str] = MappingProxyType(
    {
        "de": "Die Sonne ging langsam unter, und über dem Fluss lag schon Nebel. Morgen früh fahren wir nach Hause.",
        "en": "The sun went down slowly, and mist was already lying over the river. Tomorrow we will all go home.",
        "es": "El sol se ponía despacio, y sobre el río ya había niebla. Mañana temprano volveremos todos a casa.",
        "fr": "Le soleil se couchait lentement, et la brume couvrait déjà la rivière. Demain nous rentrerons tous.",
        "it": "Il sole tramontava lentamente, e sul fiume c’era già la nebbia. Domani mattina torneremo tutti a casa.",
        "nl": "De zon ging langzaam onder, en boven de rivier hing al mist. Morgen vroeg gaan we allemaal naar huis.",
        "pt": "O sol descia devagar, e sobre o rio já havia neblina. Amanhã cedo voltaremos todos para casa.",
    }
)
"""What a voice says to be measured, by language: eight seconds of even prose."""
_DIGITS = "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16."
"""What every other voice says: all of them can count."""


def levelled(voices: Sequence[Voice], tools: Tools) -> tuple[Voice, ...]:
    """The voices, those without a level with one that was measured on a take of theirs, which is kept.

    One that cannot be measured stays as it is: whatever is wrong with it comes to light where it has to speak.
    """
    kept = Kept(tools.cache, "takes")

    @cache
    def level_db(voice: Voice) -> float:
        text = _TEXTS.get(primary(voice.language), _DIGITS)
        utterance = Utterance(text, text, voice.language)
        engine = tools.engine(voice)
        try:
            packed = kept.get(take_key(utterance, voice, engine), lambda: pack_take(perform(utterance, voice, engine)))
        except SpeechError:
            return 0.0
        return level_of([unpack_take(packed).clip])

    def with_level(voice: Voice) -> Voice:
        if voice.level_db:
            return voice
        # Measured in one manner for all: what is higher or slower is as loud.
        return replace(voice, level_db=level_db(replace(voice, pitch=_NATURAL_PITCH, rate_wpm=_NATURAL_WPM)))

    return tuple(map(cache(with_level), voices))
