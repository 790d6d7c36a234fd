"""Other languages: numbers, dates, money, times and measures in German, French, Spanish, Italian and Portuguese.

A language is a table (`Tongue`) and the few rows that it alone has. A language without a table here
goes to the engine as it is written, which reads plain numbers well.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from narrate.script.wording import primary

if TYPE_CHECKING:
    from narrate.script.normalise.rule import Rule

SPOKEN_HERE = frozenset({"de", "fr", "es", "it", "pt"})


@cache
def tongue_rules(language: str) -> tuple[Rule, ...]:
    """The rows for a language by its BCP 47 tag, none where there is no table of it."""
    if primary(language) not in SPOKEN_HERE:
        return ()
    from narrate.script.normalise.tongues.tables import rules_of

    return rules_of(language)
