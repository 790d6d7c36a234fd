"""Numbers that name a place: houses, rooms, roads, flights, postal codes, paragraphs."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from narrate.script.normalise.english.numbers.context import spell, text_before
from narrate.script.normalise.english.numbers.serials import numbered
from narrate.script.normalise.english.numbers.words import digits
from narrate.script.normalise.rule import Later, Rule

if TYPE_CHECKING:
    from narrate.script.normalise.english.numbers.context import Locale

_DIRECTIONS = {"N": "North", "S": "South", "E": "East", "W": "West"}
_DIRECTIONS |= {"NE": "Northeast", "NW": "Northwest", "SE": "Southeast", "SW": "Southwest"}
_TYPES = {
    "St": "Street",
    "Ave": "Avenue",
    "Blvd": "Boulevard",
    "Rd": "Road",
    "Dr": "Drive",
    "Ln": "Lane",
    "Ct": "Court",
}
_TYPES |= {
    "Pl": "Place",
    "Hwy": "Highway",
    "Pkwy": "Parkway",
    "Expy": "Expressway",
    "Sq": "Square",
    "Ter": "Terrace",
    "Cir": "Circle",
}
_WHOLE = (
    "Street|Avenue|Boulevard|Road|Drive|Lane|Court|Place|Highway|Parkway|Square|Terrace|Circle|Way|Broadway|Crescent"
)
_NAMES = r"(?:\s(?:[A-Z][a-z’'.]+|\d{1,3}(?:st|nd|rd|th))){1,3}"
_HOUSE = rf"\d{{1,5}}[A-Z]?(?:\s(?:[NSEW]{{1,2}}\.?|North|South|East|West))?{_NAMES}\s"
_BEHIND_HOUSE = re.compile(rf"(?<!\w){_HOUSE}\Z")
_NAMING = re.compile(
    r"\b(?:RFC|IEEE|ISO|IEC|(?i:rooms?|suites?|flights?|gates?|routes?|highway|interstate|apartment|apt\.?|unit|train"
    r"|bus|road|rte\.?|extension|ext\.?"
    r"|box|boeing|airbus|channel|model|porsche|peugeot|bmw|nvidia|rtx|gtx|radeon|ryzen|intel core|series|area code"
    r"|hwy\.?))\s\Z"
)
_SPELT = re.compile(
    r"\b(?i:ending in|ends in|pin(?: code| number)?(?: is)?|passcode|password|account(?: number)?|serial(?: number)?"
    r"|zip(?: code)?|postcode|extension|ext\.):?\s\Z"
)
_STATES = dict(
    row.split("=")
    for row in [
        "AL=Alabama",
        "AK=Alaska",
        "AZ=Arizona",
        "AR=Arkansas",
        "CA=California",
        "CO=Colorado",
        "CT=Connecticut",
        "DE=Delaware",
        "DC=D C",
        "FL=Florida",
        "GA=Georgia",
        "HI=Hawaii",
        "ID=Idaho",
        "IL=Illinois",
        "IN=Indiana",
        "IA=Iowa",
        "KS=Kansas",
        "KY=Kentucky",
        "LA=Louisiana",
        "ME=Maine",
        "MD=Maryland",
        "MA=Massachusetts",
        "MI=Michigan",
        "MN=Minnesota",
        "MS=Mississippi",
        "MO=Missouri",
        "MT=Montana",
        "NE=Nebraska",
        "NV=Nevada",
        "NH=New Hampshire",
        "NJ=New Jersey",
        "NM=New Mexico",
        "NY=New York",
        "NC=North Carolina",
        "ND=North Dakota",
        "OH=Ohio",
        "OK=Oklahoma",
        "OR=Oregon",
        "PA=Pennsylvania",
        "RI=Rhode Island",
        "SC=South Carolina",
        "SD=South Dakota",
        "TN=Tennessee",
        "TX=Texas",
        "UT=Utah",
        "VT=Vermont",
        "VA=Virginia",
        "WA=Washington",
        "WV=West Virginia",
        "WI=Wisconsin",
        "WY=Wyoming",
    ]
)


def _house(match: re.Match[str]) -> str:
    """The number of a house, and the direction behind it."""
    number, direction = match["number"], match["direction"]
    said = numbered(number)
    return said + (f" {_DIRECTIONS[direction.strip(' .')]}" if direction else "")


def _street(match: re.Match[str]) -> str | None:
    """What kind of street: only behind a house's number and a name."""
    if not _BEHIND_HOUSE.search(text_before(match)):
        return None
    ends = match["dot"] and re.match(r"\s*\Z|\s(?![NS][EW]\b)[A-Z]", match.string[match.end() :])
    return _TYPES[match["type"]] + ("." if ends else "")


