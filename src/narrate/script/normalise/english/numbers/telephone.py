"""Telephone numbers, and other numbers that are said digit by digit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from narrate.script.normalise.english.numbers.context import text_before, word_before, words
from narrate.script.normalise.english.numbers.words import cardinal, digits
from narrate.script.normalise.rule import Later, Rule

if TYPE_CHECKING:
    from narrate.script.normalise.english.numbers.context import Locale

_GROUP = re.compile(r"\d+|[A-Za-z]+")
_START = r"(?<![\w+])(?<!\d[-.,/])(?<![$£€])"
_END = r"(?![\w]|[-.,:/]\d)"


def _one_by_one(match: re.Match[str]) -> str:
    """Groups of digits with a rest between them.

    >>> _one_by_one(re.match(".+", "+1 (123)-555-0178"))
    'plus one, one two three, five five five, zero one seven eight'
    """
    groups = [_group(group) for group in _GROUP.findall(match.group())]
    return ("plus " if match.group().startswith("+") else "") + ", ".join(groups)


def _group(group: str) -> str:
    if not group.isdecimal():
        return group
    return cardinal(int(group)) if re.fullmatch("[1-9]00", group) else digits(group)


_TOLD = re.compile(r"(?i)\b(?:phones?|call|tel|telephone|dial|fax|number|text)\b")


def _local(match: re.Match[str]) -> str | None:
    """A number without its area, where the words before it say so; an American postal code with its second part."""
    told = (
        match.group().startswith("555")
        or "-" not in match.group()[:5]
        or _TOLD.search(text_before(match))
        or _no_range(match.group())
    )
    return _one_by_one(match) if told else None


def _no_range(written: str) -> bool:
    """Whether two numbers are too far from each other, and too little round, for a range."""
    first, _, last = written.partition("-")
    return not first.endswith("0") and not last.endswith("0") and int(last) > 3 * int(first) and last > "2100"


def _letters_too(match: re.Match[str]) -> str:
    """A number with a word in it, as on a keypad.

    >>> _letters_too(re.match(".+", "1-800-GO-U-HAUL"))
    'one, eight hundred, GO U HAUL'
    """
    head, word = re.split(r"-(?=[A-Z])", match.group(), maxsplit=1)
    numbers = ", ".join(_group(group) for group in _GROUP.findall(head))
    return f"{numbers}, " + " ".join(_group(part) for part in _GROUP.findall(word))


def _identifier(match: re.Match[str]) -> str:
    return match["name"] + " ".join(digits(s) if s.isdecimal() else s for s in re.findall(r"\d|[A-Za-z]+", match["id"]))


_CHAPTERS = words("section sections chapter version clause table figure release")


def _address(match: re.Match[str]) -> str | None:
    """An internet address of version 4.

    >>> _address(re.match(".+", "10.0.0.255"))
    'one zero dot zero dot zero dot two five five'
    """
    address, _, bits = match.group().partition("/")
    parts = address.split(".")
    if any(int(part) not in range(256) for part in parts) or word_before(match).lower() in _CHAPTERS:
        return None
    return " dot ".join(map(digits, parts)) + (f" slash {cardinal(int(bits))}" if bits else "")


_DIALLED = words("call called calling calls dial dialled dialed dialing phone tel ring")


def _emergency(match: re.Match[str]) -> str | None:
    return digits(match.group()) if word_before(match).lower() in _DIALLED else None


_INTERNATIONAL = r"\+\d{1,3}[\s.-]?(?:\(\d{1,4}\)[\s.-]?)?\d{1,4}(?:[\s.-]?\d{2,4}){1,5}"
_AMERICAN = r"(?:1[-.\s])?(?:\(\d{3}\)[\s-]?|\d{3}[-.])\d{3}[-.]\d{4}(?:-\d{1,4})?|1-\d{3}-\d{4}"
_BRITISH = r"\(?0\d{2,4}\)?\s\d{3,4}\s?\d{3,4}|0\d{4}\s\d{6}|0800\s\d{4}"


def _upper() -> tuple[Rule, ...]:
    return (
        Rule(
            "ISBN, ISSN, DOI numbers",
            Later(r"(?<!\w)(?P<name>(?:ISBN|ISSN)(?:-1[03])?:?\s)(?P<id>\d[\d\- –]{6,16}[\dXx])(?!\w)"),
            _identifier,
            needs=("ISBN", "ISSN"),
            digit=True,
        ),
        Rule(
            "telephone numbers with words",
            Later(rf"{_START}1-\d{{3}}(?:-\d{{3}})?-[A-Z][A-Z\d]*(?:-[A-Z\d]+)*{_END}"),
            _letters_too,
            needs=("1-",),
            digit=True,
        ),
        Rule(
            "telephone numbers, international",
            Later(rf"(?<!\w){_INTERNATIONAL}{_END}"),
            _one_by_one,
            needs=("+",),
            digit=True,
        ),
    )


def _middle() -> tuple[Rule, ...]:
    return (
        Rule(
            "telephone numbers, American",
            Later(rf"{_START}(?:{_AMERICAN}){_END}"),
            _one_by_one,
            needs=("-", "."),
            digit=True,
        ),
        Rule(
            "telephone numbers, British",
            Later(rf"{_START}(?:{_BRITISH}){_END}"),
            _one_by_one,
            needs=("0",),
            digit=True,
        ),
        Rule(
            "social security numbers",
            Later(rf"{_START}\d{{3}}-\d{{2}}-\d{{4}}{_END}"),
            _one_by_one,
            needs=("-",),
            digit=True,
        ),
    )


def _lower() -> tuple[Rule, ...]:
    return (
        Rule(
            "local telephone numbers",
            Later(rf"{_START}(?:555-\d{{4}}|[2-9]\d\d-\d{{4}}|\d{{5}}-\d{{4}}){_END}"),
            _local,
            needs=("-",),
            digit=True,
        ),
        Rule(
            "internet addresses",
            Later(rf"{_START}\d{{1,3}}(?:\.\d{{1,3}}){{3}}(?:/\d\d?)?{_END}"),
            _address,
            needs=(".",),
            digit=True,
        ),
        Rule(
            "emergency numbers",
            Later(r"(?<![\w.,])(?:911|999|112|988|101|111)(?![\w]|[.,:-]\d)"),
            _emergency,
            digit=True,
        ),
    )


def rules(_locale: Locale) -> tuple[Rule, ...]:
    """The rows, in the order in which they win."""
    return (*_upper(), *_middle(), *_lower())
