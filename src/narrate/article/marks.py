"""Signs at the edges of lines in plain text: rules, bullets, numbers, quotation marks."""

from __future__ import annotations

import re
from dataclasses import dataclass

_RULE = re.compile(r"(?:[-*_=~#+^•·⁂–—━─═❦§][ \t]*){3,}|[*#⁂❦§~]")
_UNDERLINE = re.compile(r"([=\-~*^#+\"'_`])\1{2,}")
_BULLET = re.compile(r"([-*•‣◦▪·–+])[ \t]+(?=\S)")
_NUMBER = re.compile(r"\(?(\d{1,4})[.)][ \t]+(?=\S)")
_OUTLINE = re.compile(r"\d+(?:\.\d+)+\.[ \t]+(?=\S)")
_LETTER = re.compile(r"\(?(?:[a-zA-Z]|[ivx]{1,5}|[IVX]{1,5})[.)][ \t]+(?=\S)")
_QUOTE = re.compile(r"(?:>[ \t]?)+")
_DECOR = re.compile(r"(?P<left>[*=#~_]{1,6})[ \t]*(?P<text>\S.*?)(?:(?<![ \t])[ \t]++[*=#~_]{1,6})?")
_INITIAL = re.compile(r"[A-Z]\.[ \t]")


@dataclass(frozen=True, slots=True)
class Item:
    """The start of a list item: how many characters the marker has that is not spoken, and its number or 0."""

    length: int
    number: int = 0


def is_rule(body: str) -> bool:
    """Whether a line is nothing but a rule or asterisks.

    >>> [is_rule(text) for text in ("* * *", "---", "⁂", "-- ", "* a", "#")]
    [True, True, True, False, False, True]
    """
    return not body[0].isalnum() and _RULE.fullmatch(body) is not None


def underline_of(body: str, heading: str) -> str:
    """The character that underlines `heading`, or "" where `body` is no underline of it.

    >>> underline_of("=====", "Title"), underline_of("---", "A much longer line of text")
    ('=', '')
    """
    match = _UNDERLINE.fullmatch(body)
    return match[1] if match and len(body) * 2 >= len(heading) else ""


def item_of(body: str) -> Item | None:
    """How a line starts a list item, if it does. A letter before it is text and stays; an initial is no letter.

    >>> item_of("- a"), item_of("12) b"), item_of("a) c")
    (Item(length=2, number=0), Item(length=4, number=12), Item(length=0, number=0))
    >>> item_of("A. Smith"), item_of("1.5 e"), item_of("1.5. Heading")
    (None, None, Item(length=0, number=0))
    """
    if bullet := _BULLET.match(body):
        return Item(bullet.end())
    if number := _NUMBER.match(body):
        written = str(int(number[1])) == number[1] and number[1] != "0" and number[1].isascii()
        return Item(number.end(), int(number[1])) if written else Item(0)
    if _OUTLINE.match(body) or (_LETTER.match(body) and not _INITIAL.match(body)):
        return Item(0)
    return None


def quote_depth(body: str) -> int:
    """How many ``>`` stand before a line.

    >>> quote_depth("> > a"), quote_depth(">>> b"), quote_depth("c > d")
    (2, 3, 0)
    """
    match = _QUOTE.match(body)
    return match[0].count(">") if match else 0


def unquoted(body: str) -> str:
    """A line without the ``>`` before it."""
    match = _QUOTE.match(body)
    return body[match.end() :] if match else body


def undecorated(text: str) -> str:
    """A line without the stars, hashes or rules around it.

    >>> undecorated("*** The End ***"), undecorated("# One"), undecorated("C# and F#")
    ('The End', 'One', 'C# and F#')
    """
    decor = _DECOR.fullmatch(text)
    return decor["text"] if decor else text
