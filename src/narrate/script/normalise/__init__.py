"""Written → spoken: rows of a table for each class of token, by language.

`edits_in` says what is spoken otherwise than it is written, and by which row. A row is
a class of tokens. Rows higher up win where two match the same characters, and nothing
that a row says is looked at again, so a row must not give what another forbids.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from narrate.model import Policy, Role
from narrate.model.alphabets import nobodys
from narrate.script.normalise.abbreviations import abbreviation_rules
from narrate.script.normalise.english.letters import first_letter_rules, keeps_abbreviations, letter_rules
from narrate.script.normalise.english.letters.citations import citation_rules
from narrate.script.normalise.english.numbers import number_rules
from narrate.script.normalise.english.numbers.words import cardinal
from narrate.script.normalise.foreign import foreign_rules
from narrate.script.normalise.rule import Edit, Rule, matching
from narrate.script.normalise.safety import SAFETY, UNSAFE, safety_for
from narrate.script.normalise.tongues import tongue_rules
from narrate.script.wording import primary

__all__ = ["Edit", "edits_in", "safe_edits"]


def edits_in(written: str, language: str, role: Role, policy: Policy) -> list[Edit]:
    """What is spoken otherwise than it is written, in order and without overlaps; `language` is a BCP 47 tag."""
    return list(_edits(written, language.replace("_", "-").lower(), role, policy))


@lru_cache(maxsize=1 << 17)  # planning, storing and reporting ask for the same sentences: those of a long book too
def _edits(written: str, language: str, role: Role, policy: Policy) -> tuple[Edit, ...]:
    first, rows = first_rules_for(primary(language), role, policy), rules_for(language, role, policy)
    if not written.isascii() and nobodys(primary(language)).search(written):
        first = (*foreign_rules(language), *first)
    safe = safety_for(primary(language))
    return tuple(matching((*first, *safe, *rows) if UNSAFE.search(written) else (*first, *rows), written))


def safe_edits(spoken: str) -> list[Edit]:
    """What must be taken out of a spoken form that somebody else gave."""
    return matching(SAFETY, spoken) if UNSAFE.search(spoken) else []


_ITEM = re.compile(r"^(?P<number>\d{1,4})[.)](?=\s)")


def _item_rules(language: str) -> tuple[Rule, ...]:
    """The row for the number of a list item, in words where the numbers of the text are."""
    say = _item_in_words if primary(language) == "en" else lambda match: f"{match['number']}:"
    return (Rule("number of a list item", _ITEM, say, digit=True),)


def _item_in_words(match: re.Match[str]) -> str:
    return f"{cardinal(int(match['number']))}:"


@cache
def first_rules_for(language: str, role: Role, policy: Policy) -> tuple[Rule, ...]:
    """The rows that come before those of safety, by a primary subtag: what has signs of its own, as addresses have."""
    return (
        *(first_letter_rules(role, policy) if language == "en" else ()),
        *citation_rules(policy.citations, language),
    )


@cache
def rules_for(language: str, role: Role, policy: Policy) -> tuple[Rule, ...]:
    """The rows for a language, by its tag in lower case, a role and a policy, compiled when first they are met."""
    return (
        *(_item_rules(language) if role is Role.LIST_ITEM else ()),
        *tongue_rules(language),
        *(number_rules(language, role, policy) if primary(language) == "en" else ()),
        *(letter_rules(role, policy) if primary(language) == "en" else _abbreviations(primary(language), role, policy)),
    )


def _abbreviations(language: str, role: Role, policy: Policy) -> tuple[Rule, ...]:
    return () if keeps_abbreviations(role, policy) else abbreviation_rules(language)
