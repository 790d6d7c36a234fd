"""The text that an engine sees: text only, never commands, one character for one character."""

from __future__ import annotations

import re
import unicodedata

_COMMANDS = re.compile(r"\[\[|\]\]")
"""Piper (and eSpeak, where asked) reads what stands between these as raw phonemes."""

_UNPARTED = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_UNPARTED}]|[^\s{_UNPARTED}]+")
"""Kana and Han, which no spaces part, one by one; else what stands between spaces."""

_ASIDE = re.compile(r"(?<=\w) \((?P<words>\w[^()]*)\)(?=(?P<goes_on> \w)?)")
"""Words in brackets after a word, and whether another follows."""

_MARKS = frozenset("%‰&@#$+=")
"""ASCII and other punctuation that voices read out."""

_UNSAFE = frozenset({"Cc", "Cs", "Co", "Cn", "Zl", "Zp"})
"""What no voice can say: U+0000 ends a C string, U+0001 opens a command of eSpeak's, half a surrogate has no UTF-8."""


def plain(text: str) -> str:
    r"""The text without what an engine takes for a command; every character keeps its place, so spans hold.

    >>> plain("a\0b [[h@loU]]")
    'a b   h@loU  '
    """
    if text.isprintable() and "[[" not in text and "]]" not in text:
        return text
    text = "".join(" " if unicodedata.category(character) in _UNSAFE else character for character in text)
    return _COMMANDS.sub("  ", text)


def set_off(text: str) -> str:
    """The text with commas for brackets round words inside a sentence, where an engine passes over brackets.

    Every character keeps its place.

    >>> set_off("He said (as always) that f(x) fell (or rose).")
    'He said, as always, that f(x) fell, or rose).'
    """
    if "(" not in text:
        return text
    return _ASIDE.sub(lambda aside: f", {aside['words']}{',' if aside['goes_on'] else ')'}", text)


def is_speakable(text: str) -> bool:
    """Whether anything in a text has a sound: a letter, a digit or a symbol such as % or an emoji.

    >>> is_speakable("50 %"), is_speakable("… — !"), is_speakable("***")
    (True, False, False)
    """
    return any(map(_sounds, text))


def spoken_words(text: str) -> list[tuple[int, int]]:
    """The spans ``[start, end)`` of a text's words, punctuation that clings to them left out.

    >>> [("“Well”, he said.")[a:b] for a, b in spoken_words("“Well”, he said.")]
    ['Well', 'he', 'said']
    """
    spans = ((match.start(), match.end()) for match in _WORD.finditer(text))
    return [_narrow(text, start, end) for start, end in spans if is_speakable(text[start:end])]


def _narrow(text: str, start: int, end: int) -> tuple[int, int]:
    while not _sounds(text[start]):
        start += 1
    while not _sounds(text[end - 1]):
        end -= 1
    return start, end


def _sounds(character: str) -> bool:
    return character.isalnum() or character in _MARKS or (not character.isascii() and _is_symbol(character))


def _is_symbol(character: str) -> bool:
    # Marks (M) are the vowels of Indic words and the second half of many an emoji.
    return unicodedata.category(character) in {"Sc", "Sm", "So", "Mn", "Mc"}
