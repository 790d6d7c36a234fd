"""Sources of many kinds, the articles they are read as, and what became of these."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from narrate.article.markdown import MarkdownReader
from narrate.article.text import TextReader
from narrate.model import Article, Coverage, Fate, Origin, Script, Style, Voice
from narrate.script import write_script
from narrate.script.coverage import coverage_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from narrate.article import Reader

SEED = Path(__file__).parents[3] / "seeds" / "000_8b5a2423189e2da9.txt"
SOURCES = [SEED, *sorted((Path(__file__).parent / "kinds").iterdir())]
PLAIN = Style()
READERS: dict[str, Reader] = {".md": MarkdownReader(), ".txt": TextReader()}


@pytest.fixture(params=SOURCES, ids=lambda path: path.name)
def article(request: pytest.FixtureRequest) -> Article:
    """An article of each kind: the seed, a live blog, a recipe and others."""
    path: Path = request.param
    return READERS[path.suffix].read(path.read_bytes(), Origin(path.name))


@pytest.fixture
def read() -> Callable[[str, str], Article]:
    """Reads a source as Markdown (``.md``) or text (``.txt``)."""
    return lambda source, suffix: READERS[suffix].read(source.encode(), Origin(f"a{suffix}"))


@pytest.fixture
def write(joe: Voice) -> Callable[..., Script]:
    """Writes the script of articles in a style."""
    return lambda *articles, style=PLAIN, title="": write_script(articles, style, joe, title)


@pytest.fixture
def lost() -> Callable[[list[Article], Script], list[str]]:
    """What has no fate."""
    return lambda articles, script: lost_in(coverage_of(articles, script))


def lost_in(coverage: Coverage) -> list[str]:
    """The stretches that are lost."""
    return [stretch.text for stretch in coverage.stretches if stretch.fate is Fate.LOST]
