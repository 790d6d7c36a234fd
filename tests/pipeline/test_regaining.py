"""Where the voices' gain goes a step further, all is encoded again, and that is said; nothing else says it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.pipeline.conftest import CountingEngine

from narrate.episode.timelinefile import gains_in

if TYPE_CHECKING:
    from pathlib import Path

    from tests.pipeline.conftest import Workshop

    from narrate.model import Take, Utterance, Voice

ARTICLE = "# Bread\n\n" + "".join(f"This is sentence number {number} of the story.\n\n" for number in range(12))
QUIET = ARTICLE.replace("number 6 of", "number six, whispered, of")


class Whispering(CountingEngine):
    """Says some sentences softly."""

    def speak(self, utterance: Utterance, voice: Voice) -> Take:
        """As a tone, at a third of its level where it is to be whispered."""
        take = super().speak(utterance, voice)
        if "whispered" not in utterance.spoken:
            return take
        pcm = (np.frombuffer(take.clip.pcm, "<i2") // 3).astype("<i2").tobytes()
        return replace(take, clip=replace(take.clip, pcm=pcm))


@pytest.fixture(autouse=True)
def whispering(workshop: Workshop) -> None:
    """The workshop's engine whispers where it is asked to."""
    workshop.engine = Whispering()


def timeline(workshop: Workshop) -> Path:
    """The timeline's file of the only episode."""
    (path,) = workshop.show.glob("*/timeline.json")
    return path


def gain_db(workshop: Workshop) -> float:
    """The gain that the voices got, as the timeline's file has it."""
    with timeline(workshop).open(encoding="utf-8") as lines:
        return gains_in(lines)["mp3"]


def told(workshop: Workshop, text: str, target_lufs: float = -16.0) -> list[str]:
    """What is said of encoding when a text is made."""
    options = {"loudness.target_lufs": target_lufs}
    (made,) = workshop.make(workshop.write("bread.md", text), **options).made
    return [each for each in made.warnings if "encoded again" in each]


def test_an_edit_that_moves_the_gain_says_so(workshop: Workshop) -> None:
    """One sentence is spoken, every unit with sound is encoded anew, and a sentence says why, with both gains."""
    assert told(workshop, ARTICLE) == []
    before, before_db = workshop.form.encoded.copy(), gain_db(workshop)

    (said,) = told(workshop, QUIET)

    assert workshop.engine.spoken == ["This is sentence number six, whispered, of the story."]
    assert len(workshop.form.encoded) >= len(before)  # one that comes out too high is encoded twice
    assert gain_db(workshop) > before_db
    assert int(said.split()[0]) >= len(before)
    assert f"went from {before_db:.1f} to {gain_db(workshop):.1f} dB" in said


def test_an_edit_that_does_not_move_it_says_nothing(workshop: Workshop) -> None:
    """Only a few units are encoded; a remake of the same, none."""
    told(workshop, ARTICLE)
    all_of_it = len(workshop.form.encoded)

    assert told(workshop, ARTICLE.replace("number 6 of", "number 7 of")) == []
    assert len(workshop.form.encoded) < all_of_it / 2
    assert told(workshop, ARTICLE) == []


def test_what_is_spoken_anew_anyway_says_nothing(workshop: Workshop) -> None:
    """Another article under the same name is no edit."""
    told(workshop, ARTICLE)

    assert told(workshop, ARTICLE.replace("This is", "That was"), -14.0) == []


@pytest.mark.parametrize("damage", ["", '{"narrate_timeline":1,\n"masters":[["mp3"\n', "\n"])
def test_a_timeline_that_was_altered_is_no_obstacle(workshop: Workshop, damage: str) -> None:
    """The episode is made again, and nothing is said of a gain that nobody knows."""
    told(workshop, ARTICLE)
    timeline(workshop).write_text(damage, encoding="utf-8")

    assert told(workshop, ARTICLE, -15.0) == []
    assert json.loads(timeline(workshop).read_text(encoding="utf-8"))["target_lufs"] == -15.0


@pytest.mark.parametrize("stereo", [False, True])
def test_both_files_tell_the_channels(workshop: Workshop, *, stereo: bool) -> None:
    """Of the timeline and of the manifest."""
    workshop.make(workshop.write("bread.md", "# Bread\n\nIt is old.\n"), stereo=stereo)

    told = [json.loads(path.read_text(encoding="utf-8")) for path in workshop.show.glob("*/*.json")]
    assert [each["channels"] for each in told if "channels" in each] == [2 if stereo else 1] * 2
