"""What the maker says of one episode beside its article: kept when the episode is made again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from narrate.episode import dump_manifest
from narrate.feed import EPISODE_FIELDS, episode_field_text, set_episode_field
from narrate.pipeline.shows import MANIFEST_NAME, changed, existing_show

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from narrate.model import Episode

_KEPT = ("type", "licence", "licence_url", "persons", "soundbites", "content_links")


def keep_told(episode: Episode, before: Iterable[Episode]) -> Episode:
    """The episode with what was said of the one that had its guid `before`."""
    for other in before:
        if other.guid == episode.guid:
            return replace(episode, **{name: getattr(other, name) for name in _KEPT})
    return episode


def change_episode(folder: Path, words: str, pairs: Sequence[tuple[str, str]]) -> Episode:
    """An episode (by slug, guid or title) with fields set, all or none, and the feed written again.

    Raises:
        ShowError: no such show, episode or field, or a value that it cannot have.
    """
    existing_show(folder)
    with changed(folder) as change:
        episode = change.library.named(words)
        for name, value in pairs:
            episode = set_episode_field(episode, name, value)
        change.stage(f"{episode.slug}/{MANIFEST_NAME}", dump_manifest(episode))
        change.library = change.library.with_episode(episode)
    return episode


def fields_of_episode(episode: Episode) -> list[tuple[str, str, str]]:
    """Each field of an episode that can be set: its name, its value as text, what it is."""
    return [(field.name, episode_field_text(episode, field), field.help) for field in EPISODE_FIELDS]


def field_names() -> list[str]:
    """Every field of an episode that can be set, for shells to offer."""
    return [field.name for field in EPISODE_FIELDS]


def choices_of(name: str) -> tuple[str, ...]:
    """The values that a field may have, for shells to offer; none where it takes any text."""
    fields = [field for field in EPISODE_FIELDS if field.name == name.replace("-", "_")]
    return fields[0].choices() if fields else ()
