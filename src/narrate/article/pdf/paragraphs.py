"""Lines of a column to paragraphs, and their lines joined to running text."""

from __future__ import annotations

import re
import statistics
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from narrate.article.pdf.text import Look, Stretch

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from narrate.article.pdf.text import Line

BULLET = re.compile(r"\s*([•▪■➢◦‣●○–—*·-])\s+(?=\S)")
NUMBER = re.compile(r"\s*(?:\[(\d{1,3})\]|\((\d{1,3}|[a-z]|[ivx]{1,4})\)|(\d{1,3}|[a-z](?=\)))[.)])\s+(?=\S)")
_ENDED = re.compile(r"[.!?:…。！？؟][\"'”’»)\]\d]*\s*$")
_BROKEN = re.compile(r"(?<![^\W\d_])([^\W\d_]+)[-\u2010]$")
_WORD = re.compile(r"[^\W\d_]+")
_NO_SPACE = re.compile("[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")
_SUSPENDED = frozenset(re.findall(r"\S+", "and or to und oder bis sowie et ou y o e"))
_LEAST_WORD = 3
_LONGEST = 100
_INDENT_EM = 0.7
_SAME_POINTS = 3.0
_AROUND = 6


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that belong together; `right` is how far the lines of their column go, `indented` about the first."""

    lines: tuple[Line, ...]
    left: float
    right: float
    gap: float = 0.0
    indented: bool = False

    @property
    def first(self) -> Line:
        """Its first line."""
        return self.lines[0]

    @property
    def size(self) -> float:
        """The size of most of its characters."""
        return max(self.lines, key=lambda line: len(line.text)).size

    @property
    def is_full(self) -> bool:
        """Whether its last line goes to the end of the column, so that the text may go on elsewhere."""
        last = self.lines[-1]
        return last.right > self.right - 2 * last.size

    @property
    def is_ended(self) -> bool:
        """Whether a sentence ends with it."""
        return _ENDED.search(self.lines[-1].text) is not None


def groups(lines: Sequence[Line]) -> Iterator[Group]:
    """The paragraphs, headings, items and rows of a region, from top to bottom."""
    if not lines:
        return
    left, right = _usual_left(lines), 0.0
    leading = _leading(lines)
    held = [lines[0]]
    gap = indented = 0.0
    for at, (before, line) in enumerate(pairwise(lines)):
        step, right = before.base - line.base, _far_right(lines, at)
        if _starts(held, line, (left, right), leading):
            yield Group(tuple(held), left, right, gap, indented=indented > 0)
            held, gap = [line], step / max(leading, 1.0)
            indented = float(line.left > left + _INDENT_EM * line.size)
        else:
            held.append(line)
    yield Group(tuple(held), left, max(right, held[-1].right), gap, indented=indented > 0)


def _usual_left(lines: Sequence[Line]) -> float:
    """Where most lines begin."""
    starts = [round(line.left) for line in lines if not line.cells] or [round(line.left) for line in lines]
    return float(max(set(starts), key=lambda start: (sum(abs(start - other) <= 1 for other in starts), -start)))


def _far_right(lines: Sequence[Line], at: int) -> float:
    """How far the lines around one go; rows of a table do not count."""
    near = lines[max(0, at - _AROUND) : at + _AROUND + 1]
    plain = [line.right for line in near if not line.cells and _same_size(line, lines[at])]
    return max(plain or [lines[at].right])


def _leading(lines: Sequence[Line]) -> float:
    """The usual distance of base lines; a quarter more than the letters' size where there is too little to tell."""
    steps = [
        above.base - below.base
        for above, below in pairwise(lines)
        if 0 < above.base - below.base < 2.6 * below.size and _same_size(above, below)
    ]
    usual = statistics.median_low(steps) if steps else 0.0
    if len(steps) < _LEAST_WORD:
        size = statistics.median(line.size for line in lines)
        return min(steps, default=1.25 * size) if steps and min(steps) < 1.5 * size else 1.25 * size
    return usual


def _same_size(above: Line, below: Line) -> bool:
    return abs(above.size - below.size) <= 0.08 * max(above.size, below.size)


def _starts(held: Sequence[Line], line: Line, edges: tuple[float, float], leading: float) -> bool:
    """Whether a line begins something new after those that are held."""
    before = held[-1]
    left, right = edges
    step = before.base - line.base
    # Large letters stand further apart than those of the body around them.
    usual = max(leading, 1.15 * line.size) if line.size > leading / 1.15 else leading
    if step > 1.22 * usual + 0.5 or step < 0 or not _same_size(before, line) or before.page != line.page:
        return True
    if before.mono or line.mono:
        return before.mono != line.mono
    if before.bold != line.bold and not _is_broken(before, line):
        return True
    if before.cells and line.cells:
        return False
    return _begins(held, line, left, right)


