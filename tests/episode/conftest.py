"""Timelines built by hand, and the sound that goes with them: bursts of tone, each a unit of its own."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING, Any

import av
import numpy as np
import pytest
import yaml

from narrate.episode.formats.format import encoded
from narrate.episode.formats.mp3 import Mp3
from narrate.model import (
    FRAME_SAMPLES,
    RATE_HZ,
    Chapter,
    Cue,
    Episode,
    EpisodeFile,
    FileRole,
    Role,
    Timeline,
    Unit,
    Voice,
    Word,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROOT = Path(__file__).parents[2]
TAIL = 1_105
"""Samples of silence that end a unit."""


@dataclass(frozen=True)
class Sound:
    """A timeline, the samples of its units, and their encoded frames."""

    timeline: Timeline
    samples: tuple[np.ndarray, ...]
    encoded: tuple[bytes, ...]

    @property
    def whole(self) -> np.ndarray:
        """All samples, one unit after the other."""
        return np.concatenate(self.samples)


def burst(frames: int, seed: int) -> np.ndarray:
    """A unit: coloured noise over a tone, from its first sample on (in 5 ms), then silence."""
    if frames == 1:
        return np.zeros(FRAME_SAMPLES, np.int16)
    noise = np.random.default_rng(seed)
    length = frames * FRAME_SAMPLES - TAIL
    time = np.arange(length) / RATE_HZ
    smooth = np.convolve(noise.normal(size=length), np.ones(12) / 12, "same")
    tone = 6000 * np.sin(2 * np.pi * (180 + 40 * seed) * time) * np.exp(-2 * time) + 3000 * smooth
    fade = np.minimum(1, np.arange(length)[::-1] / 3_000) ** 2 * np.minimum(1, np.arange(length) / 220)
    return np.concatenate([tone * fade, np.zeros(TAIL)]).astype(np.int16)


def plain_timeline(frames: Sequence[int]) -> Timeline:
    """A timeline of units of so many frames, one after the other, and nothing else."""
    starts = np.cumsum([0, *frames]).tolist()
    placed = enumerate(zip(starts, frames, strict=False))
    units = tuple(Unit(start, each, index, index + 1) for index, (start, each) in placed)
    return Timeline(units, (), (), (), -3.0, -1.5, -16.0)


@pytest.fixture(scope="session")
def timeline_of() -> Callable[[Sequence[int]], Timeline]:
    """A timeline of units of so many frames."""
    return plain_timeline


@pytest.fixture(scope="session")
def cue() -> Callable[..., Cue]:
    """A sentence with its words."""
    return sentence


@pytest.fixture(scope="session")
def sound() -> Sound:
    """Nine seconds in six units, the third as long as a frame."""
    frames = (80, 45, 1, 120, 33, 70)
    samples = tuple(burst(each, seed) for seed, each in enumerate(frames))
    units = tuple(encoded(Mp3().coder(), unit, each) for unit, each in zip(samples, frames, strict=True))
    return Sound(plain_timeline(frames), samples, units)


@pytest.fixture(scope="session")
def written(sound: Sound) -> bytes:
    """The file of `sound`, without a tag."""
    out = BytesIO()
    Mp3().coder().join(out, b"", sound.encoded, sound.timeline)
    return out.getvalue()


@pytest.fixture(scope="session")
def decode() -> Callable[[bytes], np.ndarray]:
    """FFmpeg's libraries, as PyAV brings them: all samples of an MP3, ends trimmed as its Info frame says."""

    def decoded(data: bytes) -> np.ndarray:
        with av.open(BytesIO(data), "r", format="mp3") as container:
            frames = [frame.to_ndarray().reshape(-1) for frame in container.decode(audio=0)]
        return np.concatenate(frames) * 32768

    return decoded


@pytest.fixture(scope="session")
def tool() -> Callable[..., str]:
    """What a program of somebody else's says, where it is installed; PyAV and mutagen judge everywhere."""

    def run(name: str, *arguments: str) -> str:
        if not which(name):
            pytest.skip(f"{name} is not installed here; PyAV and mutagen are the judges")
        return subprocess.run([name, *arguments], capture_output=True, text=True, check=True).stdout

    return run


@pytest.fixture(scope="session")
def golden() -> dict[str, Any]:
    """The golden reference of the seed article."""
    path = ROOT / "seeds" / "000_8b5a2423189e2da9.golden.yaml"
    return dict(yaml.load(path.read_text("utf-8"), yaml.CSafeLoader))


