"""Where a clip sounds: the peak of every 10 ms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from narrate.model import Clip

FRAMES_A_SECOND = 100
SILENCE = 100
"""Peaks up to this (−50 dBFS) are silence: Piper's pauses peak at −62 dBFS, eSpeak's at exactly nothing."""


@dataclass(frozen=True, slots=True)
class Levels:
    """The peaks of a clip, one for each `frame` samples (10 ms, the rest of a frame left out), from 0 to 32,768."""

    peaks: np.ndarray[tuple[int], np.dtype[np.int32]]
    frame: int
    samples: int

    @property
    def peak(self) -> int:
        """The highest peak; 0 of an empty clip."""
        return int(self.peaks.max(initial=0))

    @property
    def first_sound(self) -> int:
        """The sample at which sound starts, to 10 ms; 0 where there is none."""
        return int(np.argmax(self.peaks > SILENCE)) * self.frame if self.peaks.size else 0

    def sound_start(self, start: int, end: int) -> int:
        """Where sound starts in ``[start, end)``, to 10 ms and not before `start`; `start` where nothing sounds."""
        sounding = np.flatnonzero(self.peaks[start // self.frame : -(-end // self.frame)] > SILENCE)
        return max(start, (start // self.frame + int(sounding[0])) * self.frame) if sounding.size else start

    def sound_end(self, start: int, end: int) -> int:
        """The sample after the last sound in ``[start, end)``, to 10 ms; `end` where nothing sounds in it."""
        sounding = np.flatnonzero(self.peaks[start // self.frame : end // self.frame] > SILENCE)
        return min(end, (start // self.frame + int(sounding[-1]) + 1) * self.frame) if sounding.size else end

    def longest_silence(self) -> int:
        """Samples of the longest silence, at the edges too."""
        edges = np.flatnonzero(np.concatenate(([True], self.peaks > SILENCE, [True])))
        return int(np.diff(edges).max() - 1) * self.frame


def levels_of(clip: Clip) -> Levels:
    """Measure a clip; costs 0.1 ms for each second of sound."""
    frame = max(1, clip.rate_hz // FRAMES_A_SECOND)
    sound = np.frombuffer(clip.pcm, dtype="<i2")
    whole = sound[: sound.size // frame * frame].reshape(-1, frame)
    high, low = whole.max(axis=1, initial=0), whole.min(axis=1, initial=0)
    return Levels(np.maximum(high.astype(np.int32), -low.astype(np.int32)), frame, sound.size)
