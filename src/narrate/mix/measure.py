"""The gain of an episode, worked out before a sample of it is rendered.

A gain followed by a limiter lands low, and by how much depends on the gain. But the
limiter's curve needs only the peak of every control block, and the loudness after it
only their energies. So a `survey` of each take keeps the energies and what part of them the limiter takes away at
some gains round the likely one; here they are added up for every 100 ms. Between the gains it is a straight line.
Against the rendered sound this is 0.02 LU off at -16 LUFS, and 0.4 where a target of -11 keeps the limiter at work
all the time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from narrate.errors import MixError
from narrate.mix.levels import GAIN_LIMIT_DB, GAIN_STEP_DB, factor
from narrate.mix.loudness import HOP_SAMPLES, channel_energies, integrated
from narrate.mix.survey import AROUND_DB, in_hops
from narrate.model import Margin

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from narrate.mix.survey import Survey
    from narrate.model import Loudness

_NO_MARGIN = Margin()
_CLOSE_ENOUGH_LU = 0.005
_ATTEMPTS = 12
_SHORTEST_HOPS = 4
_NOTHING = 1e-12


@dataclass(frozen=True, slots=True)
class _Measured:
    """A take: the 100 ms it begins in, the energy of each from there on, the part lost `AROUND_DB` the likely gain."""

    first_hop: int
    energy: NDArray[np.float32]
    lost: NDArray[np.float16]
    likely_db: float

    def limited(self, gain_db: float) -> NDArray[np.float32]:
        """The energies, before the gain, that the limiter leaves when the gain comes before it."""
        at = float(np.interp(gain_db - self.likely_db, AROUND_DB, np.arange(len(AROUND_DB))))
        low, high = self.lost[int(at)], self.lost[min(int(at) + 1, len(AROUND_DB) - 1)]
        return np.asarray(self.energy * (1 - (low + (high - low) * np.float32(at % 1))), np.float32)


class Meter:
    """What is known of an episode's loudness; memory grows by less than 1 MB an hour.

    It measures for the loudness that is `wanted`. A ceiling elsewhere by some decibels
    does what the wanted one does at a gain that is as much lower. Voices are in both of two `channels`, whose energies
    add up (BS.1770-5, Annex 1).
    """

    def __init__(self, wanted: Loudness, channels: int = 1) -> None:
        self._wanted, self._channels = wanted, channels
        self._speech: list[_Measured] = []
        self._music: list[tuple[int, NDArray[np.float32]]] = []

    def add_speech(self, surveyed: Survey, start_samples: int) -> None:
        """Count a take that starts there, which was surveyed for the loudness that is wanted."""
        heard = surveyed.energy * np.float32(self._channels)
        energy, lost = (in_hops(each, start_samples) for each in (heard, surveyed.lost.astype(np.float32) * heard))
        if len(energy):
            part = (lost / np.maximum(energy, _NOTHING)).astype(np.float16)
            self._speech.append(_Measured(start_samples // HOP_SAMPLES, energy, part, surveyed.likely_db))

    def add_music(self, start_samples: int, samples: NDArray[np.float32]) -> None:
        """Measure music, (n,) or (n, channels), at the level at which it is heard; the gain is the voices' alone."""
        before = np.zeros((start_samples % HOP_SAMPLES, *samples.shape[1:]), np.float32)
        self.add_hops(start_samples // HOP_SAMPLES, channel_energies(np.concatenate([before, samples])))

    def add_hops(self, first: int, hops: NDArray[np.float32]) -> None:
        """Count music whose energies for every 100 ms are known, from the first of them on."""
        self._music.append((first, hops))

    def gain_db(self, margin: Margin = _NO_MARGIN) -> float:
        """The gain of the voices, in steps of 0.1 dB, at which the limited episode is as loud as it is to be.

        `margin` is what a codec does to it. Raises MixError where nothing can be heard.
        """
        alone = integrated(_laid(((take.first_hop, take.energy) for take in self._speech), self._length()))
        if not np.isfinite(alone):
            raise MixError("nothing can be heard in what was spoken: try another voice")
        wanted = self._wanted.target_lufs + margin.trim_db
        music = _laid(self._music, self._length()) * factor(margin.trim_db) ** 2
        gain_db = wanted - alone
        for _ in range(_ATTEMPTS):
            missing = wanted - self._heard(gain_db, music, margin.headroom_db)
            gain_db = float(np.clip(gain_db + missing, -GAIN_LIMIT_DB, GAIN_LIMIT_DB))
            if abs(missing) < _CLOSE_ENOUGH_LU:
                break
        return round(round(gain_db / GAIN_STEP_DB) * GAIN_STEP_DB, 1)

    def _heard(self, gain_db: float, music: NDArray[np.float64], below_db: float) -> float:
        """Loudness of the episode with this gain of the voices, limited so many decibels below the wanted ceiling."""
        limited = ((take.first_hop, take.limited(gain_db + below_db)) for take in self._speech)
        return integrated(_laid(limited, len(music)) * factor(gain_db) ** 2 + music)

    def _length(self) -> int:
        """Of the episode, in hops, as far as anything sounds."""
        ends = [first + len(hops) for first, hops in self._music]
        ends += [take.first_hop + len(take.energy) for take in self._speech]
        return max(ends, default=_SHORTEST_HOPS)


def _laid(parts: Iterable[tuple[int, NDArray[np.float32]]], length: int) -> NDArray[np.float64]:
    """Energies of parts that begin at different hops, added up on one row that is long enough to be measured."""
    total = np.zeros(max(length, _SHORTEST_HOPS))
    for first, hops in parts:
        total[first : first + len(hops)] += hops
    return total
