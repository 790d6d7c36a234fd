"""Linear text, and the blocks, marks and omissions in it, as a walk over a tree meets them."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from narrate.article.dom.context import Context
from narrate.article.dom.draft import Draft, block_of, placed
from narrate.article.dom.run import Run, composed, lines, seen
from narrate.model import Block, BlockKind, Mark, MarkKind, Omission, Reason, Source

if TYPE_CHECKING:
    from collections.abc import Iterable

    from narrate.article.dom.tables import Cell

_BLANK_LINES = re.compile(r"\A(?:[ \t]*\n)+")
_ALNUM = re.compile(r"[^\W_]")
_SENTENCE_END = re.compile(r"[.!?:;…。！？]['\"’”»)\]]*$")
_DROP_CAP = 2
_MOST_IN_FIGURE = 100
"""Of pictures; so many are no figure."""
_MOST_OPEN = 40
"""So many marks hold at once; an element in 100,000 others says nothing by them."""


@dataclass(slots=True)
class _Open:
    """A mark that is still open; `start` is where it begins in what is filled, -1 where that has no word yet."""

    kind: MarkKind
    value: str
    start: int = -1


@dataclass(slots=True)
class Writer:
    """What was written so far, and what is being filled."""

    linear: Run = field(default_factory=Run)
    blocks: list[Block] = field(default_factory=list)
    omitted: list[Omission] = field(default_factory=list)
    context: Context = field(default_factory=Context)
    draft: Draft | None = None
    opened: list[_Open] = field(default_factory=list)
    unset: list[_Open] = field(default_factory=list)
    hole: tuple[int, int] | None = None
    labelled: bool = False
    pages: list[str] = field(default_factory=list)
    """Pages that have begun, and no word of theirs has come yet."""
    picture_end: tuple[int, str] = (-1, "")
    image: str = ""
    """The address of the picture in hand."""

    def text(self, said: str) -> None:
        """Text of the tree, as the context has it."""
        if self.context.kept:
            self._kept(lines(said))
            return
        start = self.linear.write(said)
        if self.context.reason is not None:
            self._leave_out(start)
        elif start >= 0:
            target = self._target()
            self._began(target, target.said.write(said))
            self._reach(start)
        elif self.draft is not None and said:
            self._target().said.part(" ")

    def _kept(self, said: str) -> None:
        if self.draft is None:
            said = _BLANK_LINES.sub("", said)
        if not said or (self.draft is None and not said.strip()):
            return
        start = self.linear.keep(said)
        if self.context.reason is not None:
            self._leave_out(start)
            return
        target = self._target()
        self._began(target, target.said.keep(said))
        self._reach(start)

    def _leave_out(self, start: int) -> None:
        if start >= 0:
            self.hole = (self.hole[0] if self.hole else start, self.linear.length)

    def _reach(self, start: int) -> None:
        if self.draft is not None:
            self.draft.reach(start, self.linear.length)

    def _target(self) -> Draft | Cell:
        """What text goes to: the cell of a table, or the block that is filled; a new one where there is none."""
        here = self.context
        if self.draft is None:
            self.draft = Draft(here.kind, here.level, note=here.note, language=here.language)
            self.draft.grid = here.grid
            self.draft.labelled = self.labelled and here.kind is BlockKind.NOTE
            self.labelled = False
            if here.item is not None and here.kind is BlockKind.LIST_ITEM:
                self.draft.number, here.item.number = here.item.number, 0
        if here.grid is not None:
            return here.grid.cell or here.grid.stray()
        return self.draft

    def _began(self, target: Draft | Cell, at: int) -> None:
        for mark in self.unset:
            mark.start = at
        self.unset.clear()
        if self.pages:
            self._turn(target, at)

    def _turn(self, target: Draft | Cell, at: int) -> None:
        """The pages that have begun begin here."""
        target.marks += [Mark(MarkKind.PAGE, at, at, label) for label in self.pages]
        self.pages.clear()

    def page(self, label: str) -> None:
        """A page of that label begins, in the block of the next word."""
        if label:
            self.pages.append(label)

    def mark(self, kind: MarkKind, value: str = "") -> None:
        """A mark begins."""
        opened = _Open(kind, value)
        self.opened.append(opened)
        if len(self.opened) <= _MOST_OPEN:
            self.unset.append(opened)

    def unmark(self, left: int) -> None:
        """Marks end until so many are open."""
        while len(self.opened) > left:
            mark = self.opened.pop()
            self._settle(mark)
            if mark in self.unset:
                self.unset.remove(mark)

    def _settle(self, mark: _Open) -> None:
        """Give a mark to what is filled, if it has a word there."""
        if mark.start >= 0 and self.draft is not None:
            target = self._target()
            target.marks.append(Mark(mark.kind, mark.start, target.said.length, mark.value))
        mark.start = -1

    def settle_all(self) -> None:
        """Give what is filled the marks that go on after it; they begin again in what follows."""
        held = self.opened[:_MOST_OPEN]
        for mark in held:
            self._settle(mark)
        self.unset = held

    def close(self) -> None:
        """The block that is filled ends here."""
        draft, self.draft = self._settled(), None
        self.linear.part("\n")
        if draft is None:
            return
        if draft.images and draft.start < 0:
            draft.reach(self.linear.length, self.linear.length)
        block, omitted = block_of(draft)
        if draft.grid is not None:
            draft.grid.rows = []
            draft.grid.cell = None
        if block is not None:
            self.blocks.append(block)
        self.omitted += omitted

    def _settled(self) -> Draft | None:
        if self.opened:
            self.settle_all()
        return self.draft

    def line(self) -> None:
        """A line ends inside a block; two in a row end the paragraph."""
        here, draft = self.context, self.draft
        if here.kept:
            self._kept("\n")
        elif here.flow:
            self.soften()
        elif draft is not None and here.reason is None:
            if draft.said.wait == "\n":
                self.close()
            else:
                draft.said.part("\n")
        self.linear.part("\n" if not here.grid else " ")

    def soften(self) -> None:
        """The border of a block where blocks do not end: words do."""
        self.linear.part(" ")
        if self.draft is not None and self.context.reason is None:
            self._target().said.part(" ")

    def picture(self, alt: str) -> None:
        """The words in place of a picture: a figure of their own, part of one, or a word in a sentence."""
        here = self.context
        again = self.picture_end == (self.linear.length, alt)
        if again or here.reason is not None:
            self._unsaid(alt, here.reason or Reason.REPEATED)
            self._lend()
        elif here.kind is BlockKind.FIGURE and not here.caption:
            self._describe(alt)
        elif here.flow or here.held or len(_ALNUM.findall(alt)) <= _DROP_CAP or not self._sentence_ended():
            self.inline(alt)
        else:
            self.close()
            self.context = replace(here, kind=BlockKind.FIGURE, level=0)
            self._describe(alt)
            self.close()
            self.context = here
        self.picture_end = (self.linear.length, alt)

    def depict(self) -> None:
        """The picture in hand is one of the figure that is filled, if it stands in one, with words or without."""
        here = self.context
        if self.image and here.kind is BlockKind.FIGURE and not here.caption:
            self._target()
            room = self.draft is not None and len(self.draft.images) < _MOST_IN_FIGURE
            if self.draft is not None and room and self.image not in self.draft.images:
                self.draft.images.append(self.image)
        self.image = ""

    def _lend(self) -> None:
        """The same picture once more: it may have the address that it had not."""
        if self.draft is None and self.image and self.blocks and self.blocks[-1].kind is BlockKind.FIGURE:
            last = self.blocks[-1]
            self.blocks[-1] = replace(last, images=last.images or (self.image,))

    def _sentence_ended(self) -> bool:
        said = self.draft.said if self.draft is not None else None
        return said is None or said.wait == "\n" or _SENTENCE_END.search(said.last()) is not None

    def _describe(self, alt: str) -> None:
        self.linear.part("\n")
        start = self.linear.write(alt)
        self.linear.part("\n")
        target = self._target()
        self._turn(target, target.said.length)
        target.said.part(" ")
        if self.draft is not None and start >= 0:
            self.draft.alts.append((start, self.linear.length, seen(alt)))
        self._reach(start)
        self.depict()

    def inline(self, words: str) -> None:
        """Words in place of a sign, parted from those about them unless they are a letter."""
        apart = len(_ALNUM.findall(words)) > _DROP_CAP
        if apart and self.draft is not None:
            self.text(" ")
        self.text(words)
        if apart:
            self.text(" ")

    def _unsaid(self, words: str, reason: Reason) -> None:
        here, hole = self.context, self.hole
        self.context = replace(here, reason=reason, kept=False)
        self.text(f" {words} ")
        self.context = here
        if here.reason is None:
            self.end_hole(reason)
            self.hole = hole

    def end_hole(self, reason: Reason) -> None:
        """What is left out ends here."""
        if self.hole is not None:
            self.omitted.append(Omission(Source(*self.hole, 0), reason))
        self.hole = None

    def finish(
        self, places: Iterable[int] = ()
    ) -> tuple[str, tuple[Block, ...], tuple[Omission, ...], tuple[int, ...]]:
        """The linear text, and blocks and omissions in order, their lines counted; and these places in it."""
        self.close()
        text, place = composed(self.linear.text())
        ends = [at for at, character in enumerate(text) if character == "\n"]

        def at(source: Source) -> Source:
            start = place(source.start)
            return Source(start, place(source.end), bisect_left(ends, start) + 1)

        blocks = (replace(_composed(block), source=at(block.source)) for block in self.blocks)
        omitted = (replace(omission, source=at(omission.source)) for omission in self.omitted)
        return (
            text,
            tuple(blocks),
            tuple(sorted(omitted, key=lambda each: each.source.start)),
            tuple(map(place, places)),
        )


def _composed(block: Block) -> Block:
    text, place = composed(block.text)
    if text is block.text:
        return block
    marks = tuple(placed(block.marks, place))
    return replace(block, text=text, caption=place(block.caption), marks=marks)
