"""Books that cannot be read say why, in a sentence; those that could do harm do none."""

from __future__ import annotations

import io
import struct
import zipfile
from typing import TYPE_CHECKING

import pytest

from narrate.article.archive import MAX_MEMBERS, open_archive
from narrate.article.epub.reader import EpubReader
from narrate.errors import ArticleError
from narrate.model import Origin

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from narrate.model import Article

    Members = Callable[..., dict[str, str | bytes]]
    Pack = Callable[[Mapping[str, str | bytes]], bytes]
    Read = Callable[[Mapping[str, str | bytes] | bytes], Article]

ONE = {"a.xhtml": "<p>Some words.</p>"}
ENCRYPTION = (
    '<encryption xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData>'
    '<enc:EncryptionMethod Algorithm="{}"/><enc:CipherData><enc:CipherReference URI="{}"/></enc:CipherData>'
    "</enc:EncryptedData></encryption>"
)


def test_an_encrypted_book_says_so(members: Members, read: Read) -> None:
    """A book that is locked by its seller is refused by that name."""
    book = members(ONE)
    book["META-INF/encryption.xml"] = ENCRYPTION.format("http://www.w3.org/2001/04/xmlenc#aes128-cbc", "OPS/a.xhtml")

    with pytest.raises(ArticleError, match="DRM"):
        read(book)


def test_obfuscated_fonts_are_no_encryption(members: Members, read: Read) -> None:
    """Fonts may be scrambled; nobody reads them."""
    book = members(ONE)
    book["META-INF/encryption.xml"] = ENCRYPTION.format("http://www.idpf.org/2008/embedding", "OPS/f.otf")

    assert read(book).blocks[0].text == "Some words."


@pytest.mark.parametrize("missing", ["META-INF/container.xml", "OPS/book.opf", "OPS/a.xhtml"])
def test_a_missing_member_is_named(members: Members, read: Read, missing: str) -> None:
    """Which member is not there is in the message."""
    book = members(ONE)
    del book[missing]

    with pytest.raises(ArticleError, match=missing):
        read(book)


@pytest.mark.parametrize("keep", [1, 60, 300, -30])
def test_a_book_that_was_cut_off_says_so(members: Members, pack: Pack, read: Read, keep: int) -> None:
    """Half a download is no book."""
    data = pack(members(ONE))[:keep]

    with pytest.raises(ArticleError, match=r"cut off|not one at all"):
        read(data)


def test_a_damaged_member_says_so(members: Members, read: Read) -> None:
    """Bytes that were changed are found by their checksum."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members(ONE).items():
            archive.writestr(name, content)

    with pytest.raises(ArticleError, match="damaged"):
        read(out.getvalue().replace(b"Some words.", b"Some sword."))


def test_a_page_outside_the_archive_is_not_there(members: Members, read: Read) -> None:
    """A path that leads out of the archive leads nowhere."""
    book = members(ONE)
    book["OPS/book.opf"] = str(book["OPS/book.opf"]).replace("a.xhtml", "../../../etc/passwd")

    with pytest.raises(ArticleError, match=r"incomplete|no pages"):
        read(book)


def test_entities_do_not_laugh(members: Members, read: Read) -> None:
    """Entities of a document's own are not expanded: a billion of them are eight letters."""
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    page = "<html><body><p>Ha &l9; and &nbsp;more.</p></body></html>"
    book = members({"a.xhtml": page})
    book["OPS/a.xhtml"] = f'<!DOCTYPE html [<!ENTITY l0 "lol">{entities}]>{page}'
    book["OPS/x.txt"] = "never read"

    text = read(book).text

    assert text.startswith("Ha &l9; and")
    assert len(text) < 40


def test_no_file_of_the_machine_is_read(members: Members, read: Read) -> None:
    """An external entity is not fetched."""
    book = members(ONE)
    book["OPS/a.xhtml"] = (
        '<!DOCTYPE html [<!ENTITY x SYSTEM "/etc/hostname">]><html><body><p>Is &x; here?</p></body></html>'
    )

    assert read(book).text == "Is &x; here?"


def test_a_bomb_is_refused(members: Members, read: Read) -> None:
    """A page of 100 MB in 100 kB is no page."""
    book = members(ONE)
    book["OPS/a.xhtml"] = b"<html><body>" + b" " * 100_000_000 + b"</body></html>"

    with pytest.raises(ArticleError, match="made to do harm"):
        read(book)


