"""A language as the normaliser needs to know it, and its numbers in words.

num2words makes the words of whole numbers; what it says wrongly `Tongue.mend` puts right.
Decimals and the forms that a number takes before a noun are made here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

LARGEST = 10**12
"""Numbers from here on are left to the engine."""

_READ_WHOLE = 2
"""Decimals of more digits than this are said digit by digit in every language."""


@dataclass(frozen=True, slots=True)
class Noun:
    """What is counted: one of it, several, and the gender its number takes: "m", "f", or "-" for its own form."""

    one: str
    many: str
    gender: str = "m"


def nouns(rows: str) -> dict[str, Noun]:
    """A table in a line: ``sign=one/many/gender``; one form alone is both, the gender is "m" where it is not said.

    >>> nouns("km=Kilometer; t=Tonne/Tonnen/f")["t"]
    Noun(one='Tonne', many='Tonnen', gender='f')
    """
    table: dict[str, Noun] = {}
    for row in rows.split(";"):
        sign, _is, said = row.strip().partition("=")
        one, many, gender = (*said.split("/"), "", "")[:3]
        table[sign] = Noun(one, many or one, gender or "m")
    return table


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as it is written: its whole part, and the digits after the decimal sign ("" for none)."""

    whole: int
    decimals: str = ""


@dataclass(frozen=True, eq=False, slots=True)
class Tongue:
    """One language.

    `code` is num2words' name of it. `thousands` and `decimal` are patterns of the signs inside numbers. `agree` gives
    the words of a number their form before a noun of a gender, `mend` puts right what num2words says, `price` says an
    amount of money with cents, from the words of both, and `of` the currency after a million. `units`, `currencies`
    and `scales` are nouns by the sign or abbreviation that stands for them, `fractions` the words of "1/2". Where
    `one_below_two`, "1,5" is singular.
    """

    code: str
    comma: str
    minus: str
    until: str
    months: tuple[str, ...]
    agree: Callable[[str, str], str]
    price: Callable[[str, str], str]
    of: Callable[[str], str]
    currencies: Mapping[str, Noun]
    units: Mapping[str, Noun]
    scales: Mapping[str, Noun]
    fractions: Mapping[str, str]
    thousands: str = r"[.\u00a0\u202f ]"
    decimal: str = ","
    mend: Callable[[str], str] = str
    decimals_by_digit: bool = False
    one_below_two: bool = False
    plus: str = "plus"

    @property
    def number(self) -> str:
        """The pattern of a number without sign, for use inside others."""
        return rf"(?:[1-9]\d{{0,2}}(?:{self.thousands}\d{{3}})+|\d+)(?:{self.decimal}\d+)?(?!\d)"


@lru_cache(maxsize=4096)
def cardinal(number: int, tongue: Tongue) -> str:
    """A whole number from 0 up to `LARGEST` in words, as it stands alone."""
    return tongue.mend(_words(number, tongue.code, "cardinal"))


@lru_cache(maxsize=512)
def ordinal(number: int, tongue: Tongue) -> str:
    """The masculine ordinal of a whole number from 1."""
    return _words(number, tongue.code, "ordinal")


def _words(number: int, code: str, form: str) -> str:
    from num2words import num2words  # 30 ms that texts without numbers need not pay

    return str(num2words(number, lang=code, to=form))


def figure(written: str, tongue: Tongue) -> Figure | None:
    """The number that is written, or None where it is too large."""
    whole, _sign, decimals = re.sub(
        tongue.decimal, "/", re.sub(tongue.thousands + r"(?=\d{3})", "", written)
    ).partition("/")
    return Figure(int(whole), decimals) if len(whole) < len(str(LARGEST)) else None


def in_words(number: Figure, tongue: Tongue, gender: str = "") -> str:
    """A number in words; with a gender, as it stands before a noun of it."""
    words = cardinal(number.whole, tongue)
    if number.decimals:
        return f"{words} {tongue.comma} {_decimals(number.decimals, tongue)}"
    return tongue.agree(words, gender) if gender else words


def _decimals(digits: str, tongue: Tongue) -> str:
    rest = digits.lstrip("0")
    if tongue.decimals_by_digit or len(digits) > _READ_WHOLE or not rest:
        return " ".join(cardinal(int(digit), tongue) for digit in digits)
    return " ".join([*[cardinal(0, tongue)] * (len(digits) - len(rest)), cardinal(int(rest), tongue)])


def counted(number: Figure, noun: Noun, tongue: Tongue) -> str:
    """A number of things: "trois euros", "un euro"."""
    return f"{in_words(number, tongue, noun.gender.strip('-'))} {form(number, noun, tongue)}"


def form(number: Figure, noun: Noun, tongue: Tongue) -> str:
    """The noun in the form that follows the number."""
    if tongue.one_below_two:
        return noun.one if number.whole == 1 or (number.whole == 0 and number.decimals) else noun.many
    return noun.one if number == Figure(1) else noun.many
