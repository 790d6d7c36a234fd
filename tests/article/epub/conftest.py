"""Books made in the test."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from narrate.article.epub.reader import EpubReader
from narrate.model import Origin

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from narrate.model import Article

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OPS/book.opf"/></rootfiles></container>'
)
METADATA = (
    '<dc:title>The Mill</dc:title><dc:creator id="a">Ann Example</dc:creator><dc:language>en-GB</dc:language>'
    '<dc:identifier id="uid">urn:isbn:9780000000002</dc:identifier><dc:date>2021-03-04</dc:date>'
)


def packed(members: Mapping[str, str | bytes]) -> bytes:
    """Return an archive of these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else None)
    return out.getvalue()


def members_of(pages: Mapping[str, str], *, nav: str = "", metadata: str = METADATA) -> dict[str, str | bytes]:
    """Return the members of a book of EPUB 3 whose pages have these bodies (or are these, from ``<html`` on)."""
    items = "".join(
        f'<item id="i{n}" href="{name}" media-type="application/xhtml+xml"/>' for n, name in enumerate(pages)
    )
    spine = "".join(f'<itemref idref="i{n}"/>' for n in range(len(pages)))
    nav_item = '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>' if nav else ""
    made: dict[str, str | bytes] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        "OPS/book.opf": '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        f' unique-identifier="uid"><metadata>{metadata}</metadata><manifest>{items}{nav_item}</manifest>'
        f"<spine>{spine}</spine></package>",
    }
    if nav:
        made["OPS/nav.xhtml"] = page(f'<nav epub:type="toc"><ol>{nav}</ol></nav>')
    return made | {f"OPS/{name}": body if body.startswith("<html") else page(body) for name, body in pages.items()}


def page(body: str) -> str:
    """Return a page of XHTML."""
    return (
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title>t</title>'
        f"</head><body>{body}</body></html>"
    )


def entry(href: str, title: str, inner: str = "") -> str:
    """Return a line of a table of contents."""
    return f'<li><a href="{href}">{title}</a>{f"<ol>{inner}</ol>" if inner else ""}</li>'


@pytest.fixture
def members() -> Callable[..., dict[str, str | bytes]]:
    """Give the members of a book, to change before they are packed."""
    return members_of


@pytest.fixture
def pack() -> Callable[[Mapping[str, str | bytes]], bytes]:
    """Give an archive of members."""
    return packed


@pytest.fixture
def toc() -> Callable[..., str]:
    """Give a line of a table of contents."""
    return entry


@pytest.fixture
def read() -> Callable[[Mapping[str, str | bytes] | bytes], Article]:
    """Give the article of a book: of its members, or of its bytes."""

    def reader(book: Mapping[str, str | bytes] | bytes) -> Article:
        data = book if isinstance(book, bytes) else packed(book)
        return EpubReader().read(data, Origin("a.epub", "/a/a.epub"))

    return reader
