"""A segment before it knows its neighbours."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from narrate.script.spoken import can_be_heard
from narrate.script.utterances import Sentence, utterances_of
from narrate.script.words import speakable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from narrate.model import Block, MusicPart, Role, Source, Style, Utterance

NO_WORDS = "nothing to say"
"""Why a segment is left out in which no letter or digit stands."""
NOT_FOR_READING = "not for reading"
"""Why comments, scripts and pictures without words are left out."""
SAID_ONCE = "said once"
"""Why a title that was said, or a caption that is its picture's description, is left out."""


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

    `opens` where it gives its words to a chapter, or `name` if they are others, `level` its heading's, `parted`
    where a section break without heading follows, `why` the rule by which it is skipped.
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
    why: str = ""
    name: str = ""


def draft(place: Place, role: Role, sentences: Sequence[Sentence], style: Style, source: Source | None = None) -> Draft:
    """A segment of these sentences; skipped if nothing in them can be heard, by the rule that took it away."""
    utterances = utterances_of(sentences, role, style)
    if any(map(can_be_heard, utterances)):
        return Draft(place, role, utterances, source)
    rules = (edit.rule for sentence in sentences for edit in sentence.edits if edit.rule)
    bare = utterances_of([replace(sentence, edits=()) for sentence in sentences], role, style)
    return Draft(place, role, bare, source, skip=True, why=next(rules, NO_WORDS))


def kept(role: Role, block: Block, language: str, style: Style, why: str) -> Draft:
    """A block that is not heard: every line of it, as it is written, and the rule that leaves it out."""
    return Draft(
        Place.BODY, role, utterances_of(lines_of(block.text, language), role, style), block.source, skip=True, why=why
    )


def lines_of(text: str, language: str) -> list[Sentence]:
    """The lines of a text as sentences; one without a word goes with the one before, or the first with the next."""
    found: list[str] = []
    for line in (line.rstrip() for line in text.splitlines() if line.strip()):
        if found and not (speakable(line) and speakable(found[-1])):
            found[-1] = f"{found[-1]}\n{line}"
        else:
            found.append(line)
    return [Sentence(line, language) for line in found]
