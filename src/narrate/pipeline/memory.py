"""What a show's imports have seen: a hidden file in its folder, written whole or not at all.

It holds what the manifests do not: what servers said of lists, the entries that failed and why, those that became
episodes under another address, or were removed since. Without it, an entry whose address an episode has is known all
the same. What narrate cannot read of it is forgotten.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from narrate.model import Entry, Extent
from narrate.runtime.files import read_bounded, write_atomic

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

NAME = ".imported.json"
_VERSION = 1
_MOST_BYTES = 500_000_000
_MOST_OF_A_TEXT = 200_000
"""Of an entry's text, in characters: a longer one that failed is read from its list or its page again."""

T = TypeVar("T")


@dataclass(slots=True)
class SeenList:
    """A list: what its server said, the feeds it names, and before which time entries were passed over (`--since`)."""

    etag: str = ""
    modified: str = ""
    since: str = ""
    title: str = ""
    failures: int = 0
    again: str = ""
    """Not before this time, after failures."""
    feeds: list[str] = field(default_factory=list)


@dataclass(slots=True)
class SeenEntry:
    """An entry that became an episode: who that is, and the digest of its text."""

    identity: str
    digest: str = ""
    title: str = ""


@dataclass(slots=True)
class Failure:
    """An entry that failed: all of it, in which list it stood, why, how often; tried again not before `again`."""

    entry: dict[str, Any]
    source: str
    reason: str
    code: str
    retryable: bool
    tries: int = 1
    again: str = ""


@dataclass(slots=True)
class Edition:
    """The last edition: its day, its title, who it is, and the entries in it."""

    day: str = ""
    title: str = ""
    identity: str = ""
    entries: list[dict[str, Any]] = field(default_factory=list)


@dataclass(slots=True)
class Memory:
    """All of it; entries by their keys, files by their paths with size and time of change.

    `sources` are those that somebody named and that could be read, in their order.
    """

    lists: dict[str, SeenList] = field(default_factory=dict)
    made: dict[str, SeenEntry] = field(default_factory=dict)
    failed: dict[str, Failure] = field(default_factory=dict)
    edition: Edition = field(default_factory=Edition)
    files: dict[str, str] = field(default_factory=dict)
    sources: list[str] = field(default_factory=list)

    def remember(self, folder: Path) -> None:
        """Write it to a show's folder. Raises `StorageError`."""
        text = json.dumps({"version": _VERSION, **asdict(self)}, ensure_ascii=False, separators=(",", ":"))
        write_atomic(folder / NAME, text.encode("utf-8", "surrogatepass"))


def recalled(folder: Path) -> Memory:
    """What is remembered in a show's folder; nothing where the file is missing, damaged or of another version.

    Raises:
        StorageError: it is there and may not be read.
    """
    from narrate.errors import StorageError

    path = folder / NAME
    if not path.exists():
        return Memory()
    data = read_bounded(path, _MOST_BYTES, StorageError)
    try:
        said = json.loads(data.decode("utf-8", "surrogatepass"))
        return _memory(said) if said["version"] == _VERSION else Memory()
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return Memory()


def _memory(said: Mapping[str, Any]) -> Memory:
    return Memory(
        lists={str(name): _known(SeenList, row) for name, row in said["lists"].items()},
        made={str(key): _known(SeenEntry, row) for key, row in said["made"].items()},
        failed={str(key): _known(Failure, row) for key, row in said["failed"].items()},
        edition=_known(Edition, said["edition"]),
        files={str(name): str(row) for name, row in said["files"].items()},
        sources=[str(name) for name in said["sources"]],
    )


def _known(kind: type[T], row: Mapping[str, Any]) -> T:
    names = {each.name for each in fields(kind)}  # type: ignore[arg-type] # each kind is a dataclass
    return kind(**{name: value for name, value in row.items() if name in names})


def packed(entry: Entry, *, with_text: bool = True) -> dict[str, Any]:
    """An entry as plain values, which `unpacked` makes an entry of; what is empty, and a long text, are left out."""
    row = {name: value for name, value in asdict(entry).items() if value}
    for name in ("published", "updated"):
        if name in row:
            row[name] = row[name].isoformat()
    if entry.url and (len(entry.html) > _MOST_OF_A_TEXT or not with_text):
        row["html"] = ""
        row["extent"] = Extent.NONE
    return row


def unpacked(row: Mapping[str, Any]) -> Entry:
    """An entry from plain values.

    >>> unpacked(packed(Entry("https://example.org/a", "A", authors=("Ann",)))) == Entry(
    ...     "https://example.org/a", "A", authors=("Ann",)
    ... )
    True
    """
    values = dict(row)
    for name in ("published", "updated"):
        if values.get(name):
            values[name] = datetime.fromisoformat(values[name])
    values["extent"] = Extent(values.get("extent", Extent.NONE))
    values["authors"] = tuple(values.get("authors", ()))
    return Entry(**values)
