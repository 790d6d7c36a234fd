"""Lists read every so often, and articles made as they appear in folders, until somebody stops it.

A folder is looked at every few seconds. A file is made when it has been as it is for a while: whoever writes it is
then done. What failed is told once, and tried again when it changes.
"""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from narrate.errors import NarrateError, PlatformError, SettingsError, UsageError
from narrate.pipeline.choosing import Fate
from narrate.pipeline.gathering import article_suffixes, articles_in
from narrate.pipeline.importing import FATAL, Wish, alone, import_lists
from narrate.pipeline.making import make
from narrate.pipeline.memory import recalled
from narrate.pipeline.order import Order
from narrate.pipeline.tools import equip
from narrate.runtime.files import reason, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from narrate.pipeline.choosing import Item
    from narrate.pipeline.importing import Imported
    from narrate.pipeline.order import Event, Made
    from narrate.pipeline.tools import Tools
    from narrate.settings import Settings

LOOK_S = 2.0
"""How often folders are looked at."""
QUIET_S = 3.0
"""A file that has not changed for so long is whole."""
_MOST_TOLD = 10_000
_HOPELESS = (UsageError, SettingsError, PlatformError)


@dataclass(frozen=True, slots=True)
class Happened:
    """Something worth a line: "made", "failed", "unreached" (a list, a folder), "back"; about what, and why.

    `item` is there for an entry of a list, `made` for an article in a folder.
    """

    kind: str
    about: str
    reason: str = ""
    item: Item | None = None
    made: Made | None = None


@dataclass(frozen=True, slots=True)
class Watch:
    """What to watch: lists as `Wish` has them, read every `every_s` seconds, and folders; once, or for ever."""

    wish: Wish
    folders: tuple[Path, ...] = ()
    every_s: float = 3600
    once: bool = False


@dataclass(frozen=True, slots=True)
class Clock:
    """Time that passes, and how to wait for it."""

    now_s: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    wall_s: Callable[[], float] = time.time


@dataclass(slots=True)
class _State:
    """A watch at work."""

    watch: Watch
    settings: Settings
    tell: Callable[[Happened], None]
    equip: Callable[[Settings], Tools]
    clock: Clock
    folder: Path
    suffixes: frozenset[str] = frozenset()
    done: dict[str, str] = field(default_factory=dict)
    """What files were like when they were dealt with: their sizes and times."""
    seen: dict[str, tuple[str, float]] = field(default_factory=dict)
    """What files that wait were like when they were last seen to change, and when that was."""
    told: dict[str, str] = field(default_factory=dict)
    failed: bool = False


def split_sources(sources: Sequence[str]) -> tuple[tuple[str, ...], tuple[Path, ...]]:
    """The lists and the folders among names."""
    folders = tuple(Path(source) for source in sources if Path(source).is_dir())
    return tuple(source for source in sources if Path(source) not in folders), folders


def watch(
    wanted: Watch,
    settings: Settings,
    tell: Callable[[Happened], None],
    equipped: Callable[[Settings], Tools] = equip,
    clock: Clock = Clock(),  # an immutable value
) -> bool:
    """Import and make until it is interrupted, or once; whether all went well (of a watch that ends).

    A network or a disk that is gone is told once, and waited for.

    Raises:
        UsageError: there is nothing to watch.
        PlatformError: narrate cannot run here.
    """
    folder = Path(settings.out) / settings.show
    state = _State(wanted, settings, tell, equipped, clock, folder)
    state.done = recalled(folder).files
    with equipped(settings) as tools:
        state.suffixes = article_suffixes(tools)
    lists = bool(wanted.wish.sources or not wanted.folders)
    due_s = clock.now_s()
    while True:
        if lists and clock.now_s() >= due_s:
            _import(state)
            due_s = clock.now_s() + wanted.every_s
        waiting = _look(state)
        if wanted.once and not waiting:
            return not state.failed
        left_s = due_s - clock.now_s() if lists and not wanted.once else LOOK_S
        clock.sleep(min(LOOK_S, max(left_s, 0.05)) if wanted.folders else max(left_s, 0.05))


