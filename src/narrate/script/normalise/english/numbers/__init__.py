"""Written → spoken: every class of tokens that bears digits, in English.

A file holds the rows of a class. Rows higher up win where two match the same characters, so what
is more particular comes first, and plain numbers come last.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache, partial
from typing import TYPE_CHECKING

from narrate.script.normalise.english.numbers.context import locale_of, text_after, text_before

if TYPE_CHECKING:
    from collections.abc import Callable

    from narrate.model import Policy, Role
    from narrate.script.normalise.rule import Rule

__all__ = ["number_rules"]

_BETWEEN = re.compile(r"\bbetween(?:\s(?:about|around|roughly|some|the))?\s\Z", re.IGNORECASE)


def number_rules(language: str, role: Role, policy: Policy) -> tuple[Rule, ...]:  # noqa: ARG001 (a number is said the same in every role and by every policy)
    """The rows for English of a region, compiled when first asked for; `language` is a BCP 47 tag in lower case."""
    return _rules(language)


@cache
def _rules(language: str) -> tuple[Rule, ...]:
    from narrate.script.normalise.english.numbers import (
        cardinals,
        dates,
        degrees,
        designations,
        dimensions,
        fractions,
        mathematics,
        measures,
        money,
        places,
        ranges,
        serials,
        telephone,
        times,
        years,
    )

    locale = locale_of(language)
    classes = (
        telephone,
        designations,
        dates,
        degrees,
        dimensions,
        times,
        money,
        places,
        measures,
        years,
        serials,
        fractions,
        ranges,
        mathematics,
        cardinals,
    )
    return tuple(map(_joining, (rule for rows in classes for rule in rows.rules(locale))))


def _joining(rule: Rule) -> Rule:
    """The same row, which says "and" in a range after "between"."""
    if isinstance(rule.say, str):
        return rule
    return replace(rule, say=partial(_joined, say=rule.say))


def _joined(match: re.Match[str], say: Callable[[re.Match[str]], str | None]) -> str | None:
    said = say(match)
    if said is None or said.count(" to ") != 1 or not _BETWEEN.search(text_before(match)):
        return said
    ranged = re.search("[-–—‑]", match.group()) and not re.match(r"\s+(?:and|to)\b", text_after(match))
    return said.replace(" to ", " and ") if ranged else said
