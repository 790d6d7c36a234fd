"""Every unit of a timeline mixed once, encoded once for each format, on all cores, and kept."""

from __future__ import annotations

from bisect import bisect
from dataclasses import dataclass, replace
from hashlib import blake2b
from itertools import accumulate
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING

from narrate.errors import EpisodeError
from narrate.mix import mastered, render_unit, too_high, unit_digest
from narrate.model import FRAME_SAMPLES, RATE_HZ
from narrate.pipeline.kept import Kept
from narrate.pipeline.order import Event, Stage
from narrate.runtime.workers import in_order

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from narrate.mix import Score, Stems
    from narrate.model import Take, Timeline, Unit
    from narrate.pipeline.forms import Form
    from narrate.pipeline.order import Listener
    from narrate.runtime.cache import Cache

    Mix = Callable[[], Iterable[Stems]]

_SAFETY_DB = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 4.0)
"""Beyond what a decoded peak is over the ceiling by, each next try is this much lower: some codecs are stubborn."""

_SPOOL_BYTES = 8_000_000
"""What an encoder makes is held in memory up to this, and then in a temporary file."""


class TakeChanged(Exception):  # noqa: N818 # nobody's error: what was laid out is to be laid out again
    """A take had to be spoken again after the timeline was laid out, and came out otherwise."""


@dataclass(frozen=True, slots=True)
class Mixing:
    """What every format's units are mixed from."""

    timeline: Timeline
    takes: Sequence[Take]
    score: Score

    def mixes(self, run: Sequence[int]) -> Iterator[Stems]:
        """The shared mix of these units, one by one. Raises `TakeChanged` where a take is not as it was laid out."""
        takes = _LaidOut(self.takes, self.timeline)
        return (render_unit(self.timeline, self.timeline.units[index], takes, self.score) for index in run)


@dataclass(frozen=True, slots=True)
class _LaidOut:
    """The takes of a timeline, each checked to be the one that it was laid out with."""

    takes: Sequence[Take]
    timeline: Timeline

    def __getitem__(self, index: int) -> Take:
        take = self.takes[index]
        if blake2b(take.clip.pcm, digest_size=20).hexdigest() != self.timeline.placed[index].digest:
            raise TakeChanged(index)
        return take


