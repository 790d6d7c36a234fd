"""Silences that an engine makes inside a take: none goes on for longer than between two paragraphs."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from narrate.model import Clip
from narrate.speech.levels import SILENCE, levels_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from narrate.model import Take

    Cut = tuple[int, int]

LONGEST_MS = 700
"""Piper and eSpeak pause for a third of a second at most, at dashes and question marks inside a sentence; slow
voices and other engines for longer."""


def shortened(take: Take, longest_ms: int = LONGEST_MS) -> Take:
    """The take with what is too long of each inner silence cut out of its middle, and the words where they are then.

    The silences at its ends are left: they are trimmed where takes are joined. A take without long ones comes back as
    it is.
    """
    cuts = _cuts(take, take.clip.rate_hz * longest_ms // 1000)
    if not cuts:
        return take
    ends = [0, *(sample for cut in cuts for sample in cut), take.clip.samples]
    pcm = b"".join(take.clip.pcm[2 * start : 2 * end] for start, end in zip(ends[::2], ends[1::2], strict=True))
    words = (
        replace(word, start_samples=_moved(word.start_samples, cuts), end_samples=_moved(word.end_samples, cuts))
        for word in take.words
    )
    return replace(take, clip=Clip(pcm, take.clip.rate_hz), words=tuple(words))


def _cuts(take: Take, longest: int) -> list[Cut]:
    """Stretches of samples to be cut out, in order."""
    levels = levels_of(take.clip)
    sounding = np.flatnonzero(levels.peaks > SILENCE)
    gaps = ((int(a + 1) * levels.frame, int(b) * levels.frame) for a, b in pairwise(sounding) if b - a > 1)
    return [(start + longest // 2, end - (longest - longest // 2)) for start, end in gaps if end - start > longest]


def _moved(sample: int, cuts: Sequence[Cut]) -> int:
    """Where a sample is when the cuts are made; one inside a cut is where that was.

    >>> _moved(50, [(10, 20), (40, 60)]), _moved(100, [(10, 20)])
    (30, 90)
    """
    return sample - sum(min(max(sample - start, 0), end - start) for start, end in cuts)
