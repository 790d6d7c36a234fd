"""A folder as a target: each file staged beside its place, synced, and renamed."""

from __future__ import annotations

import hashlib
import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from narrate.publish.digests import Digest, sha256_and
from narrate.publish.mishaps import Where
from narrate.publish.patience import Asker
from narrate.publish.plan import There, is_feed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from narrate.publish.patience import Patience
    from narrate.publish.plan import Local

PART = ".narrate-part-"
"""How the names of files begin that are not whole yet; the next run removes what a killed one left of them."""
_PIECE_BYTES = 1 << 20


class FolderTarget:
    """A folder, which need not be there yet; a web server or another program takes it from there."""

    jobs = 1
    keeps_headers = False

    def __init__(self, root: Path, patience: Patience) -> None:
        self.root = root
        self.where = Where(str(root))
        self._asker = Asker(self.where, 1, patience)
        self._touched: set[Path] = set()

    def files(self) -> dict[str, There]:
        """What is in it; the token is the time of the last change."""
        return self._asker.ask("list what is", lambda: dict(self._files()))

    def read(self, path: str, most_bytes: int) -> bytes | None:
        """As of `Target`."""

        def work() -> bytes | None:
            try:
                with (self.root / path).open("rb") as file:
                    data = file.read(most_bytes + 1)
            except (FileNotFoundError, NotADirectoryError):
                return None
            return data if len(data) <= most_bytes else None

        return self._asker.ask(f"read {path!r}", work)

    def digest(self, source: Path) -> Digest:
        """As of `Target`; a folder gives no token ahead."""
        return Digest(sha256_and(source), "")

    def holds(self, local: Local) -> bool:
        """As of `Target`: reads the file there, which costs less than to write it."""
        path = self.root / local.path
        return self._asker.ask(f"read {local.path!r}", lambda: sha256_and(path) == local.sha256, local.size_bytes)

    def put(self, source: Path, local: Local) -> None:
        """As of `Target`."""
        self._asker.ask(f"send {local.path!r}", lambda: self._put(source, local.path), local.size_bytes)

    def copy(self, source: str, local: Local) -> bool:
        """As of `Target`."""
        self.put(self.root / source, local)
        return True

    def remove(self, path: str) -> None:
        """As of `Target`; folders that are empty then go too."""
        self._asker.ask(f"remove {path!r}", lambda: self._remove(path))

    def close(self) -> None:
        """As of `Target`."""
        self._asker.close()

    def _files(self) -> Iterator[tuple[str, There]]:
        for folder, _, names in os.walk(self.root, onerror=_unless_missing):
            for name in names:
                path = Path(folder, name)
                found = path.lstat()
                relative = path.relative_to(self.root).as_posix()
                yield relative, There(found.st_size, f"{found.st_mtime_ns}-{found.st_ino}")

    def _put(self, source: Path, path: str) -> None:
        target = self.root / path
        self._make(target.parent)
        staged = target.parent / f"{PART}{hashlib.sha256(path.encode()).hexdigest()[:12]}"
        try:
            with source.open("rb") as there, staged.open("wb") as file:
                shutil.copyfileobj(there, file, _PIECE_BYTES)
                file.flush()
                os.fsync(file.fileno())
            if is_feed(path):  # what it names has to outlive a power cut if it does
                self._sync()
            staged.replace(target)
        except OSError:
            with suppress(OSError):
                staged.unlink()
            raise
        self._touched.add(target.parent)
        if is_feed(path):
            self._sync()

    def _sync(self) -> None:
        """Have the disk keep the names in all folders that files were put in."""
        for folder in sorted(self._touched):
            _sync(folder)
        self._touched.clear()

    def _make(self, folder: Path) -> None:
        """The folder and those it lies in."""
        missing = [each for each in (folder, *folder.parents) if not each.exists()]
        folder.mkdir(parents=True, exist_ok=True)
        self._touched.update(made.parent for made in missing)

    def _remove(self, path: str) -> None:
        target = self.root / path
        with suppress(FileNotFoundError, NotADirectoryError):
            target.unlink()
        for folder in target.parents:
            if folder == self.root or not folder.is_dir() or any(folder.iterdir()):
                return
            folder.rmdir()


def _unless_missing(error: OSError) -> None:
    """A folder that is not there holds nothing; one that cannot be read is an error."""
    if not isinstance(error, FileNotFoundError):
        raise error


def _sync(folder: Path) -> None:
    """Have the disk keep a folder's names, where the system can do that."""
    with suppress(OSError):  # Windows has no such thing, and some network disks refuse it
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
