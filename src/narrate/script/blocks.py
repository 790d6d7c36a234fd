"""What is said for a block of each kind, by the choice that the policy makes, as tables.

Every block is spoken, or kept as a segment that is skipped and names its rule. No default skips prose of the body.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from narrate.model import BlockKind, Role, Style
from narrate.model.diction import (
    Bylines,
    Code,
    Furniture,
    Images,
    Levels,
    Lists,
    Mathematics,
    Notes,
    Quotes,
    References,
    Tables,
)
from narrate.script.alphabets import heard_in
from narrate.script.counted import after_level
from narrate.script.draft import NOT_FOR_READING, SAID_ONCE, Draft, Place, draft, kept
from narrate.script.figures import both, only_caption, only_words
from narrate.script.leftout import announced, left_by, lines, math_words, of_itself, said_of
from narrate.script.marks import edits_of, led, marked_sentences, name_of, stretch
from narrate.script.notes import GOES_ON
from narrate.script.tables import cells, small_cells
from narrate.script.utterances import Sentence
from narrate.script.wording import wording_for
from narrate.script.words import speakable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from enum import StrEnum

    from narrate.model import Block
    from narrate.script.leftout import Maker

__all__ = ["drafts_of"]


def drafts_of(block: Block, language: str, style: Style) -> list[Draft]:
    """The segments of one block; none for a block without text, which has nothing to lose."""
    if not block.text.strip():
        return []
    make = _KINDS.get(block.kind) or _chosen(block.kind, style)
    return make(block, heard_in(block.text, block.language or language, language), style)


def _chosen(kind: BlockKind, style: Style) -> Maker:
    name, makers = CHOICES[kind]
    return makers[getattr(style.diction.policy, name)]


def _prose(place: Place, role: Role) -> Maker:
    def make(block: Block, language: str, style: Style) -> list[Draft]:
        return [draft(place, role, marked_sentences(block, language, style.diction.policy), style, block.source)]

    return make


def _heading(block: Block, language: str, style: Style) -> list[Draft]:
    """A heading is one sentence, whatever marks it holds, so that the chapter and the words are alike."""
    edits = edits_of(block, language, style.diction.policy)
    said = stretch(block, edits, 0, len(block.text), language)
    if style.diction.policy.levels is Levels.SAY and speakable(block.text):
        said = after_level(said, max(block.level, 1), style.diction.policy)
    made = draft(Place.HEADING, Role.HEADING, [said], style, block.source)
    return [replace(made, level=max(block.level, 1), opens=not made.skip, name=name_of(block))]


def _item(*, numbered: bool) -> Maker:
    """A list item with the number that the author wrote before it, or without."""

    def make(block: Block, language: str, style: Style) -> list[Draft]:
        sentences = marked_sentences(block, language, style.diction.policy)
        if block.number and numbered:
            sentences[0] = led(f"{block.number}. {{}}", sentences[0])
        return [draft(Place.ITEM, Role.LIST_ITEM, sentences, style, block.source)]

    return make


def _note(block: Block, language: str, style: Style) -> list[Draft]:
    """A note: a word says what it is, and its number if it has one; then its own words follow."""
    first, *rest = marked_sentences(block, language, style.diction.policy)
    if speakable(block.text) and block.level != GOES_ON:
        words = wording_for(language)
        first = led(words.numbered_note.format(block.number, "{}") if block.number else words.note, first)
    return [draft(Place.BODY, Role.NOTE, [first, *rest], style, block.source)]


def _break(block: Block, language: str, style: Style) -> list[Draft]:
    """A section break is a pause; only one that says something has words to keep."""
    return _PARAGRAPH(block, language, style) if speakable(block.text) else []


def _title(block: Block, language: str, style: Style) -> list[Draft]:
    """A title that was spoken already: kept, not heard again."""
    made = draft(Place.TITLE, Role.TITLE, [Sentence(block.text.strip(), language)], style, block.source)
    return [replace(made, level=1, skip=True, why=SAID_ONCE)]


def _byline(block: Block, language: str, style: Style) -> list[Draft]:
    """Left to the opening, if there is one."""
    make = left_by("bylines", Role.FURNITURE) if style.announcements else of_itself(Role.FURNITURE)
    return make(block, language, style)


_PARAGRAPH = _prose(Place.BODY, Role.BODY)
_QUOTE = _prose(Place.BODY, Role.QUOTE)

_KINDS: Mapping[BlockKind, Maker] = {
    BlockKind.TITLE: _title,
    BlockKind.HEADING: _heading,
    BlockKind.PARAGRAPH: _PARAGRAPH,
    BlockKind.BREAK: _break,
    BlockKind.HIDDEN: lambda block, language, style: [kept(Role.CODE, block, language, style, NOT_FOR_READING)],
}
"""Kinds of blocks that the policy has no say in."""

CHOICES: Mapping[BlockKind, tuple[str, Mapping[StrEnum, Maker]]] = {
    BlockKind.QUOTE: ("quotes", {Quotes.PLAIN: _QUOTE, Quotes.ANNOUNCE: announced(_QUOTE)}),
    BlockKind.LIST_ITEM: (
        "lists",
        {Lists.NUMBERS: _item(numbered=True), Lists.PLAIN: _item(numbered=False), Lists.COUNT: _item(numbered=True)},
    ),
    BlockKind.CODE: (
        "code",
        {
            Code.READ: lines(Role.CODE),
            Code.SAY: said_of(Role.CODE, "code", lambda words: words.code),
            Code.SKIP: left_by("code", Role.CODE),
        },
    ),
    BlockKind.TABLE: (
        "tables",
        {
            Tables.AUTO: small_cells,
            Tables.CELLS: cells,
            Tables.SAY: said_of(Role.TABLE, "tables", lambda words: words.table),
            Tables.SKIP: left_by("tables", Role.TABLE),
        },
    ),
    BlockKind.FIGURE: (
        "images",
        {
            Images.ALL: both,
            Images.ALT: only_words,
            Images.CAPTION: only_caption,
            Images.SKIP: left_by("images", Role.FIGURE),
        },
    ),
    BlockKind.NOTE: (
        "notes",
        {Notes.SECTION: _note, Notes.PLACE: _note, Notes.SKIP: left_by("notes", Role.NOTE)},
    ),
    BlockKind.MATH: (
        "mathematics",
        {
            Mathematics.READ: math_words,
            Mathematics.SAY: said_of(Role.MATH, "mathematics", lambda words: words.formula),
            Mathematics.SKIP: left_by("mathematics", Role.MATH),
        },
    ),
    BlockKind.REFERENCE: (
        "references",
        {References.READ: of_itself(Role.REFERENCE), References.SKIP: left_by("references", Role.REFERENCE)},
    ),
    BlockKind.FURNITURE: (
        "furniture",
        {Furniture.READ: of_itself(Role.FURNITURE), Furniture.SKIP: left_by("furniture", Role.FURNITURE)},
    ),
    BlockKind.BYLINE: (
        "bylines",
        {Bylines.READ: of_itself(Role.FURNITURE), Bylines.OPENING: _byline},
    ),
}
"""For each other kind its policy, and what is said by each choice."""
