"""Displayed formulas: lines of signs and letters of formulas, without prose, set in from their column or numbered."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from narrate.article.pdf.kinds import CAPTION
from narrate.article.pdf.paragraphs import BULLET, NUMBER
from narrate.article.pdf.text import Look

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from narrate.article.pdf.text import Line

_RELATION = re.compile("[=<>≠≈∼≃≅≡≤≥≪≫⪯⪰∈∉⊂⊆∝→⇒⇔↦∑∏∫∮√∂∇±∀∃:≔]|\\+")
_NUMBERED = re.compile(r"\s\(\s?(?:[A-Z]\.?)?\d{1,3}(?:\.\d{1,3})?[a-z]?\s?\)\s*$")
_NUMBER_FIRST = re.compile(r"\s*\(\d{1,3}(?:\.\d{1,3})?\)\s")
_PROSE = re.compile(r"[^\W\d_]{2,}")
_NAMES = frozenset(
    re.findall(
        r"\S+",
        "log exp max min sup inf lim sin cos tan sinh cosh tanh arg argmax argmin det dim ker var cov corr tr diag sgn "
        "sign rank mod gcd ln lg deg pr prob if for all and where with otherwise else st subject to over is of or min",
    )
)
"""Words that stand in formulas."""
_SHARE = 0.25
"""No more than this part of a formula's signs is in words of prose."""
_INDENT_EM = 0.9
_NEAR_EM = 2.2
_APART_EM = 4.0
_RUN = 6
_FRAGMENT = 40
_MANY_CELLS = 4


def parted(lines: Sequence[Line]) -> Iterator[tuple[bool, list[Line]]]:
    """The lines of a region in stretches, of which the formulas are told: fractions and limits are theirs too."""
    left = _left(lines)
    sure = [_is_formula(line, left) for line in lines]
    told = _with_parts(lines, _with_parts(lines, sure, range(len(lines))), range(len(lines) - 1, -1, -1))
    held: list[Line] = []
    for at, line in enumerate(lines):
        if held and (told[at] != told[at - 1] or (told[at] and not _is_near(line, lines[at - 1]))):
            yield told[at - 1], held
            held = []
        held.append(line)
    if held:
        yield told[-1], held


def _with_parts(lines: Sequence[Line], sure: Sequence[bool], order: Iterable[int]) -> list[bool]:
    """Which lines are formulas or, in this order, parts of the one before."""
    told = list(sure)
    run: list[Line] = []
    for at in order:
        told[at] = told[at] or _is_part(lines[at], run)
        run = [*run[-_RUN:], lines[at]] if told[at] else []
    return told


def _left(lines: Sequence[Line]) -> float:
    """Where the prose of a region begins: at the left edge of what has most words."""
    starts: dict[int, int] = {}
    for line in lines:
        starts[round(line.left)] = starts.get(round(line.left), 0) + len(_PROSE.findall(line.text))
    return max(starts, key=lambda start: (starts[start], -start)) if starts else 0.0


def _is_formula(line: Line, left: float) -> bool:
    """Whether a line is a formula for sure."""
    item = NUMBER.match(line.text) and not _NUMBER_FIRST.match(line.text)
    if line.mono or BULLET.match(line.text) or item or CAPTION.match(line.text) or not _RELATION.search(line.text):
        return False
    numbered = bool(_NUMBERED.search(line.text) or _NUMBER_FIRST.match(line.text))
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


def _is_part(line: Line, run: Sequence[Line]) -> bool:
    """Whether a line without words is a part of the formula that ends beside it: a numerator, a row of a matrix."""
    if not run or line.mono or BULLET.match(line.text) or _prose(line) or len(line.text) > _FRAGMENT:
        return False
    left, right = min(each.left for each in run), max(each.right for each in run)
    across = line.left < right + _APART_EM * line.size and line.right > left - _APART_EM * line.size
    return across and _is_near(line, run[-1])


def _is_near(line: Line, beside: Line) -> bool:
    return line.page == beside.page and abs(line.base - beside.base) < _NEAR_EM * max(line.size, beside.size)