def _named(match: re.Match[str]) -> str | None:
    """A number behind a word that it names, or is to be spelt behind: "room 1408", "ending in 8876"."""
    before = text_before(match)
    if _SPELT.search(before):
        return digits(match["number"])
    if len(match["number"]) > len("1408") or not _NAMING.search(before):
        return None
    return numbered(match["number"]) + (f" {numbered(match['variant'])}" if match["variant"] else "")


def _zip(match: re.Match[str]) -> str:
    rest = f", {digits(match['rest'])}" if match["rest"] else ""
    return f"{_STATES[match['state']]} {digits(match['number'])}{rest}"


def _paragraph(match: re.Match[str]) -> str:
    """The signs of sections and paragraphs."""
    said = {"§": "section", "¶": "paragraph"}[match["sign"][0]] + ("s" if len(match["sign"]) > 1 else "")
    follows = match.string[match.end() : match.end() + 1]
    return said + (" " if match["blank"] or follows.isalnum() else "")


def _number_sign(match: re.Match[str], locale: Locale) -> str:
    number = match["number"]
    return f"number {digits(number) if len(number) > len('9999') else spell(number, locale)}"


_TYPES_ROW = f"(?:{_WHOLE}|{'|'.join(_TYPES)})"


def _upper() -> tuple[Rule, ...]:
    return (
        Rule(
            "houses",
            Later(
                rf"(?<![\w.,$£€#:/-])(?P<number>\d{{2,5}})(?P<direction>\s[NSEW]{{1,2}}\b\.?)?(?={_NAMES}(?<=\s){_TYPES_ROW}\b|{_NAMES}\s{_TYPES_ROW}\b)"
            ),
            _house,
            digit=True,
        ),
        Rule("streets", Later(rf"(?<=\s)(?P<type>{'|'.join(_TYPES)})\b(?P<dot>\.)?(?!\w)"), _street, digit=True),
        Rule(
            "postal codes",
            Later(
                rf"(?<![\w.])(?P<state>{'|'.join(_STATES)})\s(?P<number>\d{{5}})(?:-(?P<rest>\d{{4}}))?(?![\w]|[.,-]\d)"
            ),
            _zip,
            digit=True,
        ),
        Rule(
            "numbers that name",
            Later(r"(?P<number>\d(?<!\w\d)\d{2,})(?:-(?P<variant>\d{1,4}))?(?![\w%]|[.,:/-]\d)"),
            _named,
            digit=True,
        ),
    )


def _lower(locale: Locale) -> tuple[Rule, ...]:
    return (
        Rule(
            "sections and paragraphs",
            Later(r"(?P<sign>§{1,2}|¶{1,2})(?P<blank>\s?)"),
            _paragraph,
            needs=("§", "¶"),
        ),
        Rule(
            "number signs",
            Later(r"(?<!\w)(?:#|№\s?)(?P<number>\d{1,8})(?![\w]|[.,]\d)"),
            partial(_number_sign, locale=locale),
            needs=("#", "№"),
            digit=True,
        ),
    )


def rules(locale: Locale) -> tuple[Rule, ...]:
    """The rows, in the order in which they win."""
    return (*_upper(), *_lower(locale))
