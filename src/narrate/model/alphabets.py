"""Alphabets, as Unicode names their letters, and the languages that are written in them."""

from __future__ import annotations

import unicodedata
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
    }
)
"""The first language is meant where nothing says which. Latin is not here: it says nothing of a language."""


def alphabet_of(letter: str) -> str:
    """The alphabet of a letter, "" for none of `ALPHABETS`.

    >>> alphabet_of("ж"), alphabet_of("a"), alphabet_of("你")
    ('CYRILLIC', '', 'CJK')
    """
    if letter < "\u0370" or not letter.isalpha():
        return ""
    name = unicodedata.name(letter, "").partition(" ")[0]
    return name if name in ALPHABETS else ""


def language_of(alphabets: frozenset[str] | set[str]) -> str:
    """The language that is meant by letters of these alphabets, at least one: kana among Chinese signs are Japanese.

    >>> language_of({"CJK", "HIRAGANA"}), language_of({"CJK"})
    ('ja', 'zh')
    """
    order = ("HIRAGANA", "KATAKANA", "HANGUL", *ALPHABETS)
    return ALPHABETS[next(name for name in order if name in alphabets)][0]
