"""The compressor and the limiter, by the laws their gain curves obey."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from narrate.mix.dynamics import (
    BLOCK_SAMPLES,
    block_peaks,
    compression,
    in_blocks,
    limiting,
    ride,
)
from narrate.model import RATE_HZ

if TYPE_CHECKING:
    from numpy.typing import NDArray

CEILING = 10 ** (-1.5 / 20)

peaks = arrays.arrays(np.float32, st.integers(1, 200), elements=st.floats(0, 8, width=32))


def tone(rms_dbfs: float, seconds: float = 1.0) -> NDArray[np.float32]:
    """A steady tone of a level."""
    time = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    return np.asarray(np.sqrt(2) * 10 ** (rms_dbfs / 20) * np.sin(2 * np.pi * 1000 * time), np.float32)


@pytest.mark.parametrize(("level_dbfs", "expected_db"), [(-50, 0.0), (-31, 0.0), (-24, -4.0), (-15, -10.0)])
def test_the_compressor_is_three_to_one_above_its_threshold(level_dbfs: float, expected_db: float) -> None:
    """A steady level L above -30 dBFS comes out at -30 + (L + 30) / 3; below, nothing is touched."""
    gain_db = 20 * np.log10(compression(in_blocks(tone(level_dbfs))))

    assert np.median(gain_db) == pytest.approx(expected_db, abs=0.1)


def test_the_compressor_lets_go_slowly_and_grips_ahead() -> None:
    """It is down before a loud sound begins, and 100 ms after it has not let go by more than 7 dB."""
    quiet, loud = tone(-60, 0.5), tone(-15, 0.5)

    gain_db = 20 * np.log10(compression(in_blocks(np.concatenate([quiet, loud, quiet]))))
    begins, ends = len(quiet) // BLOCK_SAMPLES, 2 * len(quiet) // BLOCK_SAMPLES

    assert gain_db[begins + 2] < -5
    assert gain_db[begins - 30] == pytest.approx(0.0, abs=0.01)
    assert gain_db[ends + RATE_HZ // 10 // BLOCK_SAMPLES] < -2.5
    assert gain_db[-1] == pytest.approx(0.0, abs=0.01)


@given(peaks)
def test_the_limiter_holds_every_peak_below_the_ceiling(heights: NDArray[np.float32]) -> None:
    """Both edges of a block are low enough for it, so what lies between them is."""
    edges = limiting(heights, CEILING)

    assert np.all(edges[:-1] * heights <= CEILING * 1.0001)
    assert np.all(edges[1:] * heights <= CEILING * 1.0001)
    assert np.all((edges > 0) & (edges <= 1))


@given(st.integers(40, 160), st.floats(1.0, 8.0))
def test_the_limiter_touches_only_what_is_near_a_peak(place: int, height: float) -> None:
    """More than 11 ms before and after it the gain is exactly 1."""
    heights = np.full(200, 0.5, np.float32)
    heights[place] = height

    touched = np.flatnonzero(limiting(heights, CEILING) < 1)

    assert touched.min() >= place - 10
    assert touched.max() <= place + 11


def test_the_limiter_is_gentle() -> None:
    """A peak 6 dB too high takes 2 ms and more to reach on either side, and no block takes more than a third of it."""
    heights = np.full(41, 0.5, np.float32)
    heights[20] = 2 * CEILING

    edges = limiting(heights, CEILING)

    assert edges.min() == pytest.approx(0.5, abs=1e-3)
    assert np.abs(np.diff(edges)).max() < 0.5 / 3
    assert (edges < 0.99).sum() >= 8


def test_what_was_limited_stays_below_the_ceiling_between_samples_too() -> None:
    """Noise, 12 dB too loud, oversampled sixteen times by an FFT: never above -1.3 dBFS for a ceiling of -1.5."""
    noise = np.random.default_rng(3).standard_normal(4096 * 12)
    spectrum = np.fft.rfft(noise)
    spectrum[len(spectrum) // 2 :] = 0
    blocks = in_blocks((np.fft.irfft(spectrum) * 1.2).astype(np.float32))

    limited = ride(blocks, limiting(block_peaks(blocks, CEILING), CEILING)).reshape(-1)
    between = np.fft.irfft(np.fft.rfft(limited), 16 * len(limited)) * 16

    assert np.abs(blocks).max() > 2
    assert 20 * np.log10(np.abs(between).max()) < -1.3


def test_where_the_gain_is_one_samples_pass_untouched() -> None:
    """Bit by bit, whichever way the gain is applied."""
    blocks = in_blocks(tone(-20, 0.2))
    edges = np.ones(len(blocks) + 1, np.float32)
    edges[3] = 0.5

    ridden = ride(blocks, edges)

    assert np.array_equal(np.delete(ridden, [2, 3], axis=0), np.delete(blocks, [2, 3], axis=0))
    assert not np.array_equal(ridden[2:4], blocks[2:4])


def test_a_gain_moves_in_straight_lines() -> None:
    """Constant sound under a gain that goes from edge to edge has no step anywhere."""
    edges = np.array([1.0, 0.5, 0.8, 0.8, 1.0], np.float32)

    ridden = ride(np.ones((4, BLOCK_SAMPLES), np.float32), edges).reshape(-1)

    assert np.abs(np.diff(ridden)).max() <= 0.5 / BLOCK_SAMPLES + 1e-6
    np.testing.assert_allclose(ridden[::BLOCK_SAMPLES], edges[:-1], rtol=1e-6)
