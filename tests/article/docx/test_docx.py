"""Word documents made in the test: styles, notes, tracked changes, formulas, boxes; and those that are none."""

from __future__ import annotations

import io
import zipfile

import pytest

from narrate.article.docx.reader import DocxReader
from narrate.errors import ArticleError
from narrate.model import Article, BlockKind, MarkKind, Origin, Reason

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMES = (
    f'xmlns:w="{W}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:r="{REL}"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
)
STYLES = (
    *("Title", "Subtitle", "Quote", "Intense Quote", "caption", "Source Code", "toc 1", "Author", "Bibliography"),
    *("heading 1", "heading 2", "List Bullet", "List Number", "footnote text"),
)


def styled(text: str, style: str = "", inner: str = "") -> str:
    """Return a paragraph of that style."""
    name = f'<w:pPr><w:pStyle w:val="s{STYLES.index(style)}"/></w:pPr>' if style else ""
    return f'<w:p>{name}<w:r><w:t xml:space="preserve">{text}</w:t></w:r>{inner}</w:p>'


def document(body: str, **parts: str) -> bytes:
    """Return a document of this body; parts are members of its folder by name, notes without their frame."""
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="s{n}"><w:name w:val="{name}"/></w:style>'
        for n, name in enumerate(STYLES)
    )
    relations = "".join(
        f'<Relationship Id="r{n}" Type="{REL}/{kind}" Target="{kind}.xml"/>'
        for n, kind in enumerate(["styles", *(name for name in parts if name in {"footnotes", "comments"})])
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    members = {
        "[Content_Types].xml": f'{head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'{head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="a" Type="{REL}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f"{head}<Relationships"
        f' xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}</Relationships>',
        "word/document.xml": f"{head}<w:document {NAMES}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": f"{head}<w:styles {NAMES}>{styles}</w:styles>",
        **{f"word/{name}.xml": content for name, content in parts.items()},
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def read(body: str, **parts: str) -> Article:
    """Return the article of a document of this body, all of whose letters have a fate."""
    article = DocxReader().read(document(body, **parts), Origin("a.docx", "/a/a.docx"))
    held = [*(block.source for block in article.blocks), *(each.source for each in article.omitted)]
    covered = {at for span in held for at in range(span.start, span.end)}
    assert not [char for at, char in enumerate(article.text) if char.isalnum() and at not in covered]
    return article


def said(article: Article) -> list[tuple[BlockKind, str]]:
    """Return kind and text of each block."""
    return [(block.kind, block.text) for block in article.blocks]


def test_styles_are_kinds() -> None:
    """What a style is called says what its paragraph is; lines of code are one block."""
    article = read(
        styled("The Mill", "Title")
        + styled("Ann Example", "Author")
        + styled("The River", "heading 1")
        + styled("It rises in the hills.")
        + styled("Said he.", "Quote")
        + styled("a = 1", "Source Code")
        + styled("b = 2", "Source Code")
        + styled("A mill", "caption")
        + styled("A boat", "List Bullet")
        + styled("First", "List Number")
        + styled("Smith 2001", "Bibliography")
    )

    assert said(article) == [
        (BlockKind.TITLE, "The Mill"),
        (BlockKind.HEADING, "The River"),
        (BlockKind.PARAGRAPH, "It rises in the hills."),
        (BlockKind.QUOTE, "Said he."),
        (BlockKind.CODE, "a = 1\nb = 2"),
        (BlockKind.FIGURE, "A mill"),
        (BlockKind.LIST_ITEM, "A boat"),
        (BlockKind.LIST_ITEM, "First"),
        (BlockKind.REFERENCE, "Smith 2001"),
    ]
    assert (article.title, article.authors, article.blocks[7].number) == ("The Mill", ("Ann Example",), 1)


def test_footnotes_are_notes() -> None:
    """A footnote is a note, and its mark knows which."""
    note = (
        f'<w:footnotes {NAMES}><w:footnote w:id="2">{styled("For days.", "footnote text")}</w:footnote></w:footnotes>'
    )

    article = read(styled("It rained.", "", '<w:r><w:footnoteReference w:id="2"/></w:r>'), footnotes=note)

    paragraph, found = article.blocks
    assert (paragraph.text, found.kind, found.text) == ("It rained.[1]", BlockKind.NOTE, "For days.")
    assert [(mark.kind, mark.value) for mark in paragraph.marks] == [(MarkKind.NOTE_REFERENCE, found.note)]


def test_tracked_changes_are_as_accepted() -> None:
    """What was deleted or moved away is not there, what was inserted or moved here is."""

    def change(name: str, text: str) -> str:
        tag = "delText" if name == "del" else "t"
        return f'<w:{name} w:id="1"><w:r><w:{tag}>{text}</w:{tag}></w:r></w:{name}>'

    article = read(styled("It ", "", change("del", "never") + change("ins", "always") + change("moveTo", " rains")))
    moved = read(styled("Here.") + f"<w:p>{change('moveFrom', 'Gone.')}</w:p>")

    assert article.text == "It always rains"
    assert moved.text == "Here."


def test_formulas_and_boxes_are_not_lost() -> None:
    """A formula is in its sentence, a box of text that only new programs know is a paragraph."""
    formula = "<m:oMath><m:r><m:t>E</m:t></m:r><m:r><m:t>=mc</m:t></m:r></m:oMath>"
    box = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:txbxContent>'
        f"{styled('In a box.')}</w:txbxContent></mc:Choice></mc:AlternateContent></w:r>"
    )

    article = read(styled("So ", "", f"{formula}<w:r><w:t>holds.</w:t></w:r>") + f"<w:p>{box}</w:p>")

    assert "So E =mc holds." in article.text
    assert "In a box." in [block.text for block in article.blocks]


def test_what_stands_on_every_page_is_left_out() -> None:
    """Headers, comments and the table of contents are in the text, with the reason why they are not read."""
    article = read(
        styled("The River 5", "toc 1") + styled("It rises."),
        header1=f"<w:hdr {NAMES}>{styled('Draft of March')}</w:hdr>",
        comments=f'<w:comments {NAMES}><w:comment w:id="0">{styled("Is this so?")}</w:comment></w:comments>',
    )

    left = {article.text[each.source.start : each.source.end]: each.reason for each in article.omitted}
    assert left == {
        "The River 5": Reason.NAVIGATION,
        "Draft of March": Reason.NAVIGATION,
        "Is this so?": Reason.OUTSIDE,
    }
    assert said(article) == [(BlockKind.PARAGRAPH, "It rises.")]


def test_tables_and_pictures_keep_their_words() -> None:
    """A table is rows of cells."""
    rows = "".join(
        f"<w:tr>{''.join(f'<w:tc>{styled(cell)}</w:tc>' for cell in row)}</w:tr>"
        for row in (("Town", "Mills"), ("A", "3"))
    )

    article = read(styled("Mills are few.") + f"<w:tbl>{rows}</w:tbl>")

    assert said(article)[1] == (BlockKind.TABLE, "Town\tMills\nA\t3")


def _zip(**members: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


DEEP = "<w:sdt><w:sdtContent>" * 20_000 + "</w:sdtContent></w:sdt>" * 20_000
BOMB = '<!DOCTYPE x [<!ENTITY a "b">]>'


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, "encrypted with a password or an old Word document"),
        (_zip(readme="hello"), "no Word document"),
        (document(styled("Words."))[:300], "cut off"),
        (b"Words.", "not one at all"),
        (document(styled("")), "no words"),
        (document(DEEP), "damaged|nested deeper"),
        (
            document(styled("x")).replace(b"word/document.xml", b"word/documents.xml"),
            "cut off|incomplete|overlap|damaged",
        ),
        (document(styled("x"), settings=f"{BOMB}<w:settings {NAMES}/>"), "declares entities"),
    ],
    ids=["encrypted", "other archive", "cut off", "text", "empty", "deep", "missing", "entities"],
)
def test_what_cannot_be_read_says_why(data: bytes, why: str) -> None:
    """Each refusal names its cause."""
    with pytest.raises(ArticleError, match=why):
        DocxReader().read(data, Origin("a.docx"))


def test_a_document_is_known_by_what_it_is() -> None:
    """An archive with a Word document is one whatever its name; an encrypted one of that name is its reader's too."""
    claims = DocxReader().claims

    assert claims(document(styled("x")), Origin("a")) > 0.9
    assert claims(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Origin("a.docx")) > 0.5
    assert claims(b"Words.", Origin("a.txt")) == 0
