"""Bylines and dates in the first paragraphs of a Markdown text, which are facts of the article and no prose."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from narrate.article.facts import Facts, adds_to, facts_of_lines, with_facts
from narrate.model import BlockKind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from narrate.model import Block, Source

_FIRST = 12
"""How many blocks may be looked at."""
_MOST_CHARACTERS = 300
_BESIDE = frozenset({BlockKind.TITLE, BlockKind.FIGURE, BlockKind.HIDDEN, BlockKind.BREAK})
"""What may stand over a byline: the title, a picture, a comment, a rule."""
_LINK = re.compile(r"!?\[([^\]\[]*)\]\([^()\s]*\)|\[([^\]\[]*)\]\[[^\]\[]*\]")
_SIGNS = re.compile(r"[*_`\\]+|<br\s*/?>", re.IGNORECASE)


def with_bylines(blocks: Sequence[Block], facts: Facts, written: Callable[[Source], str]) -> tuple[list[Block], Facts]:
    """The blocks without the bylines and dates at their start, and the facts with what those say.

    What the facts say already wins; a line that says something else is kept, as a byline. `written` gives the source of
    a span. There is always something left to read.
    """
    kept = list(blocks)
    told = Facts()
    at = 0
    for _ in range(_FIRST):
        if not any(block.kind not in _BESIDE for block in kept[at + 1 :]):
            break
        said = _said(kept[at], written(kept[at].source))
        if said is not None and adds_to(told, said):
            told = with_facts(told, said)
            known = _agrees(with_facts(facts, said), said)
            kept[at : at + 1] = [] if known else [replace(kept[at], kind=BlockKind.BYLINE)]
            at += not known
        elif kept[at].kind in _BESIDE:
            at += 1
        else:
            break
    return kept, with_facts(facts, told)


def _agrees(facts: Facts, said: Facts) -> bool:
    """Whether the facts hold all that a byline says."""
    names = {name.casefold() for name in facts.authors}
    same_day = said.published in {None, facts.published}
    return same_day and all(name.casefold() in names for name in said.authors)


def _said(block: Block, source: str) -> Facts | None:
    """What a paragraph says that is nothing but bylines and dates, one after the other or a line each."""
    if block.kind is not BlockKind.PARAGRAPH or len(block.text) > _MOST_CHARACTERS:
        return None
    return facts_of_lines([block.text]) or facts_of_lines(plain_line(line) for line in source.split("\n"))


def plain_line(line: str) -> str:
    r"""A line of Markdown without emphasis and the addresses of links.

    >>> plain_line("*By [Ann](https://a.b)*  "), plain_line("__March 7__\\")
    ('By Ann', 'March 7')
    """
    return " ".join(_SIGNS.sub("", _LINK.sub(lambda match: match[1] or match[2] or "", line)).split())
