"""Words that are spelled alike and said in two ways: respelled only where their company is sure and voices err.

Each row was tried with eSpeak NG, which Piper reads with as well: it says "I have read", "to close" and "live music"
rightly by itself, and "he read", "close the door" and "lead pipes" wrongly.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from narrate.script.normalise.english.letters.homographtables import ROWS
from narrate.script.normalise.rule import Later, Rule

if TYPE_CHECKING:
    import re
    from collections.abc import Callable


class _Sure(NamedTuple):
    """A word, how it is written for the voice, and patterns of what stands before it, after it, or never does."""

    word: str
    said: str
    before: str = ""
    after: str = ""
    never_before: str = ""
    never_after: str = ""


def _pattern(row: _Sure) -> Later:
    """The word between what makes it sure; `never_before` are words, each with its blank."""
    first = row.word[0]
    word = f"[{first.upper()}{first.lower()}]{row.word[1:]}" if first.islower() else row.word
    never = "".join(rf"(?<!\b{each} )" for each in row.never_before.split("|") if each)
    before = rf"{never}(?P<kept>\b(?:{row.before})[ ])" if row.before else rf"{never}(?P<kept>(?<![\w’'-]))"
    after = f"(?={row.after})" if row.after else ""
    return Later(rf"{before}(?P<word>{word})(?![\w’'])" + (f"(?!{row.never_after})" if row.never_after else "") + after)


def _respelled(said: str) -> Callable[[re.Match[str]], str]:
    def say(match: re.Match[str]) -> str:
        capital = match["word"][0].isupper() and said[0].islower()
        return match["kept"] + (said[0].upper() + said[1:] if capital else said)

    return say


def _rules() -> tuple[Rule, ...]:
    rows = (_Sure(**row) for row in ROWS)
    return tuple(
        Rule(f"homograph {row.word}", _pattern(row), _respelled(row.said), needs=(row.word[1:],)) for row in rows
    )


HOMOGRAPHS = _rules()
