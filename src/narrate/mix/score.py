"""The music of an episode, decoded and levelled, and how it dips under speech. pydub does the work on short pieces."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from narrate.mix.levels import DUCK_DB, factor
from narrate.model import RATE_HZ, MusicPart

with warnings.catch_warnings():
    # pydub looks for a command-line ffmpeg that we never call, and holds invalid escapes
    warnings.simplefilter("ignore")
    from pydub import AudioSegment
    from pydub.silence import detect_leading_silence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from narrate.model import PlacedMusic

DUCK_IN_MS = 300
"""Music has dipped when the words begin: the ramp ends there."""

DUCK_OUT_MS = 600

_FADES_MS = {MusicPart.INTRO: (10, 1200), MusicPart.STING: (5, 400), MusicPart.OUTRO: (150, 1500)}
"""How long each part takes to come and to go, at most a third and two thirds of it."""

_SILENCE_DB = -120.0
"""From where and to where pydub fades in and out."""

_FINE_MS = 100
"""Ramps up to this take a step a sample, longer ones a step a millisecond."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of music: 16-bit PCM at `RATE_HZ`, channels by turns, levelled to `MUSIC_LUFS`, and the digest of it.

    An intro, a sting and an outro are levelled by their loudest 400 ms, a bed by its loudest 3 s. A bed is heard from
    its beginning to its end, and then from `seam` on again.
    """

    pcm: bytes = field(repr=False)
    digest: str
    channels: int = 1
    seam: int = 0
    told: str = field(default="", compare=False)
    """A sentence on what is wrong with its file, if something is."""

    @property
    def samples(self) -> int:
        """Length in samples."""
        return len(self.pcm) // (2 * self.channels)

    def channel_samples(self) -> NDArray[np.int16]:
        """The samples themselves, (n, channels)."""
        return np.frombuffer(self.pcm, "<i2").reshape(-1, self.channels)


@dataclass(frozen=True, slots=True)
class Score:
    """The pieces an episode may play, each with the episode's 1 or 2 channels; parts without music are not in it."""

    pieces: Mapping[MusicPart, Piece] = field(default_factory=dict)
    channels: int = 1

    @property
    def told(self) -> tuple[str, ...]:
        """What is to be said of the pieces."""
        return tuple(piece.told for piece in self.pieces.values() if piece.told)

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


def going_samples(part: MusicPart, length_samples: int) -> int:
    """How long before its end a piece that is heard so long begins to go.

    >>> going_samples(MusicPart.INTRO, 10 * RATE_HZ), going_samples(MusicPart.INTRO, 300)
    (52920, 200)
    """
    return min(_FADES_MS[part][1] * RATE_HZ // 1000, length_samples * 2 // 3)


def piece_of(placed: PlacedMusic, piece: Piece, start_samples: int, length_samples: int) -> NDArray[np.float32]:
    """A piece that is no bed in samples ``[start, start + length)`` of the timeline, (n, channels) in full scale."""
    sound = np.zeros((length_samples, piece.channels), np.float32)
    heard = _shaped(placed, piece)[: placed.length_samples]
    first = placed.start_samples - start_samples
    into = slice(max(0, first), max(0, first + len(heard)))
    part = heard[max(0, -first) : max(0, length_samples - first)]
    sound[into] = part.astype(np.float32) / np.float32(32768)
    return sound


@lru_cache(maxsize=4)
def _shaped(placed: PlacedMusic, piece: Piece) -> NDArray[np.int16]:
    """The stretch of the piece that is heard, faded at both ends and dipped under speech, (n, channels).

    The last few are kept: music is measured first and rendered soon after.
    """
    sound = segment_of(piece.pcm[: placed.length_samples * 2 * piece.channels], piece.channels)
    length = len(sound)
    for start, end in placed.duck:
        sound = _dipped(sound, ms_at(max(0, start - placed.start_samples)), ms_at(max(0, end - placed.start_samples)))
    into, outof = (min(ms, length * thirds // 3) for ms, thirds in zip(_FADES_MS[placed.part], (1, 2), strict=True))
    shaped = _faded(_faded(sound, 0, into, from_db=_SILENCE_DB), length - outof, outof, to_db=_SILENCE_DB)
    return np.frombuffer(shaped.raw_data, "<i2").reshape(-1, piece.channels)


def _dipped(sound: AudioSegment, start_ms: int, end_ms: int) -> AudioSegment:
    """The sound `DUCK_DB` lower from `start_ms` to `end_ms`, with ramps before and after."""
    length = len(sound)
    if start_ms >= length:
        return sound
    ramp = min(DUCK_IN_MS, start_ms)
    down = _faded(sound, start_ms - ramp, ramp, to_db=-DUCK_DB) if ramp else sound.apply_gain(-DUCK_DB)
    if end_ms >= length:
        return down
    return _faded(down, end_ms, min(DUCK_OUT_MS, length - end_ms), to_db=DUCK_DB)


def _faded(sound: AudioSegment, start_ms: int, ramp_ms: int, from_db: float = 0.0, to_db: float = 0.0) -> AudioSegment:
    """The sound at `from_db` until `start_ms`, at `to_db` from `ramp_ms` later on, and on a straight line in between.

    It is pydub's fade, sample for sample, with its steps of a millisecond taken at once instead of a slice for each:
    of the music of an episode that is 0.02 CPU seconds.
    """
    if ramp_ms <= _FINE_MS:
        return sound.fade(to_gain=to_db, from_gain=from_db, start=start_ms, duration=ramp_ms)
    first, last = factor(from_db), factor(to_db)
    steps = first + (last - first) / ramp_ms * np.arange(ramp_ms)
    edges = np.int64(np.arange(start_ms, start_ms + ramp_ms + 1) * (RATE_HZ / 1000.0))
    end_ms = start_ms + ramp_ms
    samples = np.frombuffer(sound[start_ms:end_ms].raw_data, "<i2").reshape(-1, sound.channels)
    faded = np.clip(np.floor(samples * np.repeat(steps, np.diff(edges))[:, None]), -32768, 32767)
    ramp = segment_of(faded.astype("<i2").tobytes(), sound.channels)
    return sound[:start_ms].apply_gain(from_db) + ramp + sound[end_ms:].apply_gain(to_db)
