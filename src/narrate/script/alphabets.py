"""Words in another alphabet inside a sentence, apart from the rest, so that a voice of their language says them.

An English voice says "Chinese letter" for each sign of a Chinese word. One or two letters are a symbol: "π".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from narrate.model.alphabets import alphabet_of, is_foreign, language_of, nobodys
from narrate.script.wording import primary

if TYPE_CHECKING:
    from collections.abc import Iterator

_FEWEST_LETTERS = {"CJK": 1, "HIRAGANA": 1, "KATAKANA": 1, "HANGUL": 1}
_FEWEST = 3
_BEYOND_LATIN = re.compile("[^\0-\u036f]")
_WORD = re.compile(r"\S+")


def by_alphabet(text: str, language: str) -> list[tuple[str, str]]:
    """The text in pieces that concatenate to it, each with its language.

    >>> by_alphabet("The word 你好 is a greeting.", "en")
    [('The word ', 'en'), ('你好 ', 'zh'), ('is a greeting.', 'en')]
    >>> [own for _, own in by_alphabet("He is 松谷 (シュウ), they say.", "en")]
    ['en', 'ja', 'en']
    >>> by_alphabet("The sum Σ of π.", "en")
    [('The sum Σ of π.', 'en')]
    """
    if not _BEYOND_LATIN.search(text):
        return [(text, language)]
    pieces: list[tuple[str, str]] = []
    start = 0
    for first, last, own in _of_one(list(_runs(text, primary(language)))):
        if start < first:
            pieces.append((text[start:first], language))
        pieces.append((text[first:last], own))
        start = last
    if start < len(text):
        pieces.append((text[start:], language))
    return pieces


def heard_in(text: str, told: str, usual: str) -> str:
    """The language that a passage is said in: the one that it is told to be in, mostly.

    Where that is one for whose letters no voice has sounds, that they are there is said in the article's own, `usual`.

    >>> heard_in("Guten Tag", "de", "en"), heard_in("កម្ពុជា", "km", "en"), heard_in("កម្ពុជា", "km", "km")
    ('de', 'en', 'km')
    """
    if told == usual or text.isascii():
        return told
    its_own = nobodys(primary(told))
    return usual if any(not its_own.match(letter) for letter in nobodys(primary(usual)).findall(text)) else told


def _of_one(runs: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Chinese signs in a sentence that has kana elsewhere are Japanese: a name, and how it is read."""
    japanese = any(own == "ja" for _, _, own in runs)
    return [(first, last, "ja" if japanese and own == "zh" else own) for first, last, own in runs]


def _runs(text: str, usual: str) -> Iterator[tuple[int, int, str]]:
    """Stretches of words in other alphabets, with the blanks after them."""
    words = [(match.start(), match.end(), _foreign(match.group(), usual)) for match in _WORD.finditer(text)]
    at = 0
    while at < len(words):
        start, _end, alphabets = words[at]
        after = at + 1
        while alphabets and after < len(words) and words[after][2]:
            alphabets |= words[after][2]
            after += 1
        if alphabets:
            yield start, words[after][0] if after < len(words) else len(text), language_of(alphabets)
        at = after


def _foreign(word: str, usual: str) -> set[str]:
    """The alphabets of a word that are not the language's, if the word is one in them and no symbol."""
    names = [alphabet_of(letter) for letter in word if is_foreign(letter, usual)]
    letters = sum(map(str.isalpha, word))
    enough = (
        names and len(names) * 2 > letters and len(names) >= min(_FEWEST_LETTERS.get(name, _FEWEST) for name in names)
    )
    return set(names) if enough else set()
