"""A row of the normaliser's tables, and how rows are applied to a text."""

from __future__ import annotations

import re
from bisect import bisect
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_DIGIT = re.compile(r"\d")
BEFORE_DIGIT = 40
"""How many characters before its first digit a row for numbers may match."""


class Edit(NamedTuple):
    """Written ``[start, end)``, what is spoken in its place, and the name of the row that says so."""

    start: int
    end: int
    said: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A class of tokens and what is said for one: words, or a function of the match (None: leave it as it is).

    `needs` are strings without one of which the pattern cannot match, and `digit` says that it cannot without a
    digit, before which it matches at most `BEFORE_DIGIT` characters: most sentences never meet most patterns.
    """

    name: str
    pattern: re.Pattern[str]
    say: str | Callable[[re.Match[str]], str | None]
    needs: tuple[str, ...] = ()
    digit: bool = False

    def may_match(self, text: str, *, has_digit: bool) -> bool:
        """Whether the text holds what the pattern cannot do without."""
        if self.digit and not has_digit:
            return False
        return not self.needs or any(need in text for need in self.needs)


def matching(rules: Iterable[Rule], written: str) -> list[Edit]:
    """What the rows change, in order; where two rows match the same characters the earlier one has it."""
    digit = _DIGIT.search(written)
    near = max(0, digit.start() - BEFORE_DIGIT) if digit else 0
    edits: list[Edit] = []
    for rule in rules:
        if rule.may_match(written, has_digit=digit is not None):
            for edit in _matches(rule, written, near if rule.digit else 0):
                _add(edit, edits)
    return edits


def _matches(rule: Rule, written: str, start: int) -> list[Edit]:
    found: list[Edit] = []
    for match in rule.pattern.finditer(written, start):
        said = rule.say if isinstance(rule.say, str) else rule.say(match)
        if said is not None:
            found.append(Edit(*match.span(), said, rule.name))
    return found


def _add(edit: Edit, edits: list[Edit]) -> None:
    """Put an edit to its place among others that are in order, unless one of them has any of its characters."""
    at = bisect(edits, edit.start, key=_start)
    free_before = at == 0 or edits[at - 1].end <= edit.start
    free_after = at == len(edits) or edit.end <= edits[at].start
    if free_before and free_after and (at == 0 or edits[at - 1].start < edit.start):
        edits.insert(at, edit)


def _start(edit: Edit) -> int:
    return edit.start
