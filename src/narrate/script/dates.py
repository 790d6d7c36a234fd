"""The date of an article, as written and as spoken in the opening.

Every other date in a text is the normaliser's.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from narrate.script.wording import ENGLISH, wording_for

if TYPE_CHECKING:
    from datetime import date

_ONES = (
    *("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS = (
    *("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"),
    *("eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth"),
    *("nineteenth", "twentieth"),
)

MONTH_FIRST = re.compile(rf"\b(?P<month>{'|'.join(ENGLISH.months)}) (?P<day>\d{{1,2}}), (?P<year>\d{{4}})\b")
DAY_FIRST = re.compile(rf"\b(?P<day>\d{{1,2}}) (?P<month>{'|'.join(ENGLISH.months)}) (?P<year>\d{{4}})\b")


def written_date(day: date, language: str) -> str:
    """A date as the language writes it; English without a region is American, like the default voice.

    >>> from datetime import date
    >>> [written_date(date(2026, 11, 24), tag) for tag in ("en", "en-GB", "de")]
    ['November 24, 2026', '24 November 2026', '24. November 2026']
    """
    words = wording_for(language)
    month = words.months[day.month - 1]
    if language.lower() in {"en", "en-us"}:
        return f"{month} {day.day}, {day.year}"
    return words.date.format(day=day.day, month=month, year=day.year)


def spoken_date(match: re.Match[str]) -> str | None:
    """What an English voice says for a match of `MONTH_FIRST` or `DAY_FIRST`; None where it is no date.

    >>> spoken_date(MONTH_FIRST.search("Published November 24, 2026."))
    'November twenty fourth, twenty twenty-six'
    >>> spoken_date(DAY_FIRST.search("Published 3 May 1905."))
    'the third of May, nineteen oh five'
    """
    day, year = int(match["day"]), int(match["year"])
    if not 1 <= day <= 31 or year < 1000:  # noqa: PLR2004  (the days of a month; years of four digits)
        return None
    if match.re is MONTH_FIRST:
        return f"{match['month']} {_ordinal(day)}, {_year(year)}"
    return f"the {_ordinal(day)} of {match['month']}, {_year(year)}"


def _ordinal(day: int) -> str:
    """A day of the month.

    >>> _ordinal(1), _ordinal(20), _ordinal(24), _ordinal(30)
    ('first', 'twentieth', 'twenty fourth', 'thirtieth')
    """
    if day < len(_ORDINALS):
        return _ORDINALS[day]
    if day == 30:  # noqa: PLR2004  (the one round day above the twentieth)
        return "thirtieth"
    return f"{_TENS[day // 10]} {_ORDINALS[day % 10]}"


def _two_digits(number: int) -> str:
    """A number from 1 to 99.

    >>> _two_digits(7), _two_digits(26), _two_digits(90)
    ('seven', 'twenty-six', 'ninety')
    """
    if number < len(_ONES):
        return _ONES[number]
    tens, ones = divmod(number, 10)
    return _TENS[tens] + (f"-{_ONES[ones]}" if ones else "")


def _year(year: int) -> str:
    """A year of four digits.

    >>> _year(2026), _year(2005), _year(2000), _year(1900), _year(1905)
    ('twenty twenty-six', 'two thousand five', 'two thousand', 'nineteen hundred', 'nineteen oh five')
    """
    century, rest = divmod(year, 100)
    if century % 10 == 0 and rest < 10:  # noqa: PLR2004  (2000 to 2009 are counted, 2010 and on are said in pairs)
        return f"{_ONES[century // 10]} thousand {_ONES[rest]}".rstrip()
    if rest == 0:
        return f"{_two_digits(century)} hundred"
    return f"{_two_digits(century)} " + (f"oh {_ONES[rest]}" if rest < 10 else _two_digits(rest))  # noqa: PLR2004  (the same)
