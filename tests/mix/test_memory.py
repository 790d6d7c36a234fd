"""Long episodes."""

from __future__ import annotations

import gc
import tracemalloc
from typing import TYPE_CHECKING

import numpy as np

from narrate.mix import render_unit
from narrate.model import FRAME_SAMPLES, Clip, Role, Take

if TYPE_CHECKING:
    from collections.abc import Callable

    from narrate.mix import Score
    from narrate.model import Script, Segment, Timeline

MINUTES = 30
SECONDS = 20


def test_half_an_hour_is_laid_out_in_a_few_megabytes(
    lay: Callable[..., Timeline],
    write: Callable[..., Script],
    segment: Callable[..., Segment],
    say: Callable[..., Take],
    music: Score,
) -> None:
    """Its samples are 159 MB at the output rate; what is kept is less than 1.5 MB, or 30 for ten hours."""
    count = MINUTES * 60 // SECONDS
    loud = np.frombuffer(say(SECONDS, level=0.3).clip.pcm, "<i2")

    class Lazy(list[Take]):
        """Takes that exist while they are looked at."""

        def __getitem__(self, index: int) -> Take:  # type: ignore[override]  # only single takes are asked for
            return Take(Clip(np.roll(loud, -64 * index).tobytes(), 22_050), (), "fake")

    takes = Lazy([Take(Clip(b"", 22_050), (), "")] * count)
    script = write(*(segment(Role.BODY, f"Sentence number {n} goes on.") for n in range(count)))
    gc.collect()

    tracemalloc.start()
    timeline = lay(script, takes, music)
    kept, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert timeline.duration_ms > MINUTES * 60_000
    assert peak < 30e6
    assert kept < 1.5e6
    last = timeline.units[-1]
    assert len(render_unit(timeline, last, takes, music).voices) == last.frames * FRAME_SAMPLES
