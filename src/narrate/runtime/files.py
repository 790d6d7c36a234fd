"""Reading that ends, writing whole or not at all, and sentences for what goes wrong."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import select
import stat
import sys
import time
from contextlib import suppress
from typing import IO, TYPE_CHECKING, NamedTuple

from narrate.errors import ArticleError, NarrateError, StorageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_BINARY = getattr(os, "O_BINARY", 0)
_NONBLOCK = getattr(os, "O_NONBLOCK", 0)
_CHUNK_BYTES = 1 << 20

_REASONS: dict[int, tuple[str, str]] = {
    errno.ENOSPC: ("the disk is full", "free some space and run it again"),
    errno.EDQUOT: ("your quota on this disk is used up", "free some space and run it again"),
    errno.EFBIG: ("the file is larger than this disk or account allows", "choose another folder"),
    errno.EROFS: ("the disk is read-only", "choose another folder"),
    errno.EACCES: ("permission denied", "choose a folder you may write in"),
    errno.EPERM: ("permission denied", "choose a folder you may write in"),
    errno.ENOENT: ("there is no such file or folder", "check the spelling"),
    errno.ENOTDIR: ("a part of the path is not a folder", "check the spelling"),
    errno.EISDIR: ("it is a folder", "name a file"),
    errno.ENAMETOOLONG: ("the name is too long", "choose a shorter one"),
    errno.ELOOP: ("its links go round in a circle", "name the file itself"),
    errno.ENXIO: ("it is a socket or a device that is not there", "name a file"),
    errno.EIO: ("the disk reports an error", "check the disk"),
    errno.EMFILE: ("too many files are open", "close other programs and run it again"),
}


class Patience(NamedTuple):
    """How long a pipe may say nothing, and how long it may take in all, in seconds."""

    silence_s: float = 60.0
    total_s: float = 600.0


def shown(path: str | os.PathLike[str]) -> str:
    r"""A path as it can be shown in a sentence: quoted, on one line, no control characters.

    >>> shown("a b.txt"), shown("-x\n\x1b[2J.txt")
    ("'a b.txt'", "'-x\\n\\x1b[2J.txt'")
    """
    return repr(os.fspath(path))


def reason(error: OSError) -> str:
    """Why the system refused, in a few words.

    >>> reason(OSError(errno.ENOSPC, "No space left on device"))
    'the disk is full'
    """
    words, _ = _REASONS.get(error.errno or 0, (error.strerror or type(error).__name__, ""))
    return words


def storage_error(doing: str, path: str | os.PathLike[str], error: OSError) -> StorageError:
    """The sentence for something that could not be written.

    >>> print(storage_error("write", "x.yaml", OSError(errno.EROFS, "")))
    cannot write 'x.yaml': the disk is read-only; choose another folder
    """
    _, advice = _REASONS.get(error.errno or 0, ("", "choose another folder"))
    return StorageError(f"cannot {doing} {shown(path)}: {reason(error)}; {advice}")


def read_bounded(
    path: Path,
    limit: int,
    error: type[NarrateError] = ArticleError,
    patience: Patience = Patience(),  # noqa: B008 # an immutable value
) -> bytes:
    """The bytes of a file, at most `limit`; pipes and terminals by name too, with `patience`.

    Raises `error` with one sentence where there is none, it is a folder, a disk or a
    socket, may not be read, is larger than `limit`, or is a pipe that does not end.
    """
    try:
        # Without O_NONBLOCK, opening a named pipe that nobody writes to would wait for ever.
        handle = os.open(path, os.O_RDONLY | _BINARY | _NONBLOCK)
    except (OSError, ValueError) as refused:
        if os.path.isdir(path):  # noqa: PTH112 # Path.is_dir raises where a name is too long
            raise error(_not_readable(path, "a folder; name a file in it")) from refused
        cause = refused if isinstance(refused, OSError) else OSError(errno.ENOENT, "")  # a name no system takes
        raise error(f"cannot read {shown(path)}: {reason(cause)}") from refused
    try:
        mode = os.fstat(handle).st_mode
        if kind := next((words for test, words in _UNREADABLE if test(mode)), ""):
            raise error(_not_readable(path, kind))
        return _drain(handle, limit, shown(path), error, patience)
    finally:
        os.close(handle)


def read_stream_bounded(
    stream: IO[bytes],
    limit: int,
    error: type[NarrateError] = ArticleError,
    patience: Patience = Patience(),  # noqa: B008 # an immutable value
) -> bytes:
    """The bytes of standard input (nothing of it read yet) to its end, at most `limit`; raises like `read_bounded`.

    On Windows, where pipes cannot be waited for, only `limit` holds.
    """
    name = "standard input"
    try:
        handle = stream.fileno()
    except (io.UnsupportedOperation, AttributeError):
        return _within(stream.read(limit + 1), limit, name, error)
    if stat.S_ISDIR(os.fstat(handle).st_mode):
        raise error(f"{name} is a folder; name a file in it")
    return _drain(handle, limit, name, error, patience)


def write_atomic(path: Path, data: bytes) -> None:
    """Put `data` in a file: staged beside it, synced, renamed, so that a reader sees the old or the new, never a part.

    A link is followed and keeps pointing there; the permissions of an existing file stay. A
    device or pipe (``/dev/stdout``) is written to directly. Raises `StorageError`.
    """
    try:
        path = path.resolve()
        if path.exists() and not path.is_file() and not path.is_dir():
            path.write_bytes(data)
            return
        _replace_with(path, data)
    except (OSError, RuntimeError) as refused:
        cause = refused if isinstance(refused, OSError) else OSError(errno.ELOOP, "")
        raise storage_error("write", path, cause) from refused


def write_new(path: Path, data: bytes) -> None:
    """Write and sync a file that must not exist yet; on failure nothing of it is left. Raises OSError."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o666)
    try:
        with open(handle, "wb", buffering=0) as file:  # noqa: PTH123 # a descriptor, not a path
            view = memoryview(data)
            while view:
                view = view[file.write(view) :]
            os.fsync(handle)
    except BaseException:
        with suppress(OSError):
            path.unlink()
        raise


