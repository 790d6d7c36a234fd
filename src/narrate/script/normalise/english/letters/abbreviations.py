"""Abbreviations in English, with their full stop or without, where their company says that they are none else.

One pattern finds all that end in a full stop; the tables say what they are and where.
"""

from __future__ import annotations

import re

from narrate.script.normalise.abbreviationtables import NUMBERED, PHRASES, TITLES
from narrate.script.normalise.english.letters.context import STARTERS, words
from narrate.script.normalise.rule import Rule

_TITLES, _NUMBERED, _PHRASES = TITLES["en"], NUMBERED["en"], PHRASES["en"]

_TOKEN = re.compile(
    r"(?<![\w.@/’'#&-])(?P<word>(?:et |op\. |loc\. )?[A-Za-z]+(?:['.][A-Za-z]+)*)\.(?![^\W\d]|[@/]\w|\(\))"
)
_INITIAL = re.compile(r"\s+[A-Z]\.")
_NEXT = re.compile(r"\s+[“\"‘'(]?(?P<word>[A-ZÀ-Þ][\w’'-]*)")
_PAIR = re.compile(rf"\s+(?:and|&)\s+(?:{'|'.join(_TITLES)})\.")
_NUMBER = re.compile(r"\s?(?:#?\d|(?:[IVXL]{2,}|[ivx]{2,}|[VX]|I(?=[.,;:)]))(?!\w))")
_DIGIT = re.compile(r"\s?\d")
_YEAR = re.compile(r"\s?\d{3,4}\b")
_HEARD = re.compile(r"[^\W_]")
_BEFORE = re.compile(r"(?P<word>[\w’'-]+)[\s\"“(]+\Z")
_REACH = 32

_CLOSERS = frozenset({"etc.", "Jr.", "Sr.", "Inc.", "Ltd.", "Corp.", "Co.", "Cos.", "Bros.", "et al.", "Esq."})
"""Phrases with which a sentence may end before a capital letter."""

_ROADS = words("Wall Main Fleet Bond Oxford High Market Baker Broad State Downing Canal Front Elm Park Beale")
_COUNTIES = words(
    "Antrim Armagh Carlow Cavan Clare Cork Derry Donegal Down Dublin Durham Fermanagh Galway Kerry Kildare Kilkenny "
    "Laois Leitrim Limerick Longford Louth Mayo Meath Monaghan Offaly Roscommon Sligo Tipperary Tyrone Waterford "
    "Westmeath Wexford Wicklow"
)
_FALSE_NUMBERS = frozenset({"c", "l", "ll", "nn", "no", "No", "Ex", "Reg", "cap", "art", "para", "pop", "col", "op"})
"""Letters and words that also end sentences; digits must follow these, with a blank or none, in one sentence."""

_DAYS = {"Mon": "Monday", "Tue": "Tuesday", "Wed": "Wednesday", "Thu": "Thursday", "Fri": "Friday"}
_WEEKEND = {"Sat": "Saturday", "Sun": "Sunday"}
_DAY_GOES_ON = re.compile(
    r",|\s?[–-]|\s\d|\s(?:and|to|at|night|morning|evening|afternoon|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec))"
)
_MAKERS = {"ed": "edited by", "eds": "edited by", "trans": "translated by", "tr": "translated by"}
_LIVES = {"b": "born", "d": "died", "r": "reigned", "fl": "flourished", "m": "married"}


def _said(match: re.Match[str]) -> str | None:
    """What is said for an abbreviation with its full stop, by the first table that knows it here."""
    word = match["word"]
    if word not in _NUMBERED and match.string[match.end() : match.end() + 1].isdecimal():
        return None
    for table in (_title, _number, _life, _maker, _phrase, _day):
        said = table(word, match)
        if said is not None:
            return said
    return None


def _follows(match: re.Match[str]) -> str:
    """The next word, if it has a capital letter."""
    found = _NEXT.match(match.string, match.end())
    return found["word"] if found else ""


