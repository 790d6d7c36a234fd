"""Phonemes that are given: what Piper and eSpeak make of them, and when their words are heard."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.model import Pronunciation, Utterance, Voice
from narrate.speech import take_key
from narrate.speech.ipa import ENGLISH, fitted, mnemonics
from narrate.speech.marked import marked
from narrate.speech.pronounced import phonemes_with, words_given
from narrate.speech.text import plain
from narrate.speech.tone import ToneEngine

if TYPE_CHECKING:
    from collections.abc import Callable

    from narrate.speech.piper import PiperEngine
    from narrate.speech.pyttsx3 import Pyttsx3Engine

LETTERS = "aeiouyæøœɐɑɒɔəɚɛɜɝɨɪɯʉʊʌʏᵻbcdfhjklmnpqrstvwxzðŋɕɖɟɡɣɦɬɭɲɳɹɾʁʂʃʈʋʎʐʑʒʔθχçβ"


@pytest.mark.parametrize(
    ("ipa", "said"),
    [
        ("ˈwʊs.tər", "ˈwʊstəɹ"),
        ("ʒɑ̃", "ʒɑːn"),
        ("t͡ʃaɪ", "tʃaɪ"),
        ("bax", "bɑːk"),
        ("xaˈneɪ", "hɑːˈneɪ"),
        ("ˈɡøːtə", "ˈɡɜːtə"),
        ("ɲɔkki", "njɔkki"),
        ("ˈɡoʊ", "ˈɡoʊ"),
        ("ˈlɒndən", "ˈlɑːndən"),
        ("ʃe", "ʃɛ"),
    ],
)
def test_an_english_voice_says_the_nearest_sound_it_has(ipa: str, said: str) -> None:
    """What American English lacks is said as its speakers do; ties, dots and shades are passed over."""
    assert fitted(ipa, "en-US", ENGLISH) == said


@given(st.text(alphabet=LETTERS + "ˈˌː.\u0361 ", max_size=20))
def test_what_is_fitted_is_all_known(ipa: str) -> None:
    """No sign that the voice has not learned is left, and a letter always leaves a sound."""
    said = fitted(ipa, "en", ENGLISH)

    assert set(said) <= ENGLISH
    assert bool(set(said) - set("ˈˌː ")) == bool(set(ipa) & set(LETTERS))
    assert fitted(said, "en", ENGLISH) == said
    assert "[" not in mnemonics(ipa)
    assert "]" not in mnemonics(ipa)


def letters(text: str) -> list[list[str]]:
    """A voice whose phonemes are small letters, each sentence by itself."""
    return [list(part.strip().lower()) for part in text.split(".") if part.strip()]


@pytest.mark.parametrize(
    ("text", "stretches", "heard"),
    [
        ("Xi came. To Xi", [(0, 2, "ʃiː"), (12, 14, "ʃiː")], ["ʃiː came", "to ʃiː"]),
        ("of Xi-era", [(3, 5, "iː")], ["of iː-era"]),
        ("Xi", [(0, 2, "ʃiː")], ["ʃiː"]),
    ],
)
def test_given_phonemes_stand_in_the_place_of_the_voices_own(
    text: str, stretches: list[tuple[int, int, str]], heard: list[str]
) -> None:
    """What is round a stretch stays, sentence by sentence."""
    found = phonemes_with(text, [Pronunciation(*each) for each in stretches], letters)

    assert ["".join(sentence) for sentence in found] == heard


def test_a_stretch_that_is_not_found_again_is_left_to_the_voice() -> None:
    """A voice that says a stand-in otherwise in a sentence than alone says the text by itself."""
    fickle = letters

    def phonemise(text: str) -> list[list[str]]:
        return fickle(text.replace("bug ", "x "))

    assert phonemes_with("Xi came", [Pronunciation(0, 2, "ʃiː")], phonemise) == letters("Xi came")


def test_a_phrase_shares_its_phonemes_among_its_words() -> None:
    """Word by word where the numbers agree, else by letters, nothing lost."""
    two = words_given("Xi Jinping", [Pronunciation(0, 10, "ʃiːdʒɪnpɪŋ")])

    assert "".join(two.values()) == "ʃiːdʒɪnpɪŋ"
    assert list(two) == ["Xi", "Jinping"]
    assert words_given("Ask Xi", [Pronunciation(4, 6, "ʃiː")]) == {"Xi": "ʃiː"}


TEXT = "Then Xi Jinping met Nguyen's aunt."
GIVEN = (Pronunciation(5, 15, "ʃˈiː dʒˌɪnpˈɪŋ"), Pronunciation(20, 28, "wˈɪnz"))


@pytest.mark.engine
def test_piper_says_given_phonemes_and_times_their_words(piper: PiperEngine, joe: Voice) -> None:
    """The phonemes of the sentence are those given; every word has a time of its own, in order."""
    model = piper._model(joe.id)
    phonemes = "".join(phonemes_with(TEXT, model.fit(GIVEN), model._phonemise)[0])

    take = piper.speak(Utterance(TEXT, TEXT, "en", pronunciations=GIVEN), joe)

    assert "ʃˈiː dʒˌɪnpˈɪŋ mˈɛt wˈɪnz" in phonemes
    assert [TEXT[word.spoken_start : word.spoken_end] for word in take.words] == TEXT.rstrip(".").split()
    assert all(word.end_samples > word.start_samples for word in take.words)
    assert all(one.end_samples <= other.start_samples for one, other in pairwise(take.words))


@pytest.mark.engine
def test_espeak_says_given_phonemes_and_times_their_words(espeak: Pyttsx3Engine, computer: Voice) -> None:
    """It sounds otherwise than by rule, as the respelling does, and words keep eSpeak's own times."""
    respelled = espeak.speak(Utterance("", "Say wind.", "en"), computer)
    by_rule = espeak.speak(Utterance("", "Say Nguyend.", "en"), computer)
    said = espeak.speak(Utterance("", "Say Nguyend.", "en", pronunciations=(Pronunciation(4, 11, "wˈɪnd"),)), computer)
    words = espeak.speak(Utterance(TEXT, TEXT, "en", pronunciations=GIVEN), computer).words

    # The same text gives other bytes each time, and a few samples more or less.
    assert said.clip.samples == pytest.approx(respelled.clip.samples, rel=0.003)
    assert said.clip.samples != pytest.approx(by_rule.clip.samples, rel=0.03)
    assert [TEXT[word.spoken_start : word.spoken_end] for word in words] == TEXT.rstrip(".").split()
    assert not any(word.estimated for word in words)


