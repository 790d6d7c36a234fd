"""Articles, voices and scripts for the tests of this room."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from narrate.model import Article, Block, BlockKind, Origin, Source, Voice

if TYPE_CHECKING:
    from collections.abc import Callable

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture
def seed_text() -> bytes:
    """The article the project began with."""
    return (SEEDS / "000_8b5a2423189e2da9.txt").read_bytes()


@pytest.fixture
def golden_text() -> str:
    """Its golden reference, in YAML."""
    return (SEEDS / "000_8b5a2423189e2da9.golden.yaml").read_text(encoding="utf-8")


@pytest.fixture
def joe() -> Voice:
    """The neural voice, as its preset has it."""
    return Voice(
        name="joe",
        engine="piper",
        id="en_US-joe-medium",
        language="en-US",
        disclosure="This article is read by an AI voice.",
        disclosure_spoken="This article is read by an A.I. voice.",
    )


@pytest.fixture
def article_of() -> Callable[..., Article]:
    """Makes an article from blocks written as (kind, text), (kind, text, level) or Block."""
    return make_article


def make_article(*blocks: Block | tuple[str | int, ...], title: str = "The Title", **facts: object) -> Article:
    """An article whose blocks stand on lines 1, 3, 5 …; other facts by name."""
    made = tuple(block if isinstance(block, Block) else _block(number, *block) for number, block in enumerate(blocks))
    known = {"origin": Origin("x.txt", "x.txt"), "sha256": "0" * 64, "language": "en", **facts}
    return Article(title=title, blocks=made, **known)  # type: ignore[arg-type]  # the facts are the caller's


def _block(number: int, kind: str | int, text: str | int, level: str | int = 0) -> Block:
    source = Source(100 * number, 100 * number + len(str(text)), 2 * number + 1)
    return Block(BlockKind(str(kind)), str(text), source, level=int(level))
