"""An episode as it is to be spoken: segments, utterances, pauses, music."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from narrate.model.diction import Diction

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from narrate.model.article import Source
    from narrate.model.diction import Lexeme, Pronunciation


class Role(StrEnum):
    """What a segment is to the listener."""

    TITLE = "title"
    HEADING = "heading"
    BODY = "body"
    QUOTE = "quote"
    LIST_ITEM = "list item"
    CODE = "code"
    TABLE = "table"
    FIGURE = "figure"
    NOTE = "note"
    MATH = "math"
    REFERENCE = "reference"
    FURNITURE = "furniture"
    ANNOUNCEMENT = "announcement"
    """narrate's own words; told apart wherever text is shown."""


class MusicPart(StrEnum):
    """A piece of music and where it plays."""

    INTRO = "intro"
    STING = "sting"
    OUTRO = "outro"
    BED = "bed"
    """Plays on under the body by itself; nothing in a script begins it."""


@dataclass(frozen=True, slots=True)
class WordSpan:
    """One written word, ``written[written_start:written_end]``, and the stretch of spoken text that says it."""

    written_start: int
    written_end: int
    spoken_start: int
    spoken_end: int


@dataclass(frozen=True, slots=True)
class Utterance:
    """What is handed to an engine at once: a sentence, or a part of one that is longer than ~350 characters.

    `written` is as the author wrote it; the parts of one sentence concatenate to
    the sentence. `pause_ms` is the silence after it inside its segment, and is 0
    for the last one, whose silence is the segment's. `pronunciations` are stretches of
    `spoken`, in order, whose phonemes are known; `emphasis` are stretches ``[start, end)`` of `written`, in order,
    that are to be stressed.
    """

    written: str
    spoken: str
    language: str
    words: tuple[WordSpan, ...] = ()
    pause_ms: int = 0
    ends_sentence: bool = True
    pronunciations: tuple[Pronunciation, ...] = ()
    emphasis: tuple[tuple[int, int], ...] = ()

    @property
    def stressed(self) -> tuple[tuple[int, int], ...]:
        """The stretches of `spoken` that say what is emphasised, a word each."""
        if not self.emphasis:
            return ()
        return tuple(
            (word.spoken_start, word.spoken_end)
            for word in self.words
            if any(start < word.written_end and word.written_start < end for start, end in self.emphasis)
        )


@dataclass(frozen=True, slots=True)
class Segment:
    """One block as spoken.

    `id` is minted once and then opaque. `chapter` is the title of the chapter
    that opens here, `music` what begins to play here, `voice` the name of a
    voice preset that speaks it in place of the cast's. `level` is that of a heading. `why` names
    the rule by which it is left out, where `skip` is a rule's doing.
    """

    id: str
    role: Role
    utterances: tuple[Utterance, ...]
    pause_ms: int
    level: int = 0
    chapter: str | None = None
    music: MusicPart | None = None
    voice: str | None = None
    source: Source | None = None
    skip: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class MusicChoice:
    """The music of an episode: for each part "default", "none", or the path of an audio file."""

    intro: str = "default"
    sting: str = "default"
    outro: str = "default"
    bed: str = "none"


@dataclass(frozen=True, slots=True)
class ScriptSource:
    """An article that a script was written from; `id` and `url` as in `Article`."""

    name: str
    location: str
    sha256: str
    title: str = ""
    url: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Script:
    """A whole episode, in the order it is heard. `voice` and `cast` name presets ("" where the settings choose).

    `lexicon` has the entries of the articles' own that are used here; others come from wherever it is spoken.
    """

    title: str
    language: str
    segments: tuple[Segment, ...]
    sources: tuple[ScriptSource, ...] = ()
    authors: tuple[str, ...] = ()
    published: date | None = None
    url: str = ""
    voice: str = ""
    cast: str = ""
    music: MusicChoice = field(default_factory=MusicChoice)
    lexicon: tuple[Lexeme, ...] = ()

    def spoken(self) -> Iterator[tuple[Segment, Utterance]]:
        """Every utterance that is to be heard, in order, with its segment; takes are numbered in this order."""
        for segment in self.segments:
            if not segment.skip:
                for utterance in segment.utterances:
                    yield segment, utterance


@dataclass(frozen=True, slots=True)
class Pauses:
    """Silences in milliseconds, from the end of what is heard to the start of what is heard next.

    All of them are heard `scale` times as long, from 0.25 to 4.
    """

    clause: int = 150
    sentence: int = 350
    list_item: int = 500
    paragraph: int = 700
    title: int = 800
    disclosure: int = 1000
    heading_heading: int = 450
    heading: int = 600
    before_subheading: int = 1000
    section: int = 1200
    end: int = 300
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class Style:
    """The choices a script is written by.

    `show` is the show's name if it has one of its own ("" else); `disclosure` says whether the
    synthetic voice is announced, `announcements` whether show, author, date and the end are.
    """

    pauses: Pauses = field(default_factory=Pauses)
    show: str = ""
    disclosure: bool = True
    announcements: bool = True
    utterance_characters: int = 350
    diction: Diction = field(default_factory=Diction)
    voice: str = ""
    cast: str = ""
    music: MusicChoice = field(default_factory=MusicChoice)
