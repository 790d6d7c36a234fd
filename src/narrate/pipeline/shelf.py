"""The episodes that stand in a show's folder, listed so that ten thousand need not be read to add one.

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
import re
from bisect import bisect_left, insort
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from narrate.episode import load_manifest
from narrate.errors import EpisodeError
from narrate.model.brief import Brief
from narrate.runtime.files import read_bounded, shown
from narrate.runtime.journal import FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from narrate.model import Episode

MANIFEST_NAME = "episode.json"
MOST_BYTES = 4_000_000
"""More than any show.toml or manifest."""

_INDEX = "index"
_MAGIC = "narrate index 1 "
_MOST_KEPT = 20_000
"""How many episodes stay in memory once read; a first feed needs each twice."""
_FEW = 20
"""So many lines are put in their places one by one."""
_NUMBERS = re.compile(r'\t\["[^"]*",(\d+),(\d+),')


class Stamp(NamedTuple):
    """When a file was written and how large it is: with another one it is another file."""

    mtime_ns: int
    size_bytes: int


class Page(NamedTuple):
    """A written page: digests of all that it was made from but episodes, where those stand, and its file's stamp.

    `base` is what every page of the show has in common, `digest` also what is this page's own.
    """

    base: str
    digest: str
    start: int
    end: int
    mtime_ns: int
    size_bytes: int


class Broken(NamedTuple):
    """An episode whose manifest cannot be read, why, and its line as it was, "" where that is not known."""

    slug: str
    why: str
    line: str = ""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The episodes of a show as lines of the index, the oldest first; `names` are all names in its folder.

    `pages` are those whose episodes have not changed since they were written, `written` the names of all pages that
    were; `first` is the slug of the oldest episode that the feed named then, "" where that is not known. `loaded` are
    episodes by slug that were read anyway.
    """

    lines: Sequence[str] = ()
    broken: tuple[Broken, ...] = ()
    names: frozenset[str] = frozenset()
    pages: Mapping[str, Page] = field(default_factory=dict)
    written: frozenset[str] = frozenset()
    first: str = ""
    loaded: Mapping[str, Episode] = field(default_factory=dict)

    def __len__(self) -> int:
        """How many episodes."""
        return len(self.lines)

    def briefs(self, start: int = 0, end: int | None = None) -> list[Brief]:
        """The episodes from one position to another, the oldest first."""
        return [brief_of(line) for line in self.lines[start:end]]

    def holding(self, text: str) -> Iterator[Brief]:
        """The episodes in whose lines that text is one of the values, the newest first."""
        whole = "\n".join(("", *self.lines, ""))
        found = {*_places(whole, _ENCODE(text)), *_places(whole, f"\n{_plain(text)}\t")}
        yield from (brief_of(whole[place : whole.index("\n", place)]) for place in sorted(found, reverse=True))

    def lost(self, identity: str) -> Brief | None:
        """What is known of the episode of that identity, where its manifest cannot be read any more."""
        rows = (brief_of(each.line) for each in self.broken if each.line)
        return next((brief for brief in rows if brief.identity == identity), None)

    def highest_number(self, season: int | None = None) -> int:
        """The highest number of an episode, of all or of a season; 0 where there is none."""
        pairs = _NUMBERS.findall("\n".join(self.lines))
        return max((int(number) for number, of in pairs if season is None or int(of) == season), default=0)

    def changed(self, episodes: Iterable[tuple[Episode, Stamp]], gone: Iterable[str]) -> Shelf:
        """The shelf with these episodes in place of those of their slugs, and without those that are `gone`."""
        pairs = list(episodes)
        news = {episode.slug: line_of(episode, stamp) for episode, stamp in pairs}
        heads = tuple(f"{_plain(slug)}\t" for slug in {*news, *gone})
        kept = [line for line in self.lines if not line.startswith(heads)] if heads else list(self.lines)
        lines = _ordered(kept, news.values())
        broken = tuple(each for each in self.broken if each.slug not in news and each.slug not in gone)
        loaded = {**self.loaded, **{episode.slug: episode for episode, _ in pairs}}
        return replace(self, lines=lines, broken=broken, pages=_untouched(self, lines), loaded=loaded)


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
    head = json.dumps(
        {"first": shelf.first, "pages": shelf.pages, "written": sorted(shelf.written), "lost": lost},
    )
    body = "\n".join([head, *shelf.lines, ""])
    path = folder / FOLDER / f"{_INDEX}-{os.getpid()}"
    with suppress(OSError):
        try:
            path.write_text(f"{_MAGIC}{crc32(body.encode()):08x}\n{body}", encoding="ascii", newline="\n")
            path.replace(folder / FOLDER / _INDEX)
        except OSError:
            path.unlink(missing_ok=True)


