"""A small piece of music of narrate's own: soft electric-piano chords in F, so that nobody's rights are in it.

It is composed here as a table of notes and played by adding up sines, with a little
tremolo, a dark filter and the tail of a small room. The same notes every time.
"""

from __future__ import annotations

from functools import cache
from random import Random
from typing import TYPE_CHECKING

import numpy as np
import soxr

from narrate.model import RATE_HZ, MusicPart

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

_RATE_HZ = 16_000
"""The dark filter leaves nothing above 8 kHz, so the piece is played at this rate and resampled."""

_LENGTH_MS = {MusicPart.INTRO: 9_000, MusicPart.STING: 2_600, MusicPart.OUTRO: 4_300, MusicPart.BED: 39_900}

_Note = tuple[int, int, int, float]
"""When it begins (ms), its pitch (MIDI number, 60 is middle C), how long it is held (ms), how hard it is hit (0-1)."""

_INTRO: tuple[_Note, ...] = (
    # F major 9, rolled upwards, heard alone
    (0, 41, 2500, 0.60),
    (0, 53, 2400, 0.50),
    (300, 60, 2100, 0.50),
    (600, 64, 1900, 0.50),
    (900, 67, 1700, 0.55),
    (1200, 69, 1500, 0.50),
    (1500, 72, 1500, 0.55),
    (1950, 67, 900, 0.35),
    # D minor 9, as the words begin
    (2400, 38, 2500, 0.55),
    (2400, 53, 2300, 0.45),
    (2400, 57, 2300, 0.40),
    (2700, 60, 2000, 0.40),
    (3000, 64, 1800, 0.40),
    (3600, 69, 1300, 0.40),
    # B flat major 9
    (4800, 46, 2500, 0.55),
    (4800, 53, 2300, 0.40),
    (4800, 57, 2300, 0.40),
    (5100, 60, 2000, 0.40),
    (5400, 62, 1800, 0.40),
    (6000, 69, 1300, 0.35),
    # F with an added ninth, and rest
    (7200, 41, 1800, 0.55),
    (7200, 57, 1800, 0.40),
    (7200, 60, 1800, 0.40),
    (7500, 67, 1500, 0.35),
)

_STING: tuple[_Note, ...] = (
    (0, 46, 700, 0.45),
    (0, 57, 700, 0.45),
    (150, 62, 600, 0.45),
    (300, 65, 500, 0.45),
    (600, 41, 2000, 0.50),
    (600, 60, 2000, 0.45),
    (750, 64, 1850, 0.45),
    (900, 69, 1700, 0.50),
)

_OUTRO: tuple[_Note, ...] = (
    # B flat major 9 under the last word, then home
    (0, 46, 1300, 0.50),
    (0, 57, 1200, 0.45),
    (0, 60, 1200, 0.40),
    (200, 62, 1000, 0.40),
    (400, 65, 900, 0.45),
    (900, 41, 3400, 0.60),
    (900, 53, 3400, 0.45),
    (1100, 60, 3200, 0.45),
    (1300, 64, 3000, 0.40),
    (1500, 67, 2800, 0.45),
    (1800, 69, 2500, 0.45),
    (2200, 72, 2100, 0.40),
)

_BAR_MS = 4_800
_PICKUP_MS = 1_500
"""The bed begins to sound after this: its last chord rings out meanwhile when it comes round again."""

_BARS: tuple[tuple[int, ...], ...] = (
    # root and tones of the bed's chords: F, D minor, B flat, C, F, A minor, B flat, C, each with its seventh or ninth
    (41, 60, 64, 67, 69),
    (38, 57, 60, 64, 69),
    (46, 57, 60, 62, 65),
    (48, 55, 58, 62, 67),
    (41, 57, 64, 67, 72),
    (45, 55, 60, 64, 67),
    (46, 60, 62, 65, 69),
    (48, 58, 62, 65, 67),
)

_BROKEN = (
    (0, 0, 0.45),
    (0, 1, 0.30),
    (600, 2, 0.28),
    (1200, 3, 0.28),
    (1800, 4, 0.34),
    (3000, 2, 0.22),
    (3600, 3, 0.20),
)
"""How each chord is played: when (ms), which of its notes, how hard."""


def _bed() -> Iterator[_Note]:
    for bar, chord in enumerate(_BARS):
        for at_ms, tone, strength in _BROKEN:
            yield (_PICKUP_MS + bar * _BAR_MS + at_ms, chord[tone], _BAR_MS - at_ms, strength)


_NOTES = {MusicPart.INTRO: _INTRO, MusicPart.STING: _STING, MusicPart.OUTRO: _OUTRO, MusicPart.BED: tuple(_bed())}

_PARTIALS = ((1.0, 1.5), (0.75, 1.15), (0.50, 0.8), (0.42, 0.55), (0.22, 0.3), (0.20, 0.18))
"""Of a struck tine, from the fundamental up: strength, and seconds in which it falls to a third."""

