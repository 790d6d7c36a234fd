"""Addresses: streets, their points of the compass, and the states that cities are in."""

from __future__ import annotations

import re

from narrate.script.normalise.english.letters.context import STARTERS, words
from narrate.script.normalise.rule import Rule

_STREETS = {
    "St": "Street",
    "Ave": "Avenue",
    "Av": "Avenue",
    "Blvd": "Boulevard",
    "Rd": "Road",
    "Dr": "Drive",
    "Ln": "Lane",
    "Ct": "Court",
    "Pl": "Place",
    "Sq": "Square",
    "Hwy": "Highway",
    "Pkwy": "Parkway",
    "Ter": "Terrace",
    "Cir": "Circle",
    "Expy": "Expressway",
    "Fwy": "Freeway",
}
_NAMED_SO = "St|Ave|Blvd|Rd|Hwy|Pkwy|Ln|Expy|Fwy"
_COMPASS = {
    "N": "North",
    "S": "South",
    "E": "East",
    "W": "West",
    "NE": "Northeast",
    "NW": "Northwest",
    "SE": "Southeast",
    "SW": "Southwest",
}
_ORDINAL = r"\d+(?:st|nd|rd|th|ST|ND|RD|TH)"
_NAME = rf"(?:[A-ZÀ-Þ][\w’'-]*[a-zß-ÿ]|{_ORDINAL})"
_HOUSE = re.compile(
    rf"(?<=\d )(?P<way>(?:{'|'.join(sorted(_COMPASS, key=len, reverse=True))})\.? )?"
    rf"(?P<name>(?:{_NAME} (?:[JS]r\.? )?){{1,3}})"
    rf"(?P<kind>{'|'.join(_STREETS)})(?P<stop>\.)?(?![\w’'])"
)
_UNNUMBERED = re.compile(
    rf"(?:(?<=[\w’'.,] )|(?=\d))(?P<name>(?:{_NAME} ){{1,2}})(?P<kind>{_NAMED_SO})(?P<stop>\.)?"
    r"(?=,|;|\)|\s+(?:and|&|to|in|at|near|on|was|is|from|between)\b|\s*\Z)"
)
_DRIVE = re.compile(
    rf"(?<=\b(?:on|at|of|to) )(?P<name>(?:{_NAME} ){{1,2}})(?P<kind>Dr)(?P<stop>\.)"
    r"(?=,|;|\)|\s+(?:and|to|in|at|near|was|is|from|between)\b|\s*\Z)"
)
_QUADRANT = re.compile(r"(?<=[a-z.] )(?P<way>[NS][EW])(?!\w|\.\w)")
_STREET_BEFORE = re.compile(rf"\b(?:{'|'.join([*_STREETS, *_STREETS.values()])})\.? \Z")
_AFTER_ORDINAL = re.compile(rf"(?:(?<=\d(?:st|nd|rd|th) )|(?<=\d[23]d ))(?P<kind>{_NAMED_SO})(?P<stop>\.)?(?![\w’'])")
_WAY = re.compile(
    r"(?:(?<=\d )|(?<![\w.])(?=[NSEW]\. ))(?P<way>[NSEW])\.?(?= (?:[A-Z][a-z]+|\d+(?:st|nd|rd|th))"
    r" (?:Street|Avenue|Road|Boulevard|Drive|Lane|Place|St|Ave|Blvd|Rd)\b)"
)

_STATES = {
    "AL": "Alabama",
    "AK": "Alaska",
    "AZ": "Arizona",
    "AR": "Arkansas",
    "CA": "California",
    "CO": "Colorado",
    "CT": "Connecticut",
    "DE": "Delaware",
    "FL": "Florida",
    "GA": "Georgia",
    "HI": "Hawaii",
    "ID": "Idaho",
    "IL": "Illinois",
    "IN": "Indiana",
    "IA": "Iowa",
    "KS": "Kansas",
    "KY": "Kentucky",
    "LA": "Louisiana",
    "ME": "Maine",
    "MD": "Maryland",
    "MA": "Massachusetts",
    "MI": "Michigan",
    "MN": "Minnesota",
    "MS": "Mississippi",
    "MO": "Missouri",
    "MT": "Montana",
    "NE": "Nebraska",
    "NV": "Nevada",
    "NH": "New Hampshire",
    "NJ": "New Jersey",
    "NM": "New Mexico",
    "NY": "New York",
    "NC": "North Carolina",
    "ND": "North Dakota",
    "OH": "Ohio",
    "OK": "Oklahoma",
    "OR": "Oregon",
    "PA": "Pennsylvania",
    "RI": "Rhode Island",
    "SC": "South Carolina",
    "SD": "South Dakota",
    "TN": "Tennessee",
    "TX": "Texas",
    "UT": "Utah",
    "VT": "Vermont",
    "VA": "Virginia",
    "WA": "Washington",
    "WV": "West Virginia",
    "WI": "Wisconsin",
    "WY": "Wyoming",
}
_DOUBTFUL = words("HI OK ME MD MA MS ID IN OR LA PA SC")
"""Codes that are words, degrees or tongues too: a postcode must follow, or the end of what the comma encloses."""

