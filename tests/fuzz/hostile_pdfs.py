# ruff: noqa: E501 - tables of inputs, a line each; none is made before it is asked for
"""PDF files that are made to do harm."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from tests.article.pdf.conftest import Said, column, pdf_of, written
from tests.fuzz.hostile_packed import cut
from tests.fuzz.hostile_texts import PROSE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LINES = "\n".join(PROSE[at : at + 60] for at in range(0, len(PROSE), 60))


def good() -> bytes:
    """A page with a heading and a paragraph."""
    return pdf_of([Said(60, 740, "The Mill", 20, "F2"), *column(60, 700, LINES)])


def stream(data: bytes, entries: str = "") -> bytes:
    """An object that is a stream."""
    return f"<< /Length {len(data)} {entries} >>\nstream\n".encode() + data + b"\nendstream"


def file_of(content: bytes, page: str = "", *more: bytes) -> bytes:
    """A file with one page, whose contents are this object, and other objects from number 6 on."""
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    leaf = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> {page} >> >>"
    return written(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
            leaf.encode(),
            content,
            font,
            *more,
        ],
        "",
    )


def bomb(size: int, rounds: int = 1) -> bytes:
    """A stream that unpacks to so many bytes, packed so often."""
    data = zlib.compress(b" " * size, 9)
    for _ in range(rounds - 1):
        data = zlib.compress(data, 9)
    return stream(data, f"/Filter [{'/FlateDecode ' * rounds}]")


SAY = b"BT /F1 12 Tf 60 700 Td (The mill stood at the bend of the river, and nobody knew.) Tj ET "

PDFS: dict[str, Callable[[], bytes]] = {
    "cut off": lambda: good()[:-300],
    "only a head": lambda: b"%PDF-1.7\n",
    "no end": lambda: good()[: good().rindex(b"xref")],
    "a page tree in a circle": lambda: written(
        [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 9 /Kids [2 0 R 2 0 R] >>"], ""
    ),
    "a billion pages": lambda: good().replace(b"/Count 1 ", b"/Count 999999999 "),
    "fewer pages than none": lambda: good().replace(b"/Count 1 ", b"/Count -1 "),
    "a tree 5,000 deep": lambda: written(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            *(f"<< /Type /Pages /Count 1 /Kids [{n + 3} 0 R] >>".encode() for n in range(5000)),
            b"<< /Type /Page >>",
        ],
        "",
    ),
    "a billion objects": lambda: good().replace(b"xref\n0 ", b"xref\n0 99999999"),
    "a size of a billion": lambda: good().replace(b"/Size ", b"/Size 999999999"),
    "a table of objects in a circle": lambda: good().replace(b"/Root", b"/Prev 9 /Root"),
    "a bomb of 1 GB": lambda: file_of(bomb(1_000_000_000)),
    "a bomb in a bomb": lambda: file_of(bomb(500_000_000, 2)),
    "filters, 1,000 of them": lambda: file_of(stream(SAY, f"/Filter [{'/ASCIIHexDecode ' * 1000}]")),
    "an unknown filter": lambda: file_of(stream(SAY, "/Filter /Klingon")),
    "JBIG2": lambda: file_of(
        stream(SAY + b"/X Do"),
        "/XObject << /X 6 0 R >>",
        stream(
            b"\x97JB2\r\n\x1a\n" + b"\xff" * 500,
            "/Type /XObject /Subtype /Image /Width 99999 /Height 99999 /Filter /JBIG2Decode",
        ),
    ),
    "a picture of 10 gigapixels": lambda: file_of(
        stream(SAY + b"/X Do"),
        "/XObject << /X 6 0 R >>",
        stream(
            b"\0",
            "/Type /XObject /Subtype /Image /Width 100000 /Height 100000 /BitsPerComponent 8 /ColorSpace /DeviceRGB",
        ),
    ),
    "a form that holds itself": lambda: file_of(
        stream(SAY + b"/X Do"),
        "/XObject << /X 6 0 R >>",
        stream(
            b"/X Do " * 10 + SAY,
            "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>",
        ),
    ),
    "forms that double": lambda: file_of(
        stream(b"/X6 Do"),
        "/XObject << /X6 6 0 R >>",
        *(
            stream(
                f"/X{n + 1} Do /X{n + 1} Do".encode() if n < 30 else SAY,
                f"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X{n + 1} {n + 1} 0 R >> /Font << /F1 5 0 R >> >>",
            )
            for n in range(6, 31)
        ),
    ),
    "JavaScript": lambda: pdf_of(
        [*column(60, 700, LINES)], catalog="/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"
    ),
    "launches a program": lambda: pdf_of(
        [*column(60, 700, LINES)], catalog="/OpenAction << /S /Launch /F (/bin/sh) >>"
    ),
    "encrypted": lambda: good().replace(
        b"/Info 3 0 R",
        b"/Info 3 0 R /ID [<00><00>] /Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <"
        + b"41" * 32
        + b"> /U <"
        + b"42" * 32
        + b"> >>",
    ),
    "encrypted by a stranger": lambda: good().replace(b"/Info 3 0 R", b"/Info 3 0 R /Encrypt << /Filter /Klingon >>"),
    "scanned": lambda: file_of(
        stream(b"q 612 0 0 792 0 0 cm /X Do Q"),
        "/XObject << /X 6 0 R >>",
        stream(
            b"\x80" * 100,
            "/Type /XObject /Subtype /Image /Width 10 /Height 10 /BitsPerComponent 8 /ColorSpace /DeviceGray",
        ),
    ),
    "no pages": lambda: written([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 0 /Kids [] >>"], ""),
    "an empty page": lambda: file_of(stream(b"")),
    "100,000 words at one place": lambda: file_of(
        stream(b"BT /F1 12 Tf 60 700 Td " + b"(bread ) Tj " * 100_000 + b"ET")
    ),
    "100,000 words anywhere": lambda: file_of(
        stream(
            b"BT /F1 1 Tf "
            + b"".join(f"1 0 0 1 {n * 7919 % 600} {n * 104729 % 780} Tm (bread) Tj ".encode() for n in range(100_000))
            + b"ET"
        )
    ),
    "100,000 lines of a table": lambda: file_of(
        stream(b"".join(f"0 {n} m 600 {n} l S ".encode() for n in range(100_000)) + SAY)
    ),
    "a word of 1 MB": lambda: file_of(stream(b"BT /F1 12 Tf 60 700 Td (" + b"x" * 1_000_000 + b") Tj ET")),
    "a font of no size": lambda: file_of(stream(SAY.replace(b"12 Tf", b"0 Tf") + SAY)),
    "a font of great size": lambda: file_of(stream(SAY.replace(b"12 Tf", b"1e30 Tf") + SAY)),
    "places beyond all numbers": lambda: file_of(
        stream(SAY.replace(b"60 700", b"1e38 -1e38") + SAY.replace(b"60 700", b"999999999999999999999 nan"))
    ),
    "states saved 100,000 times": lambda: file_of(stream(b"q " * 100_000 + SAY)),
    "lists 100,000 deep": lambda: file_of(stream(b"[" * 100_000 + SAY)),
    "dictionaries 10,000 deep": lambda: written(
        [
            b"<< /Type /Catalog /Pages 2 0 R /A " + b"<< /A " * 10_000 + b">>" * 10_000 + b" >>",
            b"<< /Type /Pages /Count 0 /Kids [] >>",
        ],
        "",
    ),
    "a font that is noise": lambda: file_of(stream(SAY)).replace(
        b"/Subtype /Type1", b"/Subtype /TrueType /FontDescriptor << /Type /FontDescriptor /FontFile2 4 0 R >>"
    ),
    "letters of a map that is noise": lambda: pdf_of(
        [Said(60, 700, "bread is old and the mill too", 12, "F5")], unicode="1 beginbfrange <00> <FF> <D800> endbfrange"
    ),
    "letters of a map that grow": lambda: pdf_of(
        [Said(60, 700, "bread is old " * 5, 12, "F5")], unicode="1 beginbfchar <62> <" + "0041" * 500 + "> endbfchar"
    ),
    "letters that turn": lambda: pdf_of(
        [Said(60, 700, "bread is old and the mill too", 12, "F5")], unicode="1 beginbfchar <62> <202E> endbfchar"
    ),
    "a title of 1 MB": lambda: pdf_of([*column(60, 700, LINES)], info=f"/Title ({'x' * 1_000_000})"),
    "outlines in a circle": lambda: pdf_of(
        [*column(60, 700, LINES)], catalog="/Outlines << /First 1 0 R /Last 1 0 R /Count 9 >>"
    ),
    "5,000 pages": lambda: pdf_of(*([*column(60, 700, LINES)] for _ in range(5000))),
    "a page of no size": lambda: pdf_of([*column(60, 700, LINES)], box="0 0 0 0"),
    "a page of great size": lambda: pdf_of([*column(60, 700, LINES)], box="-1e9 -1e9 1e9 1e9"),
    "noise": lambda: b"%PDF-1.7\n" + bytes((at * 7919 + at // 251) % 256 for at in range(200_000)),
    "text": lambda: b"%PDF-1.7 is how it begins, and the mill stood.\n",
}


def pdfs() -> Iterator[tuple[str, str, bytes]]:
    """What it is, a file name, its content."""
    for what, make in PDFS.items():
        yield f"PDF: {what}", "a.pdf", make()
    for data in cut(good(), 512):
        yield f"PDF: cut off after {len(data)} bytes", "a.pdf", data
