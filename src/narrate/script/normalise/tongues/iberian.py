"""Rows that Spanish and Portuguese share: the sign of a number, rulers, centuries."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from narrate.script.normalise.rule import Later, Rule
from narrate.script.normalise.tongues.roman import roman
from narrate.script.normalise.tongues.tongue import Tongue, cardinal, ordinal

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

_ORDINALS_UP_TO = 10


def regnal(number: int, tongue: Tongue, *, female: bool = False) -> str:
    """How a ruler's or century's number is said: an ordinal up to ten, a cardinal from there on."""
    if number > _ORDINALS_UP_TO:
        return cardinal(number, tongue)
    said = ordinal(number, tongue)
    return f"{said[:-1]}a" if female else said


def iberian_rules(tongue: Tongue, rulers: str, female: AbstractSet[str], century: str) -> tuple[Rule, ...]:
    """The rows for a language: `rulers` is a pattern of names, those of women are `female`, `century` is the noun."""

    def ruler(match: re.Match[str]) -> str:
        return f"{match['name']} {regnal(roman(match['roman']), tongue, female=match['name'] in female)}"

    def centuries(match: re.Match[str]) -> str:
        several = re.search(r"[ –-]", match["all"]) is not None
        before = f"{century}{'s' if several else ''} " if match["short"] else match["before"]
        said = re.sub(r"[IVX]+", lambda numeral: regnal(roman(numeral.group()), tongue), match["all"])
        return before + re.sub(r"[–-]", f" {tongue.until} ", said)

    noun = century[1:]
    shorts = ("s.", "ss.") if tongue.code == "es" else ("séc.", "sécs.")
    short = "|".join(re.escape(word) for word in shorts)
    return (
        Rule(
            f"number sign ({tongue.code})",
            Later(r"(?<!\w)[nN]\.?[°º]\s?(?=\d)"),
            "número ",
            needs=("°", "º"),
            digit=True,
        ),
        Rule(
            f"rulers ({tongue.code})",
            Later(rf"\b(?P<name>{rulers}) (?P<roman>[IVXL]+)\b"),
            ruler,
            needs=("I", "V", "X", "L"),
        ),
        Rule(
            f"centuries ({tongue.code})",
            Later(
                rf"(?P<before>\b(?:[{century[0]}{century[0].upper()}]{noun}s?|(?P<short>{short})) )"
                r"(?P<all>[IVX]+\b(?:(?:,| y| e| ao?| al| o)? (?=[IVX]+\b)[IVX]+|[-–](?=[IVX]+\b)[IVX]+)*)"
            ),
            centuries,
            needs=(noun, *shorts),
        ),
    )
