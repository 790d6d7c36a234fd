"""Where lexicons come from: the article, the show, the user, and narrate's own; earlier ones win.

=========  ==================================================================================
article    its front matter (``lexicon: names.txt``), then the setting ``lexicon`` (``--lexicon``)
show       ``lexicon.txt`` or ``lexicon.pls`` in the show's folder
user       the same in the folder of the user's settings
starter    ``voices/lexicons/*.txt``: names and terms in the news; ``starter_lexicon = false`` does without
=========  ==================================================================================
"""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from narrate.errors import SettingsError
from narrate.model import Lexeme
from narrate.runtime.files import read_bounded, shown, write_atomic
from narrate.runtime.places import config_file
from narrate.script import is_pls, read_entry, read_lexicon, read_pls, with_added, write_lexicon, write_pls
from narrate.speech import shipped_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from narrate.settings import Settings

MOST_BYTES = 8_000_000
TABLE, PLS = "lexicon.txt", "lexicon.pls"
"""What a lexicon is called in the folder of a show, or of the user."""

Lexicon = tuple[Lexeme, ...]


def lexicon_of(settings: Settings) -> Lexicon:
    """Every entry that holds under these settings, but for those of an article's front matter.

    Raises:
        SettingsError: a lexicon that is named is not there, or one is wrong; the message names file and line.
    """
    return _joined(tuple(_stamped(path) for path in (*_named(settings), *_usual(settings))))


def own_lexicon(settings: Settings, front_matter: str = "") -> Lexicon:
    """The entries of an article's own: of the file that its front matter names, and of the setting."""
    named = [Path(front_matter)] if front_matter else []
    return _joined(tuple(_stamped(path) for path in (*named, *_named(settings))))


def levels_of(settings: Settings) -> list[tuple[str, Lexicon]]:
    """The entries that hold, by where they come from, in the order in which they are asked."""
    shipped = shipped_folder()
    show = show_lexicon(settings).parent
    names = {shipped / "lexicons": "starter", show: "show", user_lexicon().parent: "user"}
    named = [("article", _read(_stamped(path))) for path in _named(settings)]
    return named + [(names[path.parent], _read(_stamped(path))) for path in _usual(settings)]


def own_entries(settings: Settings, *, show: bool) -> Lexicon:
    """The entries of the user's own lexicon, or of the show's."""
    wanted = "show" if show else "user"
    return tuple(entry for level, entries in levels_of(settings) if level == wanted for entry in entries)


def entry_of(line: str) -> Lexeme:
    """The entry of a line that somebody typed. Raises `SettingsError`."""
    return read_entry(line, "this entry")


def as_file(entries: Lexicon, path: Path, language: str) -> tuple[bytes, int]:
    """Entries as a file of that name, and how many it holds: PLS has one language, a table all."""
    if path.suffix.lower() not in {".pls", ".xml"}:
        return write_lexicon(entries).encode(), len(entries)
    held = [entry for entry in entries if entry.language in {"", language}]
    return write_pls(held, language), len(held)


def user_lexicon() -> Path:
    """The user's table, whether it is there or not."""
    return config_file().with_name(TABLE)


def show_lexicon(settings: Settings) -> Path:
    """The show's table, whether it is there or not."""
    return Path(settings.out) / settings.show / TABLE


def read_file(path: Path) -> Lexicon:
    """The entries of a table or a PLS document. Raises `SettingsError`."""
    data = read_bounded(path, MOST_BYTES, SettingsError)
    name = shown(path)
    if is_pls(data[:1000].decode("utf-8", "replace")):
        return read_pls(data, name)
    try:
        return read_lexicon(data.decode("utf-8-sig"), name)
    except UnicodeDecodeError as wrong:
        line = data.count(b"\n", 0, wrong.start) + 1
        raise SettingsError(f"{name}, line {line}: this is not UTF-8; save the file as UTF-8") from wrong


def add_to(path: Path, entries: Sequence[Lexeme]) -> int:
    """Put entries at the end of a table, in place of those for the same words; how many of those there were."""
    text = read_bounded(path, MOST_BYTES, SettingsError).decode("utf-8-sig") if path.exists() else ""
    text, replaced = with_added(text, entries, shown(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomic(path, text.encode())
    return replaced


def _named(settings: Settings) -> list[Path]:
    return [Path(each) for each in settings.lexicon.split(os.pathsep) if each]


def _usual(settings: Settings) -> Iterator[Path]:
    """The lexicons that hold where they are there: of the show, of the user, narrate's own."""
    for table in (show_lexicon(settings), user_lexicon()):
        yield from (path for path in (table, table.with_name(PLS)) if path.is_file())
    if settings.starter_lexicon:
        yield from sorted((shipped_folder() / "lexicons").glob("*.txt"))


_Stamped = tuple[Path, int, int]
"""A file, and when it was changed and how long it is, by which one that is edited is read again."""


def _stamped(path: Path) -> _Stamped:
    try:
        found = path.stat()
    except (OSError, ValueError):
        return path, 0, 0  # reading it says what is wrong
    return path, found.st_mtime_ns, found.st_size


@lru_cache(maxsize=64)
def _read(stamped: _Stamped) -> Lexicon:
    return read_file(stamped[0])


@lru_cache(maxsize=16)
def _joined(files: tuple[_Stamped, ...]) -> Lexicon:
    """The entries of several files: the same value each time, as what is made of it is kept by who it is."""
    return tuple(entry for file in files for entry in _read(file))
