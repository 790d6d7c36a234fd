"""How much work a long text makes: counted and not timed, so that growth by the square shows on a short one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import sentencex
from hypothesis import given
from hypothesis import strategies as st

from narrate.script.normalise.rule import Rule, matching
from narrate.script.sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Callable

UNCLOSED = "“a bread " * 10_000
CODE = "".join("`" * count + " a " for count in range(1, 400))
WORD = "x" * 90_000
SHORT_AND_LONG = ("It is. " + "bread and " * 2500) * 4
PROSE = "Dr. Who stood at the mill. “Go!” he said. It was 3.5 miles off, at St. Ives. " * 900


@pytest.mark.parametrize("text", [UNCLOSED, CODE, WORD, SHORT_AND_LONG, PROSE])
def test_the_splitter_gets_a_stretch_at_a_time(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its time is the square of the quotation marks that it gets at once; none of a text is read more than twice."""
    seen: list[int] = []
    real: Callable[[str, str], list[str]] = sentencex.segment

    def counted(language: str, part: str) -> list[str]:
        seen.append(len(part))
        return real(language, part)

    monkeypatch.setattr(sentencex, "segment", counted)
    sentences = split_sentences(text, "en", limit=len(text))

    assert "".join(sentences) == text
    assert max(seen) <= 20_000
    assert sum(seen) <= 2 * len(text)


@pytest.mark.parametrize("lead", range(0, 200, 7))
def test_a_stretch_ends_no_sentence(lead: int) -> None:
    """Wherever the stretches of a long paragraph end, its sentences are those of its short ones."""
    short = "Dr. Who stood at the mill. It was 3.5 miles off, at St. Ives. "
    text = "x" * lead + " is old. " + short * 700

    assert split_sentences(text, "en")[1:] == split_sentences(short, "en") * 700


def test_a_sentence_longer_than_a_stretch_stays_whole() -> None:
    """It is put together from what the stretches have of it, and ends where it ends."""
    text = "It is old. " + "bread and " * 5000 + "more. It is good."

    assert [len(sentence) for sentence in split_sentences(text, "en")] == [11, 50_006, 11]


def test_a_row_is_not_asked_about_what_another_has() -> None:
    """What is costly to say is worked out for the places that no earlier row has taken."""
    asked: list[str] = []

    def say(match: re.Match[str]) -> str:
        asked.append(match.group())
        return "digit"

    rows = [Rule("numbers", re.compile(r"\d\d+"), "number"), Rule("digits", re.compile(r"\d"), say)]
    edits = matching(rows, "1234567890 " * 100 + "7 ")

    assert asked == ["7"]
    assert [edit.said for edit in edits] == ["number"] * 100 + ["digit"]


@given(st.text("ab1 ", max_size=30))
def test_the_earlier_row_has_it(text: str) -> None:
    """Of rows that match the same characters the first one wins, those inside a match and at no width as well."""
    patterns = ["a1*", r"\b", "[ab]+", "1", "(?=b)"]
    taken: list[tuple[int, int, str]] = []
    for pattern in patterns:
        for match in re.finditer(pattern, text):
            start, end = match.span()
            if all((end <= low or high <= start) and start != low for low, high, _ in taken):
                taken.append((start, end, pattern))

    edits = matching([Rule(pattern, re.compile(pattern), pattern) for pattern in patterns], text)

    assert [(edit.start, edit.end, edit.rule) for edit in edits] == sorted(taken)
