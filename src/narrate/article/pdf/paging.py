"""Where in a text the pages begin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from narrate.article.nfc import nfc
from narrate.article.pdf.paragraphs import joined
from narrate.model import BlockKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from narrate.article.pdf.kinds import Draft
    from narrate.model import Block

_LINES = frozenset({BlockKind.TABLE, BlockKind.MATH, BlockKind.CODE})
"""What keeps its lines: a page that begins inside such a block is told with the next one."""


def begun(draft: Draft, block: Block, words: Collection[str], page: int) -> Iterator[tuple[int, int]]:
    """The pages after that of number `page` that begin in a block, and where in its text, in order.

    `words` are those of the document, by which the lines of the draft were joined.
    """
    lines = draft.lines
    for at, line in enumerate(lines):
        if line.page <= page or (at and draft.kind in _LINES):
            continue
        page = line.page
        yield page, _start(draft, block, words, at) if at else 0


def _start(draft: Draft, block: Block, words: Collection[str], at: int) -> int:
    """Where a line begins in the running text; what stands before an item is no text of the block."""
    lines = draft.lines
    before = joined(lines[: at + 1], words).text.removesuffix(lines[at].text.strip())
    cut = len(nfc(joined(lines, words).text)) - len(block.text)
    return min(max(0, len(nfc(before)) - cut), len(block.text))
