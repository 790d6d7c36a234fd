"""What a text says of itself: authors, a date, and where none says it, a title."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from narrate.model import Origin

_MONTHS = (
    "january jan januar janvier janv enero ene gennaio gen janeiro januari",
    "february feb februar février févr fevrier febrero febbraio fevereiro fev februari",
    "march mar märz mrz mars marzo março maart",
    "april apr avril avr abril abr aprile",
    "may mai mayo maggio mag maio mei",
    "june jun juni juin junio giugno giu junho",
    "july jul juli juillet juil julio luglio lug julho",
    "august aug août aout agosto ago augustus",
    "september sep sept septembre septiembre settembre set setembro",
    "october oct oktober okt octobre octubre ottobre ott outubro out",
    "november nov novembre noviembre novembro",
    "december dec dezember dez décembre déc diciembre dic dicembre dezembro",
)
_MONTH = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_ISO = re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?:[T ]\d{2}:\d{2}.{0,20})?")
_DAY_FIRST = re.compile(
    r"(?P<d>\d{1,2})(?:st|nd|rd|th|er|º|\.)?\s+(?:(?:de|of)\s+)?(?P<m>[^\W\d_]+)\.?,?\s+(?:de\s+)?(?P<y>\d{4})"
)
_MONTH_FIRST = re.compile(r"(?P<m>[^\W\d_]+)\.?\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y>\d{4})")
_TIME_BEHIND = re.compile(
    r",?(?<!\s)\s(?:(?:at|à|um|às|alle|ore|a las)\s)?\d{1,2}(?:[:.h]\d{2}){1,2}(?:\s?(?:[ap]\.?m\b\.?|uhr|h))?"
    r"(?:\s[A-Z]{2,5})?\Z",
    re.IGNORECASE,
)
_BEFORE_DATE = re.compile(
    r"(?:(?:first\s+|last\s+)?(?:published|posted|written|released|updated|date|dated|on)\b\s*+(?:(?:on|:)\s*+)?)*"
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?",
    re.IGNORECASE,
)
_BY = re.compile(
    r"(?:(?:written|posted|story|text|words|interview)\s+)?(?:by|von|par|por|di|door)[:\s]\s*(?P<who>\S.*)",
    re.IGNORECASE,
)
_NAME = r"(?:[^\W\d_a-z][\w.'’-]*|de|da|di|du|van|von|der|den|la|le|bin|al|el)(?:\s+|$)"
_NAMES = re.compile(rf"(?:{_NAME}){{1,6}}")
_AND = re.compile(r"(?:(?<!\s)\s+)?(?:,|&|;|\band\b|\bund\b|\bet\b|\by\b)\s*")
_POST = re.compile(
    r"(?:M\.?A|B\.?A|M\.?D|Ph\.?D|M\.?Sc?|B\.?Sc?|M\.?B\.?A|M\.?P\.?H|J\.?D|LL\.?[BM]|R\.?[DN]|D\.?O|Esq|CPA|MEd|EdD)\.?"
    r"|(?:\S+\s+){0,5}(?:Officer|Editor|Reporter|Correspondent|Writer|Contributor|Columnist|Director|President|Manager"
    r"|Professor|Producer|Photographer|Analyst|Staff|Chef|Dietitian|Founder|CEO|CTO|CFO|Redakteur(?:in)?)"
)
"""A degree or a post, which stands behind a name."""
_BODY = re.compile(
    r"\b(?:Institutes?|University|Department|Ministry|Association|Agency|Society|Foundation|Council|Cent(?:er|re)|Office"
    r"|Commission|Administration|Services?|Committee|Board|Bureau)$"
)
"""How the name of a body ends."""
WEB_ADDRESS = re.compile(r"https?://\S+")
_SPLIT_FACTS = re.compile(r"(?<!\s)\s+[|•·–—-]\s+")
_NO_TITLES = frozenset(
    re.findall(
        r"\S+", "article untitled unknown index document text draft readme stdin input output file new temp tmp post"
    )
)
_MACHINE = re.compile(r"[0-9a-f]{8,}|\d+")
_FIRST_WORDS = 60
_FEW_LETTERS = 4


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of an article apart from its blocks; empty and None where nothing is said."""

    title: str = ""
    authors: tuple[str, ...] = ()
    published: date | None = None
    url: str = ""
    language: str = ""
    id: str = ""
    image: str = ""
    lexicon: str = field(default="", repr=False)


def parse_date(text: str) -> date | None:
    """The day that a text of nothing else names, or None; days and months in figures only in ISO form.

    >>> parse_date("Published on Tuesday, March 3rd, 2026"), parse_date("3. März 2026"), parse_date("2026-03-03T10:00Z")
    (datetime.date(2026, 3, 3), datetime.date(2026, 3, 3), datetime.date(2026, 3, 3))
    >>> parse_date("03/04/2026"), parse_date("February 30, 2026"), parse_date("Call me on 3 March 2026")
    (None, None, None)
    >>> parse_date("posted on April 21, 2015, at 11:29 a.m."), parse_date("30 avril 2015 à 07:19")
    (datetime.date(2015, 4, 21), datetime.date(2015, 4, 30))
    """
    text = _TIME_BEHIND.sub("", _BEFORE_DATE.sub("", text.strip(), count=1)).rstrip(".")
    for pattern in (_ISO, _DAY_FIRST, _MONTH_FIRST):
        match = pattern.fullmatch(text)
        month = match and (_MONTH.get(match["m"].lower()) or (int(match["m"]) if match["m"].isdecimal() else 0))
        if match and month:
            return _day(int(match["y"]), month, int(match["d"]))
    return None


