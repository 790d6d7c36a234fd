"""Readers whose formats may do harm, each in a process of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from narrate.runtime.confined import confined

if TYPE_CHECKING:
    from collections.abc import Iterable

    from narrate.article import Reader
    from narrate.model import Article, Origin


class ConfinedReader:
    """A reader that looks like the one it wraps, and reads in a process with limits on time and memory.

    Articles of less than `from_bytes` it reads here.
    """

    def __init__(self, reader: Reader, from_bytes: int = 0) -> None:
        self.reader = reader
        self.from_bytes = from_bytes
        self.name = reader.name
        self.suffixes = reader.suffixes

    def claims(self, head: bytes, origin: Origin) -> float:
        """How sure the reader is; asked here, for it looks at a few bytes only."""
        return self.reader.claims(head, origin)

    def read(self, data: bytes, origin: Origin) -> Article:
        """The article, from the other process. Raises `ArticleError`."""
        if len(data) < self.from_bytes:
            return self.reader.read(data, origin)
        return confined(self.reader.read, data, origin, what=origin.name)


def with_walls(readers: Iterable[Reader]) -> tuple[Reader, ...]:
    """The readers, those confined that say that they want to be (see `Reader`)."""
    return tuple(_walled(reader) for reader in readers)


def _walled(reader: Reader) -> Reader:
    from_bytes = 0 if getattr(reader, "confined", False) else getattr(reader, "confined_from", None)
    return reader if from_bytes is None else ConfinedReader(reader, from_bytes)
