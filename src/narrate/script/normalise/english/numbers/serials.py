"""Numbers in names: models, versions, serials, plans of the tax law, and what has letters and digits in one word."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from narrate.script.normalise.english.numbers.context import spell, word_before
from narrate.script.normalise.english.numbers.words import cardinal, digits, paired, plural
from narrate.script.normalise.rule import Later, Rule

if TYPE_CHECKING:
    from narrate.script.normalise.english.numbers.context import Locale

_LONG = 4
"""Numbers with more digits than this are said digit by digit in a serial."""


def numbered(number: str) -> str:
    """A number in a name: counted up to two digits, then in pairs, and digit by digit where it is long.

    >>> [numbered(number) for number in ("25", "737", "800", "2000", "235212", "05")]
    ['twenty-five', 'seven thirty-seven', 'eight hundred', 'two thousand', 'two three five two one two', 'zero five']
    """
    if (number.startswith("0") and len(number) > 1) or len(number) > _LONG:
        return digits(number)
    if number.endswith("000"):
        return cardinal(int(number))
    return paired(number)


def _mixed(match: re.Match[str]) -> str | None:
    """A word of letters and digits: each run of digits is a number of its own.

    >>> [_mixed(re.match(".+", word)) for word in ("B2A23C", "COVID-19", "MP3", "4K", "B-52")]
    ['B two A twenty-three C', 'COVID-nineteen', 'MP three', 'four K', 'B-fifty-two']
    """
    word = match.group()
    if re.match(r"0[xX][0-9a-fA-F]+\Z", word) or len(re.findall(r"\d+", word)) > _LONG:
        return " ".join(digits(sign) if sign.isdecimal() else sign for sign in word if sign.isalnum())
    if re.search(r"(?:\d{2}|-\d)s\Z", word):
        return plural(_mixed_word(word[:-1]))
    return _mixed_word(word)


def _mixed_word(word: str) -> str:
    parts = re.findall(r"\d+|[^\d]+", word)
    said = ""
    for part in parts:
        new = numbered(part) if part.isdecimal() else (" " if part == "-" and re.search(r"\d-\d", word) else part)
        said += (" " if said and said[-1].isalnum() and new[0].isalnum() else "") + new
    return said


def _lineage(match: re.Match[str]) -> str:
    """A letter and numbers with full stops: "B.1.1.7"."""
    return " ".join(part if part.isalpha() else numbered(part) for part in match.group().split("."))


def _version(match: re.Match[str], locale: Locale) -> str:
    """A version: each number of it counted, with "point" between.

    >>> from narrate.script.normalise.english.numbers.context import locale_of
    >>> [rule.say(rule.pattern.search(text)) for text in ("v2.0.1", "1.10.4") for rule in rules(locale_of("en"))
    ...  if rule.name == "versions" and rule.pattern.search(text)]
    ['version two point zero point one', 'one point ten point four']
    """
    version = "version " if match["v"] and word_before(match).lower() not in {"version", "versions"} else ""
    tail = re.findall(r"\d+|[^\W\d_]+", match["tail"] or "")
    said = " point ".join(_part(part, locale) for part in match["number"].split("."))
    return version + said + "".join(f" {_part(part, locale) if part.isdecimal() else part}" for part in tail)


def _part(part: str, locale: Locale) -> str:
    return digits(part) if part.startswith("0") and len(part) > 1 else spell(part, locale)


def _plan(match: re.Match[str]) -> str:
    """A section of a law that is a name: "401(k)"."""
    parts = re.findall(r"\d+|[^\W\d]+", match.group())
    return " ".join(_plan_part(part) for part in parts)


def _plan_part(part: str) -> str:
    return paired(part) if part.isdecimal() else part


def _card(match: re.Match[str]) -> str:
    groups = re.split(r"[\s-]", match.group())
    return ", ".join(map(digits, groups))


_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)\Z", re.IGNORECASE)


def _mixed_or_none(match: re.Match[str]) -> str | None:
    return None if _ORDINAL.match(match.group()) else _mixed(match)


def _upper(locale: Locale) -> tuple[Rule, ...]:
    return (
        Rule("card numbers", Later(r"(?<![\w.,-])\d{4}([ -])\d{4}\1\d{4}\1\d{4}(?![\w]|[-.,]\d)"), _card, digit=True),
        Rule("plans", Later(r"(?<![\w.])(?:\d{3}\([a-z]\)(?:\(\d\))?|40[13][kb])(?!\w)"), _plan, digit=True),
        Rule(
            "versions",
            Later(
                r"(?<![\w.,/])(?!\d{1,3}(?:\.\d{3}){2,}(?![\w.]))(?P<v>v(?:\.\s?"
                r"|\s)?(?=\d)|V(?=\d+\.\d))?(?P<number>(?(v)\d+(?:\.\d+)*|\d+(?:\.\d+){2,}))"
                r"(?P<tail>[-.]?(?:alpha|beta|rc|dev|post)[-.]?\d*|[a-z]\d?)?(?![\w]|\.\d)"
            ),
            partial(_version, locale=locale),
            needs=(".", "v", "V"),
            digit=True,
        ),
        Rule(
            "lineages",
            Later(r"(?<![\w.])[A-Z]{1,2}(?:\.\d{1,3})+(?![\w]|\.\w)"),
            _lineage,
            needs=(".",),
            digit=True,
        ),
    )


def _lower() -> tuple[Rule, ...]:
    return (
        Rule(
            "words of letters and digits",
            Later(
                r"(?<![\w.,/\\@#$£€’'])(?=[^\W_]*[^\W\d_][-‑]?\d|\d+[-‑]?[^\W\d_])"
                r"(?:[A-Z]{1,8}[-‑]\d+[A-Za-z]{0,2}|\d*[A-Za-z]+\d[A-Za-z\d]*(?:-\d+[A-Z]?)?"
                r"|\d{1,4}[A-Z][A-Za-z]{0,3}\d*"
                r"|(?:144|240|360|480|576|720|1080|1440|2160|4320)[pi])(?![\w])(?!\.\d)"
            ),
            _mixed_or_none,
            digit=True,
        ),
    )


def rules(locale: Locale) -> tuple[Rule, ...]:
    """The rows, in the order in which they win."""
    return (*_upper(locale), *_lower())
