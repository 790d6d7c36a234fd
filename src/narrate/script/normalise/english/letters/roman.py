"""Roman numerals: of rulers, chapters, wars, games; never "I", "mix" or "CD"."""

from __future__ import annotations

import re
from functools import cache

from narrate.script.normalise.abbreviationtables import NUMBERED
from narrate.script.normalise.english.letters.context import STARTERS
from narrate.script.normalise.english.letters.romantables import (
    COUNTED,
    GIVEN,
    NOT_NUMERALS,
    ORDERED,
    RULERS,
    TITLED,
)
from narrate.script.normalise.english.numbers.words import cardinal, ordinal
from narrate.script.normalise.rule import Rule

_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_VALID = r"m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})"
_IS_NUMERAL = re.compile(_VALID, re.IGNORECASE)
_UPPER = r"[IVXLCDM]+"
_HIGH = r"[IVXL]+"
_MOST = 89
"""No ruler, war or game has a higher number; a longer run of letters is something else."""


@cache
def value(numeral: str) -> int:
    """The number that a Roman numeral stands for; 0 where it is none.

    >>> value("XIV"), value("liv"), value("IIII"), value("mix"), value("")
    (14, 54, 0, 1009, 0)
    """
    if not numeral or not _IS_NUMERAL.fullmatch(numeral):
        return 0
    figures = [_VALUES[letter] for letter in numeral.lower()]
    return sum(-figure if figure < after else figure for figure, after in zip(figures, [*figures[1:], 0], strict=True))


_END = r"(?![\w’'&]|\.\w|-\w)"
_OWNED = r"(?![\w&]|\.\w|-[a-z\d]|[’'](?!s\b))"
_STOP = r"(?:\.(?=[,;]|\s+[a-zß-ÿ]))?"
"""The full stop of old books, at which voices would end the sentence."""

_LOOSE = rf"(?:{_UPPER}|[ivxl]{{2,}})"
_COUNTED = re.compile(
    rf"(?<![\w-])(?P<word>(?i:{COUNTED}))(?P<many>(?i:s?))(?P<gap>[ \u00a0]|(?<=\.))"
    rf"(?P<first>{_LOOSE})(?P<rest>(?:\.?(?:,? and |,? or | to |[–—-]|, | & ){_LOOSE}(?![\w’'])){{0,6}})"
    rf"(?:(?=--)|{_END}){_STOP}"
)
_SINGLE_GOES_ON = re.compile(
    r"\s*(?:[.,;:!?)\]\"”’–—|/]|--|-|\Z)|\s+(?:of|is|was|and|in|to|at|or|the|on|for|begins?|deals?|opens|describes?|"
    r"(?!always|perhaps|sometimes)[a-z]+s\b|ended|began|saw|would|which|that|clinical|trials?|stud(?:y|ies)|error|collagen|diabetes|war|veterans?|recall|[A-Z(\"“])"
)
_NUMERAL = re.compile(rf"(?<![\w’']){_LOOSE}(?![\w’'])")

_NAMES = re.compile(r"(?:[A-ZÀ-Þ][\w’'.-]*[ \u00a0](?:(?:of|the|de) )?){1,4}\Z")
_SURNAME = re.compile(r"\.\s*(?P<word>[A-ZÀ-Þ][\w’'-]*)")
_REACH = 64
"""How many characters before a number are looked at for a name."""

_AFTER_NAME = re.compile(rf"(?<=[\w.] )(?P<numeral>{_HIGH}){_OWNED}{_STOP}")
_FIRST_GOES_ON = re.compile(
    r"\s*(?:[.;:)\]\"”’'–—]|--|\Z)|,(?! (?:I|you|we|think|am|guess|know)\b)|"
    r"\s+(?:of|and|ruled|reigned|became|died|succeeded|ordered|founded|was|issued|granted|built|married|abdicated|"
    r"in|on|at|to|as|from|by|with|the|style|coin|era|period|gold)\b"
)
_IN_ORDER = re.compile(rf"(?<![\w’'])(?P<numeral>[IVXL]+)(?:st|nd|rd|th)?(?=[\s-](?i:{ORDERED})\b)")
_ALONE = re.compile(rf"(?<![\w’'&.$£+\\-])(?P<numeral>[IVXLCDM]{{2,}}){_OWNED}{_STOP}")
_HYPHENED = re.compile(r"(?:(?<=[A-Z]{2}-)|(?<=[a-z]{2}-))(?P<numeral>II|III|IV|VI|VII|VIII|IX)(?![\w’'&-])")
_RANGE = re.compile(r"(?<![\w’'&.$£+\\-])(?P<first>[IVXL]+)[-–](?P<last>[IVXL]{2,})(?![\w’'&-])")
_WHOLE = re.compile(rf"\A\W*(?P<numeral>{_UPPER}|[ivx]{{2,}})[.:]?\W*\Z")
_ITEM = re.compile(r"\A(?P<numeral>[ivx]{2,5})(?=[.)]\s)")


_OF_OLD_BOOKS = frozenset({"chapter", "chap.", "psalm", "canto", "ode", "sonnet", "letter"})
"""What there may be fifty or a hundred of: "Schedule C" is a letter."""
_NO_COUNT = frozenset(
    {"ML", "CD", "DC", "MC", "MD", "MI", "CV", "DM", "CM", "MM", "CC", "DIV", "MIX", "CL", "DL", "LCD"}
)
"""Initialisms, where a number would be: "building ML models"."""


