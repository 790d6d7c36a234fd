"""What stands round a number, and how a region says numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from narrate.script.normalise.english.numbers.words import cardinal, digits

_MONTH_FIRST = frozenset({"en", "en-us", "en-ph", "en-fm", "en-pr"})
_REACH = 48
"""How many characters to each side are looked at."""

START = r"(?<!\w)(?<!\d[.,:/\-–−])"
"""Where a number may begin: not inside a word, nor behind another number that goes on."""

END = r"(?![\d_]|[.,:/]\d)"
"""Where a number may end: before nothing that would be its next digits."""

GROUPED = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)"
"""A whole number, with commas between its thousands or without."""

NUMBER = rf"(?:{GROUPED}(?:\.\d+)?|(?<![.\w])\.\d+)"
"""The same with decimals."""

DASH = r"\s?[-–—‑−]\s?"
"""What stands between the ends of a range."""

MINUS = r"(?:(?<![\w)\]%°”’.,\-–−])(?<!\d )[-−–](?=[\d.$£€]))"
"""A sign before a number; a dash behind a word or a number is none."""

SIGNED = rf"(?P<minus>{MINUS}|(?<!\S)\+)?(?<![\w$£€])(?<!\d[.,:/])"
"""Where a number with a sign or without one may begin."""


@dataclass(frozen=True, slots=True)
class Locale:
    """How a region says numbers: with "and", with the day before the month, with British words."""

    says_and: bool
    day_first: bool
    british: bool


def locale_of(language: str) -> Locale:
    """The habits of a BCP 47 tag in lower case; English without a region is American, like the default voice.

    >>> locale_of("en").day_first, locale_of("en-gb").day_first
    (False, True)
    """
    american = language in _MONTH_FIRST
    british = not american and language != "en-ca"
    return Locale(says_and=british, day_first=not american, british=british)


def spell(written: str, locale: Locale) -> str:
    """A number with commas, decimals and a sign, in words.

    >>> spell("1,234.50", locale_of("en")), spell(".345", locale_of("en")), spell("−007", locale_of("en"))
    ('one thousand two hundred thirty-four point five zero', 'point three four five', 'minus zero zero seven')
    """
    bare = re.sub(r"[^\d.]", "", written.lstrip("-−–"))
    sign = "minus " if written[:1] in set("-−–") else ""
    whole, point, decimals = bare.partition(".")
    counted = (
        digits(whole) if len(whole) > 1 and int(whole[0]) == 0 else cardinal(int(whole or 0), says_and=locale.says_and)
    )
    return sign + (counted if whole else "") + (f"{' ' if whole else ''}point {digits(decimals)}" if point else "")


def words(listed: str) -> frozenset[str]:
    """A set of words, from a line with blanks between them."""
    return frozenset(listed.split())


def sign(match: re.Match[str]) -> str:
    """What is said for the sign before a number, with a blank; nothing where there is none."""
    if not match["minus"]:
        return ""
    return "plus " if match["minus"] == "+" else "minus "


def is_one(written: str) -> bool:
    """Whether a unit after a number is singular.

    >>> [is_one(number) for number in ("1", "-1", "1.0", "11")]
    [True, True, False, False]
    """
    return written.lstrip("-−–") == "1"


_LAST_WORD = re.compile(r"([^\W\d_]+(?:['’.][^\W\d_]+)*)\.?[\s,\"“”‘(-]*\Z")
_NEXT_WORD = re.compile(r"[\s\-‑]*([^\W\d_]+)")


def text_before(match: re.Match[str], start: int | None = None) -> str:
    """What stands before a match, or before a place in it; no more than a few words."""
    end = match.start() if start is None else start
    return match.string[max(0, end - _REACH) : end]


def text_after(match: re.Match[str]) -> str:
    """What stands after a match; no more than a few words."""
    return match.string[match.end() : match.end() + _REACH]


def word_before(match: re.Match[str], start: int | None = None) -> str:
    """The word before a match, in its case; empty where there is none."""
    found = _LAST_WORD.search(text_before(match, start))
    return found[1] if found else ""


def word_after(match: re.Match[str]) -> str:
    """The word after a match, in its case, across a blank or a hyphen; empty where there is none."""
    found = _NEXT_WORD.match(match.string, match.end())
    return found[1] if found else ""


_NO_PLURAL = words(
    "is was as has its this thus us plus across versus always perhaps less unless does besides towards afterwards "
    "overseas news ours yours his hers theirs sometimes nevertheless nonetheless regardless alas yes whereas"
)
_COUNTED = words(
    "people men women children feet percent per square cubic more fewer other different young new additional inches "
    "extra full such local foreign armed civilian female male dead head sheep fish police troops"
)


def counts_next(match: re.Match[str]) -> bool:
    """Whether the word after a number is one that is counted: "people", or a plural in small letters."""
    word = word_after(match)
    if not word or not word.islower() or match.string[match.end() : match.end() + 1] not in {" ", "\u00a0"}:
        return False
    return word in _COUNTED or (word.endswith("s") and not word.endswith("ss") and word not in _NO_PLURAL)


_DETERMINER = words("a an another")
_DEFINITE = words("the this that his her its their our my your new first each every")
_NO_NOUN = words(
    "a an the to in from and or for of per each at on by with than as is was were are be been has had have will "
    "would can could may might must if when while but that which who whom whose this these those it he she they we "
    "you i into onto now today tomorrow tonight yesterday even just over under above below after before about "
    "between during since until out up down off away "
    "apart ago long wide high tall deep thick more less again so too not only then there here went came goes comes "
    "because within without through across along near behind his her their its our your my"
)


_LED = re.compile(r"\b(?:[Aa]n?|[Tt]he)\s(?:[\d.]+-)?[a-z-]+,\s\Z")
"""A first description: "the three-year, $1bn deal"."""


def describes(match: re.Match[str]) -> bool:
    """Whether an amount stands before its noun, as in "a 5 km run": its unit is singular then."""
    text, end = match.string, match.end()
    if text[end : end + 1] == "-" and text[end + 1 : end + 2].isalpha():
        return not text.startswith(("-a-", "-an-"), end)
    word = word_after(match)
    if not word.islower() or not text[end : end + 1].isspace() or word in _NO_NOUN or word.endswith("ly"):
        return False
    before = word_before(match).lower()
    if _LED.search(text_before(match)) and not word.endswith(("s", "ed", "ing")):
        return True
    return before in _DETERMINER or (before in _DEFINITE and not word.endswith(("s", "ed")))
