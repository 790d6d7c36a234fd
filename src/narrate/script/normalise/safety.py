"""What no engine may see: rows that come before all others and hold for every language."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache, partial
from typing import TYPE_CHECKING

from narrate.script.normalise.rule import Later, Rule

if TYPE_CHECKING:
    from collections.abc import Mapping

_ENGLISH = "and", "less than", "greater than", "to", "or equal to"
_OTHERS = (
    *("sv och", "da og", "nb og", "no og", "nn og", "fi ja", "pl i", "cs a", "sk a", "sl in", "hr i", "ca i"),
    *("gl e", "ro și", "hu és", "tr ve", "ru и", "uk і", "el και", "cy a", "ga agus", "eu eta", "et ja", "lv un"),
    *("lt ir", "is og", "bg и", "sr и", "mk и", "bs i", "sq dhe", "id dan", "ms dan", "vi và", "af en", "eo kaj"),
)
_SAID: Mapping[str, tuple[str, ...]] = {
    "en": _ENGLISH,
    "de": ("und", "kleiner als", "größer als", "nach", "oder gleich"),
    "fr": ("et", "inférieur à", "supérieur à", "vers", "ou égal à"),
    "es": ("y", "menor que", "mayor que", "a", "o igual a"),
    "it": ("e", "minore di", "maggiore di", "a", "o uguale a"),
    "pt": ("e", "menor que", "maior que", "para", "ou igual a"),
    "nl": ("en", "kleiner dan", "groter dan", "naar", "of gelijk aan"),
    **{row[:2]: (row[3:], "", "", "", "") for row in _OTHERS},
}
"""What is said for "&", "<", ">", an arrow, and behind a comparison for "="; "" where a pause must do."""


def _and(match: re.Match[str], said: tuple[str, ...] = _ENGLISH) -> str:
    """An ampersand between blanks or letters.

    >>> [re.sub("&", _and, text) for text in ("R&D", "Marks & Spencer", "&amp;")]
    ['R and D', 'Marks and Spencer', 'and amp;']
    """
    text, start, end = match.string, match.start(), match.end()
    before = "" if start == 0 or text[start - 1].isspace() else " "
    after = "" if end == len(text) or text[end].isspace() else " "
    return f"{before}{said[0]}{after}" if said[0] else before and after


def _compare(match: re.Match[str], said: tuple[str, ...] = _ENGLISH) -> str:
    """An angle bracket: a comparison before a number or between blanks, else it only parts what stands beside it.

    >>> [re.sub("[<>]", _compare, text) for text in ("a < b", "p<0.05", "<b>bold</b>", "<b>5</b>")]
    ['a less than b', 'p less than 0.05', ' b bold /b ', ' b 5 /b ']
    """
    text, start, end = match.string, match.start(), match.end()
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    variable = re.search(r"(?<![\w<&/])[A-Za-z]\Z", text[max(0, start - 2) : start]) is not None  # "p<0.05", not "<b>5"
    compares = (before.isspace() and after.isspace()) or (after.isdigit() and (variable or not before.isalpha()))
    word = said[1] if match.group() == "<" else said[2]
    if not compares or not word:
        return " "
    return f"{'' if not before or before.isspace() else ' '}{word}{'' if after.isspace() else ' '}"


def _arrow(match: re.Match[str], said: tuple[str, ...] = _ENGLISH) -> str:
    """Two signs that make one: an arrow between words, or a comparison.

    >>> [re.sub("<=|>=|[-=]{1,3}>", _arrow, text) for text in ("0<=t", "x >= 3", "A -> B", "-> item")]
    ['0 less than or equal to t', 'x greater than or equal to 3', 'A to B', ' item']
    """
    text, start, end = match.string, match.start(), match.end()
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    if not said[3] or not (re.search(r"[\w)]\s?\Z", before) and re.match(r"\s?[\w(\-−]", after)):
        return "" if after[:1].isspace() else " "
    _, less, greater, to, equal = said
    word = {"<=": f"{less} {equal}", ">=": f"{greater} {equal}"}.get(match.group(), to)
    return f"{'' if before[-1].isspace() else ' '}{word}{'' if after[0].isspace() else ' '}"


def _sign(match: re.Match[str]) -> str:
    """A run of signs as one: its first end mark, for the voice to fall or rise by.

    >>> [re.sub(r".+", _sign, text) for text in ("?!?!?!?!?!", "----------")]
    ['? ', ' ']
    """
    return next((sign for sign in match.group() if sign in ".?!…;:,"), "") + " "


_INVISIBLE = (
    "\\x00-\\x08\\x0e-\\x1b\\x7f-\\x84\\x86-\\x9f\\xad\\u200b\\u200e\\u200f\\u202a-\\u202e\\u2060-\\u206f"
    "\\ud800-\\uf8ff\\ufdd0-\\ufdef\\ufeff\\ufff0-\\ufffc\\ufffe\\uffff\\U000e0000-\\U0010ffff"
)
"""Control characters, direction marks, halves of surrogate pairs, private use, what is no character."""

_ORNAMENTS = "•◦▪■□●○►▶★☆|~^_"
_EMOJI = "\U0001f000-\U0001f0ff\U0001f1e6-\U0001f1ff\U0001f300-\U0001faff\u2600-\u27bf\u2b50\u2b55"
SAFETY: tuple[Rule, ...] = (
    Rule("line breaks and tabs", Later(r"[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+"), " "),
    Rule("control and invisible characters", Later(f"[{_INVISIBLE}]+"), ""),
    Rule("emoji", Later(rf"(?<! ) *+[{_EMOJI}][{_EMOJI}\u200d\ufe0f\u20e3]*"), ""),
    Rule("variation selectors", Later("[\ufe00-\ufe0f\u20e3]+"), ""),
    Rule("long runs of signs", Later(r"(?:[^\w\s]\s*){9,}"), _sign),
    Rule("lone ornaments", Later(rf"(?<!\S)(?:[{_ORNAMENTS}]+|[*#=+]{{2,}})(?!\S) ?"), ""),
    Rule("brackets inside words", Later(r"(?<=\w)[\[\]]+(?=\w)"), " "),
    Rule("square brackets", Later(r"[\[\]]+"), ""),
    Rule("ampersands", Later("&"), _and, needs=("&",)),
    Rule("comparisons and arrows", Later("<=|>=|[-=]{1,3}>"), _arrow, needs=("=", ">")),
    Rule("angle brackets", Later("[<>]"), _compare),
)
"""What no engine may see: Piper reads ``[[…]]`` as phonemes, SAPI ``<…>`` as XML, NSSpeech ``[[…]]`` as commands;
NUL ends the text or raises; emoji are read by name or break the sentence."""


@cache
def safety_for(language: str) -> tuple[Rule, ...]:
    """The rows of `SAFETY` in the words of a language, by its primary subtag."""
    said = _SAID.get(language, ("",) * len(_ENGLISH))
    in_words = {"ampersands": _and, "comparisons and arrows": _arrow, "angle brackets": _compare}
    return tuple(
        replace(rule, say=partial(in_words[rule.name], said=said)) if rule.name in in_words else rule for rule in SAFETY
    )


UNSAFE = re.compile(
    rf"[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029{_INVISIBLE}{_EMOJI}{_ORNAMENTS}\ufe00-\ufe0f\u20e3\[\]&<>*#=+]|(?:[^\w\s]\s*){{9}}"
)
"""Where this matches nothing, no row of `SAFETY` does."""