def _counted(match: re.Match[str]) -> str | None:
    """A word and its numeral or numerals.

    >>> texts = ("Act III, scene ii", "Parts I and II", "Part I love")
    >>> [_COUNTED.sub(lambda match: _counted(match) or match[0], text) for text in texts]
    ['Act three, scene two', 'Parts one and two', 'Part I love']
    """
    first, word = match["first"], match["word"]
    lower = not word[0].isupper()
    if not value(first) or (first.islower() and value(first) > _MOST) or first in _NO_COUNT:
        return None
    if len(first) == 1 and not match["rest"]:
        after = _SINGLE_GOES_ON.match(match.string, match.end()) or word.lower() == "world war"
        abbreviated = word.endswith(".") and word not in {"no.", "sec.", "pt."} and first == "I"
        letters = "IVXLC" if word.lower() in _OF_OLD_BOOKS else "IVX"
        counts = (abbreviated or not lower) and first in letters and after
        if not counts:
            return None
    said = _NUMERAL.sub(lambda found: cardinal(value(found[0])) if value(found[0]) else found[0], match["rest"])
    said = re.sub(r"[–—-](?=[a-z])", " to ", said).replace(".", "")
    full = NUMBERED["en"].get(word.rstrip("."), word) if word.endswith(".") else word
    return f"{full}{match['many']}{match['gap'] or ' '}{cardinal(value(first))}{said}"


def _is_person(names: list[str], numeral: str) -> bool:
    """Whether a number belongs to a person: a ruler's name before it, a title, or a given name and a surname."""
    last = names[-1].removesuffix(".").title() if names[-1].isupper() else names[-1]
    titled = any(re.fullmatch(TITLED, name) for name in names[:-1])
    if last == "Malcolm" and numeral == "X":
        return False
    plural = len(numeral) > 1
    if last in RULERS:
        return True
    named = any(name in RULERS | GIVEN or (len(name) == 2 and name[1] == ".") for name in names[:-1])  # noqa: PLR2004 # "E."
    return plural and (titled or named)


def _after_name(match: re.Match[str]) -> str | None:
    """A number after a name: "Louis XIV", "Henry VIII", "Francis I", "Robert Griffin III", "Rocky IV".

    >>> texts = ("Louis XIV ruled", "Rocky IV", "Malcolm X")
    >>> [_AFTER_NAME.sub(lambda match: _after_name(match) or match[0], text) for text in texts]
    ['Louis the fourteenth ruled', 'Rocky four', 'Malcolm X']
    """
    numeral = match["numeral"]
    number = value(numeral)
    before = _NAMES.search(match.string[max(0, match.start() - _REACH) : match.start()])
    if not before or not 0 < number <= _MOST or numeral in NOT_NUMERALS:
        return None
    names = before[0].replace("\u00a0", " ").split()
    initial = len(numeral) == 1 and (numeral == "L" or _is_initial(match))
    if initial or any(value(name) and len(name) > 1 for name in names):
        return None
    person = _is_person(names, numeral)
    if numeral == "I" and not (person and _FIRST_GOES_ON.match(match.string, match.end())):
        return None
    if names[-1] == "the":
        return ordinal(number) if len(names) > 1 and names[-2] in RULERS else None
    if person:
        return f"the {ordinal(number)}"
    return cardinal(number) if len(numeral) > 1 else None


def _is_initial(match: re.Match[str]) -> bool:
    """Whether a letter is the initial of a middle name: "Robert V. Daniels"."""
    after = _SURNAME.match(match.string, match.end())
    return after is not None and after["word"] not in STARTERS


def _in_order(match: re.Match[str]) -> str | None:
    number = value(match["numeral"])
    if not number or (len(match["numeral"]) == 1 and match["numeral"] != "X"):
        return None
    before = match.string[max(0, match.start() - 6) : match.start()].lower()
    return (
        ordinal(number)
        if before.endswith(("the ", "of ", "le ")) or "cent" in match.string[match.end() :][:5]
        else None
    )


def _alone(match: re.Match[str]) -> str | None:
    numeral = match["numeral"]
    number = value(numeral)
    return None if not number or numeral in NOT_NUMERALS or number > _MOST else cardinal(number)


def _range(match: re.Match[str]) -> str | None:
    """Two numerals with a dash: "II-IV"."""
    first, last = value(match["first"]), value(match["last"])
    known = {match["first"], match["last"]} & set(NOT_NUMERALS)
    return f"{cardinal(first)} to {cardinal(last)}" if 0 < first < last <= _MOST and not known else None


def _whole(match: re.Match[str]) -> str | None:
    """A text that is a numeral and nothing else, as the headings of old books are."""
    numeral = match["numeral"]
    if (
        not value(numeral)
        or len(numeral) == 1
        or (numeral.upper() in NOT_NUMERALS and numeral not in {"XX", "XXX", "XL", "LI"})
    ):
        return None
    return match.group().replace(numeral, cardinal(value(numeral)))


def _item(match: re.Match[str]) -> str | None:
    return cardinal(value(match["numeral"])) if value(match["numeral"]) else None


_LETTERS = ("I", "V", "X", "L")
ROMAN = (
    Rule("Roman numeral alone", _WHOLE, _whole),
    Rule("Roman numeral of an item", _ITEM, _item, needs=("i", "v", "x")),
    Rule(
        "Roman numeral counted", _COUNTED, _counted, needs=(*_LETTERS, "ii", "iv", "vi", "ix", "xi", "xv", "xx", "xl")
    ),
    Rule("Roman numeral of a row", _IN_ORDER, _in_order, needs=_LETTERS),
    Rule("Roman numeral after a name", _AFTER_NAME, _after_name, needs=_LETTERS),
    Rule("Roman numeral after a hyphen", _HYPHENED, _alone, needs=("-",)),
    Rule("range of Roman numerals", _RANGE, _range, needs=_LETTERS),
    Rule("Roman numeral", _ALONE, _alone, needs=_LETTERS),
)
