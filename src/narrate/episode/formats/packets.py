"""Packets of codecs whose frames are not the mix's: kept as a unit, put on their own grid, joined.

A fresh encoder's packets are laid in a row, and a decoder overlaps the end of one
unit with the beginning of the next: both are silent there. A unit starts at the own
frame nearest to its place. So how many own frames it lasts depends on its place, by
one more or less: it is kept with as many as it can ever need, the last of them silent,
and only when it is joined they are counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from struct import pack, unpack_from
from typing import TYPE_CHECKING

import numpy as np

from narrate.errors import EpisodeError
from narrate.model import FRAME_SAMPLES, RATE_HZ

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from narrate.model import Timeline

_COUNT_BYTES = 4
_SIZE_BYTES = 2


@dataclass(frozen=True, slots=True)
class Packets:
    """Some packets in a row: how many bytes each has, and all of them."""

    sizes: NDArray[np.uint16]
    data: bytes

    def first(self, count: int) -> Packets:
        """As many from the first on."""
        sizes = self.sizes[:count]
        return self if count == len(self.sizes) else Packets(sizes, self.data[: int(sizes.sum(dtype=np.int64))])

    def each(self) -> Iterator[bytes]:
        """One by one."""
        at = 0
        for size in self.sizes.tolist():
            yield self.data[at : at + size]
            at += size


@dataclass(frozen=True, slots=True)
class Grid:
    """The frames of a codec: of so many samples at its rate, and by how many samples an encoder is late.

    >>> aac = Grid(1024, 44_100, 1024)
    >>> [aac.at(frames) for frames in (0, 1, 4, 100)], aac.most(8)
    ([0, 1, 5, 113], 12)
    """

    frame_samples: int
    rate_hz: int
    late_samples: int

    def samples(self, frames: int) -> int:
        """How many samples of its rate so many MP3 frames last, to the nearest."""
        return (2 * frames * FRAME_SAMPLES * self.rate_hz + RATE_HZ) // (2 * RATE_HZ)

    def at(self, frames: int) -> int:
        """The own frame nearest to a place in MP3 frames, half a frame off at most."""
        own = self.frame_samples * RATE_HZ
        return (2 * frames * FRAME_SAMPLES * self.rate_hz + own) // (2 * own)

    def most(self, frames: int) -> int:
        """The packets that a run of so many MP3 frames can ever need, wherever it stands.

        Beyond its whole frames: one that is begun, half a frame that its place is off, and what it is late.
        """
        beyond_samples = self.frame_samples + self.frame_samples // 2 + self.late_samples
        return self.samples(frames) // self.frame_samples + -(-beyond_samples // self.frame_samples)

    def whole(self, frames: int) -> int:
        """The packets of a file of so many MP3 frames: decoded, they give all of its samples, late as they are."""
        return -(-(self.samples(frames) + self.late_samples) // self.frame_samples)

    def shares(self, frames: Sequence[int]) -> list[int]:
        """How many packets each unit of a run is kept as: the last has all that are left."""
        ends = [*map(self.at, accumulate(frames[:-1])), self.most(sum(frames))]
        return [end - start for start, end in zip([0, *ends], ends, strict=False)]


def packed(packets: Sequence[bytes]) -> bytes:
    r"""Packets as a unit is kept: their number, the size of each, then themselves.

    >>> packed([b"ab", b"c"]).hex(" ")
    '02 00 00 00 02 00 01 00 61 62 63'
    """
    sizes = pack(f"<I{len(packets)}H", len(packets), *map(len, packets))
    return sizes + b"".join(packets)


def unpacked(unit: bytes) -> Packets:
    """The packets of a unit that was kept. Raises EpisodeError where it is not whole."""
    count = unpack_from("<I", unit)[0] if len(unit) >= _COUNT_BYTES else 0
    begin = _COUNT_BYTES + _SIZE_BYTES * count
    if len(unit) >= begin and count:
        sizes = np.frombuffer(unit, "<u2", count, _COUNT_BYTES)
        if int(sizes.sum(dtype=np.int64)) == len(unit) - begin and sizes.all():
            return Packets(sizes, unit[begin:])
    raise EpisodeError(f"encoded sound of {len(unit)} bytes is damaged; 'narrate cache clear' and try again")


def joined(units: Iterable[bytes], timeline: Timeline, grid: Grid) -> Iterator[Packets]:
    """What each unit gives to the file, `grid.whole` packets in all.

    Raises:
        EpisodeError: units and timeline do not fit each other.
    """
    coming = iter(units)
    for run in timeline.runs():
        placed = [timeline.units[index] for index in run]
        end = placed[-1].start_frames + placed[-1].frames
        wanted = grid.whole(end) if end == timeline.frames else grid.at(end)
        wanted -= grid.at(placed[0].start_frames)
        for unit, share in zip(placed, grid.shares([unit.frames for unit in placed]), strict=True):
            data = next(coming, None)
            packets = None if data is None else unpacked(data)
            if packets is None or len(packets.sizes) != share:
                raise EpisodeError(f"encoded sound does not fit the timeline at frame {unit.start_frames}")
            taken = wanted if unit is placed[-1] else share
            wanted -= taken
            yield packets.first(taken)
    if next(coming, None) is not None:
        raise EpisodeError(f"encoded sound goes on after frame {timeline.frames}, where its timeline ends")