def replace_patiently(source: Path, target: Path) -> None:
    """Rename over what is there; raises OSError.

    On Windows a file that a player or a virus scanner has open cannot be replaced, mostly for a moment only:
    try for two seconds.
    """
    for wait_s in (0.05, 0.1, 0.2, 0.4, 1.25) if sys.platform == "win32" else ():
        try:
            source.replace(target)
        except PermissionError:
            time.sleep(wait_s)
        else:
            return
    source.replace(target)


def sync(path: Path) -> None:
    """Have the disk keep a file's bytes, or a folder's names (nothing to do for folders on Windows)."""
    folder = path.is_dir()
    if folder and sys.platform == "win32":
        return
    # Windows syncs only what may be written.
    handle = os.open(path, os.O_RDWR | _BINARY if sys.platform == "win32" else os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as refused:
        # Some network and FUSE file systems cannot sync folders and say so; the names are as safe as they can be there.
        if not (folder and refused.errno in {errno.EINVAL, errno.ENOTSUP}):
            raise
    finally:
        os.close(handle)


def sha256_of(path: Path) -> str:
    """SHA-256 of a file's bytes in hex, read in pieces. Raises `StorageError`."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as refused:
        raise StorageError(f"cannot read {shown(path)}: {reason(refused)}") from refused


_UNREADABLE = (
    (stat.S_ISDIR, "a folder; name a file in it"),
    (stat.S_ISBLK, "a disk; name a file"),
)


def _not_readable(path: Path, what: str) -> str:
    return f"{shown(path)} is {what}"


def _replace_with(path: Path, data: bytes) -> None:
    staged = path.parent / f".{os.urandom(8).hex()}.tmp"
    write_new(staged, data)
    try:
        with suppress(FileNotFoundError):
            staged.chmod(stat.S_IMODE(path.stat().st_mode))
        replace_patiently(staged, path)
    except BaseException:
        with suppress(OSError):
            staged.unlink()
        raise
    sync(path.parent)


def _drain(handle: int, limit: int, name: str, error: type[NarrateError], patience: Patience) -> bytes:
    """Everything a descriptor gives until its end, at most `limit` bytes."""
    data = bytearray()
    try:
        for chunk in _chunks(handle, patience):
            data += chunk
            if len(data) > limit:
                break
    except TimeoutError as silent:
        raise error(f"{name} did not end within {silent}; give the text as a file") from silent
    except OSError as refused:
        raise error(f"cannot read {name}: {reason(refused)}") from refused
    return _within(bytes(data), limit, name, error)


def _chunks(handle: int, patience: Patience) -> Iterator[bytes]:
    """What a descriptor gives, piece by piece; raises TimeoutError when it tries one's patience."""
    # Files are always ready, somebody may be typing at a terminal, and Windows can only wait for sockets.
    waits = not (stat.S_ISREG(os.fstat(handle).st_mode) or os.isatty(handle) or sys.platform == "win32")
    end = time.monotonic() + patience.total_s
    while True:
        if waits:
            left_s = min(patience.silence_s, end - time.monotonic())
            if left_s <= 0 or not select.select([handle], [], [], left_s)[0]:
                raise TimeoutError(f"{patience.total_s if left_s < patience.silence_s else patience.silence_s:g} s")
        try:
            chunk = os.read(handle, _CHUNK_BYTES)
        except BlockingIOError:
            time.sleep(0.01)  # a terminal opened by name, or a pipe another reader was faster at
            continue
        if not chunk:
            return
        yield chunk


def _within(data: bytes, limit: int, name: str, error: type[NarrateError]) -> bytes:
    if len(data) > limit:
        raise error(f"{name} is larger than {_size(limit)}, the most that is read; split it")
    return data


def _size(limit: int) -> str:
    """A limit for people.

    >>> _size(50_000_000), _size(2_000), _size(12)
    ('50 MB', '2 kB', '12 bytes')
    """
    for unit, name in ((10**6, "MB"), (10**3, "kB")):
        if limit >= unit:
            return f"{limit / unit:g} {name}"
    return f"{limit} bytes"
