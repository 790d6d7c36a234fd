"""What `doctor` looks at in its own process: folders, settings, the show, ports. Rows are as `trials` has them."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import TYPE_CHECKING

from narrate import __version__
from narrate.errors import NarrateError
from narrate.runtime.files import reason, shown
from narrate.runtime.trial import port_is_free, refusal_to_write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from narrate.settings import Settings

    Row = tuple[str, str, str, str]
    Checkup = Callable[["Place"], Iterator[Row]]

_TOO_LITTLE, _LITTLE = 100_000_000, 1_000_000_000
"""Bytes: an hour of an episode takes 45 MB, and what is kept of it twice that."""
_RECENT = 100
"""How many episodes, the newest, have their files looked at."""
_EXTRAS = {"s3": "s3fs", "gcs": "gcsfs", "azure": "adlfs", "sftp": "paramiko", "webdav": "webdav4"}
_REACHED_BY = {"s3": "s3", "gs": "gcs", "az": "azure", "sftp": "sftp", "webdav": "webdav", "dav": "webdav"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where this run would work: settings, the show's folder, the cache's, and the files that settings come from."""

    settings: Settings
    show: Path
    cache: Path
    state: Path
    files: tuple[Path, ...]


def show_language(place: Place) -> str:
    """The show's language, "en" where there is none yet or it cannot be read."""
    try:
        from narrate.feed import load_show

        return load_show((place.show / "show.toml").read_text(encoding="utf-8"), "show.toml").language
    except (OSError, UnicodeDecodeError, ImportError, NarrateError):
        return "en"


def machine(_place: Place) -> Iterator[Row]:
    """Python and the system."""
    system = f"{platform.system()} {platform.release()} ({platform.machine()})"
    yield "ok", "machine", f"narrate {__version__}, Python {platform.python_version()}, {system}", ""


def settings(place: Place) -> Iterator[Row]:
    """Where settings come from."""
    for file in place.files:
        yield "ok", "settings", f"{shown(file)} {'is read' if file.is_file() else 'is not there, and need not be'}", ""
    set_here = sorted(name for name in os.environ if name.startswith("NARRATE_"))
    if set_here:
        yield "ok", "settings", f"variables that are set: {', '.join(set_here)}", ""


def folders(place: Place) -> Iterator[Row]:
    """What narrate writes in can be written, and has room."""
    for name, folder in (("show", place.show), ("cache", place.cache), ("state", place.state)):
        refused = refusal_to_write(folder)
        if refused:
            advice = _ELSEWHERE[name]
            yield (
                "fault",
                "folders",
                f"the folder of the {name}, {shown(folder)}, cannot be written: {reason(refused)}",
                advice,
            )
            continue
        free = shutil.disk_usage(_there(folder)).free
        yield from _room(name, folder, free)


_ELSEWHERE = {
    "show": "choose another with --out, or the setting 'out'",
    "cache": "choose another with the setting 'cache_dir'",
    "state": "set XDG_STATE_HOME to one that can be written",
}


def _room(name: str, folder: Path, free: int) -> Iterator[Row]:
    text = f"the folder of the {name}, {shown(folder)}, can be written; {free / 1e9:.1f} GB are free there"
    advice = f"free some space, or {_ELSEWHERE[name]}"
    if free < _TOO_LITTLE:
        yield "fault", "folders", f"{text}, too little for an episode", advice
    elif free < _LITTLE:
        yield "warning", "folders", f"{text}, which is not much", advice
    else:
        yield "ok", "folders", text, ""


def cache(place: Place) -> Iterator[Row]:
    """How full the cache is, and whether older versions left anything."""
    from narrate.runtime.cache import Cache

    usage = Cache(place.cache).size()
    size_gb, limit_gb = sum(row.size_bytes for row in usage) / 1e9, place.settings.cache_max_gb
    entries = sum(row.entries for row in usage)
    old = sum(row.size_bytes for row in usage if not row.kind)
    text = f"{entries:,} entries, {size_gb:.2f} of at most {limit_gb:g} GB"
    if old:
        yield (
            "warning",
            "cache",
            f"{text}; {old / 1e6:.0f} MB are of older versions",
            "'narrate cache prune' removes them",
        )
    elif size_gb > limit_gb:
        yield "warning", "cache", f"{text}, which is too full", "'narrate cache prune' makes room"
    else:
        yield "ok", "cache", text, ""