def _import(state: _State) -> None:
    """Read the lists and make what is new."""
    wish = state.watch.wish

    def heard(item: Item) -> None:
        if item.fate is Fate.MADE:
            state.tell(Happened("made", item.entry.title or item.entry.url, item=item))
        elif item.fate is Fate.FAILED:
            state.failed = True
            _once(state, item.key, Happened("failed", item.entry.title or item.entry.url, item.reason, item=item))

    try:
        with state.equip(state.settings) as tools:
            terms = replace(wish.terms, now=tools.now())
            imported = import_lists(replace(wish, terms=terms), state.settings, tools, _silence, heard)
    except _HOPELESS:
        raise
    except NarrateError as error:
        state.failed = True
        _once(state, "import", Happened("failed", "the lists", str(error)))
        return
    state.told.pop("import", "")
    _tell_lists(state, imported)


def _tell_lists(state: _State, imported: Imported) -> None:
    for each in imported.lists:
        if each.outcome == "failed":
            state.failed = True
            _once(state, each.name, Happened("unreached", each.title or each.name, each.reason))
        elif each.outcome != "skipped" and state.told.pop(each.name, ""):
            state.tell(Happened("back", each.title or each.name))


def _once(state: _State, key: str, event: Happened) -> None:
    """Tell of something that failed, unless that was said."""
    if state.told.get(key) != event.reason:
        if len(state.told) >= _MOST_TOLD:
            state.told.clear()
        state.told[key] = event.reason
        state.tell(event)


def _look(state: _State) -> bool:
    """Make what has appeared in the folders and is whole; whether something is not yet."""
    if not state.watch.folders:
        return False
    ready = []
    waiting = False
    there: set[str] = set()
    for folder in state.watch.folders:
        for file in _files(state, folder):
            stamp = _stamp(file)
            there.add(str(file))
            if not stamp or state.done.get(str(file)) == stamp:
                continue
            if _is_quiet(state, file, stamp):
                ready.append((file, stamp))
            else:
                waiting = True
    state.seen = {name: row for name, row in state.seen.items() if name in there}
    if ready:
        _make_files(state, ready)
    return waiting


def _files(state: _State, folder: Path) -> list[Path]:
    try:
        files = articles_in(folder.absolute(), state.suffixes)
    except OSError as gone:
        state.failed = True
        why = f"cannot look into {shown(folder)}: {reason(gone)}"
        _once(state, str(folder), Happened("unreached", str(folder), why))
        return []
    if state.told.pop(str(folder), ""):
        state.tell(Happened("back", str(folder)))
    return files


def _stamp(file: Path) -> str:
    """What a file is like; "" where it is gone."""
    with suppress(OSError):
        held = file.stat()
        return f"{held.st_mtime_ns}:{held.st_size}"
    return ""


def _is_quiet(state: _State, file: Path, stamp: str) -> bool:
    """Whether nobody is writing a file any more: as far as is known, it has been as it is for a while."""
    before, since_s = state.seen.get(str(file), ("", 0.0))
    now_s = state.clock.now_s()
    if before != stamp:
        state.seen[str(file)] = (stamp, now_s)
        age_s = state.clock.wall_s() - int(stamp.partition(":")[0]) / 1e9
        return age_s >= QUIET_S  # it was there before anybody looked
    return now_s - since_s >= QUIET_S


def _make_files(state: _State, ready: Sequence[tuple[Path, str]]) -> None:
    try:
        with alone(state.folder, dry_run=False), state.equip(state.settings) as tools:
            memory = recalled(state.folder)
            memory.files = state.done = {name: row for name, row in state.done.items() if Path(name).exists()}
            for file, stamp in ready:
                _make_file(state, file, tools)
                state.seen.pop(str(file), None)
                state.done[str(file)] = stamp
                memory.remember(state.folder)
    except _HOPELESS:
        raise
    except NarrateError as error:  # the show is in use, or cannot be written: another time
        state.failed = True
        _once(state, "show", Happened("failed", str(state.folder), str(error)))
    else:
        state.told.pop("show", "")


def _make_file(state: _State, file: Path, tools: Tools) -> None:
    """Make the article in a file. Raises `StorageError` and the like where it is the show that cannot be written."""
    result = make(Order((str(file),)), state.settings, tools, _silence)
    for one in result.made:
        state.tell(Happened("made", one.episode.title, made=one))
    for failure in result.failed:
        if isinstance(failure.error, FATAL):
            raise failure.error
        if _stamp(file):  # else it has gone in the meantime
            state.failed = True
            _once(state, str(file), Happened("failed", file.name, str(failure.error)))


def _silence(_event: Event) -> None:
    """Progress is for those who wait."""
