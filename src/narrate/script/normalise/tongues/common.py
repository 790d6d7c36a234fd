"""Rows that all these languages share, made from the tables of one: money, measures, dates, times, ranges, numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from narrate.script.normalise.rule import Later, Rule
from narrate.script.normalise.tongues.gender import gender_at
from narrate.script.normalise.tongues.tongue import Figure, Noun, Tongue, cardinal, counted, figure, in_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_BLANK = r"[ \u00a0\u202f]?"
_BEFORE = r"(?<![\w.,:/])(?<!\d[’'])"
"""What no number begins after: the middle of a word, a longer number, a path."""

_LONE = r"(?<![\w.,:/+-])(?<!\d[’'])"
_CENTS = 2
_CALL = re.compile(r"(?:\d\s|\+|\b[tT][eéEÉ]l[.:]?\s|\b[tT][eé]l[eéè][fp]h?[oó]n\w*:?\s)\Z")
"""What stands before a telephone number, or a part of one."""

_PER = {"de": "pro", "fr": "par", "es": "por", "it": "per", "pt": "por"}
_THOUSAND = ("mil", "mila")
"""Scales that take no "de" before a currency."""

_POINT = re.compile(r"(?<=\A\d)\.(?=\d\d?\Z)|(?<=\A\d\d)\.(?=\d\d?\Z)|(?<=\A\d\d\d)\.(?=\d\d?\Z)")
"""A full stop as the decimal sign, in amounts copied from English."""

_ENGLISH = r"[1-9]\d{0,2}(?:,\d{3})*,\d\d0(?:\.\d\d)?(?![\d.,]\d|\d)"
"""An amount with commas between thousands, as English has it: a price of fuel, with three decimals, ends in 9."""

_BEFORE_CHRIST = re.compile(r"\s?(?:[aA]\. ?C\b|a\. ?n\. ?e|v\. ?Chr|av\. ?J)")
"""After years that count down."""

_HOURS, _MINUTES = 24, 60
_FRACTIONS = {"½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4"}


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of these, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _domestic(written: str, tongue: Tongue) -> str:
    """An amount copied from English with the signs of the language: "5,000.50" has a group of thousands."""
    if tongue.decimal == "," and re.fullmatch(_ENGLISH, written):
        return written.replace(",", "").replace(".", ",")
    return _POINT.sub(",", written)


def money(tongue: Tongue) -> tuple[Rule, ...]:
    """Amounts with a currency before or after, with a million between or without."""
    signs, scales = any_of(tongue.currencies), any_of([*tongue.scales, *_THOUSAND])
    foreign = rf"\d{{1,3}}\.\d\d?(?!\d)|{_ENGLISH}|" if tongue.decimal == "," else ""
    dash = r"(?:[,.][-–—]{1,2}(?![\d-]))?" if tongue.code == "de" else ""
    per = rf"(?:/(?P<per>{any_of(tongue.units)})(?![\w²³/]))?"
    amount = rf"(?P<number>{foreign}{tongue.number}){dash}(?:{_BLANK}(?P<scale>{scales})(?!\w))?"

    def say(match: re.Match[str]) -> str | None:
        said = amount_said(match)
        if said and match.groupdict().get("minus"):
            said = f"{tongue.minus} {said}"
        per = match.groupdict().get("per")
        return f"{said} {_PER[tongue.code[:2]]} {tongue.units[per].one}" if said and per else said

    def amount_said(match: re.Match[str]) -> str | None:
        number = figure(_domestic(match["number"], tongue), tongue)
        if number is None:
            return None
        unit = tongue.currencies[match["sign"]]
        if match["scale"] in _THOUSAND:
            return f"{in_words(number, tongue)} {match['scale']} {unit.many}"
        if match["scale"]:
            return f"{counted(number, tongue.scales[match['scale']], tongue)}{tongue.of(unit.many)}"
        if len(number.decimals) != _CENTS or not number.whole:
            return counted(number, unit, tongue)
        whole = counted(Figure(number.whole), unit, tongue)
        return tongue.price(whole, cardinal(int(number.decimals), tongue)) if int(number.decimals) else whole

    return (
        Rule("money, sign first", Later(rf"{_BEFORE}(?P<sign>{signs}){_BLANK}{amount}"), say, digit=True),
        Rule(
            "money, sign last",
            Later(rf"{_LONE}(?P<minus>[-−])?{amount}{_BLANK}(?P<sign>{signs})(?![\w$]|(?<=\w)[’']\w){per}"),
            say,
            digit=True,
        ),
    )


def measures(tongue: Tongue) -> tuple[Rule, ...]:
    """Numbers with a unit, and large numbers as "3,5 Mio."; both may be ranges."""
    units = any_of(tongue.units)
    scales = any_of(tongue.scales)

    def counting(table: dict[str, Noun]) -> Callable[[re.Match[str]], str | None]:
        def say(match: re.Match[str]) -> str | None:
            number = figure(match["number"], tongue)
            if number is None:
                return None
            return f"{_sign(match, tongue)}{_from(match, tongue)}{counted(number, table[match['unit']], tongue)}"

        return say

    lower = rf"(?:(?P<from>{tongue.number}){_BLANK}[–-]{_BLANK})?"
    number = rf"{_BEFORE}(?P<sign>[-−+])?{lower}(?P<number>{tongue.number})"
    return (
        Rule(
            "measures",
            Later(rf"{number}{_BLANK}(?P<unit>{units})(?![\w²³/]|[’']\w)"),
            counting(dict(tongue.units)),
            digit=True,
        ),
        Rule(
            "millions",
            Later(rf"{number}{_BLANK}(?P<unit>{scales})(?!\w)"),
            counting(dict(tongue.scales)),
            digit=True,
        ),
    )


def _sign(match: re.Match[str], tongue: Tongue) -> str:
    """The word for a sign before a number."""
    return f"{tongue.plus if match['sign'] == '+' else tongue.minus} " if match["sign"] else ""


def _from(match: re.Match[str], tongue: Tongue) -> str:
    """The lower end of a range, with the word between."""
    lower = figure(match["from"], tongue) if match["from"] else None
    return f"{in_words(lower, tongue)} {tongue.until} " if lower else ""


def fractions(tongue: Tongue) -> tuple[Rule, ...]:
    """Halves, thirds and quarters, as one sign or with a stroke."""

    def say(match: re.Match[str]) -> str:
        written = match["fraction"]
        return tongue.fractions[_FRACTIONS.get(written, written)]

    written = any_of([*tongue.fractions, *_FRACTIONS])
    return (Rule("fractions", Later(rf"(?<![\w.,:/-])(?P<fraction>{written})(?![\w/.,-]\d|\w|/)"), say),)


def _telephone(match: re.Match[str]) -> bool:
    """Whether what looks like a number grouped by blanks is a part of more groups, or follows a plus."""
    if not re.search(r"\s", match["number"]):
        return False
    if match["sign"] == "+":
        return True
    around = match.string[: match.start()], match.string[match.end() :]
    return bool(_CALL.search(around[0]) or re.match(r"\s\d", around[1]))


def numbers(tongue: Tongue) -> tuple[Rule, ...]:
    """Ranges, grouped numbers, decimals and numbers with a minus; bare whole numbers are read well by every engine."""
    grouped = rf"[1-9]\d{{0,2}}(?:{tongue.thousands}\d{{3}})+(?:{tongue.decimal}\d+)?|\d+{tongue.decimal}\d+"

    def say(match: re.Match[str]) -> str | None:
        number = figure(match["number"], tongue)
        if number is None or re.match(r"0\d", match["number"]) or _telephone(match):
            return None
        return f"{_sign(match, tongue)}{in_words(number, tongue, gender_at(match.string, match.end(), tongue))}"

    def span(match: re.Match[str]) -> str | None:
        low, high = figure(match["low"], tongue), figure(match["high"], tongue)
        if low is None or high is None:
            return None
        if low.whole >= high.whole and not _BEFORE_CHRIST.match(match.string, match.end()):
            return None
        return f"{match['low']} {tongue.until} {match['high']}"

    return (
        Rule(
            "ranges",
            Later(
                rf"(?<![\w.,:/+–-])(?<!\d[’'])(?P<low>\d{{1,4}}){_BLANK}[–-]{_BLANK}(?P<high>\d{{1,4}})(?![\w–/-]|[.,:]\d)"
            ),
            span,
            needs=("–", "-"),
            digit=True,
        ),
        Rule(
            "numbers",
            Later(rf"(?<![\w.,:/–-])(?<!\d[’'])(?P<sign>[-−+])?(?P<number>{grouped})(?![\w/]|[.,:]\d)"),
            say,
            digit=True,
        ),
        Rule(
            "minus",
            Later(r"(?<![\w.,:/–-])(?<!\d[’'])(?P<sign>[-−])(?P<number>\d+)(?![\w/]|[.,:]\d)"),
            say,
            needs=("-", "−"),
            digit=True,
        ),
    )


def dates(tongue: Tongue, say: Callable[[int, int, int, str], str]) -> tuple[Rule, ...]:
    """Dates in figures: day first, as all these languages write them, and as ISO 8601 has it."""

    def told(match: re.Match[str]) -> str | None:
        day, month, year = int(match["day"]), int(match["month"]), int(match["year"])
        if not (1 <= day <= 31 and 1 <= month <= len(tongue.months)):  # noqa: PLR2004  (days of a month)
            return None
        return say(day, month, year, match["before"] or "")

    short = "" if tongue.code == "de" else r"|(?<=/)\d\d"
    before = (
        r"(?:(?<=\b)(?P<before>(?i:am|vom|zum|dem|den|der|des|bis|seit|ab))\s)?"
        if tongue.code == "de"
        else r"(?P<before>)"
    )
    return (
        Rule(
            "dates in figures",
            Later(
                rf"{before}(?<![\w.,:/-])(?P<day>\d\d?)(?P<sign>[./-])(?P<month>\d\d?)(?P=sign)(?P<year>\d{{4}}{short})(?![\w/]|[.,-]\d)"
            ),
            told,
            digit=True,
        ),
        Rule(
            "dates, ISO 8601",
            Later(rf"{before}(?<![\w.,:/-])(?P<year>\d{{4}})-(?P<month>\d\d)-(?P<day>\d\d)(?![\w/]|[.,-]\d)"),
            told,
            digit=True,
        ),
    )


def times(tongue: Tongue, written: str, say: Callable[[int, int], str]) -> tuple[Rule, ...]:
    """Times of the day by a pattern with the groups ``hour`` and ``minute``; and two of them with a dash between."""

    def told(match: re.Match[str]) -> str | None:
        hour, minute = int(match["hour"]), int(match["minute"] or 0)
        if hour > _HOURS or minute >= _MINUTES:
            return None
        said = say(hour, minute)
        if match["from"]:
            return f"{cardinal(int(match['from']), tongue)} {tongue.until} {said}"
        return said

    return (
        Rule(
            "times",
            Later(rf"(?<![\w.,:/-])(?:(?P<from>\d{{1,2}}){_BLANK}[–-]{_BLANK})?{written}"),
            told,
            digit=True,
        ),
    )
