"""What is spoken otherwise than it is written, as rows.

A row is a class of tokens. Rows higher up win where two match the same
characters, and nothing that a row says is looked at again, so a row must not
give what another forbids. The full normaliser (numbers, money, dates, units)
is more rows of this table.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from narrate.model import Role
from narrate.script.abbreviations import NUMBERED, PHRASES, STREETS, TITLES
from narrate.script.dates import DAY_FIRST, MONTH_FIRST, spoken_date

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@dataclass(frozen=True, slots=True)
class Rule:
    """A class of tokens and what is said for one: words, or a function of the match (None: leave it as it is).

    `languages` are primary subtags and `roles` what it holds for (empty: all);
    `needs` is a string without which the pattern cannot match, so that most
    sentences never meet most patterns.
    """

    name: str
    pattern: re.Pattern[str]
    say: str | Callable[[re.Match[str]], str | None]
    languages: frozenset[str] = frozenset()
    roles: frozenset[Role] = frozenset()
    needs: str = ""


_GOES_ON = r"(?P<on>(?=[\s\S]*[^\W_]))?"
"""Whether words follow. The full stop of an abbreviation is kept out of the voice's sight then; at the end it stays."""

_CLOSERS = re.compile(r"(?:etc|ecc|enz)\.\Z")
"""Phrases that end a list: with a capital letter after one, a sentence begins."""

_CAPITAL = re.compile(r"\s+[A-ZÀ-Þ]")


def _before_name(titles: str) -> str:
    """Where a title stands: before a name, or before "and" and another title."""
    return rf"(?=\s+(?:[“\"‘']?[A-ZÀ-Þ]|(?:and|und|et|y|e|en|&)\s+(?:{titles})\.))"


