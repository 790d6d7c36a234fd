"""Where the pages of a PDF begin in its text."""

from __future__ import annotations

from narrate.model import Article, MarkKind

from .conftest import column, pdf_of, read

FIRST = "All the bread of the town was\nbaked in one house, and it was\neaten on the day on which it is exam-"
SECOND = "ple enough that nobody had to be\ntold of it twice.\nThen came the war."
LABELS = "/PageLabels << /Nums [0 << /S /r >> 1 << /S /D /St 7 >>] >>"


def pages(article: Article) -> list[tuple[str, str]]:
    """What each page is called, and the text from its beginning."""
    return [
        (mark.value, block.text[mark.start :][:12])
        for block in article.blocks
        for mark in block.marks
        if mark.kind is MarkKind.PAGE
    ]


def test_a_page_begins_where_its_first_line_does() -> None:
    """Inside a paragraph too, and a word that the page's end breaks: its second half begins the page."""
    article = read(pdf_of(column(72, 700, FIRST), column(72, 700, SECOND)))

    assert any("example enough" in block.text for block in article.blocks)
    assert pages(article) == [("1", "All the brea"), ("2", "ple enough t")]


def test_a_page_is_called_what_the_file_calls_it() -> None:
    """Roman numbers of a preface, and a book that does not begin at 1."""
    article = read(pdf_of(column(72, 700, FIRST), column(72, 700, SECOND), catalog=LABELS))

    assert [label for label, _ in pages(article)] == ["i", "7"]
