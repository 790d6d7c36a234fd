"""A Piper model's bookkeeping, with a session that answers by the number: no weights, no time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from piper import PhonemeType, PiperConfig, PiperVoice

from narrate.speech.neural import cut
from narrate.speech.piper_model import Manner, PiperModel

if TYPE_CHECKING:
    from collections.abc import Mapping

HOP = 100
IDS = {"_": [0], "^": [1], "$": [2], " ": [3], ".": [4], "a": [5], "b": [6], "c": [7, 8]}
"""The symbol "c" has two ids; "x" has none."""


class Session:
    """A model in which each id lasts one hop, or two where it is of "b"."""

    def __init__(self, *, tells: bool = True) -> None:
        self.tells = tells
        self.scales: list[float] = []

    def run(self, names: None, inputs: Mapping[str, np.ndarray]) -> list[np.ndarray]:
        """Sound, full of its own position, and the hops of each id."""
        del names
        self.scales.append(float(inputs["scales"][1]))
        hops = np.where(inputs["input"][0] == 6, 2, 1).astype(np.float32)
        sound = np.full(int(hops.sum()) * HOP, 0.5, np.float32)
        return [sound.reshape(1, 1, -1), hops.reshape(1, 1, -1)] if self.tells else [sound.reshape(1, 1, -1)]


def model(session: Session, *, tells: bool = True) -> PiperModel:
    """A model that takes letters for phonemes."""
    config = PiperConfig(9, 1, 10_000, "", IDS, PhonemeType.TEXT, length_scale=1.1, hop_length=HOP)
    return PiperModel(PiperVoice(session, config), tells_durations=tells)


def test_a_word_lasts_as_long_as_its_ids() -> None:
    """Start and pad come first, each phoneme has its ids and a pad: the words follow to the sample."""
    pcm, words = model(Session()).speak("ab a.", Manner(1.0))

    spans = [(word.start_samples // HOP, word.end_samples // HOP) for word in words]
    # ^ _ | a _ | b b _ | space _ | a _ | . _ | $; the space begins the word after it
    assert spans == [(2, 7), (7, 11)]
    assert len(pcm) // 2 // HOP == 14
    assert not any(word.estimated for word in words)


def test_a_symbol_of_several_ids_and_one_of_none_shift_nothing() -> None:
    """What the model does not know is passed over, and what has two ids is one phoneme."""
    _, words = model(Session()).speak("cx ab", Manner(1.0))

    # ^ _ | c c _ | space _ | a _ | b b _ | $; the space begins the word after it
    assert [(word.start_samples // HOP, word.end_samples // HOP) for word in words] == [(2, 5), (5, 12)]


def test_a_model_that_tells_nothing_has_estimated_words() -> None:
    """Without durations the words share the sound, and say so."""
    pcm, words = model(Session(tells=False), tells=False).speak("ab a.", Manner(1.0))

    assert [word.estimated for word in words] == [True, True]
    assert (words[0].start_samples, words[-1].end_samples) == (0, len(pcm) // 2)


def test_full_scale_is_full_scale() -> None:
    """Half of full scale comes out as half: nothing is levelled sentence by sentence."""
    pcm, _ = model(Session()).speak("a", Manner(1.0))

    assert set(np.frombuffer(pcm, "<i2")) == {16_383}


def test_the_models_own_pace_is_kept() -> None:
    """The length scale multiplies the one that the model's configuration asks for."""
    session = Session()

    model(session).speak("a", Manner(2.0))

    assert session.scales == pytest.approx([2.2])


def test_nothing_to_say_is_an_empty_clip() -> None:
    """A text without phonemes never runs the model."""
    session = Session()

    assert model(session).speak("", Manner(1.0)) == (b"", ())
    assert session.scales == []


@pytest.mark.parametrize(
    ("phonemes", "lengths"),
    [
        ("a" * 400, [400]),
        ("a" * 401, [400, 1]),
        ("aaa " * 200, [400, 400]),
        ("aaaa, " + "a" * 240 + ", " + "aaa " * 60, [248, 240]),
        ("", []),
    ],
)
def test_a_long_sentence_is_cut_after_clauses_then_words(phonemes: str, lengths: list[int]) -> None:
    """No portion has more than 400 phonemes, none is empty, and together they are the sentence."""
    portions = list(cut(list(phonemes), 400))

    assert list(map(len, portions)) == lengths
    assert "".join("".join(portion) for portion in portions) == phonemes
