"""A show on disk: its settings, its episodes' manifests, its feed, cover and page."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING
from uuid import uuid4

from narrate.episode import SHOW_PX, Motif, draw_cover, load_manifest, show_page
from narrate.errors import ShowError
from narrate.feed import (
    FEED_NAME,
    FIELDS,
    dump_show,
    field_text,
    freeze_guid,
    load_show,
    new_show,
    set_field,
    write_feed,
)
from narrate.publish import local_base_url
from narrate.runtime.files import read_bounded, shown
from narrate.runtime.staging import Staging, lock_show, recover

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from narrate.model import Episode, Show

SETTINGS_NAME = "show.toml"
MANIFEST_NAME = "episode.json"
PAGE_NAME = "index.html"
_MOST_BYTES = 4_000_000
"""More than any show.toml or manifest."""


@dataclass(frozen=True, slots=True)
class Library:
    """A show's folder, as it was read."""

    folder: Path
    show: Show
    episodes: tuple[Episode, ...]

    @property
    def feed(self) -> Path:
        """The feed's file."""
        return self.folder / FEED_NAME

    @property
    def base_url(self) -> str:
        """The public address of the folder, or the one at which `narrate serve` serves it; ends in a slash."""
        return self.show.base_url or local_base_url(self.folder.absolute().name)

    @property
    def feed_url(self) -> str:
        """The address that apps subscribe to."""
        return self.base_url + FEED_NAME

    def newest_first(self) -> list[Episode]:
        """The episodes by date of publication."""
        return sorted(self.episodes, key=lambda episode: (episode.published, episode.number), reverse=True)

    def find(self, identity: str) -> Episode | None:
        """The newest episode of that identity."""
        return next((episode for episode in self.newest_first() if episode.identity == identity), None)

    def named(self, words: str) -> Episode:
        """The episode of that slug, guid or title. Raises `ShowError`."""
        for episode in self.newest_first():
            if words in {episode.slug, episode.guid, episode.title}:
                return episode
        raise ShowError(f"there is no episode {shown(words)} in {shown(self.folder)}; 'narrate list' names them")

    def with_episode(self, episode: Episode) -> Library:
        """The library with this episode in place of the one of its guid."""
        others = tuple(one for one in self.episodes if one.guid != episode.guid)
        return replace(self, episodes=(*others, episode))


def open_show(folder: Path, language: str = "en", guid: str = "") -> Library:
    """The show in `folder`; one that is not there yet has sensible settings, written with its first episode.

    Raises:
        ShowError: it is no folder, or its settings or a manifest cannot be read.
    """
    if folder.exists() and not folder.is_dir():
        raise ShowError(f"{shown(folder)} is a file, and a show is a folder; name another with --out or --show")
    path = folder / SETTINGS_NAME
    if path.exists():
        show = load_show(read_bounded(path, _MOST_BYTES, ShowError).decode("utf-8", "replace"), str(path))
    else:
        show = new_show("", guid or str(uuid4()), language)
    return Library(folder, show, tuple(_episodes(folder)))


def existing_show(folder: Path) -> Library:
    """The show in `folder`, what a crash left finished first. Raises `ShowError` where there is none."""
    recover(folder)  # what a crash left of the very first make may hold the settings
    if not (folder / SETTINGS_NAME).exists():
        raise ShowError(f"there is no show in {shown(folder)}; 'narrate make ARTICLE' begins one")
    return open_show(folder)


def begin_show(folder: Path, title: str, language: str) -> Library:
    """A new show. Raises `ShowError` if there is one already."""
    with changed(folder, language) as change:
        if (folder / SETTINGS_NAME).exists():
            raise ShowError(f"there is a show in {shown(folder)} already; 'narrate show set title TITLE' renames it")
        if title:
            change.library = replace(change.library, show=set_field(change.library.show, "title", title))
    return change.library


