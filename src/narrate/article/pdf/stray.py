"""Small signs that stand between the lines of a paragraph, on no line of their own: the outer parts of its formulas."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from narrate.article.pdf.text import Look, Stretch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from narrate.article.pdf.text import Line

_CHARACTERS = 12
_SMALL = 0.82
_CLOSE = 1.9
_WORD = re.compile(r"[^\W\d_]{3}")


def gathered(lines: Sequence[Line]) -> list[Line]:
    """The lines of a region, of which small signs between two lines are at the end of the nearer one.

    Else an index that hangs far below its letter would part a sentence into paragraphs.
    """
    kept: list[Line] = []
    for at, line in enumerate(lines):
        below = lines[at + 1] if at + 1 < len(lines) else None
        if kept and below is not None and _is_stray(line, kept[-1], below):
            kept[-1] = _with(kept[-1], line)
        else:
            kept.append(line)
    return kept


def _is_stray(line: Line, above: Line, below: Line) -> bool:
    """Whether a line is nothing but small signs, and those above and below stand as close as if it were not there."""
    size = min(above.size, below.size)
    if line.mono or len(line.text) > _CHARACTERS or line.size >= _SMALL * size or _WORD.search(line.text):
        return False
    together = 0 < above.base - below.base < _CLOSE * size and above.page == below.page
    across = line.right > above.left and line.left < above.right
    return together and across and not above.text.rstrip().endswith(("-", "\u2010")) and len(above.text) > _CHARACTERS


def _with(line: Line, stray: Line) -> Line:
    text = line.text.rstrip() + " "
    end = len(text) + len(stray.text)
    return replace(line, text=text + stray.text, stretches=(*line.stretches, Stretch(Look.RAISED, len(text), end)))
