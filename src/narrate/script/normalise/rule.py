"""A row of the normaliser's tables, and how rows are applied to a text."""

from __future__ import annotations

import re
from bisect import bisect
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_DIGIT = re.compile(r"\d")
BEFORE_DIGIT = 40
"""How many characters before its first digit a row for numbers may match."""


class Edit(NamedTuple):
    """Written ``[start, end)``, what is spoken in its place, and the name of the row that says so."""

    start: int
    end: int
    said: str
    rule: str = ""


class Later:
    """A pattern that is compiled when it is first asked: most articles never meet most rows."""

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self._pattern, self._flags = pattern, flags

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The pattern, ready."""
        return re.compile(self._pattern, self._flags)

    def search(self, text: str) -> re.Match[str] | None:
        """As that of a pattern."""
        return self.compiled.search(text)

    def finditer(self, text: str, start: int = 0) -> Iterator[re.Match[str]]:
        """As that of a pattern."""
        return self.compiled.finditer(text, start)


@dataclass(frozen=True, slots=True)
class Rule:
    """A class of tokens and what is said for one: words, or a function of the match (None: leave it as it is).

    `needs` are strings without one of which the pattern cannot match, and `digit` says that it cannot without a
    digit, before which it matches at most `BEFORE_DIGIT` characters: most sentences never meet most patterns.
    """

    name: str
    pattern: re.Pattern[str] | Later
    say: str | Callable[[re.Match[str]], str | None]
    needs: tuple[str, ...] = ()
    digit: bool = False


def matching(rules: Iterable[Rule], written: str) -> list[Edit]:
    """What the rows change, in order; where two rows match the same characters the earlier one has it.

    A row is not asked what it says for characters that an earlier one has.
    """
    digit = _DIGIT.search(written)
    near = max(0, digit.start() - BEFORE_DIGIT) if digit else 0
    edits: list[Edit] = []
    for rule in rules:  # hundreds of rows for each sentence: what is asked of all of them is asked here
        if rule.digit and digit is None:
            continue
        for need in rule.needs or ("",):
            if need in written:
                _put(rule, written, near if rule.digit else 0, edits)
                break
    return edits


def _put(rule: Rule, written: str, start: int, edits: list[Edit]) -> None:
    """Put what a row says to its place among the edits of earlier rows, which are in order, where it is free."""
    pattern = rule.pattern.compiled if isinstance(rule.pattern, Later) else rule.pattern
    for match in pattern.finditer(written, start):
        at = _free(*match.span(), edits)
        if at is None:
            continue
        said = rule.say if isinstance(rule.say, str) else rule.say(match)
        if said is not None:
            edits.insert(at, Edit(*match.span(), said, rule.name))


def _free(start: int, end: int, edits: list[Edit]) -> int | None:
    """The number among the edits that ``[start, end)`` would have; None where one of them has any of its characters."""
    at = bisect(edits, start, key=_start)
    if at and (edits[at - 1].end > start or edits[at - 1].start == start):
        return None
    return at if at == len(edits) or end <= edits[at].start else None


def _start(edit: Edit) -> int:
    return edit.start
