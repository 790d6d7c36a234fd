"""The International Phonetic Alphabet in the sounds that a voice has: the nearest, where it lacks one."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

_SILENT = re.compile("[\u0361\u035c.|‖‿ʼˑʰⁿˡ]")
"""Ties, syllable breaks and fine shades; to a voice of Piper's a dot is the end of a sentence."""
_VOWEL = "aeiouyæøœɐɑɒɔɘəɚɛɜɝɞɤɨɪɯɵɶʉʊʌʏᵻ"

_ENGLISH: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), said)
    for pattern, said in (
        ("(?:ə˞|ɚ)", "ɚ"),
        ("(?:ɜ˞|ɝ|ɜː?|[øœɞ]ː?)(?!\u0303)", "ɜː"),
        ("œ\u0303", "ʌn"),
        ("ɛ\u0303", "æn"),
        ("[aɑ]ː?\u0303", "ɑːn"),
        ("[oɔ]ː?\u0303", "ɔːn"),
        ("\u0303", "n"),
        ("\u0329", "\u0329"),
        ("əʊ", "oʊ"),
        ("[ɛe]ə", "ɛɹ"),
        ("(?<![oa])ʊə", "ʊɹ"),
        ("eː|e(?!ɪ)", "ɛ"),
        ("oː|o(?!ʊ)", "oʊ"),
        ("ɒ|ɑː?|a(?![ɪʊ])ː?", "ɑː"),
        ("[yuɯʉ]ː?", "uː"),
        ("ʏ", "ʊ"),
        ("ɨ", "ɪ"),
        ("[ɘɵ]", "ə"),
        ("ɤ", "ʌ"),
        ("ɶ", "æ"),
        (f"[xχ](?=[ˈˌ]?[{_VOWEL}])|[ħʜɦɧ]", "h"),
        (f"ç(?=[ˈˌ]?[{_VOWEL}])", "h"),
        ("[xχqcǀǁǂǃʘ]", "k"),
        ("[çɕʂ]", "ʃ"),
        ("[ʑʐ]", "ʒ"),
        ("[rʁʀɻɽɺ]", "ɹ"),
        ("[ɲ]", "nj"),
        ("[ʎ]", "lj"),
        ("[ɟʄ]", "dʒ"),
        ("[ɡɣɢɠʛ]", "ɡ"),
        ("[βɓʙ]", "b"),
        ("ɸ", "f"),
        ("[ʋⱱ]", "v"),
        ("ɱ", "m"),
        ("ʈ", "t"),
        ("[ɖɗ]", "d"),
        ("ɳ", "n"),
        ("ɴ", "ŋ"),
        ("[ɭɫʟɬɮ]", "l"),
        ("[ʍɥɰ]", "w"),
        ("[ʕʡʢ]", "ʔ"),
        ("(?<=[tdszʃʒfvkɡpbmnlŋθð])ː", ""),
    )
)
"""What American English has no sound of its own for, and what eSpeak writes otherwise; from the top."""

ENGLISH = frozenset(" ˈˌːabdefhijklmnoprstuvwzæðŋɐɑɔəɚɛɜɡɪɹɾʃʊʌʒʔθᵻ\u0329")
"""The signs of eSpeak's American English, which are those that an English voice has learned."""

_NEAREST = str.maketrans(
    {
        "ɝ": "ɜ",
        "ɚ": "ə",
        "ɫ": "l",
        "ɹ": "r",
        "ʁ": "r",
        "ɾ": "r",
        "ɡ": "g",
        "ɱ": "m",
        "ɐ": "a",
        "ɒ": "ɔ",
        "ʋ": "v",
        "ᵻ": "ɪ",
    }
)


_LOT = "0"
"""Stands for the vowel of "lot" while American rows pass over a British transcription."""
_BRITISH: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), said)
    for pattern, said in (
        (_LOT, "ɒ"),
        ("oʊ", "əʊ"),
        (f"ɚ(?=[ˈˌ]?[{_VOWEL}])", "əɹ"),
        ("ɚ", "ə"),
        (f"ɹ(?![ˈˌ]?[{_VOWEL}])", ""),
    )
)
"""What southern British English has otherwise: no r but before a vowel."""


def fitted(ipa: str, language: str, known: AbstractSet[str]) -> str:
    """A transcription in the signs that a voice for a language knows; others become the nearest or are left out.

    >>> fitted("ˈɡøː.tə", "en-US", ENGLISH), fitted("ʒɑ̃", "en", ENGLISH), fitted("ʒɑ̃", "fr", set("ʒɑ̃"))
    ('ˈɡɜːtə', 'ʒɑːn', 'ʒɑ̃')
    >>> fitted("ˈwʊstɚ ɡoʊ", "en-gb-x-rp", ENGLISH)
    'ˈwʊstə ɡəʊ'
    """
    text = _SILENT.sub("", unicodedata.normalize("NFD", ipa).replace("ç", "ç"))
    tag = language.lower().replace("_", "-")
    if tag.partition("-")[0] == "en":
        british = tag.startswith("en-gb")
        text = text.replace("ɒ", _LOT) if british else text
        for pattern, said in (*_ENGLISH, *(_BRITISH if british else ())):
            text = pattern.sub(said, text)
        known = known & (ENGLISH | {"ɒ"}) if british else known & ENGLISH
    near = "".join(sign if sign in known else sign.translate(_NEAREST) for sign in text)
    return " ".join("".join(sign for sign in near if sign in known or sign == " ").split())


_NAMES = """
iː i:  uː u:  ɑː A:  ɔː O:  ɜː 3:  eɪ eI  oʊ oU  aɪ aI  aʊ aU  ɔɪ OI  ɛɹ e@  ɑːɹ A@  ɔːɹ O@  ʊɹ U@  ɪɹ i@3  iːɹ i@3
əl @L  n̩ n-  l̩ @L  tʃ tS  dʒ dZ  ɪ I  ɛ E  æ a  ʊ U  ʌ V  ə @  ɚ 3  ɔ O:  ɐ a#  i i  ᵻ I2  ɹ r  ʃ S  ʒ Z  θ T  ð D  ŋ N
ɡ g  ɾ t#  ʔ ?  ˈ '  ˌ ,  p p  b b  t t  d d  k k  f f  v v  s s  z z  m m  n n  h h  j j  w w  l l
"""
_WORDS = _NAMES.split()
_ESPEAK = {" ": " ", **dict(zip(_WORDS[::2], _WORDS[1::2], strict=True))}
"""Sounds as eSpeak's own names have them in its American English."""
_SOUND = re.compile("|".join(sorted(_ESPEAK, key=len, reverse=True)))


def mnemonics(ipa: str) -> str:
    """A transcription in eSpeak's own names of the sounds of American English; "" where it has none of them.

    >>> mnemonics("ʃɪˈvɔːn"), mnemonics("kˈiːv")
    ("SIv'O:n", "k'i:v")
    """
    sounds = _SOUND.findall(fitted(ipa, "en", ENGLISH))
    # What might be read as one sound is parted: "oU" and "@" are not "o" and "U@".
    names = "".join(f"|{name}" if name.startswith("@") else name for name in (_ESPEAK[sound] for sound in sounds))
    return _before_vowels(names.removeprefix("|"))


_STRESS = re.compile(r"(['ˌ,])([^'ˌ, aeiouAEIOUV@30]+)")


def _before_vowels(names: str) -> str:
    """Stress marks as eSpeak wants them, right before the vowel.

    >>> _before_vowels("'kli:n 'strIN")
    "kl'i:n str'IN"
    """
    return _STRESS.sub(r"\2\1", names)
