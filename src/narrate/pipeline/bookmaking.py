"""The books of an episode: the one that reads itself, and an audiobook where it is wished."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from narrate.episode import Sound, TagFacts, Volume, write_audiobook, write_book
from narrate.model import EpisodeFile, FileRole
from narrate.pipeline.encoding import Mixing, Units
from narrate.pipeline.forms import form_named
from narrate.runtime.files import sha256_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from narrate.episode import VolumeFacts
    from narrate.episode.formats.format import Format
    from narrate.model import Episode, Reading, Timeline
    from narrate.pipeline.forms import Form
    from narrate.pipeline.packing import Mixed
    from narrate.pipeline.shows import Change
    from narrate.runtime.cache import Cache

EPUB, LPF = ".epub", ".lpf"
EPUB_MIME, LPF_MIME = "application/epub+zip", "application/lpf+zip"
_PLAYED = ("mp3", "m4a")
"""Formats that reading systems play, the likeliest first (EPUB 3.3, 3.2: core media types)."""


@dataclass(frozen=True, slots=True)
class Books:
    """Which books an episode has: one that reads itself, with the sound of `units`, by its `words`; an audiobook."""

    units: Units | None = None
    words: bool = False
    audiobook: bool = False

    def of_part(self) -> Books:
        """The books of an episode that is a chapter: its text is in the book of all of them."""
        return Books(audiobook=self.audiobook)


NO_BOOKS = Books()


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a book: an episode's title and text, its times, its sound without music, the files of its pictures."""

    title: str
    reading: Reading
    timeline: Timeline
    units: Units
    pictures: Mapping[str, Path] = field(default_factory=dict)


def units_without_music(mixing: Mixing, forms: Sequence[Form], formats: Mapping[str, Format], cache: Cache) -> Units:
    """The sound of a book: the same words at the same times, and nothing under them or between them.

    In a format that the episode has and reading systems play, if there is one: then all units in which no music plays
    are the episode's own, which are encoded already.
    """
    by_name = {form.name: form for form in forms}
    form = next((by_name[name] for name in _PLAYED if name in by_name), None)
    units = tuple(replace(unit, music=(), runs_on=False) for unit in mixing.timeline.units)
    bare = replace(mixing, timeline=replace(mixing.timeline, units=units))
    return Units(bare, form or form_named(_PLAYED[0], formats, mixing.timeline.channels), cache)


def staged_books(
    change: Change, mixed: Mixed, reading: Reading, facts: VolumeFacts, episode: Episode
) -> Iterator[EpisodeFile]:
    """Stage the books of an episode, whose sound is staged. Raises OSError where one cannot be written."""
    slug, books = episode.slug, mixed.books
    if books.units:
        path = change.staging.stage(f"{slug}/{slug}{EPUB}")
        pictures = {name: change.path(f"{slug}/{name}") for name in picture_names(episode)}
        part = Part(mixed.script.title, reading, mixed.timeline, books.units, pictures)
        bind(path, replace(facts, words=books.words), [part])
        yield _row(FileRole.BOOK, path, f"{slug}{EPUB}", EPUB_MIME)
    if books.audiobook:
        sound = next(file for file in episode.files if file.role is FileRole.AUDIO)
        path = change.staging.stage(f"{slug}/{slug}{LPF}")
        here = Sound(change.staging.stage(f"{slug}/{sound.name}"), sound.name, sound.mime)
        write_audiobook(path, facts, [Volume(mixed.script.title, reading, mixed.timeline, here)])
        yield _row(FileRole.AUDIOBOOK, path, f"{slug}{LPF}", LPF_MIME)


def picture_names(episode: Episode) -> list[str]:
    """The names of the files of its pictures."""
    return [file.name for file in episode.files if file.role is FileRole.PICTURE]


def _row(role: FileRole, path: Path, name: str, mime: str) -> EpisodeFile:
    return EpisodeFile(role, name, mime, path.stat().st_size, sha256_of(path))


def bind(path: Path, facts: VolumeFacts, parts: Sequence[Part]) -> None:
    """Write the EPUB of these parts; their sound lies beside it meanwhile. Raises OSError if it cannot be written."""
    with _sounds(path.parent, parts) as volumes:
        write_book(path, facts, volumes)


@contextmanager
def _sounds(folder: Path, parts: Sequence[Part]) -> Iterator[list[Volume]]:
    with TemporaryDirectory(dir=folder) as beside:
        volumes = []
        for number, part in enumerate(parts, start=1):
            form = part.units.form
            name = f"sound{number if len(parts) > 1 else ''}{form.format.suffix}"
            path = Path(beside, name)
            form.coder.write(path, TagFacts(part.title), part.timeline, part.units)
            sound = Sound(path, name, form.format.mime)
            volumes.append(Volume(part.title, part.reading, part.timeline, sound, part.pictures))
        yield volumes
