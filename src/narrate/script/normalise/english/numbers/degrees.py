"""Degrees and percentages: temperatures, angles, places on the globe."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from narrate.script.normalise.english.numbers.context import (
    DASH,
    NUMBER,
    SIGNED,
    describes,
    is_one,
    sign,
    spell,
    text_after,
    text_before,
)
from narrate.script.normalise.english.numbers.fractions import VULGAR, quantity
from narrate.script.normalise.rule import Later, Rule

if TYPE_CHECKING:
    from narrate.script.normalise.english.numbers.context import Locale


def _percent(match: re.Match[str], locale: Locale) -> str:
    """A percentage or a range of them."""
    first = f"{spell(match['first'], locale)}{' percent' if match['again'] else ''} to " if match["first"] else ""
    word = {"‰": "per mille"}.get(match["unit"], "percent")
    tail = " " if text_after(match)[:1].isalnum() else ""
    return f"{sign(match)}{first}{quantity(match, locale)} {word}{tail}"


def _degrees(match: re.Match[str], locale: Locale) -> str:
    """Temperatures, angles and bearings."""
    first = f"{spell(match['first'], locale)} to " if match["first"] else ""
    scale = {"C": " Celsius", "F": " Fahrenheit", "K": " kelvin"}.get(match["scale"] or "", "")
    single = (is_one(match["number"]) and not first) or (describes(match) and not scale)
    tail = " " if text_after(match)[:1].isalnum() else ""
    return f"{sign(match)}{first}{spell(match['number'], locale)} {'degree' if single else 'degrees'}{scale}{tail}"


def _coordinate(match: re.Match[str], locale: Locale) -> str | None:
    """A place on the globe: degrees, minutes, seconds and a point of the compass."""
    if not match["min"] and not match["point"]:
        return None
    said = f"{spell(match['deg'], locale)} {'degree' if is_one(match['deg']) else 'degrees'}"
    for key, name in (("min", "minute"), ("sec", "second")):
        if match[key]:
            said += f" {spell(match[key], locale)} {name}{'' if is_one(match[key].lstrip('0') or '0') else 's'}"
    points = {"N": "north", "S": "south", "E": "east", "W": "west"}
    return said + (f" {points[match['point']]}" if match["point"] else "")


def _lone_percent(match: re.Match[str]) -> str | None:
    alone = not re.search(r"[\w%]\Z", text_before(match)) and not re.match(r"[\w%({]", text_after(match))
    return "percent" if alone else None


_START = rf"{SIGNED}(?<![A-Za-z][-‑])"


def _upper(locale: Locale) -> tuple[Rule, ...]:
    return (
        Rule(
            "places on the globe",
            Later(
                r"(?<![\w.])(?P<deg>\d{1,3}(?:\.\d+)?)°(?:\s?(?P<min>\d{1,2}(?:\.\d+)?)[′’'](?:\s?(?P<sec>\d{1,2}(?:\.\d+)?)(?:″|”|\"|''))?)?"
                r"(?:\s?(?P<point>[NSEW])(?!\w)(?:\.(?=[,;)]|\s[a-z\d]))?)?"
            ),
            partial(_coordinate, locale=locale),
            needs=("°",),
            digit=True,
        ),
        Rule(
            "degrees",
            Later(
                rf"{_START}(?:(?P<first>{NUMBER})°?{DASH})?(?P<number>{NUMBER})\s?(?:(?:°"
                rf"|º)(?:\s?(?P<scale>[CFK])(?!\w))?|℃|℉)"
            ),
            partial(_degrees, locale=locale),
            needs=("°", "º", "℃", "℉"),
            digit=True,
        ),
    )


def _lower(locale: Locale) -> tuple[Rule, ...]:
    return (
        Rule(
            "percentages",
            Later(
                rf"{_START}(?:(?P<first>{NUMBER})(?P<again>\s?(?:%|pc))?{DASH})?"
                rf"(?:(?P<number>{NUMBER})(?P<vulgar>[{VULGAR}])?|(?P<lone>[{VULGAR}]))\s?(?P<unit>%|‰|٪|pc(?!\w))"
            ),
            partial(_percent, locale=locale),
            needs=("%", "‰", "٪", "pc"),
            digit=True,
        ),
        Rule("lone signs of percent", Later("%"), _lone_percent, needs=("%",)),
    )


def rules(locale: Locale) -> tuple[Rule, ...]:
    """The rows, in the order in which they win."""
    return (*_upper(locale), *_lower(locale))