class Units:
    """The encoded units of a timeline in one format, in order.

    Keys are digests of all that a unit is made of, never of its sound. Units that run on into each other are
    encoded together, and each depends on all of them.
    """

    def __init__(self, mixing: Mixing, form: Form, cache: Cache) -> None:
        self.form = form
        self.kept = Kept(cache, "units")
        self.mixing = mixing
        self._runs = list(mixing.timeline.runs())
        self._run_of = [run for run in self._runs for _ in run]
        self._keys = [key for run in self._runs for key in self._keys_of(run)]

    def __len__(self) -> int:
        return len(self._keys)

    def __iter__(self) -> Iterator[bytes]:
        return (self.encoded(index) for index in range(len(self)))

    def missing(self) -> list[range]:
        """The runs that have yet to be encoded, each once."""
        positions = list(self.kept.missing(self._keys))
        return list(dict.fromkeys(self._run_of[position] for position in positions))

    def lacks(self, run: range) -> bool:
        """Whether any unit of a run has yet to be encoded: another format may encode alike, and have done it."""
        return any(True for _ in self.kept.missing(self._keys[run.start : run.stop]))

    def encoded(self, index: int) -> bytes:
        """An encoded unit; it and those it runs on with are mixed and encoded now if it is not kept."""
        data = self.kept.find(self._keys[index])
        if data is None:
            run = self._run_of[index]
            self.encode(run, lambda: self.mixing.mixes(run))
            data = self.kept.find(self._keys[index])
        if data is None:
            raise EpisodeError("the cache loses what it is given; 'narrate cache clear' and try again")
        return data

    def encode(self, run: range, mix: Mix) -> None:
        """Encode a run of units whose sound is this, and keep them; lower where what is heard would be too high."""
        over: dict[int, float] = {}
        for safety_db in _SAFETY_DB:
            with SpooledTemporaryFile(_SPOOL_BYTES) as spool:
                sizes = self._encode(run, mix, over, spool)
                found = self._too_high(run, sizes, spool)
                if not found:
                    self._keep(run, sizes, spool)
                    return
            over |= {index: round(over.get(index, 0.0) + found[index] + safety_db, 2) for index in found}
        raise EpisodeError(f"encoded as {self.form.name}, the sound is over the ceiling however low it is made")

    def _encode(self, run: range, mix: Mix, over: dict[int, float], spool: SpooledTemporaryFile[bytes]) -> list[int]:
        """The units one after the other, and their sizes."""
        encoder = self.form.coder.encoder()
        master = self.mixing.timeline.master(self.form.name)
        sizes = []

        def spooled(units: Sequence[bytes]) -> None:
            for unit in units:
                spool.write(unit)
                sizes.append(len(unit))

        for index, sound in zip(run, mix(), strict=True):
            own = replace(master, ceiling_dbtp=master.ceiling_dbtp - over.get(index, 0.0))
            spooled(encoder.feed(mastered(sound, own), self._unit(index).frames))
        spooled(encoder.end())
        return sizes

    def _too_high(self, run: range, sizes: list[int], spool: SpooledTemporaryFile[bytes]) -> dict[int, float]:
        """The units whose decoded peak is above the ceiling, and by how many dB at most."""
        coder, ceiling_dbtp = self.form.coder, self.mixing.timeline.ceiling_dbtp
        spool.seek(0)
        decoded = coder.decode(spool.read(size) for size in sizes)
        ends = list(accumulate(self._unit(index).frames * FRAME_SAMPLES for index in run))
        found: dict[int, float] = {}
        for sample, excess_db in too_high(decoded, ceiling_dbtp):
            index = run[min(bisect(ends, sample * RATE_HZ // coder.rate_hz), len(run) - 1)]
            found[index] = max(found.get(index, 0.0), excess_db)
        return found

    def _keep(self, run: range, sizes: list[int], spool: SpooledTemporaryFile[bytes]) -> None:
        spool.seek(0)
        for index, size in zip(run, sizes, strict=True):
            self.kept.put(self._keys[index], spool.read(size))

    def _unit(self, index: int) -> Unit:
        return self.mixing.timeline.units[index]

    def _keys_of(self, run: range) -> Iterator[str]:
        timeline, name = self.mixing.timeline, self.form.name
        digests = [unit_digest(timeline, self._unit(index), name) for index in run]
        whole = digests[0] if len(run) == 1 else blake2b(" ".join(digests).encode(), digest_size=20).hexdigest()
        for position in range(len(run)):
            own = f"{self.form.coder.key} {whole}" + (f" {position}" if len(run) > 1 else "")
            yield blake2b(own.encode(), digest_size=20).hexdigest()


def encode_all(forms: Sequence[Units], mixing: Mixing, jobs: int, tell: Listener) -> None:
    """Encode what no cache holds, telling each unit as it is done; a unit that several formats miss is mixed once."""
    wanting: dict[range, list[Units]] = {}
    for units in forms:
        for run in units.missing():
            wanting.setdefault(run, []).append(units)
    runs = sorted(wanting, key=lambda run: run.start)
    total, done = sum(map(len, runs)), 0

    def encode(run: range) -> int:
        _encode_run(run, wanting[run], mixing)
        return len(run)

    for count in in_order(encode, runs, jobs, ahead=4 * jobs):
        done += count
        tell(Event(Stage.ENCODE, done, total))


def _encode_run(run: range, forms: Sequence[Units], mixing: Mixing) -> None:
    if len(run) > 1:  # an hour, perhaps: mixed for each format anew rather than held in memory
        for units in forms:
            if units.lacks(run):
                units.encode(run, lambda: mixing.mixes(run))
        return
    mix = list(mixing.mixes(run))
    for units in forms:
        if units.lacks(run):
            units.encode(run, lambda: mix)
