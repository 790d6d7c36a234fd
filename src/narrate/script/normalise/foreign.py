"""Words in letters that no voice has sounds for: it is said that they are there.

Voices would say "letter one seven eight zero" for each of them, which tells nobody anything and takes three seconds.
"""

from __future__ import annotations

import re
from functools import cache

from narrate.model.alphabets import nobodys
from narrate.script.normalise.rule import Rule
from narrate.script.wording import primary, wording_for


@cache
def foreign_rules(language: str) -> tuple[Rule, ...]:
    """The row for a language: a run of such words, with what stands between them, is one thing.

    >>> [rule] = foreign_rules("en")
    >>> rule.pattern.findall("Laos (ລາວ, ສາທາລະນະລັດ) lies far.")
    ['ລາວ, ສາທາລະນະລັດ']
    """
    letter = nobodys(primary(language)).pattern
    run = re.compile(rf"{letter}+(?:[\s.,·’'\u200b-\u200d-]+{letter}+)*")
    return (Rule("letters that no voice has sounds for", run, wording_for(language).another_script),)
