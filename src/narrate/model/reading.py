"""An article as it is read along with: its blocks in their order, each with what is heard of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from narrate.model.article import Block


@dataclass(frozen=True, slots=True)
class Heard:
    """A stretch ``text[start:end]`` of a passage's block that is heard as the cue of number `cue` in the timeline.

    `words` has, for each word of that cue, where it is written in the block, ``(start, end)``; None where it is not
    written there: "Image", which narrate adds, or the head of a table's column, said again with every row. It is
    empty for all but the first stretch of a cue.
    """

    start: int
    end: int
    cue: int
    words: tuple[tuple[int, int] | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Plate:
    """A picture as it is shown: the name of its file beside the page, its type, and its size in pixels."""

    name: str
    mime: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A block and what is heard of it, in the order of its text and apart; a table's cue may be several stretches.

    `segments` are the ids of the script's segments made of it, in the order they are heard: other files lead to the
    block by them. `why` says why nothing of it is heard: a rule's name; "" where something is. `own` where the words
    are narrate's and not the author's. `article` tells the articles of an edition apart, from 0. `plates` are those of
    the block's pictures that are shown.
    """

    block: Block
    heard: tuple[Heard, ...] = ()
    segments: tuple[str, ...] = ()
    why: str = ""
    own: bool = False
    article: int = 0
    plates: tuple[Plate, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """All that an episode has to show, in the order of its articles; `language` is the episode's.

    Its order is that of the text, not of time: notes stand where they are written, and are heard where the policy
    has them. `whole` where the articles themselves were at hand; else it is made of the script alone, in the order
    it is heard, without links, tables and other marks.
    """

    passages: tuple[Passage, ...]
    language: str
    whole: bool = True
