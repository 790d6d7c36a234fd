"""Bytes kept by what they depend on.

::

    <folder>/v2/<kind>/<1 hex>/<39 hex>     an entry: header, digest, data
    <folder>/running/<16 hex>               a lock file for each run that uses the cache

Entries are not synced to disk. ``kill -9`` does not lose what the system has
taken over, and a power cut is noticed: each entry carries a digest of its key
and its data, and one that does not match is removed and reads as absent. A
cache may forget, it may not lie. Nothing here makes a run fail: where the disk
is full or may not be written the data is handed back, the failure is counted
and, within a bound, kept in memory.
"""

from __future__ import annotations

import errno
import os
import re
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from narrate.errors import StorageError
from narrate.runtime.files import storage_error

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

VERSION = 2
"""Version of the layout and of the entries; those of another version are absent, and pruned."""

TOUCH_S = 3600.0
"""An entry's time of last use is this coarse, in seconds, so that reading rarely writes."""

MEMORY_BYTES = 64_000_000
"""How much is kept in memory when the disk takes nothing: about 24 minutes of speech."""

_MAGIC = b"narrate\x01"
_HEADER_BYTES = len(_MAGIC) + 32
_KIND = re.compile(r"[a-z][a-z0-9-]{0,30}\Z")
_DAY_S = 86_400.0


@dataclass(frozen=True, slots=True)
class Usage:
    """What the cache holds of one kind ("" is what older versions left)."""

    kind: str
    entries: int
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Pruned:
    """What was removed, and what is left."""

    entries: int
    size_bytes: int
    left_entries: int
    left_bytes: int


@dataclass(frozen=True, slots=True)
class _Entry:
    path: Path
    kind: str
    size_bytes: int
    used_s: float