@pytest.mark.engine
def test_brackets_of_an_article_are_never_phonemes(espeak: Pyttsx3Engine, computer: Voice) -> None:
    """Beside given phonemes the text is text still."""
    sound = (Pronunciation(0, 2, "ʃˈiː"),)
    one = espeak.speak(Utterance("", "Xi [[w'In]]", "en", pronunciations=sound), computer)
    other = espeak.speak(Utterance("", "Xi   w'In  ", "en", pronunciations=sound), computer)

    assert one.clip.samples == pytest.approx(other.clip.samples, rel=0.003)


@given(st.text(alphabet="Xi [.é", max_size=20), st.integers(0, 20), st.integers(1, 5))
def test_places_lead_back_into_the_text(text: str, start: int, length: int) -> None:
    """Outside phonemes each character leads to itself; inside them to the beginning of a word of the stretch."""
    text, end = plain(text), min(start + length, len(plain(text)))
    found = marked(text, [Pronunciation(start, end, "ʃiː")] if start < end else [])

    for at, character in enumerate(found.text):
        inside = any(spot.start <= at < spot.end for spot in found.spots)
        place = found.place(at)
        assert start <= place < end if inside else text[place] == character


def test_a_take_is_kept_by_its_phonemes(say: Callable[[str], Utterance], joe: Voice) -> None:
    """The same words with other phonemes are another take; without any the key is that of a text."""
    plain_one = say("Xi")
    keys = {
        take_key(
            replace(plain_one, pronunciations=tuple(Pronunciation(0, 2, ipa) for ipa in sounds)), joe, ToneEngine()
        )
        for sounds in ((), ("ʃiː",), ("ziː",))
    }

    assert len(keys) == 3
    assert take_key(plain_one, joe, ToneEngine()) in keys
