"""Killed at any moment, and many at once: what is there afterwards is what there would have been anyway."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import feedparser
import pytest

from narrate.model import FileRole
from narrate.pipeline.making import make
from narrate.pipeline.order import Order
from narrate.pipeline.tools import Tools
from narrate.runtime.cache import Cache
from narrate.runtime.plugins import load
from narrate.speech.pyttsx3 import Pyttsx3Engine

if TYPE_CHECKING:
    from tests.pipeline.conftest import Workshop

    from narrate.model import Take, Utterance, Voice

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are killed in forks")
JOBS = 2


def run(root: Path, what: str) -> Any:  # noqa: ANN401 # a JSON document
    """What `killed.py` found."""
    program = [sys.executable, "-m", "tests.pipeline.killed", str(root), what]
    home = Path(__file__).parents[2]
    done = subprocess.run(program, capture_output=True, timeout=300, check=True, cwd=home)
    return json.loads(done.stdout)


def test_a_make_that_is_killed_and_run_again(tmp_path: Path) -> None:
    """At twenty moments and while files get their places: three laws, of one experiment that takes long."""
    crash = run(tmp_path, "crash")

    ends_as_an_undisturbed_one(crash)
    no_finished_sentence_is_spoken_twice(crash)
    no_half_of_a_file_is_left(crash)


def ends_as_an_undisturbed_one(crash: Any) -> None:  # noqa: ANN401 # a JSON document
    """Byte for byte, a new episode and a remade one alike, with nothing left behind."""
    for turn, one in enumerate(crash["runs"]):
        assert one["code"] == 0
        assert one["files"] == crash["remade" if turn % 2 else "new"]["files"]
        assert {name for name in one["left"] if not name.startswith(("lock", "index"))} == set()
    assert all(one["killed"] for one in crash["runs"])


def no_finished_sentence_is_spoken_twice(crash: Any) -> None:  # noqa: ANN401 # as above
    """After a kill only what was not kept is spoken and encoded; a kill costs at most what was in hand."""
    for one in crash["runs"]:
        for place, kind in enumerate(("takes", "units")):
            earlier, kept, final = (one[when].get(kind, 0) for when in ("earlier", "kept", "final"))
            before, after = one["before"][place], one["after"][place]
            assert len(after) == len(set(after)) == final - kept
            assert len(set(before) & set(after)) <= JOBS
            assert len(before) - (kept - earlier) in range(JOBS + 1)


def no_half_of_a_file_is_left(crash: Any) -> None:  # noqa: ANN401 # as above
    """Before anybody mends anything, each file is the one of before or the one of after."""
    for turn, one in enumerate(crash["runs"]):
        kind = crash["remade" if turn % 2 else "new"]
        assert set(kind["old"]) <= set(one["there"])
        for name, digest in one["there"].items():
            assert digest in {kind["old"].get(name), kind["files"].get(name)}


def test_ten_at_once_are_ten_episodes(tmp_path: Path) -> None:
    """Ten processes that make articles of one title in one show: each is in the feed, under a name of its own."""
    found = run(tmp_path, "many")
    show = tmp_path / "out" / "narrated-articles"
    feed = feedparser.parse(show / "feed.xml")

    assert found["codes"] == [0] * 10
    assert not feed.bozo
    sounds = [Path(entry.enclosures[0].href).name for entry in feed.entries]
    assert len(sounds) == len(set(sounds)) == len({entry.id for entry in feed.entries}) == 10
    assert {path.name for path in show.glob("*/*.mp3")} == set(sounds)
    for entry in feed.entries:
        sound = next(show.glob(f"*/{Path(entry.enclosures[0].href).name}"))
        assert int(entry.enclosures[0].length) == sound.stat().st_size
    assert sorted(int(entry.itunes_episode) for entry in feed.entries) == list(range(1, 11))


def kill(process: int) -> None:
    """Kill a process, unless the last shot hit it after its answer."""
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)


class Murdered(Pyttsx3Engine):
    """eSpeak NG whose worker is killed once in most sentences, at a moment of chance while it speaks."""

    def __init__(self, kills: int) -> None:
        super().__init__()
        self.left = kills
        self.asked: list[str] = []
        self._chance = random.Random(20_261_124)  # noqa: S311 # it hides nothing

    def speak(self, utterance: Utterance, voice: Voice) -> Take:
        """Speak, while somebody takes aim."""
        first = utterance.spoken not in self.asked
        self.asked.append(utterance.spoken)
        if first and self.left and self._worker is not None:
            self.left -= 1
            shot = threading.Timer(self._chance.uniform(0, 0.004), kill, (self._worker.pid,))
            shot.start()
            try:
                return super().speak(utterance, voice)
            finally:
                shot.join()
        return super().speak(utterance, voice)


@pytest.mark.engine
def test_a_worker_that_is_killed_costs_no_sentence(workshop: Workshop) -> None:
    """Its process killed twenty times, eSpeak's episode has all its words, each sentence asked for twice at most."""
    sentences = [f"Sentence {number} of many is spoken here." for number in range(24)]
    article = workshop.write("many.md", "# Many\n\n" + " ".join(sentences) + "\n")
    engine = Murdered(20)
    tools = Tools(load("narrate.readers"), {"pyttsx3": engine}, {"mp3": workshop.form}, Cache(workshop.cache))
    with tools:
        order = Order((str(article),))
        result = make(order, workshop.settings(engine="pyttsx3", voice="espeak"), tools, lambda _: None)

    assert not result.failed
    assert engine.left == 0
    made = result.made[0]
    assert made.spoken == made.utterances == len(sentences) + 3
    assert max(engine.asked.count(text) for text in engine.asked) <= 2
    transcript = made.episode.file(FileRole.VTT)
    assert transcript
    text = (workshop.show / made.episode.slug / transcript.name).read_text(encoding="utf-8")
    assert all(sentence in text for sentence in sentences)
