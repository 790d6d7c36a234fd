"""What the tests of AAC and Opus share: episodes written, decoded and compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

import av
import numpy as np
import soxr

from narrate.episode.formats.format import encoded
from narrate.model import RATE_HZ

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from narrate.episode.formats.format import Coder
    from narrate.model import Timeline


def units_of(coder: Coder, timeline: Timeline, samples: Sequence[np.ndarray]) -> list[bytes]:
    """Each run encoded by an encoder of its own."""
    units = list[bytes]()
    for run in timeline.runs():
        encoder = coder.encoder()
        for index in run:
            units += encoder.feed(samples[index], timeline.units[index].frames)
        units += encoder.end()
    return units


def alone(coder: Coder, samples: np.ndarray, frames: int) -> np.ndarray:
    """A unit encoded and decoded by itself."""
    return np.concatenate(list(coder.decode([encoded(coder, samples, frames)])))


def heard(path: Path) -> np.ndarray:
    """What FFmpeg's libraries, as PyAV brings them, decode a file to: (n,) or (n, 2)."""
    with av.open(str(path)) as container:
        rows = np.concatenate([frame.to_ndarray() for frame in container.decode(audio=0)], axis=1)
    return np.asarray(rows[0] if len(rows) == 1 else rows.T)


def at_rate(samples: np.ndarray, rate_hz: int) -> np.ndarray:
    """The mix at a codec's rate, in full scale."""
    sound = samples.astype(np.float32) / 32768
    return sound if rate_hz == RATE_HZ else np.asarray(soxr.resample(sound, RATE_HZ, rate_hz))


def noise_db(wanted: np.ndarray, sound: np.ndarray) -> float:
    """Signal to noise, once the coder's change of level is taken out."""
    length = min(len(wanted), len(sound))
    wanted, sound = wanted[:length].astype(float), sound[:length]
    level = np.sum(wanted * sound) / np.sum(wanted * wanted)
    return float(10 * np.log10(np.sum((wanted * level) ** 2) / np.sum((wanted * level - sound) ** 2)))


def offset(wanted: np.ndarray, sound: np.ndarray, start: int) -> int:
    """How many samples late the first 3,000 of `wanted` are heard round `start`."""
    reach = min(600, start)
    around = sound[start - reach : start + 3_000 + 600]
    return int(np.argmax(np.correlate(around, wanted[:3_000].astype(float), "valid"))) - reach
