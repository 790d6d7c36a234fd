"""A sentence that fails whole is spoken in two halves, and long silences inside a take are cut down."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.errors import TakeError
from narrate.model import Clip, Pronunciation, Take, Utterance, Voice, WordTime
from narrate.speech import perform
from narrate.speech.check import check_take
from narrate.speech.halves import halves_of, joined
from narrate.speech.letters import unsayable
from narrate.speech.limits import HungError, patience_s, within
from narrate.speech.silences import LONGEST_MS, shortened
from narrate.speech.text import is_speakable, spoken_words
from narrate.speech.tone import ToneEngine

if TYPE_CHECKING:
    from collections.abc import Callable

    Say = Callable[[str], Utterance]

BEEP = Voice("tone", "tone", "beep", "und")
RATE_HZ = 22_050
TEXT = "The dark web, a hidden part of the internet, has long been a hub for illegal activities."


class Particular(ToneEngine):
    """Tones for texts that are short enough."""

    def __init__(self, most: int) -> None:
        self.asked: list[str] = []
        self.most = most

    def speak(self, utterance: Utterance, voice: Voice) -> Take:
        """Refuse what is too long."""
        self.asked.append(utterance.spoken)
        if len(utterance.spoken) > self.most:
            raise TakeError("too much at once")
        return super().speak(utterance, voice)


def test_what_fails_whole_is_spoken_in_two(say: Say) -> None:
    """Twice whole, then each half once; the take has every word, in order, of the whole text."""
    engine = Particular(60)

    take = perform(say(TEXT), BEEP, engine)

    assert engine.asked == [TEXT, TEXT, TEXT[:44] + " ", TEXT[45:]]
    check_take(take, say(TEXT), BEEP)
    assert [(word.spoken_start, word.spoken_end) for word in take.words] == spoken_words(TEXT)


def test_halves_that_fail_are_told(say: Say) -> None:
    """The message has both reasons; nothing is tried a fifth time."""
    engine = Particular(20)

    with pytest.raises(TakeError, match=r"tried twice \(too much at once\) and in two halves \(too much at once\)"):
        perform(say(TEXT), BEEP, engine)
    assert len(engine.asked) == 3


@given(st.text("ab ,.—", max_size=60), st.integers(0, 50), st.integers(1, 10))
def test_halves_are_the_whole(text: str, start: int, length: int) -> None:
    """They concatenate to the text, can both be heard, and part no word that has phonemes of its own."""
    whole = Utterance(text, text, "en", pronunciations=(Pronunciation(start, start + length, "a"),))

    halves = halves_of(whole)

    if halves:
        first, second = halves
        assert first.spoken + second.spoken == text
        assert is_speakable(first.spoken)
        assert is_speakable(second.spoken)
        assert not start < len(first.spoken) < start + length


def test_a_half_is_cut_at_a_clause_near_the_middle(say: Say) -> None:
    """Else at the space in the middle; one word is not parted."""
    assert [half.spoken for half in halves_of(say("One two three four, five six")) or ()] == [
        "One two three four, ",
        "five six",
    ]
    assert [half.spoken for half in halves_of(say("A, bb ccc dddd eeeee")) or ()] == ["A, bb ccc ", "dddd eeeee"]
    assert halves_of(say("Antidisestablishmentarianism.")) is None


def test_joined_halves_have_a_short_silence_between(say: Say) -> None:
    """Sound, 100 to 250 ms of silence, sound: what each engine leaves at its ends is gone."""
    half = ToneEngine().speak(say("one"), BEEP)

    take = joined(half, half, 4)

    loud = np.flatnonzero(np.abs(np.frombuffer(take.clip.pcm, "<i2").astype(int)) > 100)
    assert 100 < np.diff(loud).max() * 1000 / RATE_HZ < 250
    assert [(word.spoken_start, word.spoken_end) for word in take.words] == [(0, 3), (4, 7)]


def sounding(*lengths_ms: int) -> Clip:
    """Sound and silence by turns."""
    parts = [np.full(RATE_HZ * ms // 1000, 0 if turn % 2 else 9_000, "<i2") for turn, ms in enumerate(lengths_ms)]
    return Clip(np.concatenate(parts).tobytes(), RATE_HZ)


@given(st.lists(st.integers(20, 2_500), min_size=1, max_size=7))
def test_no_inner_silence_is_longer_than_allowed(lengths_ms: list[int]) -> None:
    """What sounds stays, silences are as they were or the longest there is, and words begin where their sound does."""
    clip = sounding(*lengths_ms)
    ends = np.cumsum([RATE_HZ * ms // 1000 for ms in lengths_ms])
    starts = [0, *ends[:-1]]
    words = [WordTime(int(a), int(b), n, n + 1) for n, (a, b) in enumerate(zip(starts, ends, strict=True))]

    take = shortened(Take(clip, tuple(words[::2]), ""))

    sound = np.frombuffer(take.clip.pcm, "<i2")
    assert np.count_nonzero(sound) == np.count_nonzero(np.frombuffer(clip.pcm, "<i2"))
    gaps = np.diff(np.flatnonzero(sound)) * 1000 / RATE_HZ
    assert gaps.max(initial=0) <= LONGEST_MS + 25
    for word in take.words:
        assert sound[word.start_samples : word.end_samples].all()


def test_a_take_without_long_silences_is_the_same(say: Say) -> None:
    """Nothing is copied."""
    take = ToneEngine().speak(say(TEXT), BEEP)

    assert shortened(take) is take


class Hanging(ToneEngine):
    """Never comes back."""

    def __init__(self) -> None:
        self.calls = 0

    def speak(self, utterance: Utterance, voice: Voice) -> Take:
        """Sleep for a minute."""
        self.calls += 1
        time.sleep(60)
        return super().speak(utterance, voice)


def test_an_engine_that_hangs_does_not_hang_narrate(say: Say) -> None:
    """Whatever an engine is made of, there is an error in time, and it is not asked again."""
    engine = Hanging()
    began = time.monotonic()

    with pytest.raises(TakeError, match=r"did not speak “Hello\.”, for it took longer than 0\.2 s"):
        perform(say("Hello."), BEEP, engine, lambda _text: 0.2)
    assert time.monotonic() - began < 5
    assert engine.calls == 1


def test_the_time_limit_follows_the_text() -> None:
    """A longer text has longer, and even one word has the time to load a model."""
    assert 60 < patience_s("Hello.") < patience_s("Hello." * 50)


def test_what_is_raised_in_time_is_raised() -> None:
    """An error of the work is one of narrate's; its result is the result."""
    with pytest.raises(TakeError, match="ZeroDivisionError"):
        within(5, lambda: 1 // 0)
    with pytest.raises(HungError):
        within(0.01, lambda: time.sleep(0.5))
    assert within(5, lambda: 7) == 7


@pytest.mark.parametrize("text", ["𓀀𓀁𓂀", "ᚠᚢᚦ", "ꦲꦏ", "ሰላም!", "កម្ពុជា", "สวัสดี", "မြန်မာ", "ᏣᎳᎩ", "𞤀𞤣𞤤𞤢𞤥"])
def test_letters_that_no_voice_knows_are_known_beforehand(say: Say, text: str) -> None:
    """An English voice is not asked to say hieroglyphs: the error says why, and what to do."""
    engine = Particular(100)

    with pytest.raises(TakeError, match="no sounds for"):
        perform(say(text), Voice("joe", "tone", "beep", "en"), engine)
    assert engine.asked == []
    assert not unsayable(f"The word {text}", "en")
    assert not unsayable(text, "und")


@pytest.mark.parametrize(
    ("text", "language"),
    [("ሰላም", "am"), ("ሰላም", "ti"), ("កម្ពុជា", "km-KH"), ("สวัสดี", "th"), ("привет", "en"), ("你好", "en"), ("𝔘𝟙", "en")],
)
def test_letters_that_a_voice_knows_or_spells_are_tried(text: str, language: str) -> None:
    """Those of its own language, and those that every voice has names for."""
    assert not unsayable(text, language)
