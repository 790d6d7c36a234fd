"""What is fuzzed, with what, and the laws that are held; for the tests and for ``tests/fuzz/run.py``."""

from __future__ import annotations

import io
import zipfile
from functools import cache
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from narrate.article.docx.reader import DocxReader
from narrate.article.epub.reader import EpubReader
from narrate.article.html.reader import HtmlReader
from narrate.article.markdown import MarkdownReader
from narrate.article.pdf.reader import PdfReader
from narrate.article.text import TextReader
from narrate.errors import ArticleError
from narrate.model import Origin

from .pdf.conftest import Said, column, pdf_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from narrate.article import Reader
    from narrate.model import Article

READERS: Mapping[str, Reader] = {
    reader.name: reader
    for reader in (TextReader(), MarkdownReader(), HtmlReader(), PdfReader(), EpubReader(), DocxReader())
}
_SUFFIX = {"text": "txt", "markdown": "md"}
PROSE = (
    "The mill stood at the bend of the river, and its wheel had turned for two hundred years.",
    "Nobody had seen so much water before, and nobody knew what had to be done about it.",
)
_SIGNS = (
    *(
        "# ",
        "## ",
        "> ",
        "* ",
        "- ",
        "1. ",
        "    ",
        "\t",
        "```",
        "`",
        "**",
        "_",
        "[",
        "](",
        ")",
        "[^1]",
        "[^1]: ",
        "![",
        "|",
        "---",
    ),
    *(
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "\f",
        " ",
        "\u2028",
        "\u00a0",
        "<p>",
        "</p>",
        "<b>",
        "<a href='x'>",
        "<!--",
        "-->",
        "<script>",
    ),
    *(
        "<table><tr><td>",
        "<li>",
        "<img alt='a b'>",
        "<article>",
        "<h2>",
        "&amp;",
        "&#0;",
        "&nbsp;",
        "<![CDATA[",
        "]]>",
        "<br>",
    ),
    *(
        "\u202e",
        "\u2066",
        "\u200f",
        "\u200b",
        "\ufeff",
        "e\u0301",
        "\u0301" * 40,
        "ﬁ",
        "שלום",
        "مرحبا",
        "面包",
        "🥖",
        "\u00ad",
        "-\n",
    ),
    *(
        "title: x\n",
        "---\ntitle: a\n---\n",
        "By Ann Example",
        "March 3, 2026",
        "Figure 1: a",
        "[12]",
        "http://a.b/c",
        "a@b.c",
    ),
    *PROSE,
)


def texts() -> st.SearchStrategy[str]:
    """Texts of signs that mean something to some reader, and of any characters between them."""
    piece = st.one_of(st.sampled_from(_SIGNS), st.text(max_size=12))
    return st.lists(piece, max_size=25).map("".join)


def signs() -> tuple[str, ...]:
    """What means something to some reader."""
    return _SIGNS


@st.composite
def broken(draw: Any, whole: bytes) -> bytes:  # noqa: ANN401 # hypothesis's own
    """A file with up to four stretches cut out, doubled, changed or put in."""
    data = bytearray(whole)
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 60)))
        data[start:end] = draw(st.one_of(st.binary(max_size=8), st.just(bytes(data[start:end] * 2)), st.just(b"")))
    return bytes(data)


@cache
def seeds() -> dict[str, bytes]:
    """A whole file for each reader."""
    body = "\n\n".join(PROSE)
    paragraphs = "".join(f"<p>{prose}</p>" for prose in PROSE * 3)
    return {
        "text": f"A History of the Mill\n\n{body}\n".encode(),
        "markdown": f"# A History of the Mill\n\n{body}\n\n* one\n* two\n\n> said\n".encode(),
        "html": f"<!DOCTYPE html><html><head><title>The Mill</title></head><body><article><h1>The Mill</h1>{paragraphs}"
        "</article></body></html>".encode(),
        "pdf": pdf_of([Said(60, 740, "A History of the Mill", 20, "F2"), *column(60, 700, "\n".join(PROSE))]),
        "epub": _epub(paragraphs),
        "docx": _docx(),
    }


def judged(name: str, data: bytes) -> Article | None:
    """The article that a reader makes of it, None where it refuses; anything but an `ArticleError` passes through.

    Every letter and digit of the article's text is in the span of one block or omission, and the
    blocks are in the order of the text.
    """
    try:
        article = READERS[name].read(data, Origin(f"mill.{_SUFFIX.get(name, name)}"))
    except ArticleError:
        return None
    held = [block.source for block in article.blocks]
    if name != "markdown":  # whose notes are read last, and whose comments have the span of what they stand in
        told = [source.start for source in held]
        assert told == sorted(told)
    places = sorted((source.start, source.end) for source in (*held, *(each.source for each in article.omitted)))
    assert lost(article.text, places) == ""
    return article


def lost(text: str, places: Sequence[tuple[int, int]]) -> str:
    """The letters and digits of a text that are in none of these places."""
    at, found = 0, ""
    for start, end in places:
        found += text[at : max(at, start)]
        at = max(at, end)
    return "".join(sign for sign in found + text[at:] if sign.isalnum())


def _zip(members: Mapping[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for member, content in members.items():
            archive.writestr(zipfile.ZipInfo(member), content)
    return out.getvalue()


def _epub(paragraphs: str) -> bytes:
    head = '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>a</title></head>'
    return _zip(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
            '<rootfiles><rootfile full-path="c.opf" media-type="application/oebps-package+xml"/></rootfiles>'
            "</container>",
            "c.opf": '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="i">'
            '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="i">x</dc:identifier>'
            "<dc:title>The Mill</dc:title><dc:language>en</dc:language></metadata>"
            '<manifest><item id="p" href="p.xhtml" media-type="application/xhtml+xml"/></manifest>'
            '<spine><itemref idref="p"/></spine></package>',
            "p.xhtml": f"{head}<body><h1>One</h1>{paragraphs}</body></html>",
        }
    )


def _docx() -> bytes:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = "".join(f"<w:p><w:r><w:t>{prose}</w:t></w:r></w:p>" for prose in PROSE)
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    return _zip(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>',
            "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="r" Type="{office}" Target="word/document.xml"/></Relationships>',
            "word/document.xml": f"<w:document {space}><w:body>{body}</w:body></w:document>",
        }
    )
