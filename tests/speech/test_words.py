"""Word times from events, from the text and from phonemes: in order, inside the clip, one for every word."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from narrate.model import Clip, WordTime
from narrate.speech.levels import levels_of
from narrate.speech.phonemes import Phoneme, words_from_phonemes
from narrate.speech.text import is_speakable, plain, spoken_words
from narrate.speech.words import within_sound, words_from_events, words_from_text

SECOND = 1_000
"""Samples a second of the clips here: a frame of 10 ms has ten."""


def clip(*stretches: tuple[float, int]) -> Clip:
    """A clip of stretches: seconds and height."""
    sound = np.concatenate([np.full(round(seconds * SECOND), height, "<i2") for seconds, height in stretches])
    return Clip(sound.tobytes(), SECOND)


def heard(text: str, words: tuple[WordTime, ...]) -> list[tuple[str, int, int, bool]]:
    """Each word with its start and end."""
    return [(text[w.spoken_start : w.spoken_end], w.start_samples, w.end_samples, w.estimated) for w in words]


def test_a_word_with_an_event_starts_there_and_ends_with_its_sound() -> None:
    """An event's time is the word's start; the pause before the next word is not part of the word."""
    text = "Stop, go."
    levels = levels_of(clip((0.5, 9_000), (0.3, 0), (0.2, 9_000), (0.1, 0)))

    words = words_from_events(text, [(0, 0), (6, 800)], levels)

    assert heard(text, words) == [("Stop", 0, 500, False), ("go", 800, 1_000, False)]


def test_words_that_share_an_event_share_its_time() -> None:
    """The event of "of the" is for both: the second has no time of the engine's, and is an estimate."""
    text = "of the sea"
    levels = levels_of(clip((1.0, 9_000)))

    words = words_from_events(text, [(0, 0), (7, 600)], levels)

    assert heard(text, words) == [("of", 0, 240, False), ("the", 240, 600, True), ("sea", 600, 1_000, False)]


def test_the_first_of_several_events_in_a_word_counts() -> None:
    """A number has an event for each thousand and comes back to its beginning: the word has one time."""
    text = "12345 men"
    levels = levels_of(clip((1.0, 9_000)))

    words = words_from_events(text, [(0, 0), (1, 200), (0, 400), (6, 800)], levels)

    assert heard(text, words) == [("12345", 0, 800, False), ("men", 800, 1_000, False)]


def test_without_times_the_sound_is_shared_by_letters() -> None:
    """Where the engine tells nothing every word is an estimate, within what sounds."""
    text = "ab abcd"
    levels = levels_of(clip((0.2, 0), (0.6, 9_000), (0.2, 0)))

    words = words_from_text(text, levels)

    assert heard(text, words) == [("ab", 200, 400, True), ("abcd", 400, 800, True)]


EVENTS = st.lists(st.tuples(st.integers(-5, 60), st.integers(0, 3_000)), max_size=12)
TEXTS = st.text("ab, .5%é世", max_size=40)


@given(TEXTS, EVENTS)
def test_no_event_can_put_words_out_of_order(text: str, events: list[tuple[int, int]]) -> None:
    """Whatever an engine tells, times are monotone, inside the clip, and every word has one."""
    levels = levels_of(clip((0.3, 0), (1.5, 9_000), (0.2, 0)))

    words = words_from_events(text, events, levels)

    assert [(word.spoken_start, word.spoken_end) for word in words] == spoken_words(text)
    bounds = [0, *(at for word in words for at in (word.start_samples, word.end_samples)), levels.samples]
    assert all(earlier <= later for earlier, later in pairwise(bounds))


PRONOUNCED = {
    "of": "ˈʌv",
    "the": "ðə",
    "sea": "sˈiː",
    "is": "ˈɪz",
    "blue": "blˈuː",
    "1984": "nˈaɪntiːn ˈeɪɾi fˈoːɹ",
    "to": "tˈuː",
    "a": "ˈeɪ",
    "cat": "kˈæt",
    "*": "",
}


def phonemes(line: str) -> list[Phoneme]:
    """Phonemes of 10 samples each."""
    return [Phoneme(symbol, 10 * i, 10 * i + 10) for i, symbol in enumerate(line)]


