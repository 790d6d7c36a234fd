"""Things that are made once and kept: a cache worn so that its user cannot tell it from making them each time."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from narrate.runtime.cache import Cache


class Kept:
    """Bytes of one `kind`, by key. `made` counts what had to be made."""

    def __init__(self, cache: Cache, kind: str) -> None:
        self._cache = cache
        self._kind = kind
        self.made = 0

    def missing(self, keys: Iterable[str]) -> Iterator[int]:
        """Positions of the first of each key that is not kept yet."""
        seen: set[str] = set()
        for position, key in enumerate(keys):
            if key not in seen and not self._cache.has(self._kind, key):
                yield position
            seen.add(key)

    def find(self, key: str) -> bytes | None:
        """The bytes of a key; None if they are not kept, or the entry turns out to be damaged."""
        return self._cache.get(self._kind, key)

    def stamp(self, key: str) -> bytes | None:
        """What tells the bytes of a key from any others, without reading them; None if they are not kept."""
        return self._cache.stamp(self._kind, key)

    def put(self, key: str, data: bytes) -> bytes:
        """Keep what was made; gives what is kept, which is the one to use.

        Raises:
            StorageError: the disk takes nothing, and the memory set aside for that is full. Made again, a take
                would differ from the one that the timeline was laid out with.
        """
        data = self._cache.put(self._kind, key, data)
        self.made += 1
        if not self._cache.has(self._kind, key):
            raise self._cache.complaint()
        return data

    def get(self, key: str, make: Callable[[], bytes]) -> bytes:
        """The bytes of a key, made now if they are not kept. Raises as `put` does."""
        data = self.find(key)
        return self.put(key, make()) if data is None else data