def _alternatives(words: Mapping[str, str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _look_up(words: Mapping[str, str]) -> Callable[[re.Match[str]], str]:
    return lambda match: words[match["word"]]


def _phrase(words: Mapping[str, str]) -> Callable[[re.Match[str]], str]:
    return lambda match: words[match["word"]] + ("." if _closes(match) else "")


def _closes(match: re.Match[str]) -> bool:
    """Whether a sentence ends with a phrase: nothing follows, or a list is over and a new sentence does."""
    begins = _CLOSERS.search(match["word"]) and _CAPITAL.match(match.string, match.end())
    return match["on"] is None or begins is not None


_STREETS = Rule(
    "streets after their names (en)",
    re.compile(rf"(?<=[a-z]\s)(?P<word>{_alternatives(STREETS)})\.(?=,|\s+[a-z\d])"),
    _look_up(STREETS),
    frozenset({"en"}),
    needs=".",
)


@cache
def _abbreviations(language: str) -> tuple[Rule, ...]:
    only = frozenset({language})
    titles, numbered, phrases = TITLES[language], NUMBERED[language], PHRASES[language]
    return (
        Rule(
            f"titles before names ({language})",
            re.compile(rf"(?<![\w.])(?P<word>{_alternatives(titles)})\.{_before_name(_alternatives(titles))}"),
            _look_up(titles),
            only,
            needs=".",
        ),
        *((_STREETS,) if language == "en" else ()),
        Rule(
            f"words before numbers ({language})",
            re.compile(rf"(?<![\w.])(?P<word>{_alternatives(numbered)})\.(?=\s?\d)"),
            lambda match: numbered[match["word"]] + ("" if match.string[match.end()].isspace() else " "),
            only,
            needs=".",
        ),
        Rule(
            f"abbreviated phrases ({language})",
            re.compile(rf"(?<![\w.])(?P<word>{_alternatives(phrases)}){_GOES_ON}"),
            _phrase(phrases),
            only,
            needs=".",
        ),
    )


def _and(match: re.Match[str]) -> str:
    """An ampersand between blanks or letters.

    >>> [re.sub("&", _and, text) for text in ("R&D", "Marks & Spencer", "&amp;")]
    ['R and D', 'Marks and Spencer', 'and amp;']
    """
    text, start, end = match.string, match.start(), match.end()
    before = "" if start == 0 or text[start - 1].isspace() else " "
    after = "" if end == len(text) or text[end].isspace() else " "
    return f"{before}and{after}"


def _compare(match: re.Match[str]) -> str:
    """An angle bracket: a comparison before a number or between blanks, else it only parts what stands beside it.

    >>> [re.sub("[<>]", _compare, text) for text in ("a < b", "p <0.05", "<b>bold</b>")]
    ['a less than b', 'p less than 0.05', ' b bold /b ']
    """
    text, start, end = match.string, match.start(), match.end()
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    compares = (before.isspace() and after.isspace()) or (after.isdigit() and not before.isalpha())
    if not compares:
        return " "
    said = "less than" if match.group() == "<" else "greater than"
    return f"{'' if not before or before.isspace() else ' '}{said}{'' if after.isspace() else ' '}"


def _sign(match: re.Match[str]) -> str:
    """A run of signs as one: its first end mark, for the voice to fall or rise by.

    >>> [re.sub(r".+", _sign, text) for text in ("?!?!?!?!?!", "----------")]
    ['? ', ' ']
    """
    return next((sign for sign in match.group() if sign in ".?!…;:,"), "") + " "


_INVISIBLE = (
    "\\x00-\\x08\\x0e-\\x1b\\x7f-\\x84\\x86-\\x9f\\xad\\u200b\\u200e\\u200f\\u202a-\\u202e\\u2060-\\u206f"
    "\\ud800-\\uf8ff\\ufdd0-\\ufdef\\ufeff\\ufff0-\\ufffc\\ufffe\\uffff\\U000e0000-\\U0010ffff"
)
"""Control characters, direction marks, halves of surrogate pairs, private use, what is no character."""

_ORNAMENTS = "•◦▪■□●○►▶★☆|~^_"
_EMOJI = "\U0001f000-\U0001f0ff\U0001f1e6-\U0001f1ff\U0001f300-\U0001faff\u2600-\u27bf\u2b50\u2b55"
_ENGLISH = frozenset({"en"})
_ANNOUNCED = frozenset({Role.ANNOUNCEMENT})

SAFETY: tuple[Rule, ...] = (
    Rule("line breaks and tabs", re.compile(r"[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+"), " "),
    Rule("control and invisible characters", re.compile(f"[{_INVISIBLE}]+"), ""),
    Rule("emoji", re.compile(rf" *[{_EMOJI}][{_EMOJI}\u200d\ufe0f\u20e3]*"), ""),
    Rule("long runs of signs", re.compile(r"(?:[^\w\s]\s*){9,}"), _sign),
    Rule("lone ornaments", re.compile(rf"(?<!\S)(?:[{_ORNAMENTS}]+|[*#=+]{{2,}})(?!\S) ?"), ""),
    Rule("brackets inside words", re.compile(r"(?<=\w)[\[\]]+(?=\w)"), " "),
    Rule("square brackets", re.compile(r"[\[\]]+"), ""),
    Rule("ampersands", re.compile("&"), _and, needs="&"),
    Rule("angle brackets", re.compile("[<>]"), _compare),
)
"""What no engine may see: Piper reads ``[[…]]`` as phonemes, SAPI ``<…>`` as XML, NSSpeech ``[[…]]`` as commands;
NUL ends the text or raises; emoji are read by name or break the sentence."""

UNSAFE = re.compile(
    rf"[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029{_INVISIBLE}{_EMOJI}{_ORNAMENTS}\[\]&<>*#=+]|(?:[^\w\s]\s*){{9}}"
)
"""Where this matches nothing, no row of `SAFETY` does."""

_OPENING: tuple[Rule, ...] = (
    Rule("date, month first", MONTH_FIRST, spoken_date, _ENGLISH, _ANNOUNCED),
    Rule("date, day first", DAY_FIRST, spoken_date, _ENGLISH, _ANNOUNCED),
    Rule(
        "number of a list item",
        re.compile(r"^(?P<number>\d+)[.)](?=\s)"),
        lambda match: f"{match['number']}:",
        roles=frozenset({Role.LIST_ITEM}),
    ),
)


@cache
def speech_rules(language: str, role: Role) -> tuple[Rule, ...]:
    """The rows for a language, by its primary subtag, and a role. Patterns are compiled for languages that are met."""
    rows = (*_OPENING, *(_abbreviations(language) if language in TITLES else ()))
    return tuple(
        rule
        for rule in rows
        if (not rule.languages or language in rule.languages) and (not rule.roles or role in rule.roles)
    )
