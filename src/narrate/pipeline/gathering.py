"""Names of articles as people give them: a folder is the articles in it, a pattern what it matches."""

from __future__ import annotations

import glob
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from narrate.errors import UsageError
from narrate.pipeline.reading import STANDARD_INPUT, is_web
from narrate.runtime.files import shown

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from narrate.model import Article
    from narrate.pipeline.tools import Tools

SETTINGS_NAME, MANIFEST_NAME = "show.toml", "episode.json"
"""A folder that holds one of these was made by narrate, and holds no articles."""


def gathered(given: Iterable[str | Article], tools: Tools) -> tuple[str | Article, ...]:
    """What is given with folders and patterns replaced by the files they mean, in natural order, each file once.

    A folder means the files in it that are articles by their suffix, not those in its folders. A pattern is one
    where no file has just that name: shells that know none (on Windows) hand it on as it was typed.

    Raises:
        UsageError: a folder without an article, or a pattern that nothing matches.
    """
    suffixes = article_suffixes(tools)
    found: dict[object, str | Article] = {}
    for each in given:
        if isinstance(each, str):
            found.update((name, name) for name in _meant(each, suffixes))
        else:
            found[id(each)] = each
    return tuple(found.values())


def article_suffixes(tools: Tools) -> frozenset[str]:
    """The suffixes of files that are articles, as the readers say."""
    return frozenset(suffix for reader in tools.readers.values() for suffix in reader.suffixes)


def articles_in(folder: Path, suffixes: Container[str]) -> list[Path]:
    """The articles of a folder in natural order, without hidden files; a show's folder has none. Raises OSError."""
    with os.scandir(folder) as entries:
        files = [Path(folder, entry.name) for entry in entries if not entry.name.startswith(".") and entry.is_file()]
    if any(file.name in {SETTINGS_NAME, MANIFEST_NAME} for file in files):
        return []
    return sorted((file for file in files if file.suffix.lower() in suffixes), key=lambda file: natural(file.name))


def natural(name: str) -> list[tuple[int, str]]:
    """What to sort names by as people do: numbers by their value.

    >>> sorted(["part 10", "Part 9", "part 1"], key=natural)
    ['part 1', 'Part 9', 'part 10']
    """
    parts = re.split(r"(\d{1,18})", name.casefold())
    return [(int(part), "") if number % 2 else (-1, part) for number, part in enumerate(parts)]


def _meant(name: str, suffixes: Container[str]) -> Iterator[str]:
    if name == STANDARD_INPUT or is_web(name):
        yield name
    elif os.path.isdir(name):  # noqa: PTH112 # Path.is_dir raises where a name is too long
        yield from _in_folder(name, suffixes)
    elif glob.has_magic(name) and not os.path.lexists(name):
        yield from _matching(name)
    else:
        yield name


def _in_folder(name: str, suffixes: Container[str]) -> list[str]:
    try:
        files = articles_in(Path(name), suffixes)
    except OSError as refused:
        raise UsageError(f"cannot look into {shown(name)}: {refused.strerror}; check who may read it") from refused
    if not files:
        inner = Path(name) / "**" / "*.md"
        raise UsageError(
            f"there is no article in the folder {shown(name)}; those in its folders are named by a pattern, as"
            f" {shown(inner)}"
        )
    return [str(file) for file in files]


def _matching(pattern: str) -> list[str]:
    # A pattern of a few characters can ask for every file there is; the order is made of what was found.
    names = [name for name in glob.iglob(pattern, recursive=True) if os.path.isfile(name)]  # noqa: PTH113,PTH207 # keeps the name as it was typed
    if not names:
        raise UsageError(f"no file matches {shown(pattern)}; check the pattern, and put it in quotes")
    return sorted(names, key=lambda name: [natural(part) for part in Path(name).parts])
