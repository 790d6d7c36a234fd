"""A timeline made sound, unit by unit."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import numpy as np

from narrate.mix.dynamics import block_peaks, in_blocks, limiting, ride
from narrate.mix.levels import CHAIN_VERSION, MUSIC_BELOW_LU, MUSIC_LUFS, aim, factor
from narrate.mix.score import Score, bed
from narrate.mix.strip import polished
from narrate.model import FRAME_SAMPLES, Loudness

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from narrate.model import PlacedMusic, Take, Timeline, Unit


def render(timeline: Timeline, takes: Sequence[Take], score: Score) -> Iterator[NDArray[np.int16]]:
    """The whole episode, a unit at a time."""
    for unit in timeline.units:
        yield render_unit(timeline, unit, takes, score)


def render_unit(timeline: Timeline, unit: Unit, takes: Sequence[Take], score: Score) -> NDArray[np.int16]:
    """The samples of one unit, signed 16-bit, `unit.frames` whole frames; asks only for the takes it holds.

    It is pure, and units may be rendered in any order and at once. Values are rounded
    without dither: that would fill the digital silence a unit must end in, and the error is
    far below the takes' own.
    """
    start = unit.start_frames * FRAME_SAMPLES
    mix = np.zeros(unit.frames * FRAME_SAMPLES, np.float32)
    gain = np.float32(factor(timeline.gain_db))
    for placed in timeline.placed[unit.first : unit.last]:
        voice = polished(takes[placed.index].clip, placed)
        at = placed.start_samples - start
        mix[at : at + len(voice)] += voice * gain
    wanted = aim(Loudness(timeline.target_lufs, timeline.ceiling_dbtp))
    if unit.music:
        mix += music_of(unit.music, start, len(mix), score, wanted)
    return _limited(mix, factor(wanted.ceiling_dbtp))


def music_of(
    music: Sequence[PlacedMusic], start_samples: int, length_samples: int, score: Score, wanted: Loudness
) -> NDArray[np.float32]:
    """The music of a stretch of the timeline at the level at which it is heard, which no gain of the voices changes."""
    level = factor(wanted.target_lufs - MUSIC_BELOW_LU - MUSIC_LUFS)
    return bed(music, start_samples, length_samples, score) * np.float32(level)


def _limited(mix: NDArray[np.float32], ceiling: float) -> NDArray[np.int16]:
    blocks = in_blocks(mix)
    out = ride(blocks, limiting(block_peaks(blocks, ceiling), ceiling)).reshape(-1)
    return np.asarray(np.rint(out * np.float32(32767)), np.int16)


def unit_digest(timeline: Timeline, unit: Unit) -> str:
    """Hex digest of everything `render_unit` depends on, and of nothing else.

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
    levels = (timeline.gain_db, timeline.ceiling_dbtp, timeline.target_lufs) if voices or music else ()
    inputs = (CHAIN_VERSION, unit.frames, voices, music, levels)
    return hashlib.blake2b(repr(inputs).encode(), digest_size=20).hexdigest()


def _from(spans: Sequence[tuple[int, int]], start: int) -> tuple[tuple[int, int], ...]:
    return tuple((begin - start, end - start) for begin, end in spans)
