"""Rates, frames and the two ways between samples and milliseconds."""

from __future__ import annotations

RATE_HZ = 44_100
"""Sample rate of the timeline and of every finished episode."""

FRAME_SAMPLES = 1_152
"""Samples of one MPEG-1 layer III frame; units of the timeline last whole frames (ISO 11172-3, 2.4.2.1)."""


def samples_to_ms(samples: int, rate_hz: int = RATE_HZ) -> int:
    """Whole milliseconds nearest to a number of samples.

    >>> samples_to_ms(44_100), samples_to_ms(1_152)
    (1000, 26)
    """
    return (samples * 1000 + rate_hz // 2) // rate_hz


def ms_to_samples(ms: int, rate_hz: int = RATE_HZ) -> int:
    """Whole samples nearest to a number of milliseconds.

    >>> ms_to_samples(1000), ms_to_samples(26)
    (44100, 1147)
    """
    return (ms * rate_hz + 500) // 1000
