"""Folders and patterns as names of articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.errors import UsageError
from narrate.pipeline.gathering import gathered, natural

if TYPE_CHECKING:
    from pathlib import Path

    from tests.pipeline.conftest import Workshop


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with articles and other things."""
    folder = tmp_path / "articles"
    (folder / "inner").mkdir(parents=True)
    for name in ("part 10.md", "part 9.txt", "Part 1.html", ".hidden.md", "song.mp3", "inner/deep.md"):
        (folder / name).write_text("Words.")
    return folder


def names(workshop: Workshop, *given: str) -> list[str]:
    """What names mean, as the last parts of their paths."""
    return [str(name).replace("\\", "/").rpartition("/")[2] for name in gathered(given, workshop.tools())]


def test_a_folder_is_its_articles_in_natural_order(workshop: Workshop, folder: Path) -> None:
    """Those that some reader reads; hidden files and folders in it are left."""
    assert names(workshop, str(folder)) == ["Part 1.html", "part 9.txt", "part 10.md"]


def test_a_pattern_is_what_it_matches(workshop: Workshop, folder: Path) -> None:
    """Shells that know none hand it on; ** goes down into folders. What is named twice is made once."""
    assert names(workshop, f"{folder}/*.md") == ["part 10.md"]
    assert names(workshop, f"{folder}/**/*.md", f"{folder}/part 10.md") == ["deep.md", "part 10.md"]


def test_a_file_with_signs_of_a_pattern_in_its_name_is_that_file(workshop: Workshop, folder: Path) -> None:
    """A name that is there means itself."""
    (folder / "what [1].md").write_text("Words.")

    assert names(workshop, f"{folder}/what [1].md") == ["what [1].md"]


def test_addresses_and_standard_input_are_left_as_they_are(workshop: Workshop) -> None:
    """A question mark in an address is no pattern."""
    assert gathered(("https://a.example/?x=[1]*", "-", "gone.md"), workshop.tools()) == (
        "https://a.example/?x=[1]*",
        "-",
        "gone.md",
    )


def test_what_means_no_article_is_said(workshop: Workshop, folder: Path, tmp_path: Path) -> None:
    """An empty folder, one that narrate made, a pattern that matches nothing."""
    empty, show = tmp_path / "empty", tmp_path / "show"
    empty.mkdir()
    show.mkdir()
    (show / "show.toml").write_text("")
    (show / "notes.md").write_text("Words.")

    for name in (empty, show):
        with pytest.raises(UsageError, match="there is no article in the folder"):
            gathered((str(name),), workshop.tools())
    with pytest.raises(UsageError, match="no file matches"):
        gathered((f"{folder}/*.pdf",), workshop.tools())


@given(st.lists(st.text(max_size=8), max_size=6))
def test_any_names_can_be_sorted(given: list[str]) -> None:
    """Numbers and words never have to be compared."""
    assert len(sorted(given, key=natural)) == len(given)