def show(place: Place) -> Iterator[Row]:
    """The show's settings, its episodes' files, and a change that did not end."""
    from narrate.pipeline.shows import open_show
    from narrate.runtime.journal import FOLDER, JOURNAL

    if not (place.show / "show.toml").exists():
        yield "ok", "show", f"there is none in {shown(place.show)} yet", "'narrate make ARTICLE' begins one"
        return
    library = open_show(place.show)
    if (place.show / FOLDER / JOURNAL).exists():
        yield "warning", "show", "a change was interrupted", "the next 'narrate make' or 'narrate feed' finishes it"
    recent = library.newest_first()[:_RECENT]
    lost = [
        f"{brief.slug}/{file.name}"
        for brief in recent
        for file in library.load(brief).files
        if not _is_file_of(place.show / brief.slug / file.name, file.size_bytes)
    ]
    if lost:
        words = f"{len(lost)} files are missing or are not as they were made, such as {shown(lost[0])}"
        yield "fault", "show", words, "make those episodes again, or remove them: 'narrate remove EPISODE'"
    else:
        count = f"{library.count:,} episodes" if library.count != 1 else "1 episode"
        yield "ok", "show", f"'{library.show.title}' in {shown(place.show)}: {count}, files as they were made", ""


def _is_file_of(path: Path, size_bytes: int) -> bool:
    return path.is_file() and path.stat().st_size == size_bytes


def address(place: Place) -> Iterator[Row]:
    """The show's public address."""
    from narrate.feed import load_show
    from narrate.feed.checks import is_public

    file = place.show / "show.toml"
    if not file.exists():
        return
    base_url = load_show(file.read_text(encoding="utf-8"), str(file)).base_url
    setting = "'narrate show set base_url https://example.org/podcast/' names it; 'narrate serve' needs none"
    if not base_url:
        yield "warning", "address", "the show has no public address, which publishing needs", setting
    elif not is_public(base_url):
        yield "warning", "address", f"{base_url} is not an address that others can reach", setting
    elif base_url.startswith("http://"):
        advice = "directories and some apps want https://; see whether the host has it"
        yield "warning", "address", f"the show is at {base_url}", advice
    else:
        yield "ok", "address", f"the show is at {base_url}", ""


def serving(_place: Place) -> Iterator[Row]:
    """Whether a phone could be let in."""
    from narrate.publish import DEFAULT_PORT, lan_addresses

    if not port_is_free(DEFAULT_PORT):
        advice = f"if that is no 'narrate serve' of yours, choose another: narrate serve --port {DEFAULT_PORT + 1}"
        yield "warning", "serving", f"port {DEFAULT_PORT} is taken", advice
    else:
        yield "ok", "serving", f"port {DEFAULT_PORT} is free for 'narrate serve'", ""
    lan = lan_addresses()
    where = f"--lan would be found at {', '.join(lan)}" if lan else "this machine is on no network for --lan"
    yield "ok", "serving", where, ""


def publishing(place: Place) -> Iterator[Row]:
    """What reaches other people's storage."""
    there = {extra: _version_of(module) for extra, module in _EXTRAS.items()}
    target = place.settings.publish.target
    needed = _REACHED_BY.get(target.partition("://")[0].lower(), "") if "://" in target else ""
    if needed and not there[needed]:
        text = f"publish.target is {target.partition('://')[0]}://, and what reaches it is not installed"
        yield "fault", "publishing", text, f"pip install 'narrate-podcast[{needed}]'"
    have = ", ".join(f"{extra} ({_EXTRAS[extra]} {found})" for extra, found in there.items() if found)
    missing = ", ".join(extra for extra, found in there.items() if not found)
    text = f"folders, and {have}" if have else "folders"
    more = f"for {missing}: pip install 'narrate-podcast[NAME]'" if missing else ""
    yield "ok", "publishing", f"{text} can be published to", more


def _version_of(module: str) -> str:
    """A package's version, "" where it is not installed; nothing is imported."""
    try:
        return version(module) if find_spec(module) else ""
    except (PackageNotFoundError, ValueError):
        return ""


def terminal(_place: Place) -> Iterator[Row]:
    """Whether titles can be shown."""
    encoding = (sys.stdout.encoding or "").lower()
    if encoding.replace("-", "") != "utf8":
        yield (
            "warning",
            "terminal",
            f"it takes {encoding or 'unknown'} text only",
            "set PYTHONUTF8=1 to see every title",
        )


def _there(folder: Path) -> Path:
    return next((each for each in (folder, *folder.parents) if each.exists()), folder)


CHECKUPS: tuple[Checkup, ...] = (
    machine,
    settings,
    folders,
    cache,
    show,
    address,
    serving,
    publishing,
    terminal,
)
"""In the order they are shown."""
