"""Sentences and words, as written, in time."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.mix.cues import Captions, Spoken, words_of
from narrate.model import RATE_HZ, Role, Segment, Utterance, Voice, WordSpan, WordTime

if TYPE_CHECKING:
    from collections.abc import Callable

    from narrate.model import Cue, Script, Take, Timeline

VOICE = Voice("tin", "tone", "tin", "en")


def times(*spans: tuple[int, int, float, float]) -> tuple[WordTime, ...]:
    """Word times from characters and seconds."""
    return tuple(WordTime(round(a * RATE_HZ), round(b * RATE_HZ), start, end) for start, end, a, b in spans)


def spoken(
    written: str,
    said: str = "",
    words: tuple[WordSpan, ...] = (),
    heard: tuple[WordTime, ...] = (),
    *,
    ends: bool = True,
) -> Spoken:
    """An utterance heard from 1 to 3 seconds."""
    utterance = Utterance(written, said or written, "en", words, ends_sentence=ends)
    segment = Segment("s0", Role.BODY, (utterance,), 700)
    return Spoken(segment, utterance, VOICE, RATE_HZ, 3 * RATE_HZ, heard)


def told(one: Spoken) -> list[tuple[str, int, int]]:
    """Words and their milliseconds."""
    return [(word.text, word.start_ms, word.end_ms) for word in words_of(one)]


def cue_of(*parts: Spoken) -> Cue:
    """The one cue that the utterances make."""
    captions = Captions()
    for part in parts:
        captions.add(part)
    captions.end()
    (cue,) = captions.cues
    return cue


def test_a_written_word_has_the_time_of_all_that_is_spoken_for_it() -> None:
    """So "$3.2bn" lasts from "three" to "dollars", and what follows is not shifted."""
    said = "It cost three point two billion dollars today."
    spans = (WordSpan(0, 2, 0, 2), WordSpan(3, 7, 3, 7), WordSpan(8, 14, 8, 39), WordSpan(15, 20, 40, 45))
    heard = times(
        (0, 2, 1.0, 1.1), (3, 7, 1.1, 1.3), (8, 13, 1.4, 1.6), (14, 19, 1.6, 1.7), (20, 23, 1.7, 1.8),
        (24, 31, 1.8, 2.1), (32, 39, 2.1, 2.4), (40, 45, 2.5, 2.9),
    )  # fmt: skip

    assert told(spoken("It cost $3.2bn today.", said, spans, heard)) == [
        ("It", 1000, 1100),
        ("cost", 1100, 1300),
        ("$3.2bn", 1400, 2400),
        ("today.", 2500, 2900),
    ]


def test_words_that_an_engine_times_as_one_share_its_time() -> None:
    """As eSpeak joins "of the": each gets its part by characters, and they do not overlap."""
    heard = times((0, 6, 1.0, 1.6), (7, 10, 1.6, 2.0))

    assert told(spoken("of the web", heard=heard)) == [("of", 1000, 1200), ("the", 1300, 1600), ("web", 1600, 2000)]


def test_a_word_without_a_time_lies_between_its_neighbours_and_says_so() -> None:
    """What the engine does not tell is shared out, and estimated."""
    one, two, three = words_of(spoken("one two three", heard=times((0, 3, 1.0, 1.5), (8, 13, 2.0, 2.5))))

    assert (two.start_ms, two.end_ms, two.estimated) == (1500, 2000, True)
    assert not one.estimated
    assert not three.estimated


def test_without_any_times_words_share_the_utterance() -> None:
    """All of it, by length, estimated."""
    words = words_of(spoken("aaa bbb cc"))

    assert [word.text for word in words] == ["aaa", "bbb", "cc"]
    assert (words[0].start_ms, words[-1].end_ms) == (1000, 3000)
    assert all(word.estimated for word in words)


def test_where_the_spoken_text_differs_words_keep_their_order_without_a_map() -> None:
    """As many words: one for one. Another number: by their place in the text."""
    same = told(spoken("an AI voice", "an A.I. voice", heard=times((0, 2, 1, 1.2), (3, 7, 1.2, 1.8), (8, 13, 2, 3))))
    other = told(spoken("10 %", "ten per cent", heard=times((0, 3, 1, 1.5), (4, 7, 1.5, 2), (8, 12, 2, 3))))

    assert same == [("an", 1000, 1200), ("AI", 1200, 1800), ("voice", 2000, 3000)]
    assert [text for text, _, _ in other] == ["10", "%"]
    assert other[0][1] == 1000


@pytest.mark.parametrize(
    ("written", "spans", "texts"),
    [
        ("He said: “No — never!”", ((0, 2), (3, 7), (10, 12), (15, 20)), ["He", "said:", "“No —", "never!”"]),
        ("(so-called) art", ((1, 3), (4, 10), (12, 15)), ["(so-", "called)", "art"]),
        ("… well", ((2, 6),), ["… well"]),
    ],
)
def test_punctuation_clings_to_a_word(written: str, spans: tuple[tuple[int, int], ...], texts: list[str]) -> None:
    """Every mark belongs to exactly one word, so the words together are the text."""
    words = tuple(WordSpan(start, end, start, end) for start, end in spans)

    assert [word.text for word in words_of(spoken(written, words=words))] == texts


@given(st.text(alphabet="ab ,.—(“\n", max_size=40), st.data())
def test_words_together_are_the_text_and_never_run_backwards(written: str, data: st.DataObject) -> None:
    """Whatever times an engine tells, in whatever order."""
    ends = st.tuples(st.integers(0, 40), st.integers(0, 40), st.floats(0, 4), st.floats(0, 4))
    heard = times(*((a, max(a + 1, b), c, max(c, d)) for a, b, c, d in data.draw(st.lists(ends, max_size=5))))
    captions = Captions()
    captions.add(spoken(written, heard=heard))

    for cue in captions.cues:
        assert "".join(word.text for word in cue.words) == "".join(cue.text.split())
        moments = [ms for word in cue.words for ms in (word.start_ms, word.end_ms)]
        assert moments == sorted(moments)
        assert moments[0] >= cue.start_ms
        assert moments[-1] <= cue.end_ms


def test_the_parts_of_a_long_sentence_are_one_cue() -> None:
    """Cues are sentences; how an engine was fed is nobody's business."""
    first, second = spoken("A long one, ", ends=False), spoken("and its end.")

    cue = cue_of(first, second)

    assert cue.text == "A long one, and its end."
    assert [word.text for word in cue.words] == ["A", "long", "one,", "and", "its", "end."]


def test_cues_are_in_order_and_narrates_own_words_are_marked(
    lay: Callable[..., Timeline], article: Script, say: Callable[..., Take]
) -> None:
    """A cue a sentence, in time order, none overlapping, each where its sound is."""
    takes = [say(1.0) for _ in article.spoken()]

    timeline = lay(article, takes)

    assert [cue.text for cue in timeline.cues] == [utterance.written for _, utterance in article.spoken()]
    assert all(one.end_ms <= other.start_ms for one, other in pairwise(timeline.cues))
    assert all(950 <= cue.end_ms - cue.start_ms <= 1050 for cue in timeline.cues)
    assert [cue.text for cue in timeline.cues if cue.added] == ["A voice of tin.", "End of article."]
