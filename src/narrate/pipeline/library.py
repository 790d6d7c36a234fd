"""A show's folder as a command sees it: its settings, a short row for each episode, and episodes as they are needed."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache, partial
from typing import TYPE_CHECKING

from narrate.errors import EpisodeError, ShowError
from narrate.feed import FEED_NAME
from narrate.pipeline.shelving import load_episode, read_shelf
from narrate.publish import local_base_url
from narrate.runtime.files import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from narrate.model import Episode, Show
    from narrate.model.brief import Brief
    from narrate.pipeline.shelf import Shelf


@dataclass(frozen=True, slots=True)
class Library:
    """A show's folder, as it was read; the disk is asked for episodes when they are first asked for here.

    `fresh` are episodes by slug that are to be there in place of those of their slugs, `gone` slugs that are not to
    be there any more, once the change is committed that this library is the outcome of.
    """

    folder: Path
    show: Show
    shelf_of: Callable[[], Shelf]
    fresh: Mapping[str, Episode] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()

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

    @property
    def shelf(self) -> Shelf:
        """The episodes as they stand in the folder."""
        return self.shelf_of()

    @property
    def count(self) -> int:
        """How many episodes there are on the disk."""
        return len(self.shelf)

    @property
    def episodes(self) -> tuple[Episode, ...]:
        """Every episode in full, the oldest first: their manifests are read now, so ask for less where less will do.

        Those that turn out to be spoiled are left out, as they are of the feed.
        """
        rows = [brief for brief in self.shelf.briefs() if brief.slug not in self.gone and brief.slug not in self.fresh]
        return (*self._readable(rows), *self.fresh.values())

    def _readable(self, rows: Iterable[Brief]) -> Iterator[Episode]:
        for brief in rows:
            with suppress(EpisodeError):
                yield self.load(brief)

    def newest_first(self) -> list[Brief]:
        """The episodes in short, by date of publication."""
        return self.shelf.briefs()[::-1]

    def load(self, brief: Brief) -> Episode:
        """An episode in full. Raises `EpisodeError`."""
        return self.fresh.get(brief.slug) or load_episode(self.folder, brief.slug, self.shelf)

    def of_guid(self, guid: str) -> Episode | None:
        """The episode of that guid, as it stands in the folder; None too where its manifest is spoiled."""
        try:
            return next((self.load(brief) for brief in self.shelf.holding(guid) if brief.guid == guid), None)
        except EpisodeError:
            return None

    def find(self, identity: str) -> Brief | None:
        """The newest episode of that identity, also one whose manifest can no longer be read."""
        rows = (brief for brief in self.shelf.holding(identity) if brief.identity == identity)
        return next(rows, None) or self.shelf.lost(identity)

    def named(self, words: str) -> Episode:
        """The episode of that slug, guid or title. Raises `ShowError`."""
        return self.load(self.row(words))

    def row(self, words: str) -> Brief:
        """The episode of that slug, guid or title, in short. Raises `ShowError`."""
        for brief in self.shelf.holding(words):
            if words in {brief.slug, brief.guid, brief.title}:
                return brief
        raise ShowError(f"there is no episode {shown(words)} in {shown(self.folder)}; 'narrate list' names them")

    def with_episode(self, episode: Episode) -> Library:
        """The library with this episode in place of the one of its slug."""
        return replace(self, fresh={**self.fresh, episode.slug: episode})

    def without(self, slugs: Iterable[str]) -> Library:
        """The library without these episodes."""
        return replace(self, gone=self.gone.union(slugs))

    def now_with(self, shelf: Shelf) -> Library:
        """The library as it is once the change is committed."""
        return replace(self, shelf_of=lambda: shelf, fresh={}, gone=frozenset())


def library_of(folder: Path, show: Show) -> Library:
    """The library of a show's folder."""
    return Library(folder, show, cache(partial(read_shelf, folder)))
