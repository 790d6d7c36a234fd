# ruff: noqa: E501 - tables of inputs, a line each; none is made before it is asked for
"""Books and Word files that are made to do harm, and archives that lie."""

from __future__ import annotations

import io
import stat
import struct
import warnings
import zipfile
from typing import TYPE_CHECKING

from tests.article.epub.conftest import entry, members_of, packed, page  # after the path
from tests.fuzz.hostile_pages import BODIES  # after the path
from tests.fuzz.hostile_texts import PROSE, TEXTS, entity, laughs  # after the path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

Members = dict[str, "str | bytes"]
FILE = "file" + ":///etc/passwd"
_BODY = f"<h1>One</h1><p>{PROSE * 5}</p>"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_REL = "http://schemas.openxmlformats.org/package/2006/relationships"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def book(**pages: str) -> Members:
    """The members of a book with one good chapter, and pages of these bodies."""
    return members_of({"one.xhtml": _BODY} | {f"{name}.xhtml": body for name, body in pages.items()})


def document(
    body: str, more: Mapping[str, str | bytes] | None = None, relations: str = "", main: str = _MAIN
) -> Members:
    """The members of a Word file with a good paragraph and this after it."""
    return {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="{main}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_REL}"><Relationship Id="r" Type="{_R}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_REL}">{relations}</Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{_W}" xmlns:r="{_R}"><w:body>{said(PROSE)}{body}</w:body></w:document>',
        **(more or {}),
    }


def said(text: str, before: str = "") -> str:
    """A paragraph of Word."""
    return f"<w:p>{before}<w:r><w:t>{text}</w:t></w:r></w:p>"


def changed(members: Members, name: str, change: Callable[[str], str]) -> Members:
    """The same with one member changed."""
    return members | {name: change(str(members[name]))}


def opf(change: Callable[[str], str]) -> Members:
    """A book whose package file is changed."""
    return changed(book(two=_BODY), "OPS/book.opf", change)


