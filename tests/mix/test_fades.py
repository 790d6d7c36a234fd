"""Fades of music against pydub's own."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from narrate.mix.score import _faded, segment_of

LENGTHS = st.integers(1, 60_000)
GAINS_DB = st.sampled_from([(-120.0, 0.0), (0.0, -120.0), (0.0, -14.0), (0.0, 14.0), (-14.0, 6.0)])


@given(LENGTHS, st.sampled_from([1, 2]), st.data(), GAINS_DB)
def test_a_fade_is_pydubs_sample_for_sample(
    samples: int, channels: int, data: st.DataObject, gains_db: tuple[float, float]
) -> None:
    """Of any sound, anywhere in it, up and down, where it is too loud and where a millisecond is cut off, too."""
    pcm = np.random.default_rng(samples).integers(-32768, 32768, samples * channels).astype("<i2").tobytes()
    sound = segment_of(pcm, channels)
    ramp_ms = data.draw(st.integers(0, len(sound)))
    start_ms = data.draw(st.integers(0, len(sound) - ramp_ms))
    faded = _faded(sound, start_ms, ramp_ms or 1, *gains_db)

    expected = sound.fade(from_gain=gains_db[0], to_gain=gains_db[1], start=start_ms, duration=ramp_ms or 1)
    assert faded.raw_data == expected.raw_data
