"""Loudness and true peak against the figures the standards give for made-up signals."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import numpy as np
import pytest

from narrate.mix.loudness import TAP_COUNT, energies, integrated, momentary, oversampled_peaks
from narrate.model import RATE_HZ

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray


def sine(dbfs: float, seconds: float, *, hertz: float = 1000.0, rate_hz: int = RATE_HZ) -> NDArray[np.float32]:
    """A sine that peaks at `dbfs`, with whole samples."""
    time = np.arange(round(seconds * rate_hz)) / rate_hz
    return (10 ** (dbfs / 20) * np.sin(2 * np.pi * hertz * time)).astype(np.float32)


# EBU Tech 3341 gives its signals in stereo, where both channels add 3.01 dB; these are the same in mono.
MONO_DB = 10 * np.log10(2)

TECH_3341 = {
    "case 1": (((-23, 20),), -23.0),
    "case 2": (((-33, 20),), -33.0),
    "case 3": (((-36, 10), (-23, 60), (-36, 10)), -23.0),
    "case 4": (((-72, 10), (-36, 10), (-23, 60), (-36, 10), (-72, 10)), -23.0),
    "case 5": (((-26, 20), (-20, 20.1), (-26, 20)), -23.0),
}


@pytest.mark.parametrize("case", TECH_3341)
def test_integrated_loudness_is_that_of_the_ebu(case: str) -> None:
    """EBU Tech 3341, table 1: within 0.1 LU, gates included."""
    parts, expected = TECH_3341[case]
    signal = np.concatenate([sine(dbfs + MONO_DB, seconds) for dbfs, seconds in parts])

    assert integrated(energies(signal)) == pytest.approx(expected, abs=0.1)


def test_loudness_of_997_hertz_is_that_of_the_recommendation() -> None:
    """BS.1770-5, Annex 1: a sine of 997 Hz at 0 dBFS in one channel reads -3.01."""
    assert integrated(energies(sine(0, 5, hertz=997.0))) == pytest.approx(-3.01, abs=0.01)


@pytest.mark.parametrize("hertz", [60.0, 300.0, 3000.0, 9000.0])
def test_loudness_does_not_depend_on_the_rate(hertz: float) -> None:
    """The same sound at half the rate reads the same, at every pitch it can hold."""
    slow, fast = (sine(-20, 3, hertz=hertz, rate_hz=rate_hz) for rate_hz in (RATE_HZ // 2, RATE_HZ))

    slow_hops = energies(slow, RATE_HZ // 20, RATE_HZ // 2) * 2

    assert integrated(slow_hops) == pytest.approx(integrated(energies(fast)), abs=0.005)


def test_energies_do_not_depend_on_how_they_are_cut() -> None:
    """Short blocks add up to long ones, over the seams of the FFT too."""
    noise = np.random.default_rng(1).standard_normal(3 * RATE_HZ).astype(np.float32)

    short, long = energies(noise, 49), energies(noise, 4410)

    np.testing.assert_allclose(short.reshape(-1, 90).sum(axis=1), long, rtol=1e-4)


def test_silence_and_what_is_too_short_have_no_loudness() -> None:
    """Nothing passes the gate, and nothing is divided by nothing."""
    assert integrated(energies(np.zeros(RATE_HZ, np.float32))) == -np.inf
    assert integrated(energies(sine(-20, 0.3))) == -np.inf
    assert momentary(energies(np.zeros(RATE_HZ, np.float32))).tolist() == [-np.inf] * 7


def test_true_peak_between_samples_is_found() -> None:
    """EBU Tech 3341, cases 15-19: a sine at a quarter of the rate, 45 degrees off, within +0.2 and -0.4 dB."""
    turn = np.pi / 2 * np.arange(480 + TAP_COUNT - 1) + np.pi / 4
    signal = (0.5 * np.sin(turn)).astype(np.float32)

    peak_db = 20 * np.log10(oversampled_peaks(signal[None])[0])

    assert 20 * np.log10(np.abs(signal).max()) == pytest.approx(-9.03, abs=0.01)
    assert -6.4 <= peak_db <= -5.8


@pytest.mark.skipif(not shutil.which("ffmpeg"), reason="another program's opinion, where there is one")
def test_ffmpeg_reads_the_same(tmp_path: Path) -> None:
    """libebur128's figures, in ffmpeg, are ours to 0.02 LU on noise that comes and goes."""
    noise = np.random.default_rng(2).standard_normal(20 * RATE_HZ) * np.repeat([0.02, 0.2, 0.001, 0.1], 5 * RATE_HZ)
    (tmp_path / "noise").write_bytes(noise.astype("<f4").tobytes())

    command = ["ffmpeg", "-v", "error", "-f", "f32le", "-ar", "44100", "-ac", "1", "-i", str(tmp_path / "noise")]
    judge = ["-af", "ebur128=metadata=1,ametadata=mode=print:file=-", "-f", "null", "-"]
    told = subprocess.run([*command, *judge], capture_output=True, text=True, check=True).stdout
    theirs = [float(line.split("=")[1]) for line in told.splitlines() if line.startswith("lavfi.r128.I=")]

    assert integrated(energies(noise.astype(np.float32))) == pytest.approx(theirs[-1], abs=0.02)
