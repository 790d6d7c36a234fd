"""An episode in short: enough to list, find, name, number and sort episodes without reading their manifests."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple


class Brief(NamedTuple):
    """A row of a show's list; the fields are `Episode`'s. Rows compare as episodes follow one another, oldest first.

    A tuple and not a dataclass: a show may have ten thousand, and they are made anew by every command.
    """

    published_utc: str
    """Always with "+00:00" at its end, so that texts compare as moments do."""
    number: int
    slug: str
    season: int
    guid: str
    identity: str
    title: str
    language: str
    duration_ms: int
    mtime_ns: int
    """When its manifest was written, and how large it is: with another one the row counts for nothing."""
    size_bytes: int

    @property
    def published(self) -> datetime:
        """The date of publication."""
        return datetime.fromisoformat(self.published_utc)
