"""What a timeline knows of a take."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.mix import pack_survey, survey, unpack_survey
from narrate.mix.loudness import HOP_SAMPLES
from narrate.mix.survey import AROUND_DB, BIN_SAMPLES, in_hops
from narrate.model import Clip, Loudness, Take, WordTime

if TYPE_CHECKING:
    from collections.abc import Callable

WORDS = (WordTime(400, 9_000, 0, 4), WordTime(9_000, 20_000, 5, 9, estimated=True))


@pytest.mark.parametrize("rate_hz", [22_050, 24_000, 44_100])
def test_it_comes_back_from_its_bytes_as_it_was(say: Callable[..., Take], rate_hz: int) -> None:
    """Nothing is lost on the way to the cache."""
    made = survey(say(2.0, rate_hz=rate_hz, words=WORDS), 3.0, Loudness())
    back = unpack_survey(pack_survey(made))

    assert (back.span, back.digest, back.words, back.rate_hz) == (made.span, made.digest, WORDS, rate_hz)
    assert back.likely_db == made.likely_db
    np.testing.assert_array_equal(back.energy, made.energy)
    np.testing.assert_array_equal(back.lost, made.lost)


def test_it_is_far_smaller_than_the_take(say: Callable[..., Take]) -> None:
    """So a remake reads a little, not hours of sound."""
    take = say(5.0)

    assert len(pack_survey(survey(take, 0.0, Loudness()))) < len(take.clip.pcm) / 20


def test_what_is_silent_has_no_energy() -> None:
    """And does not make it stumble."""
    made = survey(Take(Clip(bytes(20_000), 22_050), (), "fake"), 0.0, Loudness())

    assert made.energy.shape == (0,)
    assert made.lost.shape == (len(AROUND_DB), 0)
    assert in_hops(made.energy, 77).shape == (0,)


@given(st.lists(st.floats(0, 1, width=32), min_size=1, max_size=60), st.integers(0, 10**9))
def test_hops_hold_all_that_the_bins_hold(bins: list[float], start: int) -> None:
    """Wherever a take starts, its energy is all there, each bin in the hop that its middle lies in."""
    hops = in_hops(np.array(bins, np.float32), start)
    middles = [start % HOP_SAMPLES + at * BIN_SAMPLES + BIN_SAMPLES // 2 for at in range(len(bins))]

    assert len(hops) == middles[-1] // HOP_SAMPLES + 1
    for hop, energy in enumerate(hops):
        own = [value for value, middle in zip(bins, middles, strict=True) if middle // HOP_SAMPLES == hop]
        assert energy == pytest.approx(sum(own), rel=1e-5, abs=1e-6)