class Cache:
    """A folder of entries by kind ("takes", "units") and key (any text); threads and processes may share it.

    `clock` tells the time in seconds since 1970.
    """

    def __init__(self, folder: Path, clock: Callable[[], float] = time.time) -> None:
        self.folder = folder
        self.failures = 0
        self._clock = clock
        self._failure: OSError | None = None
        self._memory: dict[tuple[str, str], bytes] = {}
        self._memory_bytes = 0
        self._guard = threading.Lock()

    def get(self, kind: str, key: str) -> bytes | None:
        """The data kept under a key, or None; an entry that was altered or cut short is removed and is None."""
        path = self._path(kind, key)
        try:
            with path.open("rb", buffering=0) as file:
                header, data = file.read(_HEADER_BYTES), file.read()
                used_s = os.fstat(file.fileno()).st_mtime
        except OSError:
            return self._memory.get((kind, key))
        if header != _header(kind, key, data):
            with suppress(OSError):
                path.unlink()
            return None
        if abs(self._clock() - used_s) > TOUCH_S:
            with suppress(OSError):
                os.utime(path, (self._clock(),) * 2)
        return data

    def stamp(self, kind: str, key: str) -> bytes | None:
        """A digest of what is kept under a key, without reading it: `get` may yet find it altered."""
        with suppress(OSError), self._path(kind, key).open("rb", buffering=0) as file:
            return header if len(header := file.read(_HEADER_BYTES)) == _HEADER_BYTES else None
        return _header(kind, key, self._memory[kind, key]) if (kind, key) in self._memory else None

    def has(self, kind: str, key: str) -> bool:
        """Whether there is an entry, without reading it: `get` may yet find it altered."""
        return self._path(kind, key).exists() or (kind, key) in self._memory

    def put(self, kind: str, key: str, data: bytes) -> bytes:
        """Keep data under a key unless there is some already; returns what is kept, which is then the one to use.

        Of two that put at once, one wins and both get its data.
        """
        path = self._path(kind, key)
        try:
            return self._store(path, kind, key, data)
        except OSError as refused:
            return self._remember(kind, key, data, refused)

    def check(self) -> None:
        """Raises `StorageError` if anything could not be kept since this object was made."""
        if self._failure:
            raise self.complaint() from self._failure

    def complaint(self) -> StorageError:
        """The sentence for what could not be kept; `failures` says how often."""
        return storage_error("keep anything in the cache", self.folder, self._failure or OSError(0, "no failure"))

    def size(self) -> tuple[Usage, ...]:
        """How much there is of each kind, by name; sizes count file bytes."""
        sums: dict[str, list[int]] = {}
        for entry in self._entries():
            sums.setdefault(entry.kind, []).append(entry.size_bytes)
        return tuple(Usage(kind, len(sizes), sum(sizes)) for kind, sizes in sorted(sums.items()))

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """While this lasts, no `prune` of any process removes an entry that was got or put since it began."""
        from narrate.runtime.locks import try_lock

        lock, path = None, self.folder / "running" / os.urandom(8).hex()
        with suppress(OSError, StorageError):  # a cache that cannot be written cannot be pruned either
            path.parent.mkdir(parents=True, exist_ok=True)
            lock = try_lock(path)
            os.utime(path, (self._clock(),) * 2)
        try:
            yield
        finally:
            if lock:
                lock.release()
                with suppress(OSError):
                    path.unlink()

    def prune(self, max_bytes: int | None = None, older_than_s: float | None = None) -> Pruned:
        """Remove entries not used for `older_than_s`, then the least recently used until `max_bytes` are left.

        What running commands have used is kept, and what other versions or killed runs left is removed.
        """
        now = self._clock()
        protected_s = self._running_since(now) - TOUCH_S
        entries = sorted(self._entries(), key=lambda entry: entry.used_s)
        left_bytes = sum(entry.size_bytes for entry in entries)
        removed, removed_bytes = 0, 0
        for entry in entries:
            old = older_than_s is not None and entry.used_s < now - older_than_s
            over = max_bytes is not None and left_bytes - removed_bytes > max_bytes
            stale = not entry.kind and entry.used_s < now - _DAY_S
            if entry.used_s < protected_s and (old or over or stale) and _unlink(entry.path):
                removed += 1
                removed_bytes += entry.size_bytes
        return Pruned(removed, removed_bytes, len(entries) - removed, left_bytes - removed_bytes)

    def prune_daily(self, max_bytes: int) -> Pruned | None:
        """`prune` to a size, but at most once a day, since looking at every entry takes time; None where it did not."""
        stamp = self.folder / "pruned"
        try:
            if abs(self._clock() - stamp.stat().st_mtime) < _DAY_S:
                return None
        except OSError:
            pass  # never pruned yet
        with suppress(OSError):
            stamp.touch()
            os.utime(stamp, (self._clock(),) * 2)
        return self.prune(max_bytes)

    def _path(self, kind: str, key: str) -> Path:
        """Where an entry is: names are hex digits, so that any key is safe on any file system."""
        if not _KIND.match(kind):
            raise ValueError(f"not a kind of cache entry: {kind!r}")
        name = blake2b(key.encode(), digest_size=20).hexdigest()
        return self.folder / f"v{VERSION}/{kind}/{name[:1]}/{name[1:]}"  # joined at once: thousands in a remake

    def _store(self, path: Path, kind: str, key: str, data: bytes) -> bytes:
        staged = path.with_name(f"{os.urandom(8).hex()}.tmp")
        for _ in range(3):
            try:
                _write(staged, (_header(kind, key, data), data))
                _claim(staged, path)
            except FileExistsError:
                kept = self.get(kind, key)  # removes it if it is not whole, and the next round takes its place
                if kept is not None:
                    return kept
            else:
                return data
            finally:
                with suppress(OSError):
                    staged.unlink()
        raise OSError(errno.EIO, "an entry that is not whole cannot be removed", str(path))

    def _remember(self, kind: str, key: str, data: bytes, refused: OSError) -> bytes:
        with self._guard:
            self.failures += 1
            self._failure = self._failure or refused
            if self._memory_bytes + len(data) > MEMORY_BYTES:
                return self._memory.get((kind, key), data)
            kept = self._memory.setdefault((kind, key), data)
            self._memory_bytes += len(data) if kept is data else 0
            return kept

    def _entries(self) -> Iterator[_Entry]:
        """Every file that takes room; the kind is "" for leftovers."""
        current = self.folder / f"v{VERSION}"
        for version in self.folder.glob("v*"):
            for folder, _, names in os.walk(version):
                for name in names:
                    path = Path(folder, name)
                    whole = version == current and not name.endswith(".tmp")
                    with suppress(OSError):  # removed by somebody else meanwhile
                        status = path.stat()
                        yield _Entry(path, path.parts[-3] if whole else "", status.st_size, status.st_mtime)

    def _running_since(self, now: float) -> float:
        """When the longest-running command that uses this cache began; far ahead of `now` if there is none."""
        from narrate.runtime.locks import try_lock

        since = now + 10 * 365 * _DAY_S
        for path in self.folder.glob("running/*"):
            with suppress(OSError, StorageError):
                began_s = path.stat().st_mtime
                lock = try_lock(path)
                if lock is None:
                    since = min(since, began_s)
                else:
                    lock.release()
                    path.unlink()
        return since


def _header(kind: str, key: str, data: bytes) -> bytes:
    """Magic word with the version, and a digest of kind, key and data: an entry under another's name is noticed too."""
    digest = blake2b(f"{kind}\0{key}\0".encode(), digest_size=32)
    digest.update(data)
    return _MAGIC + digest.digest()


def _write(path: Path, parts: tuple[bytes, ...]) -> None:
    try:
        file = path.open("xb")
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("xb")
    with file:
        file.writelines(parts)


def _claim(staged: Path, path: Path) -> None:
    """Give a whole file its name; raises FileExistsError if the name is taken."""
    if os.name == "nt":
        staged.rename(path)  # refuses to replace on Windows
        return
    try:
        path.hardlink_to(staged)
    except FileExistsError:
        raise
    except OSError:
        # A file system without hard links (FAT, some FUSE): two that put at the same instant may each keep their own.
        if path.exists():
            raise FileExistsError(errno.EEXIST, "taken", str(path)) from None
        staged.replace(path)


def _unlink(path: Path) -> bool:
    try:
        path.unlink()
    except FileNotFoundError:
        return True
    except OSError:
        return False  # open elsewhere on Windows, or not ours; the next prune tries again
    return True
