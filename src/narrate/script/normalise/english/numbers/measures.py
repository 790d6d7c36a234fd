"""Measures: numbers with units, and what looks like them: scales, decades, prepositions."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from narrate.script.normalise.english.numbers.context import (
    DASH,
    NUMBER,
    SIGNED,
    counts_next,
    describes,
    is_one,
    sign,
    spell,
    text_after,
    text_before,
    word_after,
)
from narrate.script.normalise.english.numbers.fractions import VULGAR, quantity
from narrate.script.normalise.english.numbers.units import localised, rate_name, unit_name
from narrate.script.normalise.rule import Later, Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from narrate.script.normalise.english.numbers.context import Locale

_SCALES = {"m": "million", "bn": "billion", "tn": "trillion", "k": "thousand", "K": "thousand"}
_SCALES |= {"M": "million", "B": "billion"}
_LENGTHS = re.compile(
    r"\s?-?(?:long|wide|tall|high|deep|thick|away|from|above|below|north|south|east|west|race|sprint|dash|final"
    r"|freestyle"
    r"|hurdles|butterfly|backstroke|breaststroke|medley|relay|run|runners?|swim|event|heats?|title|record|champion|gold"
    r"|world|x|by|up|down|off|into|across|behind|asl|apart|walk|radius|diameter|distance|tower|ridge|summit|peak|mark"
    r"|square|fence|wall|drop)\b"
)
_RACE = re.compile(
    r"\s(?:race|sprint|dash|final|freestyle|hurdles|butterfly|backstroke|breaststroke|medley|relay|heats?|semi|event)\b"
)
"""What races over so many meters are called."""

_NATION = re.compile(r"\s(?:i[A-Z]\w+s\b|[A-Z]{2,}s\b|[A-Z][a-z]+(?:s|ese)\b|b/d\b|bpd\b)")
_SECONDS = re.compile(r"\d|[1-9][1-9]|\d+\.\d+")
"""Numbers that make seconds with an s at once behind them: not decades, nor several of a model."""
_PICTURES = frozenset({"2", "4", "5", "6", "8"})
"""Of a thousand points across: "4K films"."""
_DECADE = re.compile(r"(?:1\d|20)\d0")
_ALONG = re.compile(
    r"\s?(?:long|wide|tall|high|deep|thick|thickness|in diameter|across|by|x|×|of (?:rain|snow)|\)|\(\d"
    r"|[,;:](?!,?\s\w))"
)
_FEET = re.compile(r"\d\s?(?:ft|feet|foot)\.?,?\s?\Z")
_GOES_ON = re.compile(r"[’'](?!s\b)|[.&]\w|-\w")
"""What shows that a letter behind a number is part of something longer."""


def _measure(match: re.Match[str], locale: Locale) -> str | None:
    """A number, or a range, with a unit; or with a scale."""
    unit = match["unit"]
    plain = match["power"] is None and match["per"] is None
    if plain and not match["blank"] and match["number"] and _is_scale(match):
        return f"{_first(match, locale)}{spell(match['number'], locale)} {_SCALES[unit]}"
    if plain and unit in _DOUBTFUL and not _DOUBTFUL[unit](match):
        return None
    if match["power"] in {"2", "3"} and unit not in {"m", "cm", "km", "mm", "ft", "mi", "in"}:
        return None
    single = (is_one(match["number"] or "1") and not match["first"]) or describes(match) or match["blank"] == "-"
    single = single or is_race(match)
    name, rate = unit_name(unit, match["power"], many=not single), rate_name(match["per"])
    if name is None or rate is None:
        return None
    joint = "-" if match["blank"] == "-" else " "
    said = f"{sign(match)}{_first(match, locale)}{quantity(match, locale)}{joint}{name}{rate}{stop(match)}"
    return localised(said, locale)


def is_race(match: re.Match[str]) -> bool:
    """Whether a distance is that of a race: "the 100m sprint"."""
    return match["unit"] in {"m", "km", "yd"} and _RACE.match(text_after(match)) is not None


def _first(match: re.Match[str], locale: Locale) -> str:
    return f"{spell(match['first'], locale)} to " if match["first"] else ""


def stop(match: re.Match[str]) -> str:
    """The full stop after a unit, where it ends the sentence."""
    return "." if match.group().endswith(".") and re.match(r"\W*(?:\Z|\s[A-Z])", text_after(match)) else ""


def _is_scale(match: re.Match[str]) -> bool:
    """Whether letters behind a number are a scale: "5m people", "40k fans"."""
    unit = match["unit"]
    if unit not in _SCALES or (unit == "m" and _LENGTHS.match(text_after(match))):
        return False
    if (unit == "K" and match["number"] in _PICTURES) or match.group() == "3M":
        return False
    return unit in {"bn", "tn"} or counts_next(match) or _NATION.match(text_after(match)) is not None


def _is_seconds(match: re.Match[str]) -> bool:
    if match["blank"]:
        return _DECADE.fullmatch(match["number"] or "") is None
    return _SECONDS.fullmatch(match["number"] or "") is not None


def _is_inches(match: re.Match[str]) -> bool:
    """Whether "in" is no preposition: "12 in. of snow", "5 in wide"; not "5 in 10"."""
    after = text_after(match)
    if _ALONG.match(after) or _FEET.search(text_before(match)):
        return True
    return match["unit"] == "in." and not match["first"] and re.match(r"\s*[a-z(]|\W*\Z", after) is not None


def _stands_apart(match: re.Match[str]) -> bool:
    """Whether a letter has a blank before it, more than one digit before that, and no name after it."""
    long = len(match["number"] or "") > 1
    return _has_blank(match) and _is_whole(match) and long and not word_after(match)[:1].isupper()


def _has_blank(match: re.Match[str]) -> bool:
    return match["blank"] not in {None, "-"}


def _is_litres(match: re.Match[str]) -> bool:
    return bool(match["blank"]) or len(match["number"] or "") < len("100")


def _is_whole(match: re.Match[str]) -> bool:
    return _GOES_ON.match(text_after(match)) is None


_DOUBTFUL: Mapping[str, Callable[[re.Match[str]], bool]] = {
    "s": _is_seconds,
    "in": _is_inches,
    "in.": _is_inches,
    "L": _is_litres,
    "F": lambda match: _has_blank(match) and "°" in match.string,
    "J": lambda match: _has_blank(match) and "." in (match["number"] or ""),
    "st": lambda match: re.match(r"\s\d{1,2}\s?lb", text_after(match)) is not None,
    "pp": lambda match: not match["blank"],
    "bit": lambda _match: False,
    **dict.fromkeys(("K", "N", "A", "B"), _stands_apart),
    **dict.fromkeys(("mo", "pt", "cd", "lm", "ns", "lx", "Gy", "cal", "gr", "kn", "bar", "pH", "hz"), _has_blank),
    **dict.fromkeys(("h", "l", "V", "W", "t", "MP", "EB"), _is_whole),
}
"""Signs that are also words, letters or suffixes: only where what stands round them allows it."""


def _per(match: re.Match[str], locale: Locale) -> str | None:
    """A number and a rate: "12/kg"."""
    rate = rate_name(match["per"])
    return localised(f"{spell(match['number'], locale)}{rate}", locale) if rate else None


def rules(locale: Locale) -> tuple[Rule, ...]:
    """The rows, in the order in which they win."""
    number = (
        rf"(?:(?P<first>{NUMBER}){DASH})?(?:(?P<number>{NUMBER})(?:\s?(?P<vulgar>[{VULGAR}]))?|(?P<lone>[{VULGAR}]))"
    )
    stopped = r"(?:(?<=ft|oz|lb|yd|in|hr|yr|mi|qt|pt)\.|(?<=lbs|hrs|yrs|sec|min|gal|tsp)\.|(?<=[tT]bsp|mins|secs)\.)?"
    unit = rf"(?P<unit>[^\W\d_²³¹]{{1,5}}(?:·[^\W\d_²³¹]{{1,3}})?{stopped})"
    rate = r"(?P<per>/\s?[^\W\d_²³¹]{1,6}(?:[²³]|\^?[23])?(?:/(?:day|d|h|hr|min|wk|week|yr|year)\b)?)?"
    measure, say = (
        re.compile(
            rf"{SIGNED}(?<![A-Za-z][-‑]){number}(?P<blank>\s|-(?=\w))?{unit}(?P<power>[²³]|\^[23]"
            rf"|[23])?{rate}(?![\w’'/²³^])"
        ),
        partial(_measure, locale=locale),
    )
    return (
        Rule("measures", measure, say, digit=True),
        Rule("measures of a fraction", measure, say, needs=tuple(VULGAR)),
        Rule(
            "numbers per unit",
            Later(rf"{SIGNED}(?P<number>{NUMBER})(?P<per>/[^\W\d_²³¹]{{1,6}}(?:[²³]|\^?[23])?)(?!\w)"),
            partial(_per, locale=locale),
            needs=("/",),
            digit=True,
        ),
    )
