"""Displayed formulas: lines of signs and letters of formulas, without prose, set in from their column or numbered."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from narrate.article.pdf.paragraphs import BULLET, NUMBER
from narrate.article.pdf.text import Look

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from narrate.article.pdf.text import Line

_RELATION = re.compile("[=<>≠≈∼≃≅≡≤≥≪≫⪯⪰∈∉⊂⊆∝→⇒⇔↦∑∏∫∮√∂∇±∀∃:≔]|\\+")
_NUMBERED = re.compile(r"\s\(\s?(?:[A-Z]\.?)?\d{1,3}(?:\.\d{1,3})?[a-z]?\s?\)\s*$")
_PROSE = re.compile(r"[^\W\d_]{2,}")
_NAMES = frozenset(
    re.findall(
        r"\S+",
        "log exp max min sup inf lim sin cos tan sinh cosh tanh arg argmax argmin det dim ker var cov corr tr diag sgn "
        "sign rank mod gcd ln lg deg pr prob if for all and where with otherwise else st subject to over is of or min",
    )
)
"""Words that stand in formulas."""
_SHARE = 0.3
"""No more than this part of a formula's signs is in words of prose."""
_INDENT_EM = 0.9
_NEAR_EM = 2.2
_APART_EM = 4.0
_FRAGMENT = 40
_MANY_CELLS = 4


def parted(lines: Sequence[Line]) -> Iterator[tuple[bool, list[Line]]]:
    """The lines of a region in stretches, of which the formulas are told: fractions and limits are theirs too."""
    left = _left(lines)
    sure = [_is_formula(line, left) for line in lines]
    told = list(sure)
    for at in range(1, len(lines)):
        told[at] = told[at] or (told[at - 1] and _is_part(lines[at], lines[at - 1]))
    for at in range(len(lines) - 2, -1, -1):
        told[at] = told[at] or (told[at + 1] and _is_part(lines[at], lines[at + 1]))
    held: list[Line] = []
    for at, line in enumerate(lines):
        if held and (told[at] != told[at - 1] or (told[at] and not _is_near(line, lines[at - 1]))):
            yield told[at - 1], held
            held = []
        held.append(line)
    if held:
        yield told[-1], held


def _left(lines: Sequence[Line]) -> float:
    """Where the prose of a region begins: at the left edge of what has most words."""
    starts: dict[int, int] = {}
    for line in lines:
        starts[round(line.left)] = starts.get(round(line.left), 0) + len(_PROSE.findall(line.text))
    return max(starts, key=lambda start: (starts[start], -start)) if starts else 0.0


def _is_formula(line: Line, left: float) -> bool:
    """Whether a line is a formula for sure."""
    if line.mono or BULLET.match(line.text) or NUMBER.match(line.text) or not _RELATION.search(line.text):
        return False
    numbered = _NUMBERED.search(line.text) is not None
    if not _has_letter(line) or (len(line.cells) > _MANY_CELLS and not numbered):
        return False
    prose = _prose(line)
    signs = len("".join(line.text.split()))
    set_in = line.left > left + _INDENT_EM * line.size
    return prose <= _SHARE * signs and (set_in or numbered or not prose)


def _has_letter(line: Line) -> bool:
    """Whether a letter or an operator stands in a font of formulas: a lone "<" is a label, a "−" a number's sign."""
    inside = "".join(line.text[each.start : each.end] for each in line.stretches if each.look is Look.MATHS)
    return any(sign.isalpha() or sign in "∑∏∫√" for sign in inside)


def _prose(line: Line) -> int:
    """How many letters of a line are in words that no formula has."""
    covered = [(each.start, each.end) for each in line.stretches if each.look in {Look.MATHS, Look.RAISED}]
    words = [match for match in _PROSE.finditer(line.text) if match[0].lower() not in _NAMES]
    return sum(
        len(match[0])
        for match in words
        if not any(start < match.end() and match.start() < end for start, end in covered)
    )


def _is_part(line: Line, beside: Line) -> bool:
    """Whether a line without words is a part of the formula beside it: a numerator, the second half."""
    if line.mono or BULLET.match(line.text) or _prose(line) or len(line.text) > _FRAGMENT:
        return False
    across = line.left < beside.right + _APART_EM * line.size and line.right > beside.left - _APART_EM * line.size
    return across and _is_near(line, beside)


def _is_near(line: Line, beside: Line) -> bool:
    return line.page == beside.page and abs(line.base - beside.base) < _NEAR_EM * max(line.size, beside.size)
