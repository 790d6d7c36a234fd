"""An article as written: blocks, marks and where they stand in the source."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


class BlockKind(StrEnum):
    """What a piece of the source is."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    QUOTE = "quote"
    LIST_ITEM = "list item"
    CODE = "code"
    TABLE = "table"
    FIGURE = "figure"
    NOTE = "note"
    BREAK = "break"
    """A section break without a heading: a rule, asterisks, or two blank lines. Its text is as written, often empty."""
    HIDDEN = "hidden"
    """What stands in the source but is not for reading: a comment, a script, a picture without words. As written."""


class MarkKind(StrEnum):
    """What is said of a stretch of text inside a block."""

    EMPHASIS = "emphasis"
    STRONG = "strong"
    CODE = "code"
    LINK = "link"
    LANGUAGE = "language"
    NOTE_REFERENCE = "note reference"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a block stands in the decoded source: characters ``[start, end)`` and its first line, from 1."""

    start: int
    end: int
    line: int


@dataclass(frozen=True, slots=True)
class Mark:
    """An inline mark over ``text[start:end]`` of its block; `value` is a link's URL, a language tag or a note's id."""

    kind: MarkKind
    start: int
    end: int
    value: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the source as written, in Unicode NFC, its lines rejoined.

    `level` is 1-6 for headings, the depth from 1 for list items and quotes, else 0.
    `number` is the number written before an ordered list item, else 0.
    """

    kind: BlockKind
    text: str
    source: Source
    level: int = 0
    number: int = 0
    marks: tuple[Mark, ...] = ()
    language: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where bytes came from: a name for people, and the path or URL that identifies them ("" for standard input)."""

    name: str
    location: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """An article as written.

    `title` is never empty; it is a TITLE block too when the source writes it in
    its text. `language` is a BCP 47 tag. Facts that are not known are empty or None.
    `id` is the front matter's own identity of the article, if it has one.
    """

    title: str
    blocks: tuple[Block, ...]
    origin: Origin
    sha256: str
    language: str
    authors: tuple[str, ...] = ()
    published: date | None = None
    url: str = ""
    id: str = ""
    image: str = ""
