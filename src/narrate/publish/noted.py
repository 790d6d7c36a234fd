"""What was sent, noted down at the target itself: small hidden files beside the feed.

``.narrate-published.json`` says what a finished run left there. While a run is at
work ``.narrate-publishing.json`` says what it is about to send, so that the next
one knows what a killed run may have put there. Both are hints: what the target
lists goes before them, and one that cannot be read counts as not there.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from narrate.publish.plan import Sent

if TYPE_CHECKING:
    from collections.abc import Mapping

PUBLISHED, PUBLISHING = ".narrate-published.json", ".narrate-publishing.json"
MOST_BYTES = 200_000_000
"""Longer notes are not read; a file takes about 250 bytes of them."""

_VERSION = 1


@dataclass(frozen=True, slots=True)
class Notes:
    """What earlier runs sent, by path; `guid` is the show's, `run` the run at work.

    `interims` are files under interim names, each with the time (ISO 8601) at which the feed stopped naming it.
    """

    guid: str = ""
    run: str = ""
    files: Mapping[str, Sent] = field(default_factory=dict)
    interims: Mapping[str, str] = field(default_factory=dict)

    def over(self, before: Notes) -> Notes:
        """These notes, and where they say nothing those of `before`."""
        return Notes(
            self.guid or before.guid,
            self.run or before.run,
            {**before.files, **self.files},
            {**before.interims, **self.interims},
        )

    def unsure(self) -> Notes:
        """The same before any of it is known to have happened."""
        return replace(self, files={path: replace(sent, sure=False) for path, sent in self.files.items()})


def dump_notes(notes: Notes) -> bytes:
    """As JSON, a file a line; `load_notes` gives the notes back.

    >>> load_notes(dump_notes(Notes("g", "r", {"a": Sent(1, "aa", "text/plain", "no-cache", "t")}))).files["a"].token
    't'
    """
    head = {"narrate_published": _VERSION, "guid": notes.guid, "run": notes.run, "interims": dict(notes.interims)}
    rows = [
        f"{json.dumps(path)}:{json.dumps([sent.size_bytes, sent.sha256, sent.mime, sent.cache, sent.token, sent.sure])}"
        for path, sent in sorted(notes.files.items())
    ]
    return (json.dumps(head)[:-1] + ',"files":{\n' + ",\n".join(rows) + "\n}}\n").encode()


def load_notes(data: bytes) -> Notes:
    """The notes that `dump_notes` wrote; no notes for anything else, since a target is anybody's to write to.

    >>> load_notes(b"[1, 2]") == load_notes(b"") == Notes()
    True
    """
    try:
        return _parsed(json.loads(data))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return Notes()


def _parsed(body: dict[str, Any]) -> Notes:
    if body["narrate_published"] != _VERSION:
        return Notes()
    interims = {str(path): str(since) for path, since in body["interims"].items()}
    return Notes(
        str(body["guid"]), str(body["run"]), {path: _row(row) for path, row in body["files"].items()}, interims
    )


def _row(row: list[Any]) -> Sent:
    if [type(each) for each in row] != [int, str, str, str, str, bool]:
        raise TypeError(row)
    return Sent(*row)
