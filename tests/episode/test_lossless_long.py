"""Long WAV and FLAC files: memory holds a unit as it is kept, and a few frames of samples."""

from __future__ import annotations

import tracemalloc
from typing import TYPE_CHECKING

import numpy as np
import pytest

from narrate.episode.formats.flac import Flac
from narrate.episode.formats.format import encoded
from narrate.episode.formats.wav import Wav
from narrate.episode.tags import TagFacts
from narrate.model import FRAME_SAMPLES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from narrate.model import Timeline


@pytest.mark.parametrize("kind", [Flac, Wav])
def test_a_long_pause_and_many_units_stream_by(
    kind: type[Flac | Wav], timeline_of: Callable[[Sequence[int]], Timeline], tmp_path: Path
) -> None:
    """Four minutes of silence in one unit, 21 MB of samples, take a few megabytes; so do eight of it."""
    coder, frames = kind().coder(), 9_000
    unit = encoded(coder, np.zeros(frames * FRAME_SAMPLES, np.int16), frames)
    peaks = []

    for times in (1, 2):
        timeline = timeline_of([frames] * times)
        tracemalloc.start()
        coder.write(tmp_path / "x", TagFacts("x"), timeline, (unit for _ in range(times)))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()

        assert (tmp_path / "x").stat().st_size > times * frames * 12

    assert max(peaks) < 8 << 20
    assert peaks[1] < peaks[0] + 500_000
