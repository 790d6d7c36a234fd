"""Show notes: those of the golden reference, and what is left out of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html

from narrate.episode.notes import describe, plain, timestamp
from narrate.model import Chapter

if TYPE_CHECKING:
    from narrate.model import Timeline, Voice


def test_are_the_golden_ones(golden: dict[str, Any], seed_timeline: Timeline, joe: Voice) -> None:
    """Summary, timestamps, voice and page stand as the reference has them, to the letter."""
    summary = " ".join(say["written"] for say in golden["segments"][2]["say"][:2])

    assert describe(summary, seed_timeline, joe, "{episode_url}") == golden["show_notes_html"]


def test_the_original_comes_first(seed_timeline: Timeline, joe: Voice) -> None:
    """A link to the article is the first thing a reader finds."""
    notes = describe("Summary.", seed_timeline, joe, originals={"https://example.org/?a=1&b=2": ""})

    assert notes.startswith(
        '<p>Original article: <a href="https://example.org/?a=1&amp;b=2">https://example.org/?a=1&amp;b=2</a></p>\n'
    )


def test_each_original_has_its_line(seed_timeline: Timeline, joe: Voice) -> None:
    """Where there are several, each has its title and its link; what is no address of the web is not shown."""
    originals = {"https://e.org/rain": "Rain & <b>", "javascript:alert(1)": "Mean", "HTTP://e.org/sun": "Sun"}

    notes = describe("Summary.", seed_timeline, joe, originals=originals)
    tree = html.fragment_fromstring(notes, create_parent="div")

    assert [link.get("href") for link in tree.iter("a")] == ["https://e.org/rain", "HTTP://e.org/sun"]
    assert plain(notes).split("\n\n")[0].splitlines() == [
        "Original article: Rain & <b> https://e.org/rain",
        "Original article: Sun HTTP://e.org/sun",
    ]


@pytest.mark.parametrize("count", [0, 1, 2])
def test_two_chapters_are_no_list(seed_timeline: Timeline, joe: Voice, count: int) -> None:
    """Apple and Spotify make chapters of three timestamps or more; fewer are left out."""
    notes = describe("Summary.", replace(seed_timeline, chapters=seed_timeline.chapters[:count]), joe)

    assert "00:00:00" not in notes


def test_what_is_not_known_is_not_said(seed_timeline: Timeline, joe: Voice) -> None:
    """No page, no link, no label: only who read it, by its kind."""
    nobody = replace(joe, label="", disclosure="Something else.")

    notes = describe("", replace(seed_timeline, chapters=()), nobody)

    assert notes == "<p>Read by a computer voice.</p>\n"


def test_text_is_text(seed_timeline: Timeline, joe: Voice) -> None:
    """Whatever summary and titles hold is shown, not obeyed."""
    mean = '<script>alert("1")</script> & co'
    chapters = tuple(Chapter(at, at + 10, mean, "s") for at in (0, 10, 20))

    notes = describe(mean, replace(seed_timeline, chapters=chapters), joe, 'https://e.org/"><b>')
    tree = html.fragment_fromstring(notes, create_parent="div")

    assert {element.tag for element in tree.iter()} == {"div", "p", "br", "a"}
    assert tree.text_content().count(mean) == 4


def test_plain_notes_are_the_same_words(golden: dict[str, Any]) -> None:
    """Without tags the notes read the same, a timestamp a line, blank lines between paragraphs."""
    text = plain(golden["show_notes_html"])

    tree = html.fragment_fromstring(golden["show_notes_html"], create_parent="div")
    assert text.split() == tree.text_content().split()
    assert "<" not in text
    assert "\n\n\n" not in text
    assert [line[:8] for line in text.split("\n\n")[1].splitlines()] == [each["start"] for each in golden["chapters"]]


def test_a_timestamp_is_never_late() -> None:
    """Rounded down, so that the first word of a chapter is heard."""
    assert [timestamp(ms) for ms in (0, 999, 59_999, 3_600_000)] == ["00:00:00", "00:00:00", "00:00:59", "01:00:00"]
