"""The gain of an episode, worked out before a sample of it is rendered.

A gain followed by a limiter lands low, and by how much depends on the gain. But the
limiter's curve needs only the peak of every control block, and the loudness after it
only their energies; so both are kept from one pass over the takes, and any gain can be tried. Against the
rendered sound this is 0.02 LU off at -16 LUFS, and 0.4 where a target of -11 keeps the limiter at work all the time.
Blocks that no gain in question brings to the ceiling are not kept one by one: 8 bytes for each that is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from narrate.errors import MixError
from narrate.mix.dynamics import BLOCK_SAMPLES, LIMITER_REACH, block_peaks, compression, in_blocks, limiting
from narrate.mix.levels import GAIN_LIMIT_DB, GAIN_STEP_DB, factor
from narrate.mix.loudness import HOP_SAMPLES, energies, integrated
from narrate.mix.strip import resampled, samples_of
from narrate.model import RATE_HZ

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from narrate.model import Clip, Loudness, Placed

_MARGIN_DB = 4.0
"""A take at most this much louder than the episode is followed in full; of a louder one only the highest peaks are."""

_CHUNK_BLOCKS = 1 << 16
_CLOSE_ENOUGH_LU = 0.005
_ATTEMPTS = 12
_SHORTEST_HOPS = 4


class Meter:
    """What is known of an episode's loudness; memory grows by about 3 MB an hour."""

    def __init__(self, aim: Loudness) -> None:
        self._aim = aim
        self._ceiling = factor(aim.ceiling_dbtp)
        self._speech: list[tuple[int, NDArray[np.float32]]] = []
        self._music: list[tuple[int, NDArray[np.float32]]] = []
        self._hot = _Hot()

    def add_speech(self, clip: Clip, placed: Placed) -> None:
        """Measure a take as `polished` will leave it; at its own rate where a control block is whole samples there."""
        kept = samples_of(clip, placed.trim_start, placed.trim_end) * np.float32(factor(placed.level_db))
        if not len(kept):
            return
        rate_hz = placed.rate_hz
        if BLOCK_SAMPLES * rate_hz % RATE_HZ:
            kept, rate_hz = resampled(kept, rate_hz), RATE_HZ
        size = BLOCK_SAMPLES * rate_hz // RATE_HZ
        blocks = in_blocks(kept, size)
        edges = compression(blocks)
        gain = (edges[1:] + edges[:-1]) / 2
        # the K filter and a gain this slow may change places
        power = energies(kept, size, rate_hz) * gain**2 * (BLOCK_SAMPLES / size)
        hops = (placed.start_samples + np.arange(len(power)) * BLOCK_SAMPLES + BLOCK_SAMPLES // 2) // HOP_SAMPLES
        sums = np.bincount(hops - hops[0], weights=power).astype(np.float32)
        self._speech.append((int(hops[0]), sums))
        limit = self._ceiling / factor(self._expected_gain_db(sums) + _MARGIN_DB)
        self._hot.add(block_peaks(blocks, limit / float(gain.max())) * gain, power, hops, limit)

    def add_music(self, start_samples: int, samples: NDArray[np.float32]) -> None:
        """Measure music at the level at which it will be heard; the gain is the voices' alone."""
        before = start_samples % HOP_SAMPLES
        self._music.append((start_samples // HOP_SAMPLES, energies(np.pad(samples, (before, 0)))))

    def gain_db(self) -> float:
        """The gain of the voices, in steps of 0.1 dB, at which the limited episode is as loud as it is to be.

        Raises MixError where nothing can be heard.
        """
        speech, music = _laid(self._speech), _laid(self._music)
        length = max(len(speech), len(music), _SHORTEST_HOPS)
        speech, music = (np.pad(hops, (0, length - len(hops))) for hops in (speech, music))
        gain_db = self._aim.target_lufs - integrated(speech)
        if not np.isfinite(gain_db):
            raise MixError("nothing can be heard in what was spoken: try another voice")
        for _ in range(_ATTEMPTS):
            gain = factor(gain_db)
            lost = self._hot.lost(gain, self._ceiling, length)
            missing = self._aim.target_lufs - integrated(np.maximum(speech - lost, 0) * gain**2 + music)
            gain_db = float(np.clip(gain_db + missing, -GAIN_LIMIT_DB, GAIN_LIMIT_DB))
            if abs(missing) < _CLOSE_ENOUGH_LU:
                break
        return round(round(gain_db / GAIN_STEP_DB) * GAIN_STEP_DB, 1)

    def _expected_gain_db(self, hops: NDArray[np.float32]) -> float:
        """The gain an episode of nothing but this take would have, before the limiter."""
        alone = integrated(np.pad(hops, (0, max(0, _SHORTEST_HOPS - len(hops)))))
        return min(self._aim.target_lufs - alone, GAIN_LIMIT_DB)


class _Hot:
    """Control blocks on which the limiter may act, and as many beside them as it reaches, in half precision."""

    def __init__(self) -> None:
        self._full: list[tuple[NDArray[np.float16], NDArray[np.float16], NDArray[np.int32]]] = []
        self._filling: list[tuple[NDArray[np.float16], NDArray[np.float16], NDArray[np.int32]]] = []
        self._count = 0

    def add(
        self, peaks: NDArray[np.floating], power: NDArray[np.floating], hops: NDArray[np.integer], limit: float
    ) -> None:
        """Keep of a take what is near a block whose peak is above the limit; silence parts it from the next take."""
        apart = (LIMITER_REACH, LIMITER_REACH)
        hot = np.pad(peaks > limit, apart)
        near = np.flatnonzero(np.convolve(hot, np.ones(2 * LIMITER_REACH + 1, np.int8), mode="same"))
        if not len(near):
            return
        amplitude = np.sqrt(power)
        self._filling.append(
            (
                np.pad(peaks, apart)[near].astype(np.float16),
                np.pad(amplitude, apart)[near].astype(np.float16),
                np.pad(hops, apart, mode="edge")[near].astype(np.int32),
            )
        )
        self._count += len(near)
        if self._count >= _CHUNK_BLOCKS:
            self._full.append(self._joined())
            self._filling, self._count = [], 0

    def _joined(self) -> tuple[NDArray[np.float16], NDArray[np.float16], NDArray[np.int32]]:
        peaks, amplitude, hops = (np.concatenate(column) for column in zip(*self._filling, strict=True))
        return peaks, amplitude, hops

    def _chunks(self) -> Iterator[tuple[NDArray[np.float16], NDArray[np.float16], NDArray[np.int32]]]:
        yield from self._full
        if self._filling:
            yield self._joined()

    def lost(self, gain: float, ceiling: float, length: int) -> NDArray[np.float64]:
        """The energy, before the gain, that the limiter takes from each 100 ms when the gain comes before it."""
        total = np.zeros(length)
        for peaks, amplitude, hops in self._chunks():
            edges = limiting(peaks.astype(np.float32) * np.float32(gain), ceiling)
            kept = ((edges[1:] + edges[:-1]) / 2) ** 2
            total += np.bincount(hops, weights=amplitude.astype(np.float32) ** 2 * (1 - kept), minlength=length)
        return total


def _laid(parts: list[tuple[int, NDArray[np.float32]]]) -> NDArray[np.float64]:
    """Energies of parts that begin at different hops, added up on one row."""
    total = np.zeros(max((start + len(hops) for start, hops in parts), default=0))
    for start, hops in parts:
        total[start : start + len(hops)] += hops
    return total
