"""Dates in all their orders, by locale."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from narrate.script.normalise.english.numbers.context import DASH, text_after, word_before, words
from narrate.script.normalise.english.numbers.words import ordinal, paired
from narrate.script.normalise.rule import Later, Rule
from narrate.script.wording import ENGLISH

if TYPE_CHECKING:
    from narrate.script.normalise.english.numbers.context import Locale

_DAYS, _MONTHS = range(1, 32), range(1, 13)
_OLDEST_OF_THIS_CENTURY = 40
"""Years of two digits from here on are of the last century."""

MONTH = (
    r"(?P<month>(?i:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?))(?P<dot>\.?)"
)
_SUFFIX = r"(?i:st|nd|rd|th)?"
_NO_COUNT = r"(?!\s+(?:people|men|women|children|feet|miles|workers|troops|soldiers|students|of|more|other|new)\b)"
_YEAR = rf"(?P<comma>,?)(?:\s+|(?<=[a-z])-)(?P<year>[12]\d{{3}}|[’']\d{{2}})(?![\w%]|[.,:/]\d){_NO_COUNT}"
_UNENDED = r"(?![\w%°]|[.,:/]\d)"

_DETERMINERS = words("the a an his her its their our my your this that last next every each")
_STREETS = re.compile(r"\s(?:St|Street|Ave|Avenue|Road|Rd|Lane|Ln|Drive|Court|Place)\b")
_ENDS = re.compile(r"(?![,;:–-])\W*(?:\Z|\s[A-Z])")
"""Where a full stop after an abbreviation also ends the sentence."""
_COUNTABLE = re.compile(r"\s(?:people|men|women|children|more|other|new|of the|[a-z]{3,}s)\b")


def full_month(written: str) -> str:
    """The whole name of a month, in the case of its first letter.

    >>> full_month("Sept"), full_month("may"), full_month("OCT"), full_month("MARCH")
    ('September', 'may', 'October', 'MARCH')
    """
    name = next(month for month in ENGLISH.months if month.lower().startswith(written.lower()[:3]))
    if len(name) == len(written):
        return written
    return name.lower() if written.islower() else name


def _is_whole(month: str) -> bool:
    return month.title() in ENGLISH.months


def _year_of(written: str) -> str:
    if len(written) == len("2026"):
        return paired(written)
    return paired(written[-2:])


def _month_first(match: re.Match[str], locale: Locale) -> str | None:
    """A month, a day, or days, and perhaps a year.

    >>> from narrate.script.normalise.english.numbers.context import locale_of
    >>> [rule] = [rule for rule in rules(locale_of("en")) if rule.name == "dates, month first"]
    >>> [rule.say(rule.pattern.search(text)) for text in ("Jan. 5, 2021", "May 5–7", "in May 12 ships")]
    ['January fifth, twenty twenty-one', 'May fifth to seventh', None]
    """
    month, day, last, year = match["month"], int(match["day"]), match["last"], match["year"]
    if (
        day not in _DAYS
        or (last and int(last) not in _DAYS)
        or (month.islower() and not year and len(month) < len("april"))
    ):
        return None
    if (match["dot"] and _is_whole(month)) or (not year and not match["suffix"] and _no_day(match)):
        return None
    said = f"{full_month(month)} {'the ' if locale.british or match['the'] else ''}{ordinal(day)}"
    said += f" {match['joint'] or 'to'} {ordinal(int(last))}" if last else ""
    return said + (f"{match['comma']} {_year_of(year)}" if year else "")


def _no_day(match: re.Match[str]) -> bool:
    """Whether the number after a month counts what follows: "in March 15 people died"."""
    if word_before(match).lower() not in {
        "in",
        "since",
        "during",
        "by",
        "until",
        "late",
        "early",
        "last",
        "this",
        "and",
    }:
        return match["month"] == "march"
    return _COUNTABLE.match(text_after(match)) is not None


def _day_first(match: re.Match[str], _locale: Locale) -> str | None:
    """A day, or days, a month, and perhaps a year."""
    month, day, first, year = match["month"], int(match["day"]), match["first"], match["year"]
    if day not in _DAYS or (first and int(first) not in _DAYS):
        return None
    if (month.islower() and not year and not match["suffix"]) or _STREETS.match(text_after(match)):
        return None
    bare = word_before(match).lower() in _DETERMINERS or _LISTED.search(match.string, 0, match.start())
    article = "" if bare else "the "
    joint = {"and": "and", "&": "and"}.get((match["joint"] or "").strip(), "to")
    said = article + (f"{ordinal(int(first))} {joint} " if first else "") + f"{ordinal(day)} of {full_month(month)}"
    if year:
        return f"{said}{'.' if match['dot'] and _is_whole(month) else ''}{match['comma']} {_year_of(year)}"
    return said + ("." if match["dot"] and (_is_whole(month) or _ENDS.match(text_after(match))) else "")


def _said(day: int, month: int, year: str, locale: Locale) -> str | None:
    if day not in _DAYS or month not in _MONTHS:
        return None
    if len(year) == len("26"):
        year = f"{20 if int(year) < _OLDEST_OF_THIS_CENTURY else 19}{year}"
    name = ENGLISH.months[month - 1]
    if locale.day_first:
        return f"the {ordinal(day)} of {name} {paired(year)}"
    return f"{name} {ordinal(day)}, {paired(year)}"


def _year_first(match: re.Match[str], locale: Locale) -> str | None:
    said = _said(int(match["day"]), int(match["month"]), match["year"], locale)
    return f"{said}, " if said and match["time"] else said


def _figures(match: re.Match[str], locale: Locale) -> str | None:
    """A date in figures, whose order the locale decides where both would do; with full stops the day comes first.

    >>> from narrate.script.normalise.english.numbers.context import locale_of
    >>> match = re.match(r"(?P<one>..)(?P<sep>/)(?P<two>..)/(?P<year>....)", "01/02/2026")
    >>> _figures(match, locale_of("en")), _figures(match, locale_of("en-gb"))
    ('January second, twenty twenty-six', 'the first of February twenty twenty-six')
    """
    one, two, year = int(match["one"]), int(match["two"]), match["year"]
    if len(year) == len("26") and match["sep"] != "/":
        return None
    day_first = two not in _MONTHS or one not in _MONTHS or locale.day_first or match["sep"] == "."
    if two in _DAYS and two not in _MONTHS:
        day_first = False
    return _said(one, two, year, locale) if day_first else _said(two, one, year, locale)


def _day_of_month(match: re.Match[str], locale: Locale) -> str | None:
    """A day without its year: "on 12/25"."""
    one, two = int(match["one"]), int(match["two"])
    day, month = (one, two) if locale.day_first else (two, one)
    if day not in _DAYS or month not in _MONTHS or match.group() in {"9/11", "7/7"}:
        return None
    name = ENGLISH.months[month - 1]
    return f"the {ordinal(day)} of {name}" if locale.day_first else f"{name} {ordinal(day)}"


def _month_and_year(match: re.Match[str]) -> str:
    """A month in figures with its year: "9/1990"."""
    return f"{ENGLISH.months[int(match['month']) - 1]} {paired(match['year'])}"


_BARE_YEARS = frozenset(map(str, range(10, 21)))
"""Years of two digits that nobody would take for years alone: "the first quarter of twenty"."""


def _quarter(match: re.Match[str]) -> str:
    article = "" if word_before(match).lower() in _DETERMINERS else "the "
    year = f"20{match['year']}" if match["year"] in _BARE_YEARS else match["year"]
    return f"{article}{ordinal(int(match['quarter']))} quarter of {paired(year)}"


def _month_alone(match: re.Match[str]) -> str:
    return full_month(match["month"])


_NEXT_MONTH = MONTH.replace("?P<month>", "?:").replace("?P<dot>", "?:")
_FROM_MONTH = re.compile(rf"(?<!\w){MONTH}\s+(?P<day>\d{{1,2}}){_SUFFIX}{DASH}(?={_NEXT_MONTH}\s+\d{{1,2}}(?!\d))")
_MONTHS_ALONE = re.compile(
    r"(?<![\w-])(?P<first>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?[-–]"
    r"(?P<last>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b(?!-)"
)


def _from_month(match: re.Match[str], locale: Locale) -> str | None:
    """The first day of a range over months: "May 5-June 3"."""
    if int(match["day"]) not in _DAYS:
        return None
    return f"{full_month(match['month'])} {'the ' if locale.british else ''}{ordinal(int(match['day']))} to "


def _months_alone(match: re.Match[str]) -> str:
    """Months from one to another: "Jan-Mar"."""
    return f"{full_month(match['first'])} to {full_month(match['last'])}"


_FIGURES = r"(?P<one>\d{1,2})(?P<sep>[-./])(?P<two>\d{1,2})(?P=sep)(?P<year>[12]\d{3}|\d{2})"
_ISO = r"(?P<year>[12]\d{3})(?P<sep>[-./])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?:(?P<time>T)(?=\d\d:))?"
_START = r"(?<![\w$£€])(?<!\d[.,/:\-])"
_LISTED = re.compile(r"\d(?:st|nd|rd|th),? (?:and |or )?\Z")
"""Days before the last ones of a list, which share its article: "the 2nd, 3rd and 21st of May"."""
_END = r"(?![\w]|[-./:]\d)"
_MONTH_FIRST = (
    rf"(?<!\w){MONTH}\s+(?P<the>the\s)?(?P<day>\d{{1,2}})(?P<suffix>{_SUFFIX})"
    rf"(?:(?:{DASH}|\s(?P<joint>and|to)\s(?=\d{{1,2}},\s[12]\d\d\d\b))(?P<last>\d{{1,2}}){_SUFFIX})?(?:{_YEAR}"
    rf"|{_UNENDED})"
)
_DAY_FIRST = (
    rf"(?<![\w$£€])(?<![\d][.,/:])(?:(?P<first>\d{{1,2}}){_SUFFIX}(?P<joint>{DASH}|\s(?:and|to|&)\s))?"
    rf"(?P<day>\d{{1,2}})(?P<suffix>{_SUFFIX})(?:\s+of)?[\s-]+{MONTH}(?:{_YEAR}|(?!\w))"
)


def _upper(locale: Locale) -> tuple[Rule, ...]:
    return (
        Rule(
            "dates, year first",
            Later(f"{_START}{_ISO}{_END}"),
            partial(_year_first, locale=locale),
            digit=True,
        ),
        Rule(
            "dates in figures",
            Later(f"{_START}{_FIGURES}{_END}"),
            partial(_figures, locale=locale),
            digit=True,
        ),
        Rule(
            "days in figures",
            Later(r"(?<=\b[oO]n )(?P<one>\d{1,2})/(?P<two>\d{1,2})(?![\w/]|[.,-]\d)"),
            partial(_day_of_month, locale=locale),
            needs=("n ",),
            digit=True,
        ),
        Rule(
            "months in figures",
            Later(r"(?<![\w.,/$£€-])(?P<month>0?[1-9]|1[0-2])/(?P<year>(?:19|20)\d\d)(?![\w/]|[.,-]\d)"),
            _month_and_year,
            needs=("/",),
            digit=True,
        ),
        Rule(
            "quarters",
            Later(r"(?<!\w)(?P<quarter>[1-4])Q(?P<year>\d{2}|20\d{2})(?!\w)"),
            _quarter,
            needs=("Q",),
            digit=True,
        ),
        Rule("days of two months", _FROM_MONTH, partial(_from_month, locale=locale), needs=("-", "–"), digit=True),
        Rule("dates, day first", Later(_DAY_FIRST), partial(_day_first, _locale=locale), digit=True),
        Rule("dates, month first", Later(_MONTH_FIRST), partial(_month_first, locale=locale), digit=True),
    )


def _lower() -> tuple[Rule, ...]:
    return (
        Rule("months from one to another", _MONTHS_ALONE, _months_alone, needs=("-", "–")),
        Rule(
            "months before years",
            Later(
                r"(?<!\w)(?P<month>(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec))\b\.?(?=,?\s+(?:(?:1\d|20)\d\d"
                r"|[’']\d\d)(?!\w))"
            ),
            _month_alone,
            digit=True,
        ),
    )


def rules(locale: Locale) -> tuple[Rule, ...]:
    """The rows, in the order in which they win."""
    return (*_upper(locale), *_lower())
