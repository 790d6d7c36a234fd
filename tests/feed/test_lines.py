"""Values with parts, as lines that a person types: what is written reads back the same, and what is wrong is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.feed import lines
from narrate.feed.taxonomy import ROLES, role_names
from narrate.model import Frequency, Person, Recommendation, Soundbite, WebLink

if TYPE_CHECKING:
    from collections.abc import Callable

WORDS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1, max_size=12).filter(
    lambda text: not set(text) & set(";=") and "://" not in text
)
NAMES = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)
URLS = st.sampled_from(["https://example.org/", "http://a.example/b?c=d#e", "https://xn--mller-kva.example/%C3%BC"])
GUID = "9b024349-ccf0-5f69-a609-6b82873eab3c"


@given(
    NAMES, st.sampled_from(["", *role_names()]), st.sampled_from(["", *ROLES]), URLS | st.just(""), URLS | st.just("")
)
def test_a_person_reads_back(name: str, role: str, group: str, href: str, img: str) -> None:
    """`person` is the inverse of `person_line`."""
    somebody = Person(name, role, group, href, img)

    assert lines.person(lines.person_line(somebody)) == somebody


@given(URLS, NAMES | st.just(""))
def test_a_link_reads_back(url: str, text: str) -> None:
    """`web_link` is the inverse of `web_link_line`."""
    assert lines.web_link(lines.web_link_line(WebLink(url, text))) == WebLink(url, text)


@given(URLS | st.just(""), NAMES | st.just(""))
def test_a_recommendation_reads_back(url: str, title: str) -> None:
    """`recommendation` is the inverse of `recommendation_line`."""
    other = Recommendation(GUID, url, title)

    assert lines.recommendation(lines.recommendation_line(other)) == other


@given(st.integers(0, 10**8), st.integers(1, 10**7), NAMES | st.just(""))
def test_a_soundbite_reads_back(start_ms: int, duration_ms: int, title: str) -> None:
    """`soundbite` is the inverse of `soundbite_line`, to the millisecond."""
    bite = Soundbite(start_ms, duration_ms, title)

    assert lines.soundbite(lines.soundbite_line(bite)) == bite


@pytest.mark.parametrize(
    ("text", "start_ms"),
    [("70", 70_000), ("1:10", 70_000), ("01:10.5", 70_500), ("00:01:10", 70_000), ("1:00:00.001", 3_600_001), ("0", 0)],
)
def test_times_are_written_in_every_usual_way(text: str, start_ms: int) -> None:
    """Seconds, minutes and seconds, or hours too."""
    assert lines.soundbite(f"{text} 30").start_ms == start_ms


@pytest.mark.parametrize("word", lines.FREQUENCIES)
def test_a_usual_frequency_reads_back(word: str) -> None:
    """In the word that was typed; all but the end have a rule of RFC 5545."""
    found = lines.frequency(word.upper())

    assert lines.frequency_line(found) == word
    assert bool(found.rule) != found.complete


def test_a_rule_of_ones_own_reads_back() -> None:
    """With its text, which people see."""
    own = Frequency("Every Friday the 13th", "FREQ=WEEKLY;BYDAY=FR;BYMONTHDAY=13")

    assert lines.frequency(lines.frequency_line(own)) == own


@pytest.mark.parametrize(
    ("read", "line", "said"),
    [
        (lines.person, "", "must begin with a name"),
        (lines.person, "; role=host", "must begin with a name"),
        (lines.person, "Ann; host", "must have only role, group, href, img"),
        (lines.person, "Ann; group=band", "must have a group of creative direction, cast"),
        (lines.person, "Ann; img=ann.jpg", "must be an address that begins with"),
        (lines.person, "é" * 129, "must have a text of at most 128 characters, and it has 129"),
        (lines.web_link, "Support", "must be an address"),
        (lines.web_link, "https://a.example/ " + "é" * 129, "at most 128 characters"),
        (lines.recommendation, "A show", "must be a show's podcast:guid"),
        (lines.recommendation, f"{GUID} ftp://a.example/", "must be a show's podcast:guid, then its feed's address"),
        (lines.soundbite, "soon 30", "must be a start, a length in seconds and a title"),
        (lines.soundbite, "10", "must be a start, a length"),
        (lines.soundbite, "10 0", "must be a start, a length"),
        (lines.soundbite, "-1 5", "must be a start, a length"),
        (lines.frequency, "sometimes", "must be one of daily, weekdays"),
        (lines.frequency, "; FREQ=WEEKLY", "or a text and its rule"),
        (lines.frequency, "On Mondays; every week", "or a text and its rule"),
    ],
)
def test_what_is_wrong_is_said(read: Callable[[str], object], line: str, said: str) -> None:
    """As the rest of a sentence that begins with the field's name."""
    with pytest.raises(ValueError, match=r"^must ") as caught:
        read(line)

    assert said in str(caught.value)


def test_the_taxonomy_is_whole() -> None:
    """Eleven groups and 63 roles, in small letters, "editor" in two of them."""
    roles = [role for group in ROLES.values() for role in group]

    assert len(ROLES) == 11
    assert len(roles) == len(role_names()) + 1 == 63
    assert all(word == word.lower().strip() for word in (*ROLES, *roles))
