"""What the tests of this room share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from narrate.article.markdown import read_markdown
from narrate.article.text import read_text
from narrate.model import Block, BlockKind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from narrate.article.facts import Facts

_SIGNS = {
    BlockKind.TITLE: "title",
    BlockKind.PARAGRAPH: "p",
    BlockKind.CODE: "code",
    BlockKind.TABLE: "table",
    BlockKind.BREAK: "--",
    BlockKind.FIGURE: "picture",
    BlockKind.NOTE: "note",
    BlockKind.HIDDEN: "hidden",
    BlockKind.BYLINE: "byline",
    BlockKind.FURNITURE: "furniture",
}


def _sign(block: Block) -> str:
    if block.kind is BlockKind.HEADING:
        return "#" * block.level
    if block.kind is BlockKind.QUOTE:
        return ">" * block.level
    if block.kind is BlockKind.LIST_ITEM:
        return "  " * (block.level - 1) + (f"{block.number}." if block.number else "-")
    return _SIGNS[block.kind]


def _line(block: Block) -> str:
    """A block on one line: its sign, and its words or the first and last of them."""
    text = block.text.replace("\n", " / ").replace("\t", " | ")
    return f"{_sign(block)} {text if len(text) <= 60 else f'{text[:44]} … {text[-12:]}'}"


def outline_of(blocks: Sequence[Block], facts: Facts) -> str:
    """Facts, then a block a line."""
    authors = ["by " + ", ".join(facts.authors)] if facts.authors else []
    day = [f"on {facts.published}"] if facts.published else []
    return "\n".join([*authors, *day, *map(_line, blocks)])


@pytest.fixture
def outline() -> Callable[[str], str]:
    """The outline that narrate sees in a plain text: facts, then a block a line behind its sign."""
    return lambda source: outline_of(*read_text(source))


@pytest.fixture
def markdown_outline() -> Callable[[str], str]:
    """The same of a Markdown text."""
    return lambda source: outline_of(*read_markdown(source, "a.md"))
