"""A show as it is at one moment: what is to be at a target, and where its bytes lie while they are sent.

Taken under the show's lock. Files that are to be sent get a second name in a folder of the run's
own, so that an episode made meanwhile, which is renamed into place, changes nothing of what is sent.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from narrate.errors import EpisodeError, ShowError
from narrate.pipeline.shows import open_show
from narrate.publish.contents import contents
from narrate.publish.plan import FEED, Local, is_settled, reason
from narrate.runtime.files import sha256_of, shown
from narrate.runtime.staging import lock_show

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from narrate.model import EpisodeFile
    from narrate.pipeline.shows import Library
    from narrate.publish.noted import Notes
    from narrate.publish.plan import There, Why


@dataclass(frozen=True, slots=True)
class Taken:
    """A file of the show, where its bytes are to be read from, and whether it is at the target (None: perhaps).

    `why` is why it would be sent.
    """

    local: Local
    source: Path
    settled: bool | None
    why: Why


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The show, its files in order of their paths, and where the bytes of each are."""

    library: Library
    files: tuple[Taken, ...]
    sources: Mapping[str, Path]


def take(folder: Path, workshop: Path, there: Mapping[str, There], notes: Notes) -> Snapshot:
    """The show in `folder` as it is now; `workshop` is a folder on the same disk.

    Raises:
        EpisodeError: a file of an episode is missing, or is not as it was made.
        ShowError: there is no feed.
    """
    with lock_show(folder):
        library = open_show(folder)
        files = tuple(_kept(taken, workshop) for taken in _files(library, there, notes))
    sources = {taken.local.path: taken.source for taken in files}
    if FEED not in sources:
        raise ShowError(f"there is no feed in {shown(folder)} to publish; 'narrate feed' writes it")
    return Snapshot(library, files, sources)


def decided(snapshot: Snapshot, holds: Callable[[Local], bool]) -> list[tuple[Local, Why | None]]:
    """Each file, and why it is to be sent, None where it is there; `holds` looks at the bytes of doubtful ones."""
    found = []
    for taken in snapshot.files:
        settled = holds(taken.local) if taken.settled is None else taken.settled
        found.append((taken.local, None if settled else taken.why))
    return found


def _files(library: Library, there: Mapping[str, There], notes: Notes) -> Iterator[Taken]:
    made = {f"{episode.slug}/{file.name}": file for episode in library.episodes for file in episode.files}
    seen = set()
    for path, source, mime in contents(library.folder):
        if path in _music(library):
            continue
        seen.add(path)
        local = _local(path, source, mime, made.get(path))
        at, sent = there.get(path), notes.files.get(path)
        yield Taken(local, source, is_settled(local, at, sent), reason(local, at, sent))
    for path in made:
        if path not in seen and not (library.folder / path).exists():
            raise EpisodeError(f"{shown(library.folder / path)} is missing; make the episode again, or remove it")


def _local(path: str, source: Path, mime: str, made: EpisodeFile | None) -> Local:
    """The file as a value; the digest is the one it was made with, where it was."""
    size = source.stat().st_size
    if made and made.size_bytes != size:
        raise EpisodeError(
            f"{shown(source)} is not as it was made ({size:,} bytes, not {made.size_bytes:,}); make the episode again"
        )
    return Local(path, size, made.sha256 if made else sha256_of(source), mime)


def _music(library: Library) -> set[str]:
    """Sound files that the show is made from, which are not part of it."""
    show = library.show
    return {show.music_intro, show.music_sting, show.music_outro, show.music_bed}


def _kept(taken: Taken, workshop: Path) -> Taken:
    """The same with bytes that stay as they are, where it may have to be sent and the disk can give a second name."""
    if taken.settled:
        return taken
    name = workshop / taken.local.path.replace("/", "%")
    try:
        os.link(taken.source, name)
    except OSError:  # a disk without links, or a name too long: what is sent is compared with what was meant anyway
        return taken
    return replace(taken, source=name)
