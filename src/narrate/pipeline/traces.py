"""What an audit remembers of a feed until the next: a small file a feed, in the user's state folder."""

from __future__ import annotations

import json
from contextlib import suppress
from hashlib import blake2b
from typing import TYPE_CHECKING

from narrate.errors import NarrateError
from narrate.model import Traces
from narrate.runtime.files import read_bounded, write_atomic

if TYPE_CHECKING:
    from pathlib import Path

VERSION = 1
_MOST_BYTES = 30_000_000
_ROW = 4


def exchange(folder: Path, key: str, traces: Traces) -> Traces | None:
    """What was remembered under a feed's address or path, None the first time; `traces` are kept in its place.

    What cannot be read counts as nothing, and what cannot be written is not kept: the
    audit itself needs neither.
    """
    path = folder / f"{blake2b(key.encode('utf-8', 'replace'), digest_size=12).hexdigest()}.json"
    before = None
    with suppress(NarrateError, ValueError, KeyError, TypeError, RecursionError):
        before = _read(read_bounded(path, _MOST_BYTES, NarrateError), key)
    document = {"narrate_traces": VERSION, "of": key, "guid": traces.guid, "items": [list(row) for row in traces.items]}
    with suppress(NarrateError, OSError):
        folder.mkdir(parents=True, exist_ok=True)
        write_atomic(path, json.dumps(document, ensure_ascii=True).encode())
    return before


def _read(data: bytes, key: str) -> Traces | None:
    document = json.loads(data)
    if document["narrate_traces"] != VERSION or document["of"] != key:
        return None
    rows = [tuple(str(value) for value in row) for row in document["items"]]
    return Traces(
        str(document["guid"]), tuple((a, b, c, d) for a, b, c, d in (row for row in rows if len(row) == _ROW))
    )
