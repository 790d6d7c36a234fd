"""Takes that are being spoken are used as they come."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.pipeline.conftest import CountingEngine

from narrate.errors import TakeError
from narrate.model import Loudness, Utterance
from narrate.pipeline.order import Stage
from narrate.pipeline.performing import Takes, perform_all
from narrate.pipeline.surveying import Surveys

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.pipeline.conftest import Workshop

    from narrate.model import Take, Voice
    from narrate.pipeline.order import Event
    from narrate.pipeline.tools import Tools

WORDINGS = ("One is first.", "Two is second.", "Three is last.")


class WaitingEngine(CountingEngine):
    """Speaks the last wording when it is let, and in the end anyway."""

    def __init__(self) -> None:
        super().__init__()
        self.let = threading.Event()

    def speak(self, utterance: Utterance, voice: Voice) -> Take:
        """As a tone."""
        if utterance.spoken == WORDINGS[-1]:
            self.let.wait(5)
        return super().speak(utterance, voice)


class SilentEngine(CountingEngine):
    """Has nothing to say to the second wording, or a part of it."""

    def speak(self, utterance: Utterance, voice: Voice) -> Take:
        """As a tone, or empty."""
        take = super().speak(utterance, voice)
        return replace(take, clip=replace(take.clip, pcm=b""), words=()) if utterance.spoken in WORDINGS[1] else take


def takes_of(tools: Tools) -> tuple[Takes, tuple[Voice, ...]]:
    """Return the takes of all wordings, by the one voice."""
    voice = tools.engines["tone"].voices()[0]
    return Takes([(Utterance(text, text, "en"), voice) for text in WORDINGS], tools), (voice,)


def surveys_of(takes: Takes, voices: tuple[Voice, ...], tools: Tools) -> Surveys:
    """Their surveys, kept beside them."""
    return Surveys(takes, voices * len(takes), Loudness(), tools.cache)


@pytest.fixture
def tools_with(workshop: Workshop) -> Callable[[CountingEngine], Tools]:
    """Return tools whose engine is another."""

    def equipped(engine: CountingEngine) -> Tools:
        return replace(workshop.tools(), engines={"tone": engine})

    return equipped


def test_a_take_is_there_before_the_last_is_spoken(tools_with: Callable[[CountingEngine], Tools]) -> None:
    """Whoever works through the takes in order works beside the engine, not after it."""
    engine = WaitingEngine()
    takes, voices = takes_of(tools_with(engine))

    with perform_all(
        surveys_of(takes, voices, tools_with(engine)), voices, tools_with(engine), 2, lambda _: None
    ) as arriving:
        first = arriving[0]
        spoken_by_then = set(engine.spoken)
        engine.let.set()
        rest = arriving[1:]

    assert WORDINGS[-1] not in spoken_by_then
    assert [len(take.words) for take in (first, *rest)] == [3, 3, 3]
    assert sorted(engine.spoken) == sorted(WORDINGS)


def test_each_sentence_is_told_once_and_in_order(workshop: Workshop) -> None:
    """However the takes are asked for, the listener hears of every sentence that had to be spoken, once."""
    heard: list[Event] = []
    tools = workshop.tools()
    takes, voices = takes_of(tools)

    with perform_all(surveys_of(takes, voices, tools), voices, tools, 2, heard.append) as arriving:
        assert arriving[-1].words == takes[2].words
        assert arriving[0].words == takes[0].words

    assert [(event.stage, event.done, event.total, event.text) for event in heard] == [
        (Stage.SPEAK, done, 3, text) for done, text in enumerate(WORDINGS, 1)
    ]


def test_what_cannot_be_spoken_is_said_in_its_turn(tools_with: Callable[[CountingEngine], Tools]) -> None:
    """A take that comes back silent ends it where it is asked for, not before."""
    tools = tools_with(SilentEngine())
    takes, voices = takes_of(tools)

    with perform_all(surveys_of(takes, voices, tools), voices, tools, 1, lambda _: None) as arriving:
        assert arriving[0].words
        with pytest.raises(TakeError, match="Two is second"):
            arriving[1]
