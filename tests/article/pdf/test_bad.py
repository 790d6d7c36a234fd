"""PDFs that are locked, scanned, broken or made to do harm: one clear sentence, or the article all the same."""

from __future__ import annotations

import hashlib

import pytest

from narrate.article.pdf.file import MAX_PAGES
from narrate.article.pdf.reader import PdfReader
from narrate.errors import ArticleError
from narrate.model import Origin

from .conftest import Said, column, pdf_of, read, written

WORDS = "The mill stood at the bend of the river,\nand its wheel had turned for two hundred years."
PAGE = column(60, 700, WORDS)
PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


def refusal(data: bytes) -> str:
    """Return the sentence that a PDF is refused with."""
    with pytest.raises(ArticleError) as caught:
        PdfReader().read(data, Origin("bread.pdf"))
    return str(caught.value)


def _rc4(key: bytes, data: bytes) -> bytes:
    box, at = list(range(256)), 0
    for n in range(256):
        at = (at + box[n] + key[n % len(key)]) % 256
        box[n], box[at] = box[at], box[n]
    out, n, at = bytearray(), 0, 0
    for byte in data:
        n = (n + 1) % 256
        at = (at + box[n]) % 256
        box[n], box[at] = box[at], box[n]
        out.append(byte ^ box[(box[n] + box[at]) % 256])
    return bytes(out)


def locked(user: bytes) -> bytes:
    """Return a PDF that opens with that password (ISO 32000-1, 7.6.3, revision 2)."""
    owner = _rc4(hashlib.md5((b"owner" + PAD)[:32], usedforsecurity=False).digest()[:5], (user + PAD)[:32])
    seed = (user + PAD)[:32] + owner + (0xFFFFFFFC).to_bytes(4, "little") + b"0" * 16
    key = hashlib.md5(seed, usedforsecurity=False).digest()[:5]
    content = b"BT /F1 12 Tf 60 700 Td (The mill stood at the bend.) Tj ET"
    salted = hashlib.md5(key + (4).to_bytes(3, "little") + bytes(2), usedforsecurity=False).digest()[:10]
    sealed = _rc4(salted, content)
    font = b"<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources " + font + b" >>",
        f"<< /Length {len(sealed)} >>\nstream\n".encode() + sealed + b"\nendstream",
    ]
    seal = (
        f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{owner.hex()}> /U <{_rc4(key, PAD).hex()}> >>"
        f" /ID [<{(b'0' * 16).hex()}> <{(b'0' * 16).hex()}>]"
    )
    return written(objects, seal)


def test_a_password_is_asked_for_in_a_sentence() -> None:
    """A PDF that nobody can open without a password says so, and how to unlock it."""
    assert refusal(locked(b"secret")).startswith("bread.pdf is locked with a password")


def test_what_only_forbids_copying_is_read() -> None:
    """Without a password to open it, there is nothing to unlock."""
    assert read(locked(b"")).text == "The mill stood at the bend.\n"


def test_a_scan_needs_recognition() -> None:
    """Pictures of pages have no text; the sentence names what makes some."""
    picture = b"q 600 0 0 700 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x80 EI Q"

    told = refusal(pdf_of(picture, picture))

    assert told.startswith("bread.pdf has no text, only pictures of pages: run OCR")
    assert "ocrmypdf" in told
    assert "only empty pages or drawings" in refusal(pdf_of(b"0 0 m 10 10 l S"))


def test_fonts_that_name_no_letters_are_told() -> None:
    """Text that would be noise is refused: signs of private use, and letters that make no words."""
    private = "1 beginbfrange <41> <5A> <E041> endbfrange"

    told = refusal(pdf_of([Said(60, 700, "THE MILL STOOD AT THE BEND OF THE RIVER", font="F5")], unicode=private))

    assert "does not say which letters its fonts show" in told


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.4\n" + bytes(500), b"%PDF-1.7\n1 0 obj\n<<"])
def test_a_stump_is_told_to_be_damaged(data: bytes) -> None:
    """What is not there cannot be read."""
    assert refusal(data).startswith("bread.pdf is a PDF that cannot be opened, for it is damaged")


def test_a_broken_table_of_places_does_no_harm() -> None:
    """Where the table of places is cut off or wrong, the objects are found all the same."""
    whole = pdf_of(PAGE)

    assert read(whole.replace(b" 00000 n", b" 99999 n")).text == read(whole).text
    assert read(whole.replace(b"startxref\n", b"startxref\n9")).text == read(whole).text


def test_every_cut_is_an_article_or_a_sentence() -> None:
    """Wherever a file ends too early, nothing else comes of it."""
    whole = pdf_of(PAGE, PAGE)
    outcomes = set()
    for end in range(0, len(whole), 97):
        try:
            outcomes.add(bool(read(whole[:end]).blocks))
        except ArticleError as refused:
            outcomes.add(str(refused).startswith("bread.pdf"))

    assert outcomes == {True}


def test_no_pages_and_too_many() -> None:
    """Both ends have a sentence; the second says how many there are."""
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>"
    kids = " ".join(f"{at + 3} 0 R" for at in range(MAX_PAGES + 1))
    many = [b"<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Count {MAX_PAGES + 1} /Kids [{kids}] >>".encode()]

    assert "without pages" in refusal(pdf_of())
    assert "has 3,001 pages" in refusal(written([*many, *[page] * (MAX_PAGES + 1)], ""))


def test_a_form_that_draws_itself_ends() -> None:
    """Recursion in a page's drawing is cut off, and the page is read."""
    form = "/XObject << /X 99 0 R >>"
    content = b"/X Do BT /F1 10 Tf 60 700 Td (The mill stood.) Tj ET"
    data = pdf_of(content, extra=form)
    number = data.count(b" 0 obj") + 1
    body = (
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 600 700] /Length 5 /Resources << /XObject << /X %d 0 R >> >> >>"
    )
    looped = data.replace(b"/X 99 0 R", b"/X %02d 0 R" % number)
    at = looped.rindex(b"xref\n0")
    looped = (
        looped[:at] + b"%d 0 obj\n" % number + body % number + b"\nstream\n/X Do\nendstream\nendobj\n" + looped[at:]
    )

    assert "The mill stood." in read(looped).text


def test_scripts_and_attachments_are_left_alone() -> None:
    """What a PDF would do or carry is neither done nor read."""
    script = "<< /S /JavaScript /JS (app.alert\\(1\\)) >>"
    catalog = f"/OpenAction {script} /Names << /JavaScript << /Names [(a) {script}] >> >>"

    assert read(pdf_of(PAGE, catalog=catalog)).text == read(pdf_of(PAGE)).text


def test_a_page_of_any_size_is_a_page() -> None:
    """Neither a poster of two hundred inches nor a page without a size hangs or crashes."""
    for box in ("0 0 14400 14400", "0 0 99999999 99999999", "0 0 0 0", "700 700 0 0", "-5000 -5000 5000 5000"):
        assert read(pdf_of(PAGE, box=box)).text == read(pdf_of(PAGE)).text


def test_claims() -> None:
    """It is sure of what begins like a PDF, whatever its name, and of nothing else."""
    claims = PdfReader().claims

    assert claims(b"%PDF-1.4", Origin("a.txt")) == 1.0
    assert claims(b"\n\njunk %PDF-1.4", Origin("a")) == 0.9
    assert claims(b"An essay on paper", Origin("a.pdf")) == 0.0
