"""Fractions, with a stroke or as one sign, and what looks like them: out of, seasons, "24/7"."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from narrate.script.normalise.english.numbers.context import (
    GROUPED,
    spell,
    text_after,
    text_before,
    word_before,
)
from narrate.script.normalise.english.numbers.units import UNITS
from narrate.script.normalise.english.numbers.words import below_hundred, cardinal, denominator, paired
from narrate.script.normalise.rule import Later, Rule

if TYPE_CHECKING:
    from narrate.script.normalise.english.numbers.context import Locale

_PARTS = {
    "½": (1, 2),
    "⅓": (1, 3),
    "⅔": (2, 3),
    "¼": (1, 4),
    "¾": (3, 4),
    "⅕": (1, 5),
    "⅖": (2, 5),
    "⅗": (3, 5),
    "⅘": (4, 5),
    "⅙": (1, 6),
    "⅚": (5, 6),
    "⅛": (1, 8),
    "⅜": (3, 8),
    "⅝": (5, 8),
    "⅞": (7, 8),
    "⅐": (1, 7),
    "⅑": (1, 9),
    "⅒": (1, 10),
}
VULGAR = "".join(_PARTS)
"""Fractions that are one sign."""

_LARGEST = 100
"""The largest denominator that is said as parts: above it, "over"."""

_YEARS_OF_TWO_DIGITS, _MONTHS = range(70, 100), range(1, 13)
"""What makes "7/83" a month and "87/88" two years."""

_NAMED = {
    "9/11": "nine eleven",
    "24/7": "twenty-four seven",
    "7/7": "seven seven",
    "50/50": "fifty fifty",
    "20/20": "twenty twenty",
}
_NAMED |= {"60/40": "sixty forty", "80/20": "eighty twenty", "4/20": "four twenty", "70/30": "seventy thirty"}
_OUT_OF = re.compile(
    r"\b(?:scor\w+|rat\w+|gave|give|gives|got|graded?|marks?|verdict|wins?|won)\b[^.;]{0,24}\Z", re.IGNORECASE
)
_PEOPLE = re.compile(r"\s(?:people|men|women|children|dentists|doctors|voters|[A-Z][a-z]+s|adults|users|patients)\b")
_PART_OF = re.compile(r"\b(?:step|slide|part|thread|episode|lesson|task|level|chunk)\s\Z", re.IGNORECASE)
"""Before the number of a part and of all parts."""
_STARS = re.compile(r"\s(?:stars?|marks|rating)\b")
_ARTICLE = re.compile(r"\s(?:an?|the)\s")
_TIMES = re.compile(r"\s(?:seconds|minutes|hours|days|weeks|months|years|times|people|men|women|players)\b")
_ODDS = re.compile(r"\b(?:odds (?:of|at|are|were|on)|priced at|backed at|quoted at|at odds of|bet at)\s(?:\w+\s)?\Z")
_ODDS_AFTER = re.compile(r"(?:-on|\s(?:favou?rites?|odds|shots?|outsiders?|jt|co-favou?rites?|joint favou?rites?)\b)")
"""Prices of bookmakers."""

_PRESSURE = re.compile(r"\s?mm\s?Hg")


def said_vulgar(sign: str, *, of: bool = False) -> str:
    """A fraction that is one sign; alone before a noun "half a", with a number "a half".

    >>> said_vulgar("½"), said_vulgar("¾"), said_vulgar("½", of=True)
    ('a half', 'three quarters', 'half')
    """
    above, below = _PARTS[sign]
    if above == 1 and not of:
        return f"{'an' if below == 8 else 'a'} {denominator(below, many=False)}"  # noqa: PLR2004 (an eighth)
    if above == 1:
        return "half" if below == 2 else f"one {denominator(below, many=False)}"  # noqa: PLR2004 (nobody says "one half a cup")
    return f"{cardinal(above)} {denominator(below, many=True)}"


def quantity(match: re.Match[str], locale: Locale) -> str:
    """The groups "number", "vulgar" and "lone" of a match, in words: "2", "2½", "½"."""
    groups = match.groupdict()
    if groups.get("lone"):
        return said_vulgar(groups["lone"], of=True)
    said = spell(groups["number"], locale)
    return f"{said} and {said_vulgar(groups['vulgar'])}" if groups["vulgar"] else said


def _fraction(above: int, below: int, locale: Locale) -> str:
    if below > _LARGEST or above > _LARGEST or below < 2:  # noqa: PLR2004 (a whole has two parts at least)
        return f"{cardinal(above, says_and=locale.says_and)} over {cardinal(below, says_and=locale.says_and)}"
    return f"{cardinal(above)} {denominator(below, many=above != 1)}"


def _stroke(match: re.Match[str], locale: Locale) -> str | None:
    """A fraction with a stroke.

    >>> from narrate.script.normalise.english.numbers.context import locale_of
    >>> [rule] = [rule for rule in rules(locale_of("en")) if rule.name == "fractions"]
    >>> [rule.say(rule.pattern.search(text)) for text in ("31/32", "2 1/2", "9/11", "scored 8/10")]
    ['thirty-one thirty seconds', 'two and a half', 'nine eleven', 'eight out of ten']
    """
    whole, above, below = match["whole"], match["above"].replace(",", ""), match["below"].replace(",", "")
    plain = f"{above}/{below}"
    if not whole and plain in _NAMED and not re.match(r"\s(?:of|cup|inch|mile|full)", text_after(match)):
        return _NAMED[plain]
    if above.startswith("0") or below.startswith("0") or (whole and int(above) >= int(below)):
        return None
    unit = UNITS[match["unit"].rstrip(".")][bool(whole)] if match["unit"] else ""
    said = _mixed(whole, above, below, locale) if whole else _pure(match, above, below, locale)
    return f"{said} {unit}".rstrip()


def _mixed(whole: str, above: str, below: str, locale: Locale) -> str:
    """A whole number and a fraction: "two and a half"."""
    said = _fraction(int(above), int(below), locale)
    if above == "1":
        said = said.replace("one ", "an " if said.startswith("one eig") else "a ", 1)
    return f"{spell(whole, locale)} and {said}"


def _pure(match: re.Match[str], above: str, below: str, locale: Locale) -> str:
    """A fraction alone, or a mark out of so many, or a blood pressure."""
    if _is_out_of(match, int(above), int(below)):
        return f"{spell(above, locale)} out of {spell(below, locale)}"
    if (
        above == "1"
        and text_after(match).startswith("-")
        and word_before(match).lower() in {"a", "the", "this", "that"}
    ):
        return denominator(int(below), many=False)
    if (above, below) == ("1", "2") and _ARTICLE.match(text_after(match)):
        return "half"
    first, last = int(above), int(below)
    if last in _YEARS_OF_TWO_DIGITS and (last == first + 1 or first in _MONTHS):
        return f"{spell(above, locale)} {spell(below, locale)}"
    joint = _joint(match, first, last)
    if joint:
        return f"{spell(above, locale)} {joint} {spell(below, locale)}"
    return _fraction(int(above), int(below), locale)


def _joint(match: re.Match[str], first: int, last: int) -> str:
    """What two numbers with a stroke have between them that are no fraction: a blood pressure, a part, a price."""
    if _PRESSURE.match(text_after(match)):
        return "over"
    if first <= last and _PART_OF.search(text_before(match)):
        return "of"
    if last == first + 1 and last > len("12") and _TIMES.match(text_after(match)):
        return "or"
    return "to" if _ODDS.search(text_before(match)) or _ODDS_AFTER.match(text_after(match)) else ""


def _is_out_of(match: re.Match[str], above: int, below: int) -> bool:
    return bool(
        (
            above == below
            or _OUT_OF.search(text_before(match))
            or _STARS.match(text_after(match))
            or (below == 10 and _PEOPLE.match(text_after(match)))  # noqa: PLR2004 (nine in ten of them)
        )
        and above <= below
        and below in {4, 5, 10, 20, 100}
    )


def _sign(match: re.Match[str], locale: Locale) -> str:
    """A fraction that is one sign, with a whole number before it or without."""
    if match["whole"]:
        return f"{spell(match['whole'], locale)} and {said_vulgar(match['sign'])}"
    said = said_vulgar(match["sign"], of=re.match(r"\s(?:a|an|the)\b", text_after(match)) is not None)
    if said.startswith(("a ", "an ")) and word_before(match).lower() != "and":
        said = "one " + said.partition(" ")[2]
    return said + (" " if text_after(match)[:1].isalpha() else "")


def _left_over(match: re.Match[str]) -> str:
    """A fraction behind a number that another row has taken."""
    left = " " if text_before(match)[-1:].isalnum() else ""
    right = " " if text_after(match)[:1].isalnum() else ""
    return f"{left}{said_vulgar(match.group(), of=True)}{right}"


def _season(match: re.Match[str]) -> str | None:
    """Two years with a stroke: "2016/17"."""
    first, last = match["first"], match["last"]
    if (int(first) + 1) % 100 != int(last[-2:]):
        return None
    return f"{paired(first)} {paired(last) if len(last) > len('17') else _short(last)}"


def _short(year: str) -> str:
    return f"oh {cardinal(int(year))}" if year.startswith("0") else below_hundred(int(year))


_STROKE = (
    rf"(?<![\w$£€])(?<!\d[.,:/⁄\-])(?:(?P<whole>\d{{1,4}})(?:\s"
    rf"|-))?(?P<above>{GROUPED})\s?[/⁄]\s?(?P<below>{GROUPED})(?:ths?|rds?|nds?)?"
    r"(?:\s(?P<unit>(?:tsp|tbsp|Tbsp|oz|lb|lbs|ft|mi|km|kg|pt|qt|gal|yd|hr|hrs)\b\.?))?"
    rf"(?![\w/]|[.,:⁄-]\d)"
)


def rules(locale: Locale) -> tuple[Rule, ...]:
    """The rows, in the order in which they win."""
    return (
        Rule(
            "seasons",
            Later(r"(?<![\w/.,-])(?P<first>1[89]\d\d|20\d\d)/(?P<last>\d\d|20\d\d)(?![\w/]|[.,-]\d)"),
            _season,
            needs=("/",),
            digit=True,
        ),
        Rule(
            "ratings",
            Later(r"(?<![\w.,/])(?P<above>\d{1,2}\.\d)\s?/\s?(?P<below>5|10|20|100)(?![\w/]|[.,]\d)"),
            lambda match: f"{spell(match['above'], locale)} out of {spell(match['below'], locale)}",
            needs=("/",),
            digit=True,
        ),
        Rule("fractions", Later(_STROKE), partial(_stroke, locale=locale), needs=("/", "⁄"), digit=True),
        Rule(
            "fractions of one sign",
            Later(rf"(?:(?<![\w.,])(?P<whole>{GROUPED})\s?)?(?P<sign>[{VULGAR}])"),
            partial(_sign, locale=locale),
            needs=tuple(VULGAR),
        ),
        Rule("fractions of one sign, left over", Later(f"[{VULGAR}]"), _left_over, needs=tuple(VULGAR)),
    )
