"""A block while it is filled, and what becomes of it when it ends."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from narrate.article.dom.run import Run
from narrate.article.dom.tables import Grid, composed_table
from narrate.model import Block, BlockKind, Mark, MarkKind, Omission, Reason, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_RULE = re.compile(r"[\s*•·⁂#~_—–=+.◊❦❧✦-]{1,40}")
_LABEL_LEFT = re.compile(r"[\[(]*\s*[\])]*\s*[.:]*\s*")
_MAX_MARKS = 10_000
"""Of a block: beyond that nobody hears the difference."""


@dataclass(slots=True)
class Draft:
    """A block as it is filled: its text and marks, and where it stands in the linear text so far.

    `alts` are descriptions of pictures in a figure, with their places, `images` their addresses. `labelled` where
    a note's own label was left out before its text.
    """

    kind: BlockKind
    level: int = 0
    number: int = 0
    note: str = ""
    language: str = ""
    start: int = -1
    end: int = -1
    said: Run = field(default_factory=Run)
    marks: list[Mark] = field(default_factory=list)
    grid: Grid | None = None
    alts: list[tuple[int, int, str]] = field(default_factory=list)
    images: list[str] = field(default_factory=list)
    labelled: bool = False

    def reach(self, start: int, end: int) -> None:
        """Take a stretch of the linear text into the block."""
        if self.start < 0:
            self.start = start
        self.end = end


def block_of(draft: Draft) -> tuple[Block | None, list[Omission]]:
    """The block that a draft became, None where it has neither words nor pictures; and what it leaves out."""
    omitted: list[Omission] = []
    caption = 0
    text, marks = _trimmed(draft)
    if draft.grid is not None:
        text, marks = composed_table(draft.grid)
    elif draft.kind is BlockKind.FIGURE:
        text, marks, caption, omitted = _figure(draft, text, marks)
    if not text and not draft.images:
        return None, omitted
    block = Block(_kind(draft.kind, text, marks), text, Source(draft.start, draft.end, 0), draft.level, draft.number)
    said = replace(block, marks=_ordered(marks, text), language=draft.language, note=draft.note)
    return replace(said, caption=caption, images=tuple(draft.images)), omitted


def _trimmed(draft: Draft) -> tuple[str, tuple[Mark, ...]]:
    whole = draft.said.text()
    text = whole.strip("\n").rstrip() if draft.kind is BlockKind.CODE else whole.strip()
    left = whole.find(text)
    if draft.labelled:
        rest = _LABEL_LEFT.match(text)
        left += rest.end() if rest else 0
        text = text[rest.end() if rest else 0 :]
    return text, tuple(moved(draft.marks, -left, len(text)))


def moved(marks: Iterable[Mark], by: int, length: int) -> list[Mark]:
    """Marks moved in a text of that length; those that are outside it are gone, but the begin of a page never is."""
    return placed(marks, lambda at: min(max(at + by, 0), length))


def placed(marks: Iterable[Mark], place: Callable[[int], int]) -> list[Mark]:
    """Marks at the places that a new text has for theirs; those that cover nothing in it are gone, but for pages."""
    found = (replace(mark, start=place(mark.start), end=place(mark.end)) for mark in marks)
    return [mark for mark in found if mark.start < mark.end or mark.kind is MarkKind.PAGE]


def _figure(draft: Draft, caption: str, marks: tuple[Mark, ...]) -> tuple[str, tuple[Mark, ...], int, list[Omission]]:
    """Descriptions, then the caption; a description that the caption says too is left out."""
    words = " ".join(caption.casefold().split())
    again = [alt for alt in draft.alts if " ".join(alt[2].casefold().split()) in words]
    alts = "\n".join(alt[2] for alt in draft.alts if alt not in again)
    omitted = [Omission(Source(start, end, 0), Reason.REPEATED) for start, end, _ in again]
    for start, end, _ in again:
        # At an edge of the block it is outside it.
        draft.start = end if start == draft.start else draft.start
        draft.end = start if end == draft.end else draft.end
    text = "\n".join(filter(None, (alts, caption)))
    before = len(text) - len(caption)
    pages = [mark for mark in marks if mark.kind is MarkKind.PAGE and not mark.start]  # begin with the picture
    rest = [mark for mark in marks if mark not in pages]
    return text, (*pages, *moved(rest, before, len(text))), before if caption else len(alts), omitted


def _kind(kind: BlockKind, text: str, marks: tuple[Mark, ...]) -> BlockKind:
    if kind is not BlockKind.PARAGRAPH:
        return kind
    if _RULE.fullmatch(text) and len(set(text) - set(" \n\u00a0")) == 1 and text not in {".", "...", "—", "–"}:
        return BlockKind.BREAK
    whole = (mark for mark in marks if mark.kind is MarkKind.MATH and mark.end - mark.start == len(text))
    return BlockKind.MATH if any(whole) else kind


def _ordered(marks: tuple[Mark, ...], text: str) -> tuple[Mark, ...]:
    widened = (_widened(mark, text) for mark in marks[:_MAX_MARKS])
    return tuple(sorted(widened, key=lambda mark: (mark.start, -mark.end)))


def _widened(mark: Mark, text: str) -> Mark:
    """The mark of a note or a citation takes in the brackets round it: ``[<a>12</a>]``."""
    if mark.kind not in {MarkKind.CITATION, MarkKind.NOTE_REFERENCE} or not mark.start:
        return mark
    pair = text[mark.start - 1] + text[mark.end : mark.end + 1]
    return replace(mark, start=mark.start - 1, end=mark.end + 1) if pair == "[]" else mark
