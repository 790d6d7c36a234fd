"""The tone engine obeys what `Engine` promises; it is the fake of every other room's tests."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.model import Utterance, Voice
from narrate.speech import perform
from narrate.speech.text import is_speakable, spoken_words
from narrate.speech.tone import ToneEngine

if TYPE_CHECKING:
    from collections.abc import Callable

    Say = Callable[[str], Utterance]

BEEP = Voice("tone", "tone", "beep", "und")
WORDS = st.lists(st.text("abcdefghijklmnopqrstuvwxyzäß", min_size=1, max_size=12), min_size=1, max_size=30).map(
    " ".join
)


def test_the_same_text_gives_the_same_take(say: Say) -> None:
    """The engine is deterministic, whoever makes it."""
    text = say("The same in, the same out.")

    takes = {ToneEngine().speak(text, BEEP) for _ in range(2)}

    assert len(takes) == 1


@given(WORDS)
def test_every_word_is_a_beep_between_silences(text: str) -> None:
    """Inside a word's time there is sound, outside of all words there is digital silence."""
    take = ToneEngine().speak(Utterance(text, text, "und"), BEEP)
    sound = np.frombuffer(take.clip.pcm, "<i2")
    spans = [(0, 0), *((word.start_samples, word.end_samples) for word in take.words), (sound.size, sound.size)]

    assert [(word.spoken_start, word.spoken_end) for word in take.words] == spoken_words(text)
    assert not any(sound[end:start].any() for (_, end), (start, _) in pairwise(spans))
    assert all(np.abs(sound[start:end]).max() > 3_000 for start, end in spans[1:-1])


@given(WORDS, st.integers(80, 450))
def test_takes_of_the_tone_engine_pass_the_checks(text: str, rate_wpm: int) -> None:
    """Its length is plausible at every rate, so tests of other rooms can go through `perform`."""
    voice = Voice("tone", "tone", "beep", "und", rate_wpm=rate_wpm)

    take = perform(Utterance(text, text, "und"), voice, ToneEngine())

    assert take.clip.samples == len(take.clip.pcm) // 2


@pytest.mark.parametrize("rate_wpm", [100, 175, 350])
def test_the_rate_is_words_a_minute(say: Say, rate_wpm: int) -> None:
    """Words of five letters take a minute divided by the rate."""
    text = say(" ".join(["seven"] * 60))

    take = ToneEngine().speak(text, Voice("tone", "tone", "beep", "und", rate_wpm=rate_wpm))

    assert take.clip.samples / take.clip.rate_hz == pytest.approx(60 * 60 / rate_wpm, rel=0.05)


def test_a_text_without_words_is_empty(say: Say) -> None:
    """Nothing to say is an empty clip, not a beep."""
    take = ToneEngine().speak(say("— … —"), BEEP)

    assert not is_speakable("— … —")
    assert take.clip.samples == 0
    assert take.words == ()
