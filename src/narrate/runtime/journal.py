"""The written decision to change a show: what is to be renamed into place, and what removed.

One line of digest, one line of JSON. A journal that is there and whole will be carried out; a part of one never counts.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING

from narrate.errors import ShowError
from narrate.runtime.files import shown, storage_error, sync, write_new

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = ".staging"
"""Name of the folder inside a show that nobody else should read, copy or publish."""

JOURNAL = "journal.json"
"""Name of the journal in that folder."""

_VERSION = 1


@dataclass(frozen=True, slots=True)
class Move:
    """A staged file, its place as a relative path with slashes, and its size when it was synced."""

    staged: str
    target: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Journal:
    """A change that is decided: what the run `run` moves into place, in this order, and then removes."""

    run: str
    moves: tuple[Move, ...]
    removals: tuple[str, ...]


def write_journal(folder: Path, journal: Journal) -> None:
    """Put a journal in its place, whole and synced: from here on the change will happen. Raises OSError."""
    body = {
        "version": _VERSION,
        "run": journal.run,
        "moves": [[move.staged, move.target, move.size_bytes] for move in journal.moves],
        "removals": list(journal.removals),
    }
    text = json.dumps(body)
    staged = folder / journal.run / JOURNAL
    write_new(staged, f"{_digest(text)}\n{text}\n".encode())
    staged.replace(folder / JOURNAL)
    sync(folder)


def read_journal(folder: Path) -> Journal | None:
    """The journal of a change that is not finished, or None; raises `ShowError` if narrate cannot have written it."""
    file = folder / JOURNAL
    try:
        digest, text = file.read_text(encoding="utf-8").splitlines()
        return _parse(text, digest)
    except FileNotFoundError:
        return None
    except OSError as refused:
        raise storage_error("read", file, refused) from refused
    except (ValueError, TypeError, KeyError) as odd:
        raise ShowError(
            f"{shown(file)} is of another version of narrate, or was changed; use that version, or move the file away",
        ) from odd


def _parse(text: str, digest: str) -> Journal:
    body = json.loads(text)
    if body["version"] != _VERSION or digest != _digest(text):
        raise ValueError(body["version"])
    moves = tuple(Move(_plain(staged), safe_place(target), size) for staged, target, size in body["moves"])
    return Journal(_plain(body["run"]), moves, tuple(map(safe_place, body["removals"])))


def safe_place(relative: str) -> str:
    """A relative path that stays inside the show and out of the staging folder; else `ShowError`.

    >>> safe_place("an-episode/episode.json")
    'an-episode/episode.json'
    """
    path, windows = PurePosixPath(relative), PureWindowsPath(relative)
    inside = path.parts and not path.is_absolute() and not windows.drive and not windows.root and "\\" not in relative
    if not inside or ".." in path.parts or path.parts[0].lower() == FOLDER or "\0" in relative:
        raise ShowError(f"{shown(relative)} is not a place inside the show's folder")
    return str(path)


def _plain(name: str) -> str:
    """A name without folders, as `Staging` gives them; else ValueError."""
    if not isinstance(name, str) or PurePosixPath(name).name != name or "\\" in name:
        raise ValueError(name)
    return name


def _digest(text: str) -> str:
    return blake2b(text.encode(), digest_size=16).hexdigest()
