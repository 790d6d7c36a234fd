"""Measures: numbers with units, percentages, degrees, dimensions and heights."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from narrate.script.normalise.english.numbers.context import (
    DASH,
    MINUS,
    NUMBER,
    counts_next,
    describes,
    is_one,
    spell,
    text_after,
    text_before,
    word_after,
    word_before,
)
from narrate.script.normalise.english.numbers.fractions import VULGAR, said_vulgar
from narrate.script.normalise.english.numbers.units import BRITISH, PER, POWERS, UNITS, WORDY
from narrate.script.normalise.english.numbers.words import cardinal, paired
from narrate.script.normalise.rule import Rule

if TYPE_CHECKING:
    from narrate.script.normalise.english.numbers.context import Locale

_MILLIONS = {
    "m": "million",
    "bn": "billion",
    "tn": "trillion",
    "k": "thousand",
    "K": "thousand",
    "M": "million",
    "B": "billion",
}
_LENGTHS = re.compile(
    r"\s?-?(?:long|wide|tall|high|deep|thick|away|from|above|below|north|south|east|west|race|sprint|dash|final|freestyle|hurdles"
    r"|butterfly|backstroke|breaststroke|medley|relay|run|runner|runners|swim|event|heats?|title|record|champion|gold|world|x|by|up|down"
    r"|off|into|across|behind|asl|apart|walk|radius|diameter|distance|tower|ridge|summit|peak|mark|square|fence|wall|drop|deep)\b"
)
_RACES = frozenset(
    {"50", "60", "80", "100", "110", "200", "400", "800", "1,500", "1500", "3,000", "3000", "5,000", "10,000"}
)
_SECONDS = re.compile(r"\d|[1-9][1-9]|\d+\.\d+")
"""Numbers that make seconds with an s at once behind them: not decades, nor several of a model."""
_INCH_AFTER = re.compile(
    r"\s?(?:long|wide|tall|high|deep|thick|thickness|in diameter|across|by|x|×|of rain|of snow|\))"
)


def localised(said: str, locale: Locale) -> str:
    """The same in the spelling of the region."""
    for american, british in BRITISH if locale.british else ():
        said = said.replace(american, british)
    return said


def _unit(sign: str, power: str | None, *, many: bool) -> str | None:
    if sign in {"in", "in.", "inch"}:
        names: tuple[str, str] = ("inch", "inches")
    elif sign in UNITS:
        names = UNITS[sign]
    else:
        return None
    return (f"{POWERS[power]} " if power else "") + names[many]


def _rate(written: str | None) -> str | None:
    """What is said for a stroke and a unit."""
    if not written:
        return ""
    found = re.fullmatch(r"/\s?(?P<unit>[^\d²³^]+)(?P<power>[²³]|\^?[23])?", written)
    if found is None or found["unit"] not in PER:
        return None
    return f" per {POWERS[found['power']] + ' ' if found['power'] else ''}{PER[found['unit']]}"


def _quantity(match: re.Match[str], locale: Locale, key: str = "number") -> str:
    number, vulgar = match[key] or "", match["vulgar"] if key == "number" else ""
    said = spell(number, locale) if number else ""
    if vulgar:
        said = f"{said} and {said_vulgar(vulgar)}" if said else said_vulgar(vulgar, of=True)
    return said


def _measure(match: re.Match[str], locale: Locale) -> str | None:
    """A number, or a range, with a unit."""
    sign, attached = match["unit"], not match["blank"]
    if (
        match["power"] is None
        and match["per"] is None
        and (said := _not_a_unit(match, sign, attached=attached, locale=locale)) is not None
    ):
        return said or None
    per = _rate(match["per"])
    single = (is_one(match["number"] or "1") and not match["first"]) or describes(match)
    if (
        match["power"]
        and not match["power"].startswith(("²", "³", "^"))
        and sign not in {"m", "cm", "km", "mm", "ft", "mi", "in"}
    ):
        return None
    unit = _unit(sign, match["power"], many=not single)
    if unit is None or per is None:
        return None
    first = f"{_sign(match)}{spell(match['first'], locale)} to " if match["first"] else _sign(match)
    joint = "-" if match["blank"] == "-" else " "
    return localised(f"{first}{_quantity(match, locale)}{joint}{unit}{per}{_stop(match)}", locale)


def _sign(match: re.Match[str]) -> str:
    return {"+": "plus "}.get(match["minus"], "minus ") if match["minus"] else ""


def _stop(match: re.Match[str]) -> str:
    """The full stop after a unit, where it ends the sentence."""
    return "." if match.group().endswith(".") and re.match(r"\W*(?:\Z|\s[A-Z])", text_after(match)) else ""


def _not_a_unit(match: re.Match[str], sign: str, *, attached: bool, locale: Locale) -> str | None:
    """What is said where a sign is no unit: a scale ("5m people"); "" for nothing; None where it is a unit."""
    after, number = text_after(match), match["number"] or ""
    if sign in {"in", "in."}:
        dimension = _INCH_AFTER.match(after) or (re.match(r"\s?[,;:)]", after) and not re.match(r"\s?,? \w", after))
        return (
            None if dimension or (sign == "in." and re.match(r"\s*[a-z(]|\W*\Z", after) and not match["first"]) else ""
        )
    if sign in _MILLIONS and attached and number:
        if sign == "m" and (_LENGTHS.match(after) or number in _RACES or not counts_next(match)):
            return None
        if sign in {"bn", "tn"} or (sign in {"m", "k", "K", "M", "B"} and counts_next(match)):
            first = f"{spell(match['first'], locale)} to " if match["first"] else ""
            return f"{first}{spell(number, locale)} {_MILLIONS[sign]}"
    if sign in WORDY and not _stands(match, sign, after, attached=attached):
        return ""
    return None


def _stands(match: re.Match[str], sign: str, after: str, *, attached: bool) -> bool:
    """Whether a sign that is also a word or a letter is a unit here."""
    if re.match(r"[’'](?!s\b)|[.&]\w|-\w", after) and sign not in {"m", "g", "l"}:
        return False
    if sign in {"A", "N", "F", "B", "J", "K", "W", "L", "V", "MP", "EB"}:
        return _electric(match, sign, attached=attached)
    if sign in {
        "st",
        "mi",
        "gr",
        "cal",
        "mo",
        "pt",
        "cd",
        "lm",
        "tn",
        "ns",
        "lx",
        "Gy",
        "bp",
        "bps",
        "kn",
        "hz",
        "sq.",
        "t",
    }:
        return (not attached and sign not in {"sq.", "st"}) or (sign in {"bp", "bps", "t", "hz", "mi"} and attached)
    if sign == "s":
        return (
            re.fullmatch(r"(?:1[0-9]|20)\d0", match["number"]) is None
            if not attached
            else _SECONDS.fullmatch(match["number"]) is not None
        )
    return sign != "pp" or (sign == "pp" and attached)


def _electric(match: re.Match[str], sign: str, *, attached: bool) -> bool:
    number = match["number"] or ""
    if sign in {"V", "W"}:
        return True
    if sign == "L":
        return not attached or len(number) < len("100")
    return (sign == "F" and not attached and "°" in match.string) or (
        sign in {"K", "N", "A"} and not attached and len(number) > 1 and not word_after(match)[:1].isupper()
    )


def _percent(match: re.Match[str], locale: Locale) -> str:
    """A percentage or a range of them."""
    first = f"{spell(match['first'], locale)}{' percent' if match['again'] else ''} to " if match["first"] else ""
    word = {"‰": "per mille"}.get(match["unit"], "percent")
    tail = " " if text_after(match)[:1].isalnum() else ""
    return f"{_sign(match)}{first}{_quantity(match, locale)} {word}{tail}"


def _degrees(match: re.Match[str], locale: Locale) -> str:
    """Temperatures, angles and bearings."""
    first = f"{spell(match['first'], locale)} to " if match["first"] else ""
    scale = {"C": " Celsius", "F": " Fahrenheit", "K": " kelvin"}.get(match["scale"] or "", "")
    single = (is_one(match["number"]) and not first) or (describes(match) and not scale)
    tail = " " if text_after(match)[:1].isalnum() else ""
    return f"{_sign(match)}{first}{spell(match['number'], locale)} {'degree' if single else 'degrees'}{scale}{tail}"


def _coordinate(match: re.Match[str], locale: Locale) -> str:
    """A place on the globe: degrees, minutes, seconds and a point of the compass."""
    said = f"{spell(match['deg'], locale)} {'degree' if is_one(match['deg']) else 'degrees'}"
    for key, name in (("min", "minute"), ("sec", "second")):
        if match[key]:
            said += f" {spell(match[key], locale)} {name}{'' if is_one(match[key].lstrip('0') or '0') else 's'}"
    points = {"N": "north", "S": "south", "E": "east", "W": "west"}
    return said + (f" {points[match['point']]}" if match["point"] else "")


def _height(match: re.Match[str], locale: Locale) -> str:
    return f"{spell(match['feet'], locale)} foot {spell(match['inches'], locale)}"


def _dimensions(match: re.Match[str], locale: Locale) -> str | None:
    """Two or three numbers with a cross between them, and perhaps a unit."""
    parts = re.findall(NUMBER, match.group())
    unit = match["unit"]
    if unit and unit not in {*UNITS, "in", "in."}:
        return None
    if not unit and "×" in match.group() and " " in match.group() and len(parts) == 2 and max(map(len, parts)) < 3:
        return None
    both_pixels = not unit and all(re.fullmatch(r"\d{3,4}", part) for part in parts)
    said = " by ".join(_pixels(part) if both_pixels else spell(part, locale) for part in parts)
    return localised(said + (f" {_unit(unit, match['power'], many=True)}" if unit else ""), locale)


def _pixels(number: str) -> str:
    return paired(number) if not number.endswith("00") else cardinal(int(number))


def _times(match: re.Match[str], locale: Locale) -> str:
    first = f"{spell(match['first'], locale)} to " if match["first"] else ""
    return f"{first}{spell(match['number'], locale)} times" + (" " if text_after(match)[:1].isalnum() else "")


def _inches(match: re.Match[str], locale: Locale) -> str | None:
    """Inches by their sign, where the text has no quotation that it could end."""
    if text_before(match).count('"') % 2 or match.string.count('"') % 2 == 0 or "“" in match.string:
        return None
    return f"{spell(match['number'], locale)} {'inch' if describes(match) or is_one(match['number']) else 'inches'}"


def _lone_percent(match: re.Match[str]) -> str | None:
    alone = not re.search(r"[\w%]\Z", text_before(match)) and not re.match(r"[\w%({]", text_after(match))
    return "percent" if alone else None


def _per(match: re.Match[str], locale: Locale) -> str | None:
    rate = _rate(match["per"])
    return localised(f"{spell(match['number'], locale)}{rate}", locale) if rate else None


def _words_of_area(match: re.Match[str], locale: Locale) -> str:
    """ "sq ft" and its like."""
    power = "square" if match["power"].lower().startswith("sq") else "cubic"
    unit = _unit(match["unit"].rstrip("."), None, many=not (is_one(match["number"]) or describes(match)))
    return localised(f"{spell(match['number'], locale)} {power} {unit}{_stop(match)}", locale)


def _lone_power(match: re.Match[str], locale: Locale) -> str:
    """A unit of area or volume without a number: "per m²"."""
    single = word_before(match).lower() in {"per", "a", "each", "every", "one"}
    return localised(_unit(match["unit"], match["power"], many=not single) or match.group(), locale)


_MEASURED = re.compile(r"\d\s?(?:mm|cm|m|km|in|ft|inch|inches|feet|meters?|metres?)\Z")


def _by(match: re.Match[str]) -> str | None:
    return " by " if _MEASURED.search(text_before(match)) else None


def rules(locale: Locale) -> tuple[Rule, ...]:
    """The rows, in the order in which they win."""
    start = rf"(?P<minus>{MINUS}|(?<!\S)\+)?(?<![\w$£€])(?<!\d[.,:/])(?<![A-Za-z][-‑])"
    number = rf"(?:(?P<first>{NUMBER}){DASH})?(?:(?P<number>{NUMBER})(?:\s?(?P<vulgar>[{VULGAR}]))?)"
    unit = r"(?P<unit>in\.?|[^\W\d_²³¹]{1,5}(?:·[^\W\d_²³¹]{1,3})?(?<=[\w])(?:(?<=ft|oz|lb|yd|in|hr|yr)\.|(?<=lbs|hrs|yrs|sec|min|gal|tsp)\.|(?<=tbsp)\.)?|[µμ]?Ω)"
    per = r"(?P<per>/\s?[^\W\d_²³¹]{1,6}(?:[²³]|\^?[23])?)?"
    count = partial(_measure, locale=locale)
    return (
        Rule(
            "places on the globe",
            re.compile(
                r"(?<![\w.])(?P<deg>\d{1,3}(?:\.\d+)?)°\s?(?:(?P<min>\d{1,2}(?:\.\d+)?)[′’']\s?(?:(?P<sec>\d{1,2}(?:\.\d+)?)(?:″|”|\"|'')\s?)?)?"
                r"(?P<point>[NSEW](?!\w))?(?<![°])"
            ),
            partial(_coordinate, locale=locale),
            needs=("°",),
            digit=True,
        ),
        Rule(
            "degrees",
            re.compile(
                rf"{start}(?:(?P<first>{NUMBER})°?{DASH})?(?P<number>{NUMBER})\s?(?:(?:°|º)\s?(?P<scale>[CFK](?!\w))?|℃|℉)"
            ),
            partial(_degrees, locale=locale),
            needs=("°", "º", "℃", "℉"),
            digit=True,
        ),
        Rule(
            "percentages",
            re.compile(
                rf"{start}(?:(?P<first>{NUMBER})(?P<again>\s?%)?{DASH})?(?P<number>{NUMBER})?(?P<vulgar>[{VULGAR}])?(?<=[\d{VULGAR}])\s?(?P<unit>%|‰|٪)"
            ),
            partial(_percent, locale=locale),
            needs=("%", "‰", "٪"),
            digit=True,
        ),
        Rule(
            "heights",
            re.compile(r"(?<![\w.,])(?P<feet>\d)\s?[’'′]\s?(?P<inches>1[01]|\d)(?:\.5)?(?:\"|”|″|''|’’)(?!\w)"),
            partial(_height, locale=locale),
            needs=("'", "’", "′"),
            digit=True,
        ),
        Rule(
            "dimensions",
            re.compile(
                rf"(?<![\w.,])(?:{NUMBER})(?:\s?[x×]\s?(?:{NUMBER})){{1,2}}(?:(?:\s|(?<=\d))(?P<unit>[a-zA-Zµμ]{{1,3}}\b)(?<!x)(?<!\bto|\bof|\bat)(?P<power>[²³])?)?(?![\w^⁰¹²³⁴⁵⁶⁷⁸⁹⁻])"
            ),
            partial(_dimensions, locale=locale),
            needs=("x", "×"),
            digit=True,
        ),
        Rule(
            "times as much",
            re.compile(rf"(?<![\w.,])(?:(?P<first>{NUMBER}){DASH})?(?P<number>{NUMBER})\s?[x×](?![\w×%])(?!\s?[\d(])"),
            partial(_times, locale=locale),
            needs=("x", "×"),
            digit=True,
        ),
        Rule(
            "areas and volumes in words",
            re.compile(
                rf"(?<![\w.,$£€])(?P<number>{NUMBER})\s?-?(?P<power>sq|cu|Sq|Cu)\.?\s?(?P<unit>ft|mi|km|in|yd|cm|m|mm|yards|miles)(?:\b|\.)\.?"
            ),
            partial(_words_of_area, locale=locale),
            needs=("sq", "cu", "Sq", "Cu"),
            digit=True,
        ),
        Rule(
            "measures",
            re.compile(rf"{start}{number}(?P<blank>\s|-(?=\w))?{unit}(?P<power>[²³]|\^[23]|[23])?{per}(?![\w’'/²³^])"),
            count,
            digit=True,
        ),
        Rule(
            "numbers per unit",
            re.compile(rf"{start}(?P<number>{NUMBER})(?P<per>/[^\W\d_²³¹]{{1,6}}[²³]?)(?!\w)"),
            partial(_per, locale=locale),
            needs=("/",),
            digit=True,
        ),
        Rule(
            "inches by their sign",
            re.compile(rf"(?<![\w.,])(?P<number>{NUMBER})\s?[\"″](?=\s?[a-zA-Z(\d])"),
            partial(_inches, locale=locale),
            needs=('"', "″"),
            digit=True,
        ),
        Rule("by between measures", re.compile(r"\s?[x×]\s?(?=\d)"), _by, needs=("x", "×"), digit=True),
        Rule(
            "lone units of area",
            re.compile(r"(?<![\w])(?P<unit>[kcm]?m|ft|mi)(?P<power>[²³])(?!\w)"),
            partial(_lone_power, locale=locale),
            needs=("²", "³"),
        ),
        Rule("lone signs of percent", re.compile("%"), _lone_percent, needs=("%",)),
    )
