"""The episodes that stand in a show's folder, listed so that ten thousand need not be read to add one.

Each is a line of the index; `shelving` reads and writes it.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left, insort
from dataclasses import dataclass, field, replace
from datetime import UTC
from typing import TYPE_CHECKING, NamedTuple

from narrate.model.brief import Brief

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from narrate.model import Episode

MANIFEST_NAME = "episode.json"
_MOST_KEPT = 20_000
"""How many lines are not taken apart twice."""
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
    episodes and `read` manifests, by slug, that are in memory anyway.
    """

    lines: Sequence[str] = ()
    broken: tuple[Broken, ...] = ()
    names: frozenset[str] = frozenset()
    pages: Mapping[str, Page] = field(default_factory=dict)
    written: frozenset[str] = frozenset()
    first: str = ""
    loaded: Mapping[str, Episode] = field(default_factory=dict)
    read: Mapping[str, bytes] = field(default_factory=dict)

    def __len__(self) -> int:
        """How many episodes."""
        return len(self.lines)

    def briefs(self, start: int = 0, end: int | None = None) -> list[Brief]:
        """The episodes from one position to another, the oldest first."""
        return [brief_of(line) for line in self.lines[start:end]]

    def holding(self, text: str) -> Iterator[Brief]:
        """The episodes in whose lines that text is one of the values, the newest first."""
        whole = "\n".join(("", *self.lines, ""))
        found = {*_places(whole, _ENCODE(text)), *_places(whole, f"\n{plain(text)}\t")}
        yield from (brief_of(whole[place : whole.index("\n", place)]) for place in sorted(found, reverse=True))

    def line_of(self, slug: str) -> str:
        """The line of an episode as it is or was last known, "" where it is not."""
        known = (line for line in self.lines if line.startswith(f"{plain(slug)}\t"))
        return next(known, next((each.line for each in self.broken if each.slug == slug), ""))

    def with_lines(self, lines: Sequence[str], broken: Iterable[Broken]) -> Shelf:
        """The shelf of other episodes; of its pages those are known of which no line is another one."""
        return replace(self, lines=lines, broken=tuple(sorted(broken)), pages=_untouched(self, lines))

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
        news = {episode.slug: line_of(_in_short(episode, stamp)) for episode, stamp in pairs}
        heads = tuple(f"{plain(slug)}\t" for slug in {*news, *gone})
        kept = [line for line in self.lines if not line.startswith(heads)] if heads else list(self.lines)
        lines = ordered(kept, news.values())
        broken = tuple(each for each in self.broken if each.slug not in news and each.slug not in gone)
        loaded = {**self.loaded, **{episode.slug: episode for episode, _ in pairs}}
        return replace(self, lines=lines, broken=broken, pages=_untouched(self, lines), loaded=loaded)


def stamp_of(path: Path) -> Stamp:
    """A file's stamp. Raises OSError."""
    found = path.stat()
    return Stamp(found.st_mtime_ns, found.st_size)


def line_of(brief: Brief) -> str:
    """An episode's line in the index."""
    date, number, slug, season, guid, identity, title, language, duration_ms, mtime_ns, size_bytes = brief
    texts = ",".join(map(_ENCODE, (guid, identity, title, language)))
    line = f"{plain(slug)}\t{mtime_ns}\t{size_bytes}\t[{_ENCODE(date)},{number},{season},{texts},{duration_ms}]"
    _keep(line, brief)
    return line


def brief_of(line: str) -> Brief:
    """What a line says."""
    return _BRIEFS.get(line) or _keep(line, _parsed(line))


def _parsed(line: str) -> Brief:
    slug, mtime_ns, size_bytes, rest = line.split("\t", 3)
    date, number, season, *others = json.loads(rest)
    name = json.loads(slug) if slug.startswith('"') else slug
    return Brief._make((date, number, name, season, *others, int(mtime_ns), int(size_bytes)))


def _keep(line: str, brief: Brief) -> Brief:
    """What a line says, known from now on."""
    if len(_BRIEFS) == _MOST_KEPT:
        _BRIEFS.clear()
    _BRIEFS[line] = brief
    return brief


_BRIEFS: dict[str, Brief] = {}
_ENCODE = json.encoder.encode_basestring_ascii


def _places(text: str, needle: str) -> Iterator[int]:
    """Where the lines begin that hold it."""
    place = text.find(needle)
    while place >= 0:
        yield text.rfind("\n", 0, place + 1) + 1
        place = text.find(needle, place + 1)


def plain(name: str) -> str:
    """A name as it stands in a line; what narrate calls its folders stays as it is."""
    return name if name.isascii() and name.isprintable() and not name.startswith('"') else json.dumps(name)


def _in_short(episode: Episode, stamp: Stamp) -> Brief:
    date = episode.published.astimezone(UTC).isoformat()
    known = (episode.guid, episode.identity, episode.title, episode.language, episode.duration_ms)
    return Brief._make((date, episode.number, episode.slug, episode.season, *known, *stamp))


def ordered(lines: list[str], news: Iterable[str]) -> list[str]:
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
