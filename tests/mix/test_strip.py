"""Takes by themselves: what is kept, how long it lasts, and that it ends in nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from narrate.mix.strip import at_output_rate, heard, polished
from narrate.model import Clip, Placed, Take

if TYPE_CHECKING:
    from collections.abc import Callable

    from narrate.mix.strip import Span


def placed(clip: Clip, span: Span) -> Placed:
    """A clip at the start of a timeline."""
    return Placed(0, 0, span.start, span.end, clip.rate_hz, 0.0, "")


@pytest.mark.parametrize("level", [0.004, 0.05, 0.15])
@pytest.mark.parametrize("after_ms", [0, 40, 900])
def test_the_engines_silence_is_trimmed_at_any_level(say: Callable[..., Take], level: float, after_ms: int) -> None:
    """At most 10 ms of air stay before the sound and 35 after it, however loud it is; none of the sound goes."""
    clip = say(0.5, before_ms=300, after_ms=after_ms, level=level).clip

    span = heard(clip)

    assert 6615 - 221 <= span.start <= 6615
    assert 6615 - 111 <= span.first <= 6615 + 111
    assert 6615 + 11025 - 111 <= span.end <= 6615 + 11025 + 772
    assert span.start <= span.first < span.last <= span.end <= clip.samples


def test_an_engines_noise_is_silence_too(say: Callable[..., Take]) -> None:
    """Hiss 55 dB under the voice, before and after it, does not count as sound."""
    clip = say(0.5, before_ms=300, after_ms=300).clip
    loud = np.frombuffer(clip.pcm, "<i2")
    hiss = np.random.default_rng(4).normal(0, np.abs(loud).max() / 4 / 560, len(loud))
    hissing = Clip((loud + hiss).astype("<i2").tobytes(), clip.rate_hz)

    span = heard(hissing)

    assert span.start >= 6615 - 350
    assert span.end <= 6615 + 11025 + 800


@pytest.mark.parametrize("pcm", [b"", b"\0", bytes(2000)])
def test_a_silent_clip_is_nothing(pcm: bytes) -> None:
    """No samples, half a sample, or zeros: nothing is kept, and nothing is rendered."""
    clip = Clip(pcm, 22_050)

    span = heard(clip)

    assert span.start == span.end == 0
    assert len(polished(clip, placed(clip, span))) == 0


@pytest.mark.parametrize("rate_hz", [8_000, 16_000, 22_050, 24_000, 44_100, 48_000])
def test_a_take_of_any_rate_lasts_as_long(say: Callable[..., Take], rate_hz: int) -> None:
    """Its length at the output rate is the nearest to its length at its own, and its pitch stays."""
    clip = say(1.0, rate_hz=rate_hz, pitch_hz=200.0).clip
    span = heard(clip)

    samples = polished(clip, placed(clip, span))
    spectrum = np.abs(np.fft.rfft(samples[:22_050]))

    assert len(samples) == at_output_rate(span.end - span.start, rate_hz)
    assert 2 * np.argmax(spectrum) == pytest.approx(200, abs=4)


def test_a_take_that_stops_dead_ends_softly(say: Callable[..., Take]) -> None:
    """The last samples fall to nothing, though the engine's go from loud to zero at once."""
    clip = say(0.5, before_ms=0, after_ms=300).clip

    samples = np.abs(polished(clip, placed(clip, heard(clip))))

    assert samples.max() > 0.1
    assert samples[:4].max() < 0.001
    assert samples[-4:].max() < 0.001


def test_a_voices_level_is_applied_before_the_compressor(say: Callable[..., Take]) -> None:
    """A quiet voice that its preset raises sounds like the loud one: only level before a threshold does that."""
    loud, quiet = say(1.0, level=0.1).clip, say(1.0, level=0.05).clip
    span = heard(loud)
    raised = Placed(0, 0, span.start, span.end, quiet.rate_hz, 20 * np.log10(2), "")

    difference = polished(loud, placed(loud, span)) - polished(quiet, raised)

    assert np.abs(difference).max() < 0.002