BOOKS: dict[str, Callable[[], Members]] = {
    "no container": lambda: {n: c for n, c in book().items() if "container" not in n},
    "no package": lambda: {n: c for n, c in book().items() if "opf" not in n},
    "a chapter is missing": lambda: {n: c for n, c in book(two=_BODY).items() if "two" not in n},
    "all chapters are missing": lambda: {n: c for n, c in book().items() if "one" not in n},
    "the type of something else": lambda: book() | {"mimetype": "application/zip"},
    "no type": lambda: {n: c for n, c in book().items() if n != "mimetype"},
    "a container that leads out": lambda: changed(
        book(), "META-INF/container.xml", lambda t: t.replace("OPS/book.opf", "../../../etc/passwd")
    ),
    "a container in a circle": lambda: changed(
        book(), "META-INF/container.xml", lambda t: t.replace("OPS/book.opf", "META-INF/container.xml")
    ),
    "a billion laughs in the container": lambda: book() | {"META-INF/container.xml": laughs("container")},
    "a billion laughs in the package": lambda: book() | {"OPS/book.opf": laughs("package")},
    "a billion laughs in a chapter": lambda: book() | {"OPS/one.xhtml": laughs("html")},
    "an entity of a file": lambda: book() | {"OPS/one.xhtml": entity("html", FILE, f"<body>{_BODY}</body>")},
    "a spine item 10,000 times": lambda: opf(
        lambda t: t.replace('<itemref idref="i0"/>', '<itemref idref="i0"/>' * 10_000)
    ),
    "a spine item twice": lambda: opf(lambda t: t.replace('<itemref idref="i0"/>', '<itemref idref="i0"/>' * 2)),
    "a spine item of nothing": lambda: opf(lambda t: t.replace('idref="i1"', 'idref="nobody"')),
    "no spine": lambda: opf(lambda t: t[: t.index("<spine>")] + "</package>"),
    "a chapter that leads out": lambda: opf(lambda t: t.replace("two.xhtml", "../../../../etc/passwd")),
    "a chapter at an absolute path": lambda: opf(lambda t: t.replace("two.xhtml", "/etc/passwd")),
    "a chapter on the web": lambda: opf(lambda t: t.replace("two.xhtml", "http://127.0.0.1:{port}/leak")),
    "a chapter that is a file": lambda: opf(lambda t: t.replace("two.xhtml", FILE)),
    "a chapter that is data": lambda: opf(lambda t: t.replace("two.xhtml", "data:text/html,bread")),
    "a chapter that is the package": lambda: opf(lambda t: t.replace("two.xhtml", "book.opf")),
    "ids twice": lambda: opf(lambda t: t.replace('id="i1"', 'id="i0"')),
    "fallbacks in a circle": lambda: opf(
        lambda t: t.replace('id="i0"', 'id="i0" fallback="i1"').replace('id="i1"', 'id="i1" fallback="i0"')
    ),
    "refines in a circle": lambda: opf(
        lambda t: t.replace(
            "</metadata>",
            '<meta id="a" refines="#b" property="role">x</meta><meta id="b" refines="#a" property="role">y</meta></metadata>',
        )
    ),
    "a nav that points to itself": lambda: members_of({"one.xhtml": _BODY}, nav=entry("nav.xhtml", "Self") * 1000),
    "a nav 5,000 deep": lambda: members_of(
        {"one.xhtml": _BODY}, nav='<li><a href="one.xhtml">a</a><ol>' * 5000 + "</ol></li>" * 5000
    ),
    "a nav of 100,000 lines": lambda: members_of({"one.xhtml": _BODY}, nav=entry("one.xhtml#x", "One") * 100_000),
    "an NCX 10,000 deep": lambda: (
        opf(
            lambda t: t.replace(
                "</manifest>", '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/></manifest>'
            ).replace("<spine>", '<spine toc="ncx">')
        )
        | {
            "OPS/toc.ncx": "<ncx><navMap>"
            + '<navPoint><navLabel><text>a</text></navLabel><content src="one.xhtml"/>' * 10_000
            + "</navPoint>" * 10_000
            + "</navMap></ncx>"
        }
    ),
    "encrypted": lambda: (
        book()
        | {
            "META-INF/encryption.xml": '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData><enc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/><enc:CipherData><enc:CipherReference URI="OPS/one.xhtml"/></enc:CipherData></enc:EncryptedData></encryption>'
        }
    ),
    "10,000 chapters": lambda: members_of({f"c{n}.xhtml": f"<p>Bread {n}.</p>" for n in range(9900)}),
    "stray bytes": lambda: book() | {"OPS/one.xhtml": page(_BODY).encode().replace(b"bend", b"b\xff\xfend")},
    "UTF-7": lambda: book() | {"OPS/one.xhtml": b'<?xml version="1.0" encoding="utf-7"?>' + page(_BODY).encode()},
    "EBCDIC": lambda: (
        book()
        | {"OPS/one.xhtml": '<?xml version="1.0" encoding="cp037"?>'.encode("cp037") + page(_BODY).encode("cp037")}
    ),
    "UTF-16, and says UTF-8": lambda: (
        book() | {"OPS/one.xhtml": ('<?xml version="1.0" encoding="utf-8"?>' + page(_BODY)).encode("utf-16")}
    ),
    "an unknown encoding": lambda: book() | {"OPS/one.xhtml": '<?xml version="1.0" encoding="klingon"?>' + page(_BODY)},
    "a book in a book": lambda: book() | {"OPS/two.xhtml": packed(book())},
    "a bomb in a chapter": lambda: book() | {"OPS/one.xhtml": page("<p>" + "a" * 200_000_000 + "</p>")},
    "a bomb beside the chapters": lambda: book() | {"OPS/font.otf": b"\0" * 500_000_000},
    "tags without end": lambda: book() | {"OPS/one.xhtml": "<html><body>" + "<p" * 500_000},
    "document types": lambda: book() | {"OPS/one.xhtml": "<!DOCTYPE html [" + '<!ENTITY a "' * 100_000 + page(_BODY)},
    "document types, quotation marks": lambda: (
        book() | {"OPS/one.xhtml": "<!DOCTYPE a" + "'\"" * 100_000 + page(_BODY)}
    ),
}
WORDS: dict[str, Callable[[], Members]] = {
    "macros": lambda: document(
        "",
        {"word/vbaProject.bin": b"\xd0\xcf\x11\xe0" + b"\0" * 1000},
        main=_MAIN.replace(
            "openxmlformats-officedocument.wordprocessingml.document.main", "ms-word.document.macroEnabled.main"
        ),
    ),
    "no document": lambda: {n: c for n, c in document("").items() if n != "word/document.xml"},
    "no relations": lambda: {n: c for n, c in document("").items() if not n.startswith("_rels")},
    "no types": lambda: {n: c for n, c in document("").items() if "Types" not in n},
    "a billion laughs": lambda: document("") | {"word/document.xml": laughs("w")},
    "an entity of a file": lambda: document("") | {"word/document.xml": entity("w", FILE)},
    "relations to the web": lambda: document(
        '<w:p><w:hyperlink r:id="x"><w:r><w:t>bread</w:t></w:r></w:hyperlink></w:p>',
        relations=f'<Relationship Id="x" Type="{_R}/hyperlink" Target="http://127.0.0.1:{{port}}/leak" TargetMode="External"/><Relationship Id="t" Type="{_R}/attachedTemplate" Target="http://127.0.0.1:{{port}}/leak" TargetMode="External"/>',
    ),
    "a picture that is a file": lambda: document(
        '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><wp:docPr id="1" name="a" descr="bread"/><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill><a:blip r:link="x"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>',
        relations=f'<Relationship Id="x" Type="{_R}/image" Target="{FILE}" TargetMode="External"/>',
    ),
    "altChunk": lambda: document(
        '<w:altChunk r:id="x"/>',
        {"word/a.html": "<p>chunk</p>"},
        f'<Relationship Id="x" Type="{_R}/aFChunk" Target="a.html"/>',
    ),
    "fields": lambda: document(
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DDEAUTO c:\\\\cmd.exe</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>bread</w:t></w:r></w:p>'
        * 1000
    ),
    "field ends without beginnings": lambda: document(
        '<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t>bread</w:t></w:r></w:p>' * 10
    ),
    "an object": lambda: document(
        '<w:p><w:r><w:object><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" r:id="x"/></w:object></w:r></w:p>',
        {"word/o.bin": b"\xd0\xcf\x11\xe0"},
        f'<Relationship Id="x" Type="{_R}/oleObject" Target="o.bin"/>',
    ),
    "changes and comments": lambda: document(
        '<w:p><w:ins><w:r><w:t>put in</w:t></w:r></w:ins><w:del><w:r><w:delText>taken out</w:delText></w:r></w:del><w:commentRangeStart w:id="9"/><w:commentReference w:id="9"/></w:p>'
        * 1000
    ),
    "notes in a circle": lambda: document(
        '<w:p><w:r><w:footnoteReference w:id="1"/></w:r></w:p>',
        {
            "word/footnotes.xml": f'<w:footnotes xmlns:w="{_W}"><w:footnote w:id="1"><w:p><w:r><w:t>see</w:t><w:footnoteReference w:id="1"/></w:r></w:p></w:footnote></w:footnotes>'
        },
        f'<Relationship Id="f" Type="{_R}/footnotes" Target="footnotes.xml"/>',
    ),
    "a note that is not there": lambda: document(
        '<w:p><w:r><w:t>bread</w:t><w:footnoteReference w:id="77"/></w:r></w:p>'
    ),
    "tables 1,000 deep": lambda: document(
        "<w:tbl><w:tr><w:tc>" * 1000 + said("bread") + "</w:tc></w:tr></w:tbl>" * 1000
    ),
    "a table of 100,000 rows": lambda: document(
        "<w:tbl>" + f"<w:tr><w:tc>{said('bread')}</w:tc></w:tr>" * 100_000 + "</w:tbl>"
    ),
    "a table that spans": lambda: document(
        f'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="100000"/><w:vMerge/></w:tcPr>{said("bread")}</w:tc></w:tr></w:tbl>'
    ),
    "runs 10,000 deep": lambda: document(
        "<w:p>" + "<w:smartTag>" * 10_000 + "<w:r><w:t>bread</w:t></w:r>" + "</w:smartTag>" * 10_000 + "</w:p>"
    ),
    "text boxes 200 deep": lambda: document(
        "<w:p><w:r><w:pict><v:textbox xmlns:v='urn:schemas-microsoft-com:vml'><w:txbxContent>" * 200
        + said("bread")
        + "</w:txbxContent></v:textbox></w:pict></w:r></w:p>" * 200
    ),
    "100,000 paragraphs": lambda: document(said("Bread is old.") * 100_000),
    "styles in a circle": lambda: document(
        said("bread", '<w:pPr><w:pStyle w:val="A"/></w:pPr>'),
        {
            "word/styles.xml": f'<w:styles xmlns:w="{_W}"><w:style w:type="paragraph" w:styleId="A"><w:basedOn w:val="B"/></w:style><w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="A"/></w:style></w:styles>'
        },
        f'<Relationship Id="s" Type="{_R}/styles" Target="styles.xml"/>',
    ),
    "a list of a number that is none": lambda: document(
        said("bread", '<w:pPr><w:numPr><w:ilvl w:val="99999"/><w:numId w:val="x"/></w:numPr></w:pPr>')
    ),
    "stray bytes": lambda: document("") | {"word/document.xml": b"<w:document>\xff\xfe</w:document>"},
    "cut off in the middle": lambda: document("") | {"word/document.xml": str(document("")["word/document.xml"])[:-40]},
    "a bomb": lambda: document(said("a" * 200_000_000)),
    "UTF-7": lambda: (
        document("")
        | {
            "word/document.xml": b'<?xml version="1.0" encoding="utf-7"?>'
            + str(document("")["word/document.xml"]).encode()
        }
    ),
    "a formula 5,000 deep": lambda: document(
        '<w:p><m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">'
        + "<m:f><m:num>" * 5000
        + "<m:r><m:t>x</m:t></m:r>"
        + "</m:num></m:f>" * 5000
        + "</m:oMath></w:p>"
    ),
}


