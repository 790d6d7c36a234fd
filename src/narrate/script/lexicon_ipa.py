"""Which signs are of the International Phonetic Alphabet, and how a transcription is written here."""

from __future__ import annotations

import unicodedata

_LETTERS = (
    "abcdefhijklmnopqrstuvwxyzæçðøħŋœɐɑɒɓɔɕɖɗɘəɚɛɜɝɞɟɠɡɢɣɤɥɦɧɨɪɫɬɭɮɯɰɱɲɳɴɵɶɸɹɺɻɽɾʀʁʂʃʄʈʉʊʋʌʍʎʏʐʑʒʔʕʘʙʛʜʝʟʡʢǀǁǂǃβθχⱱᵻ"
)
_SIGNS = "ˈˌːˑ.|‖‿ʰʲʷˠˤˡⁿʼ˞ "
_MARKS = "".join(
    map(chr, (*range(0x300, 0x315), *range(0x318, 0x320), *range(0x324, 0x340), 0x35C, 0x361, 0x1DC4, 0x1DC5))
)
_KNOWN = frozenset(_LETTERS + _SIGNS + _MARKS)
_HEARD = frozenset(_LETTERS)
_TYPED = str.maketrans({"g": "ɡ", "'": "ˈ", "ʹ": "ˈ", "’": "ˈ", ":": "ː", ",": "ˌ", "‍": None, "\u00a0": " "})
"""What is typed on a keyboard for the sign that is meant."""


def tidy_ipa(written: str) -> str:
    """A transcription with the signs that are meant, its marks after their letters (NFD), one blank between words.

    >>> tidy_ipa(" 'gIF ".replace("I", "ɪ")), len(tidy_ipa("ɔ̃"))
    ('ˈɡɪF', 2)
    """
    return " ".join(unicodedata.normalize("NFD", written).replace("ç", "ç").translate(_TYPED).split())


def foreign_sign(ipa: str) -> str:
    """The first sign that the alphabet does not have; "" where there is none.

    >>> foreign_sign("ˈnjuːt"), foreign_sign("n@w")
    ('', '@')
    """
    return next((sign for sign in ipa if sign not in _KNOWN), "")


def can_be_heard(ipa: str) -> bool:
    """Whether there is a letter in a transcription, and not only marks."""
    return any(sign in _HEARD for sign in ipa)
