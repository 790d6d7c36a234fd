"""Written → spoken: every class of tokens that is about letters and signs, in English.

A file holds the rows of a class. What holds digits or signs of its own, as addresses do, comes before all other
rows; what is left comes after the numbers.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from narrate.model import Role
from narrate.model.diction import Emoji, Headings

if TYPE_CHECKING:
    from narrate.model import Policy
    from narrate.script.normalise.rule import Rule

__all__ = ["first_letter_rules", "letter_rules"]


@cache
def first_letter_rules(role: Role, policy: Policy) -> tuple[Rule, ...]:
    """The rows that come before those of safety and of numbers: addresses, files, formulas, what HTML left over."""
    from narrate.script.normalise.english.letters.emoji import NAMED
    from narrate.script.normalise.english.letters.files import FILES, PATHS
    from narrate.script.normalise.english.letters.formulas import formula_rules
    from narrate.script.normalise.english.letters.scripture import SCRIPTURE
    from narrate.script.normalise.english.letters.symbols import ENTITIES
    from narrate.script.normalise.english.letters.web import web_rules

    named = NAMED if policy.emoji is Emoji.NAME else ()
    return (
        *ENTITIES,
        *formula_rules(role, policy.mathematics),
        *PATHS,
        *web_rules(policy.urls),
        *FILES,
        *named,
        *SCRIPTURE,
    )


@cache
def letter_rules(role: Role, policy: Policy) -> tuple[Rule, ...]:
    """The rows that come after those of numbers."""
    from narrate.script.normalise.english.letters.abbreviations import ABBREVIATIONS
    from narrate.script.normalise.english.letters.homographs import HOMOGRAPHS
    from narrate.script.normalise.english.letters.initialisms import INITIALISMS, INTRAVENOUS
    from narrate.script.normalise.english.letters.places import PLACES
    from narrate.script.normalise.english.letters.roman import ROMAN
    from narrate.script.normalise.english.letters.symbols import SYMBOLS

    shortened = () if keeps_abbreviations(role, policy) else (*PLACES, *ABBREVIATIONS)
    return (INTRAVENOUS, *ROMAN, *shortened, *INITIALISMS, *HOMOGRAPHS, *SYMBOLS)


def keeps_abbreviations(role: Role, policy: Policy) -> bool:
    """Whether abbreviations stay as they are written, in titles and headings."""
    return policy.headings is Headings.KEEP and role in {Role.TITLE, Role.HEADING}
