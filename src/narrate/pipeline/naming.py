"""What is set at an episode's first make and never changes: who it is, its folder's name, its number, its date."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from narrate.episode import slug_for
from narrate.pipeline.shows import highest_given

if TYPE_CHECKING:
    from narrate.pipeline.library import Library
    from narrate.pipeline.order import Numbering
    from narrate.pipeline.tools import Tools

_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Name:
    """What never changes of an episode."""

    identity: str
    guid: str
    slug: str
    number: int
    season: int
    published: datetime


def named(library: Library, identity: str, title: str, tools: Tools, *, new: bool) -> Name:
    """The name of the newest episode of that identity or, where there is none or with `new`, a new one.

    One whose manifest was spoiled is still itself when it is made again.
    A new number follows the highest that was ever given in the season (Apple: each season counts anew).
    """
    before = None if new else library.find(identity)
    if before:
        return Name(identity, before.guid, before.slug, before.number, before.season, before.published)
    season = library.show.season
    number = highest_given(library, season) + 1
    slug = slug_for(title, library.shelf.names)
    return Name(identity, tools.new_guid(), slug, number, season, free_moment(library, tools))


def numbered(name: Name, library: Library, wish: Numbering) -> Name:
    """The name with the season and the number that are asked for; in another season the next number there."""
    season = name.season if wish.season is None else wish.season
    number = name.number if season == name.season else highest_given(library, season) + 1
    return replace(name, season=season, number=number if wish.number is None else wish.number)


def free_moment(library: Library, tools: Tools) -> datetime:
    """A second that no other episode was published in, and not one to come: apps sort by it.

    Where this one is taken, the next one is waited for. Only of a clock that stands still it is taken in advance.
    """
    moment = tools.now()
    for _ in range(2):
        if not _taken(library, moment):
            return moment
        tools.wait(1 - time.time() % 1)
        moment = tools.now()
    while _taken(library, moment):
        moment += _SECOND
    return moment


def _taken(library: Library, moment: datetime) -> bool:
    date = moment.astimezone(UTC).isoformat()
    return any(brief.published_utc == date for brief in library.shelf.holding(date))