def _precedes(match: re.Match[str]) -> str:
    found = _BEFORE.search(match.string[max(0, match.start() - _REACH) : match.start()])
    return found["word"] if found else ""


def _title(word: str, match: re.Match[str]) -> str | None:
    """Before a name, before "and" and another title, or alone."""
    if word not in _TITLES:
        return None
    if match.string.strip() == match.group():
        return _TITLES[word]
    after = _follows(match)
    if not after:
        return _TITLES[word] if _PAIR.match(match.string, match.end()) else None
    before = _precedes(match)
    named = before[:1].isupper() and before not in STARTERS
    if word == "St" and named and (before in _ROADS or after in STARTERS):
        return "Street" + ("." if after in STARTERS else "")
    if word == "Dr" and named and after in STARTERS and not _INITIAL.match(match.string, match.end()):
        return "Drive."
    ends_too = word in {"Fr", "St", "Mt", "Ft", "Pres", "Rep", "Gen", "Hon", "Col"} and after in STARTERS
    return None if ends_too else _TITLES[word]


def _number(word: str, match: re.Match[str]) -> str | None:
    """Before a number; "No." and letters that end sentences as well only before digits."""
    if word not in _NUMBERED:
        return None
    numbered = _DIGIT if word in _FALSE_NUMBERS else _NUMBER
    if word in {"est", "Est", "c", "ca"}:
        numbered = _YEAR if word != "ca" else _DIGIT
    if not numbered.match(match.string, match.end()):
        return None
    if word in {"l", "ll", "nn", "cap", "art", "col", "c"} and not match.string[match.end() : match.end() + 2].strip():
        return None
    return _NUMBERED[word] + ("" if match.string[match.end()].isspace() else " ")


def _life(word: str, match: re.Match[str]) -> str | None:
    """Years of a life: "(b. 1950)"."""
    if word not in _LIVES or not _YEAR.match(match.string, match.end()):
        return None
    opened = match.string[max(0, match.start() - 2) : match.start()].strip()
    return (
        _LIVES[word] + ("" if match.string[match.end()].isspace() else " ") if opened in {"(", ",", ";", "–"} else None
    )


def _maker(word: str, match: re.Match[str]) -> str | None:
    """Who edited or translated a book: ", ed. J. Smith"."""
    after_comma = match.string[max(0, match.start() - 2) : match.start()] in {", ", "; "}
    return _MAKERS[word] if word in _MAKERS and after_comma and _follows(match) else None


def _phrase(word: str, match: re.Match[str]) -> str | None:
    """Anywhere; a full stop that ends the sentence as well stays."""
    phrase = f"{word}."
    after, before = _follows(match), _precedes(match)
    if phrase not in _PHRASES or _is_doubtful(phrase, match, before):
        return None
    ends = not _HEARD.search(match.string, match.end())
    begins = phrase in _CLOSERS and after in STARTERS
    listed = phrase == "etc." and after
    return _otherwise(phrase, match) or _PHRASES[phrase] + ("." if ends or begins or listed else "")


def _is_doubtful(phrase: str, match: re.Match[str], before: str) -> bool:
    """Whether an abbreviation stands where it is none: at the start of its text, or after no word."""
    if phrase in {"Inc.", "Corp.", "Co.", "Ltd."}:
        return not match.string[: match.start()].strip()
    return phrase in {"Is.", "Comm.", "Dir.", "Acad.", "v.", "ca.", "max.", "Sep."} and not before[:1].isalpha()


def _otherwise(phrase: str, match: re.Match[str]) -> str | None:
    """What a phrase is before an Irish county, before a nun's name, before "of"."""
    after = _follows(match)
    if phrase == "Co." and after in _COUNTIES:
        return "County"
    if phrase == "Sr." and after and not _precedes(match)[:1].isupper():
        return "Sister"
    return "Association" if phrase == "Assoc." and match.string.startswith(" of", match.end()) else None


