"""Laws of the rows for letters: whatever the text, nothing crashes, nothing is lost, no markup is spoken."""

from __future__ import annotations

import re
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.model import Diction, Policy, Role
from narrate.model.diction import Citations, Emoji, Headings, Mathematics, Urls
from narrate.script.normalise import edits_in
from narrate.script.normalise.english.letters.formulareader import in_words
from narrate.script.normalise.english.letters.roman import value
from narrate.script.spoken import speak_as

PIECES = st.sampled_from(
    [
        *(
            "Dr.",
            "St.",
            "No.",
            "Co.",
            "et al.",
            "e.g.",
            "U.S.",
            "J.",
            "K.",
            "Henry",
            "VIII",
            "Chapter",
            "IV",
            "II",
            "I",
        ),
        *("mix", "(Smith 2019)", "[12]", "[a]", "$x^2$", "\\alpha", "\\frac{a}{b}", "https://a.b/c?d=1", "www.x.org"),
        *("a@b.com", "@me", "#OneTwo", "#1", "file.txt", "/usr/bin", "C:\\x", "snake_case", "C++", "WHO", "IT", "US"),
        *("MPs", "PhD", "BIG", "AT&T", "&nbsp;", "&amp;", "<", ">", "[[", "]]", "👍🏽", "👨‍👩‍👧", "🇫🇷", "1️⃣", "¹²", "™"),
        *("§", "→", "½", "%", "~5", "and/or", "he", "read", "lead", "pipes", "close", "the", ",", ".", "?", "!", "—"),
        *("“", "”", "(", ")", "5", "2019", "p.m."),
    ]
)
PROSE = st.lists(PIECES, max_size=14).map(" ".join)
GLUED = st.lists(PIECES, max_size=8).map("".join)
ANY = st.text(max_size=120) | PROSE | GLUED
POLICIES = st.builds(
    Policy,
    urls=st.sampled_from(Urls),
    citations=st.sampled_from(Citations),
    mathematics=st.sampled_from(Mathematics),
    emoji=st.sampled_from(Emoji),
    headings=st.sampled_from(Headings),
)
MARKUP = re.compile(
    "[\x00-\x1f\x7f-\x9f\\[\\]<>&\u200b\u2028\u202a-\u202e\ufeff\ue000-\uf8ff\ud800-\udfff\u20e3\ufe0f]|👍|🇫"
)


@given(ANY, POLICIES, st.sampled_from(list(Role)))
def test_no_text_breaks_a_row(written: str, policy: Policy, role: Role) -> None:
    """Edits are in order, inside the text and do not overlap; the map follows them."""
    edits = edits_in(written, "en", role, policy)
    spoken, words = speak_as(written, "en", role, Diction(policy))

    assert all(0 <= edit.start < edit.end <= len(written) for edit in edits)
    assert all(one.end <= other.start for one, other in pairwise(edits))
    assert all(0 <= word.spoken_start < word.spoken_end <= len(spoken) for word in words)


@given(ANY, POLICIES)
def test_no_markup_is_left(written: str, policy: Policy) -> None:
    """What no engine may see is in nothing that is spoken, whatever the choices."""
    assert not MARKUP.search(speak_as(written, "en", Role.BODY, Diction(policy))[0])


@given(ANY)
def test_words_are_not_emptied(written: str) -> None:
    """A text with ASCII letters is still heard; only rows that are there to leave something out may take letters."""
    edits = edits_in(written, "en", Role.BODY, Policy())
    emptied = {
        edit.rule
        for edit in edits
        if not any(map(str.isalnum, edit.said)) and re.search("[a-zA-Z]", written[edit.start : edit.end])
    }

    assert emptied <= {"citation mark", "trade mark", "leftover of HTML"}


@given(PROSE)
def test_what_is_said_is_said_again(written: str) -> None:
    """The spoken form of a spoken form has no class of its own left that would change its letters twice."""
    once = speak_as(written, "en", Role.BODY)[0]
    twice = speak_as(once, "en", Role.BODY)[0]
    thrice = speak_as(twice, "en", Role.BODY)[0]

    assert thrice == twice


@given(st.text("{}^_\\abfracsqrt123+=() ", max_size=200))
def test_any_formula_is_read_or_left(source: str) -> None:
    """Broken TeX makes no error, and no sign of TeX is left in what is said."""
    assert not re.search(r"[\\{}^_]", in_words(source))


@given(st.integers(1, 3999))
def test_roman_numerals_are_read_back(number: int) -> None:
    """Every number up to 3,999 has the value that it was written for."""
    steps = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"))
    written, rest = "", number
    for step, sign in (*steps, (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        written, rest = written + sign * (rest // step), rest % step

    assert value(written) == number
    assert value(written.lower()) == number


@pytest.mark.parametrize(
    "text",
    [
        *("a." * 20_000, "A. " * 20_000, "[1" * 20_000, "(Smith 2019; " * 4_000, "www." * 10_000, "$x" * 20_000),
        *(
            "I, " * 20_000,
            "http://" + "a(" * 10_000,
            "Chapter I, " * 5_000,
            "a@" * 20_000,
            "/a" * 20_000,
            "#A" * 20_000,
        ),
        *("\\(" * 20_000, "Aa " * 20_000, "{" * 5_000, "#A" * 20_000, "1 St " * 10_000, "he read " * 8_000),
    ],
)
def test_no_text_takes_for_ever(text: str) -> None:
    """60,000 characters made to be slow take seconds at most."""
    start = time.process_time()
    edits_in(text, "en", Role.BODY, Policy())

    assert time.process_time() - start < 10