def stamp_of(path: Path) -> Stamp:
    """A file's stamp. Raises OSError."""
    found = path.stat()
    return Stamp(found.st_mtime_ns, found.st_size)


def load_episode(folder: Path, slug: str) -> Episode:
    """An episode from its manifest. Raises `EpisodeError`, also where it is the manifest of another folder."""
    path = folder / slug / MANIFEST_NAME
    episode = load_manifest(read_bounded(path, MOST_BYTES, EpisodeError), str(path))
    if episode.slug != slug:
        raise EpisodeError(f"{path} is the manifest of {shown(episode.slug)}; give its folder that name, or remove it")
    return episode


def line_of(episode: Episode, stamp: Stamp) -> str:
    """An episode's line in the index."""
    date = episode.published.astimezone(UTC).isoformat()
    row = (date, episode.number, episode.season, episode.guid, episode.identity, episode.title)
    rest = _ENCODE([*row, episode.language, episode.duration_ms])
    return f"{_plain(episode.slug)}\t{stamp.mtime_ns}\t{stamp.size_bytes}\t{rest}"


def brief_of(line: str) -> Brief:
    """What a line says."""
    slug, mtime_ns, size_bytes, rest = line.split("\t", 3)
    date, number, season, *others = json.loads(rest)
    plain = json.loads(slug) if slug.startswith('"') else slug
    return Brief._make((date, number, plain, season, *others, int(mtime_ns), int(size_bytes)))


_ENCODE = json.JSONEncoder(separators=(",", ":")).encode


def _places(text: str, needle: str) -> Iterator[int]:
    """Where the lines begin that hold it."""
    place = text.find(needle)
    while place >= 0:
        yield text.rfind("\n", 0, place + 1) + 1
        place = text.find(needle, place + 1)


def _plain(name: str) -> str:
    """A name as it stands in a line; what narrate calls its folders stays as it is."""
    return name if name.isascii() and name.isprintable() and not name.startswith('"') else json.dumps(name)


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
        stamp = f"\t{found.st_mtime_ns}\t{found.st_size}"
        line = known.get(name + stamp) or known.get(_plain(name) + stamp)
        if line is None:
            news.append((name, Stamp(found.st_mtime_ns, found.st_size)))
        else:
            there.append(line)
    return there, news


def _refreshed(folder: Path, shelf: Shelf, there: Sequence[str], news: list[tuple[str, Stamp]]) -> Shelf:
    """The shelf without lines that no longer hold, and with what was not in it."""
    loaded: dict[str, Episode] = {}
    broken: list[Broken] = []
    lines: list[str] = []
    for name, stamp in sorted(news):
        try:
            episode = load_episode(folder, name)
        except EpisodeError as error:
            broken.append(Broken(name, str(error), _line_of_slug(shelf, name)))
            continue
        lines.append(line_of(episode, stamp))
        if len(loaded) < _MOST_KEPT:
            loaded[name] = episode
    still = set(there)
    ordered = _ordered([line for line in shelf.lines if line in still], lines)
    fresh = replace(shelf, lines=ordered, broken=tuple(broken), loaded=loaded, pages=_untouched(shelf, ordered))
    if lines or len(there) < len(shelf.lines):
        save_shelf(folder, fresh)
    return fresh


def _line_of_slug(shelf: Shelf, slug: str) -> str:
    """What the index knew of an episode; what narrate no longer reads it keeps, so that it can be made again."""
    known = (line for line in shelf.lines if line.startswith(f"{_plain(slug)}\t"))
    return next(known, next((each.line for each in shelf.broken if each.slug == slug), ""))


def _ordered(lines: list[str], news: Iterable[str]) -> list[str]:
    """Lines in their order with new ones put in."""
    news = list(news)
    if len(news) > _FEW:
        return [line for _, line in sorted((brief_of(line), line) for line in (*lines, *news))]
    for line in news:
        insort(lines, line, key=brief_of)
    return lines


def _untouched(shelf: Shelf, lines: Sequence[str]) -> dict[str, Page]:
    """The pages in which no line is another one now."""
    pairs = enumerate(zip(shelf.lines, lines, strict=False))
    others = [place for place, (old, new) in pairs if old is not new and old != new]
    both = min(len(shelf), len(lines))
    return {
        name: page
        for name, page in shelf.pages.items()
        if page.end <= both and bisect_left(others, page.start) == bisect_left(others, page.end)
    }
