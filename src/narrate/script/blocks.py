"""What is said for a block of each kind, as a table.

Every block is spoken, or kept as a segment that is skipped: nothing vanishes.
No row skips prose. A later policy chooses among such functions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from narrate.model import BlockKind, MarkKind, MusicPart, Role, Style
from narrate.script.sentences import split_sentences
from narrate.script.spoken import can_be_heard
from narrate.script.utterances import Sentence, sentences_of, utterances_of
from narrate.script.wording import said_in, wording_for
from narrate.script.words import speakable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from narrate.model import Block, Source, Utterance


class Place(StrEnum):
    """Where in an episode a segment stands; pauses and chapters follow from it."""

    SHOW = "show"
    TITLE = "title"
    FACTS = "facts"
    HEADING = "heading"
    ITEM = "item"
    BODY = "body"
    CLOSING = "closing"


@dataclass(frozen=True, slots=True)
class Draft:
    """A segment before it knows its neighbours.

    `opens` where it gives its words to a chapter, `level` its heading's, `parted`
    where a section break without heading follows.
    """

    place: Place
    role: Role
    utterances: tuple[Utterance, ...]
    source: Source | None = None
    level: int = 0
    opens: bool = False
    skip: bool = False
    parted: bool = False
    music: MusicPart | None = None


def draft(place: Place, role: Role, sentences: Sequence[Sentence], style: Style, source: Source | None = None) -> Draft:
    """A segment of these sentences; skipped if nothing in them can be heard, else without what cannot."""
    utterances = utterances_of(sentences, role, style)
    return Draft(place, role, utterances, source, skip=not any(map(can_be_heard, utterances)))


_TABLE_CHARACTERS = 600
"""A table is read cell by cell up to this size; ears cannot hold a larger one."""

_TABLE_COLUMNS = 6
_FRAME = re.compile(r"\|(.*)\|")
_CELLS = re.compile(r"\s*\|\s*")


def drafts_of(block: Block, language: str, style: Style) -> list[Draft]:
    """The segments of one block; none for a block without text, which has nothing to lose."""
    text = block.text.strip()
    if not text:
        return []
    return _KINDS[block.kind](block, block.language or language, style)


def _prose(place: Place, role: Role) -> Callable[[Block, str, Style], list[Draft]]:
    return lambda block, language, style: [draft(place, role, _sentences(block, language), style, block.source)]


def _sentences(block: Block, language: str) -> list[Sentence]:
    """The sentences of a block; one that a language mark covers is in that language."""
    marks = [mark for mark in block.marks if mark.kind is MarkKind.LANGUAGE]
    if not marks:
        return sentences_of(block.text, language)
    found: list[Sentence] = []
    at = 0
    for piece in split_sentences(block.text, language):
        start = at + len(piece) - len(piece.lstrip())
        end = at + len(piece.rstrip())
        at += len(piece)
        own = next((mark.value for mark in marks if mark.start <= start and end <= mark.end), language)
        if piece.strip():
            found.append(Sentence(piece.strip(), own))
    return found


def _heading(block: Block, language: str, style: Style) -> list[Draft]:
    """A heading is one sentence, whatever marks it holds, so that the chapter and the words are alike."""
    made = draft(Place.HEADING, Role.HEADING, [Sentence(block.text.strip(), language)], style, block.source)
    return [Draft(made.place, made.role, made.utterances, made.source, max(block.level, 1), not made.skip, made.skip)]


def _item(block: Block, language: str, style: Style) -> list[Draft]:
    """A list item with its number, as the author wrote it."""
    sentences = _sentences(block, language)
    if block.number:
        sentences[0] = Sentence(f"{block.number}. {sentences[0].written}", sentences[0].language)
    return [draft(Place.ITEM, Role.LIST_ITEM, sentences, style, block.source)]


def _named(role: Role, template: Callable[[str], str]) -> Callable[[Block, str, Style], list[Draft]]:
    """A picture or a note: a word says what it is, then its own words follow."""

    def make(block: Block, language: str, style: Style) -> list[Draft]:
        first, *rest = _sentences(block, language)
        if not speakable(block.text):
            return [draft(Place.BODY, role, [first, *rest], style, block.source)]
        named = Sentence(template(language).format(first.written), first.language)
        return [draft(Place.BODY, role, [named, *rest], style, block.source)]

    return make


def _code(block: Block, language: str, style: Style) -> list[Draft]:
    """Code is announced and kept unspoken: read aloud it helps nobody unless asked for."""
    return [_left_out(wording_for(language).code, language, style), _kept(Role.CODE, block, language, style)]


def _table(block: Block, language: str, style: Style) -> list[Draft]:
    """A small table is read, each cell after the head of its column; a large one is announced and kept unspoken."""
    rows = [_cells(line) for line in block.text.splitlines() if speakable(line)]
    small = len(block.text) <= _TABLE_CHARACTERS and len(rows) > 1 and 1 < len(rows[0]) <= _TABLE_COLUMNS
    if not small or any(len(row) != len(rows[0]) for row in rows):
        return [_left_out(wording_for(language).table, language, style), _kept(Role.TABLE, block, language, style)]
    heads, *body = rows
    sentences = [Sentence(row_text(heads, row), language) for row in body]
    return [draft(Place.BODY, Role.TABLE, sentences, style, block.source)]


def _cells(line: str) -> list[str]:
    """The cells of a row, divided by tabs, else by bars."""
    framed = _FRAME.fullmatch(line.strip())
    cells = line.split("\t") if "\t" in line else _CELLS.split(framed[1] if framed else line)
    return [cell.strip() for cell in cells]


def row_text(heads: Sequence[str], cells: Sequence[str]) -> str:
    """A row of a table in words.

    >>> row_text(["Name", "Age"], ["Ann", "41"])
    'Name: Ann; Age: 41'
    """
    return "; ".join(": ".join(filter(None, pair)) for pair in zip(heads, cells, strict=True) if any(pair))


def _left_out(words: str, language: str, style: Style) -> Draft:
    return draft(Place.BODY, Role.ANNOUNCEMENT, [Sentence(words, said_in(language))], style)


def _kept(role: Role, block: Block, language: str, style: Style) -> Draft:
    lines = [Sentence(line.rstrip(), language) for line in block.text.splitlines() if line.strip()]
    return Draft(Place.BODY, role, utterances_of(lines, role, style), block.source, skip=True)


def _unheard(role: Role) -> Callable[[Block, str, Style], list[Draft]]:
    """What is kept, and nothing is said of it."""
    return lambda block, language, style: [_kept(role, block, language, style)]


def _break(block: Block, language: str, style: Style) -> list[Draft]:
    """A section break is a pause; only one that says something has words to keep."""
    return _KINDS[BlockKind.PARAGRAPH](block, language, style) if speakable(block.text) else []


def _title(block: Block, language: str, style: Style) -> list[Draft]:
    """A title that was spoken already: kept, not heard again."""
    made = draft(Place.TITLE, Role.TITLE, [Sentence(block.text.strip(), language)], style, block.source)
    return [Draft(made.place, made.role, made.utterances, made.source, level=1, skip=True)]


_KINDS: Mapping[BlockKind, Callable[[Block, str, Style], list[Draft]]] = {
    BlockKind.TITLE: _title,
    BlockKind.HEADING: _heading,
    BlockKind.PARAGRAPH: _prose(Place.BODY, Role.BODY),
    BlockKind.QUOTE: _prose(Place.BODY, Role.QUOTE),
    BlockKind.LIST_ITEM: _item,
    BlockKind.CODE: _code,
    BlockKind.TABLE: _table,
    BlockKind.FIGURE: _named(Role.FIGURE, lambda language: wording_for(language).image),
    BlockKind.NOTE: _named(Role.NOTE, lambda language: wording_for(language).note),
    BlockKind.BREAK: _break,
    BlockKind.FURNITURE: _unheard(Role.FURNITURE),
    BlockKind.BYLINE: _unheard(Role.FURNITURE),
    BlockKind.MATH: _prose(Place.BODY, Role.MATH),
    BlockKind.REFERENCE: _unheard(Role.REFERENCE),
    BlockKind.HIDDEN: _unheard(Role.CODE),
}
