"""The music of an episode, decoded and levelled, and how it dips under speech. pydub does the work on it."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from narrate.mix.levels import DUCK_DB
from narrate.model import RATE_HZ, MusicPart

with warnings.catch_warnings():
    # pydub looks for a command-line ffmpeg that we never call, and holds invalid escapes
    warnings.simplefilter("ignore")
    from pydub import AudioSegment
    from pydub.silence import detect_leading_silence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from narrate.model import PlacedMusic

DUCK_IN_MS = 300
"""Music has dipped when the words begin: the ramp ends there."""

DUCK_OUT_MS = 600

_FADES_MS = {MusicPart.INTRO: (10, 1200), MusicPart.STING: (5, 400), MusicPart.OUTRO: (150, 1500)}
"""How long each part takes to come and to go, at most a third and two thirds of it."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of music: mono 16-bit PCM at `RATE_HZ`, its loudest 400 ms at `MUSIC_LUFS`, and the digest of it."""

    pcm: bytes = field(repr=False)
    digest: str

    @property
    def samples(self) -> int:
        """Length in samples."""
        return len(self.pcm) // 2


@dataclass(frozen=True, slots=True)
class Score:
    """The pieces an episode may play; parts without music are not in it."""

    pieces: Mapping[MusicPart, Piece] = field(default_factory=dict)

    def length(self, part: MusicPart) -> int:
        """Length of a part in samples, 0 where there is none."""
        return self.pieces[part].samples if part in self.pieces else 0


def segment_of(pcm: bytes, channels: int = 1) -> AudioSegment:
    """16-bit PCM at `RATE_HZ` as pydub holds it."""
    return AudioSegment(data=pcm, sample_width=2, frame_rate=RATE_HZ, channels=channels)


def leading_silence_ms(sound: AudioSegment, below_dbfs: float) -> int:
    """How long a segment is silent at its start; 0 for an empty one."""
    return int(detect_leading_silence(sound, silence_threshold=below_dbfs)) if len(sound) else 0


def ms_at(samples: int) -> int:
    """The whole millisecond a sample lies in: pydub counts in these.

    >>> ms_at(44_099), ms_at(44_100)
    (999, 1000)
    """
    return samples * 1000 // RATE_HZ


def on_ms(samples: int) -> int:
    """The first sample of the millisecond a sample lies in, rounded as pydub does.

    >>> on_ms(100)
    88
    """
    return int(ms_at(samples) * (RATE_HZ / 1000.0))


def bed(music: Sequence[PlacedMusic], start_samples: int, length_samples: int, score: Score) -> NDArray[np.float32]:
    """The music of samples ``[start, start + length)`` of the timeline, in full scale, silent where none plays.

    Every piece begins a whole number of milliseconds after `start_samples`.
    """
    track = AudioSegment.silent(duration=ms_at(length_samples) + 1, frame_rate=RATE_HZ)
    for placed in music:
        position = ms_at(placed.start_samples - start_samples + RATE_HZ // 2000)
        track = track.overlay(_shaped(placed, score.pieces[placed.part]), position=position)
    samples = np.frombuffer(track.raw_data, "<i2")[:length_samples].astype(np.float32) / np.float32(32768)
    return np.pad(samples, (0, length_samples - len(samples)))


@lru_cache(maxsize=4)
def _shaped(placed: PlacedMusic, piece: Piece) -> AudioSegment:
    """The stretch of the piece that is heard, faded at both ends and dipped under speech.

    The last few are kept: music is measured first and rendered soon after, and pydub fades a millisecond at a time.
    """
    sound = segment_of(piece.pcm[: placed.length_samples * 2])
    length = len(sound)
    for start, end in placed.duck:
        sound = _dipped(sound, ms_at(max(0, start - placed.start_samples)), ms_at(max(0, end - placed.start_samples)))
    into, outof = _FADES_MS[placed.part]
    return sound.fade_in(min(into, length // 3)).fade_out(min(outof, length * 2 // 3))


def _dipped(sound: AudioSegment, start_ms: int, end_ms: int) -> AudioSegment:
    """The sound `DUCK_DB` lower from `start_ms` to `end_ms`, with ramps before and after."""
    length = len(sound)
    if start_ms >= length:
        return sound
    ramp = min(DUCK_IN_MS, start_ms)
    down = sound.fade(to_gain=-DUCK_DB, start=start_ms - ramp, duration=ramp) if ramp else sound.apply_gain(-DUCK_DB)
    if end_ms >= length:
        return down
    return down.fade(to_gain=DUCK_DB, start=end_ms, duration=min(DUCK_OUT_MS, length - end_ms))
