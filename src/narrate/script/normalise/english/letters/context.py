"""What stands round a token: words that begin sentences, and text that is all in capitals."""

from __future__ import annotations

import re


def words(text: str) -> frozenset[str]:
    """The words of a table in a line."""
    return frozenset(text.split())


STARTERS = words(
    "The A An He She It They We I You This That These Those There Then Here In On At By For From With Without To Of "
    "As But And Or Nor So Yet If When While After Before Since Because Although Though However Meanwhile Moreover "
    "His Her Its Their Our My Your What Who Which Where Why How Is Are Was Were Do Does Did Has Have Had Will Would "
    "Can Could May Might Must Should Not No Yes One Two Some Most Many Each Every All Both Several Others Now Later "
    "Today Yesterday Tomorrow Still Also Even Just Only Once Such Another Among During Despite According Instead "
    "Finally First Next Last Perhaps Maybe Indeed Thus Hence Therefore Nobody Nothing Everyone Everything Let "
    "She's He's It's They've They're We're I'm I've That's There's Don't Under Over About Between Within"
)
"""Words that, with a capital letter after a full stop, begin a sentence and are hardly ever a name's first."""

_SMALL = re.compile(r"[a-zß-ÿ]")
_CAPITALS = re.compile(r"[A-ZÀ-Þ]{2,}")
_FEW = 3


def in_capitals(text: str, *, most: bool = False) -> bool:
    """Whether a text is all in capitals, or `most` of it is: several words of it, and none in small letters.

    >>> in_capitals("WHO IS IT?"), in_capitals("The WHO said"), in_capitals("WHO")
    (True, False, False)
    >>> in_capitals("THE BIG DEAL IS OFF, says Ann", most=True)
    True
    """
    capitals = sum(map(len, _CAPITALS.findall(text)))
    if most:
        return capitals >= len(_SMALL.findall(text))
    return not _SMALL.search(text) and len(_CAPITALS.findall(text)) >= _FEW
