"""Somebody else's engine that does not come back from a sentence: the command ends, and says which one it was."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Narrate = Callable[..., subprocess.CompletedProcess[str]]

ENGINE = """
import math, os, struct, time
from narrate.model import Clip, Take, Voice

class HangingEngine:
    name, concurrency = "hanging", 0

    def fingerprint(self, voice):
        return "hanging 1"

    def voices(self):
        return [Voice("hangman", "hanging", "hangman", "en-US")]

    def speak(self, utterance, voice):
        with open(os.environ["ASKED"], "a") as asked:
            print(utterance.spoken, file=asked)
        if "stuck" in utterance.spoken:
            time.sleep(3600)
        samples = 1200 * len(utterance.spoken)
        pcm = b"".join(struct.pack("<h", int(6000 * math.sin(at / 9))) for at in range(samples))
        return Take(Clip(pcm + bytes(3200), 16000), (), "hanging 1")

    def close(self):
        pass
"""
ARTICLE = "# Doors\n\nThe first door opened. The second door was stuck. The third door opened too.\n"
LIMIT_S = 2
IMPATIENT = f"import narrate.speech.limits as limits; limits._AT_LEAST_S, limits._A_CHARACTER_S = {LIMIT_S}, 0.0"
"""A time limit of two minutes is right for people, and too long for a test."""


@pytest.fixture
def narrate(tmp_path: Path) -> Narrate:
    """A process of narrate's with that engine installed, which has two seconds for a sentence."""
    site = tmp_path / "site"
    about = site / "hanging-1.0.dist-info"
    about.mkdir(parents=True)
    (site / "hanging.py").write_text(ENGINE, encoding="utf-8")
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: hanging\nVersion: 1.0\n", encoding="utf-8")
    (about / "entry_points.txt").write_text("[narrate.engines]\nhanging = hanging:HangingEngine\n", encoding="utf-8")
    (tmp_path / "doors.md").write_text(ARTICLE, encoding="utf-8")
    environment = {
        "PYTHONPATH": os.pathsep.join([str(site), os.environ.get("PYTHONPATH", "")]),
        "ASKED": str(tmp_path / "asked"),
        "NARRATE_CACHE_DIR": str(tmp_path / "cache"),
        "NARRATE_MUSIC": "none",
    }
    program = f"{IMPATIENT}; from narrate.cli import main; main()"

    def call(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", program, *words],
            cwd=tmp_path,
            env=os.environ | environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )

    return call


def asked_for(tmp_path: Path) -> list[str]:
    """What the engine was asked to say."""
    return (tmp_path / "asked").read_text(encoding="utf-8").splitlines()


def test_the_command_ends_with_the_sentence(narrate: Narrate, tmp_path: Path) -> None:
    """Exit code 1 and one sentence; the engine is not asked again, and the thread that hangs holds nothing up."""
    said = narrate("make", "-q", "--engine", "hanging", "doors.md")

    assert said.returncode == 1
    assert f"“The second door was stuck.”, for it took longer than {LIMIT_S} s" in said.stderr
    assert "Traceback" not in said.stderr
    assert sum("stuck" in text for text in asked_for(tmp_path)) == 1
    assert not list(tmp_path.glob("out/*/*/*.mp3"))


def test_what_hangs_can_be_skipped(narrate: Narrate, tmp_path: Path) -> None:
    """The episode has the rest, and a notice; the report and the coverage have the sentence; exit code 1."""
    said = narrate("make", "--engine", "hanging", "--on-error", "skip", "--json", "doors.md")

    document = json.loads(said.stdout)
    (transcript,) = tmp_path.glob("out/*/*/*.vtt")
    (left,) = document["episodes"][0]["left_out"]
    words = document["episodes"][0]["words"]
    assert said.returncode == 1
    assert document["ok"] is False
    assert left["text"] == "The second door was stuck."
    assert f"longer than {LIMIT_S} s" in left["reason"]
    assert "The third door opened too." in transcript.read_text(encoding="utf-8")
    assert "A passage is left out here" in transcript.read_text(encoding="utf-8")
    assert words["skipped"] == {"on_error = skip": 5}
    assert sum("stuck" in text for text in asked_for(tmp_path)) == 1
