"""Every unit of a timeline encoded once, on all cores, and kept."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

from narrate.mix import render_unit, unit_digest
from narrate.pipeline.kept import Kept
from narrate.pipeline.order import Event, Stage
from narrate.runtime.workers import in_order

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from narrate.mix import Score
    from narrate.model import Take, Timeline
    from narrate.pipeline.order import Listener
    from narrate.pipeline.tools import Format, Tools


class Units:
    """The encoded units of a timeline, in order; keys are digests of all that a unit is made of, never of its sound."""

    def __init__(self, timeline: Timeline, takes: Sequence[Take], score: Score, tools: Tools, form: Format) -> None:
        self._timeline = timeline
        self._takes = takes
        self._score = score
        self._form = form
        self._keys = [_key(unit_digest(timeline, unit), form) for unit in timeline.units]
        self.kept = Kept(tools.cache, "units")

    def __len__(self) -> int:
        return len(self._keys)

    def __iter__(self) -> Iterator[bytes]:
        return (self.encoded(index) for index in range(len(self)))

    def missing(self) -> list[int]:
        """The units that have yet to be encoded, each once."""
        return list(self.kept.missing(self._keys))

    def encoded(self, index: int) -> bytes:
        """A unit's frames; rendered and encoded now if they are not kept."""
        return self.kept.get(self._keys[index], lambda: self._encode(index))

    def _encode(self, index: int) -> bytes:
        unit = self._timeline.units[index]
        samples = render_unit(self._timeline, unit, self._takes, self._score)
        return self._form.encode(samples, unit.frames)


def encode_all(units: Units, jobs: int, tell: Listener) -> None:
    """Encode what no cache holds, telling each unit as it is done."""
    missing = units.missing()
    for done, _ in enumerate(in_order(units.encoded, missing, jobs, ahead=4 * jobs), 1):
        tell(Event(Stage.ENCODE, done, len(missing)))


def _key(digest: str, form: Format) -> str:
    return blake2b(f"{form.name} {form.key} {digest}".encode(), digest_size=20).hexdigest()
