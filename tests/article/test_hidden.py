"""What a page does not show: comments, scripts, styles, pictures without words."""

from __future__ import annotations

import time

import pytest

from narrate.article import read_article
from narrate.article.markdown import MarkdownReader, read_markdown
from narrate.errors import ArticleError
from narrate.model import Origin


@pytest.mark.parametrize(
    ("source", "blocks"),
    [
        ("One <script>let *a* = `b`;</script> two.", ["paragraph One  two.", "hidden <script>let *a* = b;</script>"]),
        ("One <STYLE>\np {}\n</style> two.", ["paragraph One  two.", "hidden <STYLE>\np {}\n</style>"]),
        ("One <!-- not *yet* --> two.", ["paragraph One  two.", "hidden <!-- not *yet* -->"]),
        ("One <script> two.", ["paragraph One  two."]),
        ("One </script> two <script> three.", ["paragraph One  two  three."]),
        ("<p>One <!-- a --> two</p><style>b", ["paragraph One two", "hidden <!-- a -->", "hidden <style>b"]),
        ("<script>a <!-- b --></script>", ["hidden <script>a <!-- b --></script>"]),
        ("- ![](a.png)\n- One", ["hidden ![](a.png)", "list item One"]),
        ('<img src="b.png">', ["hidden ![](b.png)"]),
        ("| a |\n|---|\n| ![](c.png) <!-- d --> |", ["hidden ![](c.png)", "hidden <!-- d -->", "table a\n"]),
        ("# One <!-- t -->\n\nTwo.", ["title One", "hidden <!-- t -->", "paragraph Two."]),
        ("a^[b <!-- c -->]", ["paragraph a", "hidden <!-- c -->", "note b"]),
    ],
)
def test_it_is_kept_as_it_is_written(source: str, blocks: list[str]) -> None:
    """None of it is prose, none of it vanishes, and it stands where it was; what nothing closes is text."""
    found = [f"{block.kind} {block.text}" for block in read_markdown(source, "a.md")[0]]

    assert sorted(found) == sorted(blocks)
    assert [each for each in found if "hidden" not in each] == [each for each in blocks if "hidden" not in each]


@pytest.mark.parametrize("source", ["<!-- only this -->", "![](a.png)", "<script>alert(1)</script>"])
def test_an_article_of_nothing_else_holds_no_words(source: str) -> None:
    """There is nothing to read aloud in it."""
    with pytest.raises(ArticleError, match="holds no words"):
        read_article(source.encode(), Origin("a.md"), [MarkdownReader()])


def test_it_gives_no_title_and_no_language() -> None:
    """A comment in German over an English text says nothing of the article."""
    source = (
        "<!-- " + "Das ist ein Hinweis an die Leute, die das hier schreiben. " * 9 + "-->\n\nThe cat sat on the mat."
    )

    article = read_article(source.encode(), Origin("a.md"), [MarkdownReader()])

    assert (article.title, article.language) == ("The cat sat on the mat", "en")


@pytest.mark.parametrize("piece", ["<script>a", "<script>a</script> ", "</script> <style>", "<!-- a --> "])
def test_many_of_them_take_no_longer_each(piece: str) -> None:
    """Time grows with the text, not with its square."""
    start = time.process_time()
    read_markdown("One " + piece * 4000, "a.md")

    assert time.process_time() - start < 3
