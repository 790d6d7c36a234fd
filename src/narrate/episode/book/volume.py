"""What a book is made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime
    from pathlib import Path

    from narrate.model import Reading, Timeline


@dataclass(frozen=True, slots=True)
class Sound:
    """The sound of a part: a file without music that has the timeline's times, its name in the book and its type."""

    path: Path
    name: str
    mime: str


@dataclass(frozen=True, slots=True)
class Volume:
    """A part of a book with its own sound: the whole of an episode, or a chapter that is an episode of its own.

    `pictures` are the files of those that its reading shows, by their names.
    """

    title: str
    reading: Reading
    timeline: Timeline
    sound: Sound
    pictures: Mapping[str, Path] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class VolumeFacts:
    """What a book says of itself; empty where it is not known. `modified` is the moment of the first publication.

    `identifier` is a URN or a text that nothing else has, `cover` a JPEG. With `words` the words of a sentence are
    marked one by one.
    """

    identifier: str
    title: str
    language: str
    modified: datetime
    cover: bytes
    authors: tuple[str, ...] = ()
    narrator: str = ""
    publisher: str = ""
    published: date | None = None
    source: str = ""
    description: str = ""
    rights: str = ""
    words: bool = False
