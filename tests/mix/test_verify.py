"""What is heard of encoded sound: the same however the sound comes in, and however long it is."""

from __future__ import annotations

import numpy as np
import pytest

from narrate.mix import measured, too_high
from narrate.model import RATE_HZ

CHUNK_SAMPLES = 24 * RATE_HZ
"""Sound is looked at in stretches of that length."""


def tone(seconds: float, dbfs: float, channels: int = 1) -> np.ndarray:
    """A low tone that is at its highest where one stretch ends and the next begins; softer on the right."""
    time = np.arange(round(seconds * RATE_HZ)) - CHUNK_SAMPLES
    sound = (10 ** (dbfs / 20) * np.cos(2 * np.pi * 200 / RATE_HZ * time)).astype(np.float32)
    fade = np.minimum(1, np.minimum(np.arange(len(sound)), np.arange(len(sound))[::-1]) / 4_410).astype(np.float32)
    sound *= fade
    return sound if channels == 1 else np.stack([sound, sound * np.float32(0.5)], axis=1)


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("seconds", [30.0, 24.0001, 24.0, 49.0])
def test_a_stretch_that_ends_in_the_middle_of_a_sound_has_no_peak_there(seconds: float, channels: int) -> None:
    """A tone is as high as it is, however it is cut up to be looked at."""
    sound = tone(seconds, -1.2, channels)
    pieces = [sound[at : at + 1_152] for at in range(0, len(sound), 1_152)]

    assert measured(pieces, RATE_HZ).ceiling_dbtp == pytest.approx(
        -1.2, abs=0.03
    )  # the ripple of the filter of BS.1770-5
    assert not list(too_high(pieces, -1.1))


@pytest.mark.parametrize("at", [CHUNK_SAMPLES - 3, CHUNK_SAMPLES, CHUNK_SAMPLES + 3, 30 * RATE_HZ])
def test_a_peak_is_found_where_it_is(at: int) -> None:
    """Also across the end of a stretch: two samples in a row that are not high, and the sound between them is."""
    sound = np.zeros(40 * RATE_HZ, np.float32)
    sound[at - 1 : at + 1] = 0.9

    found = list(too_high([sound], -1.0))

    assert found
    assert all(abs(place - at) < 96 for place, _ in found)
    assert max(excess for _, excess in found) == pytest.approx(measured([sound], RATE_HZ).ceiling_dbtp + 1.0, abs=0.01)
