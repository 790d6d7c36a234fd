"""Several files that appear together, or not at all, also when the machine dies in between.

::

    <root>/.staging/lock            held while the show is being changed
    <root>/.staging/journal.json    a change that is decided but perhaps not finished
    <root>/.staging/<16 hex>/       what one run has staged, with a lock of its own while the run lives

A run writes its files under numbers into a folder of its own. To commit, under
the show's lock: sync the files; write the journal, which is the moment of
decision; rename each file into place, those that name others (the manifest,
the feed) last; move away what is to be removed; take the journal away. Whoever
takes the lock next finishes what a journal says and clears what dead runs left,
so before the journal nothing has happened, and after it everything will.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Self

from narrate.errors import ShowError, StorageError
from narrate.runtime.files import replace_patiently, shown, storage_error, sync
from narrate.runtime.journal import FOLDER, JOURNAL, Journal, Move, read_journal, safe_place, write_journal
from narrate.runtime.locks import locked, try_lock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

    from filelock import BaseFileLock

_LAST = (re.compile(r"episode\.json"), re.compile(r"feed-[0-9]+\.xml"), re.compile(r"feed\.xml"))
"""Files that name other files come after all others, in this order."""

_AT_ONCE = 8
"""How many files are synced at once: most of the time is waiting, and file systems write what waits together."""


@dataclass(frozen=True, slots=True)
class HeldShow:
    """Proof that the lock of the show in `root` is held; given by `lock_show` and worth nothing after it."""

    root: Path


@contextmanager
def lock_show(root: Path, wait_s: float = 60.0) -> Iterator[HeldShow]:
    """Hold a show's lock, what a crash left finished or undone first; the folder is made if need be.

    Between processes as between threads one at a time. Raises `ShowError` when another
    holds it longer than `wait_s`, `StorageError` where the folder cannot be written.
    """
    folder = root / FOLDER
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as refused:
        raise storage_error("write in", root, refused) from refused
    with locked(folder / "lock", root, wait_s):
        _recover(root)
        yield HeldShow(root)


def recover(root: Path, wait_s: float = 60.0) -> None:
    """Finish or undo what a crash left in a show's folder; nothing is written where there is nothing to do."""
    folder = root / FOLDER
    if (folder / JOURNAL).exists() or any(_runs(folder)):
        with lock_show(root, wait_s):
            pass


def being_changed(root: Path, within_s: float) -> bool:
    """Whether somebody is putting files in place, since `within_s` seconds at most: else it was left by a crash."""
    try:
        since = (root / FOLDER / JOURNAL).stat().st_mtime
    except OSError:  # nobody is
        return False
    return time.time() - since < within_s


class Staging:
    """The files of one change to a show: ``with Staging(root) as staging``, stage, then `commit` under `lock_show`.

    Without a commit, leaving it throws away what was staged. Paths are relative to `root`, with slashes.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._run = os.urandom(8).hex()
        self._staged: dict[str, str] = {}
        self._removals: list[str] = []
        self._lock: BaseFileLock | None = None
        self._decided = False

    def __enter__(self) -> Self:
        # Under the show's lock, or another run's recovery could take the folder for a dead run's before it is locked.
        with lock_show(self.root):
            try:
                self._folder.mkdir()
            except OSError as refused:
                raise storage_error("write in", self.root, refused) from refused
            self._lock = try_lock(self._folder / "lock")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._lock:
            self._lock.release()
        if not self._decided:
            shutil.rmtree(self._folder, ignore_errors=True)

    def workshop(self) -> Path:
        """A folder on the same disk for what is not decided yet; it goes with the run, also when the machine dies."""
        folder = self._folder / "workshop"
        folder.mkdir(exist_ok=True)
        return folder

    def stage(self, relative: str) -> Path:
        """Where to write the file that is to be at `relative` after the commit; it keeps the suffix."""
        target = safe_place(relative)
        self._staged.setdefault(target, f"{len(self._staged):04}{PurePosixPath(target).suffix}")
        return self._folder / self._staged[target]

    def remove(self, relative: str) -> None:
        """Have a file or a whole folder gone after the commit; nothing to do where it is not there."""
        self._removals.append(safe_place(relative))

    def commit(self, show: HeldShow) -> None:
        """Make it so, all of it. Raises `StorageError`.

        An error before the journal is written leaves everything as it was. One after it (somebody else has a file open)
        leaves the rest to the next command, and the message says so.
        """
        if show.root != self.root:
            raise ValueError("the lock held is another show's")
        if not self._staged and not self._removals:
            return
        _finish_decided(self.root)  # an earlier commit under this lock may have failed on its way
        try:
            journal = Journal(self._run, self._moves(), tuple(self._removals))
            _refuse_impossible(self.root, journal)
            _sync_files([self._folder / move.staged for move in journal.moves])
            sync(self._folder)
            self._decided = True
            write_journal(self.root / FOLDER, journal)
        except OSError as refused:
            self._decided = (self.root / FOLDER / JOURNAL).exists()
            raise storage_error("write", refused.filename or self.root, refused) from refused
        _finish(self.root, journal)

    @property
    def _folder(self) -> Path:
        return self.root / FOLDER / self._run

    def _moves(self) -> tuple[Move, ...]:
        """What was staged, files that name others last; raises ValueError for what cannot be meant."""
        gone = set(self._removals)
        for target in self._staged:
            if gone & {target, *map(str, PurePosixPath(target).parents)}:
                raise ValueError(f"both staged and removed: {target!r}")
        ordered = sorted(self._staged.items(), key=lambda item: rank_of(item[0]))
        return tuple(Move(staged, target, (self._folder / staged).stat().st_size) for target, staged in ordered)


def _recover(root: Path) -> None:
    """Finish a change that was decided, clear what dead runs left. The show's lock is held."""
    _finish_decided(root)
    for run in _runs(root / FOLDER):
        lock = try_lock(run / "lock")
        if lock:
            lock.release()
            shutil.rmtree(run, ignore_errors=True)


