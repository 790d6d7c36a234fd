"""Voice and cast presets: TOML files that come with narrate, or are the user's own.

``voices/NAME.toml`` is a voice, ``voices/casts/NAME.toml`` a cast. They are inside the
package in a wheel, and at the top of the repository in a checkout.
"""

from __future__ import annotations

import tomllib
from dataclasses import fields
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from narrate.errors import SettingsError, VoiceError
from narrate.model import Cast, Pauses, Role, Voice
from narrate.speech.modelfiles import beside

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FIELDS = tuple(field.name for field in fields(Voice) if field.name not in {"name", "rate_hz"})
"""What a preset may say. Its name is its file's, and the rate of the sound is the engine's to tell."""

_TEXTS = ("engine", "id", "language", "label", "disclosure", "disclosure_spoken", "gender", "licence", "quality")
_REQUIRED = ("engine", "id", "language")
_RANGES = {"rate_wpm": (80, 450), "pitch": (0, 100), "level_db": (-40, 40)}
"""The least and the greatest a number may be; eSpeak has the tightest range of rates."""

_LONGEST_PAUSE_MS = 10_000


def shipped_folder(package: Path = Path(__file__).parents[1]) -> Path:
    """Where narrate's own presets are: in the package, or at the top of the checkout it is run from."""
    inside = package / "voices"
    return inside if inside.is_dir() else package.parents[1] / "voices"


def list_presets(paths: Sequence[Path] = ()) -> list[Voice]:
    """Every voice preset, the user's (in `paths`) first; one hides those of its name after it."""
    return [load_preset(file) for file in _named(paths, "").values()]


def find_preset(name: str, paths: Sequence[Path] = ()) -> Voice | None:
    """The voice preset of a name, if there is one."""
    file = _named(paths, "").get(name)
    return load_preset(file) if file else None


def list_casts(paths: Sequence[Path] = ()) -> list[Cast]:
    """Every cast, the user's first."""
    return [_read_cast(file) for file in _named(paths, "casts").values()]


def load_cast(name: str, paths: Sequence[Path] = ()) -> Cast:
    """The cast of a name; raises `VoiceError` where there is none, `SettingsError` where its file is wrong."""
    known = _named(paths, "casts")
    if name not in known:
        near = get_close_matches(name, known, n=1)
        hint = f"did you mean '{near[0]}'?" if near else f"there are: {', '.join(known)}"
        raise VoiceError(f"no cast '{name}'; {hint}")
    return _read_cast(known[name])


def load_preset(file: Path) -> Voice:
    """Read a voice preset; raises `SettingsError` naming the file, the field and what is allowed."""
    table = _read(file)
    for field, value in table.items():
        _check_field(file, field, value, FIELDS)
    for field in _REQUIRED:
        if field not in table:
            raise SettingsError(f"{file}: the field '{field}' is missing; a voice needs {', '.join(_REQUIRED)}")
    table["id"] = beside(file.parent, table["id"])  # a model may lie beside its preset
    table["pauses"] = _pauses(file, table.get("pauses", {}))
    return Voice(name=file.stem, **table)


def _pauses(file: Path, given: object) -> tuple[tuple[str, int], ...]:
    """The silences that a preset's table gives, by their names."""
    names = [each.name for each in fields(Pauses) if each.name != "scale"]
    if not isinstance(given, dict) or set(given) - set(names):
        raise SettingsError(f"{file}: allowed in the table [pauses] are {', '.join(names)}, in milliseconds")
    for name, ms in given.items():
        if not isinstance(ms, int) or isinstance(ms, bool) or not 0 <= ms <= _LONGEST_PAUSE_MS:
            raise SettingsError(
                f"{file}: the pause '{name}' is {ms!r}; allowed is a whole number from 0 to {_LONGEST_PAUSE_MS}"
            )
    return tuple(given.items())


def _check_field(file: Path, field: str, value: object, allowed: Sequence[str]) -> None:
    if field not in allowed:
        raise SettingsError(f"{file}: there is no field '{field}'; allowed are {', '.join(allowed)}")
    if field in _TEXTS and not isinstance(value, str):
        raise SettingsError(f"{file}: the field '{field}' is {value!r}; allowed is a text in quotes")
    if field == "repeatable" and not isinstance(value, bool):
        raise SettingsError(f"{file}: the field '{field}' is {value!r}; allowed is true or false")
    if field in _RANGES:
        low, high = _RANGES[field]
        kind = (int, float) if field == "level_db" else int
        if not isinstance(value, kind) or isinstance(value, bool) or not low <= value <= high:
            whole = "a number" if field == "level_db" else "a whole number"
            raise SettingsError(f"{file}: the field '{field}' is {value!r}; allowed is {whole} from {low} to {high}")


def _read_cast(file: Path) -> Cast:
    table = _read(file)
    voices = table.get("voices", {})
    if set(table) - {"voices"} or not isinstance(voices, dict):
        raise SettingsError(f"{file}: allowed is one table, [voices], with a role and the name of a voice a line")
    roles = {role.value: role for role in Role}
    for role, voice in voices.items():
        if role not in roles:
            raise SettingsError(f"{file}: there is no role '{role}'; allowed are {', '.join(roles)}")
        if not isinstance(voice, str):
            raise SettingsError(f"{file}: the voice of '{role}' is {voice!r}; allowed is the name of a voice in quotes")
    return Cast(file.stem, MappingProxyType({roles[role]: voice for role, voice in voices.items()}))


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise SettingsError(
            f"{file}: this is not TOML ({wrong}); see the presets that 'narrate voices' lists"
        ) from wrong
    except OSError as unreadable:
        raise SettingsError(f"{file}: it cannot be read ({unreadable.strerror})") from unreadable


def _named(paths: Sequence[Path], kind: str) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for file in _files(paths, kind):
        found.setdefault(file.stem, file)
    return found


def _files(paths: Sequence[Path], kind: str) -> Iterator[Path]:
    for folder in (*paths, shipped_folder()):
        yield from sorted((folder / kind).glob("*.toml"), key=lambda file: file.stem)
