"""Signs and letters one by one: how addresses, file names and code are read."""

from __future__ import annotations

import re

from narrate.script.normalise.english.letters.context import words

DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")

SIGNS = {
    ".": "dot",
    "/": "slash",
    "\\": "backslash",
    "-": "dash",
    "_": "underscore",
    ":": "colon",
    "?": "question mark",
    "=": "equals",
    "&": "and",
    "#": "hash",
    "%": "percent",
    "~": "tilde",
    "@": "at",
    "+": "plus",
    ",": "comma",
    ";": "semicolon",
    "!": "exclamation mark",
    "*": "star",
    "$": "dollar",
    "|": "bar",
    "^": "caret",
    "(": "open parenthesis",
    ")": "close parenthesis",
}
"""What is said for the signs of addresses; others are passed over."""

_PIECES = re.compile(r"[^\W\d_]+|\d|[\W_]")
_VOWEL = re.compile(r"[aeiouy]", re.IGNORECASE)
_SHORT = 5
"""Longer runs of letters without a vowel are not spelled; they are no initialisms."""

_ALWAYS = words("www http https ftp edu usr")
_SUFFIX = 2
"""Letters of the top domain of a country."""

_SAID = frozenset({"co", "me"})


def letters(word: str) -> str:
    """A word letter by letter, written so that every engine reads it so and no sentence ends.

    eSpeak reads some capitals as a word, as "EDU"; of "E.D.U" it reads the letters.

    >>> letters("ipo"), letters("bbc")
    ('I.P.O', 'BBC')
    """
    word = word.upper()
    return ".".join(word) if _VOWEL.search(word) else word


def part(word: str) -> str:
    """A run of letters in an address: spelled where it has no vowel or is known to be spelled.

    >>> part("nvidia"), part("dgx"), part("www"), part("edu")
    ('nvidia', 'DGX', 'WWW', 'E.D.U')
    """
    low = word.lower()
    if low in _ALWAYS or (len(word) <= _SHORT and word.isascii() and not _VOWEL.search(word)):
        return letters(word)
    return word


def sign_by_sign(text: str) -> str:
    """Every sign of an address; digits one by one.

    >>> sign_by_sign("early-access/12?q=on")
    'early dash access slash one two question mark Q equals on'
    """
    said = []
    for piece in _PIECES.findall(text):
        if piece.isdecimal():
            said.append(DIGITS[int(piece)])
        elif piece[0].isalpha():
            said.append(part(piece))
        elif piece in SIGNS:
            said.append(SIGNS[piece])
    return " ".join(said)


def host(name: str) -> str:
    """The name of a computer, a country's letters spelled.

    >>> host("www.ourdailynews.com.sm"), host("hotmail.it"), host("bbc.co.uk")
    ('WWW dot ourdailynews dot com dot SM', 'hotmail dot I.T', 'BBC dot co dot U.K')
    """
    front, dot, top = name.rpartition(".")
    said = letters(top) if len(top) == _SUFFIX and top.isalpha() and top.lower() not in _SAID else part(top)
    return f"{sign_by_sign(front)} dot {said}" if dot else sign_by_sign(name)
