"""A change to a show: made under its lock, and all of it there at once or nothing."""

from __future__ import annotations

import re
from bisect import bisect_left
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING
from uuid import uuid4

from narrate.errors import EpisodeError, ShowError
from narrate.feed import dump_show, freeze_guid, load_show, new_show
from narrate.pipeline.library import library_of
from narrate.pipeline.pages import stage_papers
from narrate.pipeline.shelf import MANIFEST_NAME, Stamp, brief_of, stamp_of
from narrate.pipeline.shelving import save_shelf, thorough
from narrate.runtime.files import read_bounded, shown
from narrate.runtime.staging import Staging, lock_show

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from narrate.model import Show
    from narrate.model.brief import Brief
    from narrate.pipeline.library import Library
    from narrate.pipeline.shelf import Shelf

SETTINGS_NAME = "show.toml"
_MOST_BYTES = 4_000_000
"""More than any show.toml."""
_DRAWN = re.compile(r"cover-[0-9a-f]{10}\.jpg")


def open_show(folder: Path, language: str = "en", guid: str = "") -> Library:
    """The show in `folder`; one that is not there yet has sensible settings, written with its first episode.

    Raises:
        ShowError: it is no folder, or its settings cannot be read.
    """
    if folder.exists() and not folder.is_dir():
        raise ShowError(f"{shown(folder)} is a file, and a show is a folder; name another with --out or --show")
    path = folder / SETTINGS_NAME
    if path.exists():
        show = load_show(read_bounded(path, _MOST_BYTES, ShowError).decode("utf-8", "replace"), str(path))
    else:
        show = new_show("", guid or str(uuid4()), language)
    return library_of(folder, show)


class Change:
    """A change in the making: the show `before` it, what `staging` holds, what `library` will be once committed.

    `pruned` are the episodes that leave the feed with it because of how many it keeps, or how old they may be.
    """

    def __init__(self, library: Library, staging: Staging) -> None:
        self.library = library
        self.staging = staging
        self.before = library.show
        self.pruned: tuple[Brief, ...] = ()
        self._staged: set[str] = set()

    def stage(self, relative: str, data: bytes) -> None:
        """Stage a file, unless it is there just so already."""
        path = self.library.folder / relative
        if not (path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data):
            self.staging.stage(relative).write_bytes(data)
            self._staged.add(relative)

    def stamp(self, relative: str) -> Stamp:
        """The stamp that a file will have after the commit."""
        return stamp_of(self.path(relative))

    def path(self, relative: str) -> Path:
        """Where a file is until then that was given to be staged."""
        return self.staging.stage(relative) if relative in self._staged else self.library.folder / relative


@contextmanager
def changed(folder: Path, language: str = "en", guid: str = "", now: datetime | None = None) -> Iterator[Change]:
    """Change a show under its lock; settings, cover, page and feed follow, and all of it appears together.

    `now` settles which episodes are too old for the feed, where the show says how old they may be.
    """
    with Staging(folder) as staging, lock_show(folder) as held:
        change = Change(open_show(folder, language, guid), staging)
        yield change
        shelf = _settle(change, now or datetime.now(UTC))
        staging.commit(held)
        save_shelf(folder, shelf)


def _settle(change: Change, now: datetime) -> Shelf:
    """Stage all that follows from the change; the shelf as it will be."""
    library = change.library
    # A base URL written into show.toml by hand settles who the show is, as one set by command does.
    show = freeze_guid(library.show, library.show.base_url)
    fresh = [(episode, change.stamp(f"{slug}/{MANIFEST_NAME}")) for slug, episode in library.fresh.items()]
    before = library.shelf
    change.library = replace(library.now_with(before.changed(fresh, library.gone)), show=show)
    _stage_cover(change)
    change.stage(SETTINGS_NAME, dump_show(show).encode())
    try:
        return _stage_pages(change, before, now)
    except EpisodeError:  # a list does not need all of a manifest, a page does
        change.library = change.library.now_with(thorough(library.folder, change.library.shelf))
        return _stage_pages(change, before, now)


def _stage_pages(change: Change, before: Shelf, now: datetime) -> Shelf:
    library = change.library
    show, shelf = library.show, library.shelf
    first = first_shown(show, shelf, now)
    change.pruned = _pruned(before, shelf, first)
    pages = stage_papers(change, replace(show, cover=cover_name(show)), first)
    oldest = brief_of(shelf.lines[first]).slug if first < len(shelf) else ""
    shelf = replace(shelf, pages=pages, written=frozenset(pages), first=oldest)
    change.library = library.now_with(shelf)
    return shelf


def first_shown(show: Show, shelf: Shelf, now: datetime) -> int:
    """The position of the oldest episode that is in the feed."""
    first = max(0, len(shelf) - show.keep) if show.keep else 0
    if show.max_age_days:
        oldest = (now.astimezone(UTC) - timedelta(days=show.max_age_days)).isoformat()
        first = max(first, bisect_left(shelf.lines, oldest, key=lambda line: brief_of(line).published_utc))
    return first


def first_written(library: Library) -> int:
    """The position of the oldest episode in the feed as it was last written, or is to be written where none is."""
    shelf = library.shelf
    for brief in shelf.holding(shelf.first) if shelf.first else ():
        if brief.slug == shelf.first:
            return bisect_left(shelf.lines, brief, key=brief_of)
    return first_shown(library.show, shelf, datetime.now(UTC))


def _pruned(before: Shelf, shelf: Shelf, first: int) -> tuple[Brief, ...]:
    """The episodes before `first` that the feed named until now; all of them, where nothing is known of it."""
    if not first:
        return ()
    left_out = shelf.briefs(0, first)
    was_first = next((brief for brief in before.holding(before.first) if brief.slug == before.first), None)
    return tuple(brief for brief in left_out if was_first is None or brief >= was_first)


def _stage_cover(change: Change) -> None:
    """Draw the show's artwork where it has none of its own, and have those of other titles gone."""
    library = change.library
    cover = cover_name(library.show)
    if not library.show.cover and not (library.folder / cover).exists():
        change.stage(cover, artwork(library.show.title))
    for name in sorted(library.shelf.names - {cover}):
        # Only a drawn cover has such a name, also one of a title that was changed in show.toml by hand.
        if _DRAWN.fullmatch(name):
            change.staging.remove(name)


def draw_ahead(folder: Path, language: str) -> None:
    """Draw the artwork that a show has yet to get: it takes 50 MB, best had before a long episode is in memory."""
    show = open_show(folder, language).show
    if not show.cover and not (folder / cover_name(show)).exists():
        artwork(show.title)


@lru_cache(maxsize=1)
def artwork(title: str) -> bytes:
    """A show's cover, drawn."""
    from narrate.episode import SHOW_PX, Motif, draw_cover  # 15 ms, and most changes leave the cover as it is

    return draw_cover(title, "", SHOW_PX, Motif.RINGS)


def cover_name(show: Show) -> str:
    """The file of the show's artwork: its own, or the one drawn from its title. Another picture has another name."""
    return show.cover or f"cover-{blake2b(show.title.encode(), digest_size=5).hexdigest()}.jpg"
