"""Loudness and true peak as ITU-R BS.1770-5 defines them, in numpy alone and in bounded memory.

Everything is mono float32 in full scale (-1 to 1), at `RATE_HZ` unless another rate is given.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from narrate.model import RATE_HZ

if TYPE_CHECKING:
    from numpy.typing import NDArray

HOP_SAMPLES = RATE_HZ // 10
"""Gating blocks of 400 ms overlap by 75 %, so energies are kept for every 100 ms (BS.1770-5, Annex 1)."""

_HOPS_A_BLOCK = 4
_HOPS_SHORT_TERM = 30
_OFFSET_LUFS = -0.691
_ABSOLUTE_GATE_LUFS = -70.0
_RELATIVE_GATE_LU = -10.0
_FFT_SAMPLES = 1 << 15
_RINGING_MS = 80
"""After this the K filter's impulse response has fallen below -120 dB."""

_OVERSAMPLING = np.array(
    [
        [0.0017089843750, 0.0109863281250, -0.0196533203125, 0.0332031250000, -0.0594482421875, 0.1373291015625],
        [-0.0291748046875, 0.0292968750000, -0.0517578125000, 0.0891113281250, -0.1665039062500, 0.4650878906250],
        [-0.0189208984375, 0.0330810546875, -0.0582275390625, 0.1015625000000, -0.2003173828125, 0.7797851562500],
        [-0.0083007812500, 0.0148925781250, -0.0266113281250, 0.0476074218750, -0.1022949218750, 0.9721679687500],
    ],
    dtype=np.float32,
)
"""The first six taps of each of the four phases of BS.1770-5, Annex 2; the other six are another phase's, reversed."""

_TAPS = np.concatenate([_OVERSAMPLING, _OVERSAMPLING[::-1, ::-1]], axis=1)
TAP_COUNT = _TAPS.shape[1]


def _biquads() -> tuple[tuple[NDArray[np.float64], NDArray[np.float64]], ...]:
    """The K filter's two stages at `RATE_HZ`, as (numerator, denominator); figures as libebur128 derives them."""
    k = np.tan(np.pi * 1681.974450955533 / RATE_HZ)
    quality, high = 0.7071752369554196, 10 ** (3.999843853973347 / 20)
    band = high**0.4996667741545416
    shelf = (
        np.array([high + band * k / quality + k * k, 2 * (k * k - high), high - band * k / quality + k * k]),
        np.array([1 + k / quality + k * k, 2 * (k * k - 1), 1 - k / quality + k * k]),
    )
    k, quality = np.tan(np.pi * 38.13547087602444 / RATE_HZ), 0.5003270373238773
    below = np.array([1 + k / quality + k * k, 2 * (k * k - 1), 1 - k / quality + k * k])
    return shelf, (np.array([1.0, -2.0, 1.0]) * below[0], below)


@cache
def _response(rate_hz: int) -> NDArray[np.complex64]:
    """The K filter's frequency response on the bins of a real FFT of `_FFT_SAMPLES`.

    At every rate it is that of the filter at `RATE_HZ`: designed at 22,050 Hz
    itself, it would read 0.045 LU more than the same sound does at 44,100 Hz.
    """
    turn = np.minimum(np.arange(_FFT_SAMPLES // 2 + 1) / _FFT_SAMPLES * (rate_hz / RATE_HZ), 0.5)
    delay = np.exp(-2j * np.pi * turn)
    total = np.ones_like(delay)
    for above, below in _biquads():
        total *= np.polyval(above[::-1], delay) / np.polyval(below[::-1], delay)
    return total.astype(np.complex64)


def energies(
    samples: NDArray[np.float32], block_samples: int = HOP_SAMPLES, rate_hz: int = RATE_HZ
) -> NDArray[np.float32]:
    """The K-weighted sum of squares of each block; the last one is filled up with silence."""
    count = -(-len(samples) // block_samples)
    weighted = np.zeros(len(samples) + _FFT_SAMPLES, np.float32)
    step = _FFT_SAMPLES - _RINGING_MS * rate_hz // 1000
    response = _response(rate_hz)
    for start in range(0, len(samples), step):
        spectrum = np.fft.rfft(samples[start : start + step], _FFT_SAMPLES)
        spectrum *= response
        weighted[start : start + _FFT_SAMPLES] += np.fft.irfft(spectrum, _FFT_SAMPLES)
    weighted[len(samples) :] = 0.0
    blocks = weighted[: count * block_samples].reshape(count, block_samples)
    sums: NDArray[np.float32] = np.einsum("ij,ij->i", blocks, blocks)
    return sums


def channel_energies(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """The same for each hop of sound that is (n,) or (n, channels): left and right count in full, and are added up."""
    if samples.ndim == 1:
        return energies(samples)
    channels = np.stack([energies(np.ascontiguousarray(channel)) for channel in samples.T])
    return np.asarray(channels.sum(axis=0), np.float32)


def momentary(hops: NDArray[np.floating]) -> NDArray[np.float64]:
    """Loudness in LUFS of every 400 ms that begins on a hop, -inf for silence.

    `hops` are sums of squares for every 100 ms. None where there are fewer than four hops.
    """
    with np.errstate(divide="ignore"):
        return _OFFSET_LUFS + 10 * np.log10(_gating_blocks(hops))


def short_term(hops: NDArray[np.floating]) -> NDArray[np.float64]:
    """The same of every 3 s (EBU Tech 3341); of all there is where that is shorter."""
    width = max(1, min(_HOPS_SHORT_TERM, len(hops)))
    with np.errstate(divide="ignore"):
        return _OFFSET_LUFS + 10 * np.log10(_means(hops, width))


def integrated(hops: NDArray[np.floating]) -> float:
    """Integrated, gated loudness in LUFS (BS.1770-5, Annex 1), -inf where nothing passes the gate.

    `hops` are sums of squares for every 100 ms; what lasts less than 400 ms has no loudness.
    """
    blocks = _gating_blocks(hops)
    loud = blocks[blocks > _energy(_ABSOLUTE_GATE_LUFS)]
    if not len(loud):
        return -np.inf
    gate = _energy(_loudness(float(loud.mean())) + _RELATIVE_GATE_LU)
    return _loudness(float(loud[loud > gate].mean()))


def _gating_blocks(hops: NDArray[np.floating]) -> NDArray[np.float64]:
    return _means(hops, _HOPS_A_BLOCK)


def _means(hops: NDArray[np.floating], width: int) -> NDArray[np.float64]:
    """The mean power of every so many hops in a row."""
    if len(hops) < width:
        return np.zeros(0)
    total = np.concatenate([[0.0], np.cumsum(hops, dtype=np.float64)])
    mean = (total[width:] - total[:-width]) / (width * HOP_SAMPLES)
    # differences of a long running sum may fall a hair below nothing
    return np.asarray(np.maximum(mean, 0.0))


def _energy(lufs: float) -> float:
    return float(10 ** ((lufs - _OFFSET_LUFS) / 10))


def _loudness(energy: float) -> float:
    return float(_OFFSET_LUFS + 10 * np.log10(energy))


def oversampled_peaks(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """The largest magnitude of each row between its samples, at four times the rate (BS.1770-5, Annex 2).

    A row holds the samples asked about and `TAP_COUNT` - 1 more of context: 5 before and 6 after them.
    """
    between = np.lib.stride_tricks.sliding_window_view(rows, TAP_COUNT, axis=1) @ _TAPS[:, ::-1].T
    return np.asarray(np.abs(between).max(axis=(1, 2), initial=0.0), np.float32)
