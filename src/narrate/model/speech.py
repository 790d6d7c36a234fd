"""Voices, and what they were heard to say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from narrate.model.script import Role


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice preset: which engine, which of its voices, and how it speaks.

    `rate_wpm` is in words a minute, `pitch` 0-100 with 50 natural (eSpeak's scale),
    `level_db` a gain that brings the engine's raw loudness to a common one, 0 where nobody measured it. `label`
    is how show notes name the voice; `disclosure` the sentence that says a machine reads.
    `pauses` are silences of its own, by their names in `Pauses`, in milliseconds. `repeatable` asks an engine that
    speaks a text differently each time for the same sound every time.
    What comes after is told to people and changes no sound: each is "" where nobody knows,
    and `rate_hz`, the samples a second of its clips at its natural pitch, is 0.
    """

    name: str
    engine: str
    id: str
    language: str
    rate_wpm: int = 175
    pitch: int = 50
    level_db: float = 0.0
    label: str = ""
    disclosure: str = "This article is read by a computer voice."
    disclosure_spoken: str = ""
    pauses: tuple[tuple[str, int], ...] = ()
    repeatable: bool = False
    gender: str = ""
    licence: str = ""
    quality: str = ""
    rate_hz: int = 0


@dataclass(frozen=True, slots=True)
class Cast:
    """Which voice preset speaks which role; roles that are not named have the narrator's voice."""

    name: str
    voices: Mapping[Role, str]


@dataclass(frozen=True, slots=True)
class Clip:
    """Mono sound: signed 16-bit little-endian PCM at `rate_hz`."""

    pcm: bytes
    rate_hz: int

    @property
    def samples(self) -> int:
        """Length in samples at `rate_hz`."""
        return len(self.pcm) // 2


@dataclass(frozen=True, slots=True)
class WordTime:
    """When ``spoken[spoken_start:spoken_end]`` is heard, in samples of the clip it belongs to.

    `estimated` where the engine tells no times and they were worked out from the text.
    """

    start_samples: int
    end_samples: int
    spoken_start: int
    spoken_end: int
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class Take:
    """One spoken performance of an utterance; words in order, never overlapping, inside the clip."""

    clip: Clip
    words: tuple[WordTime, ...]
    fingerprint: str
