"""The index of a show's episodes on disk: read, held against the manifests, and written again.

::

    <show>/.staging/index
        narrate index 1 <CRC-32 of the rest>
        {"first": …, "pages": …}                      what was written of the episodes, and from which on
        <slug> TAB <mtime_ns> TAB <size> TAB [date, number, season, guid, identity, title, language, duration_ms]
        …                                             a line an episode, the oldest first

The index is derived: it may be deleted at any time, and is made again. A line
counts only while the manifest it was made from has the date and size it names, so
every command asks the disk for those of each manifest, and reads the ones that differ.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import replace
from stat import S_ISREG
from typing import TYPE_CHECKING
from zlib import crc32

from narrate.episode import glance, load_manifest
from narrate.errors import EpisodeError
from narrate.model import FileRole
from narrate.model.brief import Brief
from narrate.pipeline.shelf import MANIFEST_NAME, Broken, Page, Shelf, Stamp, brief_of, line_of, ordered, plain
from narrate.runtime.files import reason, shown
from narrate.runtime.journal import FOLDER

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from narrate.model import Episode

_INDEX = "index"
_MAGIC = "narrate index 1 "
_MOST_BYTES = 4_000_000
"""More than any manifest."""

_MOST_KEPT = 20_000
"""How many manifests stay in memory once read; a first feed looks at each twice."""


def read_shelf(folder: Path) -> Shelf:
    """What stands in a show's folder now; the index is written again, if it can be, when it was out of date."""
    held = replace(_stored(folder), names=_names(folder))
    there, news = _compared(folder, held)
    if not news and len(there) == len(held) and not held.broken:
        return held
    return _refreshed(folder, held, there, news)


def save_shelf(folder: Path, shelf: Shelf) -> None:
    """Write the index; where that is not possible, the next command reads more, and that is all."""
    lost = [each for each in shelf.broken if each.line]
    head = json.dumps({"first": shelf.first, "pages": shelf.pages, "written": sorted(shelf.written), "lost": lost})
    body = "\n".join([head, *shelf.lines, ""])
    path = folder / FOLDER / f"{_INDEX}-new"  # of two at once one fails, or both are not whole and count for nothing
    with suppress(OSError):
        try:
            path.write_text(f"{_MAGIC}{crc32(body.encode()):08x}\n{body}", encoding="ascii", newline="\n")
            path.replace(folder / FOLDER / _INDEX)
        except OSError:
            path.unlink(missing_ok=True)


def load_episode(folder: Path, slug: str, shelf: Shelf) -> Episode:
    """An episode, as far as the shelf has it not yet from its manifest. Raises `EpisodeError`."""
    if slug in shelf.loaded:
        return shelf.loaded[slug]
    if slug in shelf.read:
        return load_manifest(shelf.read[slug], f"{folder}/{slug}/{MANIFEST_NAME}")
    return load_manifest(*_manifest(folder, slug))


def thorough(folder: Path, shelf: Shelf) -> Shelf:
    """The shelf, every manifest read to its end: without episodes whose manifests turn out to be spoiled."""
    lines, broken = [], list(shelf.broken)
    for line in shelf.lines:
        brief = brief_of(line)
        try:
            _audible(load_episode(folder, brief.slug, shelf))
            lines.append(line)
        except EpisodeError as error:
            broken.append(Broken(brief.slug, str(error), line))
    return shelf.with_lines(lines, broken)


def _audible(episode: Episode) -> None:
    if episode.file(FileRole.AUDIO) is None:
        raise EpisodeError(f"{shown(episode.slug)} has no audio file; make it again, or remove it")


def _stored(folder: Path) -> Shelf:
    """The index as it was written; an empty one where it is not whole."""
    with suppress(OSError, ValueError, TypeError, KeyError):
        top, body = (folder / FOLDER / _INDEX).read_bytes().split(b"\n", 1)
        if top.decode() == f"{_MAGIC}{crc32(body):08x}":
            head, *lines, _ = body.decode("ascii").split("\n")
            kept = json.loads(head)
            pages = {name: Page(*page) for name, page in kept["pages"].items()}
            lost = tuple(Broken(*each) for each in kept["lost"])
            return Shelf(lines, lost, pages=pages, written=frozenset(kept["written"]), first=kept["first"])
    return Shelf()


def _names(folder: Path) -> frozenset[str]:
    try:
        with os.scandir(folder) as entries:
            return frozenset(entry.name for entry in entries)
    except (FileNotFoundError, NotADirectoryError):
        return frozenset()


def _compared(folder: Path, held: Shelf) -> tuple[list[str], list[tuple[str, Stamp]]]:
    """Lines whose manifests are as they were, and the manifests that are not in any line."""
    base, stat = str(folder), os.stat
    known = {line[: line.rfind("\t")]: line for line in held.lines}
    there: list[str] = []
    news: list[tuple[str, Stamp]] = []
    for name in held.names:
        if name[0] == ".":
            continue
        try:
            found = stat(f"{base}/{name}/{MANIFEST_NAME}")
        except (OSError, ValueError):  # no episode's folder
            continue
        if not S_ISREG(found.st_mode):  # a pipe would never end
            continue
        stamp = f"\t{found.st_mtime_ns}\t{found.st_size}"
        line = known.get(name + stamp) or known.get(plain(name) + stamp)
        if line is None:
            news.append((name, Stamp(found.st_mtime_ns, found.st_size)))
        else:
            there.append(line)
    return there, news


def _refreshed(folder: Path, shelf: Shelf, there: Sequence[str], news: list[tuple[str, Stamp]]) -> Shelf:
    """The shelf without lines that no longer hold, and with what was not in it."""
    broken: list[Broken] = []
    lines: list[str] = []
    read: dict[str, bytes] = {}
    for name, stamp in news:
        try:
            data, path = _manifest(folder, name, stamp)
            lines.append(line_of(_glanced(data, path, name, stamp)))
            if len(read) < _MOST_KEPT:
                read[name] = data
        except EpisodeError as error:
            broken.append(Broken(name, str(error), shelf.line_of(name)))
    still = set(there)
    fresh = replace(shelf, read=read).with_lines(
        ordered([line for line in shelf.lines if line in still], lines), broken
    )
    if lines or len(there) < len(shelf.lines):
        save_shelf(folder, fresh)
    return fresh


def _glanced(data: bytes, path: str, slug: str, stamp: Stamp) -> Brief:
    brief = glance(data, path)
    if brief.slug != slug:
        raise EpisodeError(f"{path} is the manifest of {shown(brief.slug)}; give its folder that name, or remove it")
    return Brief._make((*brief[:-2], *stamp))


def _manifest(folder: Path, slug: str, stamp: Stamp | None = None) -> tuple[bytes, str]:
    """A manifest's bytes, and where it stands, for messages; one that is on the shelf has not got too large."""
    path = f"{folder}/{slug}/{MANIFEST_NAME}"
    if stamp and stamp.size_bytes > _MOST_BYTES:
        raise EpisodeError(f"{path} is larger than any manifest; bring it back from a copy")
    try:
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123 # ten thousand paths take longer to make than to read
            return file.readall(), path
    except OSError as refused:
        raise EpisodeError(f"cannot read {shown(path)}: {reason(refused)}") from refused
