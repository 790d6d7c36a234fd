"""What the tests of this room share."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from narrate.model import Utterance, Voice
from narrate.speech.piper import PiperEngine
from narrate.speech.pyttsx3 import Pyttsx3Engine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


JOE = Voice("joe", "piper", "en_US-joe-medium", "en-US")
ESPEAK = Voice("espeak", "pyttsx3", "gmw/en-us", "en-US")


@pytest.fixture
def say() -> Callable[[str], Utterance]:
    """An English utterance that is spoken as it is written."""
    return lambda text: Utterance(text, text, "en")


@pytest.fixture(scope="session")
def joe() -> Voice:
    """The default neural voice."""
    return JOE


@pytest.fixture(scope="session")
def computer() -> Voice:
    """The default rule voice."""
    return ESPEAK


@pytest.fixture(scope="session")
def piper() -> Iterator[PiperEngine]:
    """Piper, its model loaded once for all tests."""
    engine = PiperEngine()
    yield engine
    engine.close()


@pytest.fixture
def espeak() -> Iterator[Pyttsx3Engine]:
    """The engine of the system, eSpeak NG here, with a worker process of its own."""
    engine = Pyttsx3Engine("espeak")
    yield engine
    engine.close()


@pytest.fixture
def fake(tmp_path: Path) -> Iterator[Callable[..., Pyttsx3Engine]]:
    """Engines with a recorded driver in their worker process: ``fake("nsss", "slowly written")``."""
    made: list[Pyttsx3Engine] = []

    def make(driver: str, behaviour: str, limit_s: float = 10.0) -> Pyttsx3Engine:
        script = Path(__file__).with_name("fake_drivers.py")
        command = (sys.executable, "-P", str(script), behaviour, str(tmp_path / "first"))
        made.append(Pyttsx3Engine(driver, command, limit_s=limit_s, patience_s=0.3))
        return made[-1]

    yield make
    for engine in made:
        engine.close()