def _with(members: Members, change: Callable[[zipfile.ZipFile], None]) -> bytes:
    out = io.BytesIO(packed(members))
    with warnings.catch_warnings(), zipfile.ZipFile(out, "a") as archive:
        warnings.simplefilter("ignore")  # two members of one name
        change(archive)
    return out.getvalue()


def _fill(archive: zipfile.ZipFile, names: Iterable[str]) -> None:
    for name in names:
        archive.writestr(name, b"bread")


def _link(archive: zipfile.ZipFile) -> None:
    info = zipfile.ZipInfo("OPS/two.xhtml")
    info.create_system, info.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    archive.writestr(info, "/etc/passwd")


def _put(data: bytes, sign: bytes, at: int, value: bytes, *, all_of_them: bool = True) -> bytes:
    """The archive with so many bytes of each header of that sign changed."""
    found, start = bytearray(data), 0
    while (start := data.find(sign, start)) >= 0:
        found[start + at : start + at + len(value)] = value
        start += 4
        if not all_of_them:
            break
    return bytes(found)


_CENTRAL, _LOCAL, _END = b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06"


def archives() -> dict[str, Callable[[], bytes]]:
    """Archives that are no good, from the one book."""

    def good() -> bytes:
        return packed(book())

    return {
        "names that lead out": lambda: _with(
            book(),
            lambda z: _fill(z, ("../../x", "/etc/x", "C:\\x", "a\0b", "..\\..\\x")),
        ),
        "a symbolic link": lambda: _with(opf(str), _link),
        "two members of one name": lambda: _with(book(), lambda z: z.writestr("OPS/one.xhtml", "bread")),
        "100,000 members": lambda: _with(book(), lambda z: _fill(z, [f"x{n}" for n in range(100_000)])),
        "overlapping members": lambda: _put(good(), _CENTRAL, 42, struct.pack("<I", 0)),
        "a wrong CRC": lambda: _put(_put(good(), _CENTRAL, 16, b"abcd"), _LOCAL, 14, b"abcd"),
        "encrypted members": lambda: _put(_put(good(), _CENTRAL, 8, b"\x01"), _LOCAL, 6, b"\x01"),
        "an unknown method": lambda: _put(_put(good(), _CENTRAL, 10, b"\x63"), _LOCAL, 8, b"\x63"),
        "sizes of 4 GB": lambda: _put(good(), _CENTRAL, 20, b"\xff\xff\xff\xff\xff\xff\xff\xff"),
        "sizes of nothing": lambda: _put(good(), _CENTRAL, 20, b"\0\0\0\0\0\0\0\0"),
        "sizes too small": lambda: _put(good(), _CENTRAL, 24, struct.pack("<I", 10)),
        "a lie about the number": lambda: _put(good(), _END, 8, b"\xff\xff\xff\xff"),
        "a lie about the place": lambda: _put(good(), _END, 16, b"\xff\xff\xff\x7f"),
        "zip64 and lies": lambda: _put(_put(good(), _END, 8, b"\xff" * 12), _CENTRAL, 42, b"\xff" * 4),
        "a comment that goes on": lambda: _put(good(), _END, 20, b"\xff\xff"),
        "names that are no text": lambda: _put(good(), _CENTRAL, 8, b"\x00\x08").replace(b"OPS/", b"\xff\xfe\xfd/"),
    }


