"""Stressed words are heard: longer, and nothing else is changed for good."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.model import Pronunciation, Utterance
from narrate.script.words import plain_words
from narrate.speech import perform, take_key
from narrate.speech.halves import halves_of
from narrate.speech.marked import marked
from narrate.speech.stress import STRETCH, with_stress
from narrate.speech.tone import ToneEngine

if TYPE_CHECKING:
    from narrate.model import Take, Voice
    from narrate.speech.piper import PiperEngine
    from narrate.speech.pyttsx3 import Pyttsx3Engine

SENTENCES = ("They can do it, but they will not.", "It was his idea and nobody liked it.", "He did say it.")
STRESSED = ("can", "his", "did")


def both(text: str, word: str) -> tuple[Utterance, Utterance]:
    """A sentence plain, and with a word stressed."""
    at = text.index(word)
    said = Utterance(text, text, "en", plain_words(text))
    return said, replace(said, emphasis=((at, at + len(word)),))


def heard(take: Take, text: str, word: str) -> tuple[float, float]:
    """How long a word is heard, in seconds, and how loud beside the rest of its sentence, in dB."""
    found = next(each for each in take.words if each.spoken_start == text.index(word))
    sound = np.frombuffer(take.clip.pcm, "<i2").astype(float)
    own = slice(found.start_samples, found.end_samples)
    level = 10 * np.log10(np.square(sound[own]).mean() / np.square(np.delete(sound, np.r_[own])).mean())
    return (found.end_samples - found.start_samples) / take.clip.rate_hz, float(level)


def test_a_word_gets_a_stress_mark_and_more_time() -> None:
    """One where there is none, a second where there is one; others keep what they have."""
    sentence = list("ðeɪ kən dˈuː ɪt.")

    alone = {"They": "ðeɪ", "can": "kæn", "do": "dˈuː", "it": "ɪt"}
    said, lengths = with_stress([sentence], "They can do it.", [(5, 8), (9, 11)], alone.__getitem__)

    assert "".join(said[0]) == "ðeɪ kˈʌn dˈˈuː ɪt."
    longer = "".join(sign for sign, length in zip(said[0], lengths[0], strict=True) if length == STRETCH)
    assert longer.split() == ["kˈʌn", "dˈˈuː"]
    assert len(lengths[0]) == len(said[0])


def test_phonemes_that_are_no_words_of_the_text_stay() -> None:
    """Of several sentences only the words that are stressed change."""
    said, lengths = with_stress(
        [list("ðˈɛn"), list("nˈoʊ")], "Then no", [(5, 7)], {"Then": "ðˈɛn", "no": "nˈoʊ"}.__getitem__
    )

    assert ["".join(sentence) for sentence in said] == ["ðˈɛn", "nˈˈoʊ"]
    assert lengths[0] == [1.0] * 4


@pytest.mark.engine
def test_piper_stresses_words(piper: PiperEngine, joe: Voice) -> None:
    """They are heard longer and louder, every word keeps a time of its own, and repeatable speech is repeatable."""
    steady = replace(joe, repeatable=True)
    for text, word in zip(SENTENCES, STRESSED, strict=True):
        plain, stressed = both(text, word)
        usual, strong = piper.speak(plain, steady), piper.speak(stressed, steady)
        (short_s, low_db), (long_s, high_db) = heard(usual, text, word), heard(strong, text, word)

        assert long_s > 1.2 * short_s
        assert high_db > low_db - 0.5
        assert len(strong.words) == len(usual.words)
        assert all(one.end_samples <= other.start_samples for one, other in pairwise(strong.words))
        assert piper.speak(stressed, steady) == strong


@pytest.mark.engine
def test_espeak_stresses_words_and_then_speaks_as_before(espeak: Pyttsx3Engine, computer: Voice) -> None:
    """They are heard longer and louder, times are still its own, and the next text is spoken as if nothing had been."""
    before = espeak.speak(Utterance("", "Plain words are here.", "en"), computer)
    for text, word in zip(SENTENCES, STRESSED, strict=True):
        plain, stressed = both(text, word)
        usual, strong = espeak.speak(plain, computer), espeak.speak(stressed, computer)
        (short_s, low_db), (long_s, high_db) = heard(usual, text, word), heard(strong, text, word)

        assert long_s > 1.1 * short_s
        assert high_db > low_db + 0.5
        assert [(each.spoken_start, each.estimated) for each in strong.words] == [
            (each.spoken_start, each.estimated) for each in usual.words
        ]
    after = espeak.speak(Utterance("", "Plain words are here.", "en"), computer)
    assert after.clip.samples == pytest.approx(before.clip.samples, rel=0.003)


@pytest.mark.engine
@pytest.mark.parametrize("pitch", [0, 95, 100])
def test_a_high_voice_comes_back_to_its_pitch(espeak: Pyttsx3Engine, computer: Voice, pitch: int) -> None:
    """There is nothing above 99: what is taken back is what could be added."""
    voice = replace(computer, pitch=pitch)
    _, stressed = both(SENTENCES[0], "can")
    once = [espeak.speak(Utterance("", "Plain words are here.", "en"), voice) for _ in range(2)]
    for _ in range(3):
        espeak.speak(stressed, voice)
    again = espeak.speak(Utterance("", "Plain words are here.", "en"), voice)

    crossings = [int(np.count_nonzero(np.diff(np.frombuffer(take.clip.pcm, "<i2") > 0))) for take in (*once, again)]
    assert crossings[2] == pytest.approx(crossings[1], rel=0.05)


@pytest.mark.engine
def test_stress_and_given_phonemes_go_together(
    piper: PiperEngine, joe: Voice, espeak: Pyttsx3Engine, computer: Voice
) -> None:
    """A stressed name of given phonemes is spoken, and its words are timed."""
    text = "Ask Nguyen now."
    said = Utterance(
        text, text, "en", plain_words(text), pronunciations=(Pronunciation(4, 10, "wˈɪn"),), emphasis=((4, 10),)
    )

    for take in (piper.speak(said, joe), espeak.speak(said, computer)):
        assert [text[word.spoken_start : word.spoken_end] for word in take.words] == ["Ask", "Nguyen", "now"]


def test_a_take_is_kept_by_what_is_stressed(joe: Voice) -> None:
    """The key of a plain sentence is that of before; a stressed word makes another, and so does another word."""
    plain, stressed = both(SENTENCES[0], "can")
    _, other = both(SENTENCES[0], "will")
    keys = [take_key(each, joe, ToneEngine()) for each in (plain, replace(plain, words=()), stressed, other)]

    assert keys[0] == keys[1]
    assert len(set(keys)) == 3


def test_halves_let_emphasis_go() -> None:
    """What an engine failed at may have been the stress."""
    _, stressed = both("They can do it, but they will not.", "can")
    halves = halves_of(stressed)

    assert halves is not None
    assert [half.stressed for half in halves] == [(), ()]


def test_an_engine_without_stress_passes_over_it(joe: Voice) -> None:
    """The tone engine speaks as it does."""
    plain, stressed = both(SENTENCES[0], "can")

    assert perform(stressed, joe, ToneEngine()).clip == perform(plain, joe, ToneEngine()).clip


@given(st.text(alphabet="Xi ,.é", max_size=24), st.lists(st.tuples(st.integers(0, 24), st.integers(0, 24)), max_size=4))
def test_places_lead_through_commands_back_into_the_text(text: str, spans: list[tuple[int, int]]) -> None:
    """Without its commands the marked text is the text, and each of its characters leads to itself."""
    found = marked(text, (), spans)
    inside = {at for spot in found.spots for at in range(spot.start, spot.end)}
    outside = [at for at in range(len(found.text)) if at not in inside]

    assert "".join(found.text[at] for at in outside) == text
    assert [found.place(at) for at in outside] == list(range(len(text)))
    assert found.text.count("\1-35S") == found.text.count("\1+35S")