@pytest.fixture(scope="session")
def seed_timeline(golden: dict[str, Any]) -> Timeline:
    """The seed's timeline: its sentences a few words a second, its chapters where the reference has them."""
    cues, at, openings = list[Cue](), 2_500, dict[str, str]()
    for index, segment in enumerate(golden["segments"]):
        name = f"{index:08x}-1"
        openings.setdefault(segment.get("chapter"), name)
        for say in segment["say"]:
            cues.append(sentence(at, say["written"], name, Role(segment["role"])))
            at = cues[-1].end_ms + 350
    timeline = replace(plain_timeline([at * 441 // 10 // FRAME_SAMPLES + 1]), cues=tuple(cues))
    starts = [_ms(chapter["start"]) for chapter in golden["chapters"]]
    ends = [*starts[1:], timeline.duration_ms]
    titles = [chapter["title"] for chapter in golden["chapters"]]
    rows = zip(starts, ends, titles, strict=True)
    return replace(timeline, chapters=tuple(Chapter(*row, openings[row[2]]) for row in rows))


def sentence(start_ms: int, text: str, segment: str = "s1", role: Role = Role.BODY, voice: str = "joe") -> Cue:
    """A cue with its words, 60 ms a letter."""
    words, at = list[Word](), start_ms
    for word in text.split():
        words.append(Word(at, at + 55 * len(word), word))
        at += 60 * (len(word) + 1)
    added = role is Role.ANNOUNCEMENT
    return Cue(start_ms, max(at, start_ms + 1), text, segment, role, voice, "en-US", tuple(words), added)


def _ms(clock: str) -> int:
    """Milliseconds of HH:MM:SS, 137 past every second but the first: a start is seldom a whole second."""
    hours, minutes, seconds = map(int, clock.split(":"))
    total = (hours * 60 + minutes) * 60 + seconds
    return total * 1000 + (137 if total else 0)


@pytest.fixture(scope="session")
def joe() -> Voice:
    """The neural voice's preset, as far as notes need it."""
    disclosure = "This article is read by an AI voice."
    return Voice("joe", "piper", "en_US-joe-medium", "en-US", label="Piper, en_US-joe-medium", disclosure=disclosure)


@pytest.fixture(scope="session")
def seed_episode(golden: dict[str, Any], seed_timeline: Timeline) -> Episode:
    """The seed as an episode with all its files."""
    slug = golden["episode"]["slug"]
    names = {
        FileRole.AUDIO: (f"{slug}.mp3", "audio/mpeg"),
        FileRole.COVER: ("cover.jpg", "image/jpeg"),
        FileRole.VTT: (f"{slug}.vtt", "text/vtt"),
        FileRole.SRT: (f"{slug}.srt", "application/x-subrip"),
        FileRole.TRANSCRIPT_JSON: (f"{slug}.json", "application/json"),
        FileRole.TRANSCRIPT_HTML: (f"{slug}.html", "text/html"),
        FileRole.TRANSCRIPT_TEXT: (f"{slug}.txt", "text/plain"),
        FileRole.CHAPTERS: ("chapters.json", "application/json+chapters"),
        FileRole.SCRIPT: ("script.yaml", "application/yaml"),
        FileRole.TIMELINE: ("timeline.json", "application/json"),
        FileRole.BOOK: (f"{slug}.epub", "application/epub+zip"),
        FileRole.AUDIOBOOK: (f"{slug}.lpf", "application/lpf+zip"),
        FileRole.PAGE: ("index.html", "text/html"),
    }
    first = " ".join(say["written"] for say in golden["segments"][2]["say"][:2])
    return Episode(
        guid="0b9f6a0e-8f51-4c8e-9a55-0c8d7f2f5f0a",
        identity=f"title:{golden['episode']['title'].lower()}",
        slug=slug,
        title=golden["episode"]["title"],
        language="en",
        published=datetime(2026, 11, 24, 8, 5, 6, tzinfo=UTC),
        duration_ms=seed_timeline.duration_ms,
        files=tuple(EpisodeFile(role, *name, 3_211_004, "5e" * 32) for role, name in names.items()),
        chapters=seed_timeline.chapters,
        summary=first,
        description_html=golden["show_notes_html"],
        voice="Piper, en_US-joe-medium",
        number=12,
        fingerprints=("piper 1.8.0 en_US-joe-medium " + "ab" * 16, "lameenc 1.9.0, 44100 Hz mono CBR 96, quality 7"),
    )


@pytest.fixture(scope="session")
def probe(tool: Callable[..., str]) -> Callable[[Path], dict[str, Any]]:
    """What ffprobe says of a file."""

    def probed(path: Path) -> dict[str, Any]:
        shown = ("-show_format", "-show_streams", "-show_chapters")
        return dict(json.loads(tool("ffprobe", "-v", "error", *shown, "-of", "json", str(path))))

    return probed
