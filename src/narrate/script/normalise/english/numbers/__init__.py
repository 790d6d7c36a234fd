"""Written → spoken: every class of tokens that bears digits, in English.

A file holds the rows of a class. Rows higher up win where two match the same characters, so what
is more particular comes first, and plain numbers come last.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from narrate.script.normalise.english.numbers.context import locale_of

if TYPE_CHECKING:
    from narrate.model import Policy, Role
    from narrate.script.normalise.rule import Rule

__all__ = ["number_rules"]


def number_rules(language: str, role: Role, policy: Policy) -> tuple[Rule, ...]:  # noqa: ARG001 (a number is said the same in every role and by every policy)
    """The rows for English of a region, compiled when first asked for; `language` is a BCP 47 tag in lower case."""
    return _rules(language)


@cache
def _rules(language: str) -> tuple[Rule, ...]:
    from narrate.script.normalise.english.numbers import (
        cardinals,
        dates,
        degrees,
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
    return tuple(rule for rows in classes for rule in rows.rules(locale))
