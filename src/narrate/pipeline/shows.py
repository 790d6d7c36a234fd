"""What is done to a show as a whole: begin it, change it, remove episodes, write its feed again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from narrate.errors import ShowError
from narrate.feed import FEED_NAME, FIELDS, field_text, set_field
from narrate.pipeline.changing import (
    SETTINGS_NAME,
    Change,
    changed,
    cover_name,
    draw_ahead,
    first_written,
    open_show,
)
from narrate.pipeline.library import Library
from narrate.pipeline.order import Limits
from narrate.pipeline.pages import feed_slice, page_slice
from narrate.pipeline.shelf import MANIFEST_NAME
from narrate.runtime.files import shown
from narrate.runtime.staging import recover

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from narrate.model import Show
    from narrate.model.brief import Brief

__all__ = ["MANIFEST_NAME", "PAGE_NAME", "SETTINGS_NAME", "Change", "Library", "changed", "draw_ahead", "open_show"]

PAGE_NAME = "index.html"


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


class Rebuilt(NamedTuple):
    """A show whose feed was written again, and the episodes that left the feed with it."""

    library: Library
    pruned: tuple[Brief, ...]


def rebuild(folder: Path) -> Library:
    """A show with its feed written again from the manifests."""
    return rewritten(folder, Limits()).library


def rewritten(folder: Path, limits: Limits) -> Rebuilt:
    """A show with its feed written again from the manifests; `limits` are settings of the show from now on."""
    existing_show(folder)
    with changed(folder) as change:
        change.library = limited(change.library, limits)
    return Rebuilt(change.library, change.pruned)


def remove(folder: Path, names: Sequence[str]) -> tuple[Brief, ...]:
    """Remove episodes by slug, guid or title: all of them or, when one is not there, none. Raises `ShowError`."""
    existing_show(folder)
    with changed(folder) as change:
        gone = tuple(dict.fromkeys(change.library.row(words) for words in names))
        for brief in gone:
            change.staging.remove(brief.slug)
        show = replace(change.library.show, numbered=_numbered(change.library.show.numbered, gone))
        change.library = replace(change.library.without(brief.slug for brief in gone), show=show)
    return gone


def highest_given(library: Library, season: int) -> int:
    """The highest number that an episode of a season was ever given, 0 for none; removed ones count too."""
    return max(library.shelf.highest_number(season), _marks(library.show.numbered).get(season, 0))


def feed_for(folder: Path, base_url: str, name: str = FEED_NAME) -> bytes:
    """A show's feed, or the page of it that is called `name`, as apps get it at `base_url`.

    Raises `ShowError` where there is no such page.
    """
    library = open_show(folder)
    show = replace(library.show, cover=cover_name(library.show))
    data = feed_slice(library, show, base_url, name, first_written(library))
    if data is None:
        raise ShowError(f"there is no {shown(name)} in {shown(folder)}")
    return data


def page_for(folder: Path, base_url: str) -> bytes:
    """A show's page as it is at `base_url`: the feed's address, the code of it, the apps that can reach it."""
    library = open_show(folder)
    return page_slice(library, replace(library.show, cover=cover_name(library.show)), base_url, first_written(library))


def _numbered(marks: str, gone: Iterable[Brief]) -> str:
    """The highest numbers of removed episodes by season.

    >>> _numbered("", []), _numbered("0:7 2:3", [])
    ('', '0:7 2:3')
    """
    highest = _marks(marks)
    for brief in gone:
        highest[brief.season] = max(brief.number, highest.get(brief.season, 0))
    return " ".join(f"{season}:{number}" for season, number in sorted(highest.items()) if number)


def _marks(text: str) -> dict[int, int]:
    pairs = (pair.split(":") for pair in text.split())
    return {int(season): int(number) for season, number in pairs}


def in_feed(library: Library) -> int:
    """How many episodes, the newest, are in the feed."""
    return library.count - first_written(library)


def limited(library: Library, limits: Limits) -> Library:
    """The library with what is asked of its feed's limits in its settings."""
    show = library.show
    keep = show.keep if limits.keep is None else limits.keep
    days = show.max_age_days if limits.max_age_days is None else limits.max_age_days
    return replace(library, show=replace(show, keep=keep, max_age_days=days))


def told_broken(library: Library) -> tuple[str, ...]:
    """A sentence for each episode that is left out because its manifest cannot be read."""
    return tuple(
        f"{shown(each.slug)} is left out of the feed: {each.why}{_mending(library.folder / each.slug)}"
        for each in library.shelf.broken
    )


def _mending(folder: Path) -> str:
    """How an episode is made again under its name, where its script is there."""
    script = folder / "script.yaml"
    return f"; 'narrate make {script}' makes it again, and apps see the same episode" if script.is_file() else ""
