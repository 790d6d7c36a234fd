"""Are captions and chapters where they are heard? ``python times.py EPISODE.mp3 [MIX.wav]`` prints errors as JSON.

The sound is decoded by FFmpeg's libraries, the captions are read by webvtt-py, the chapters by mutagen from an ID3 tag
and by FFmpeg's libraries from any other. With the mix, which has lost nothing, it tells by how many samples the sound
at each caption is late.
Made for the tone engine, whose beeps begin within 5 ms. Of any voice it tells how far the words that follow a pause
inside a sentence are from where sound begins again: only there can a machine hear where a word begins.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import av
import numpy as np
import webvtt
from mutagen import File

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

RATE_HZ = 44_100
FRAME_MS = 1_152 / RATE_HZ * 1000
_BEFORE_MS, _AFTER_MS = 150, 400
"""Where around a time its sound is looked for: no pause is shorter than the first, no cue than the second."""
_SILENT = 0.005
"""Of the loudest of all: −46 dB."""
_PAUSE_FRAMES = 20
"""Of 5 ms: shorter silences are consonants."""
_REACH_SAMPLES, _COMPARED_SAMPLES = 500, 4_000
_HEARD = 0.5
"""Of the loudest nearby: above the music, and above what a codec smears ahead of a sound."""


def samples_of(path: Path) -> NDArray[np.int16]:
    """The whole sound, mono."""
    with av.open(str(path)) as container:
        resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE_HZ)
        frames = [part for frame in container.decode(audio=0) for part in resampler.resample(frame)]
        return np.concatenate([frame.to_ndarray()[0] for frame in frames])


def error_ms(samples: NDArray[np.int16], at_ms: float) -> float:
    """How long after a time the sound begins that it is the time of; negative where it begins before."""
    start = max(0, round((at_ms - _BEFORE_MS) * RATE_HZ / 1000))
    near = np.abs(samples[start : round((at_ms + _AFTER_MS) * RATE_HZ / 1000)].astype(np.int32))
    return (start + int(np.argmax(near > _HEARD * near.max()))) * 1000 / RATE_HZ - at_ms


def summary(samples: NDArray[np.int16], times_ms: Iterable[float]) -> dict[str, float]:
    """How many times, and the smallest, the median and the largest error."""
    return _summed(error_ms(samples, at_ms) for at_ms in times_ms)


def words_after_pauses(samples: NDArray[np.int16], timeline: Path) -> Iterator[float]:
    """By how many milliseconds sound begins later than the nearest word, after each silence of 100 ms in a sentence."""
    frame = RATE_HZ // 200
    peaks = np.abs(samples[: len(samples) // frame * frame].astype(np.int32)).reshape(-1, frame).max(axis=1)
    sounding = np.flatnonzero(peaks > _SILENT * peaks.max())
    onsets = sounding[1:][np.diff(sounding) > _PAUSE_FRAMES] * frame * 1000 / RATE_HZ
    for cue in json.loads(timeline.read_text(encoding="utf-8"))["cues"]:
        starts = np.array([word[0] for word in cue[8]])
        for at_ms in onsets[(onsets > cue[0] + 100) & (onsets < cue[1] - 50)]:
            nearest = starts[np.argmin(np.abs(starts - at_ms))]
            yield float(at_ms - nearest)


def _summed(found: Iterable[float]) -> dict[str, float]:
    errors = sorted(found)
    if not errors:
        return {"count": 0}
    return {"count": len(errors), "least": errors[0], "median": errors[len(errors) // 2], "most": errors[-1]}


def late_samples(samples: NDArray[np.int16], mix: NDArray[np.int16], at_ms: float) -> int:
    """By how many samples what stands at a time in the mix is late, 500 at most: where the two are most alike."""
    start = max(0, round(at_ms * RATE_HZ / 1000) - _REACH_SAMPLES)
    first = max(0, start - _REACH_SAMPLES)
    wanted = mix[start : start + _COMPARED_SAMPLES].astype(np.float64)
    around = samples[first : start + len(wanted) + _REACH_SAMPLES].astype(np.float64)
    powers = np.concatenate([[0.0], np.cumsum(around**2)])
    power = powers[len(wanted) :] - powers[: -len(wanted)]
    return int(np.argmax(np.correlate(around, wanted, "valid") / np.sqrt(power + 1))) - (start - first)


def main(path: Path, mix: Path | None = None) -> None:
    """Compare; a chapter at 0 begins with the file, not with a sound."""
    samples = samples_of(path)
    starts = [_milliseconds(caption.start) for caption in webvtt.read(str(path.with_suffix(".vtt"))).captions]
    chapters = [start_ms for start_ms in _chapters(path) if start_ms]
    words = [*words_after_pauses(samples, path.with_name("timeline.json"))]
    found = {"cues": summary(samples, starts), "chapters": summary(samples, chapters), "words": _summed(words)}
    if mix:
        sound = samples_of(mix)
        found["late"] = _summed(late_samples(samples, sound, at_ms) for at_ms in starts)
        found["longer"] = {"count": 1, "most": len(samples) - len(sound)}
    print(json.dumps(found))


def _chapters(path: Path) -> list[float]:
    """When each begins, in milliseconds."""
    tagged: Any = File(path)
    if hasattr(tagged.tags, "getall"):
        return [frame.start_time for frame in tagged.tags.getall("CHAP")]
    with av.open(str(path)) as container:
        return [float(chapter["start"] * (chapter["time_base"] or 0) * 1000) for chapter in container.chapters()]


def _milliseconds(stamp: str) -> float:
    """Of ``hh:mm:ss.ttt``."""
    hours, minutes, seconds = stamp.split(":")
    return (int(hours) * 3600 + int(minutes) * 60 + float(seconds)) * 1000


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
