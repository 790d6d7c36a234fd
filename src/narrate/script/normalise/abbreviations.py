"""Abbreviations: what is said for them, by language, where the text round them says that they are none else.

English has rows of its own, in ``english/letters/abbreviations.py``.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from narrate.script.normalise.abbreviationtables import NUMBERED, PHRASES, TITLES
from narrate.script.normalise.rule import Later, Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_GOES_ON = r"(?P<on>(?=[\s\S]*[^\W_]))?"
"""Whether words follow. The full stop of an abbreviation is kept out of the voice's sight then; at the end it stays."""

_CLOSERS = re.compile(r"(?:etc|ecc|enz)\.\Z")
"""Phrases that end a list: with a capital letter after one, a sentence begins."""

_CAPITAL = re.compile(r"\s+[A-ZÀ-Þ]")


def _before_name(titles: str) -> str:
    """Where a title stands: before a name, or before "and" and another title."""
    return rf"(?=\s+(?:[“\"‘']?[A-ZÀ-Þ]|(?:und|et|y|e|en|&)\s+(?:{titles})\.))"


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


@cache
def abbreviation_rules(language: str) -> tuple[Rule, ...]:
    """The rows for the abbreviations of a language, by its primary subtag; none where there is no table of them."""
    if language not in TITLES:
        return ()
    titles, numbered, phrases = TITLES[language], NUMBERED[language], PHRASES[language]
    return (
        Rule(
            f"titles before names ({language})",
            Later(rf"(?<![\w.])(?P<word>{_alternatives(titles)})\.{_before_name(_alternatives(titles))}"),
            _look_up(titles),
            needs=(".",),
        ),
        Rule(
            f"words before numbers ({language})",
            Later(rf"(?<![\w.])(?P<word>{_alternatives(numbered)})\.(?=\s?\d)"),
            lambda match: numbered[match["word"]] + ("" if match.string[match.end()].isspace() else " "),
            needs=(".",),
        ),
        Rule(
            f"abbreviated phrases ({language})",
            Later(rf"(?<![\w.])(?P<word>{_alternatives(phrases)}){_GOES_ON}"),
            _phrase(phrases),
            needs=(".",),
        ),
    )