def _finish_decided(root: Path) -> None:
    journal = read_journal(root / FOLDER)
    if journal:
        _finish(root, journal)


def _finish(root: Path, journal: Journal) -> None:
    """Do what a journal says and has not been done; may be repeated from any point. Raises `StorageError`."""
    folder = root / FOLDER
    try:
        _put_in_place(root, journal)
        (folder / journal.run).mkdir(exist_ok=True)
        for number, removal in enumerate(journal.removals):
            with suppress(FileNotFoundError, NotADirectoryError):
                replace_patiently(root / removal, folder / journal.run / f"removed-{number}")
                sync((root / removal).parent)
        (folder / JOURNAL).unlink(missing_ok=True)
        sync(folder)
    except OSError as refused:
        problem = storage_error("put in place", refused.filename2 or refused.filename or root, refused)
        raise StorageError(f"{problem}; the next command goes on with it") from refused
    shutil.rmtree(folder / journal.run, ignore_errors=True)


def _put_in_place(root: Path, journal: Journal) -> None:
    """Rename what is still staged; folders are synced before a file that names others is, so it never names nothing."""
    touched: set[Path] = set()
    rank = 0
    for move in journal.moves:
        staged, target = root / FOLDER / journal.run / move.staged, root / move.target
        if not staged.exists():
            continue  # done before the crash
        if staged.stat().st_size != move.size_bytes:
            raise ShowError(f"{shown(staged)} was changed after it was written; remove {shown(root / FOLDER)}")
        if rank_of(move.target) > rank:
            rank = rank_of(move.target)
            _sync_all(touched)
        for made in _missing_folders(target.parent):
            made.mkdir(exist_ok=True)
            touched.add(made.parent)
        replace_patiently(staged, target)
        touched.add(target.parent)
    _sync_all(touched)


def rank_of(target: str) -> int:
    """When a file is put in place: the higher, the later; 0 is a file that names no others.

    >>> [rank_of(name) for name in ("a/a.mp3", "a/episode.json", "feed-0001.xml", "feed.xml")]
    [0, 1, 2, 3]
    """
    name = PurePosixPath(target).name
    return next((place for place, pattern in enumerate(_LAST, 1) if pattern.fullmatch(name)), 0)


def _sync_files(files: list[Path]) -> None:
    if len(files) <= _AT_ONCE:
        for file in files:
            sync(file)
        return
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for _ in pool.map(sync, files):  # which raises what went wrong
            pass


def _sync_all(folders: set[Path]) -> None:
    for folder in sorted(folders):
        sync(folder)
    folders.clear()


def _missing_folders(folder: Path) -> list[Path]:
    """The folders down to this one that are not there, the outermost first."""
    return [missing for missing in reversed((folder, *folder.parents)) if not missing.exists()]


def _refuse_impossible(root: Path, journal: Journal) -> None:
    """Raise OSError, before anything is decided, for what could not be finished."""
    there = [removal for removal in journal.removals if os.path.lexists(root / removal)]
    for place in (*(move.target for move in journal.moves), *there):
        target = root / place
        parent = next(folder for folder in target.parents if folder.exists())
        if not parent.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, "", str(parent))
        if not os.access(parent, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, "", str(parent))
        if place not in there and target.is_dir():
            raise IsADirectoryError(errno.EISDIR, "", str(target))


def _runs(folder: Path) -> Iterator[Path]:
    with suppress(FileNotFoundError, NotADirectoryError):
        yield from (path for path in sorted(folder.iterdir()) if path.is_dir())