def cut(data: bytes, step: int = 1024) -> Iterator[bytes]:
    """A file cut off after every so many bytes."""
    return (data[:end] for end in range(step, len(data), step))


def packed_files() -> Iterator[tuple[str, str, bytes]]:
    """What it is, a file name, its content."""
    for what, make in BOOKS.items():
        yield f"EPUB: {what}", "a.epub", packed(make())
    for what, made in archives().items():
        yield f"EPUB: {what}", "a.epub", made()
    for what, make in WORDS.items():
        yield f"DOCX: {what}", "a.docx", packed(make())
    for what in (
        "100,000 deep",
        "a table of 300,000 rows",
        "100,000 notes",
        "a million empty tags",
        "rowspan and colspan",
        "MathML",
    ):
        yield f"EPUB: {what}", "a.epub", packed(book(two=BODIES[what]()))
    for what in ("a word of 1 MB", "overrides of direction", "controls", "Zalgo"):
        text = "".join(c for c in TEXTS[what]() if c >= " ")
        yield f"EPUB: {what}", "a.epub", packed(book(two=f"<p>{text}</p>"))
        yield f"DOCX: {what}", "a.docx", packed(document(said(text)))
    yield "DOCX: a book called .docx", "a.docx", packed(book())
    yield "EPUB: a document called .epub", "a.epub", packed(document(""))
    yield "EPUB: an archive in an archive", "a.epub", packed({"a.epub": packed(book())})
    yield "EPUB: text called .epub", "a.epub", PROSE.encode()
    yield "DOCX: an old Word file", "a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 5000
