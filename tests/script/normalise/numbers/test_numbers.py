"""Numbers in English: pairs of news prose, regions, and laws that hold for any text."""

from __future__ import annotations

import csv
import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.model import Policy, Role, WordSpan
from narrate.script import speak_written
from narrate.script.normalise.english.numbers import number_rules
from narrate.script.normalise.rule import matching
from narrate.script.words import apply_edits, speakable

with (Path(__file__).parent / "news.tsv").open(encoding="utf-8", newline="") as file:
    PAIRS = [tuple(row[:2]) for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)][1:]

WRITTEN = [written for written, _ in PAIRS]
SIGNS = st.text("0123456789 .,:/-–$£€%°'\"x×+=()#²½kmgsthdMay", max_size=40)
TOKENS = st.lists(
    st.sampled_from(sorted({token for written in WRITTEN for token in written.split()})), max_size=12
).map(" ".join)
TEXT = st.text(max_size=60) | SIGNS | TOKENS
REGIONS = st.sampled_from(["en", "en-us", "en-gb", "en-ca", "en-au"])


def said(written: str, language: str = "en") -> tuple[str, tuple[WordSpan, ...]]:
    """What the rows for numbers alone make of a text, and its word map."""
    return apply_edits(written, matching(number_rules(language, Role.BODY, Policy()), written))


@pytest.mark.parametrize(("written", "spoken"), PAIRS)
def test_news_is_said_as_a_newsreader_says_it(written: str, spoken: str) -> None:
    """Whole sentences of every class, in context, and sentences that stay as they are."""
    assert speak_written(written, "en")[0] == spoken


def test_there_are_pairs_enough() -> None:
    """A class that lost its pairs would be guarded by nothing."""
    assert len(PAIRS) >= 200
    assert sum(written == spoken for written, spoken in PAIRS) >= 10


@pytest.mark.parametrize(
    ("language", "written", "spoken"),
    [
        ("en-us", "on 01/02/2026", "on January second, twenty twenty-six"),
        ("en-gb", "on 01/02/2026", "on the first of February twenty twenty-six"),
        ("en-gb", "on 13/01/2026", "on the thirteenth of January twenty twenty-six"),
        ("en-us", "on 13/01/2026", "on January thirteenth, twenty twenty-six"),
        ("en", "105 people", "one hundred five people"),
        ("en-gb", "105 people", "one hundred and five people"),
        ("en-gb", "2,000,026 people", "two million and twenty-six people"),
        ("en-gb", "a 3-0 win", "a three nil win"),
        ("en", "a 3-0 win", "a three zero win"),
        ("en-gb", "a 5 m pole", "a five metre pole"),
        ("en", "a 5 m pole", "a five meter pole"),
        ("en-gb", "up 5p", "up five pence"),
        ("en", "at 8.30 per unit", "at eight point three zero per unit"),
        ("en-gb", "at 8.30 on Monday", "at eight thirty on Monday"),
        ("en", "on 12/25", "on December twenty fifth"),
        ("en-au", "on 25/12", "on the twenty fifth of December"),
        ("en-gb", "March 3 was cold", "March the third was cold"),
    ],
)
def test_a_region_says_numbers_its_own_way(language: str, written: str, spoken: str) -> None:
    """The order of dates in figures, "and", nil, metres, pence."""
    assert said(written, language)[0] == spoken


@given(TEXT, REGIONS)
def test_no_digit_is_left_and_nothing_else_is_lost(written: str, language: str) -> None:
    """No crash on any text; each digit has words, and what has letters or digits is never emptied."""
    spoken = said(written, language)[0]

    assert not re.search(r"(?<!\w)[0-9]", spoken)
    assert speakable(spoken) or not speakable(written)


@given(TEXT)
def test_words_stay_in_order(written: str) -> None:
    """The word map neither overlaps nor goes back, and every written digit is in a word of it."""
    spoken, words = said(written)

    last = WordSpan(0, 0, 0, 0)
    for word in words:
        assert last.written_end <= word.written_start < word.written_end <= len(written)
        assert last.spoken_end <= word.spoken_start < word.spoken_end <= len(spoken)
        last = word
    covered = {place for word in words for place in range(word.written_start, word.written_end)}
    assert all(place in covered for place, sign in enumerate(written) if sign.isdecimal())


@given(TOKENS, REGIONS)
def test_what_was_said_is_said_again(written: str, language: str) -> None:
    """A spoken form needs no second pass: its words stay."""
    once = said(written, language)[0]

    assert letters(said(once, language)[0]) == letters(once)


@given(
    st.text(
        st.characters(exclude_categories=["Nd", "No", "Nl"], exclude_characters="$£€%§¶+=×÷±≈≤≥≠~∼√²³⁻⁺·¢−∓→≡∝∈∛≃#№*"),
        max_size=80,
    )
)
def test_text_without_numbers_comes_out_byte_for_byte(written: str) -> None:
    """No row for numbers touches words."""
    assert said(written)[0] == written


@given(st.integers(0, 10**15))
def test_every_number_is_counted(number: int) -> None:
    """With commas a number of any length is counted: no digit is left, and no two numbers sound alike."""
    spoken, other = said(f"{number:,} stars")[0], said(f"{number + 1:,} stars")[0]

    assert not re.search(r"\d", spoken)
    assert spoken != other


def test_a_thousand_sentences_a_second() -> None:
    """Rows are few where no digit is; the bound leaves a busy machine four times the room."""
    rows = number_rules("en", Role.BODY, Policy())
    prose = [*WRITTEN, *(re.sub(r"\d", "", written) for written in WRITTEN)]
    start = time.process_time()
    for written in prose:
        matching(rows, written)

    assert (time.process_time() - start) / len(prose) < 0.004


def letters(text: str) -> str:
    """The letters and digits of a text, without the blanks and signs between them."""
    return "".join(filter(str.isalnum, text))
