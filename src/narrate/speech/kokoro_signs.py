"""The signs that Kokoro reads, and eSpeak's phonemes in them.

Kokoro was trained on the alphabet of its own phonemiser, in which a diphthong or an affricate
is one sign (Kokoro-82M, config.json: the numbers; its README: ``A`` is eSpeak's "eɪ").
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_RUNS = (
    (1, ";:,.!?"),
    (9, '—…"()“” \u0303ʣʥʦʨᵝꭧAI'),
    (31, "O"),
    (33, "Q"),
    (35, "ST"),
    (39, "W"),
    (41, "Yᵊabcdef"),
    (50, "hijklmnopqrstuvwxyzɑɐɒæ"),
    (75, "βɔɕç"),
    (80, "ɖðʤə"),
    (85, "ɚɛɜ"),
    (90, "ɟ"),
    (92, "ɡ"),
    (99, "ɥ"),
    (101, "ɨɪʝ"),
    (110, "ɯɰŋɳɲɴø"),
    (118, "ɸθœ"),
    (123, "ɹ"),
    (125, "ɾɻ"),
    (128, "ʁɽʂʃʈʧ"),
    (135, "ʊʋ"),
    (138, "ʌɣɤ"),
    (142, "χʎ"),
    (147, "ʒʔ"),
    (156, "ˈˌː"),
    (162, "ʰ"),
    (164, "ʲ"),
    (169, "↓"),
    (171, "→↗↘"),
    (177, "ᵻ"),
)
NUMBERS: Mapping[str, int] = {sign: first + at for first, signs in _RUNS for at, sign in enumerate(signs)}
"""What the model is given for each sign; 0 stands at both ends of a text."""

_Rules = tuple[tuple[re.Pattern[str], str], ...]


def _rules(*pairs: tuple[str, str]) -> _Rules:
    return tuple((re.compile(pattern), sign) for pattern, sign in pairs)


_AFFRICATES = _rules(("tʃ", "ʧ"), ("dʒ", "ʤ"))
_DIPHTHONGS = _rules(("aɪ", "I"), ("aʊ", "W"), ("eɪ", "A"), ("oʊ", "O"), ("əʊ", "Q"), ("ɔɪ", "Y"))
_CONSONANT = "bdfhjklmnpstvwzðŋɡɹɾʃʒʤʧθT"
_ENGLISH = _rules(
    ("ʔˌ?n\u0329", "tn"),
    ("ʔn?", "t"),
    (f"(?<=[{_CONSONANT}])əl(?=[^{'aeiouæɐɑɒɔəɛɜɪʊʌAIOQWY'}ɚ]|$)", "ᵊl"),
    ("(\\S)\u0329", "ᵊ\\1"),
    ("ʲ(?=[oə])", "j"),
    ("[ʲ\u0303]", ""),
    ("[xç]", "k"),
    ("ɬ", "l"),
    ("r", "ɹ"),
    ("ɐ", "ə"),
)
_AMERICAN = _rules(("ɚ", "əɹ"), ("ɜːɹ?", "ɜɹ"), ("ɪə", "iə"), ("e(?!ə)", "A"), ("o", "ɔ"), ("ɾ", "T"), ("ː", ""))
_BRITISH = _rules(("ɚ", "əɹ"), ("e(?:ː|ə)", "ɛː"), ("iə", "ɪə"), ("e", "A"), ("o", "ɔ"))
_OTHER = _rules(("ts", "ʦ"), ("dz", "ʣ"), ("-", ""))

_BY_LANGUAGE: Mapping[str, _Rules] = {
    "en-us": (*_AFFRICATES, *_DIPHTHONGS, *_ENGLISH, *_AMERICAN),
    "en-gb-x-rp": (*_AFFRICATES, *_DIPHTHONGS, *_ENGLISH, *_BRITISH),
}


def signs_of(phonemes: str, language: str) -> str:
    """Phonemes as eSpeak writes them, in Kokoro's signs; what has none is left out.

    >>> signs_of("ðə lˈæɾɚ bˈʌʔn̩", "en-us"), signs_of("nˈəʊ, ðeəɹ ɪz ɐ fˈaɪə", "en-gb-x-rp"), signs_of("tʃˈaʊ", "it")
    ('ðə lˈæTəɹ bˈʌtn', 'nˈQ, ðɛːɹ ɪz ə fˈIə', 'ʧˈW')
    """
    for pattern, sign in _BY_LANGUAGE.get(language, (*_AFFRICATES, *_DIPHTHONGS, *_OTHER)):
        phonemes = pattern.sub(sign, phonemes)
    return "".join(sign for sign in phonemes if sign in NUMBERS)
