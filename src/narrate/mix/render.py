"""A timeline made sound, unit by unit: one mix, and what each format makes of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from narrate.mix.bed import bed_of
from narrate.mix.dynamics import block_peaks, in_blocks, limiting, ride
from narrate.mix.levels import BED_BELOW_LU, CHAIN_VERSION, MUSIC_BELOW_LU, MUSIC_LUFS, factor
from narrate.mix.score import Score, piece_of
from narrate.mix.strip import polished
from narrate.model import FRAME_SAMPLES, MusicPart

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from narrate.model import Master, PlacedMusic, Take, Timeline, Unit

    class Takes(Protocol):
        """The takes of a timeline, by their positions."""

        def __getitem__(self, index: int, /) -> Take: ...


def render(timeline: Timeline, takes: Sequence[Take], score: Score, form: str = "") -> Iterator[NDArray[np.int16]]:
    """The whole episode for a format, a unit at a time."""
    master = timeline.master(form)
    for unit in timeline.units:
        yield mastered(render_unit(timeline, unit, takes, score), master)


@dataclass(frozen=True, slots=True)
class Stems:
    """The mix of a unit that all formats share: voices before any gain, and music, if any, as loud as it is heard.

    Voices are (n,), in the middle where there are two channels; music is (n,) or (n, 2).
    """

    voices: NDArray[np.float32]
    music: NDArray[np.float32] | None
    channels: int = 1


def render_unit(timeline: Timeline, unit: Unit, takes: Takes, score: Score) -> Stems:
    """What is heard in one unit, in full scale, `unit.frames` whole frames.

    It asks only for the takes it holds. It is pure, and units may be rendered in any order and at once.
    """
    start, length = unit.start_frames * FRAME_SAMPLES, unit.frames * FRAME_SAMPLES
    voices = np.zeros(length, np.float32)
    for placed in timeline.placed[unit.first : unit.last]:
        voice = polished(takes[placed.index].clip, placed)
        at = placed.start_samples - start
        voices[at : at + len(voice)] += voice
    music = music_of(unit.music, start, length, score, timeline.target_lufs) if unit.music else None
    return Stems(voices, music, timeline.channels)


def mastered(stems: Stems, master: Master) -> NDArray[np.int16]:
    """A unit as a format gets it: at its level, limited, signed 16-bit, (n,) or (n, 2).

    One gain of the limiter holds for both channels: a peak on the left moves nothing to the right. Values are
    rounded without dither: that would fill the digital silence a unit must end in, and the error is
    far below the takes' own.
    """
    voices = stems.voices * np.float32(factor(master.gain_db))
    ceiling = factor(master.ceiling_dbtp)
    tracks = [in_blocks(track) for track in _tracks(voices, stems.music, factor(master.music_db))]
    edges = limiting(np.maximum.reduce([block_peaks(blocks, ceiling) for blocks in tracks]), ceiling)
    limited = [_sixteen_bit(ride(blocks, edges).reshape(-1)) for blocks in tracks]
    if stems.channels == 1:
        return limited[0]
    return np.stack((limited[0], limited[-1]), axis=1)


def _tracks(
    voices: NDArray[np.float32], music: NDArray[np.float32] | None, level: float
) -> Iterator[NDArray[np.float32]]:
    """Voices and music together, channel by channel; one where both would be the same."""
    if music is None:
        yield voices
    elif music.ndim == 1:
        yield voices + music * np.float32(level)
    else:
        yield from (voices + channel * np.float32(level) for channel in music.T)


def _sixteen_bit(samples: NDArray[np.float32]) -> NDArray[np.int16]:
    return np.asarray(np.rint(samples * np.float32(32767)), np.int16)


def music_of(
    music: Sequence[PlacedMusic], start_samples: int, length_samples: int, score: Score, target_lufs: float
) -> NDArray[np.float32]:
    """The music of a stretch of the timeline at the level at which it is heard, which no gain of the voices changes.

    It is (n,), or (n, 2) where the score has two channels.
    """
    sound = np.zeros((length_samples, score.channels), np.float32)
    for placed in music:
        of = bed_of if placed.part is MusicPart.BED else piece_of
        part = of(placed, score.pieces[placed.part], start_samples, length_samples)
        sound += part * np.float32(music_level(placed.part, target_lufs))
    return sound if score.channels > 1 else sound[:, 0]


def music_level(part: MusicPart, target_lufs: float) -> float:
    """The factor that brings a part of the score to the level at which it is heard."""
    below_lu = BED_BELOW_LU if part is MusicPart.BED else MUSIC_BELOW_LU
    return factor(target_lufs - below_lu - MUSIC_LUFS)


def unit_digest(timeline: Timeline, unit: Unit, form: str = "") -> str:
    """Hex digest of everything that a unit's sound in a format depends on, and of nothing else.

    Times count from the unit's start, so a unit that only moved keeps its digest, and
    all silences of one length have the same.
    """
    start = unit.start_frames * FRAME_SAMPLES
    voices = [
        (at.start_samples - start, at.trim_start, at.trim_end, at.rate_hz, at.level_db, at.digest)
        for at in timeline.placed[unit.first : unit.last]
    ]
    music = [
        (at.part.value, at.start_samples - start, at.length_samples, at.digest, _from(at.duck, start))
        for at in unit.music
    ]
    master = timeline.master(form)
    levels = (master.gain_db, master.ceiling_dbtp) if voices or music else ()
    music_levels = (timeline.target_lufs, master.music_db) if music else ()
    inputs = (CHAIN_VERSION, timeline.channels, unit.frames, voices, music, levels, music_levels)
    return hashlib.blake2b(repr(inputs).encode(), digest_size=20).hexdigest()


def _from(spans: Sequence[tuple[int, int]], start: int) -> tuple[tuple[int, int], ...]:
    return tuple((begin - start, end - start) for begin, end in spans)
