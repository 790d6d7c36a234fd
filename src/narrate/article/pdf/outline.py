"""How deep headings and items of lists are; and the table of contents, which is there to be looked at."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from narrate.article.pdf.kinds import LETTERS, SECTION_NUMBER, Draft
from narrate.model import BlockKind, Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

_LEADERS = re.compile(r"(?:\.[ \u2009]?){4,}\s*+(?:[\divxl]{1,5})?\s*$|(?:\.\s){6}|\.{6}")
_BETWEEN = 80
_STEP_EM = 0.7
_INSIDE = frozenset(
    {BlockKind.PARAGRAPH, BlockKind.CODE, BlockKind.MATH, BlockKind.TABLE, BlockKind.NOTE, BlockKind.FIGURE}
)
"""What may stand between the items of one list."""


def without_contents(made: Sequence[Draft]) -> list[Draft]:
    """The drafts of which the lines of a table of contents are left out: those with dots before a page's number."""
    led = [at for at, draft in enumerate(made) if draft.reason is None and _is_led(draft)]
    kept = list(made)
    for at, after in zip(led, [*led[1:], led[-1:]], strict=False):
        inner = range(at + 1, after) if isinstance(after, int) and after - at <= _FEW else ()
        short = [each for each in inner if len(_text(made[each])) <= _BETWEEN]
        for each in (at, *(short if len(short) == len(inner) else ())):
            if made[each].reason is None:
                kept[each] = replace(made[each], kind=BlockKind.PARAGRAPH, level=0, number=0, reason=Reason.NAVIGATION)
    return kept


_FEW = 8


def _is_led(draft: Draft) -> bool:
    lines = draft.lines
    return draft.kind is not BlockKind.CODE and 2 * sum(bool(_LEADERS.search(line.text)) for line in lines) >= len(
        lines
    )


def nested(made: Sequence[Draft]) -> list[Draft]:
    """The drafts with the depths of items: one that begins further in than the item above is inside it."""
    kept: list[Draft] = []
    indents: list[float] = []
    for draft in made:
        if draft.reason is None and draft.kind is BlockKind.LIST_ITEM:
            group = draft.groups[0]
            here, step = group.first.left - group.left, _STEP_EM * group.size
            while indents and here < indents[-1] - step:
                indents.pop()
            if not indents or here > indents[-1] + step:
                indents.append(here)
            kept.append(replace(draft, level=min(6, len(indents))))
            continue
        if draft.reason is None and draft.kind not in _INSIDE:
            indents.clear()
        if draft.kind is BlockKind.PARAGRAPH and draft.reason is None and _is_out(draft, indents):
            indents.clear()
        kept.append(draft)
    return kept


def _is_out(draft: Draft, indents: Sequence[float]) -> bool:
    """Whether a paragraph stands further out than the items before it, so that their list is over."""
    group = draft.groups[0]
    return bool(indents) and group.first.left - group.left < indents[0] - _STEP_EM * group.size


def _text(draft: Draft) -> str:
    return " ".join(line.text for line in draft.lines)


def levelled(made: Sequence[Draft]) -> list[Draft]:
    """The drafts with the levels of headings that no table of contents tells.

    By the depth of their numbers ("2.1" is below "2"), else by size and weight.
    """
    heads = [draft for draft in made if draft.kind is BlockKind.HEADING]
    below = int(any(draft.kind is BlockKind.TITLE for draft in made))
    styles = sorted({draft.style for draft in heads}, reverse=True)
    depths: dict[float, Counter[int]] = {style: Counter() for style in styles}
    for draft in heads:
        number = SECTION_NUMBER.match(_text(draft))
        depth = draft.level or (len(LETTERS.findall(number[0])) + below if number else 0)
        depths[draft.style].update([depth] if depth else [])
    levels: dict[float, int] = {}
    for style in styles:
        deeper = max(levels.values(), default=below) + 1
        levels[style] = min(6, depths[style].most_common(1)[0][0] if depths[style] else deeper)
    return [
        replace(draft, level=levels[draft.style]) if draft.kind is BlockKind.HEADING and not draft.level else draft
        for draft in made
    ]
