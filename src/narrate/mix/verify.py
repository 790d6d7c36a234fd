"""What is heard of encoded sound: where it is too high, and how loud a whole file is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from narrate.mix.dynamics import BLOCK_SAMPLES, block_peaks, in_blocks
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
        for place, channel in enumerate(_channels(chunk)):
            # of what is nowhere near the highest so far, the peaks between samples do not matter
            peak = max(peak, float(block_peaks(in_blocks(channel), max(peak, float(np.abs(channel).max()))).max()))
            power = energies(channel, rate_hz // 10, rate_hz) * (RATE_HZ / rate_hz)
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
        for channel in _channels(chunk):
            peaks = block_peaks(in_blocks(channel), ceiling)
            for block in np.flatnonzero(peaks > ceiling).tolist():
                yield start + block * BLOCK_SAMPLES, float(20 * np.log10(peaks[block] / ceiling))
        start += len(chunk)


def _channels(sound: NDArray[np.float32]) -> list[NDArray[np.float32]]:
    return [np.ascontiguousarray(channel) for channel in sound.T] if sound.ndim > 1 else [sound]


def _chunks(pieces: Iterable[NDArray[np.float32]], length: int) -> Iterator[NDArray[np.float32]]:
    """The same sound in pieces of exactly that length, and the rest."""
    held: list[NDArray[np.float32]] = []
    count = 0
    for piece in pieces:
        held.append(piece)
        count += len(piece)
        while count >= length:
            whole = np.concatenate(held)
            yield whole[:length]
            held, count = [whole[length:]], count - length
    if held and len(rest := np.concatenate(held)):
        yield rest
