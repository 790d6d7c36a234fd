"""Readers that want walls get them; the others pay nothing."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from narrate.article.text import TextReader
from narrate.model import Article, Block, BlockKind, Origin, Source
from narrate.pipeline import confining
from narrate.pipeline.confining import ConfinedReader, with_walls
from narrate.runtime.plugins import load

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest


class Harmful(TextReader):
    """A reader that asks for walls, and gives the process that it reads in as its title."""

    name = "harmful"
    confined = True

    def read(self, data: bytes, origin: Origin) -> Article:
        """Return an article whose title is a process id."""
        text = data.decode()
        return Article(str(os.getpid()), (Block(BlockKind.CODE, text, Source(0, 1, 1)),), origin, "", "en", text=text)


class Harmless:
    """A plug-in's reader that says nothing of walls."""

    name = "harmless"
    suffixes: tuple[str, ...] = (".txt",)

    def claims(self, head: bytes, origin: Origin) -> float:
        """Say whether it is sure."""
        return 0.4 if head and origin else 0.0

    def read(self, data: bytes, origin: Origin) -> Article:
        """Return an article."""
        return TextReader().read(data, origin)


def test_only_readers_that_ask_are_confined() -> None:
    """Text needs no process of its own, and a plug-in without the attribute is left as it is."""
    text, harmful = Harmless(), Harmful()

    first, second = with_walls([text, harmful])

    assert first is text
    assert isinstance(second, ConfinedReader)
    assert (second.name, second.suffixes) == (harmful.name, harmful.suffixes)
    assert second.claims(b"words", Origin("a.txt")) == harmful.claims(b"words", Origin("a.txt"))


def test_a_confined_reader_reads_through_the_wall(monkeypatch: pytest.MonkeyPatch) -> None:
    """It hands its whole reading to the other process, and names the article to it."""
    asked: list[object] = []

    def confined(function: Callable[..., Article], *arguments: object, what: str) -> Article:
        asked.extend([function, *arguments, what])
        return function(*arguments)

    monkeypatch.setattr(confining, "confined", confined)
    reader, origin = Harmful(), Origin("bread.pdf")

    article = ConfinedReader(reader).read(b"words", origin)

    assert article.text == "words"
    assert asked == [reader.read, b"words", origin, "bread.pdf"]


def test_a_large_text_is_confined_and_a_small_one_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    """Text and Markdown pay for a process only where they are so large that they may need much memory."""
    asked: list[object] = []

    def confined(function: Callable[..., Article], *arguments: object, what: str) -> Article:
        asked.append(what)
        return function(*arguments)

    monkeypatch.setattr(confining, "confined", confined)
    (reader,) = with_walls([TextReader()])

    reader.read(b"Bread is old.\n", Origin("small.txt"))
    reader.read(b"Bread is old.\n\n" * 34_000, Origin("large.txt"))

    assert asked == ["large.txt"]


def test_whatever_others_wrote_is_read_behind_walls() -> None:
    """Pages, books and documents; text and Markdown only where they are long."""
    readers = with_walls(load("narrate.readers").values())
    walled = {reader.name: getattr(reader, "from_bytes", None) for reader in readers}
    assert walled == {"html": 0, "epub": 0, "docx": 0, "pdf": 0, "text": 500_000, "markdown": 500_000}
