"""An article with something of every kind, and what is heard of it under a policy."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from narrate.model import Article, Block, BlockKind, Diction, Mark, MarkKind, Origin, Policy, Source, Style, Voice
from narrate.script import write_script

if TYPE_CHECKING:
    from collections.abc import Callable

    from narrate.model import Script

BLOCKS: tuple[tuple[BlockKind, str, dict[str, object]], ...] = (
    (BlockKind.BYLINE, "By Ann Lee", {}),
    (BlockKind.PARAGRAPH, "Rivers rise1 in spring [12], they say.", {"marks": ("note 11-12 a", "citation 23-27")}),
    (BlockKind.HEADING, "Rivers vs. lakes", {"level": 2}),
    (BlockKind.PARAGRAPH, "See the report on rivers.", {"marks": ("link 8-14 https://example.org/r",)}),
    (BlockKind.PARAGRAPH, "It is at https://example.org/a/b today.", {}),
    (BlockKind.PARAGRAPH, "Rain 🌧 fell.", {}),
    (BlockKind.PARAGRAPH, "The mass is x^2 here.", {"marks": ("math 12-15",)}),
    (BlockKind.QUOTE, "Water finds its way.", {"level": 1}),
    (BlockKind.QUOTE, "It always has.", {"level": 1}),
    (BlockKind.LIST_ITEM, "Take a boat", {"level": 1, "number": 1}),
    (BlockKind.FIGURE, "A boat\nThe old ferry.", {"caption": 7}),
    (BlockKind.TABLE, "River\tLength\nNile\tlong", {}),
    (BlockKind.TABLE, "A\n" + "\n".join(f"row {name}" for name in ("one", "two")), {}),
    (BlockKind.CODE, "let boat\n}\nrow", {}),
    (BlockKind.MATH, r"\frac{a}{b}", {}),
    (BlockKind.FURNITURE, "Share this article", {}),
    (BlockKind.HIDDEN, "<!-- draft -->", {}),
    (BlockKind.HEADING, "Works cited", {"level": 2}),
    (BlockKind.REFERENCE, "Lee, A. On rivers. River Press.", {}),
    (BlockKind.NOTE, "As a rule.", {"note": "a"}),
)


def mark(written: str) -> Mark:
    """A mark written as kind, span, value."""
    kind, span, *value = written.split()
    start, end = map(int, span.split("-"))
    kinds = {"note": MarkKind.NOTE_REFERENCE, "citation": MarkKind.CITATION, "link": MarkKind.LINK}
    return Mark(kinds.get(kind, MarkKind.MATH), start, end, *value)


def whole() -> Article:
    """The article, its blocks a line each."""
    made = []
    for number, (kind, text, given) in enumerate(BLOCKS):
        known = {**given, "marks": tuple(map(mark, given.get("marks", ())))}  # type: ignore[call-overload] # it is one
        made.append(Block(kind, text, Source(100 * number, 100 * number + len(text), number + 1), **known))  # type: ignore[arg-type] # as the table has it
    origin = Origin("rivers.txt", "rivers.txt")
    return Article("On rivers", tuple(made), origin, "0" * 64, "en", authors=("Ann Lee",))


def voice() -> Voice:
    """A voice that says nothing of itself."""
    return Voice(name="joe", engine="piper", id="en_US-joe-medium", language="en-US")


def style_with(**chosen: object) -> Style:
    """A style with these choices of the policy, by name."""
    return Style(disclosure=False, diction=Diction(replace(Policy(), **chosen)))  # type: ignore[arg-type] # by name


def script_with(**chosen: object) -> Script:
    """The script of the article under these choices."""
    return write_script([whole()], style_with(**chosen), voice())


@pytest.fixture(scope="session")
def article() -> Article:
    """The article."""
    return whole()


@pytest.fixture(scope="session")
def script() -> Callable[..., Script]:
    """Writes its script under choices given by name."""
    return script_with


@pytest.fixture(scope="session")
def style() -> Callable[..., Style]:
    """A style with choices given by name."""
    return style_with


@pytest.fixture(scope="session")
def joe() -> Voice:
    """A voice that says nothing of itself."""
    return voice()
