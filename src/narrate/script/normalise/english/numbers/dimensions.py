"""Dimensions: numbers with a cross between them, heights, inches, areas in words."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from narrate.script.normalise.english.numbers.context import (
    DASH,
    NUMBER,
    describes,
    is_one,
    spell,
    text_after,
    text_before,
    word_before,
)
from narrate.script.normalise.english.numbers.mathematics import power_words
from narrate.script.normalise.english.numbers.measures import is_race, stop
from narrate.script.normalise.english.numbers.units import UNITS, localised, rate_name, unit_name
from narrate.script.normalise.english.numbers.words import cardinal, paired, plural
from narrate.script.normalise.rule import Later, Rule

if TYPE_CHECKING:
    from narrate.script.normalise.english.numbers.context import Locale


_PRODUCT = re.compile(r"\d{1,2}\s×\s\d{1,2}")
"""Small numbers with a cross between blanks are multiplied."""


_OPENS, _CLOSES = re.compile(r"(?<![\w\"])\"(?=\w)|“"), re.compile(r"(?<=[^\W\d]|[.,!?])\"(?!\w)|”")
"""Marks of quotations, those behind a number apart."""

_UNITS_IN_FULL = {"yards": "yd", "miles": "mi", "mile": "mi", "feet": "ft", "foot": "ft", "inches": "in"}
_UNITS_IN_FULL |= {"meters": "m", "metres": "m", "kilometers": "km", "kilometres": "km"}


def _height(match: re.Match[str], locale: Locale) -> str:
    return f"{spell(match['feet'], locale)} foot {spell(match['inches'], locale)}"


def _boards(match: re.Match[str], locale: Locale) -> str:
    """Sides in feet or inches by their signs: 2" × 4"."""
    unit = "inch" if match["mark"] in {'"', "″", "”"} else "foot"
    return f"{spell(match['one'], locale)} {unit} by {spell(match['two'], locale)} {unit}"


def _dimensions(match: re.Match[str], locale: Locale) -> str | None:
    """Two or three numbers with a cross between them, and perhaps a unit."""
    parts = re.findall(NUMBER, match.group())
    unit = match["unit"]
    if unit and unit not in UNITS:  # "a 9x13 pan": a word
        return (
            None
            if re.search(r"\d" + unit, match.group())
            else f"{' by '.join(spell(part, locale) for part in parts)} {unit}"
        )
    if not unit and _PRODUCT.fullmatch(match.group()):
        return None
    if re.search(r"\s[x×]\s10\Z", match.group()):
        return " times ".join(spell(part, locale) for part in parts)
    both_pixels = not unit and all(re.fullmatch(r"\d{3,4}", part) for part in parts)
    if unit == "s":
        return plural(" by ".join(spell(part, locale) for part in parts))
    said = " by ".join(_pixels(part) if both_pixels else spell(part, locale) for part in parts)
    return localised(said + (f" {unit_name(unit, match['power'], many=not is_race(match))}" if unit else ""), locale)


def _pixels(number: str) -> str:
    return paired(number) if not number.endswith("00") else cardinal(int(number))


def _times(match: re.Match[str], locale: Locale) -> str:
    first = f"{spell(match['first'], locale)} to " if match["first"] else ""
    return f"{first}{spell(match['number'], locale)} times" + (" " if text_after(match)[:1].isalnum() else "")


def _inches(match: re.Match[str], locale: Locale) -> str | None:
    """Inches by their sign, where the text has no quotation that it could end."""
    before = match.string[: match.start()]
    opened = len(_OPENS.findall(before)) > len(_CLOSES.findall(before))
    if match.group().endswith('"') and opened:
        return None
    return f"{spell(match['number'], locale)} {'inch' if describes(match) or is_one(match['number']) else 'inches'}"


def _words_of_area(match: re.Match[str], locale: Locale) -> str:
    """Areas and volumes in words: "25 sq ft"."""
    power = "square" if match["power"].lower().startswith("sq") else "cubic"
    sign = _UNITS_IN_FULL.get(match["unit"], match["unit"])
    unit = unit_name(sign, None, many=not (is_one(match["number"]) or describes(match)))
    return localised(f"{spell(match['number'], locale)} {power} {unit}{stop(match)}", locale)


def _lone_power(match: re.Match[str], locale: Locale) -> str:
    """A unit of area or volume without a number: "per m²"."""
    single = word_before(match).lower() in {"per", "a", "each", "every", "one"}
    return localised(unit_name(match["unit"], match["power"], many=not single) or match.group(), locale)


_MEASURED = re.compile(r"\d\s?(?:mm|cm|m|km|in|ft|inch|inches|feet|meters?|metres?)\Z")


def _by(match: re.Match[str]) -> str | None:
    return " by " if _MEASURED.search(text_before(match)) else None


def _power_of_ten(match: re.Match[str], locale: Locale) -> str:
    """Large and small numbers, before measures take the exponent for their own: "3.0×10^8 m/s"."""
    said = f"{spell(match['number'], locale)} times ten{power_words(match['exponent'])}"
    unit, rate = match["unit"] or "", match["per"] or ""
    name, per = unit_name(unit, None, many=True), rate_name(rate)
    if name is None or per is None:
        return f"{said} {unit}{rate}" if unit else said
    return localised(f"{said} {name}{per}", locale)


def _upper(locale: Locale) -> tuple[Rule, ...]:
    return (
        Rule(
            "powers of ten",
            Later(
                rf"(?<![\w.,])(?P<number>{NUMBER})\s?[×x·]\s?10\^\{{?(?P<exponent>[-−+]?\d{{1,3}})\}}?(?!\w|\.\d)"
                r"(?:\s(?P<unit>[^\W\d_]{1,3})(?P<per>/[a-z]{1,3})?(?![\w/]))?"
            ),
            partial(_power_of_ten, locale=locale),
            needs=("10^",),
            digit=True,
        ),
        Rule(
            "heights",
            Later(r"(?<![\w.,])(?P<feet>\d)\s?[’'′][\s-]?(?P<inches>1[01]|\d)(?:\.5)?(?:\"|”|″|''|’’)(?!\w)"),
            partial(_height, locale=locale),
            needs=("'", "’", "′"),
            digit=True,
        ),
    )


def _crosses(locale: Locale) -> tuple[Rule, ...]:
    return (
        Rule(
            "dimensions by signs",
            Later(r"(?<![\w.,])(?P<one>\d+(?:\.\d+)?)(?P<mark>[\"″”'’′])\s?[x×]\s?(?P<two>\d+(?:\.\d+)?)(?P=mark)"),
            partial(_boards, locale=locale),
            needs=("x", "×"),
            digit=True,
        ),
        Rule(
            "dimensions",
            Later(
                rf"(?<![\w.,])(?!0x)(?:{NUMBER})(?:(?:\s?[x×]\s?|X)(?:{NUMBER})){{1,2}}(?:(?:\s"
                rf"|(?<=\d))(?P<unit>[a-zA-Zµμ]{{1,3}}\b)(?<!x)(?<!\bto|\bof"
                rf"|\bat)(?P<power>[²³])?)?(?![\w^⁰¹²³⁴⁵⁶⁷⁸⁹⁻]|[.,]\d)"
            ),
            partial(_dimensions, locale=locale),
            needs=("x", "×", "X"),
            digit=True,
        ),
        Rule(
            "times as much",
            Later(
                rf"(?<![\w.,])(?:(?P<first>{NUMBER}){DASH})?(?P<number>{NUMBER})\s?[x×](?![\w×%])(?!\s?[\d(+\-−=*/^])"
            ),
            partial(_times, locale=locale),
            needs=("x", "×"),
            digit=True,
        ),
    )


def _lower(locale: Locale) -> tuple[Rule, ...]:
    return (
        Rule(
            "areas and volumes in words",
            Later(
                rf"(?<![\w.,$£€])(?P<number>{NUMBER})\s?-?(?P<power>sq|cu|Sq|Cu)\.?\s?(?P<unit>ft|mi|km|in|yd|cm|m|mm"
                rf"|{'|'.join(_UNITS_IN_FULL)})(?:\b|\.)\.?"
            ),
            partial(_words_of_area, locale=locale),
            needs=("sq", "cu", "Sq", "Cu"),
            digit=True,
        ),
        Rule("by between measures", Later(r"\s?[x×]\s?(?=\d)"), _by, needs=("x", "×"), digit=True),
        Rule(
            "lone units of area",
            Later(r"(?<![\w/])(?<!\d\s)(?P<unit>[kcm]?m|ft|mi)(?P<power>[²³])(?!\w)"),
            partial(_lone_power, locale=locale),
            needs=("²", "³"),
        ),
        Rule(
            "inches by their sign",
            Later(rf"(?<![\w.,])(?P<number>{NUMBER})\s?[\"″](?=\s?[a-zA-Z(\d])"),
            partial(_inches, locale=locale),
            needs=('"', "″"),
            digit=True,
        ),
    )


def rules(locale: Locale) -> tuple[Rule, ...]:
    """The rows, in the order in which they win."""
    return (*_upper(locale), *_crosses(locale), *_lower(locale))
