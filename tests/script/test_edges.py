"""Edges: where long sentences are parted, whose rules a text is spoken by, and tables that are no grid."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.model import Article, Mark, MarkKind, Role, Style, Voice
from narrate.script import dump_script, load_script, write_script
from narrate.script.normalise import Edit
from narrate.script.sentences import split_parts, split_sentences
from narrate.script.spoken import speak_as
from narrate.script.words import apply_edits

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    ("sentence", "limit", "lengths"),
    [
        ("word " * 20, 60, [50, 50]),
        ("word " * 30, 60, [50, 50, 50]),
        ("one two, three four, five six, seven", 30, [21, 15]),
        ("word " * 12, 60, [60]),
        ("x" * 25, 10, [10, 10, 5]),
    ],
)
def test_parts_are_alike_in_length(sentence: str, limit: int, lengths: list[int]) -> None:
    """Of places equally good the one in the middle is taken, so that no part is a stump."""
    assert [len(part) for part in split_parts(sentence, limit)] == lengths


@given(st.lists(st.from_regex("[abc][abc,]{0,8}", fullmatch=True), min_size=1, max_size=40), st.integers(12, 40))
def test_blanks_stay_with_the_words_before_them(words: list[str], limit: int) -> None:
    """However many there are: no part begins with one, where a word and its blanks fit into a part."""
    parts = split_parts("  ".join(words), limit)

    assert all(not part[0].isspace() for part in parts)


@pytest.mark.parametrize("sign", ["e\u0301", "❤\ufe0f", "👩\u200d🚀", "n\u0303\u0323"])
def test_what_is_one_sign_to_the_eye_is_not_parted(sign: str) -> None:
    """Accents, variation selectors and joined pictures stay whole in a word without blanks."""
    parts = split_parts(sign * 30, 10)

    assert all(len(part) % len(sign) == 0 for part in parts)


@pytest.mark.parametrize(
    ("language", "role", "written", "spoken"),
    [
        ("de", Role.ANNOUNCEMENT, "Am May 3, 2024.", "Am May 3, 2024."),
        ("en", Role.QUOTE, "May 3, 2024.", "May third, twenty twenty-four."),
        ("fr", Role.LIST_ITEM, "2) Deux", "2: Deux."),
        ("en", Role.QUOTE, "2) Two", "two) Two"),
        ("en", Role.LIST_ITEM, "2)Two", "two)Two."),
        ("en", Role.NOTE, "Dr. Lee", "Doctor Lee."),
        ("fr", Role.BODY, "Mr. Lee, e.g.", "Mr. Lee, e.g."),
        ("EN-us", Role.BODY, "Dr. Lee", "Doctor Lee"),
        ("en_GB", Role.BODY, "Dr. Lee", "Doctor Lee"),
        ("hi", Role.TITLE, "शीर्षक", "शीर्षक।"),
        ("ja", Role.HEADING, "見出し", "見出し。"),
        ("en", Role.HEADING, "The End  ", "The End."),
        ("en", Role.FIGURE, "A map:", "A map:"),
    ],
)
def test_rules_hold_for_their_languages_and_roles(language: str, role: Role, written: str, spoken: str) -> None:
    """A rule of one language or one kind of text changes no other; a full stop is the language's own."""
    assert speak_as(written, language, role)[0] == spoken


@pytest.mark.parametrize(
    ("written", "edits", "pairs"),
    [
        ("a b c", [], [("a", "a"), ("b", "b"), ("c", "c")]),
        ("a bc d", [(2, 3, "xx"), (3, 4, "yy")], [("a", "a"), ("bc", "xxyy"), ("d", "d")]),
        ("a b c", [(0, 1, "xx"), (2, 3, "yy")], [("a", "xx"), ("b", "yy"), ("c", "c")]),
        ("a b c", [(0, 3, "x")], [("a b", "x"), ("c", "c")]),
        ("a b c", [(1, 3, "")], [("a", "a"), ("c", "c")]),
        ("a b c", [(2, 3, "x y z")], [("a", "a"), ("b", "x y z"), ("c", "c")]),
    ],
)
def test_edits_keep_track_of_words(
    written: str, edits: list[tuple[int, int, str]], pairs: list[tuple[str, str]]
) -> None:
    """Edits beside each other, over two words, to nothing and to many words: each word knows what is said for it."""
    spoken, words = apply_edits(written, [Edit(*each) for each in edits])

    said = [
        (written[word.written_start : word.written_end], spoken[word.spoken_start : word.spoken_end]) for word in words
    ]
    assert said == pairs