_TREMOLO_HZ, _TREMOLO = 0.9, 0.12
_ATTACK_MS = 14
_RELEASE_MS = 140
_DARK_HZ = 3_000.0
_RUMBLE_HZ = 45.0
_ROOM_MS = 1_300
_ROOM_BEGINS_MS = 18
_ROOM_FALLS_S = 0.28
_ROOM_LEVEL = 0.22
_FFT_UNIT = 8_192
_SEED = 20_261
_PEAK = 0.5


def compose(part: MusicPart) -> NDArray[np.float32]:
    """A part of the piece at `RATE_HZ`, mono, peaking at 0.5; it comes and goes in silence."""
    dry = np.zeros(_RATE_HZ * _LENGTH_MS[part] // 1000, np.float32)
    for start_ms, pitch, held_ms, strength in _NOTES[part]:
        start = _RATE_HZ * start_ms // 1000
        sound = _note(pitch, held_ms, strength)[: len(dry) - start]
        dry[start : start + len(sound)] += sound
    wet = _in_room(dry)
    out = np.asarray(soxr.resample(wet, _RATE_HZ, RATE_HZ), np.float32)
    out -= out.mean()
    _fade(out, RATE_HZ * 2 // 1000, RATE_HZ * 400 // 1000)
    return out * np.float32(_PEAK / float(np.abs(out).max()))


def _note(pitch: int, held_ms: int, strength: float) -> NDArray[np.float32]:
    """One note, struck softly and let go at the end; the highest and the lowest are a little weaker."""
    time = np.arange(_RATE_HZ * (held_ms + _RELEASE_MS) // 1000, dtype=np.float32) / np.float32(_RATE_HZ)
    pitch_hz = 440.0 * 2 ** ((pitch - 69) / 12)
    turns = time * np.float32(pitch_hz)
    angle = (turns - np.floor(turns)) * np.float32(2 * np.pi)
    before, wave, twice = np.zeros_like(angle), np.sin(angle), 2 * np.cos(angle)
    sound = np.zeros_like(time)
    for level, falls_s in _PARTIALS:
        sound += wave * np.exp(time * np.float32(-1 / falls_s)) * np.float32(level)
        # the sine of n + 1 times the angle, from those of n and n - 1 times
        before, wave = wave, twice * wave - before
    sound *= 1 - np.float32(_TREMOLO) * np.sin(time * np.float32(2 * np.pi * _TREMOLO_HZ)) ** 2
    _fade(sound, _RATE_HZ * _ATTACK_MS // 1000, _RATE_HZ * _RELEASE_MS // 1000)
    return sound * np.float32(strength * min(1.0, (220.0 / pitch_hz) ** 0.3) * min(1.0, pitch_hz / 160.0) ** 0.5)


def _in_room(dry: NDArray[np.float32]) -> NDArray[np.float32]:
    """The sound through a dark filter and in a small room, as long as it was."""
    # the FFT is quick where its size has small factors only
    size = -(-(len(dry) + _RATE_HZ * _ROOM_MS // 1000) // _FFT_UNIT) * _FFT_UNIT
    hertz = np.fft.rfftfreq(size, 1 / _RATE_HZ).astype(np.float32)
    squared = hertz * hertz
    tone = squared**2 / ((1 + (squared / _DARK_HZ**2) ** 2) * (squared**2 + _RUMBLE_HZ**4))
    room = 1 + np.float32(_ROOM_LEVEL) * np.fft.rfft(_echoes(), size)
    return np.asarray(np.fft.irfft(np.fft.rfft(dry, size) * tone * room, size)[: len(dry)], np.float32)


@cache
def _echoes() -> NDArray[np.float32]:
    """The room: noise that dies away, of energy 1. The noise is Python's own, which stays the same over versions."""
    noise = Random(_SEED)  # noqa: S311 - an echo, not a secret
    length = _RATE_HZ * (_ROOM_MS - _ROOM_BEGINS_MS) // 1000
    hiss = np.array([noise.random() - 0.5 for _ in range(length)])
    hiss *= np.exp(np.arange(length) / (-_ROOM_FALLS_S * _RATE_HZ))
    late = np.zeros(_RATE_HZ * _ROOM_BEGINS_MS // 1000)
    return np.concatenate([late, hiss / np.sqrt((hiss**2).sum())]).astype(np.float32)


def _fade(sound: NDArray[np.float32], into: int, outof: int) -> None:
    """Raised-cosine ends, in place."""
    sound[:into] *= 0.5 - 0.5 * np.cos(np.pi * np.arange(into, dtype=np.float32) / into)
    sound[-outof:] *= 0.5 + 0.5 * np.cos(np.pi * np.arange(1, outof + 1, dtype=np.float32) / outof)
