"""What is heard of encoded sound: where it is too high, and how loud a whole file is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from narrate.mix.dynamics import BLOCK_SAMPLES, EDGE_SAMPLES, block_peaks, in_blocks
from narrate.mix.levels import factor
from narrate.mix.loudness import energies, integrated
from narrate.model import RATE_HZ, Loudness

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

_CHUNK_HOPS = 240
"""Sound is looked at in stretches of 24 s."""

_SILENT_DBTP = -120.0


def measured(pieces: Iterable[NDArray[np.float32]], rate_hz: int) -> Loudness:
    """Integrated loudness and true peak of decoded sound, which comes in pieces, (n,) or (n, channels).

    What is silent has -inf LUFS and -120 dBTP.
    """
    hops: list[NDArray[np.floating]] = []
    peak = factor(_SILENT_DBTP)
    for chunk in _chunks(pieces, _CHUNK_HOPS * rate_hz // 10):
        for place, channel in enumerate(chunk.channels()):
            # of what is nowhere near the highest so far, the peaks between samples do not matter
            peak = max(peak, float(channel.peaks(max(peak, float(np.abs(channel.sound).max()))).max()))
            power = energies(channel.sound, rate_hz // 10, rate_hz) * (RATE_HZ / rate_hz)
            if place:
                hops[-1] = hops[-1] + power
            else:
                hops.append(power)
    return Loudness(integrated(np.concatenate(hops)) if hops else -np.inf, float(20 * np.log10(peak)))


def too_high(pieces: Iterable[NDArray[np.float32]], ceiling_dbtp: float) -> Iterator[tuple[int, float]]:
    """Where the true peak of decoded sound is over a ceiling: samples from the start, and by how many dB.

    Each finding is of 48 samples. Pieces are (n,) or (n, channels), of any length.
    """
    ceiling = factor(ceiling_dbtp)
    start = 0
    for chunk in _chunks(pieces, _CHUNK_HOPS * RATE_HZ // 10):
        for channel in chunk.channels():
            peaks = channel.peaks(ceiling)
            for block in np.flatnonzero(peaks > ceiling).tolist():
                yield start + block * BLOCK_SAMPLES, float(20 * np.log10(peaks[block] / ceiling))
        start += len(chunk.sound)


class _Chunk(NamedTuple):
    """A stretch of sound, (n,) or (n, channels), and what goes before and after it."""

    before: NDArray[np.float32]
    sound: NDArray[np.float32]
    after: NDArray[np.float32]

    def channels(self) -> list[_Chunk]:
        """The same for each channel, (n,)."""
        if self.sound.ndim == 1:
            return [self]
        return [_Chunk(*map(np.ascontiguousarray, tracks)) for tracks in zip(*(part.T for part in self), strict=True)]

    def peaks(self, ceiling: float) -> NDArray[np.float32]:
        """`block_peaks` of one channel. Sound that is cut off in its middle would have peaks of its own there."""
        return block_peaks(in_blocks(self.sound), ceiling, self.before, self.after)


def _chunks(pieces: Iterable[NDArray[np.float32]], length: int) -> Iterator[_Chunk]:
    """The same sound in chunks of that length, and the rest, which is up to `EDGE_SAMPLES` longer than one."""
    held: list[NDArray[np.float32]] = []
    count, before = 0, None
    for piece in pieces:
        held.append(piece)
        count += len(piece)
        while count >= length + EDGE_SAMPLES:
            whole = np.concatenate(held)
            silence = np.zeros((EDGE_SAMPLES, *whole.shape[1:]), whole.dtype)
            yield _Chunk(silence if before is None else before, whole[:length], whole[length : length + EDGE_SAMPLES])
            before = whole[length - EDGE_SAMPLES : length]
            held, count = [whole[length:]], count - length
    if held and len(rest := np.concatenate(held)):
        silence = np.zeros((EDGE_SAMPLES, *rest.shape[1:]), rest.dtype)
        yield _Chunk(silence if before is None else before, rest, silence)
