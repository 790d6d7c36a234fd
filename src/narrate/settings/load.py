"""Where settings come from: two files, the environment, the command line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from narrate.errors import SettingsError
from narrate.model.diction import POLICIES, Policy
from narrate.model.script import MusicChoice, Pauses
from narrate.model.timeline import Loudness
from narrate.settings.check import Given, checked, close, known
from narrate.settings.purposes import PURPOSES
from narrate.settings.table import BY_NAME, PREFIX, SETTINGS, Fetching, Publishing, Settings, Value, option_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

FILE_NAME = "narrate.toml"
FILE_BYTES = 1_000_000
"""A settings file is read no further than this."""

_MUSIC_PARTS = ("music.intro", "music.sting", "music.outro")
"""What "music" stands for; a bed is chosen for itself."""
_TABLE = re.compile(r"\s*\[\s*([\w.-]+)\s*\]")
_KEY = re.compile(r"\s*[\"']?([\w.-]+)[\"']?\s*=")

_MOST_DOTS = 50
_DOTTED = re.compile(rf"^[ \t]*\[*(?:[\w-]+[ \t]*\.[ \t]*){{{_MOST_DOTS}}}", re.MULTILINE)
"""tomllib needs memory that grows with the square of the parts of a key: 1.6 GB for 20,000 of them."""


def load_settings(
    options: Mapping[str, object],
    environ: Mapping[str, str],
    folder: Path,
    user_config: Path | None,
) -> Settings:
    """The settings that hold, each with its source; pure but for reading the two files, which need not exist.

    `options` by setting name, dotted or a group with its members; None where an option was not given;
    "music" stands for intro, sting and outro. A relative path in a file counts from its folder; the user's file
    may hold none. An empty variable counts as not set. Raises `SettingsError` with file, line, field and what is
    allowed; a wrong value is one wherever it stands, outvoted or not.
    """
    levels = (
        _from_file(user_config, str(user_config), None) if user_config else [],
        _from_file(folder / FILE_NAME, FILE_NAME, folder),
        _from_environment(environ),
        _from_options(options),
    )
    values: dict[str, Value] = {setting.name: setting.default for setting in SETTINGS}
    sources = dict.fromkeys(values, "default")
    purpose = next((given for level in reversed(levels) for given in level if given.name == "purpose"), None)
    for given in (given for level in levels for given in _parts(level, purpose)):
        values[given.name] = checked(given)
        sources[given.name] = given.source
    return _assemble(values, sources)


def _assemble(values: Mapping[str, Value], sources: Mapping[str, str]) -> Settings:
    nested: dict[str, dict[str, object]] = {"": {}}
    for name, value in values.items():
        group, _, last = name.rpartition(".")
        nested.setdefault(group, {})[last] = value
    groups: Mapping[str, Callable[..., object]] = {
        "music": MusicChoice,
        "pauses": Pauses,
        "loudness": Loudness,
        "policy": _policy,
        "fetch": Fetching,
        "publish": Publishing,
    }
    made = {group: kind(**nested[group]) for group, kind in groups.items()}
    return Settings(**nested[""], **made, sources=MappingProxyType(dict(sources)))  # type: ignore[arg-type] # as above


def _policy(**chosen: object) -> Policy:
    """The policy of these words, which are allowed ones."""
    return Policy(**{row.name: row.choices(chosen[row.name]) for row in POLICIES})  # type: ignore[arg-type] # as above


def _from_options(options: Mapping[str, object]) -> list[Given]:
    given = []
    for name, value in _flat(options):
        if value is not None:
            option = option_of(name)
            known(name, "command line", option)
            given.append(Given(name, value, option, option, text=True))
    return given


def _from_environment(environ: Mapping[str, str]) -> list[Given]:
    names = {setting.variable: setting.name for setting in SETTINGS} | {f"{PREFIX}MUSIC": "music"}
    ends = [name.removeprefix(PREFIX) for name in names]
    for variable in environ:
        # Only near misses are refused: a service called "narrate" puts NARRATE_PORT and the like into containers.
        unknown = variable.startswith(PREFIX) and variable not in names
        if unknown and (meant := close(variable.removeprefix(PREFIX), ends)):
            raise SettingsError(f"there is no setting {variable}; did you mean {PREFIX}{meant}?")
    return [
        Given(names[variable], value, variable, variable, text=True)
        for variable, value in environ.items()
        if variable in names and value
    ]


def _from_file(file: Path, shown: str, folder: Path | None) -> list[Given]:
    """What a settings file says; `folder` is where its relative paths count from, None where there may be none."""
    text = _read(file, shown)
    if _DOTTED.search(text):
        raise SettingsError(f"{shown} has a key of more than {_MOST_DOTS} parts, and no setting is called so")
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise SettingsError(f"{shown} is not TOML: {str(wrong)[:200]}") from wrong
    except RecursionError as deep:
        raise SettingsError(f"{shown} is nested too deeply, and no setting is; mend it") from deep
    given = []
    for name, value in _flat(content):
        where = f"{shown}{_line(text, name)}"
        known(name, where, repr(name))
        given.append(Given(name, value, f"{where}: {name}", shown, base=folder, absolute=folder is None))
    return given


def _read(file: Path, shown: str) -> str:
    try:
        with file.open("rb") as stream:
            data = stream.read(FILE_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except OSError as refused:
        raise SettingsError(f"cannot read the settings in {shown}: {refused.strerror}") from refused
    if len(data) > FILE_BYTES:
        raise SettingsError(f"{shown} is larger than 1 MB, which no settings file is")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise SettingsError(f"{shown} is not in UTF-8 (byte {wrong.start}); save it as UTF-8") from wrong


def _flat(table: Mapping[str, object], group: str = "") -> Iterator[tuple[str, object]]:
    """Dotted names and values of a TOML table.

    >>> list(_flat({"speed": 1, "pauses": {"title": 2}}))
    [('speed', 1), ('pauses.title', 2)]
    """
    for key, value in table.items():
        name = f"{group}{key}"
        if isinstance(value, Mapping) and any(known.startswith(f"{name}.") for known in BY_NAME):
            yield from _flat(value, f"{name}.")
        else:
            yield name, value


def _line(text: str, name: str) -> str:
    r"""Where a dotted name is set in TOML text, for messages; "" where it cannot be told.

    >>> _line("speed = 1\n[pauses]\ntitle = 2", "pauses.title"), _line("a = {b = 1}", "a.b")
    (', line 3', '')
    """
    group = ""
    for number, line in enumerate(text.splitlines(), 1):
        if table := _TABLE.match(line):
            group = f"{table[1]}."
        if (key := _KEY.match(line)) and group + key[1] == name:
            return f", line {number}"
    return ""


def _parts(level: list[Given], purpose: Given | None) -> Iterator[Given]:
    """A level's values, those that others of the level may differ from first.

    They are what the `purpose` chooses, if it stands in this level, then "music" as its three parts; "none" is no bed
    either.
    """
    if purpose and purpose in level:
        yield from _chosen_by(purpose)
    for given in level:
        if given.name == "music":
            silent = str(given.value).strip() == "none"
            yield from (replace(given, name=part) for part in (*_MUSIC_PARTS, *(["music.bed"] if silent else [])))
    yield from (given for given in level if given.name != "music")


def _chosen_by(given: Given) -> Iterator[Given]:
    """What a purpose chooses; nothing where there is no such purpose, which is refused in its turn."""
    purpose = PURPOSES.get(str(given.value).strip())
    for name, value in purpose.choices.items() if purpose else ():
        yield Given(name, value, given.where, f"{given.source} {given.value}")
