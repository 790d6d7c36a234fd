"""One at a time, between processes; the system lets go of a lock when its holder dies, however it dies."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from narrate.errors import ShowError
from narrate.runtime.files import shown, storage_error

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from filelock import BaseFileLock

_POLL_S = 0.02


@contextmanager
def locked(path: Path, what: Path, wait_s: float = 60.0) -> Iterator[None]:
    """Hold the lock file `path` on behalf of `what`; its folder must exist.

    Raises `ShowError` naming the process that holds it when it is not had within `wait_s`,
    `StorageError` where the file cannot be written. Not re-entrant.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(path, thread_local=False)
    holder = path.with_name(f"{path.name}-holder")
    try:
        lock.acquire(timeout=wait_s, poll_interval=_POLL_S)
    except Timeout as busy:
        raise ShowError(
            f"{shown(what)} is being changed by another narrate{_who(holder)} for {wait_s:g} s; wait for it or end it",
        ) from busy
    except OSError as refused:
        raise storage_error("lock", what, refused) from refused
    try:
        with suppress(OSError):  # only a courtesy to those who wait
            holder.write_text(f"{os.getpid()}\n", encoding="ascii")
        yield
    finally:
        lock.release()


def try_lock(path: Path) -> BaseFileLock | None:
    """The lock of that file, held until its `release()`, or None while a living process holds it."""
    from filelock import FileLock, Timeout

    lock = FileLock(path, thread_local=False)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return None
    except OSError as refused:
        raise storage_error("lock", path, refused) from refused
    return lock


def _who(holder: Path) -> str:
    try:
        return f" (process {int(holder.read_text(encoding='ascii'))})"
    except (OSError, ValueError):
        return ""
