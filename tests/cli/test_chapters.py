"""Chapters on the command line: listed, picked, an episode of each."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Narrate = Callable[..., Any]

BOOK = (
    "# The Mill\n\n## The River\n\nIt rises in the hills.\n\n## The Town\n\nIt has a mill.\n\n## The End\n\nIt fell.\n"
)


@pytest.fixture
def book(here: Path) -> str:
    """A book of three chapters that lies here."""
    (here / "mill.md").write_text(BOOK, encoding="utf-8")
    return "mill.md"


def test_chapters_are_listed_with_their_numbers(narrate: Narrate, book: str) -> None:
    """A number, a title and the words of each; in a pipe divided by tabs; as JSON on demand."""
    listed = narrate("script", book, "--contents")

    assert [line.split("\t")[:2] for line in listed.out.splitlines()] == [
        ["1", "The River"],
        ["2", "The Town"],
        ["3", "The End"],
    ]
    told = narrate("script", book, "--contents", "--json").json()
    assert [chapter["number"] for chapter in told["chapters"]] == [1, 2, 3]


def test_picked_chapters_are_the_script(narrate: Narrate, book: str) -> None:
    """What was not picked is not in the script."""
    script = narrate("script", book, "--chapters", "1,3").out

    assert "hills" in script
    assert "fell" in script
    assert "has a mill" not in script


def test_each_chapter_is_an_episode_and_stays_it(narrate: Narrate, book: str, here: Path) -> None:
    """Split, a book is an episode a chapter, in order; made again with a chapter more, the old ones are the same."""
    first = narrate("make", book, "--split", "--json").json()
    (here / book).write_text(BOOK.replace("## The River", "## Before\n\nDry land.\n\n## The River"), encoding="utf-8")
    again = narrate("make", book, "--split", "--json").json()

    assert [one["title"] for one in first["episodes"]] == [
        "The Mill: The River",
        "The Mill: The Town",
        "The Mill: The End",
    ]
    assert again["episodes"][0]["outcome"] == "new"
    assert [one["guid"] for one in again["episodes"]][1:] == [one["guid"] for one in first["episodes"]]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("make", "mill.md", "--chapters", "x"), "takes numbers"),
        (("make", "mill.md", "town.md", "--chapters", "1"), "picks from one article"),
        (("make", "mill.md", "--split", "--edition", "Week"), "take one of them"),
        (("make", "mill.md", "--chapters", "9"), "chapters 1 to 3"),
        (("script", "mill.md", "--split"), "No such option"),
        (("script", "mill.md", "mill.md", "--contents"), "one article"),
    ],
)
def test_what_cannot_be_asked_is_refused(narrate: Narrate, book: str, words: tuple[str, ...], why: str) -> None:
    """Each wrong call gets its sentence."""
    Path("town.md").write_bytes(Path(book).read_bytes())
    assert why.lower() in narrate(*words).refusal.lower()


def test_a_script_has_no_chapters_to_pick(narrate: Narrate, book: str, here: Path) -> None:
    """A script is what was picked already."""
    assert narrate("script", book, "-o", "mill.yaml").code == 0
    assert (here / "mill.yaml").exists()
    assert "is a script" in narrate("make", "mill.yaml", "--split").refusal
