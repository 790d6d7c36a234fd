"""Chapters of articles that are no books: what their headings head."""

from __future__ import annotations

import pytest

from narrate.article import parts_of, picked, read_article, split, wanted_parts
from narrate.article.markdown import MarkdownReader
from narrate.errors import ArticleError, UsageError
from narrate.model import Article, BlockKind, Origin

BOOK = """# The Mill

It stood by the river.

## The River

It rises in the hills[^1].

### The Source

Nobody knows where.

## The Town

It has a mill[^2].

[^1]: In two places.
[^2]: It had two.
"""


def _book(source: str = BOOK) -> Article:
    return read_article(source.encode(), Origin("a.md", "/a/a.md"), [MarkdownReader()])


def test_the_highest_headings_that_stand_twice_are_chapters() -> None:
    """The title heads no chapter, a heading under another neither; what comes before the first is one of its own."""
    assert [part.title for part in parts_of(_book())] == ["The Mill", "The River", "The Town"]


def test_a_title_alone_belongs_to_the_first_chapter() -> None:
    """Between the title and the first heading is nothing to hear."""
    parts = parts_of(_book("# T\n\n## A\n\nOne.\n\n## B\n\nTwo.\n"))

    assert [(part.title, len(part.blocks)) for part in parts] == [("A", 3), ("B", 2)]


def test_a_chapter_takes_its_notes_and_no_others() -> None:
    """What is picked brings the notes that it refers to."""
    article = picked(_book(), wanted_parts("2"))

    assert [block.text for block in article.blocks if block.kind is BlockKind.NOTE] == ["In two places."]
    assert "It has a mill" not in " ".join(block.text for block in article.blocks)


def test_every_block_is_in_one_part() -> None:
    """All chapters together are the article."""
    article = _book()

    assert sorted(map(repr, article.blocks)) == sorted(
        repr(block) for part in parts_of(article) for block in part.blocks
    )
    assert picked(article, (1, 2, 3)).blocks == article.blocks


def test_split_chapters_are_called_by_book_and_chapter() -> None:
    """The heading of a chapter becomes the title of its article, whose spans lead into its own text."""
    river = split(_book(), (2,))[0]

    assert (river.title, river.blocks[0].kind) == ("The Mill: The River", BlockKind.TITLE)
    for block in river.blocks:
        assert block.text[:6] in river.text[block.source.start : block.source.end]


def test_an_article_without_chapters_says_so() -> None:
    """What has no headings cannot be split."""
    with pytest.raises(ArticleError, match="no chapters"):
        split(_book("Only text.\n"))
    with pytest.raises(ArticleError, match="chapters 1 to 3, no 9"):
        picked(_book(), (9,))


@pytest.mark.parametrize("said", ["a", "1-", "-2", "3-1", "1;2", "1-2-3", "999999"])
def test_numbers_that_are_none_are_refused(said: str) -> None:
    """What is no list of numbers is a wrong call."""
    with pytest.raises(UsageError, match="--chapters"):
        wanted_parts(said)
