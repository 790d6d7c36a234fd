"""Mathematics: operators beside numbers, powers, roots, approximations."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from narrate.script.normalise.english.numbers.context import spell, word_before
from narrate.script.normalise.english.numbers.words import cardinal
from narrate.script.normalise.rule import Later, Rule

if TYPE_CHECKING:
    from narrate.script.normalise.english.numbers.context import Locale

_OPERATORS = {"+": "plus", "−": "minus", "×": "times", "*": "times", "·": "times", "÷": "divided by", "=": "equals"}
_OPERATORS |= {
    "≠": "is not equal to",
    "≈": "is approximately",
    "≤": "is at most",
    "≥": "is at least",
    "±": "plus or minus",
}
_OPERATORS |= {"∓": "minus or plus", "→": "to", "≡": "is equivalent to", "∝": "is proportional to", "∈": "is in"}
_PREFIXES = {
    "≈": "approximately",
    "~": "about",
    "∼": "about",
    "≃": "approximately",
    "±": "plus or minus",
    "≤": "at most",
    "≥": "at least",
}
_PREFIXES |= {"√": "the square root of", "∛": "the cube root of", "+": "plus", "=": "equals", "×": "times"}
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_POWERS = {"2": "squared", "3": "cubed"}


def power_words(exponent: str) -> str:
    """What is said behind a base: "squared", "to the minus five"."""
    plain = exponent.translate(_RAISED).strip("^{}()")
    if plain in _POWERS:
        return f" {_POWERS[plain]}"
    number = int(plain.replace("−", "-").lstrip("+"))
    return f" to the power of {cardinal(number)}"


def _raised(match: re.Match[str], locale: Locale) -> str | None:
    base, exponent = match["base"], match["exponent"]
    if not re.search(r"\d", exponent.translate(_RAISED)):
        return None
    return _base(base, locale) + power_words(exponent)


def _base(written: str, locale: Locale) -> str:
    return spell(written, locale) if written[0].isdecimal() else written


def _below(match: re.Match[str]) -> str:
    """Numbers below the line, as in CO₂."""
    before = "" if not match.start() or match.string[match.start() - 1].isspace() else " "
    number = match.group().translate(str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789"))
    return f"{before}{cardinal(int(number))}{' ' if match.string[match.end() :][:1].isalnum() else ''}"


def _scientific(match: re.Match[str], locale: Locale) -> str:
    exponent = int(match["exponent"].replace("−", "-").lstrip("+"))
    return f"{spell(match['base'], locale)} times ten to the power of {cardinal(exponent)}"


def _between(match: re.Match[str]) -> str | None:
    """An operator between two operands, with a blank on each side; not the stars and dots between letters."""
    operands = match.string[match.start() - 1] + match.string[match.end() : match.end() + 1]
    if match["operator"] in {"*", "·"} and match.group() == match["operator"] and operands.isalpha():
        return None
    return f" {_OPERATORS[match['operator']]} "


_NEARLY = frozenset({"about", "around", "approximately", "roughly", "circa", "some"})


def _prefix(match: re.Match[str]) -> str:
    if match["sign"] in "~∼≈≃" and word_before(match).lower() in _NEARLY:
        return ""
    return f"{_PREFIXES[match['sign']]} "


def _letters(match: re.Match[str]) -> str:
    return " plus" * len(match.group()) + (" " if match.string[match.end() : match.end() + 1].isalnum() else "")


_SIGNS = "".join(re.escape(sign) for sign in _OPERATORS)


def _upper(locale: Locale) -> tuple[Rule, ...]:
    return (
        Rule(
            "scientific notation",
            Later(r"(?<![\w.,])(?P<base>\d+(?:\.\d+)?)[eE](?P<exponent>[-+−]?\d{1,3})(?!\w|\.\d)"),
            partial(_scientific, locale=locale),
            needs=("e", "E"),
            digit=True,
        ),
        Rule(
            "powers",
            Later(
                r"(?<![\w.,])(?P<base>\d+(?:\.\d+)?|[A-Za-z]{1,2})(?P<exponent>\^(?:\{[-−+]?\d{1,3}\}"
                r"|\([-−+]?\d{1,3}\)|[-−+]?\d{1,3})|[⁻⁺]?[²³⁰¹⁴⁵⁶⁷⁸⁹]{1,3})(?!\w)"
            ),
            partial(_raised, locale=locale),
            needs=tuple("^⁻⁺²³⁰¹⁴⁵⁶⁷⁸⁹"),
        ),
        Rule("not equal", Later(r"(?<=[\w)\]])\s?!==?\s?(?=[\w(\[\"'−-])"), " is not equal to ", needs=("!=",)),
        Rule(
            "operators",
            Later(
                rf"(?:(?<=[\d)²³%°])|(?<=(?<![^\W_])[A-Za-z]))\s?(?P<operator>(?!\+\+)[{_SIGNS}])\s?(?=[\d(√]|[−+\-]?\.?\d|[$£€¥]\d"
                rf"|[A-Za-zπθ](?![^\W²³])|[A-Za-z]{{2}}(?=[²³]))"
            ),
            _between,
            needs=tuple(_OPERATORS),
        ),
    )


def _with_letters(locale: Locale) -> tuple[Rule, ...]:
    return (
        Rule("mass and energy", Later(r"(?<=[= ])mc2(?!\w)"), "mc squared", needs=("mc2",), digit=True),
        Rule(
            "one less",
            Later(r"(?<![\w-])(?P<letter>[nkijxy])-(?=\d(?![\w-]))"),
            lambda match: f"{match['letter']} minus ",
            needs=("-",),
            digit=True,
        ),
        Rule("numbers below", Later("[₀-₉]+"), _below, needs=tuple("₀₁₂₃₄₅₆₇₈₉")),
        Rule(
            "powers of a letter",
            Later(r"(?<![\w.,])(?P<base>\d+(?:\.\d+)?|[A-Za-z])\^(?P<letter>[A-Za-z])(?!\w)"),
            lambda match: f"{_base(match['base'], locale)} to the power of {match['letter']}",
            needs=("^",),
        ),
    )


def _lower() -> tuple[Rule, ...]:
    return (
        Rule(
            "signs before numbers",
            Later(r"(?<![\w)~=+])(?P<sign>[≈~∼≃±≤≥√∛=×]|\+(?=\d))\s?(?=[\d.$£€−-])"),
            _prefix,
            needs=tuple(_PREFIXES),
        ),
        Rule("strokes behind numbers", Later(r"(?<=\d)/(?=\s|\Z)"), " slash", needs=("/",), digit=True),
        Rule(
            "pluses behind numbers",
            Later(r"(?:(?<=\d)|(?<=\d[kKmMbB]))\+(?![\w+(])"),
            lambda match: " plus " if match.string[match.end() :][:1] == "%" else " plus",
            needs=("+",),
            digit=True,
        ),
        Rule(
            "pluses behind letters",
            Later(r"(?<=(?<!\w)[A-Za-z])(?:\+\+(?!\+)|\+(?![\w+]))"),
            _letters,
            needs=("+",),
        ),
    )


def rules(locale: Locale) -> tuple[Rule, ...]:
    """The rows, in the order in which they win."""
    return (*_with_letters(locale), *_upper(locale), *_lower())
