"""A small source of each kind that people bring, made for these tests: read, written as a script, its outline heard.

Beside each source in `data` is what a listener gets of it, a segment a line: its role, and ``-`` before what is
kept unheard; its words; and a language where it is another than the article's.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from narrate.article import Reader, read_article
from narrate.article.epub.reader import EpubReader
from narrate.article.html.reader import HtmlReader
from narrate.article.markdown import MarkdownReader
from narrate.article.text import TextReader
from narrate.model import Fate, Origin, Style, Voice
from narrate.script import write_script
from narrate.script.coverage import coverage_of, told_of

if TYPE_CHECKING:
    from narrate.model import Article, Segment

DATA = Path(__file__).parent / "data"
SOURCES = sorted(path for path in DATA.iterdir() if path.suffix != ".outline")
READERS: list[Reader] = [HtmlReader(), TextReader(), MarkdownReader(), EpubReader()]
BOOK = (
    '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/" unique-identifier="u">'
    '<metadata><dc:title>The Mill</dc:title><dc:language>en</dc:language><dc:identifier id="u">x</dc:identifier>'
    '</metadata><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest>'
    '<spine><itemref idref="a"/></spine></package>'
)
CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="book.opf"/></rootfiles></container>'
)
PAGE = (
    '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title>t</title>'
    "</head><body>{}</body></html>"
)


def article(path: Path) -> Article:
    """The article of a source; that of a page of XHTML is a book of this one chapter."""
    data = path.read_bytes()
    if path.suffix != ".xhtml":
        return read_article(data, Origin(path.name), READERS)
    book = io.BytesIO()
    with zipfile.ZipFile(book, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr("META-INF/container.xml", CONTAINER)
        archive.writestr("book.opf", BOOK)
        archive.writestr("a.xhtml", PAGE.format(data.decode()))
    return read_article(book.getvalue(), Origin("a.epub"), READERS)


def line(segment: Segment, language: str) -> str:
    """A segment in a line."""
    said = " ".join(each.spoken if not segment.skip else each.written for each in segment.utterances)
    tongues = sorted({each.language for each in segment.utterances} - {language})
    words = " / ".join(said.splitlines())
    return f"{'-' if segment.skip else ''}{segment.role}: {words}{' {' + ', '.join(tongues) + '}' if tongues else ''}"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_each_kind_is_heard_as_its_readers_see_it(path: Path) -> None:
    """The outline is the one that is written down; no letter is lost, and nothing is told that is no fault."""
    read = article(path)
    style = Style(disclosure=False)
    script = write_script([read], style, Voice("joe", "piper", "en_US-joe-medium", "en-US"))

    coverage = coverage_of([read], script)
    assert [each.text for each in coverage.stretches if each.fate is Fate.LOST] == []
    assert [
        each for each in told_of(coverage) if "(code = say)" not in each and "(references = skip)" not in each
    ] == []
    outline = "\n".join(line(segment, script.language) for segment in script.segments)
    assert outline + "\n" == path.with_suffix(".outline").read_text(encoding="utf-8")


def test_a_long_essay_without_headings_is_read_whole() -> None:
    """40,000 words: each paragraph once, in its order, with one chapter."""
    paragraphs = [
        f"Paragraph {number} of the essay goes on about the mill, the weir, and rain." for number in range(3000)
    ]

    read = read_article("\n\n".join(paragraphs).encode(), Origin("essay.txt"), READERS)
    script = write_script([read], Style(disclosure=False), Voice("joe", "piper", "en_US-joe-medium", "en-US"))

    bodies = [segment.utterances[0].written for segment in script.segments if segment.source]
    assert bodies == paragraphs
    assert len([segment for segment in script.segments if segment.chapter]) == 1
