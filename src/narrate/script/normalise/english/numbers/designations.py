"""What is known by its number: standards, networks, editions of a system, regiments and circuits."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from narrate.script.normalise.english.numbers.context import spell, text_before, word_before, words
from narrate.script.normalise.english.numbers.units import UNITS, localised, unit_name
from narrate.script.normalise.english.numbers.words import cardinal, digits, ordinal, paired
from narrate.script.normalise.rule import Later, Rule

if TYPE_CHECKING:
    from narrate.script.normalise.english.numbers.context import Locale

_BODY = r"ISO|IEC|IEEE|ITU|ANSI|DIN|EN|BS|ASTM|ECMA|FIPS|JIS|NIST|MIL-STD|RFC|TIA|EIA|UL|NF|SAE"
_STANDARD = re.compile(
    rf"(?<![\w.&-])(?P<body>(?:{_BODY})(?:[/ ](?:{_BODY}|TR|TS|SP|Std))*)\s?[ -](?P<number>\d{{2,6}})"
    r"(?P<parts>(?:-\d{1,3}(?!\d))*)(?:[:-](?P<year>(?:19|20)\d\d))?(?![\w/]|[.,:-]\d)"
)
_NETWORK = re.compile(r"(?<![\w.,$£€])802\.(?P<part>\d{1,2})(?P<letters>[a-zA-Z]{0,2}(?:/[a-z]{1,2})*)(?!\w|[.,]\d)")
_EDITIONS = re.compile(r"(?<=[\w.] )(?P<number>\d{1,2}(?:\.\d)?)(?P<x>\.?x)(?![\w×])(?!\s\d)")
_SYSTEMS = words("Windows Win PHP Python Java OS Linux Debian Perl Node Ruby Rails")
_ALWAYS_OPEN = re.compile(r"(?<![\w/.,])24/7/365(?![\w/]|[.,]\d)")
_UNITS_OF_TROOPS = (
    r"Lieutenant|Lt|Battalion|Brigade|Division|Regiment|Infantry|Cavalry|Marines?|Army|Corps|Armored|Airborne|Artillery|"
    r"Bomb|Bombardment|Fighter|Wing|Squadron|Fleet|Cir|Circuit|District|Congress|Session|edition|ed|ser|series|of|day"
)
_OLD_ORDINAL = re.compile(
    rf"(?<![\w.,$£€])(?:(?P<long>[2-9]?\d?[2-9][23])d(?=\s[A-Z]|\s(?:{_UNITS_OF_TROOPS})\b)"
    rf"|(?P<short>[23])d(?=\s(?:{_UNITS_OF_TROOPS})\b|,?\s(?:and\s|or\s)?\d+(?:st|nd|rd|th|d)\b))"
)
_COMMA = re.compile(
    r"(?<![\w.,$£€/:-])(?P<whole>\d{1,3}),(?P<part>\d{1,2})"
    r"(?:\s?(?P<unit>%|[^\W\d_]{1,3}(?:/[hs])?)(?![\w/])|(?=\s(?:million|billion|trillion|per ?cent)\b))"
)
_APART = re.compile(
    r"(?<![\w.,$£€:/-])(?<!\d\s)(?P<number>[1-9]\d{0,2}(?:[ \u00a0\u2009\u202f]\d{3})+)"
    r"\s(?P<unit>[^\W\d_]{1,5}(?:/[hs])?)"
    r"(?P<power>[²³])?(?![\w/²³])"
)
_AFTER_SCALE = re.compile(
    r"(?<=\d )(?P<scale>thousand|million|billion|trillion)\s(?P<square>sq\.?\s)?"
    r"(?P<unit>[^\W\d_]{1,4})(?P<power>[²³23])?"
    r"(?:(?<=bbl)\.(?=[,;)]|\s[a-z]))?(?![\w/’'²³])"
)
_DEGREES = re.compile(r"(?<![\w.,])(?P<number>[-−]?\d{1,3})(?P<scale>[CF])(?:(?![\w/-])|(?P<or>/)(?=\d))")
_WARMTH = re.compile(
    r"\b(?:at|to|reach\w*|hits?|above|below|temperatures? of|temp\. of|around|about|oven|highs? of|lows? of)\s\Z"
    r"|\d[CF]/\Z"
)
_LISTED = re.compile(r"(?:\d,\s?|\b(?:and|or|nos?\.?|numbers|chapters|pages|pp\.|lines)\s)\Z", re.IGNORECASE)


_WORDS = words("in s A h B t J N F K pt st bar mo min bit")
"""Signs of units that are words or letters as well."""

_BITS = {"0": "zeros", "1": "ones"}


def _standard(match: re.Match[str]) -> str:
    """A standard by the body that made it, its parts and its year.

    >>> texts = ("IEC 60601-1", "ISO 8601", "ISO/IEC 27001:2013", "IEEE 754-2008")
    >>> [_STANDARD.sub(_standard, text) for text in texts[:2]]
    ['IEC six zero six zero one dash one', 'ISO eighty-six oh one']
    >>> [_STANDARD.sub(_standard, text) for text in texts[2:]]
    ['ISO IEC twenty-seven thousand one, twenty thirteen', 'I triple E seven fifty-four, two thousand eight']
    """
    body = match["body"].replace("IEEE", "I triple E").replace("/", " ")
    parts = "".join(f" dash {cardinal(int(part))}" for part in match["parts"].split("-")[1:])
    year = f", {paired(match['year'])}" if match["year"] else ""
    return f"{body} {_number(match['number'])}{parts}{year}"


def _number(number: str) -> str:
    """How the number of a standard is said: "nine thousand one", "eighty-six oh one", and long ones by their digits."""
    if re.fullmatch(r"[1-9]\d?00\d", number):
        return cardinal(int(number))
    return digits(number) if number.startswith("0") or len(number) > len("8601") else paired(number)


def _network(match: re.Match[str]) -> str:
    """A standard for networks and its letters.

    >>> [_NETWORK.sub(_network, text) for text in ("802.11n", "802.1X", "802.11b/g")]
    ['eight oh two dot eleven N', 'eight oh two dot one X', 'eight oh two dot eleven B G']
    """
    said = f"eight oh two dot {cardinal(int(match['part']))}"
    letters = [".".join(part.upper()) for part in match["letters"].split("/") if part]
    return " ".join([said, *letters])


def _editions(match: re.Match[str], locale: Locale) -> str | None:
    """All editions of a system: "Windows 9x", "version 2.x"; not how many times."""
    before = word_before(match)
    first = not text_before(match)[: -len(before) - 1].strip(' "“‘(')
    named = before in _SYSTEMS or (before[:1].isupper() and not first and before not in {"A", "I"})
    if match["x"] == "x" and not named:
        return None
    return f"{spell(match['number'], locale)} {'point ' if match['x'] != 'x' else ''}x"


_AIRLINER = re.compile(r"(?<![\w.,$£€/-])7(?P<type>[0-8]7)-(?P<model>[1-9]00)(?P<letters>[A-Z]{1,3})?(?![\w-]|[.,]\d)")
_ZONE = re.compile(
    r"(?<!\w)(?P<zone>UTC|GMT)\s?(?P<sign>[+−–-])\s?(?P<hours>\d{1,2})(?::(?P<minutes>\d{2}))?(?![\w:-]|\.\d)"
)
_ACT = re.compile(r"(?<=\((?:EU|EC)\) )(?P<year>(?:19|20)\d{2})/(?P<number>\d{1,4})(?![\w/-])")


def _airliner(match: re.Match[str]) -> str:
    """A type of Boeing's and its model.

    >>> _AIRLINER.sub(_airliner, "a 747-400 and a 777-300ER")
    'a seven forty-seven four hundred and a seven seventy-seven three hundred E.R'
    """
    letters = f" {'.'.join(match['letters'])}" if match["letters"] else ""
    return f"seven {cardinal(int(match['type']))} {cardinal(int(match['model']))}{letters}"


def _zone(match: re.Match[str], locale: Locale) -> str:
    """Hours before or behind the time of Greenwich."""
    sign = "plus" if match["sign"] == "+" else "minus"
    minutes = f" {spell(match['minutes'], locale)}" if match["minutes"] and match["minutes"] != "00" else ""
    return f"{match['zone']} {sign} {cardinal(int(match['hours']))}{minutes}"


def _act(match: re.Match[str]) -> str:
    """An act of the European Union, by year and number."""
    return f"{paired(match['year'])} slash {_number(match['number'])}"


def _old_ordinal(match: re.Match[str], locale: Locale) -> str:
    """An ordinal as armies and courts write it: "the 42d Infantry", "2d Lt."."""
    return ordinal(int(match["long"] or match["short"]), says_and=locale.says_and)


def _comma(match: re.Match[str], locale: Locale) -> str | None:
    """A decimal comma before a unit, a percent sign or a scale."""
    unit = match["unit"]
    if _LISTED.search(text_before(match)) or (unit and unit != "%" and unit not in UNITS):
        return None
    if unit in _WORDS:
        return None
    name = {"%": " percent"}.get(unit or "") or (f" {UNITS[unit][1]}" if unit else "")
    return localised(f"{spell(match['whole'], locale)} point {digits(match['part'])}{name}", locale)


def _apart(match: re.Match[str], locale: Locale) -> str | None:
    """Thousands set apart by blanks, before a unit: "28 800 km"."""
    unit = match["unit"]
    name = unit_name(unit, match["power"], many=True)
    if name is None or unit in _WORDS or (len(unit) == 1 and len(match["number"]) == len("2 500")):
        return None
    return localised(f"{spell(re.sub(r'[^0-9]', '', match['number']), locale)} {name}", locale)


def _after_scale(match: re.Match[str], locale: Locale) -> str | None:
    """A unit behind a scale: "1.5 million km²"."""
    unit = match["unit"]
    doubtful = unit.islower() and unit not in {"km", "kg", "ha", "bbl", "lb", "lbs", "ft", "kwh", "cm", "mi"}
    power = "²" if match["square"] else match["power"]
    if (doubtful or len(unit) == 1) and not power:
        return None
    name = unit_name(unit, power, many=True)
    return localised(f"{match['scale']} {name}", locale) if name else None


def _degrees(match: re.Match[str], locale: Locale) -> str | None:
    """A temperature without its sign, where the words before it say that it is one: "an oven at 350F"."""
    if not _WARMTH.search(text_before(match)):
        return None
    joint = " or " if match["or"] else ""
    scale = {"C": "Celsius", "F": "Fahrenheit"}[match["scale"]]
    return f"{spell(match['number'], locale)} degrees {scale}{joint}"


_ONES = Rule(
    "ones and zeros",
    Later(r"(?<![\w.,-])(?P<first>[01])[’']?s (?P<word>and|or) (?P<last>[01])[’']?s(?!\w)"),
    lambda match: f"{_BITS[match['first']]} {match['word']} {_BITS[match['last']]}",
    needs=("s and ", "s or "),
    digit=True,
)


def _names(locale: Locale) -> tuple[Rule, ...]:
    return (
        Rule("standards", _STANDARD, _standard, digit=True),
        Rule("standards of networks", _NETWORK, _network, needs=("802.",), digit=True),
        Rule("editions of a system", _EDITIONS, partial(_editions, locale=locale), needs=("x",), digit=True),
        Rule("airliners", _AIRLINER, _airliner, needs=("7-",), digit=True),
        Rule("zones of time", _ZONE, partial(_zone, locale=locale), needs=("UTC", "GMT"), digit=True),
        Rule("acts of the Union", _ACT, _act, needs=("(E",), digit=True),
        Rule(
            "conferences on the climate",
            Later(r"(?<!\w)COP-?(?P<number>\d{1,2})(?![\w-])"),
            lambda match: f"cop {cardinal(int(match['number']))}",
            needs=("COP",),
            digit=True,
        ),
        _ONES,
        Rule(
            "calls for help",
            Later(r"(?<![\w.,$£€-])(?:911|999|112|111|101|988)(?=\s(?:call|operator|dispatch|emergency|hotline)\w*)"),
            lambda match: digits(match.group()),
            needs=(" call", " operator", " dispatch", " emergency", " hotline"),
            digit=True,
        ),
        Rule(
            "dockets",
            Later(r"(?<=[Nn]o\. )(?P<year>\d{2})-(?P<number>\d{3,4})(?![\w-]|[.,]\d)"),
            lambda match: f"{cardinal(int(match['year']))} dash {paired(match['number'])}",
            needs=("o. ",),
            digit=True,
        ),
    )


def _amounts(locale: Locale) -> tuple[Rule, ...]:
    return (
        Rule("degrees without their sign", _DEGREES, partial(_degrees, locale=locale), needs=("C", "F"), digit=True),
        Rule("always open", _ALWAYS_OPEN, "twenty-four seven, three sixty-five", needs=("24/7/365",), digit=True),
        Rule("ordinals of old", _OLD_ORDINAL, partial(_old_ordinal, locale=locale), needs=("2d", "3d"), digit=True),
        Rule("thousands set apart before a unit", _APART, partial(_apart, locale=locale), digit=True),
        Rule(
            "units behind a scale",
            _AFTER_SCALE,
            partial(_after_scale, locale=locale),
            needs=("illion ", "thousand "),
            digit=True,
        ),
        Rule("decimal commas", _COMMA, partial(_comma, locale=locale), needs=(",",), digit=True),
    )


def rules(locale: Locale) -> tuple[Rule, ...]:
    """The rows, in the order in which they win."""
    return (*_names(locale), *_amounts(locale))
