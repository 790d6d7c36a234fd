"""Words that a voice joins: each has its part of the sound, and no word passes in no time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from narrate.speech.phonemes import Phoneme, words_from_phonemes

if TYPE_CHECKING:
    from collections.abc import Callable

    from narrate.model import Utterance, Voice
    from narrate.speech.piper import PiperEngine

PRONOUNCED = {"of": "ˈʌv", "a": "ˈeɪ", "sea": "sˈiː", "I": "ˈaɪ", "am": "ˈæm", "kind": "kˈaɪnd"}


@pytest.mark.parametrize(
    ("text", "line", "expected"),
    [
        ("sea of a kind", "sˈiː əvə kˈaɪnd", [(0, 40), (40, 70), (70, 80), (80, 150)]),
        ("of a sea", "əvə sˈiː", [(0, 20), (20, 30), (30, 80)]),
        ("kind of a", "kˈaɪnd əvə", [(0, 60), (60, 90), (90, 100)]),
        ("I am kind", "aɪɐm kˈaɪnd", [(0, 20), (20, 40), (40, 110)]),
    ],
)
def test_words_of_one_group_share_it(text: str, line: str, expected: list[tuple[int, int]]) -> None:
    """Where "of a" is said as one, each has the phonemes that are its own; times counted by hand, 10 samples each."""
    phonemes = [Phoneme(symbol, 10 * at, 10 * at + 10) for at, symbol in enumerate(line)]

    words = words_from_phonemes(text, phonemes, PRONOUNCED.__getitem__)

    assert [(word.start_samples, word.end_samples) for word in words] == expected


@pytest.mark.engine
@pytest.mark.parametrize(
    "text",
    [
        "The page was that of a marketplace, one of a kind, and I am glad of it.",
        "To a man, they were all for it; what is it to a child?",
        "I don't know if I'd have been there at all, but I was, as of a year ago.",
    ],
)
def test_no_word_of_piper_passes_in_no_time(
    piper: PiperEngine, joe: Voice, say: Callable[[str], Utterance], text: str
) -> None:
    """Each is heard for 20 ms at least, so that a transcript can show it."""
    take = piper.speak(say(text), joe)

    shortest = min(word.end_samples - word.start_samples for word in take.words)
    assert shortest >= take.clip.rate_hz * 20 // 1000
