"""Lines that a page puts between an article's words: share, subscribe, related, advertisement, credits, comments.

Precision comes before recall: a line is furniture only where all of it is of a known form. A sentence that merely
holds such a word is prose.
"""

from __future__ import annotations

import re
from functools import cache

from narrate.article.furnituretables import LABELS, ONE_WORD, PARTS, PHRASES, TAGS

MOST_CHARACTERS = 200
"""A longer block is prose."""
_BULLETS = ("•", "·", "*", "–", "—", "-", "▪", "◦")
"""What begins an item of a list, in a paragraph too where the markup knows no lists."""
_SIGNS = re.compile(r"^[\s•·|»›>→*▶►–—-]+|[\s•·|»›>→*▼▾↓–—-]+$")
_NAME = (
    r"[^\W\d_a-z][\w.'’-]*(?:(?:\s*/\s*|,?\s+(?:(?:de|van|von|of|the|and|for|via|on|at)\s+)*)[^\W\d_a-z][\w.'’-]*){0,7}"
)
_GOES_ON = r"(?:(?!\b(?:and|but|because|which|when|while|who|after|before|that|became|made)\b)[^;?!]){4,150}"
"""Where and when it stood first, and no more: with a second verb it is a sentence about something else."""


def is_furniture(text: str, *, edge: bool, alone: bool = True) -> bool:
    """Whether a line is nothing but furniture; `edge` at the start or end of its article, `alone` in a paragraph.

    >>> [is_furniture(text, edge=False) for text in ("Share this page", "Share the bread.", "Share", "Photo: AFP")]
    [True, False, True, True]
    >>> is_furniture("This article was first published on Example.", edge=True)
    True
    """
    alone = alone and not text.lstrip().startswith(_BULLETS)
    text = _SIGNS.sub("", " ".join(text.split()))
    if not text or len(text) > MOST_CHARACTERS:
        return False
    if _phrases().fullmatch(text):
        return alone or " " in text
    if alone and _one_word().fullmatch(text):
        return True
    if _labelled().fullmatch(text) or _credit().fullmatch(text):
        return True
    return edge and (_elsewhere().fullmatch(text) is not None or _tags().fullmatch(text) is not None)


def _any(lines: str) -> str:
    """A pattern for any of the lines of a table; names in capitals stand for parts that several have."""
    for name, part in PARTS.items():
        lines = lines.replace(name, f"(?:{'|'.join(part.split(', '))})")
    return "|".join(f"(?:{line})" for line in lines.split("\n") if line)


@cache
def _one_word() -> re.Pattern[str]:
    return re.compile(_any(ONE_WORD), re.IGNORECASE)


@cache
def _phrases() -> re.Pattern[str]:
    """Whole lines that are furniture wherever they stand."""
    return re.compile(_any(PHRASES), re.IGNORECASE)


@cache
def _labelled() -> re.Pattern[str]:
    """A label, and the heading of another article: that has no full stop."""
    labels = rf"(?:(?i:{_any(LABELS)})|RELATED|READ MORE|DON['’]T MISS)"
    return re.compile(labels + r"\s*[:|>»–—]\s*[^\W\d_a-z\"“«‘].{5,140}[^.:;,]")


@cache
def _credit() -> re.Pattern[str]:
    """Who made a picture, and nothing else: a name, no sentence."""
    picture, agency = (f"(?i:{_any(part)})" for part in ("PICTURE", "AGENCY"))
    who = rf"(?:©\s*)?(?:{_NAME}|{agency})(?:\s*/\s*{agency})?"
    return re.compile(
        rf"{picture} (?i:credits?|courtesy(?: of)?|source|via|by)\s*:\s*{who}"
        rf"|{picture}\s*:\s*(?=.*(?:©|\w\s*/\s*\w|\b{agency}\Z)){who}"
        rf"|{picture} (?i:credits?|by|courtesy of|via)\s+{who}"
        rf"|(?i:credits?|bildnachweis|crédit photo|crédito)\s*:\s*(?=.*\b{agency}\b){who}"
        rf"|(?:AP|AFP|EPA|Reuters|PA) (?:Photo|Images?)(?:\s*/\s*{_NAME})?"
        rf"|{_NAME}\s*/\s*(?:Getty Images|Reuters|AFP|AP|Shutterstock|EPA|Alamy|Unsplash|Bloomberg)"
        r"|(?:©\s*)?(?:Getty Images|Shutterstock|Alamy|iStock(?:photo)?)"
    )


@cache
def _elsewhere() -> re.Pattern[str]:
    """Where else an article stands."""
    return re.compile(
        r"(?:this|the following) (?:article|post|piece|essay|column|interview|report|story) (?:(?:was|is|has been) )?"
        rf"(?:(?:first|originally|previously|also) )?(?:published|appeared|posted|republished|reprinted)\b{_GOES_ON}"
        rf"|a version of this (?:article|story|post|piece) (?:(?:first|originally) )?(?:appears|appeared)\b{_GOES_ON}"
        r"|(?:originally|first) (?:published|posted) (?:at|on|by) (?:https?://\S+|[\w.-]+\.[a-z]{2,6}(?:/\S*)?)\.?",
        re.IGNORECASE,
    )


@cache
def _tags() -> re.Pattern[str]:
    """What a site files an article under."""
    return re.compile(rf"(?i:{_any(TAGS)})\s*:\s*[^.!?:]{{2,180}}|(?:#[\w-]{{2,30}}[\s,]*){{2,}}")
