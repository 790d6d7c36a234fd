"""Bylines and dates at the start of Markdown texts."""

from __future__ import annotations

from datetime import date

import pytest

from narrate.article.markdown import read_markdown
from narrate.errors import ArticleError

FRONT = "---\nauthor: Jane Doe\ndate: 2025-03-07\n---\n"
DAY = date(2025, 3, 7)


def _read(source: str) -> tuple[list[str], tuple[str, ...], date | None]:
    blocks, facts = read_markdown(source, "a.md")
    return [f"{block.kind} {block.text}" for block in blocks], facts.authors, facts.published


@pytest.mark.parametrize(
    "source",
    [
        "# T\n\nBy Jane Doe\n*March 7, 2025*\n\nProse.",
        "# T\n\n*By Jane Doe* — 7 March 2025\n\nProse.",
        "# T\n\n**By [Jane Doe](https://a.b/jane)**\\\n_Published on March 7, 2025_\n\nProse.",
        "# T\n\nBy Jane Doe\n\n2025-03-07\n\nProse.",
        "# T\n\nBy Jane Doe<br>\nMarch 7, 2025\n\nProse.",
        f"{FRONT}# T\n\nBy Jane Doe | 7 March 2025\n\nProse.",
        f"{FRONT}# T\n\n7 March 2025\n\nby JANE DOE\n\nProse.",
        "---\nauthor: Jane Doe\n---\n# T\n\nMarch 7, 2025\n\nProse.",
        "By Jane Doe\n\nMarch 7, 2025\n\n# T\n\nProse.",
    ],
)
def test_they_are_facts_and_no_prose(source: str) -> None:
    """Whoever says it, front matter or the text, it is known once and read out once."""
    assert _read(source) == (["title T", "paragraph Prose."], ("Jane Doe",), DAY)


def test_front_matter_wins_and_the_line_is_kept() -> None:
    """What says something else is not read out, but no letter of it is lost."""
    found = _read(f"{FRONT}# T\n\nBy Jo Roe\n\nProse.")

    assert found == (["title T", "byline By Jo Roe", "paragraph Prose."], ("Jane Doe",), DAY)


@pytest.mark.parametrize(
    ("source", "blocks"),
    [
        (
            "# T\n\nProse.\n\nBy Jane Doe\n\nMore.",
            ["title T", "paragraph Prose.", "paragraph By Jane Doe", "paragraph More."],
        ),
        ("# T\n\nBy Jane Doe", ["title T", "paragraph By Jane Doe"]),
        ("By Jane Doe\n\n![](a.png)", ["paragraph By Jane Doe", "hidden ![](a.png)"]),
        ("# T\n\nBy the river\n\nProse.", ["title T", "paragraph By the river", "paragraph Prose."]),
        (
            "# T\n\nBy Jane Doe\nwe were told.\n\nProse.",
            ["title T", "paragraph By Jane Doe we were told.", "paragraph Prose."],
        ),
        ("# T\n\n## By Jane Doe\n\nProse.", ["title T", "heading By Jane Doe", "paragraph Prose."]),
    ],
)
def test_what_is_no_byline_of_the_article_is_read(source: str, blocks: list[str]) -> None:
    """One in the middle, one with nothing after it, and prose that begins like one are text."""
    assert _read(source) == (blocks, (), None)


def test_a_second_byline_is_text() -> None:
    """It may be that of a part."""
    blocks, authors, _day = _read("# T\n\nBy Jane Doe\n\nBy Jo Roe\n\nProse.")

    assert (blocks[1:], authors) == (["paragraph By Jo Roe", "paragraph Prose."], ("Jane Doe",))


def test_a_text_that_is_too_much_for_the_parser_has_its_byline_too() -> None:
    """Text with very many brackets is read as plain text; its author is not lost."""
    blocks, authors, _day = _read("The Title\n\nBy Jane Doe\n\n" + "Prose " + "[" * 1200 + " goes on.\n")

    assert authors == ("Jane Doe",)
    assert not any("Jane" in block for block in blocks)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("---\ntitle: T\ndate: 2025-02-30\n---\nText.", "a.md, line 3: date is '2025-02-30', which is in no calendar"),
        ("---\nPub-Date: x\nPublishDate: 31 April 2025\n---\nText.", "a.md, line 3: publishdate is '31 April 2025'"),
        ('+++\ndate = "2025-13-01T10:00:00Z"\n+++\nText.', "a.md, line 2: date is"),
    ],
)
def test_a_day_in_no_calendar_is_refused(source: str, message: str) -> None:
    """Dropped without a word, the episode would have the wrong date and nobody would know."""
    with pytest.raises(ArticleError) as caught:
        read_markdown(source, "a.md")

    assert str(caught.value).startswith(message)
    assert "allowed: a date such as 2026-11-24" in str(caught.value)


@pytest.mark.parametrize("said", ["spring 2024", "soon", "03/04/2026", "2025", "", "[a]"])
def test_words_for_a_time_are_no_fault(said: str) -> None:
    """They say when, to people; narrate says no date."""
    assert _read(f"---\ndate: {said}\n---\nText.") == (["paragraph Text."], (), None)
