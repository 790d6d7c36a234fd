"""Takes that sound a little like speech, and scripts for them, without an engine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, overload

import numpy as np
import pytest

from narrate.mix import Score, Survey, lay_out, load_music, survey
from narrate.model import (
    Clip,
    Loudness,
    Margin,
    MusicChoice,
    MusicPart,
    Pauses,
    Role,
    Script,
    Segment,
    Take,
    Timeline,
    Utterance,
    Voice,
    WordTime,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

VOICE = Voice("tin", "tone", "tin", "en")


def _say(  # noqa: PLR0913 - every law varies something else
    seconds: float = 1.0,
    *,
    rate_hz: int = 22_050,
    before_ms: int = 20,
    after_ms: int = 200,
    level: float = 0.15,
    pitch_hz: float = 110.0,
    words: tuple[WordTime, ...] = (),
) -> Take:
    """A buzz with the spectrum of a vowel that swells four times a second, and silence round it."""
    time = np.arange(round(seconds * rate_hz)) / rate_hz
    buzz = sum(np.sin(2 * np.pi * pitch_hz * n * time + n * n) / n for n in range(1, 20))
    swell = 0.02 + np.abs(np.cos(2 * np.pi * 2.0 * time)) ** 0.7 * (0.6 + 0.4 * np.sin(2 * np.pi * 0.3 * time))
    around = (rate_hz * before_ms // 1000, rate_hz * after_ms // 1000)
    samples = np.pad(np.clip(level * buzz * swell, -1, 1), around)
    return Take(Clip(np.round(samples * 32767).astype("<i2").tobytes(), rate_hz), words, "fake")


def _perform(script: Script) -> list[Take]:
    """A take for every utterance, longer for longer texts, each at a pitch of its own."""
    spoken = [utterance.spoken for _, utterance in script.spoken()]
    return [_say(0.4 + 0.06 * len(text), pitch_hz=100 + 7 * (n % 9)) for n, text in enumerate(spoken)]


def _segment(
    role: Role,
    *texts: str,
    pause_ms: int = 700,
    chapter: str | None = None,
    music: MusicPart | None = None,
    skip: bool = False,
) -> Segment:
    """A segment with an utterance for each text."""
    last = len(texts) - 1
    said = tuple(Utterance(text, text, "en", pause_ms=0 if n == last else 350) for n, text in enumerate(texts))
    return Segment("", role, said, pause_ms, chapter=chapter, music=music, skip=skip)


def _write(*segments: Segment) -> Script:
    """A script of these segments, each with an id of its own."""
    return Script("A title", "en", tuple(replace(one, id=f"s{number}") for number, one in enumerate(segments)))


class _Surveys(Sequence[Survey]):
    """Takes, each surveyed when it is asked for."""

    def __init__(self, takes: Sequence[Take], voice: Voice, wanted: Loudness) -> None:
        self._takes, self._level_db, self._wanted = takes, voice.level_db, wanted

    def __len__(self) -> int:
        return len(self._takes)

    @overload
    def __getitem__(self, index: int) -> Survey: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Survey]: ...
    def __getitem__(self, index: int | slice) -> Survey | Sequence[Survey]:
        if isinstance(index, slice):
            return [self[position] for position in range(len(self))[index]]
        return survey(self._takes[index], self._level_db, self._wanted)


@pytest.fixture(scope="session")
def say() -> Callable[..., Take]:
    """Makes a take of so many seconds of sound."""
    return _say


@pytest.fixture(scope="session")
def perform() -> Callable[[Script], list[Take]]:
    """Makes the takes of a script."""
    return _perform


@pytest.fixture(scope="session")
def segment() -> Callable[..., Segment]:
    """Makes a segment from a role and texts."""
    return _segment


@pytest.fixture(scope="session")
def write() -> Callable[..., Script]:
    """Makes a script from segments."""
    return _write


@pytest.fixture(scope="session")
def article() -> Script:
    """A short article as the script room would write it, with intro and outro."""
    return _write(
        _segment(Role.TITLE, "A title", pause_ms=800, chapter="Introduction", music=MusicPart.INTRO),
        _segment(Role.ANNOUNCEMENT, "A voice of tin.", pause_ms=1000),
        _segment(Role.BODY, "One sentence of many words that takes its time.", "And another.", "A third."),
        _segment(Role.HEADING, "A heading", pause_ms=600, chapter="A heading"),
        _segment(Role.BODY, "Its text, which goes on for some time as well.", "More of it.", pause_ms=1200),
        _segment(Role.ANNOUNCEMENT, "End of article.", pause_ms=300, music=MusicPart.OUTRO),
    )


@pytest.fixture(scope="session")
def music() -> Score:
    """The piece that narrate has of its own."""
    return load_music(MusicChoice())


@pytest.fixture(scope="session")
def lay() -> Callable[..., Timeline]:
    """Lays out a script with its takes, without music where none is given."""

    def lay(  # noqa: PLR0913, PLR0917 - every law varies something else
        script: Script,
        takes: Sequence[Take] | None = None,
        score: Score | None = None,
        voice: Voice = VOICE,
        loudness: Loudness | None = None,
        margins: Mapping[str, Margin] = MappingProxyType({}),
    ) -> Timeline:
        spoken = _perform(script) if takes is None else takes
        wanted = loudness or Loudness()
        surveys = _Surveys(spoken, voice, wanted)
        return lay_out(script, surveys, [voice] * len(spoken), score or Score(), wanted, Pauses(), margins)

    return lay
