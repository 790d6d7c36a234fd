"""From a source to its blocks: which letters and digits of an article's text are which of a block's."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from dataclasses import replace
from itertools import compress, groupby
from typing import TYPE_CHECKING, NamedTuple

from narrate.script.coverage.align import Run, align_sparing, compose, folded, gaps, letters, pieces, turned, without
from narrate.script.coverage.exact import leave_out

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from narrate.model import Article, Block, Source


class Letters:
    """The letters and digits of an article's text, counted on their own, and where each stands.

    `omitted` are the stretches of them that are in no block, in order and apart, with their reasons.
    """

    def __init__(self, article: Article) -> None:
        self.text = article.text
        self.positions = list(compress(range(len(self.text)), map(str.isalnum, self.text)))
        self.said = letters(self.text)
        self.omitted = list(self._omitted(article))
        self._lines = [0]
        at = self.text.find("\n")
        while at >= 0:
            self._lines.append(at + 1)
            at = self.text.find("\n", at + 1)

    def _omitted(self, article: Article) -> Iterator[tuple[int, int, str]]:
        last = 0
        for omission in sorted(article.omitted, key=lambda each: (each.source.start, each.source.end)):
            low, high = self.within(omission.source)
            if high > max(low, last):
                yield max(low, last), high, str(omission.reason)
                last = high

    def within(self, source: Source) -> tuple[int, int]:
        """Which letters are in a span."""
        return bisect_left(self.positions, source.start), bisect_left(self.positions, source.end)

    def spares(self, low: int, high: int) -> list[tuple[int, int, str]]:
        """The stretches of `omitted` that reach into ``[low, high)``."""
        first = bisect_right(self.omitted, (low, 0, ""))
        first -= bool(first and self.omitted[first - 1][1] > low)
        return self.omitted[first : bisect_left(self.omitted, (high, 0, ""))]

    def line(self, at: int) -> int:
        """The line, from 1, of a character of the text."""
        return bisect_right(self._lines, at)

    def end(self, last: int) -> int:
        """Where a stretch ends whose last letter is the one of that number: after the signs that follow it."""
        at = self.positions[last] + 1
        limit = self.positions[last + 1] if last + 1 < len(self.positions) else len(self.text)
        while at < limit and not self.text[at].isspace():
            at += 1
        return at


class Found(NamedTuple):
    """A block, what of it is read (letters and digits, a list item's number first), and where that is in the source.

    `runs` lead from letters of the source to those of `said`; `numbered` is how many of `said` are the number's.
    """

    block: Block
    said: str
    runs: list[Run]
    numbered: int = 0


def find_blocks(article: Article, source: Letters) -> Iterator[Found]:
    """Every block, in the order of the source; of blocks inside each other the inner one has what both could have."""
    for cluster in _clusters(sorted(article.blocks, key=lambda block: (block.source.start, -block.source.end))):
        taken: list[tuple[int, int]] = []
        found: list[Found] = []
        for _, group in groupby(sorted(cluster, key=_size), key=_size):
            made = list(_together(list(group), source, taken))
            found += made
            if len(cluster) > 1:
                _take(made, taken)
        yield from sorted(found, key=lambda each: each.block.source.start)


def _size(block: Block) -> tuple[int, int]:
    return block.source.end - block.source.start, block.source.start


def _take(made: Iterable[Found], taken: list[tuple[int, int]]) -> None:
    for run in (run for each in made for run in each.runs):
        insort(taken, (run.here, run.here + run.length))


def _together(blocks: Sequence[Block], source: Letters, taken: list[tuple[int, int]]) -> Iterator[Found]:
    """Blocks of which no more is known than that they have a span together: in their order, else one by one."""
    if len(blocks) == 1:
        yield _find(blocks[0], source, taken)
    else:
        yield from _in_order(blocks, source, taken)


def _in_order(blocks: Sequence[Block], source: Letters, taken: list[tuple[int, int]]) -> Iterator[Found]:
    whole = _find(replace(blocks[0], text=" ".join(block.text for block in blocks), number=0), source, taken)
    if sum(run.length for run in whole.runs) == len(whole.said):
        yield from _parted(blocks, whole.runs)
        return
    used = list(taken)
    for block in blocks:
        found = _find(block, source, used)
        _take([found], used)
        yield found


def _parted(blocks: Sequence[Block], runs: Sequence[Run]) -> Iterator[Found]:
    """What is each block's of what was found for all of them."""
    at = 0
    for block in blocks:
        said = letters(block.text)
        mine = compose(runs, [Run(at, 0, len(said))])
        yield Found(block, said, mine)
        at += len(said)


def _clusters(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    """Blocks whose spans reach into each other, together."""
    cluster: list[Block] = []
    end = 0
    for block in blocks:
        if cluster and block.source.start >= end:
            yield cluster
            cluster = []
        cluster.append(block)
        end = max(end, block.source.end)
    if cluster:
        yield cluster


def _find(block: Block, source: Letters, taken: Sequence[tuple[int, int]]) -> Found:
    low, high = source.within(block.source)
    near = taken[bisect_left(taken, (low, low)) : bisect_left(taken, (high, high))]  # inner blocks are inside
    free = pieces(without(Run(low, 0, high - low), near))
    there = "".join(source.said[run.here : run.here + run.length] for run in free)
    omitted = [Run(start, start, end - start) for start, end, _ in source.spares(low, high)]
    spare = [(run.here, run.here + run.length) for run in compose(turned(free), omitted)] if omitted else []
    said = letters(block.text)
    number = str(block.number) if block.number and there.startswith(str(block.number)) else ""
    if number and there == said:  # the text says its number itself
        number = ""
    said = number + said
    runs = align_sparing(there, spare, said)
    missing = (Run(low, 0, high - low) for low, high in gaps(runs, len(there)))
    partly = sum(run.length for run in runs) < len(said)
    if spare and (partly or any(True for each in missing for _ in without(each, spare))):
        runs = leave_out(folded(there), spare, folded(said)) or runs
    return Found(block, said, compose(free, runs), len(number))
