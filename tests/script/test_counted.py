"""The level of a heading, the length of a list: said where it is wished."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from narrate.model import Article, Diction, Policy, Role, Style, Voice
from narrate.model.diction import Levels, Lists
from narrate.script import write_script

if TYPE_CHECKING:
    from collections.abc import Callable

STUDY = Style(diction=Diction(Policy(lists=Lists.COUNT, levels=Levels.SAY)))
BARE = Style(announcements=False, disclosure=False)


def heard(article: Article, voice: Voice, style: Style = STUDY) -> list[str]:
    """What is written of what is heard, between the title and the end."""
    script = write_script([article], style, voice)
    return [utterance.written for _, utterance in script.spoken()]


def item(level: int = 1, text: str = "thing") -> tuple[str | int, ...]:
    """An item of a list."""
    return ("list item", text, level)


@pytest.mark.parametrize(
    ("blocks", "wanted"),
    [
        ([item()], ["List of one item.", "thing"]),
        ([item(), item()], ["List of 2 items.", "thing", "thing"]),
        (
            [item(), item(2, "inner"), item(2, "inner"), item()],
            ["List of 2 items.", "thing", "List of 2 items.", "inner", "inner", "thing"],
        ),
        (
            [item(), ("paragraph", "Between."), item()],
            ["List of one item.", "thing", "Between.", "List of one item.", "thing"],
        ),
        (
            [item(), item(2, "a"), item(), item(2, "b")],
            ["List of 2 items.", "thing", "List of one item.", "a", "thing", "List of one item.", "b"],
        ),
        ([item(), item(1, "* * *"), item()], ["List of 2 items.", "thing", "thing"]),
    ],
)
def test_the_length_of_a_list_is_said_before_it(
    article_of: Callable[..., Article], joe: Voice, blocks: list[tuple[str | int, ...]], wanted: list[str]
) -> None:
    """Of what is heard; a list inside an item is one of its own, and the outer one goes on after it."""
    said = heard(article_of(*blocks), joe)

    assert said[2:-1] == wanted


@pytest.mark.parametrize(
    ("numbers", "wanted"),
    [
        ((1, 2, 1), ["List of 2 items.", "1. thing", "2. thing", "List of one item.", "1. thing"]),
        (
            (1, 0, 0, 5),
            ["List of one item.", "1. thing", "List of 2 items.", "thing", "thing", "List of one item.", "5. thing"],
        ),
        ((0, 1), ["List of one item.", "thing", "List of one item.", "1. thing"]),
    ],
)
def test_lists_in_a_row_are_lists_of_their_own(
    article_of: Callable[..., Article], joe: Voice, numbers: tuple[int, ...], wanted: list[str]
) -> None:
    """Where numbers begin again at 1, and where bullets follow numbers or numbers bullets, as they are shown."""
    from dataclasses import replace

    article = article_of(*(item() for _ in numbers))
    numbered = [replace(block, number=number) for block, number in zip(article.blocks, numbers, strict=True)]

    assert heard(replace(article, blocks=tuple(numbered)), joe)[2:-1] == wanted


@pytest.mark.parametrize(
    ("language", "spoken"),
    [
        ("en", "Heading level 3: Prices."),
        ("de", "Überschrift, Ebene 3: Prices."),
        ("fr", "Titre de niveau 3 : Prices."),
        ("cy", "Heading level 3: Prices."),
    ],
)
def test_the_level_of_a_heading_is_spoken_and_not_written(
    article_of: Callable[..., Article], joe: Voice, language: str, spoken: str
) -> None:
    """So transcripts and chapters have the author's words alone."""
    article = article_of(("heading", "Prices", 3), ("paragraph", "Up."), language=language)
    script = write_script([article], STUDY, joe)
    heading = next(segment for segment in script.segments if segment.role is Role.HEADING)

    assert [(each.written, each.spoken) for each in heading.utterances] == [("Prices", spoken)]
    assert "Prices" in [segment.chapter for segment in script.segments] or script.segments[0].chapter


def test_without_announcements_only_the_article_is_heard(article_of: Callable[..., Article], joe: Voice) -> None:
    """No author, no date, no end; a byline in the text is read there, for nothing else says it."""
    article = article_of(("byline", "By Ann Lee"), ("paragraph", "Up."), authors=("Ann Lee",), url="https://a.example/")

    assert heard(article, joe, BARE) == ["The Title", "By Ann Lee", "Up."]
