"""``--on-error skip``: the episode is there, and nobody overlooks what it lacks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Said

    Run = Callable[..., Said]

pytestmark = pytest.mark.engine
SCRIPT = """narrate_script: 1
title: "Signs"
language: en
segments:
- say:
  - "The Egyptians wrote these signs."
- say:
  - written: "𓀀𓀁𓂀"
    spoken: "𓀀𓀁𓂀"
- say:
  - "Nobody speaks them now."
"""


@pytest.fixture
def script() -> str:
    """A script that asks for a line that no English voice can say."""
    Path("signs.yaml").write_text(SCRIPT, encoding="utf-8")
    return "signs.yaml"


def test_by_itself_it_stops_and_says_why(narrate: Run, script: str) -> None:
    """Exit code 1, one sentence with what to do, and no episode."""
    said = narrate("make", "-q", "--engine", "pyttsx3", script)

    assert said.code == 1
    assert "it has no sounds for Egyptian letters" in said.refusal
    assert not list(Path().glob("out/*/*/*.mp3"))


def test_skipped_lines_are_told(narrate: Run, script: str) -> None:
    """Exit code 1 and the episode: a line of the report, a notice in the transcript, a line of the notes."""
    said = narrate("make", "--engine", "pyttsx3", "--on-error", "skip", script)

    (transcript,) = Path().glob("out/*/*/*.vtt")
    (feed,) = Path().glob("out/*/feed.xml")
    assert said.code == 1
    assert "left out of" in said.err
    assert said.last.endswith("signs.mp3")
    assert "A passage is left out here" in transcript.read_text(encoding="utf-8")
    assert "Nobody speaks them now." in transcript.read_text(encoding="utf-8")
    assert "Left out, because the voice could not speak it: “𓀀𓀁𓂀”" in feed.read_text(encoding="utf-8")


def test_skipped_lines_are_in_the_document(narrate: Run, script: str) -> None:
    """``--json`` has them, each with its reason, and says that not all is well."""
    document = narrate("make", "--json", "--engine", "pyttsx3", "--on-error", "skip", script).json()

    (left,) = document["episodes"][0]["left_out"]
    assert document["ok"] is False
    assert left["text"] == "𓀀𓀁𓂀"
    assert "Egyptian" in left["reason"]
