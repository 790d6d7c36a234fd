"""Plain numbers: ordinals, decimals, cardinals, and four digits that are a year."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from narrate.script.normalise.english.numbers.context import (
    counts_next,
    spell,
    text_after,
    text_before,
    word_before,
    words,
)
from narrate.script.normalise.english.numbers.currencies import SCALES
from narrate.script.normalise.english.numbers.serials import numbered
from narrate.script.normalise.english.numbers.words import cardinal, digits, ordinal, paired
from narrate.script.normalise.english.numbers.years import is_year
from narrate.script.normalise.rule import Later, Rule

if TYPE_CHECKING:
    from narrate.script.normalise.english.numbers.context import Locale

_AIRLINERS = frozenset(f"7{digit}7" for digit in range(9))
_NO_DASH = r"(?<![\w)\]%°”’.,\-–−][-−–])(?<!\d [-−–])"
"""Where a dash is the sign of a number: not behind a word or a number."""
_TIME_BEFORE = words("at by until till from around about before after since")
_TO_A_PLACE = re.compile(r"\s(?:to|from|via)\s[A-Z][a-z]+")
"""Behind the number of a road or a bus: "the 157 to Louth"."""
_MODEL = re.compile(
    r"[\w,] (?:[A-Z][a-z]+|[A-Z]{2,5}|Model|model) \Z"
    r"(?<!\bMay )(?<!\bOf )(?<!\bAbout )(?<!day )(?<!ber )(?<!ary )(?<!\bSome )(?<!\bThe )(?<![a-z]s )"
)
_HAPPENED = re.compile(r"\s(?:were|was|are|had|have|died|of|more|others?|or)\b")
"""A maker before a number: "the Motorola 6809"."""

_HYPHENED = re.compile(r"[A-Za-z]{2}-\Z")
_SERIAL = 7
"""A number of as many digits and more, without commas, is a serial; unless it is round."""


def _ordinal(match: re.Match[str], locale: Locale) -> str:
    number = int(match["number"].replace(",", ""))
    said = ordinal(number, says_and=locale.says_and)
    if match["first"]:
        said = f"{ordinal(int(match['first']), says_and=locale.says_and)} to {said}"
    return said + ("s" if match["many"] else "")


def _grouped(match: re.Match[str], locale: Locale) -> str:
    """Numbers whose thousands are set apart by blanks or full stops."""
    whole, decimals = re.sub(r"\D", "", match["whole"]), match["decimals"]
    return spell(f"{whole}.{decimals}" if decimals else whole, locale)


def _scaled(match: re.Match[str], locale: Locale) -> str:
    """A number with a short scale: "0.1 M", "5bn", "1.2tn"."""
    return f"{spell(match['number'], locale)} {SCALES[match['scale'].lower()]}"


def _plain(match: re.Match[str], locale: Locale) -> str:
    """Any other number: a year, a serial, a count.

    >>> from narrate.script.normalise.english.numbers.context import locale_of
    >>> [rule] = [rule for rule in rules(locale_of("en")) if rule.name == "numbers"]
    >>> [rule.say(rule.pattern.search(text)) for text in ("in 1984", "1984 people", "13000", "05", "0.5")]
    ['nineteen eighty-four', 'one thousand nine hundred eighty-four', 'thirteen thousand', 'oh five', 'zero point five']
    """
    number = match["number"]
    if number.isdecimal():
        named = _led_by_zero(match) if number.startswith("0") and len(number) > 1 else _said_in_pairs(match)
        if named:
            return named
        if (len(number) >= _SERIAL and not number.endswith("000")) or _in_serial(match):
            return digits(number)
    return spell(number, locale)


def _led_by_zero(match: re.Match[str]) -> str:
    """A number with a zero in front: "05", "007", "at 0600"."""
    number = match["number"]
    if number.endswith("00") and len(number) == len("0600") and word_before(match).lower() in _TIME_BEFORE:
        return f"oh {cardinal(int(number[:2]))} hundred"
    return paired(number) if len(number) == len("05") and not number.startswith("00") else digits(number)


def _said_in_pairs(match: re.Match[str]) -> str | None:
    """A year, an airliner, the number of a name with a hyphen; None for a count."""
    number = match["number"]
    if len(number) == len("2026") and is_year(match):
        return paired(number)
    before = word_before(match).lower()
    if number in _AIRLINERS and (before in {"a", "boeing"} or (before == "the" and not counts_next(match))):
        return paired(number)
    if len(number) in {len("704"), len("3270")} and not number.endswith("00") and _MODEL.search(text_before(match)):
        return None if counts_next(match) or _HAPPENED.match(text_after(match)) else paired(number)
    if len(number) == len("157") and word_before(match).lower() == "the" and _TO_A_PLACE.match(text_after(match)):
        return digits(number)
    if len(number) != len("2005") and len(number) >= len("182") and _HYPHENED.search(text_before(match)):
        return numbered(number)
    return None


def _in_serial(match: re.Match[str]) -> bool:
    """Whether five digits or more are part of a serial, as in "MIG-25/235212-asdg"."""
    if len(match["number"]) < _SERIAL - 2:
        return False
    if text_before(match).endswith("#"):
        return True
    return text_before(match).endswith("/") and re.match(r"-\w", text_after(match)) is not None


def _spaced(match: re.Match[str], locale: Locale) -> str:
    """The same, with blanks where the number touches letters."""
    left = " " if re.search(r"[^\W\d_]\Z", text_before(match)) else ""
    right = " " if re.match(r"[^\W\d_]", text_after(match)) else ""
    return f"{left}{_plain(match, locale)}{right}"


def _left_over(match: re.Match[str]) -> str:
    """A digit beside what another row has taken."""
    left = " " if re.search(r"[^\W_]\Z", text_before(match)) else ""
    right = " " if re.match(r"[^\W\d_]", text_after(match)) else ""
    return f"{left}{digits(match.group())}{right}"


def _upper(locale: Locale) -> tuple[Rule, ...]:
    return (
        Rule(
            "ordinals",
            Later(
                r"(?<![\w.$£€])(?<!\d,)(?:(?P<first>\d+)(?:st|nd|rd|th)?[-–])?(?P<number>\d{1,3}(?:,\d{3})+|\d+)(?:st"
                r"|nd|rd|th|ST|ND|RD|TH|ˢᵗ|ⁿᵈ|ʳᵈ|ᵗʰ|ᵗʰ)(?P<many>s)?(?![\w])"
            ),
            partial(_ordinal, locale=locale),
            digit=True,
        ),
        Rule(
            "thousands set apart",
            Later(
                r"(?P<whole>[1-9](?<![\w.,$£€:/-][1-9])(?<!\d\s[1-9])\d{0,2}(?:(?:[\u00a0\u202f\u2009’']\d{3})+"
                r"|(?: \d{3})(?=\s(?:people|inhabitants|residents|euros|francs|kronor|crowns|roubles|rubles)\b)"
                r"|(?: \d{3})+(?<= \d{3} \d{3})|(?: \d{3})*(?: 000)|(?:\.\d{3})+(?=,\d)"
                r"|(?:\.\d{3}){2,}))(?:[.,](?P<decimals>\d{1,2}))?(?![\w]|[.,/:-]\d|\s\d)"
            ),
            partial(_grouped, locale=locale),
            digit=True,
        ),
    )


def _lower(locale: Locale) -> tuple[Rule, ...]:
    return (
        Rule(
            "numbers with a scale",
            Later(
                r"(?P<number>\d(?<![\w.,$£€]\d)(?:\d{0,2}(?:,\d{3})+(?!\d)|\d*)(?:\.\d+)?)"
                r"\s?(?P<scale>bn|tn|BN|Bn|mn|mln|bln|M(?!\w))(?![\w’'])"
            ),
            partial(_scaled, locale=locale),
            digit=True,
        ),
        Rule(
            "numbers with a point first",
            Later(r"(?P<number>\.(?<![.\w\d]\.)\d+)(?![\d_])"),
            partial(_spaced, locale=locale),
            needs=(".",),
            digit=True,
        ),
        Rule(
            "numbers",
            Later(r"(?P<number>\d(?<![\d_]\d)(?<!\d\.\d)(?:\d{0,2}(?:,\d{3})+(?!\d)|\d*)(?:\.\d+)?)(?![\d_])"),
            partial(_spaced, locale=locale),
            digit=True,
        ),
        Rule("digits left over", Later(r"\d"), _left_over, digit=True),
        Rule("minus signs", Later(rf"[-−–]{_NO_DASH}(?=[\d.$£€])"), "minus ", needs=("-", "−", "–"), digit=True),
    )


def rules(locale: Locale) -> tuple[Rule, ...]:
    """The rows, in the order in which they win; the last takes every number that is left."""
    return (*_upper(locale), *_lower(locale))
