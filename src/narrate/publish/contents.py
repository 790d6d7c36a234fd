"""What of a show's folder is meant for others: the files that `serve` serves, and no others."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from narrate.publish.folder import find, is_allowed, mime_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def contents(show: Path, below: str = "") -> Iterator[tuple[str, Path, str]]:
    """Each file's path with slashes from the show's folder, where its bytes are, and its type; in order of names.

    Links are followed where `folder.find` does: to plain files inside the show. Raises OSError where a folder cannot
    be read.
    """
    with os.scandir(show / below) as entries:
        for entry in sorted(entries, key=lambda each: each.name):
            path = f"{below}/{entry.name}" if below else entry.name
            if entry.is_dir(follow_symlinks=False):
                if is_allowed(entry.name):
                    yield from contents(show, path)
            elif mime := _mime(show, path, entry):
                yield path, show / path, mime


def _mime(show: Path, path: str, entry: os.DirEntry[str]) -> str:
    """The type a file is published as, "" when it is not."""
    if entry.is_symlink():
        found = find(show, tuple(path.split("/")))
        return found.mime if found else ""
    return mime_of(entry.name) if is_allowed(entry.name) and entry.is_file(follow_symlinks=False) else ""