@pytest.mark.parametrize(
    ("text", "line", "expected"),
    [
        ("the sea", "^ðə sˈiː.$", [("the", 10, 30), ("sea", 30, 80)]),
        ("is blue", "^ˈɪz blˈuː$", [("is", 10, 40), ("blue", 40, 100)]),
        ("of the sea", "^ʌvðə sˈiː.$", [("of", 10, 30), ("the", 30, 50), ("sea", 50, 100)]),
        (
            "the sea is blue",
            "^ðə sˈiːɪz blˈuː.$",
            [("the", 10, 30), ("sea", 30, 80), ("is", 80, 100), ("blue", 100, 160)],
        ),
        ("1984 is blue", "^nˈaɪntiːn ˈeɪɾi fˈoːɹ ɪz bluː$", [("1984", 10, 220), ("is", 220, 250), ("blue", 250, 300)]),
        ("a cat", "^ɐ kˈæt$", [("a", 10, 20), ("cat", 20, 70)]),
        ("the cat to", "^ðə kˈæt$", [("the", 10, 30), ("cat", 30, 80), ("to", 80, 80)]),
    ],
)
def test_groups_of_phonemes_find_their_words(text: str, line: str, expected: list[tuple[str, int, int]]) -> None:
    """Joined words part where their phonemes do, a number is all of its groups, a dropped word has no length.

    A space alone is not silent: the word after it begins with it.
    """
    words = words_from_phonemes(text, phonemes(line), PRONOUNCED.__getitem__)

    assert [found[:3] for found in heard(text, words)] == expected
    assert not any(word.estimated for word in words)


def test_a_word_after_a_pause_begins_with_its_sound() -> None:
    """Between punctuation and a word there is silence: the space after a comma is not the word's."""
    words = words_from_phonemes("the, sea", phonemes("^ðə, sˈiː$"), PRONOUNCED.__getitem__)

    assert heard("the, sea", words) == [("the", 10, 30, False), ("sea", 50, 90, False)]


@pytest.mark.parametrize(("silent_s", "start"), [(0.3, 800), (0.05, 500)])
def test_a_word_begins_where_it_is_heard(silent_s: float, start: int) -> None:
    """Long silence at either end of a word is not the word; the silence of a consonant is."""
    levels = levels_of(clip((0.5, 9_000), (silent_s, 0), (0.5, 9_000), (0.3, 0)))
    words = (WordTime(0, 500, 0, 3), WordTime(500, levels.samples, 4, 7))

    first, second = within_sound(words, levels)

    assert first == words[0]
    assert (second.start_samples, second.end_samples) == (start, levels.samples - 300)


def test_a_disagreement_does_not_spread() -> None:
    """Where a word is said quite otherwise than alone, the words after it are still found."""
    text = "the 1984 cat is blue the sea"
    line = "^ðə wˈʌn θˈaʊzənd kˈæt ɪz blˈuː ðə sˈiː$"

    words = words_from_phonemes(text, phonemes(line), PRONOUNCED.__getitem__)

    starts = {text[word.spoken_start : word.spoken_end]: word.start_samples // 10 + 1 for word in words[1:]}
    assert starts == {
        "1984": line.index("wˈ"),
        "cat": line.index("kˈ"),
        "is": line.index("ɪz"),
        "blue": line.index("bl"),
        "the": line.rindex("ðə"),
        "sea": line.index("sˈi"),
    }


@given(st.lists(st.sampled_from(sorted(PRONOUNCED)), max_size=20), st.text("ðə sˈiːkætblu,.ɪzʌv", max_size=80))
def test_no_phonemes_can_put_words_out_of_order(chosen: list[str], line: str) -> None:
    """Whatever is heard for whatever text, times are monotone and every word has one."""
    text = " ".join(chosen)

    words = words_from_phonemes(text, phonemes(line), PRONOUNCED.__getitem__)

    assert len(words) == len(spoken_words(text))
    bounds = [0, *(at for word in words for at in (word.start_samples, word.end_samples)), 10 * len(line)]
    assert all(earlier <= later for earlier, later in pairwise(bounds))


@given(st.text())
@example("a [[b")
@example("a]]]] b")
def test_text_is_only_ever_text(text: str) -> None:
    """An engine gets no control character and no phoneme brackets, and every character in its place."""
    seen = plain(text)

    assert len(seen) == len(text)
    assert "[[" not in seen
    assert "]]" not in seen
    assert not any(ord(character) < 32 for character in seen)
    seen.encode()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It’s “so-called”, no?", ["It’s", "so-called", "no"]),
        ("50 % — $3.2bn & more…", ["50", "%", "$3.2bn", "&", "more"]),
        ("हिन्दी 世界 😀", ["हिन्दी", "世", "界", "😀"]),
        ("", []),
    ],
)
def test_words_are_what_is_spoken(text: str, words: list[str]) -> None:
    """Punctuation that clings to a word is not of it; Han stands alone; symbols that are read out are words."""
    assert [text[start:end] for start, end in spoken_words(text)] == words
    assert is_speakable(text) == bool(words)
