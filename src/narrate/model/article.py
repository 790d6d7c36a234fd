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
    FURNITURE = "furniture"
    """What a page puts round an article, inside its text: share, subscribe, related, a picture's credit."""
    BYLINE = "byline"
    """Who wrote an article and when, as its text says it; the article's own fields hold the same."""
    MATH = "math"
    """A displayed formula, as TeX or as it is written."""
    REFERENCE = "reference"
    """An entry of the list of works at the end of an article."""
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
    """The mark of a footnote or endnote; its value is the `note` of the NOTE block that it refers to."""
    CITATION = "citation"
    """The mark of a work that is cited: ``[12]``."""
    MATH = "math"
    PAGE = "page"
    """Where a page of the source begins: it covers no text, and is never spoken; its value is the page's label."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a block stands in its article's `text`: characters ``[start, end)`` and its first line, from 1.

    `article` tells the articles of an edition apart, from 0.
    """

    start: int
    end: int
    line: int
    article: int = 0


class Reason(StrEnum):
    """Why a stretch of a source is in no block."""

    MARKUP = "markup"
    """Signs and attributes of the format: an address behind a link, the name of a code block's language."""
    FACT = "fact"
    """A title, author, date or other fact that the article's own fields hold."""
    NAVIGATION = "navigation"
    """Menus, headers, footers, side bars: what a site puts on every page."""
    OUTSIDE = "outside the article"
    """Text of the page that does not seem to be this article: it may be told, for a reader may be wrong."""
    OTHER = "another text"
    """What the page itself calls something else: comments, teasers, other articles."""
    REPEATED = "repeated"
    """What stands there twice: running heads, a caption that is its picture's description too."""
    PAGE_NUMBER = "page number"
    NOT_CHOSEN = "not chosen"
    """Chapters that were not asked for."""


@dataclass(frozen=True, slots=True)
class Omission:
    """A stretch of a source that is in no block, and why; the coverage report lists it."""

    source: Source
    reason: Reason


@dataclass(frozen=True, slots=True)
class Mark:
    """An inline mark over ``text[start:end]`` of its block.

    `value` is a link's URL, a language tag, a note's id or a page's label.
    """

    kind: MarkKind
    start: int
    end: int
    value: str = ""


MEMBER = "zip:"
"""How the address of a picture begins that is a member of the article's archive."""


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the source as written, in Unicode NFC, its lines rejoined.

    `level` is 1-6 for headings, the depth from 1 for list items and quotes, else 0.
    `number` is the number written before an ordered list item, else 0. `note` is the
    id of a NOTE, which the marks that refer to it have as their value. `caption` of
    a FIGURE is where its caption begins in `text`, after the words that describe the picture; `images` are its
    pictures, in their order: addresses of the web, ``data:`` URIs, paths from the article's folder, or `MEMBER` and
    the name of a member of the archive that it came in. A FIGURE of pictures that nobody describes has no text.
    """

    kind: BlockKind
    text: str
    source: Source
    level: int = 0
    number: int = 0
    marks: tuple[Mark, ...] = ()
    language: str = ""
    note: str = ""
    caption: int = 0
    images: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A chapter of an article, or another part of a book: its title, its span, its blocks.

    `chosen` where it is read unless somebody asks for other parts; `reason` is why it is not.
    """

    title: str
    source: Source
    blocks: tuple[Block, ...]
    chosen: bool = True
    reason: Reason = Reason.NOT_CHOSEN


@dataclass(frozen=True, slots=True)
class Origin:
    """Where bytes came from: a name for people, and the path or URL that identifies them ("" for standard input).

    `mime` and `charset` are what a web server says of them, "" where nobody says anything.
    """

    name: str
    location: str = ""
    mime: str = ""
    charset: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """An article as written.

    `title` is never empty; it is a TITLE block too when the source writes it in
    its text. `language` is a BCP 47 tag. Facts that are not known are empty or None.
    `id` is the front matter's own identity of the article, if it has one, `lexicon` the path of a file. `text` is
    all that the source says, in its order: what spans count in. Every letter and
    digit of it is in the span of a block or of an omission.
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
    image_alt: str = ""
    site: str = ""
    text: str = ""
    omitted: tuple[Omission, ...] = ()
    lexicon: str = ""
    book: str = ""
    """The title of the book that it is a chapter of, where it was split from one."""
    parts: tuple[Part, ...] = ()
    """The chapters of a book, those that are not read too; none where its headings alone tell."""
    home: str = ""
    """The path or the URL it was read from, from where its pictures are looked for; it is written into nothing."""
