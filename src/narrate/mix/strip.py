"""What is done to a take by itself: its silent ends trimmed, its rate and level changed, its peaks evened out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import soxr

from narrate.mix.dynamics import compression, in_blocks, ride
from narrate.mix.levels import factor
from narrate.model import RATE_HZ

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from narrate.model import Clip, Placed

_FULL_SCALE = 32768.0
_WINDOW_MS = 5
_BELOW_LOUDEST_DB = -46.0
"""What is quieter than this against the take's loudest 50 ms is the engine's silence."""

_LEAD_MS = 10
_TAIL_MS = 30
_FADE_IN_MS = 2
_FADE_OUT_MS = 6


@dataclass(frozen=True, slots=True)
class Span:
    """Of a clip, in its samples: ``[start, end)`` is kept, and sound is heard in ``[first, last)`` inside it."""

    start: int
    first: int
    last: int
    end: int


def heard(clip: Clip) -> Span:
    """Which part of a clip is kept: its sound, and a few milliseconds of air on both sides; nothing of a silent one."""
    samples = samples_of(clip, 0, clip.samples)
    if not samples.any():
        return Span(0, 0, 0, 0)
    window = clip.rate_hz * _WINDOW_MS // 1000
    blocks = in_blocks(samples, window)
    power = np.einsum("ij,ij->i", blocks, blocks) / window
    loudest = np.convolve(power, np.full(10, 0.1, np.float32)).max()
    sounding = np.flatnonzero((power > loudest * factor(2 * _BELOW_LOUDEST_DB)) & (power > 0))
    first, last = int(sounding[0]) * window, min(int(sounding[-1] + 1) * window, clip.samples)
    start = max(0, first - clip.rate_hz * _LEAD_MS // 1000)
    end = min(clip.samples, last + clip.rate_hz * _TAIL_MS // 1000)
    # zeros at the ends are not air: without them the fades reach the sound of an engine that stops dead
    alive = np.flatnonzero(samples[start:end])
    start, end = start + int(alive[0]), start + int(alive[-1]) + 1
    return Span(start, max(first, start), min(last, end), end)


def samples_of(clip: Clip, start: int, end: int) -> NDArray[np.float32]:
    """Samples ``[start, end)`` of a clip in full scale, at its own rate."""
    pcm = np.frombuffer(clip.pcm, "<i2", count=clip.samples)[start:end]
    return pcm.astype(np.float32) * np.float32(1 / _FULL_SCALE)


def at_output_rate(samples: int, rate_hz: int) -> int:
    """How many samples of the timeline a number of samples at another rate lasts, to the nearest.

    >>> at_output_rate(22_050, 22_050), at_output_rate(8_000, 16_000)
    (44100, 22050)
    """
    return (samples * RATE_HZ + rate_hz // 2) // rate_hz


def resampled(samples: NDArray[np.float32], rate_hz: int) -> NDArray[np.float32]:
    """The samples at `RATE_HZ`, exactly as many as `at_output_rate` says."""
    if rate_hz == RATE_HZ:
        return samples
    length = at_output_rate(len(samples), rate_hz)
    out = np.asarray(soxr.resample(samples, rate_hz, RATE_HZ), np.float32)
    return out[:length] if len(out) >= length else np.pad(out, (0, length - len(out)))


def polished(clip: Clip, placed: Placed) -> NDArray[np.float32]:
    """The take as it goes on the timeline: trimmed, levelled for its voice, resampled, compressed, its ends faded."""
    kept = samples_of(clip, placed.trim_start, placed.trim_end) * np.float32(factor(placed.level_db))
    if not len(kept):
        return kept
    whole = resampled(kept, placed.rate_hz)
    blocks = in_blocks(whole)
    out = ride(blocks, compression(blocks)).reshape(-1)[: len(whole)]
    return _faded(out)


def _faded(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """The samples with raised-cosine ends (in place), so that they join silence without a step."""
    into, outof = (min(RATE_HZ * ms // 1000, len(samples) // 2) for ms in (_FADE_IN_MS, _FADE_OUT_MS))
    samples[:into] *= _rise(into)
    if outof:
        samples[-outof:] *= _rise(outof)[::-1]
    return samples


def _rise(length: int) -> NDArray[np.float32]:
    return (0.5 - 0.5 * np.cos(np.pi * (np.arange(length) + 0.5) / max(length, 1))).astype(np.float32)
