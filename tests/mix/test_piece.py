"""narrate's own music, as far as figures can tell."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest

from narrate.mix import piece
from narrate.mix.piece import compose
from narrate.model import RATE_HZ, MusicPart

if TYPE_CHECKING:
    from numpy.typing import NDArray

parts = pytest.mark.parametrize("part", list(MusicPart))
played_once = pytest.mark.parametrize("part", [MusicPart.INTRO, MusicPart.STING, MusicPart.OUTRO])

composed = cache(compose)


@cache
def bands_db(part: MusicPart) -> dict[str, float]:
    """The part's power below 60 Hz, to 2 kHz, above 2 kHz and above 6 kHz, in dB against all of it."""
    samples = composed(part)
    power = np.abs(np.fft.rfft(samples * np.hanning(len(samples)))) ** 2
    hertz = np.fft.rfftfreq(len(samples), 1 / RATE_HZ)
    edges = {"rumble": (0, 60), "body": (60, 2_000), "edge": (2_000, 1e6), "hiss": (6_000, 1e6)}
    return {
        name: float(10 * np.log10(power[(hertz >= low) & (hertz < high)].sum() / power.sum()))
        for name, (low, high) in edges.items()
    }


def levels(samples: NDArray[np.float32]) -> NDArray[np.floating]:
    """The power of every 50 ms."""
    window = RATE_HZ // 20
    blocks = samples[: len(samples) // window * window].reshape(-1, window)
    return np.asarray((blocks**2).mean(axis=1))


@parts
def test_it_comes_and_goes_in_silence_without_clicks(part: MusicPart) -> None:
    """No step at its ends or inside, nothing above full scale, no direct current."""
    samples = composed(part)

    assert np.abs(samples).max() == pytest.approx(0.5, abs=1e-6)
    assert np.abs(samples[[0, 1, -2, -1]]).max() < 1e-4
    assert np.abs(np.diff(samples)).max() < 0.06
    assert abs(samples.mean()) < 1e-4


@parts
def test_it_is_not_dull(part: MusicPart) -> None:
    """The centre of its spectrum lies where that of an electric piano does which is played in the middle."""
    samples = composed(part)
    magnitude = np.abs(np.fft.rfft(samples))
    hertz = np.fft.rfftfreq(len(samples), 1 / RATE_HZ)

    assert 550 < (magnitude * hertz).sum() / magnitude.sum() < 800


def test_the_bed_ends_where_it_began() -> None:
    """It begins with a rest as long as the seam, in which its last chord rings out: round after round in time."""
    samples = composed(MusicPart.BED)
    seam = RATE_HZ * 3 // 2

    assert np.abs(samples[: seam - 100]).max() < 0.01 * np.abs(samples).max()
    assert (len(samples) - seam) * 1000 // RATE_HZ % piece._BAR_MS == 0
    assert levels(samples)[31:-40].min() > levels(samples).max() / 1000


@parts
def test_it_is_warm(part: MusicPart) -> None:
    """Nearly all of it lies between 60 Hz and 2 kHz; nothing rumbles, rings or hisses."""
    bands = bands_db(part)

    assert bands["rumble"] < -35
    assert bands["body"] > -0.1
    assert bands["edge"] < -20
    assert bands["hiss"] < -80


@played_once
def test_it_has_no_holes(part: MusicPart) -> None:
    """From its first note until it rings out it never falls silent."""
    power = levels(composed(part))

    assert power[1 : len(power) * 2 // 3].min() > power.max() / 300


@pytest.mark.parametrize(("part", "shortest", "longest"), [("intro", 6, 10), ("sting", 1.5, 3), ("outro", 4, 5)])
def test_parts_are_as_long_as_they_are_used(part: str, shortest: float, longest: float) -> None:
    """An intro to speak on, a short sting, an outro of about four seconds."""
    assert shortest <= len(composed(MusicPart(part))) / RATE_HZ <= longest


@played_once
def test_it_rings_out(part: MusicPart) -> None:
    """Its last tenth is at least 10 dB below its loudest."""
    power = levels(composed(part))

    assert power[-len(power) // 10 :].mean() < power.max() / 10


def test_chords_are_consonant() -> None:
    """Every two notes held together are in F major or D minor, and none is a semitone from another in its octave."""
    scale = {0, 2, 4, 5, 7, 9, 10}

    for notes in piece._NOTES.values():
        assert {pitch % 12 for _, pitch, _, _ in notes} <= scale
        for start, pitch, held, _ in notes:
            together = [other for at, other, _, _ in notes if start <= at < start + held - 100]
            assert all(abs(pitch - other) != 1 for other in together)


def test_it_is_the_same_every_time() -> None:
    """The music's digest is in the cache keys of the units it plays in."""
    piece._echoes.cache_clear()

    assert np.array_equal(compose(MusicPart.STING), composed(MusicPart.STING))
