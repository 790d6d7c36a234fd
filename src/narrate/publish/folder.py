"""Which file a path of a URL stands for: one inside the show's folder that is meant to be fetched, or none."""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from unicodedata import category, normalize

FEED_NAME = "feed.xml"
SETTINGS_NAME = "show.toml"
INDEX_NAME = "index.html"

TYPES = {
    ".xml": "application/rss+xml; charset=utf-8",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".m4b": "audio/mp4",
    ".opus": "audio/ogg",
    ".flac": "audio/flac",
    ".wav": "audio/wav",
    ".vtt": "text/vtt; charset=utf-8",
    ".srt": "application/x-subrip; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".json": "application/json",
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".epub": "application/epub+zip",
    ".lpf": "application/lpf+zip",
}
"""What is served, and as what; any other suffix is not: settings, scripts and locks stay in the folder."""

CHAPTERS_TYPE = "application/json+chapters"
_CHAPTERS_NAME = "chapters.json"
# The manifest says where an article lay on this machine; that is nobody's business.
_PRIVATE = frozenset({"episode.json", "timeline.json"})
# Separators, drives, streams and short names of other systems: no file that narrate writes has them.
_STRANGE = re.compile(r'[\\:*?"<>|~]')
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)
# Control, format, private and unassigned characters: some file systems do not see them in a name.
_UNSEEN = ("Cc", "Cf", "Co", "Cs", "Cn")
_DIGEST = re.compile(r".*-[0-9a-f]{10}\.(?:jpe?g|png)")
_OPENING = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, slots=True)
class Found:
    """A file to serve, what the disk says of it, and its type."""

    path: Path
    stat: os.stat_result
    mime: str


def shows_in(root: Path) -> dict[str, Path]:
    """The shows that `root` holds, by the name that stands for them in a URL: one, when `root` is itself a show."""
    root = root.resolve()
    if _is_show(root):
        return {root.name: root}
    return {child.name: child for child in sorted(root.iterdir()) if not child.name.startswith(".") and _is_show(child)}


def find(show: Path, parts: tuple[str, ...]) -> Found | None:
    """The file at ``show/part/part…``, when it is there, is a plain file, inside `show` and meant to be served."""
    if not all(is_allowed(part) for part in parts) or not parts:
        return None
    show = show.resolve()
    try:
        path = show.joinpath(*parts).resolve(strict=True)
        found = path.stat()
    except (OSError, ValueError, RuntimeError):  # not there, not ours to read, too long, a loop of links
        return None
    inside = path.is_relative_to(show) and all(is_allowed(part) for part in path.relative_to(show).parts)
    mime = mime_of(path.name)
    return Found(path, found, mime) if inside and mime and stat.S_ISREG(found.st_mode) else None


def opened(found: Found) -> tuple[IO[bytes], os.stat_result] | None:
    """The file, open, and what the disk says of what was opened; None where it has become something else since."""
    try:
        handle = os.open(found.path, _OPENING)
    except OSError:
        return None
    now = os.fstat(handle)
    if not stat.S_ISREG(now.st_mode):
        os.close(handle)
        return None
    return open(handle, "rb", buffering=0), now  # noqa: PTH123 # a descriptor, not a path


def is_named_by_digest(name: str) -> bool:
    """Whether other bytes would have another name.

    >>> is_named_by_digest("cover-0123456789.jpg"), is_named_by_digest("bread.mp3")
    (True, False)
    """
    return _DIGEST.fullmatch(name) is not None


def mime_of(name: str) -> str:
    """The type a file is served as, "" when it is not.

    >>> mime_of("chapters.json"), mime_of("talk.mp3"), mime_of("show.toml"), mime_of("episode.json")
    ('application/json+chapters', 'audio/mpeg', '', '')
    """
    if normalize("NFKC", name).casefold() in _PRIVATE:  # some file systems take these for the same name
        return ""
    return CHAPTERS_TYPE if name == _CHAPTERS_NAME else TYPES.get(Path(name).suffix.lower(), "")


def is_allowed(part: str) -> bool:
    """Whether a file or folder of that name is meant for others: not hidden, no back-up, nothing strange in it."""
    if not part or part.startswith(".") or part.endswith((" ", ".")):
        return False
    if _STRANGE.search(part) or _DEVICE.fullmatch(part):
        return False
    return not any(category(char) in _UNSEEN for char in part)


def _is_show(folder: Path) -> bool:
    return (folder / FEED_NAME).is_file() or (folder / SETTINGS_NAME).is_file()
