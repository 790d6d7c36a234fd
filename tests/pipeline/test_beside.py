"""A script that lies beside its article: the page shows the article, but for what was edited or taken out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from narrate.pipeline.making import write
from narrate.pipeline.order import Order

if TYPE_CHECKING:
    from pathlib import Path

    from tests.pipeline.conftest import Workshop

ARTICLE = """# Bread

Bread is [old](https://example.org/bread). It was **not** white.

| Flour | Days |
|-------|------|
| rye   | 5    |
| wheat | 2    |

- Salt
- Water

The last line is private.
"""


def script_beside(workshop: Workshop) -> Path:
    """The script of the article, in its folder."""
    article = workshop.write("bread.md", ARTICLE)
    written = write(Order((str(article),)), workshop.settings(), workshop.tools())
    return workshop.write("bread.yaml", written.text)


def page_of(workshop: Workshop, script: Path) -> str:
    """The page of the episode made of a script."""
    made = workshop.make(script).made[0]
    return (workshop.show / made.episode.slug / "index.html").read_text(encoding="utf-8")


def test_the_page_of_a_script_is_that_of_its_article(workshop: Workshop) -> None:
    """Links, lists, tables and emphasis are there, as when the article itself is made."""
    from_script = page_of(workshop, script_beside(workshop))
    from_article = page_of(workshop, workshop.root / "bread.md")

    assert '<a href="https://example.org/bread">' in from_script
    assert all(tag in from_script for tag in ("<table", "<strong>", "<li"))
    assert from_script == from_article


def test_what_was_edited_is_shown_as_it_is_heard(workshop: Workshop) -> None:
    """An edited paragraph has the words of the script, others have their links and lists."""
    script = script_beside(workshop)
    text = script.read_text(encoding="utf-8").replace("Bread is old.", "Bread is ancient.")
    page = page_of(workshop, workshop.write("bread.yaml", text))

    assert "Bread is ancient." in page
    assert "Bread is " not in page.replace("Bread is ancient.", "")
    assert "<table" in page


def test_what_was_taken_out_is_not_shown(workshop: Workshop) -> None:
    """A segment that an editor deleted is on no page."""
    script = script_beside(workshop)
    kept = script.read_text(encoding="utf-8").rsplit("\n- id:", 2)[0]
    assert "The last line is private." not in kept
    page = page_of(workshop, workshop.write("bread.yaml", kept + "\n"))

    assert "line is private" not in page
    assert "<table" in page


def test_a_segment_of_ones_own_stands_where_it_is_heard(workshop: Workshop) -> None:
    """Between the blocks of the article."""
    script = script_beside(workshop)
    text = script.read_text(encoding="utf-8")
    at = text.index("\n- id:", text.index("It was not white"))
    page = page_of(workshop, workshop.write("bread.yaml", text[:at] + '\n- say:\n  - "A word of mine."\n' + text[at:]))

    assert page.index("white") < page.index("A word of mine.") < page.index("<table")


@pytest.mark.parametrize("change", ["changed", "gone", "a script", "a folder"])
def test_an_article_that_is_another_now_is_not_shown(workshop: Workshop, change: str) -> None:
    """The page has what the script says, and making it goes on."""
    script, article = script_beside(workshop), workshop.root / "bread.md"
    data = script.read_text(encoding="utf-8")
    article.unlink()
    if change == "changed":
        article.write_text(ARTICLE + "\nMore.\n", encoding="utf-8")
    elif change == "a script":
        article.write_text(data, encoding="utf-8")
    elif change == "a folder":
        article.mkdir()
    page = page_of(workshop, script)

    assert "https://example.org/bread" not in page
    assert "private" in page


@pytest.mark.parametrize("name", ["../bread.md", "/etc/hostname", "https://example.org/bread.md", "", "."])
def test_a_script_names_no_other_files(workshop: Workshop, name: str) -> None:
    """What a source is called leads out of the script's folder nowhere."""
    script = script_beside(workshop)
    text = script.read_text(encoding="utf-8")
    inner = workshop.root / "inner"
    inner.mkdir()
    moved = inner / "bread.yaml"
    moved.write_text(text.replace('- name: "bread.md"', f'- name: "{name or "x"}"'), encoding="utf-8")

    assert "https://example.org/bread" not in page_of(workshop, moved)
