r"""Formulas: TeX between dollars or ``\(…\)``, and displayed ones, as words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from narrate.model import Role
from narrate.model.diction import Mathematics
from narrate.script.normalise.english.letters.formulareader import in_words
from narrate.script.normalise.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Callable

_INLINE = re.compile(
    r"\\\((?P<round>[^\n]{1,400}?)\\\)|\\\[(?P<square>[\s\S]{1,800}?)\\\]|\$\$(?P<display>[^$]{1,800})\$\$|"
    r"(?<![\w$\\])\$(?=\S)(?P<dollar>(?:[^$\n\\]|\\.){1,200}?)(?<=\S)\$(?![\w$])"
)
_FORMULA = re.compile(
    r"[\\^_={}<>]|\A[A-Za-z](?:[’'](?=\Z))?\Z|\A[A-Za-z] ?[-+*/] ?[A-Za-z\d]\Z|\A[A-Za-z]+\([a-z, ]+\)\Z|\A\d*[a-z]\Z"
)
_NO_FORMULA = re.compile(r"[@#\"`]|/\\|\\/|__|\.\.\.\.|\A[^A-Za-z\d]*\Z")
"""Signs of drawings and of code."""

_COMMAND = re.compile(
    r"(?<![\w\\/:])\\(?P<name>alpha|beta|gamma|delta|epsilon|varepsilon|zeta|eta|theta|iota|kappa|lambda|mu|nu|xi|pi|"
    r"rho|sigma|tau|phi|varphi|chi|psi|omega|Gamma|Delta|Theta|Lambda|Xi|Pi|Sigma|Phi|Psi|Omega|infty|times|pm|leq?|"
    r"geq?|neq?|approx|to|rightarrow)(?![A-Za-z])"
)
_WHOLE = re.compile(r"\A\s*(?:\$\$|\\\[)?(?P<all>[\s\S]*?\S[\s\S]*?)(?:\$\$|\\\])?(?P<stop>[.,;]?)\s*\Z")


def formula_rules(role: Role, mathematics: Mathematics) -> tuple[Rule, ...]:
    """The rows for formulas inside text, and for a text that is one."""
    inline = (
        Rule("formula", _INLINE, _said(mathematics), needs=("$", "\\(", "\\[")),
        Rule("command of TeX", _COMMAND, lambda match: in_words(match.group()), needs=("\\",)),
    )
    if role is Role.MATH and mathematics is Mathematics.READ:
        return (Rule("displayed formula", _WHOLE, _displayed),)
    return inline


def _said(mathematics: Mathematics) -> Callable[[re.Match[str]], str | None]:
    def say(match: re.Match[str]) -> str | None:
        source = next(filter(None, match.groups()), "")
        if _NO_FORMULA.search(source) or (match["dollar"] and not _FORMULA.search(match["dollar"])):
            return None
        if mathematics is Mathematics.READ:
            return in_words(source) or None
        return "a formula" if mathematics is Mathematics.SAY else ""

    return say


def _displayed(match: re.Match[str]) -> str | None:
    said = in_words(match["all"])
    return f"{said}{match['stop']}" if said else None