def _day(word: str, match: re.Match[str]) -> str | None:
    """Days of the week where a date or a range goes on: words such as "sat." and "Sun." end sentences."""
    days = {**_DAYS, **_WEEKEND}
    return days[word] if word in days and _DAY_GOES_ON.match(match.string, match.end()) else None


_BARE = {
    "Mr": "Mister",
    "Mrs": "Missus",
    "Dr": "Doctor",
    "Prof": "Professor",
    "Messrs": "Messieurs",
    "Sgt": "Sergeant",
    "Capt": "Captain",
    "Lt": "Lieutenant",
}
_BARE_TITLE = re.compile(rf"(?<![\w.’'-])(?P<word>{'|'.join(_BARE)})(?=\s[A-ZÀ-Þ])")
_ANYWHERE = {
    "vs": "versus",
    "Jr": "Junior",
    "Ltd": "Limited",
    "ltd": "limited",
    "Pvt": "Private",
    "pvt": "private",
    "Bros": "Brothers",
    "Dept": "Department",
    "dept": "department",
    "govt": "government",
    "Govt": "Government",
    "Intl": "International",
    "Int'l": "International",
    "int'l": "international",
    "Assn": "Association",
    "Nat'l": "National",
    "nat'l": "national",
    "Dep't": "Department",
    "gov't": "government",
    "Gov't": "Government",
    "Ass'n": "Association",
    "cont'd": "continued",
    "approx": "approximately",
    "Univ": "University",
    "aka": "also known as",
    "wrt": "with respect to",
}
_UNSTOPPED = re.compile(rf"(?<![\w.@/’'&-])(?P<word>{'|'.join(map(re.escape, _ANYWHERE))})(?![\w’'/@-]|\.\w|\()")
_VOLUME = re.compile(r"(?<![\w.])(?P<word>[Vv]ol|[Ff]ig|[Cc]h|[Pp]p|[Pp]g|[Nn]os)(?=\s\d)")
_SAINT = re.compile(r"(?<![\w.])st(?=\s[A-Z][a-z]+(?:['’]s)?\b)(?<!\d\sst)")
_DOWNING = re.compile(r"(?<=\bat )No(?= \d+\b)|\bNo(?= 10\b)|\bNo(?= \d+ Downing)")


def _bare_title(match: re.Match[str]) -> str | None:
    """A title without its full stop; "Dr" after a house's street is a drive."""
    before = _precedes(match)
    return None if match["word"] == "Dr" and before[:1].isupper() and before not in STARTERS else _BARE[match["word"]]


_WEEK = {**_DAYS, **_WEEKEND, "Tues": "Tuesday", "Thurs": "Thursday", "Weds": "Wednesday"}
_DAY_TO_DAY = re.compile(rf"(?<!\w)({'|'.join(_WEEK)})\.?\s?[-–]\s?({'|'.join(_WEEK)})(?:\.(?=\s[a-z\d]|[,;])|(?!\w))")

_CENTURY = re.compile(r"(?<=\d(?:st|nd|rd|th)\s)(?:c|cent)\.(?=\s+(?:AD|BC|CE|BCE|A\.D|B\.C|C\.E|[a-z])|[,;)])")

ABBREVIATIONS = (
    Rule("century", _CENTURY, "century", needs=("c.", "cent."), digit=True),
    Rule("days of the week", _DAY_TO_DAY, lambda match: f"{_WEEK[match[1]]} to {_WEEK[match[2]]}", needs=("-", "–")),
    Rule("abbreviation", _TOKEN, _said, needs=(".",)),
    Rule("title without a full stop", _BARE_TITLE, _bare_title),
    Rule("abbreviation without a full stop", _UNSTOPPED, lambda match: _ANYWHERE[match["word"]]),
    Rule(
        "word before a number without a full stop",
        _VOLUME,
        lambda match: {**_NUMBERED, "Pp": "Pages"}[match["word"]],
        digit=True,
    ),
    Rule("saint in small letters", _SAINT, "saint", needs=("st ",)),
    Rule("number without a full stop", _DOWNING, "number", needs=("No ",), digit=True),
)
