"""The instrument narrate's own music is played on: pitch, touch, decay and room, by measuring."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from narrate.mix import piece
from narrate.mix.piece import _RATE_HZ, _echoes, _in_room, _note, compose
from narrate.model import RATE_HZ, MusicPart

if TYPE_CHECKING:
    from numpy.typing import NDArray


def strength(sound: NDArray[np.float32], hertz: float, begin_s: float, seconds: float) -> float:
    """How much of a pitch is in a stretch of sound."""
    first = round(begin_s * _RATE_HZ)
    part = sound[first : first + round(seconds * _RATE_HZ)]
    time = (first + np.arange(len(part))) / _RATE_HZ
    window = np.hanning(len(part))
    return float(np.abs((part * window * np.exp(-2j * np.pi * hertz * time)).sum()) / window.sum() * 2)


@pytest.mark.parametrize(("pitch", "hertz"), [(69, 440.0), (57, 220.0), (60, 261.63), (41, 87.31)])
def test_a_note_sounds_at_its_pitch(pitch: int, hertz: float) -> None:
    """Equal temperament on A 440, MIDI's numbers; the second partial an octave above, and weaker as it goes on."""
    sound = _note(pitch, 1500, 1.0)
    spectrum = np.abs(np.fft.rfft(sound * np.hanning(len(sound)), 1 << 18))

    assert np.argmax(spectrum) * _RATE_HZ / (1 << 18) == pytest.approx(hertz, abs=0.6)
    early, late = ([strength(sound, hertz * n, begin, 0.4) for n in (1, 2, 3, 4)] for begin in (0.05, 1.0))
    assert early == sorted(early, reverse=True)
    assert late[1] / late[0] < early[1] / early[0]
    assert late[3] / late[0] < early[3] / early[0] / 2


def test_each_partial_falls_as_a_struck_tine_does() -> None:
    """The lowest to a third in 1.5 s, the sixth in 0.18 s (less what tremolo takes)."""
    sound = _note(57, 2500, 1.0)

    for number, falls_s in ((1, 1.5), (2, 1.15), (3, 0.8), (4, 0.55), (5, 0.3)):
        early, late = (strength(sound, 220.0 * number, begin, 0.3) for begin in (0.05, 0.05 + 0.6))
        assert late / early == pytest.approx(np.exp(-0.6 / falls_s), rel=0.12)


def test_a_note_is_as_loud_as_it_is_hit() -> None:
    """In proportion; very high and very low notes are a little weaker."""
    np.testing.assert_allclose(_note(60, 500, 0.4) * 2, _note(60, 500, 0.8), rtol=1e-5)
    peaks = {pitch: float(np.abs(_note(pitch, 1000, 1.0)).max()) for pitch in (29, 41, 57, 84)}
    assert peaks[29] < peaks[41] < peaks[57]
    assert peaks[84] < peaks[57]


@pytest.mark.parametrize("held_ms", [200, 1000])
def test_a_note_comes_and_goes_softly(held_ms: int) -> None:
    """No click where it is struck, and silence 140 ms after it is let go."""
    sound = _note(57, held_ms, 1.0)

    assert len(sound) == _RATE_HZ * (held_ms + 140) // 1000
    assert np.abs(sound[: _RATE_HZ * 2 // 1000]).max() < 0.1 * np.abs(sound).max()
    assert np.abs(sound[-_RATE_HZ * 5 // 1000 :]).max() < 0.01
    assert np.abs(np.diff(sound)).max() < 0.35 * np.abs(sound).max()


def test_the_room_answers_after_a_moment_and_dies_away() -> None:
    """Nothing for 18 ms, then an echo 13 dB under the sound that loses 15 dB and more in half a second."""
    echo = _echoes()
    power = echo.astype(np.float64) ** 2
    early, late = (power[round(a * _RATE_HZ) : round((a + 0.1) * _RATE_HZ)].sum() for a in (0.02, 0.52))

    assert not echo[: _RATE_HZ * 18 // 1000].any()
    assert echo[_RATE_HZ * 18 // 1000 :].any()
    assert power.sum() == pytest.approx(1.0, abs=1e-3)
    assert 10 * np.log10(early / late) == pytest.approx(8.686 * 0.5 / 0.28, abs=2.0)
    assert len(echo) == _RATE_HZ * 1300 // 1000


def test_the_filter_is_dark_and_lets_no_rumble_through() -> None:
    """Half at 3 kHz, next to nothing at 7 kHz and at 15 Hz, whole between 150 Hz and 1 kHz."""
    click, reach = np.zeros(2 * _RATE_HZ, np.float32), _RATE_HZ * 17 // 1000
    click[_RATE_HZ] = 1.0
    dry = np.abs(np.fft.rfft(_in_room(click)[_RATE_HZ - reach : _RATE_HZ + reach], 1 << 15))
    at = {hertz: float(dry[round(hertz * (1 << 15) / _RATE_HZ)]) for hertz in (200, 500, 1000, 3000, 7000)}

    assert [at[hertz] for hertz in (200, 500, 1000)] == pytest.approx([1, 1, 1], abs=0.15)
    assert at[3000] == pytest.approx(0.5, abs=0.05)
    assert at[7000] < 0.06


@pytest.mark.parametrize("part", MusicPart)
def test_what_is_heard_is_what_is_in_the_table(part: MusicPart) -> None:
    """Each note's pitch is there while it is held, well above where nobody plays it: by the notes' own table."""
    sound = compose(part).astype(np.float64)
    notes = piece._NOTES[part]

    assert len(sound) / RATE_HZ == pytest.approx(piece._LENGTH_MS[part] / 1000, abs=0.001)
    for start_ms, pitch, held_ms, _ in notes:
        hertz = 440 * 2 ** ((pitch - 69) / 12)
        first = RATE_HZ * start_ms // 1000
        held = sound[first : first + RATE_HZ * min(held_ms, 900) // 1000]
        window = np.hanning(len(held))
        time = np.arange(len(held)) / RATE_HZ
        own, off = (
            abs((held * window * np.exp(-2j * np.pi * each * time)).sum()) for each in (hertz, hertz * 2 ** (-0.5 / 12))
        )
        assert own > 10 ** (-46 / 20) * window.sum()
        assert own > off * 0.8 or hertz < 150  # lower, and a quarter tone is not told apart in this time