def impossible_date(text: str) -> bool:
    """Whether a text is a date in form, of a day that is in no calendar.

    >>> [impossible_date(said) for said in ("2025-02-30", "30 February 2025", "2024-02-29", "spring 2024", "2025")]
    [True, True, False, False, False]
    """
    text = _BEFORE_DATE.sub("", text.strip(), count=1).rstrip(".")
    for pattern in (_ISO, _DAY_FIRST, _MONTH_FIRST):
        match = pattern.fullmatch(text)
        if match and (match["m"].isdecimal() or match["m"].lower() in _MONTH):
            return parse_date(text) is None
    return False


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def byline(text: str) -> tuple[str, ...]:
    """The authors that a line of nothing else names, or none.

    >>> byline("By Ann Example and Bo van Dyke"), byline("by the river"), byline("By Monday we knew")
    (('Ann Example', 'Bo van Dyke'), (), ())
    """
    match = _BY.fullmatch(text.strip())
    return names(match["who"]) if match else ()


def names(text: str) -> tuple[str, ...]:
    """Names divided by commas and "and", or none if one of them does not look like a name.

    Degrees and posts behind a comma are no names; an institute may have commas in its own.

    >>> names("Ann Example, MD, and Bo Day, Chief Editor"), names("Valley Rain, Hail, and Snow Office")
    (('Ann Example', 'Bo Day'), ('Valley Rain, Hail, and Snow Office',))
    """
    line = text.strip().rstrip(".")
    found = [name for name in _AND.split(line) if name]
    if not found or not all(_NAMES.fullmatch(name) for name in found):
        return ()
    if _BODY.search(found[-1]) and any(" " not in name for name in found):
        return (line,)
    return (found[0], *(name for name in found[1:] if not _POST.fullmatch(name)))


def facts_of(line: str) -> Facts | None:
    """What a line says that is nothing but a byline, a date or both; None for any other.

    >>> facts_of("By Ann Example | March 3, 2026")
    Facts(title='', authors=('Ann Example',), published=datetime.date(2026, 3, 3), url='', language='', id='', image='')
    >>> facts_of("A line of text | March 3, 2026")
    """
    authors: tuple[str, ...] = ()
    published = None
    for part in _SPLIT_FACTS.split(line.strip()):
        who, day = byline(part), parse_date(part)
        if not who and not day:
            return None
        authors, published = authors or who, published or day
    return Facts(authors=authors, published=published)


def facts_of_lines(lines: Iterable[str]) -> Facts | None:
    """What lines say that are nothing but bylines and dates, each of them once; None for any other.

    >>> facts_of_lines(["By Ann Example", "March 3, 2026"])
    Facts(title='', authors=('Ann Example',), published=datetime.date(2026, 3, 3), url='', language='', id='', image='')
    """
    facts = Facts()
    for line in lines:
        said = facts_of(line)
        if said is None or not adds_to(facts, said):
            return None
        facts = with_facts(facts, said)
    return facts


def adds_to(facts: Facts, said: Facts) -> bool:
    """Whether a line says nothing that was said before: a second byline or date is text, not a fact."""
    return not (facts.authors and said.authors) and not (facts.published and said.published)


def with_facts(facts: Facts, more: Facts) -> Facts:
    """Facts with the authors and the date of others where they have none."""
    return replace(facts, authors=facts.authors or more.authors, published=facts.published or more.published)


def title_from_name(origin: Origin) -> str:
    """A title from a readable file name or address, or "".

    >>> from narrate.model import Origin
    >>> title_from_name(Origin("a", "/a/the-fall_of_rome.txt")), title_from_name(Origin("b", "0_8b5a2423189e2da9.txt"))
    ('The fall of rome', '')
    """
    path = origin.location.replace("\\", "/").partition("?")[0].rstrip("/")
    words = PurePosixPath(path).stem.replace("-", " ").replace("_", " ").split()
    told = [word for word in words if not _MACHINE.fullmatch(word.lower())]
    letters = sum(character.isalpha() for word in told for character in word)
    if letters < _FEW_LETTERS or (len(told) == 1 and told[0].lower() in _NO_TITLES) or len(told) < len(words):
        return ""
    title = " ".join(words)
    return title[0].upper() + title[1:]


def title_from_text(text: str) -> str:
    """The first words of a text: its first sentence if that is short, else whole words of it.

    >>> title_from_text("It rained. Then it stopped."), title_from_text("word " * 40)
    ('It rained', 'word word word word word word word word word word word word')
    """
    text = " ".join(text[:1000].split())
    sentence = re.split(r"(?<=[^\W\d_]{3})[.!?…](?=\s|$)", text, maxsplit=1)[0]
    if len(sentence) > _FIRST_WORDS:
        sentence = sentence[: _FIRST_WORDS + 1].rsplit(" ", 1)[0][:_FIRST_WORDS]
    return sentence.strip(" ,;:-–—") or text[:_FIRST_WORDS]