@pytest.mark.parametrize(
    ("table", "heard"),
    [
        ("Name\tAge\nAnn\t41", "Name: Ann; Age: 41"),
        ("Name\tAge\nAnn\t41\nBo\t9", "Name: Ann; Age: 41 Name: Bo; Age: 9"),
        ("| Name | Age |\n| Ann | 41 |", "Name: Ann; Age: 41"),
        ("Name\tAge\nAnn", "A table is left out here."),
        ("Name\tAge", "A table is left out here."),
        ("Name\nAnn", "A table is left out here."),
        ("a\tb\tc\td\te\tf\n1\t2\t3\t4\t5\t6", "a: 1; b: 2; c: 3; d: 4; e: 5; f: 6"),
        ("a\tb\tc\td\te\tf\tg\n1\t2\t3\t4\t5\t6\t7", "A table is left out here."),
        ("a\tb\n" + "x" * 593 + "\ty", f"a: {'x' * 593}; b: y"),
        ("a\tb\n" + "x" * 600 + "\ty", "A table is left out here."),
    ],
)
def test_a_table_is_read_where_ears_can_hold_it(
    table: str, heard: str, article_of: Callable[..., Article], joe: Voice
) -> None:
    """Two to six columns, every row as long as the heads, 600 characters; any other is announced and kept."""
    script = write_script([article_of(("paragraph", "X."), ("table", table))], Style(disclosure=False), joe)
    segment = next(each for each in script.segments[2:] if not each.skip)

    assert "".join(each.written for each in segment.utterances).replace("41Name", "41 Name") == heard


@pytest.mark.parametrize("text", ["One \ud83d two. Three.", "\udc00", "One \ud83d\ud83d. \udc00 Two.\ud800"])
@pytest.mark.parametrize("language", ["en", "de", "zh"])
def test_half_a_character_is_one_that_says_so(text: str, language: str) -> None:
    """A string of Python's may hold half of a surrogate pair, which sentencex, engines and files do not take."""
    assert "".join(split_sentences(text, language)) == re.sub("[\ud800-\udfff]", "\ufffd", text)


def test_half_a_character_keeps_no_article_from_being_read(article_of: Callable[..., Article], joe: Voice) -> None:
    """The words around it are heard, and nothing for it; the file says U+FFFD."""
    script = write_script([article_of(("paragraph", "X."), ("paragraph", "One \ud83d two."))], Style(), joe)

    assert "One  two." in [each.spoken for segment in script.segments for each in segment.utterances]
    assert "One \ufffd two." in dump_script(script)


@pytest.mark.parametrize(("unit", "word"), [("x^2 + ", "squared"), ("y", "y"), (r"\frac{a}{b} = ", "equals")])
def test_a_formula_too_long_to_be_said_at_once_is_said_in_parts(
    unit: str, word: str, article_of: Callable[..., Article], joe: Voice
) -> None:
    """All of it is said, no part is longer than an engine gets, and the file of the script is read again."""
    text = unit * (600 // len(unit)) + "1"
    blocks = article_of(("paragraph", "X."), ("paragraph", f"So {text} holds.")).blocks
    marked = replace(blocks[1], marks=(Mark(MarkKind.MATH, 3, 3 + len(text)),))

    script = write_script([replace(article_of(("paragraph", "X.")), blocks=(blocks[0], marked))], Style(), joe)
    said = [each.spoken for segment in script.segments for each in segment.utterances]
    again = load_script(dump_script(script), "a.yaml", Style())

    assert max(map(len, said)) <= Style().utterance_characters
    assert "".join(said[3:]).count(word) == text.count(unit)
    assert [each.spoken for segment in again.segments for each in segment.utterances] == said
