"""What a timeline has to know of a take: where it sounds, and how loud it is after the compressor and the limiter.

It is a hundredth of the take's own size and, kept beside it, spares a remake the reading and measuring of
sound that has not changed.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from narrate.mix.dynamics import BLOCK_SAMPLES, block_peaks, compression, in_blocks, limiting
from narrate.mix.levels import CHAIN_VERSION, GAIN_LIMIT_DB, factor
from narrate.mix.loudness import HOP_SAMPLES, energies, integrated
from narrate.mix.strip import Span, heard, resampled, samples_of
from narrate.model import RATE_HZ, WordTime

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from narrate.model import Loudness, Take

BIN_SAMPLES = 12 * BLOCK_SAMPLES
"""Energies are kept for every 13 ms: a loudness meter counts in hops of 100 ms, which begin anywhere in a take."""

AROUND_DB = np.array([-6.0, -3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0, 6.0])
"""Gains at which the limiter is tried, from the one that a take alone would have; beyond them it is as at the last."""

_SURE_DB = 6.0
"""Peaks are looked for between samples in blocks that a gain this far above the likely one brings near the ceiling."""

_VERSION = 2
"""Raised whenever the same take would be surveyed otherwise, although it sounds the same."""

_SHORTEST_HOPS = 4
_NOTHING = 1e-12


@dataclass(frozen=True, slots=True)
class Survey:
    """A take, surveyed: what is kept of it (`span`, in its own samples) and the digest of its PCM.

    `energy` is the K-weighted sum of squares of every 13 ms after the compressor, `lost` the part of it that the
    limiter takes away at gains `AROUND_DB` of `likely_db`, a row for each.
    """

    rate_hz: int
    span: Span
    digest: str
    words: tuple[WordTime, ...]
    likely_db: float
    energy: NDArray[np.float32]
    lost: NDArray[np.float16]


def survey(take: Take, level_db: float, wanted: Loudness) -> Survey:
    """Survey a take whose voice has this level, for an episode of that loudness."""
    span = heard(take.clip)
    digest = hashlib.blake2b(take.clip.pcm, digest_size=20).hexdigest()
    kept = samples_of(take.clip, span.start, span.end) * np.float32(factor(level_db))
    energy, lost, likely_db = _measured(kept, take.clip.rate_hz, wanted)
    return Survey(take.clip.rate_hz, span, digest, take.words, likely_db, energy, lost)


def _measured(
    kept: NDArray[np.float32], rate_hz: int, wanted: Loudness
) -> tuple[NDArray[np.float32], NDArray[np.float16], float]:
    """Energies, losses and the likely gain; at the take's own rate where a control block is whole samples there."""
    if not len(kept):
        return np.zeros(0, np.float32), np.zeros((len(AROUND_DB), 0), np.float16), 0.0
    if BLOCK_SAMPLES * rate_hz % RATE_HZ:
        kept, rate_hz = resampled(kept, rate_hz), RATE_HZ
    size = BLOCK_SAMPLES * rate_hz // RATE_HZ
    blocks = in_blocks(kept, size)
    edges = compression(blocks)
    gain = np.asarray((edges[1:] + edges[:-1]) / 2, np.float32)
    # the K filter and a gain this slow may change places
    power = np.asarray(energies(kept, size, rate_hz) * gain**2 * np.float32(BLOCK_SAMPLES / size), np.float32)
    begins = np.arange(0, len(power), BIN_SAMPLES // BLOCK_SAMPLES)
    energy = np.add.reduceat(power, begins)
    likely_db = _likely_gain_db(energy, wanted)
    ceiling = factor(wanted.ceiling_dbtp)
    near = ceiling / factor(likely_db + _SURE_DB)
    peaks = np.asarray(block_peaks(blocks, near / np.maximum(gain, _NOTHING)) * gain, np.float32)
    lost = _lost(peaks, power, begins, likely_db, ceiling)
    return energy, (lost / np.maximum(energy, _NOTHING)).astype(np.float16), likely_db


def _lost(
    peaks: NDArray[np.float32],
    power: NDArray[np.float32],
    begins: NDArray[np.integer],
    likely_db: float,
    ceiling: float,
) -> NDArray[np.float32]:
    """The energy the limiter takes of every bin, which begin at these blocks; a row for each of `AROUND_DB`."""
    lost = np.zeros((len(AROUND_DB), len(begins)), np.float32)
    highest = float(peaks.max())
    for row, around_db in zip(lost, AROUND_DB, strict=True):
        gain = factor(likely_db + around_db)
        if highest * gain > ceiling:
            edges = limiting(peaks * np.float32(gain), ceiling)
            row[:] = np.add.reduceat(power * (1 - ((edges[1:] + edges[:-1]) / 2) ** 2), begins)
    return lost


def _likely_gain_db(energy: NDArray[np.float32], wanted: Loudness) -> float:
    """The gain an episode of nothing but this take would have, before the limiter."""
    hops = in_hops(energy, 0)
    alone = integrated(np.pad(hops, (0, max(0, _SHORTEST_HOPS - len(hops)))))
    return float(min(wanted.target_lufs - alone, GAIN_LIMIT_DB))


def in_hops(bins: NDArray[np.floating], start_samples: int) -> NDArray[np.float32]:
    """Bins (the last axis) of a take that starts there on the timeline, added up for each hop, from the start's on."""
    if not bins.shape[-1]:
        return np.zeros((*bins.shape[:-1], 0), np.float32)
    centres = start_samples % HOP_SAMPLES + np.arange(bins.shape[-1]) * BIN_SAMPLES + BIN_SAMPLES // 2
    hops = np.minimum(centres, centres[-1]) // HOP_SAMPLES
    begins = np.flatnonzero(np.diff(hops, prepend=-1))
    added = np.add.reduceat(bins, begins, axis=-1)
    out = np.zeros((*bins.shape[:-1], int(hops[-1]) + 1), np.float32)
    out[..., hops[begins]] = added
    return out


def survey_key(level_db: float, wanted: Loudness) -> str:
    """What a survey depends on besides the take, on one line."""
    return f"{CHAIN_VERSION} {_VERSION} {level_db} {wanted.target_lufs} {wanted.ceiling_dbtp}"


def pack_survey(survey: Survey) -> bytes:
    """A survey as bytes: a line of JSON, then the energies and the losses."""
    words = [[w.start_samples, w.end_samples, w.spoken_start, w.spoken_end, w.estimated] for w in survey.words]
    span = survey.span
    edges = [span.start, span.first, span.last, span.end]
    head = [survey.rate_hz, edges, survey.digest, survey.likely_db, len(survey.energy), words]
    energy, lost = survey.energy.astype("<f4").tobytes(), survey.lost.astype("<f2").tobytes()
    return json.dumps(head, separators=(",", ":")).encode() + b"\n" + energy + lost


def unpack_survey(data: bytes) -> Survey:
    """A survey from its bytes."""
    head, _, rows = data.partition(b"\n")
    rate_hz, edges, digest, likely_db, count, words = json.loads(head)
    energy = np.frombuffer(rows, "<f4", count)
    lost = np.frombuffer(rows, "<f2", offset=4 * count).reshape(len(AROUND_DB), count)
    return Survey(rate_hz, Span(*edges), digest, tuple(WordTime(*word) for word in words), likely_db, energy, lost)
