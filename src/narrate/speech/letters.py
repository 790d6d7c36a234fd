"""Letters that a voice has no sounds for, known before it is asked."""

from __future__ import annotations

import unicodedata

from narrate.model.alphabets import has_sound
from narrate.speech.languages import primary

_SPEAKS_ANYTHING = "und"


def unsayable(text: str, language: str) -> str:
    """The alphabet of a text in which a voice of that language has no sound for any letter; "" where it has for one.

    >>> unsayable("𓀀𓀁", "en"), unsayable("The sign 𓀀", "en"), unsayable("5", "en"), unsayable("ᏣᎳᎩ", "chr")
    ('Egyptian', '', '', '')
    """
    if text.isascii() or language == _SPEAKS_ANYTHING:
        return ""
    letters = [letter for letter in text if letter.isalnum()]
    if not letters or any(letter.isascii() or has_sound(letter, primary(language)) for letter in letters):
        return ""
    return unicodedata.name(letters[0], "unknown").partition(" ")[0].capitalize()
