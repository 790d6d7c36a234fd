"""Words inside their sentence: each at its own time, as the engine told it or as its neighbours allow."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.mix.cues import Captions, Spoken, words_of
from narrate.model import RATE_HZ, Cue, Role, Segment, Utterance, Voice, WordSpan, WordTime

MS = RATE_HZ / 1000
VOICE = Voice("tin", "tone", "tin", "en")


def at(start: int, end: int, start_ms: int, end_ms: int, *, estimated: bool = False) -> WordTime:
    """Characters and the milliseconds in which they are heard."""
    return WordTime(round(start_ms * MS), round(end_ms * MS), start, end, estimated)


def said(  # noqa: PLR0913 - every law varies something else
    written: str,
    *heard: WordTime,
    spoken: str = "",
    spans: tuple[WordSpan, ...] = (),
    segment: str = "s0",
    role: Role = Role.BODY,
    span_ms: tuple[int, int] = (1000, 3000),
    ends: bool = True,
) -> Spoken:
    """An utterance heard in a span of time."""
    utterance = Utterance(written, spoken or written, "en", spans, ends_sentence=ends)
    start, end = (round(ms * MS) for ms in span_ms)
    return Spoken(Segment(segment, role, (utterance,), 700), utterance, VOICE, start, end, heard)


def cues_of(*parts: Spoken) -> list[Cue]:
    """The cues that utterances make."""
    captions = Captions()
    for part in parts:
        captions.add(part)
    captions.end()
    return captions.cues


def told(cue: Cue) -> list[tuple[str, int, int, bool]]:
    """A cue's words, their milliseconds, and whether they were guessed."""
    return [(word.text, word.start_ms, word.end_ms, word.estimated) for word in cue.words]


def test_a_cues_words_have_the_engines_times() -> None:
    """To the millisecond, and not said to be guessed."""
    (cue,) = cues_of(said("One two three.", at(0, 3, 1000, 1400), at(4, 7, 1500, 1700), at(8, 14, 1900, 2800)))

    assert told(cue) == [("One", 1000, 1400, False), ("two", 1500, 1700, False), ("three.", 1900, 2800, False)]
    assert (cue.start_ms, cue.end_ms) == (1000, 3000)


def test_an_engines_own_guess_stays_a_guess() -> None:
    """Word by word."""
    (cue,) = cues_of(said("One two.", at(0, 3, 1000, 1400), at(4, 8, 1500, 1700, estimated=True)))

    assert [word.estimated for word in cue.words] == [False, True]


def test_times_that_overlap_are_put_in_order_and_kept_inside() -> None:
    """A word begins when the one before it ends; none begins before its sentence or ends after it."""
    (cue,) = cues_of(
        said("a b c d", at(0, 1, 500, 1200), at(2, 3, 1100, 1900), at(4, 5, 1300, 1400), at(6, 7, 2900, 3700))
    )

    assert told(cue) == [
        ("a", 1000, 1200, False),
        ("b", 1200, 1900, False),
        ("c", 1900, 1900, False),
        ("d", 2900, 3000, False),
    ]


def test_missing_times_are_shared_by_length() -> None:
    """Between what is known before and after, a letter as long as another."""
    (middle,) = cues_of(said("one aaaa bb two", at(0, 3, 1000, 1300), at(12, 15, 1900, 2500)))
    (first,) = cues_of(said("aa b two", at(5, 8, 1900, 2500)))
    (last,) = cues_of(said("one bbb a", at(0, 3, 1000, 1400)))

    assert told(middle)[1:3] == [("aaaa", 1300, 1700, True), ("bb", 1700, 1900, True)]
    assert told(first)[:2] == [("aa", 1000, 1600, True), ("b", 1600, 1900, True)]
    assert told(last)[1:] == [("bbb", 1400, 2600, True), ("a", 2600, 3000, True)]


def test_one_letter_has_all_the_time_there_is() -> None:
    """No division by more letters than there are."""
    (cue,) = cues_of(said("a"))

    assert told(cue) == [("a", 1000, 3000, True)]


def test_a_word_spoken_inside_another_has_its_part_of_the_time() -> None:
    """An engine that times "ten per cent" as one: by characters, on both ends."""
    spans = (WordSpan(0, 2, 0, 3), WordSpan(2, 3, 4, 12))
    (cue,) = cues_of(said("10%", at(0, 12, 1000, 2200), spoken="ten per cent", spans=spans))

    assert told(cue) == [("10", 1000, 1300, False), ("%", 1400, 2200, False)]


def test_without_a_map_a_prefix_is_taken_letter_by_letter() -> None:
    """An engine that adds something at the end has not moved the words before it."""
    spoken = said("One two ", at(0, 3, 1000, 1100), at(4, 7, 1200, 1300), at(8, 12, 1400, 1500), spoken="One two, um")

    assert [(word.text, word.start_ms) for word in words_of(spoken)] == [("One", 1000), ("two", 1200)]


def test_a_sentence_ends_with_its_segment_even_if_nobody_says_so() -> None:
    """A person may have cut a script there; the rest is a cue of its own."""
    cues = cues_of(said("One, ", ends=False), said("two.", segment="s1"), said("Three, ", segment="s1", ends=False))

    assert [(cue.text, cue.segment) for cue in cues] == [("One,", "s0"), ("two.", "s1"), ("Three,", "s1")]


def test_a_sentence_of_parts_lasts_from_the_first_to_the_last() -> None:
    """One cue; its parts' words follow one another."""
    (cue,) = cues_of(said("One, ", span_ms=(1000, 1500), ends=False), said("two.", span_ms=(1650, 2000)))

    assert (cue.text, cue.start_ms, cue.end_ms) == ("One, two.", 1000, 2000)
    assert told(cue) == [("One,", 1000, 1500, True), ("two.", 1650, 2000, True)]


@pytest.mark.parametrize(("role", "added"), [(Role.ANNOUNCEMENT, True), (Role.BODY, False), (Role.TITLE, False)])
def test_only_announcements_are_narrates_own(role: Role, added: bool) -> None:  # noqa: FBT001 # it is what is tested
    """Whoever reads a transcript sees whose words they are, and in which voice and language."""
    (cue,) = cues_of(said("Text.", role=role))

    assert (cue.added, cue.role, cue.voice, cue.language) == (added, role, "tin", "en")


def test_nothing_written_is_no_cue() -> None:
    """A pause that an engine was asked to breathe in has no caption."""
    assert cues_of(said(" \n ")) == []


@given(st.lists(st.text("abc", min_size=1, max_size=6), min_size=1, max_size=12), st.data())
def test_words_that_are_told_in_order_are_kept_as_told(words: list[str], data: st.DataObject) -> None:
    """For any sentence that is timed whole, nothing is moved."""
    moments = sorted(data.draw(st.lists(st.integers(1000, 3000), min_size=2 * len(words), max_size=2 * len(words))))
    text, heard, place = " ".join(words), [], 0
    for n, word in enumerate(words):
        heard.append(at(place, place + len(word), moments[2 * n], moments[2 * n + 1]))
        place += len(word) + 1
    (cue,) = cues_of(said(text, *heard))

    assert told(cue) == [(word, *moments[2 * n : 2 * n + 2], False) for n, word in enumerate(words)]
    assert all(one.end_ms <= other.start_ms for one, other in pairwise(cue.words))
