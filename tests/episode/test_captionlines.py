"""Captions: what fits on a screen, at the time of its own words."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO
from itertools import pairwise
from typing import Any

import webvtt
from hypothesis import given, settings
from hypothesis import strategies as st

from narrate.episode.captionlines import LINE_CHARACTERS, LINES, captions_of, width
from narrate.episode.captions import write_srt, write_vtt
from narrate.episode.text import one_line
from narrate.model import Cue, Role, Timeline, Word

LETTERS = st.text("abcdefghij.,;—é日本$3", min_size=1, max_size=60)
TEXTS = st.lists(LETTERS, min_size=1, max_size=40).map(" ".join)
LONG = (
    "Police in 23 countries arrested 288 people suspected of being involved in buying or selling drugs on the dark web,"
    " Europol announced today, in an operation that seized 850 kilograms of drugs."
)


def saying(text: str) -> Cue:
    """A cue in which every word takes 300 ms, with 10 ms between them."""
    words = tuple(Word(1000 + n * 300, 1290 + n * 300, word) for n, word in enumerate(text.split()))
    return Cue(1000, 1000 + len(words) * 300, text, "s1", Role.BODY, "joe", "en", words)


def bare(text: str) -> str:
    """Without white space."""
    return "".join(text.split())


@settings(max_examples=200)
@given(TEXTS, st.booleans())
def test_nothing_is_lost_and_all_of_it_fits(text: str, timed: bool) -> None:  # noqa: FBT001 - drawn
    """Two lines of 42 at most; the characters of all parts are those of the sentence; parts follow each other."""
    cue = saying(text) if timed else Cue(1000, 9000, text, "s1", Role.BODY, "joe", "en")
    parts = list(captions_of(cue))

    assert all(1 <= len(lines) <= LINES and max(map(width, lines)) <= LINE_CHARACTERS for _, lines in parts)
    assert all(lines[0] for _, lines in parts)
    assert bare("".join(line for _, lines in parts for line in lines)) == bare(one_line(text))
    assert (parts[0][0].start_ms, parts[-1][0].end_ms) == (cue.start_ms, cue.end_ms)
    assert all(one.end_ms == other.start_ms >= one.start_ms for (one, _), (other, _) in pairwise(parts))


def test_a_part_begins_with_its_own_first_word() -> None:
    """And holds just the words that are heard in it."""
    cue = saying(LONG)
    parts = list(captions_of(cue))

    assert tuple(word for part, _ in parts for word in part.words) == cue.words
    for part, lines in parts:
        assert part.start_ms == part.words[0].start_ms
        assert [word.text for word in part.words] == " ".join(lines).split()


def test_parts_end_where_the_sentence_pauses() -> None:
    """A number stays with what it counts; a line does not end in a little word where another break is as good."""
    assert [lines for _, lines in captions_of(saying(LONG))] == [
        ("Police in 23 countries arrested", "288 people suspected of being involved"),
        ("in buying or selling drugs on the dark", "web, Europol announced today,"),
        ("in an operation that seized", "850 kilograms of drugs."),
    ]


def test_what_is_short_is_left_alone() -> None:
    """A sentence of one line, or of two, is one caption."""
    assert [lines for _, lines in captions_of(saying("A short one."))] == [("A short one.",)]
    assert len(list(captions_of(saying("Well then, this is a sentence of two lines, I'd say.")))) == 1


def test_both_files_have_the_lines() -> None:
    """As webvtt-py reads them: the same captions in WebVTT and SRT."""
    timeline = Timeline((), (), (), (saying(LONG),), 0, -1.5, -16)
    vtt: Any = webvtt.from_buffer(StringIO(write_vtt(timeline, "t", "en", captions=True).decode()))
    srt: Any = webvtt.from_buffer(StringIO(write_srt(timeline, "en", captions=True).decode()), format="srt")

    lines = [tuple(each.lines) for each in vtt]
    assert lines == [tuple(each.lines) for each in srt] == [lines for _, lines in captions_of(saying(LONG))]


@settings(max_examples=100)
@given(st.lists(TEXTS, min_size=1, max_size=3), st.booleans(), st.sampled_from(["en", "fr", "ja"]), st.booleans())
def test_what_srt_tells_in_words_fits_too(texts: list[str], added: bool, language: str, cast: bool) -> None:  # noqa: FBT001 - drawn
    """Who speaks, the language and the brackets are in the lines of SRT; both files have the same times and words."""
    cues = tuple(
        replace(saying(text), language=language, added=added, voice=f"voice-{number}" if cast else "joe")
        for number, text in enumerate(texts)
    )
    timeline = Timeline((), (), (), cues, 0, -1.5, -16)
    vtt: Any = webvtt.from_buffer(StringIO(write_vtt(timeline, "t", "en", captions=True).decode()))
    srt: Any = webvtt.from_buffer(StringIO(write_srt(timeline, "en", captions=True).decode()), format="srt")

    assert all(len(each.lines) <= LINES and max(map(width, each.lines)) <= LINE_CHARACTERS for each in srt)
    assert [(each.start, each.end) for each in vtt] == [(each.start, each.end) for each in srt]
    assert all(bare(one.text) in bare(other.text) for one, other in zip(vtt, srt, strict=True))


def test_a_name_of_any_length_is_no_error() -> None:
    """One that leaves no room makes its line longer; what is said is not lost."""
    parts = captions_of(saying(LONG), "x" * 80, "]")
    assert bare("".join(line for _, lines in parts for line in lines)) == bare(LONG)
