"""What is installed, by whom, found without importing it.

Readers, engines, formats and publishers are entry points, narrate's own among
them. The files are read as the packaging specification defines them
(https://packaging.python.org/specifications/entry-points/) instead of through
`importlib.metadata`, whose import alone costs 40 ms CPU where this whole scan
costs 4; what a scan of folders cannot see (zip archives on the path) still goes
through it.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from narrate.errors import NarrateError, PlatformError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

OWN = "narrate-podcast"
"""The distribution whose entry points are narrate's own."""

_METADATA = (".dist-info", ".egg-info")
_VALUE = re.compile(r"(?P<module>[\w.]+)\s*(?::\s*(?P<attribute>[\w.]+))?\s*(?:\[.*\])?\s*$")


@dataclass(frozen=True, slots=True)
class Plugin:
    """An entry point: its name in its group, where its code is (``module:attribute``) and who installed it."""

    group: str
    name: str
    value: str
    distribution: str


class Plugins(Mapping[str, Any]):
    """The plug-ins of one group by name; each is imported, and a class made an object, when it is first asked for.

    Iterating, ``in`` and ``len`` import nothing. Asking for one that is broken raises
    `PlatformError`, for one that is not there `UsageError`; the others are not touched.
    """

    def __init__(self, group: str, found: Mapping[str, Plugin]) -> None:
        self.group = group
        self.found = found
        self._ready: dict[str, object] = {}

    def __iter__(self) -> Iterator[str]:
        return iter(self.found)

    def __len__(self) -> int:
        return len(self.found)

    def __contains__(self, name: object) -> bool:
        return name in self.found

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 # what a plug-in is, its group says
        if name not in self._ready:
            if name not in self.found:
                raise _unknown(self.group, name, self.found)
            self._ready[name] = _load(self.found[name])
        return self._ready[name]

    def loaded(self) -> dict[str, Any]:
        """Those that somebody has asked for so far, which are the ones there is something to close of."""
        return dict(self._ready)

    def working(self) -> tuple[dict[str, Any], tuple[str, ...]]:
        """All that can be loaded, by name, and a sentence for each that cannot."""
        ready, complaints = {}, []
        for name in self.found:
            try:
                ready[name] = self[name]
            except NarrateError as broken:
                complaints.append(str(broken))
        return ready, tuple(complaints)


def load(group: str) -> Plugins:
    """The plug-ins of an entry-point group such as ``narrate.engines``, sorted by name, none of them imported.

    Where two distributions give the same name, narrate's own wins, then the one that comes first on the path.
    """
    found: dict[str, Plugin] = {}
    for plugin in _scan(tuple(sys.path)):
        if plugin.group == group and (plugin.name not in found or plugin.distribution == OWN):
            found[plugin.name] = plugin
    return Plugins(group, dict(sorted(found.items())))


def parse_entry_points(text: str, distribution: str) -> list[Plugin]:
    r"""The groups of narrate's in the text of an ``entry_points.txt``.

    >>> parse_entry_points("[console_scripts]\nx = y:z\n[narrate.engines]\n# ours\nflite = flite:Engine\n", "flite")
    [Plugin(group='narrate.engines', name='flite', value='flite:Engine', distribution='flite')]
    """
    plugins, group = [], ""
    for line in map(str.strip, text.splitlines()):
        if line.startswith("["):
            group = line.strip("[] ")
        elif group.startswith("narrate.") and line and line[0] not in "#;":
            name, _, value = line.partition("=")
            plugins.append(Plugin(group, name.strip(), value.strip(), distribution))
    return plugins


@cache
def _scan(path: tuple[str, ...]) -> tuple[Plugin, ...]:
    """Every narrate entry point on an import path; once a process for each path."""
    folders = [Path(entry or ".") for entry in path]
    if any(folder.is_file() for folder in folders):
        return _scan_metadata()
    found: dict[str, list[Plugin]] = {}
    for folder in folders:
        for name in _metadata_folders(folder):
            distribution = _normal(name.rpartition(".")[0].partition("-")[0])
            if distribution not in found:
                found[distribution] = _read(folder / name / "entry_points.txt", distribution)
    return tuple(plugin for plugins in found.values() for plugin in plugins)


def _metadata_folders(folder: Path) -> list[str]:
    try:
        return sorted(name for name in os.listdir(folder) if name.endswith(_METADATA))  # noqa: PTH208 # names are enough; Path objects double the cost
    except OSError:
        return []  # entries of the path that are not there are common, and Python passes over them too


def _read(file: Path, distribution: str) -> list[Plugin]:
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return []  # most distributions have no entry points; one that cannot be read offers nothing
    return parse_entry_points(text, distribution) if "narrate." in text else []


def _scan_metadata() -> tuple[Plugin, ...]:
    from importlib.metadata import distributions

    found: dict[str, list[Plugin]] = {}
    for distribution in distributions():
        name = _normal(distribution.name)
        points = [point for point in distribution.entry_points if point.group.startswith("narrate.")]
        found.setdefault(name, [Plugin(point.group, point.name, point.value, name) for point in points])
    return tuple(plugin for plugins in found.values() for plugin in plugins)


def _normal(distribution: str) -> str:
    """A distribution's name as the index compares it (packaging specification, "Name normalization").

    >>> _normal("Narrate_Podcast")
    'narrate-podcast'
    """
    return re.sub(r"[-_.]+", "-", distribution).lower()


def _load(plugin: Plugin) -> object:
    match = _VALUE.match(plugin.value)
    if not match:
        raise _broken(plugin, f"{plugin.value!r} is not 'module:attribute'")
    try:
        thing: object = import_module(match["module"])
        for attribute in (match["attribute"] or "").split("."):
            thing = getattr(thing, attribute) if attribute else thing
        return thing() if isinstance(thing, type) else thing
    except NarrateError:
        raise
    except ImportError as error:
        from narrate.runtime.platform import missing_library

        raise _broken(plugin, str(missing_library(error) or error)) from error
    except Exception as error:  # the wall to a plug-in: whatever it raises must not stop the others
        raise _broken(plugin, f"{type(error).__name__}: {error}") from error


def _broken(plugin: Plugin, reason: str) -> PlatformError:
    kind = plugin.group.rpartition(".")[2].removesuffix("s")
    reason = " ".join(reason.split())[:200]
    hint = "" if "; 'pip" in reason else f"; update or uninstall '{plugin.distribution}'"
    return PlatformError(
        f"the {kind} '{plugin.name}' of the package '{plugin.distribution}' does not load: {reason}{hint}"
    )


def _unknown(group: str, name: str, found: Mapping[str, Plugin]) -> NarrateError:
    kind = group.rpartition(".")[2].removesuffix("s")
    if not found:
        return PlatformError(f"no {kind} is installed; install narrate again ('pip install {OWN}')")
    return UsageError(f"no {kind} {name!r}; there are {', '.join(found)}")
