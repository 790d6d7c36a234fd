"""Sentence starts as a recogniser hears them, beside those of the episode's cues.

    python bench/recogniser.py EPISODE_FOLDER --model FOLDER_OF_A_WHISPER_MODEL

Needs ``faster-whisper``, which is no dependency of narrate's, and a model in its form. Whisper stretches the first word
of a sentence back over the silence before it, by up to 650 ms; so silence is cut out first, by the detector of speech
that comes with the package (Silero), each word is put back by where its middle was, and starts no earlier than the
stretch of speech it is in. How much silence is left round speech decides which words it mishears: it listens five
times, and the median of the five is a sentence's start.
"""

from __future__ import annotations

import argparse
import json
import re
from difflib import SequenceMatcher
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

RATE_HZ = 16_000
PADS_MS = (20, 30, 40, 50, 60)
"""Silence that is left on each side of speech."""
_LEAST_SILENCE_MS = 100
_LEAST_SPEECH_MS = 50
_FAR_S = 0.1


def main() -> None:
    """Print what was heard, and how far off it is."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("episode", type=Path, help="the folder of an episode, with its MP3 and its JSON transcript")
    parser.add_argument("--model", required=True, help="the folder of a Whisper model")
    options = parser.parse_args()
    (sound,) = options.episode.glob("*.mp3")
    cues = json.loads(sound.with_suffix(".json").read_text(encoding="utf-8"))["segments"]
    heard = [starts(listened(sound, options.model, pad_ms), cues) for pad_ms in PADS_MS]
    known = sorted(set.union(*map(set, heard)))
    off_s = {cue: median(each[cue] for each in heard if cue in each) - cues[cue]["startTime"] for cue in known}
    far = {cue: by for cue, by in off_s.items() if abs(by) > _FAR_S}
    print(f"{len(cues)} sentences, {len(known)} recognised")
    print(f"off: median {1000 * median(map(abs, off_s.values())):.0f} ms, {len(known) - len(far)} within 100 ms")
    for cue, by in far.items():
        print(f"  {1000 * by:+.0f} ms: {cues[cue]['body'].strip()[:60]}")


def listened(sound: Path, model: str, pad_ms: int) -> list[tuple[str, float]]:
    """The words that are heard, and when each starts, in seconds."""
    from faster_whisper import WhisperModel
    from faster_whisper.audio import decode_audio
    from faster_whisper.vad import VadOptions, get_speech_timestamps

    audio = decode_audio(str(sound), sampling_rate=RATE_HZ)
    options = VadOptions(
        min_silence_duration_ms=_LEAST_SILENCE_MS, min_speech_duration_ms=_LEAST_SPEECH_MS, speech_pad_ms=pad_ms
    )
    spoken = get_speech_timestamps(audio, options)
    cut = np.concatenate([audio[each["start"] : each["end"]] for each in spoken])
    whisper = WhisperModel(model, device="cpu", compute_type="int8", cpu_threads=2)
    segments, _ = whisper.transcribe(cut, language="en", beam_size=1, word_timestamps=True)
    place = _places([(each["start"], each["end"]) for each in spoken])
    return [(word.word, place(word.start, word.end)) for segment in segments for word in segment.words]


def _places(spoken: Sequence[tuple[int, int]]) -> Any:  # noqa: ANN401 - a function of two numbers
    ends = np.cumsum([end - start for start, end in spoken])
    starts_at = np.concatenate(([0], ends[:-1]))

    def place(start_s: float, end_s: float) -> float:
        middle = (start_s + end_s) / 2 * RATE_HZ
        number = min(int(np.searchsorted(ends, middle, side="right")), len(spoken) - 1)
        inside = max(start_s * RATE_HZ - starts_at[number], 0.0)
        return float(spoken[number][0] + inside) / RATE_HZ

    return place


def starts(words: Sequence[tuple[str, float]], cues: Sequence[Mapping[str, Any]]) -> dict[int, float]:
    """When the first word of each cue is heard, for those whose first word was recognised."""
    ours = list(_first_words(cues))
    matcher = SequenceMatcher(None, [word for word, _ in ours], [_bare(word) for word, _ in words], autojunk=False)
    found: dict[int, float] = {}
    for a, b, size in matcher.get_matching_blocks():
        for step in range(size):
            cue = ours[a + step][1]
            if cue >= 0:
                found[cue] = words[b + step][1]
    return found


def _first_words(cues: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, int]]:
    """Every word of the cues, with its cue's number where it is the first, else -1."""
    for number, cue in enumerate(cues):
        for at, word in enumerate(re.findall(r"[\w'’.-]+", cue["body"])):
            yield _bare(word), number if at == 0 else -1


def _bare(word: str) -> str:
    return re.sub(r"\W", "", word.lower())


if __name__ == "__main__":
    main()
