"""Which music plays, and how its path is written: in a script file it counts from the folder the file lies in."""

from __future__ import annotations

import os
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

from narrate.model import MusicChoice, MusicPart, Script
from narrate.pipeline.casting import asked_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from narrate.model import Show
    from narrate.settings import Settings

_WORDS = frozenset({"default", "none"})
"""Choices that are no paths."""


_BY_ITSELF = frozenset({MusicPart.BED})
"""What plays without a segment that asks for it."""


def music_of(script: Script, settings: Settings) -> MusicChoice:
    """The script's music, but for the parts that an option names and those that no segment asks for."""
    begun = {segment.music for segment in script.segments}
    unheard = dict.fromkeys(set(MusicPart) - begun - _BY_ITSELF, "none")
    return replace(script.music, **{**_asked(settings), **unheard})


def music_for(settings: Settings, show: Show, folder: Path) -> MusicChoice:
    """The music of a new script: what an option names, then what the show does that lies in the folder, then the rest.

    A path in the show's settings counts from the show's folder.
    """
    named = {part: str(getattr(show, f"music_{part}")) for part in MusicPart}
    of_show = {part: music_path(written, folder) for part, written in named.items() if written}
    return replace(settings.music, **{**of_show, **_asked(settings)})


def _asked(settings: Settings) -> dict[MusicPart, str]:
    """What options name, by the part."""
    return {part: getattr(settings.music, part) for part in MusicPart if asked_for(f"music.{part}", settings)}


def music_path(written: str, folder: Path) -> str:
    """The path of music that a script file in that folder names; "default" and "none" are themselves."""
    return written if written in _WORDS else os.path.normpath(folder.resolve() / written)


def with_music_from(script: Script, folder: Path) -> Script:
    """A script that was read from a file in that folder: its music can be found from wherever narrate runs."""
    return _with_paths(script, lambda written: music_path(written, folder))


def with_music_for(script: Script, folder: Path) -> Script:
    """A script for a file in that folder: its music is named from there.

    So a project can move as a whole, and what is published does not say where on this machine it lies.
    """
    home = folder.resolve()
    return _with_paths(script, lambda path: path if path in _WORDS else path_from(Path(os.path.abspath(path)), home))  # noqa: PTH100 # as in an article's path, "a/../b" is "b"


def path_from(path: Path, folder: Path) -> str:
    """A path as it is seen from a folder, both absolute or both relative; the path itself on another drive of Windows.

    >>> path_from(Path("/a/b/c.mp3"), Path("/a/d"))
    '../b/c.mp3'
    """
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:
        return path.as_posix()


def _with_paths(script: Script, path: Callable[[str], str]) -> Script:
    return replace(script, music=MusicChoice(**{part: path(choice) for part, choice in asdict(script.music).items()}))
