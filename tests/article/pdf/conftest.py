"""A small writer of PDFs, so that a test can say exactly what stands where; and what the tests of this folder share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from narrate.article.pdf.reader import PdfReader
from narrate.model import Article, BlockKind, Origin

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

FONTS = {
    "F1": "Times-Roman",
    "F2": "Times-Bold",
    "F3": "Times-Italic",
    "F4": "Courier",
    "F5": "Helvetica",
    "F6": "CMMI10",
    "F7": "CMEX10",
}


@dataclass(frozen=True, slots=True)
class Said:
    """Text at a place: points from the left and the foot of the page to the start of its base line."""

    x: float
    y: float
    text: str
    size: float = 10
    font: str = "F1"


def column(x: float, y: float, lines: str, size: float = 10, font: str = "F1") -> list[Said]:
    """Lines below each other, from a base line at `y`; blanks before a line indent it."""
    blank = 0.6 if font == "F4" else 0.5
    return [
        Said(
            x + (len(line) - len(line.lstrip())) * blank * size,
            y - at * 1.2 * size,
            line.strip(),
            size,
            font,
        )
        for at, line in enumerate(lines.strip("\n").split("\n"))
        if line.strip()
    ]


def _content(said: Sequence[Said]) -> bytes:
    shown = (
        f"/{each.font} {each.size} Tf 1 0 0 1 {each.x:.2f} {each.y:.2f} Tm ({_escaped(each.text)}) Tj" for each in said
    )
    return ("BT " + "\n".join(shown) + " ET").encode("cp1252", "replace")


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _stream(content: bytes, more: str = "") -> bytes:
    return f"<< /Length {len(content)} {more} >>\nstream\n".encode() + content + b"\nendstream"


def pdf_of(
    *pages: Sequence[Said] | bytes,
    info: str = "",
    catalog: str = "",
    unicode: str = "",
    extra: str = "",
    box: str = "0 0 612 792",
) -> bytes:
    """A PDF of pages that hold such text, or have such contents.

    `unicode` is the body of a ToUnicode map for the font F5; `extra` are entries of the pages' resources.
    """
    fonts = {
        name: f"<< /Type /Font /Subtype /Type1 /BaseFont /{base} /Encoding /WinAnsiEncoding"
        for name, base in FONTS.items()
    }
    first = 5 + len(fonts)
    kids = " ".join(f"{first + 2 * at} 0 R" for at in range(len(pages)))
    objects: list[bytes] = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode(),
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>".encode(),
        f"<< {info} >>".encode("cp1252"),
        _stream(f"begincmap 1 begincodespacerange <00> <FF> endcodespacerange {unicode} endcmap".encode()),
    ]
    for name, start in fonts.items():
        objects.append(f"{start} {'/ToUnicode 4 0 R' if unicode and name == 'F5' else ''} >>".encode())
    names = " ".join(f"/{name} {5 + at} 0 R" for at, name in enumerate(fonts))
    for at, page in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] /Contents {first + 2 * at + 1} 0 R"
            f" /Resources << /Font << {names} >> {extra} >> >>".encode()
        )
        objects.append(_stream(page if isinstance(page, bytes) else _content(page)))
    return written(objects)


def written(objects: Sequence[bytes], trailer: str = "/Info 3 0 R") -> bytes:
    """A PDF file of these objects, numbered from 1; the first is the catalog."""
    data = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    start = len(data)
    data += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    data += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    data += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(data)


def read(data: bytes) -> Article:
    """The article of a PDF; every letter and digit of its text is in one block or omission."""
    article = PdfReader().read(data, Origin("bread.pdf"))
    sources = [block.source for block in article.blocks] + [omission.source for omission in article.omitted]
    places = sorted((source.start, source.end) for source in sources)
    at = 0
    for start, end in places:
        assert start >= at
        assert not any(sign.isalnum() for sign in article.text[at:start])
        at = end
    assert not any(sign.isalnum() for sign in article.text[at:])
    assert [article.text[b.source.start : b.source.end] for b in article.blocks] == [b.text for b in article.blocks]
    return article


_SIGNS = {BlockKind.PARAGRAPH: "p", BlockKind.HEADING: "h", BlockKind.LIST_ITEM: "item"}


@pytest.fixture
def outline() -> Callable[..., list[str]]:
    """The blocks of such a PDF, a line each: kind, level of a heading, number of an item, text."""

    def told(*pages: Sequence[Said] | bytes, **more: str) -> list[str]:
        return [
            f"{_SIGNS.get(block.kind, block.kind.value)}"
            f"{block.level if block.kind is BlockKind.HEADING else block.number or ''}: {block.text}"
            for block in read(pdf_of(*pages, **more)).blocks
        ]

    return told
