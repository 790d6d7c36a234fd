"""Letters that no voice here has sounds for: eSpeak's rules, and Piper's with them, give none or say "letter 13000"."""

from __future__ import annotations

import unicodedata
from types import MappingProxyType
from typing import TYPE_CHECKING

from narrate.speech.languages import same_language

if TYPE_CHECKING:
    from collections.abc import Mapping

_UNKNOWN = (
    "ADLAM ANATOLIAN AVESTAN BALINESE BAMUM BRAHMI BUGINESE BUHID CANADIAN CARIAN CHAKMA CHAM COPTIC CUNEIFORM DESERET "
    "EGYPTIAN GLAGOLITIC GOTHIC HANUNOO JAVANESE KAYAH KHAROSHTHI KHITAN LEPCHA LIMBU LINEAR LISU LYCIAN LYDIAN "
    "MANDAIC MEETEI MEROITIC MONGOLIAN NKO NUSHU OGHAM OL OLD OSAGE OSMANYA PHAGS-PA PHOENICIAN REJANG RUNIC "
    "SAMARITAN SAURASHTRA SHARADA SHAVIAN SORA SUNDANESE SYRIAC TAGALOG TAGBANWA TAI TAKRI TANGUT TIFINAGH UGARITIC "
    "VAI YI"
)
"""As the Unicode names of their letters begin; tried with eSpeak NG 1.52."""

_WRITES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        **dict.fromkeys(_UNKNOWN.split(), ()),
        "BALINESE": ("ban",),
        "CANADIAN": ("iu", "cr", "oj"),
        "CHEROKEE": ("chr",),
        "COPTIC": ("cop",),
        "JAVANESE": ("jv",),
        "KHMER": ("km",),
        "LAO": ("lo",),
        "MONGOLIAN": ("mn",),
        "NKO": ("nqo",),
        "SUNDANESE": ("su",),
        "SYRIAC": ("syr", "syc", "aii"),
        "THAANA": ("dv",),
        "TIBETAN": ("bo", "dz"),
        "TIFINAGH": ("ber", "zgh", "kab"),
        "VAI": ("vai",),
        "YI": ("ii",),
    }
)
"""Alphabets that only a voice of one of these languages could know."""

_SPEAKS_ANYTHING = "und"


def unsayable(text: str, language: str) -> str:
    """The alphabet of a text in which a voice of that language has no sound for any letter; "" where it has for one.

    >>> unsayable("𓀀𓀁", "en"), unsayable("The sign 𓀀", "en"), unsayable("5", "en"), unsayable("ᏣᎳᎩ", "chr")
    ('Egyptian', '', '', '')
    """
    if text.isascii() or language == _SPEAKS_ANYTHING:
        return ""
    found = ""
    for letter in filter(str.isalnum, text):
        found = _alphabet(letter)
        if not found or any(same_language(language, known) for known in _WRITES[found]):
            return ""
    return found.capitalize()


def _alphabet(letter: str) -> str:
    name = unicodedata.name(letter, "").partition(" ")[0]
    return name if name in _WRITES else ""
