"""Are captions and chapters where they are heard? ``python times.py EPISODE.mp3`` prints the errors as JSON.

The sound is decoded by FFmpeg's libraries, the captions are read by webvtt-py, the chapters by mutagen from the tag.
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
_HEARD = 0.3
"""Of the loudest nearby: above the dipped music, and above what a codec smears ahead of a sound."""


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


def main(path: Path) -> None:
    """Compare; a chapter at 0 begins with the file, not with a sound."""
    samples = samples_of(path)
    starts = [_milliseconds(caption.start) for caption in webvtt.read(str(path.with_suffix(".vtt"))).captions]
    chapters = [frame.start_time for frame in _frames(path, "CHAP") if frame.start_time]
    words = [*words_after_pauses(samples, path.with_name("timeline.json"))]
    found = {"cues": summary(samples, starts), "chapters": summary(samples, chapters), "words": _summed(words)}
    print(json.dumps(found))


def _frames(path: Path, name: str) -> list[Any]:
    tagged: Any = File(path)
    return list(tagged.tags.getall(name))


def _milliseconds(stamp: str) -> float:
    """Of ``hh:mm:ss.ttt``."""
    hours, minutes, seconds = stamp.split(":")
    return (int(hours) * 3600 + int(minutes) * 60 + float(seconds)) * 1000


if __name__ == "__main__":
    main(Path(sys.argv[1]))
