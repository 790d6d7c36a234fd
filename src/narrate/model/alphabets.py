"""Alphabets, as Unicode names their letters, the languages that are written in them, and who has sounds for them.

Tried with eSpeak NG 1.52 and Piper, which has its rules: a voice of another language says Bengali words as words,
spells Russian ones, and says "letter one seven eight zero" for Khmer ones.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

ALPHABETS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "HANGUL": ("ko",),
        "HIRAGANA": ("ja",),
        "KATAKANA": ("ja",),
        "CJK": ("zh", "ja", "ko", "yue"),
        "ARABIC": ("ar", "fa", "ur", "ps", "ku", "sd", "ug"),
        "HEBREW": ("he", "yi"),
        "CYRILLIC": ("ru", "uk", "be", "bg", "mk", "sr", "kk", "ky", "mn", "tg", "tt"),
        "GREEK": ("el",),
        "THAI": ("th",),
        "DEVANAGARI": ("hi", "mr", "ne", "sa"),
        "BENGALI": ("bn", "as"),
        "TAMIL": ("ta",),
        "TELUGU": ("te",),
        "GEORGIAN": ("ka",),
        "ARMENIAN": ("hy",),
        "GUJARATI": ("gu",),
        "GURMUKHI": ("pa",),
        "KANNADA": ("kn",),
        "MALAYALAM": ("ml",),
        "SINHALA": ("si",),
        "ORIYA": ("or",),
        "MYANMAR": ("my",),
        "ETHIOPIC": ("am", "ti"),
    }
)
"""The first language is meant where nothing says which. Latin is not here: it says nothing of a language."""

_THEIR_OWN = ("THAI", "ORIYA", "MYANMAR", "ETHIOPIC")
"""For these a voice has sounds if its language is written in them."""

_NOBODYS = (
    ("\u0700-\u074f\u0860-\u086f", "syr syc aii"),  # Syriac
    ("\u0780-\u07bf", "dv"),  # Thaana
    ("\u07c0-\u07ff", "nqo"),  # N'Ko
    ("\u0e80-\u0eff", "lo"),  # Lao
    ("\u0f00-\u0fff", "bo dz"),  # Tibetan
    ("\u13a0-\u13ff\uab70-\uabbf", "chr"),  # Cherokee
    ("\u1400-\u167f\u18b0-\u18ff", "iu cr oj"),  # Canadian syllabics
    ("\u1780-\u17ff\u19e0-\u19ff", "km"),  # Khmer
    ("\u1800-\u18af", "mn"),  # Mongolian
    ("\u1b00-\u1b7f", "ban"),  # Balinese
    ("\u1b80-\u1bbf\u1cc0-\u1ccf", "su"),  # Sundanese
    ("\u2c80-\u2cff", "cop"),  # Coptic
    ("\u2d30-\u2d7f", "ber zgh kab"),  # Tifinagh
    ("\ua000-\ua4cf", "ii"),  # Yi
    ("\ua500-\ua63f", "vai"),  # Vai
    ("\ua980-\ua9df", "jv"),  # Javanese
    ("\u0800-\u085f\u1680-\u177f\u1900-\u19df\u1a00-\u1aaf\u1bc0-\u1c7f\u2c00-\u2c5f", ""),  # Ogham, Limbu …
    ("\ua4d0-\ua4ff\ua6a0-\ua6ff\ua800-\ua82f\ua840-\ua8df\ua900-\ua95f\uaa00-\uaa5f\uaa80-\uaaff\uabc0-\uabff", ""),
    ("\U00010000-\U0001afff\U0001bc00-\U0001bcff\U0001e000-\U0001e95f", ""),  # ancient and recent ones
)
"""Blocks of Unicode for whose letters no voice here has sounds, and the languages whose own voices might."""


def alphabet_of(letter: str) -> str:
    """The alphabet of a letter, "" for none of `ALPHABETS`.

    >>> alphabet_of("ж"), alphabet_of("a"), alphabet_of("你")
    ('CYRILLIC', '', 'CJK')
    """
    if letter < "\u0370" or not letter.isalpha():
        return ""
    name = unicodedata.name(letter, "").partition(" ")[0]
    return name if name in ALPHABETS else ""


def is_foreign(letter: str, language: str) -> bool:
    """Whether a letter is of one of `ALPHABETS` in which a language, by its primary subtag, is not written.

    >>> is_foreign("ж", "en"), is_foreign("ж", "ru"), is_foreign("a", "ru")
    (True, False, False)
    """
    alphabet = alphabet_of(letter)
    return alphabet != "" and language not in ALPHABETS[alphabet]


def language_of(alphabets: frozenset[str] | set[str]) -> str:
    """The language that is meant by letters of these alphabets, at least one: kana among Chinese signs are Japanese.

    >>> language_of({"CJK", "HIRAGANA"}), language_of({"CJK"})
    ('ja', 'zh')
    """
    order = ("HIRAGANA", "KATAKANA", "HANGUL", *ALPHABETS)
    return ALPHABETS[next(name for name in order if name in alphabets)][0]


@cache
def nobodys(language: str) -> re.Pattern[str]:
    """One letter (or sign of its alphabet) that no voice has a sound for; `language`, by its primary subtag, aside.

    >>> bool(nobodys("en").match("ក")), bool(nobodys("km").match("ក")), bool(nobodys("en").match("я"))
    (True, False, False)
    """
    return re.compile(f"[{''.join(block for block, written in _NOBODYS if language not in written.split())}]")


def has_sound(letter: str, language: str) -> bool:
    """Whether a voice of a language, by its primary subtag, has a sound for a letter that is not ASCII.

    >>> has_sound("ж", "en"), has_sound("ក", "en"), has_sound("ሰ", "en"), has_sound("ሰ", "ti")
    (True, False, False, True)
    """
    alphabet = alphabet_of(letter)
    own = alphabet not in _THEIR_OWN or language in ALPHABETS[alphabet]
    return own and nobodys(language).match(letter) is None