def change_show(folder: Path, field: str, value: str) -> Library:
    """A show with one field set, its feed written again. Raises `ShowError`."""
    existing_show(folder)
    with changed(folder) as change:
        change.library = replace(change.library, show=set_field(change.library.show, field, value))
        cover = change.library.show.cover
        if field == "cover" and cover and not (folder / cover).is_file():
            raise ShowError(f"there is no picture {shown(cover)} in {shown(folder)}; put it there first")
    return change.library


def fields_of(show: Show) -> list[tuple[str, str, str]]:
    """Each field of a show: its name, its value as text, what it is."""
    return [(field.name, field_text(show, field), field.help) for field in FIELDS]


def rebuild(folder: Path) -> Library:
    """A show with its feed written again from the manifests."""
    existing_show(folder)
    with changed(folder) as change:
        pass
    return change.library


def remove(folder: Path, names: Sequence[str]) -> tuple[Episode, ...]:
    """Remove episodes by slug, guid or title: all of them or, when one is not there, none. Raises `ShowError`."""
    existing_show(folder)
    with changed(folder) as change:
        gone = tuple(dict.fromkeys(change.library.named(words) for words in names))
        for episode in gone:
            change.staging.remove(episode.slug)
        kept = tuple(episode for episode in change.library.episodes if episode not in gone)
        change.library = replace(change.library, episodes=kept)
    return gone


def feed_for(folder: Path, base_url: str) -> bytes:
    """A show's feed as apps get it at `base_url`, where it has no public address of its own."""
    library = open_show(folder)
    return _feed(library, library.show.base_url or base_url)


class Change:
    """A change in the making: the show `before` it, what `staging` holds, what `library` will be once committed."""

    def __init__(self, library: Library, staging: Staging) -> None:
        self.library = library
        self.staging = staging
        self.before = library.show

    def stage(self, relative: str, data: bytes) -> None:
        """Stage a file, unless it is there just so already."""
        path = self.library.folder / relative
        if not (path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data):
            self.staging.stage(relative).write_bytes(data)


@contextmanager
def changed(folder: Path, language: str = "en", guid: str = "") -> Iterator[Change]:
    """Change a show under its lock; settings, cover, page and feed follow, and all of it appears together."""
    with Staging(folder) as staging, lock_show(folder) as held:
        change = Change(open_show(folder, language, guid), staging)
        yield change
        _stage_show(change)
        staging.commit(held)


def _stage_show(change: Change) -> None:
    # A base URL written into show.toml by hand settles who the show is, as one set by command does.
    show = freeze_guid(change.library.show, change.library.show.base_url)
    change.library = library = replace(change.library, show=show)
    cover = library.folder / cover_name(library.show)
    if not library.show.cover and not cover.exists():
        change.stage(cover.name, _artwork(library.show.title, SHOW_PX))
    if not change.before.cover and cover_name(change.before) != cover.name:
        change.staging.remove(cover_name(change.before))
    change.stage(SETTINGS_NAME, dump_show(library.show).encode())
    change.stage(PAGE_NAME, show_page(library.show, library.newest_first(), library.feed_url, cover.name))
    change.stage(FEED_NAME, _feed(library, library.base_url))


def draw_ahead(folder: Path, language: str) -> None:
    """Draw the artwork that a show has yet to get: it takes 50 MB, best had before a long episode is in memory."""
    show = open_show(folder, language).show
    if not show.cover and not (folder / cover_name(show)).exists():
        _artwork(show.title, SHOW_PX)


@lru_cache(maxsize=1)
def _artwork(title: str, size_px: int) -> bytes:
    return draw_cover(title, "", size_px, Motif.RINGS)


def cover_name(show: Show) -> str:
    """The file of the show's artwork: its own, or the one drawn from its title. Another picture has another name."""
    return show.cover or f"cover-{blake2b(show.title.encode(), digest_size=5).hexdigest()}.jpg"


def _feed(library: Library, base_url: str) -> bytes:
    return write_feed(replace(library.show, cover=cover_name(library.show)), library.episodes, base_url)


def _episodes(folder: Path) -> Iterator[Episode]:
    for path in sorted(folder.glob(f"*/{MANIFEST_NAME}")):
        yield load_manifest(read_bounded(path, _MOST_BYTES, ShowError), str(path))
