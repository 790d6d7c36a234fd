"""Voices are as loud as each other where they are heard, those that nobody measured beforehand too."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from tests.pipeline.conftest import CountingEngine

from narrate.errors import TakeError
from narrate.mix.calibrate import COMMON_LUFS, level_of, loudness_at
from narrate.model import Clip, Utterance
from narrate.pipeline.levelling import levelled
from narrate.speech import load_cast, load_voice, perform
from narrate.speech.piper import PiperEngine
from narrate.speech.pyttsx3 import Pyttsx3Engine

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.pipeline.conftest import Workshop

    from narrate.model import Take, Voice
    from narrate.pipeline.tools import Tools
    from narrate.speech import Engine

TEXTS = (
    "The dark web, a hidden part of the internet, has long been a hub for illegal activities.",
    "However, ongoing efforts are necessary to address the evolving tactics of criminals.",
    "Does it provide anonymity to its users?",
)


@pytest.fixture(scope="module")
def engines() -> Iterator[Mapping[str, Engine]]:
    """The real ones."""
    made: dict[str, Engine] = {"piper": PiperEngine(), "pyttsx3": Pyttsx3Engine("espeak")}
    yield made
    for engine in made.values():
        engine.close()


def tools_of(workshop: Workshop, engines: Mapping[str, Engine]) -> Tools:
    """The workshop's tools with these engines."""
    return replace(workshop.tools(), engines=engines)


def heard_lufs(voice: Voice, engines: Mapping[str, Engine]) -> float:
    """How loud a voice is after the compressor."""
    clips = [perform(Utterance(text, text, "en"), voice, engines[voice.engine]).clip for text in TEXTS]
    return loudness_at(clips, voice.level_db)


@pytest.mark.parametrize("name", ["duo", "espeak-duo"])
def test_two_voices_of_a_cast_are_as_loud_as_each_other(engines: Mapping[str, Engine], name: str) -> None:
    """Within 0.5 LU, as they are heard."""
    narrator = "joe" if name == "duo" else "espeak"
    names = {narrator, *load_cast(name).voices.values()}

    found = [heard_lufs(load_voice(each, engines), engines) for each in names]

    assert len(found) == 2
    assert max(found) - min(found) < 0.5


def test_voices_that_nobody_measured_are_measured(workshop: Workshop, engines: Mapping[str, Engine]) -> None:
    """A voice of the system has no preset: what it says once, and is kept, tells how loud it is."""
    tools = tools_of(workshop, engines)
    bare = tuple(replace(load_voice(name, engines), level_db=0.0) for name in ("espeak", "espeak-gb", "espeak:en-029"))

    voices = levelled(bare, tools)

    found = [heard_lufs(voice, engines) for voice in voices]
    assert max(abs(one - other) for one, other in pairwise(found)) < 0.5
    assert all(voice.level_db for voice in voices)
    assert abs(found[0] - COMMON_LUFS) < 0.5


@pytest.mark.engine
@pytest.mark.parametrize("name", ["joe", "espeak", "espeak-gb"])
def test_a_preset_would_get_its_own_level(workshop: Workshop, engines: Mapping[str, Engine], name: str) -> None:
    """What is said to be measured is as loud as an article: within 0.6 dB, of which a quarter of an LU is heard."""
    preset = load_voice(name, engines)

    (measured,) = levelled((replace(preset, level_db=0.0),), tools_of(workshop, engines))

    assert measured.level_db == pytest.approx(preset.level_db, abs=0.6)


def test_a_voice_is_measured_once(workshop: Workshop) -> None:
    """In whatever manner it speaks, in this run and the next; one with a level is not measured at all."""
    engine = CountingEngine()
    tools = tools_of(workshop, {"tone": engine})
    bare = engine.voices()[0]
    known = replace(bare, level_db=-3.0)

    first = levelled((bare, replace(bare, pitch=40, rate_wpm=160), known), tools)
    again = levelled((bare,), tools_of(workshop, {"tone": engine}))

    assert len(engine.spoken) == len(set(engine.spoken)) == 2  # its language is none that there are sentences for
    assert first[0].level_db == first[1].level_db == again[0].level_db != 0
    assert first[2] == known


class MuteEngine(CountingEngine):
    """Says nothing."""

    def speak(self, utterance: Utterance, voice: Voice) -> Take:
        """Refuse."""
        raise TakeError(f"no {voice.name} for {utterance.spoken}")


def test_what_cannot_be_measured_stays_as_it_is(workshop: Workshop) -> None:
    """The error comes where the voice has to speak, with the sentence."""
    engine = MuteEngine()
    bare = engine.voices()[0]

    assert levelled((bare,), tools_of(workshop, {"tone": engine})) == (bare,)


def test_silence_has_no_level() -> None:
    """Nothing to be heard is raised by nothing."""
    assert level_of([Clip(bytes(40_000), 22_050)]) == 0.0