def _begins(held: Sequence[Line], line: Line, left: float, right: float) -> bool:
    """Whether a line that looks like the one before begins a paragraph or an item."""
    before = held[-1]
    short = before.right < right - 1.5 * before.size - _first_word(line)
    if BULLET.match(line.text) or begins_note(line):
        return True
    if NUMBER.match(line.text) and (short or _ENDED.search(before.text) or NUMBER.match(held[0].text)):
        return True
    if abs(before.middle - line.middle) < _SAME_POINTS and before.left > left + line.size:
        return False  # centred lines
    return _is_indented(held, line, left) or (short and not _is_broken(before, line))


def _is_broken(before: Line, line: Line) -> bool:
    return _BROKEN.search(before.text) is not None and line.text[:1].islower()


def _first_word(line: Line) -> float:
    """About how wide the first word of a line is: it would have fitted above if the lines ran on."""
    word = line.text.split(" ", 1)[0]
    return (line.right - line.left) * len(word) / max(1, len(line.text))


def _is_indented(held: Sequence[Line], line: Line, left: float) -> bool:
    """Whether a line's indent says that it is a first one: further in than its column, or out where the others hang."""
    indent = _INDENT_EM * line.size
    before = held[-1]
    if BULLET.match(held[0].text) or NUMBER.match(held[0].text):
        return line.left < held[0].left + _SAME_POINTS < before.left if len(held) > 1 else False
    if line.left < left - indent:
        return before.left >= left - _SAME_POINTS
    return line.left > left + indent and before.left < line.left - indent and len(held) >= 1 and not _hangs(held, left)


def _hangs(held: Sequence[Line], left: float) -> bool:
    """Whether what is held began further out than its column, so that what is further in goes on with it."""
    return held[0].left < left - _SAME_POINTS


def begins_note(line: Line) -> bool:
    """Whether a line begins with a raised number or sign."""
    at = len(line.text) - len(line.text.lstrip())
    return any(each.look is Look.RAISED and each.start <= at for each in line.stretches)


@dataclass(frozen=True, slots=True)
class Running:
    """Text whose lines are joined, and what of it stands out."""

    text: str = ""
    stretches: tuple[Stretch, ...] = ()


def joined(lines: Sequence[Line], words: Collection[str]) -> Running:
    """Lines as running text; `words` are those of the document, by which a word broken at a line's end is mended."""
    running = Running()
    for line in lines:
        running = _with_line(running, line, words)
    return running


def _with_line(running: Running, line: Line, words: Collection[str]) -> Running:
    inner = line.text.strip()
    lead = len(line.text) - len(line.text.lstrip())
    text, between = _seam(running.text, inner, words) if running.text and inner else (running.text, "")
    start = len(text) + len(between)
    moved = (
        replace(each, start=start + max(0, each.start - lead), end=start + min(len(inner), each.end - lead))
        for each in line.stretches
    )
    kept = (each for each in moved if each.end > each.start)
    return Running(text + between + inner, (*running.stretches, *kept))


def _seam(before: str, after: str, words: Collection[str]) -> tuple[str, str]:
    """The earlier text, without a hyphen that is the line's and not the word's, and what stands between.

    >>> _seam("an exam-", "ple", set()), _seam("to co-", "operate", {"co-operate"})
    (('an exam', ''), ('to co-', ''))
    >>> _seam("a well-", "known", {"well", "known"}), _seam("first-", "and second-class", set())
    (('a well-', ''), ('first-', ' '))
    """
    broken, follower = _BROKEN.search(before[-_LONGEST:]), _WORD.match(after)
    if broken and follower:
        head, tail = broken[1].lower(), follower[0].lower()
        if tail in _SUSPENDED:
            return before, " "
        return (before[:-1] if _is_one_word(head, tail, follower[0], words) else before), ""
    if before.endswith("-") and not before.endswith((" -", "--")) and after[:1].isalnum():
        return before, ""
    if _NO_SPACE.match(before[-1]) and _NO_SPACE.match(after[0]):
        return before, ""
    return before, " "


def _is_one_word(head: str, tail: str, written: str, words: Collection[str]) -> bool:
    """Whether the hyphen between two halves is the line's: what typesetting programs put there, unless words say no."""
    if f"{head}-{tail}" in words or not written[0].islower():
        return False
    if head + tail in words:
        return True
    return not (head in words and tail in words and min(len(head), len(tail)) >= _LEAST_WORD)
