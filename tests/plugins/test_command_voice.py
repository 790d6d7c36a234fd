"""Somebody else's engine: one entry point and one class, installed as a package, and an episode spoken with it."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from mutagen import File

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    Narrate = Callable[..., subprocess.CompletedProcess[str]]

read: Any = File
PACKAGE = Path(__file__).parent / "command_voice"
HOW_TO = Path(__file__).parents[2] / "docs" / "how-to.md"

SAYER = """
import math, struct, sys, wave
file, text = sys.argv[1:]
if "silence" in text:
    sys.exit(3)
with wave.open(file, "wb") as sound:
    sound.setnchannels(1), sound.setsampwidth(2), sound.setframerate(16000)
    for word in text.split():
        n = 1200 * len(word)
        sound.writeframes(b"".join(struct.pack("<h", int(6000 * math.sin(i / 9))) for i in range(n)) + bytes(1600))
    sound.writeframes(bytes(3200))
"""
"""A command that speaks: a tone for each word."""


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that the package is installed in, as any installer of wheels would."""
    built, folder = tmp_path_factory.mktemp("built"), tmp_path_factory.mktemp("site")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(built)],
        cwd=PACKAGE,
        check=True,
        capture_output=True,
    )
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        wheel.extractall(folder)
    return folder


@pytest.fixture
def narrate(site: Path, tmp_path: Path) -> Narrate:
    """A process of narrate's beside that package, the command being a script of ours."""
    sayer = tmp_path / "sayer.py"
    sayer.write_text(SAYER, encoding="utf-8")
    environment = {
        "PYTHONPATH": str(site),
        "COMMAND_VOICE": f"'{sys.executable}' '{sayer}' {{file}} {{text}}",
        "NARRATE_CACHE_DIR": str(tmp_path / "cache"),
        "NARRATE_MUSIC": "none",
    }

    def call(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "narrate", *words],
            cwd=tmp_path,
            env=os.environ | environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )

    return call


def test_an_engine_that_is_installed_is_found_and_its_voice_listed(narrate: Narrate) -> None:
    """By its entry point alone; what it says of its voice stands in the columns."""
    listed = narrate("voices", "--engine", "command")

    row = listed.stdout.splitlines()[-1].split("\t")
    assert row == ["slt", "en-US", "command", "Flite, slt", "female", "unknown", "16000", "175", "unknown"]


def test_an_episode_is_made_with_it(narrate: Narrate, tmp_path: Path) -> None:
    """Spoken by the command, sentence by sentence, with captions and all."""
    (tmp_path / "bread.md").write_text("# Bread\n\nBread is old. It was baked before anyone wrote.\n", encoding="utf-8")

    made = narrate("make", "bread.md", "--voice", "slt", "--no-disclosure")

    assert made.returncode == 0, made.stderr
    audio = tmp_path / made.stdout.splitlines()[-1]
    assert read(audio).info.length == pytest.approx(6, abs=4)
    assert "It was baked before anyone wrote." in audio.with_suffix(".vtt").read_text(encoding="utf-8")


def test_a_sentence_that_the_command_refuses_is_named(narrate: Narrate, tmp_path: Path) -> None:
    """The error says which sentence, and what the command did."""
    (tmp_path / "still.md").write_text("# Still\n\nThere is silence.\n", encoding="utf-8")

    made = narrate("make", "still.md", "--voice", "slt")

    assert made.returncode == 1
    assert "There is silence." in made.stderr
    assert "exit status 3" in made.stderr


def test_the_how_to_shows_this_very_package() -> None:
    """What a reader copies from the page is what is tested here."""
    page = HOW_TO.read_text(encoding="utf-8")

    assert f"```python\n{(PACKAGE / 'command_voice.py').read_text(encoding='utf-8')}```" in page
    assert f"```toml\n{(PACKAGE / 'pyproject.toml').read_text(encoding='utf-8')}```" in page