def test_a_book_of_many_large_pages_is_refused(members: Members, read: Read) -> None:
    """Pages that are each allowed are not, all together."""
    book = members({f"{n}.xhtml": "<p>Words.</p>" for n in range(80)})
    for n in range(80):
        book[f"OPS/{n}.xhtml"] = b"<html><body>" + b" " * 1_900_000 + b"</body></html>"

    with pytest.raises(ArticleError, match="more text than narrate reads"):
        read(book)


def test_too_many_members_are_refused(pack: Pack) -> None:
    """An archive of ten thousand members and one is not opened."""
    with pytest.raises(ArticleError, match="members"):
        open_archive(pack({str(n): b"" for n in range(MAX_MEMBERS + 1)}), "a.epub")


def test_members_of_one_name_are_refused() -> None:
    """Two members of one name are read differently by different programs."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a", "1")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a", "2")

    with pytest.raises(ArticleError, match="two members of one name"):
        open_archive(out.getvalue(), "a.epub")


def test_members_that_overlap_are_refused(pack: Pack) -> None:
    """Bombs whose members share their bytes are known by that."""
    data = bytearray(pack({"a": b"x" * 1000, "b": b"y" * 1000}))
    second = data.rindex(b"PK\x01\x02")
    struct.pack_into("<I", data, second + 42, 0)  # the offset of the second member is that of the first

    with pytest.raises(ArticleError, match="overlap"):
        open_archive(bytes(data), "a.epub")


def test_an_archive_of_something_else_is_no_book(pack: Pack, read: Read) -> None:
    """A ZIP archive is not a book by its name."""
    with pytest.raises(ArticleError, match="no EPUB"):
        read(pack({"readme.txt": "hello"}))


def test_a_page_nested_too_deep_loses_nothing(members: Members, read: Read) -> None:
    """Elements in 3,000 others are read, or the book is refused: no word vanishes."""
    book = members({"a.xhtml": "<html><body>" + "<div>" * 3000 + "deep words" + "</div>" * 3000 + "</body></html>"})

    try:
        text = read(book).text
    except ArticleError as refused:
        text = str(refused)

    assert "deep words" in text or "nested deeper" in text


def test_a_book_without_words_says_so(members: Members, read: Read) -> None:
    """A book of pictures has nothing to read."""
    with pytest.raises(ArticleError, match="no words"):
        read(members({"a.xhtml": "<img src='a.jpg' alt=''/>"}))


def test_broken_utf8_is_read(members: Members, read: Read) -> None:
    """A byte that is no UTF-8 is one letter that is wrong, not a book that is lost."""
    book = members(ONE)
    book["OPS/a.xhtml"] = b"<html><body><p>It rains in the caf\xe9 and outside all day.</p></body></html>"

    assert "It rains in the caf" in read(book).text


def test_a_book_is_known_by_what_it_is(members: Members, pack: Pack) -> None:
    """The archive says that it is a book, whatever its name; a PDF is none."""
    claims = EpubReader().claims

    assert claims(pack(members(ONE))[:16_384], Origin("a.zip")) == 1
    assert claims(b"%PDF-1.4", Origin("a.pdf")) == 0


def test_a_book_of_too_many_elements_is_refused(members: Members, read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    """The elements of all pages are counted together: two pages may be too many where one of them is not."""
    one = members({"a.xhtml": "<p>Some words.</p>" * 30})
    two = members({"a.xhtml": "<p>Some words.</p>" * 30, "b.xhtml": "<p>Some words.</p>" * 30})
    monkeypatch.setattr("narrate.article.epub.tree._MAX_ELEMENTS", 50)

    assert len(read(one).blocks) == 30
    with pytest.raises(ArticleError, match="more than 50 elements"):
        read(two)


@pytest.mark.parametrize(
    "container", ["<container/>", "<container><rootfiles><rootfile/></rootfiles></container>", "x"]
)
def test_a_container_that_names_no_book_says_so(members: Members, read: Read, container: str) -> None:
    """The sentence names the file that should say where the book is, and no empty name."""
    book = members(ONE)
    book["META-INF/container.xml"] = container

    with pytest.raises(ArticleError, match=r"container\.xml (?:does not say which file|is not the XML)"):
        read(book)