_SURE = "|".join(sorted(set(_STATES) - _DOUBTFUL))
_STATE = re.compile(
    rf"(?<=[a-z]), (?P<state>(?:{'|'.join(_STATES)})(?= \d{{5}}(?!\d))|(?:{_SURE})(?=[,.;:)]|\s+[a-z(]|\s*\Z))"
)
_OLD_STATES = {
    "Calif": "California",
    "Conn": "Connecticut",
    "Fla": "Florida",
    "Mass": "Massachusetts",
    "Mich": "Michigan",
    "Minn": "Minnesota",
    "Tenn": "Tennessee",
    "Wis": "Wisconsin",
    "Ariz": "Arizona",
    "Ark": "Arkansas",
    "Colo": "Colorado",
    "Del": "Delaware",
    "Ga": "Georgia",
    "Ill": "Illinois",
    "Ind": "Indiana",
    "Kan": "Kansas",
    "Ky": "Kentucky",
    "Md": "Maryland",
    "Miss": "Mississippi",
    "Mo": "Missouri",
    "Mont": "Montana",
    "Neb": "Nebraska",
    "Nev": "Nevada",
    "Okla": "Oklahoma",
    "Ore": "Oregon",
    "Pa": "Pennsylvania",
    "Va": "Virginia",
    "Vt": "Vermont",
    "Wash": "Washington",
    "Wyo": "Wyoming",
    "Ala": "Alabama",
    "Tex": "Texas",
    "La": "Louisiana",
    "N.Y": "New York",
    "N.J": "New Jersey",
    "N.H": "New Hampshire",
    "N.C": "North Carolina",
    "S.C": "South Carolina",
    "N.D": "North Dakota",
    "S.D": "South Dakota",
    "N.M": "New Mexico",
    "R.I": "Rhode Island",
    "W.Va": "West Virginia",
    "Ont": "Ontario",
    "Que": "Quebec",
    "B.C": "British Columbia",
    "Alta": "Alberta",
    "Sask": "Saskatchewan",
}
_LONG = "|".join(map(re.escape, sorted(_OLD_STATES, key=len, reverse=True)))
_OLD_STATE = re.compile(rf"(?<=[a-z]), (?P<state>{_LONG})\.(?P<on>(?=\s*[^\s\"”)]))?")


_PARTIES = {"R": "Republican", "D": "Democrat", "I": "Independent"}
_PARTY = re.compile(
    rf"(?<![\w-])(?P<party>[RDI])[-–](?:(?P<long>{_LONG})\.|(?P<code>{'|'.join(_STATES)})(?![\w-])|"
    rf"(?P<whole>{'|'.join(sorted(set(_STATES.values())))})(?!\w))"
)


def _party(match: re.Match[str]) -> str:
    """Whom a politician stands for, and where: "D-N.Y."."""
    state = _OLD_STATES.get(match["long"]) or _STATES.get(match["code"]) or match["whole"]
    return f"{_PARTIES[match['party']]} of {state}"


def _house(match: re.Match[str]) -> str:
    """A house's street; the full stop of the abbreviation stays only where the sentence ends.

    >>> _HOUSE.sub(_house, "Nancy lived at 1428 Elm St. It was strange.")
    'Nancy lived at 1428 Elm Street. It was strange.'
    """
    way = match["way"]
    said = f"{_COMPASS[way.strip(' .')]} " if way else ""
    return f"{said}{match['name']}{_STREETS[match['kind']]}{_stop(match)}"


def _unnumbered(match: re.Match[str]) -> str | None:
    first = match["name"].split()[0]
    if first in STARTERS and len(match["name"].split()) == 1:
        return None
    return f"{match['name']}{_STREETS[match['kind']]}{_stop(match)}"


def _stop(match: re.Match[str]) -> str:
    if not match["stop"]:
        return ""
    after = match.string[match.end() :].lstrip()
    word = re.match(r"[\w’']+", after)
    ends = not after or after[0] in '"”)' or (word is not None and word[0] in STARTERS)
    return "." if ends else ""


def _quadrant(match: re.Match[str]) -> str | None:
    """The part of a city that a street is in: "Pennsylvania Avenue NW"."""
    near = match.string[max(0, match.start() - len("Expressway. ") - 1) : match.start()]
    return _COMPASS[match["way"]] if _STREET_BEFORE.search(near) else None


def _state(match: re.Match[str]) -> str:
    return f", {_STATES[match['state']]}"


def _old_state(match: re.Match[str]) -> str | None:
    after = match.string[match.end() :].lstrip()
    word = re.match(r"[A-Z][\w’']*", after)
    ends = match["on"] is None or (word is not None and word[0] in STARTERS)
    return f", {_OLD_STATES[match['state']]}{'.' if ends else ''}"


PLACES = (
    Rule("street of a house", _HOUSE, _house, digit=True),
    Rule("street", _UNNUMBERED, _unnumbered, needs=(".",)),
    Rule("drive", _DRIVE, _unnumbered, needs=("Dr.",)),
    Rule("numbered street", _AFTER_ORDINAL, lambda m: _STREETS[m["kind"]] + _stop(m), digit=True),
    Rule("part of a city", _QUADRANT, _quadrant, needs=(" NW", " NE", " SW", " SE")),
    Rule("point of the compass", _WAY, lambda match: _COMPASS[match["way"]]),
    Rule("party and state", _PARTY, _party, needs=("R-", "D-", "I-", "R–", "D–")),
    Rule("state after a city", _STATE, _state, needs=(", ",)),
    Rule("state after a city, long", _OLD_STATE, _old_state, needs=(".",)),
)
