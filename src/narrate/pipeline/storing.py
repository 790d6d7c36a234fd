"""The last step of a make: the episode's files, its place in the show, and what is to be said of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from narrate.model import FileRole
from narrate.pipeline.music import with_music_for
from narrate.pipeline.order import Outcome
from narrate.pipeline.packing import pack
from narrate.pipeline.regaining import gains_before
from narrate.pipeline.shows import changed, limited, told_broken
from narrate.runtime.files import storage_error

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from narrate.model import Episode
    from narrate.model.brief import Brief
    from narrate.pipeline.order import Order
    from narrate.pipeline.packing import Mixed
    from narrate.pipeline.tools import Tools

_HEARD = "Apps see the same episode, and keep what they have downloaded; --new makes another one."


class Stored(NamedTuple):
    """An episode in its show, what became of it, sentences for people, and the episodes that left the feed with it.

    `gains_db` are those of the voices in each format when it was made last.
    """

    episode: Episode
    outcome: Outcome
    warnings: tuple[str, ...]
    pruned: tuple[Brief, ...]
    gains_db: Mapping[str, float]


def stored(folder: Path, mixed: Mixed, order: Order, tools: Tools) -> Stored:
    """Write the episode, its files in the show and the show's feed, all at once.

    Raises:
        StorageError: the disk is full, or may not be written.
    """
    # Every episode's folder lies in the show's, so the music is as far from each.
    script = with_music_for(mixed.script, folder / "episode")
    mixed = replace(mixed, script=script, numbering=order.numbering)
    try:
        with changed(folder, mixed.script.language, tools.new_guid(), tools.now()) as change:
            change.library = limited(change.library, order.limits)
            library = change.library
            episode = pack(change, mixed, tools, new=order.new)
            before = library.of_guid(episode.guid)
            gains_db = gains_before(folder, before)
    except OSError as refused:
        raise storage_error("write", refused.filename or folder, refused) from refused
    told = told_broken(change.library)
    if before and _sounds(before) != _sounds(episode):
        told = (_HEARD, *told)
    mended = episode.slug in {each.slug for each in library.shelf.broken}
    outcome = Outcome.REMADE if mended else _outcome(episode, before)
    return Stored(episode, outcome, told, change.pruned, gains_db)


def _outcome(episode: Episode, before: Episode | None) -> Outcome:
    if before is None:
        return Outcome.NEW
    return Outcome.UNCHANGED if episode == before else Outcome.REMADE


def _sounds(episode: Episode) -> list[tuple[str, str]]:
    return [(file.name, file.sha256) for file in episode.files if file.role is FileRole.AUDIO]
