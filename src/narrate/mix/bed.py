"""Music that plays on under the voice: a piece that loops without a seam, and how it rises where nobody speaks.

A bed is carried by numpy, a stretch at a time: neither the length of the episode nor that of the piece
matters to what a unit of it costs.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from narrate.mix.dynamics import BLOCK_SAMPLES
from narrate.mix.levels import BED_RISE_DB, BED_STEADY_LU, factor
from narrate.mix.loudness import HOP_SAMPLES, channel_energies, integrated, short_term
from narrate.model import ms_to_samples

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from narrate.mix.score import Piece
    from narrate.model import PlacedMusic

SEAM_SAMPLES = ms_to_samples(1_500)
"""For so long the end of the piece and its beginning are heard together."""

LONGEST_SAMPLES = ms_to_samples(120_000)
"""No more of a piece is kept: 2 minutes are 11 MB, or 21 of stereo."""

SHORTEST_SAMPLES = ms_to_samples(5_000)
"""What is shorter, heard over and over, is a noise."""

IN_SAMPLES = ms_to_samples(2_000)
OUT_SAMPLES = ms_to_samples(2_000)
"""How long a bed takes to come and to go, at most half of its time."""

ATTACK_SAMPLES = ms_to_samples(600)
"""It is down again when the words begin: the ramp ends there."""

RELEASE_SAMPLES = ms_to_samples(1_200)
"""How long it takes to rise once nobody speaks."""

_CHUNK_HOPS = 200


def looped(samples: NDArray[np.int16]) -> tuple[NDArray[np.int16], int]:
    """A piece, (n, channels), as a bed plays it: once from its beginning, then for ever from the second value on.

    The last stretch is the end of the piece crossfaded into its beginning, with equal power; where that is over, the
    piece goes on behind its beginning.
    """
    seam = min(SEAM_SAMPLES, len(samples) // 4)
    body, end = samples[: len(samples) - seam], samples[len(samples) - seam :]
    turn = (np.arange(seam, dtype=np.float32) + np.float32(0.5)) * np.float32(np.pi / 2 / seam)
    joined = end * np.cos(turn)[:, None] + samples[:seam] * np.sin(turn)[:, None]
    return np.concatenate([body, np.clip(np.rint(joined), -32768, 32767).astype(np.int16)]), seam


def bed_lufs(samples: NDArray[np.int16]) -> float:
    """How loud a piece, (n, channels), is as a bed: by its loudest 3 s, or a little above all of it if it is steady."""
    hops = _energies(samples)
    return max(float(short_term(hops).max(initial=-np.inf)), integrated(hops) + BED_STEADY_LU)


def bed_of(placed: PlacedMusic, piece: Piece, start_samples: int, length_samples: int) -> NDArray[np.float32]:
    """The bed in ``[start, start + length)`` of the timeline, whole control blocks, (n, channels) in full scale."""
    sound = np.zeros((length_samples, piece.channels), np.float32)
    begin = max(start_samples, placed.start_samples)
    end = min(start_samples + length_samples, placed.start_samples + placed.length_samples)
    if begin < end:
        heard = _stretch(piece, begin - placed.start_samples, end - begin)
        sound[begin - start_samples : end - start_samples] = heard
        edges = start_samples + np.arange(length_samples // BLOCK_SAMPLES + 1) * BLOCK_SAMPLES
        _ride(sound, bed_gain(placed, edges) / np.float32(32768))
    return sound


def bed_hops(
    placed: PlacedMusic, piece: Piece, start_samples: int, length_samples: int
) -> tuple[int, NDArray[np.float32]]:
    """The K-weighted sums of squares of the hops whose middle lies in a stretch, and the first hop's number.

    They are taken from those of the piece, so an hour costs a millisecond; a hop is off by what the gain moves in it.
    """
    half = HOP_SAMPLES // 2
    first, last = (-(-(at - half) // HOP_SAMPLES) for at in (start_samples, start_samples + length_samples))
    middles = np.arange(first, last) * HOP_SAMPLES + half
    at = middles - placed.start_samples
    own = np.where(at < piece.seam, at, piece.seam + (at - piece.seam) % (piece.samples - piece.seam))
    hops = _hops(piece)
    heard = hops[np.clip(own // HOP_SAMPLES, 0, len(hops) - 1)] * bed_gain(placed, middles) ** 2
    return first, np.asarray(heard, np.float32)


def bed_gain(placed: PlacedMusic, at_samples: NDArray[np.integer]) -> NDArray[np.float32]:
    """The factor at these samples of the timeline: 1 under speech, `BED_RISE_DB` more where it is long silent."""
    end = placed.start_samples + placed.length_samples
    half = max(1, placed.length_samples // 2)
    gain = _ramp(at_samples - placed.start_samples, min(IN_SAMPLES, half)) * _ramp(
        end - at_samples, min(OUT_SAMPLES, half)
    )
    rise = np.zeros(len(at_samples), np.float32)
    for (_, silent), (speaks, _) in zip(placed.duck, placed.duck[1:], strict=False):
        near = slice(*np.searchsorted(at_samples, (silent, speaks)))
        inside = at_samples[near]
        rise[near] = _ramp(inside - silent, RELEASE_SAMPLES) * _ramp(speaks - inside, ATTACK_SAMPLES)
    return np.asarray(gain * 10 ** (rise * np.float32(BED_RISE_DB / 20)), np.float32)


def _ramp(along: NDArray[np.integer], length: int) -> NDArray[np.float32]:
    """A raised cosine from 0 to 1 over a length."""
    return np.asarray(0.5 - 0.5 * np.cos(np.pi * np.clip(along / length, 0.0, 1.0)), np.float32)


def _ride(sound: NDArray[np.float32], edges: NDArray[np.float32]) -> None:
    """Put the sound, (n, channels), under a gain that goes in straight lines from block edge to block edge."""
    ramp = np.arange(BLOCK_SAMPLES, dtype=np.float32) / np.float32(BLOCK_SAMPLES)
    gain = edges[:-1, None] + np.diff(edges)[:, None] * ramp
    sound *= gain.reshape(-1, 1)


def _stretch(piece: Piece, first: int, count: int) -> NDArray[np.int16]:
    """So many samples of the loop, from one of them on."""
    samples, period, parts = piece.channel_samples(), piece.samples - piece.seam, []
    while count > 0:
        at = first if first < piece.seam else piece.seam + (first - piece.seam) % period
        part = samples[at : at + count]
        parts.append(part)
        first, count = first + len(part), count - len(part)
    return np.concatenate(parts)


@lru_cache(maxsize=2)
def _hops(piece: Piece) -> NDArray[np.float32]:
    return _energies(piece.channel_samples())


def _energies(samples: NDArray[np.int16]) -> NDArray[np.float32]:
    """K-weighted sums of squares for every 100 ms of both channels, 20 s at a time: pieces may be minutes long."""
    step = _CHUNK_HOPS * HOP_SAMPLES
    chunks = (samples[at : at + step].astype(np.float32) / np.float32(32768) for at in range(0, len(samples), step))
    return np.concatenate([np.zeros(0, np.float32), *map(channel_energies, chunks)])


def level_factor(lufs: float, wanted_lufs: float, peak: int) -> float:
    """What to multiply a piece by that has this loudness and highest sample; none is to be cut off."""
    return min(factor(wanted_lufs - lufs), 32_767 / max(1, peak))
