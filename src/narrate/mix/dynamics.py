"""A compressor and a true-peak limiter that work on gain curves, one point every 48 samples (1.1 ms).

Both are pure functions of the sound they are given and keep no state: units begin and
end in silence, so each can be worked on by itself, in any order, on any core.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from narrate.mix.loudness import TAP_COUNT, oversampled_peaks

if TYPE_CHECKING:
    from numpy.typing import NDArray

BLOCK_SAMPLES = 48
"""A control block; an MP3 frame holds 24 of them, so the blocks of a unit stand on one grid with the timeline's."""

_THRESHOLD_DBFS = -30.0
_SLOPE = 1 - 1 / 3
"""The compressor takes away two dB of every three above the threshold."""

_DETECTOR_BLOCKS = 9
_RELEASE_DB_A_BLOCK = 0.11
"""The level that the compressor follows falls at most 100 dB a second: pauses between words do not pump."""

_FLOOR = 1e-10
_NEAR = 0.8
"""Only blocks with samples above this part of a ceiling are oversampled: speech goes no 1.9 dB higher between them."""


def _hann(reach: int) -> NDArray[np.float32]:
    """A raised-cosine window of 2 * `reach` + 1 points that sums to 1."""
    window = 1 + np.cos(np.pi * np.arange(-reach, reach + 1) / (reach + 1))
    return np.asarray(window / window.sum(), np.float32)


EDGE_SAMPLES = TAP_COUNT // 2
"""So far the true peak of a sample depends on those around it."""

_SILENCE = np.zeros(EDGE_SAMPLES, np.float32)
_COMPRESSOR_WINDOW = _hann(9)
_LIMITER_WINDOW = _hann(5)


def in_blocks(samples: NDArray[np.float32], size: int = BLOCK_SAMPLES) -> NDArray[np.float32]:
    """The samples as rows of `size`, the last one filled up with silence; a view where they fit."""
    missing = -len(samples) % size
    whole = np.concatenate((samples, np.zeros(missing, samples.dtype))) if missing else samples
    return whole.reshape(-1, size)


def compression(blocks: NDArray[np.float32]) -> NDArray[np.float32]:
    """The compressor's gain at every edge of the blocks (one more than blocks), 3:1 above -30 dBFS, at most 1.

    It follows the mean square over 10 ms, looks 10 ms ahead and lets go at 67 dB a second.
    """
    power = np.einsum("ij,ij->i", blocks, blocks) / blocks.shape[1]
    power = _smooth(power, np.full(_DETECTOR_BLOCKS, 1 / _DETECTOR_BLOCKS, np.float32))
    over = np.maximum(10 * np.log10(power + _FLOOR) - _THRESHOLD_DBFS, 0.0)
    fall = np.arange(len(over)) * _RELEASE_DB_A_BLOCK
    held = np.maximum.accumulate(over + fall) - fall
    reduction = _smooth(held * _SLOPE, _COMPRESSOR_WINDOW)
    edges = np.concatenate([reduction[:1], (reduction[1:] + reduction[:-1]) / 2, reduction[-1:]])
    return np.asarray(10 ** (edges / -20), np.float32)


def _smooth(values: NDArray[np.floating], window: NDArray[np.float32]) -> NDArray[np.floating]:
    """Values averaged under a window that looks as far ahead as back; beyond the ends they go on as they are there."""
    reach = len(window) // 2
    # a tenth of the time that `np.pad` takes
    around = np.concatenate((np.full(reach, values[0]), values, np.full(reach, values[-1])))
    smooth: NDArray[np.floating] = np.convolve(around, window, mode="valid")
    return smooth


def limiting(peaks: NDArray[np.floating], ceiling: float) -> NDArray[np.float32]:
    """The limiter's gain at every edge of the blocks (one more than blocks), at most 1.

    At both edges of a block it is at most ``ceiling / peak`` of that block, so a
    straight line between them never lets the peak through; 5 ms of attack and release.
    """
    gain = np.minimum(1.0, ceiling / np.maximum(peaks, _FLOOR)).astype(np.float32)
    edges = np.minimum(np.concatenate([gain[:1], gain]), np.concatenate([gain, gain[-1:]]))
    reach = len(_LIMITER_WINDOW) // 2
    lowest = edges.copy()
    for shift in range(1, reach + 1):
        np.minimum(lowest[shift:], edges[:-shift], out=lowest[shift:])
        np.minimum(lowest[:-shift], edges[shift:], out=lowest[:-shift])
    return np.asarray(np.minimum(_smooth(lowest, _LIMITER_WINDOW), 1.0), np.float32)


def block_peaks(
    blocks: NDArray[np.float32],
    ceiling: float | NDArray[np.floating],
    before: NDArray[np.float32] = _SILENCE,
    after: NDArray[np.float32] = _SILENCE,
) -> NDArray[np.float32]:
    """The true peak of every block that may come near the ceiling, or near its own, the sample peak of the others.

    What comes `before` and `after` the blocks counts where their sound goes on: `EDGE_SAMPLES` of each.
    """
    # twice as fast as the maximum along an axis, for rows this short
    begins = np.arange(0, blocks.size, blocks.shape[1])
    peaks: NDArray[np.float32] = np.maximum.reduceat(np.abs(blocks).reshape(-1), begins)
    hot = np.flatnonzero(peaks > ceiling * _NEAR)
    if len(hot):
        size = blocks.shape[1]
        around = np.concatenate((before[1:], blocks.reshape(-1), after))
        rows = around[hot[:, None] * size + np.arange(size + TAP_COUNT - 1)]
        peaks[hot] = np.maximum(peaks[hot], oversampled_peaks(rows))
    return peaks


def ride(blocks: NDArray[np.float32], edges: NDArray[np.float32]) -> NDArray[np.float32]:
    """The blocks under a gain that goes in straight lines from edge to edge; where it is 1 they pass untouched."""
    ramp = np.arange(BLOCK_SAMPLES, dtype=np.float32) / np.float32(BLOCK_SAMPLES)
    first, slope = edges[:-1, None], np.diff(edges)[:, None]
    moving = np.flatnonzero(np.minimum(edges[:-1], edges[1:]) < 1)
    if 2 * len(moving) > len(blocks):
        curve = slope * ramp  # in place: memory of this size costs as much as the sums
        curve += first
        curve *= blocks
        return curve
    out = blocks.copy()
    out[moving] *= first[moving] + slope[moving] * ramp
    return out
