"""A plan carried out: the files, then what replaces sounds, then the feed, then what is to go."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from narrate.errors import PublishError
from narrate.publish.disk import PART
from narrate.publish.noted import PUBLISHED, PUBLISHING, Notes, dump_notes, load_notes
from narrate.publish.plan import Local, Send, Sent, with_interim_names
from narrate.runtime.workers import in_order

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from narrate.pipeline.snapshot import Snapshot
    from narrate.publish.plan import Plan, There
    from narrate.publish.target import Target

_INTERIM_LIFE = timedelta(hours=1)
"""How long a file under an interim name stays: feeds that name it may be kept for minutes on their way to an app."""
_NOTES_BYTES = 200_000_000


@dataclass
class Delivery:
    """A plan, where it leads, what it is made from, and what earlier runs noted down; `tell` hears of each file."""

    target: Target
    snapshot: Snapshot
    plan: Plan
    notes: Notes
    workshop: Path
    now: datetime
    tell: Callable[[int, int, str], None]
    tokens: dict[str, str] = field(default_factory=dict)
    """What the store is expected to call each file that is sent."""
    done: int = 0
    run_id: str = field(default_factory=lambda: os.urandom(8).hex())

    def run(self, there: Mapping[str, There]) -> None:
        """Carry it out; nothing is written where there is nothing to do and all is noted. Raises `PublishError`."""
        leftovers = self._leftovers(there)
        if not self.plan.sends and not self.plan.removals and not leftovers and self._is_noted(there):
            return
        if self.plan.sends:
            self._announce()
            self._send(self.plan.first)
            self._send(send for send in self.plan.swaps if not self._is_there(send, there))
            self._refuse_incomplete()
            self._put_feed()
        for path in (*self.plan.removals, *leftovers):
            self.target.remove(path)
            self._tell(path)
        self._conclude()

    def _announce(self) -> None:
        """Note down what is about to be sent."""
        # What a killed run may have sent and nobody has confirmed is still only known from its notes.
        files = {path: sent for path, sent in self.notes.files.items() if not sent.sure}
        for send in self.plan.sends:
            self.tokens[send.local.path] = self._token(send.local)
            files[send.local.path] = self._noted(send.local, self.tokens[send.local.path])
        self._put_notes(PUBLISHING, Notes(self._guid, self.run_id, files, self._interims()).unsure())

    def _interims(self) -> dict[str, str]:
        """Interim names, this run's and those of before, and since when the feed names them no more."""
        return {**self.notes.interims, **{send.interim: self.now.isoformat() for send in self.plan.swaps}}

    def _is_there(self, swap: Send, there: Mapping[str, There]) -> bool:
        """Whether a killed run has sent it under its interim name, as far as the store can tell."""
        at, token = there.get(swap.interim), self.tokens[swap.local.path]
        return at is not None and at.size_bytes == swap.local.size_bytes and bool(token) and at.token == token

    def _token(self, local: Local) -> str:
        """What the store will call a file; raises `PublishError` where it is not what it was under the show's lock."""
        digest = self.target.digest(self.snapshot.sources[local.path])
        if digest.sha256 != local.sha256:
            raise PublishError(
                f"'{local.path}' is not as it was made, or was changed meanwhile; make its episode again, then publish"
            )
        return digest.token

    def _send(self, sends: Iterable[Send]) -> None:
        for path in in_order(self._put, list(sends), self.target.jobs):
            self._tell(path)

    def _put(self, send: Send) -> str:
        self.target.put(
            self.snapshot.sources[send.local.path], replace(send.local, path=send.interim or send.local.path)
        )
        return send.local.path

    def _refuse_incomplete(self) -> None:
        """Raise `PublishError` unless all that the feed will name is there, and nobody else publishes here."""
        there = self.target.files()
        unsent = {send.local.path for send in (*self.plan.swaps, *self.plan.pages)}
        for taken in self.snapshot.files:
            path, size = taken.local.path, taken.local.size_bytes
            if path not in unsent and (path not in there or there[path].size_bytes != size):
                raise PublishError(f"'{path}' did not arrive whole at {self.target.where.shown}; run it again")
        at_work = load_notes(self.target.read(PUBLISHING, _NOTES_BYTES) or b"")
        if at_work.run != self.run_id:
            raise PublishError(
                f"another narrate publishes to {self.target.where.shown} now; wait for it, then run it again"
            )

    def _put_feed(self) -> None:
        """The feed; where sounds are replaced, first as it is with their interim names."""
        if self.plan.swaps:
            for page in self.plan.pages:
                self._put_interim_page(page.local)
            for swap in self.plan.swaps:
                if not self.target.copy(swap.interim, swap.local):
                    self.target.put(self.snapshot.sources[swap.local.path], swap.local)
        for page in self.plan.pages:
            self.target.put(self.snapshot.sources[page.local.path], page.local)
            self._tell(page.local.path)

    def _put_interim_page(self, local: Local) -> None:
        page = self.snapshot.sources[local.path].read_bytes()
        changed = with_interim_names(page, self.plan.swaps, self.snapshot.library.base_url)
        source = self.workshop / "interim.xml"
        source.write_bytes(changed)
        self.target.put(source, replace(local, size_bytes=len(changed)))

    def _leftovers(self, there: Mapping[str, There]) -> list[str]:
        """What killed runs left of files in the making, and interim names that no feed has any more."""
        current = {send.interim for send in self.plan.swaps}
        parts = [path for path in there if path.rpartition("/")[2].startswith(PART)]
        old = [path for path, since in self.notes.interims.items() if path in there and self._is_old(since)]
        return sorted({*parts, *old} - current)

    def _is_old(self, since: str) -> bool:
        try:
            return self.now - datetime.fromisoformat(since) > _INTERIM_LIFE
        except (ValueError, TypeError):  # nobody's notes but ours have no time zone
            return True

    def _is_noted(self, there: Mapping[str, There]) -> bool:
        noted = self.notes.files
        sure = all(
            taken.local.path in noted and noted[taken.local.path].sure and taken.settled
            for taken in self.snapshot.files
        )
        return sure and PUBLISHING not in there

    def _conclude(self) -> None:
        """Note down what is there now, by what the store itself says."""
        there = self.target.files()
        gone = {path: sent for path, sent in self.notes.files.items() if path in there}
        files = {
            taken.local.path: self._noted(taken.local, there[taken.local.path].token)
            for taken in self.snapshot.files
            if taken.local.path in there
        }
        interims = {path: since for path, since in self._interims().items() if path in there}
        self._put_notes(PUBLISHED, Notes(self._guid, "", {**gone, **files}, interims))
        self.target.remove(PUBLISHING)

    def _noted(self, local: Local, token: str) -> Sent:
        return Sent(local.size_bytes, local.sha256, local.mime, local.cache, token)

    def _put_notes(self, name: str, notes: Notes) -> None:
        source = self.workshop / "notes.json"
        data = dump_notes(notes)
        source.write_bytes(data)
        self.target.put(source, Local(name, len(data), "", "application/json"))

    def _tell(self, path: str) -> None:
        self.done += 1
        self.tell(self.done, len(self.plan.sends) + len(self.plan.removals), path)

    @property
    def _guid(self) -> str:
        return self.snapshot.library.show.guid
