"""Books as they are: facts, parts, notes across pages, page breaks, repair of broken pages."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from narrate.article.parts import picked, split
from narrate.model import BlockKind, MarkKind, Reason

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from narrate.model import Article

    Members = Callable[..., dict[str, str | bytes]]
    Read = Callable[[Mapping[str, str | bytes] | bytes], Article]
    Toc = Callable[..., str]

PAGES = {
    "cover.xhtml": '<section epub:type="cover"><img src="c.jpg" alt="A mill by a river"/></section>',
    "copy.xhtml": '<section epub:type="copyright-page"><p>Copyright 2021 Ann Example.</p></section>',
    "one.xhtml": (
        "<h1>The River</h1><p>It rises<sup><a epub:type='noteref' href='notes.xhtml#n1'>1</a></sup> in the hills,"
        " <span epub:type='pagebreak' id='p7'>7</span>far away.</p><p>Nobody knows where.</p>"
    ),
    "two.xhtml": "<h1>The Town</h1><p>It has a mill.<a epub:type='noteref' href='notes.xhtml#n2'>2</a></p>",
    "notes.xhtml": (
        "<section epub:type='endnotes'><h2>Notes</h2><ol>"
        "<li epub:type='endnote' id='n1'><p>In two places. <a href='one.xhtml' role='doc-backlink'>back</a></p></li>"
        "<li epub:type='endnote' id='n2'><p>It had two.</p></li></ol></section>"
    ),
}


def _book(members: Members, toc: Toc) -> dict[str, str | bytes]:
    nav = toc("cover.xhtml", "Cover") + toc("one.xhtml", "The River") + toc("two.xhtml", "The Town")
    return members(PAGES, nav=nav + toc("notes.xhtml", "Notes"))


def _unfated(article: Article) -> str:
    held = [*(block.source for block in article.blocks), *(each.source for each in article.omitted)]
    covered = {at for span in held for at in range(span.start, span.end)}
    return "".join(char for at, char in enumerate(article.text) if char.isalnum() and at not in covered)


def test_a_book_says_who_wrote_it_and_when(members: Members, toc: Toc, read: Read) -> None:
    """Title, author, day, language and identity are the package's."""
    article = read(_book(members, toc))

    assert (article.title, article.authors, article.language) == ("The Mill", ("Ann Example",), "en-GB")
    assert (article.published, article.id) == (date(2021, 3, 4), "urn:isbn:9780000000002")


def test_creators_have_roles_and_an_order(members: Members, read: Read) -> None:
    """A translator is no author; of two authors the first in the display order comes first; a year is no day."""
    metadata = (
        "<dc:title>T</dc:title><dc:creator id='b'>Bo</dc:creator><dc:creator id='a'>Ann</dc:creator>"
        "<dc:creator id='t'>Tom</dc:creator><dc:date>2020</dc:date><dc:language>de</dc:language>"
        "<meta refines='#b' property='display-seq'>2</meta><meta refines='#a' property='display-seq'>1</meta>"
        "<meta refines='#t' property='role'>trl</meta>"
    )

    article = read(members({"a.xhtml": "<p>Es regnet heute.</p>"}, metadata=metadata))

    assert (article.authors, article.published, article.language) == (("Ann", "Bo"), None, "de")


def test_what_is_no_chapter_is_not_read(members: Members, toc: Toc, read: Read) -> None:
    """Cover and copyright page are parts that are left out, for different reasons; nothing is without a fate."""
    article = read(_book(members, toc))

    assert [(part.title, part.chosen) for part in article.parts] == [
        ("Cover", False),
        ("Copyright 2021 Ann Example.", False),
        ("The River", True),
        ("The Town", True),
        ("Notes", False),
    ]
    left = {article.text[each.source.start : each.source.end]: each.reason for each in article.omitted}
    assert left["A mill by a river"] is Reason.FACT
    assert left["Copyright 2021 Ann Example."] is Reason.NOT_CHOSEN
    assert _unfated(article) == ""


def test_notes_of_another_page_are_known(members: Members, toc: Toc, read: Read) -> None:
    """A reference and its note on another page have one id; the link back and the heading of the notes are not read."""
    article = read(_book(members, toc))

    notes = {block.note: block.text for block in article.blocks if block.kind is BlockKind.NOTE}
    marks = [
        (mark.value, block.text[mark.start : mark.end])
        for block in article.blocks
        for mark in block.marks
        if mark.kind is MarkKind.NOTE_REFERENCE
    ]
    assert sorted(notes.values()) == ["In two places.", "It had two."]
    assert [(notes[value], label) for value, label in marks] == [("In two places.", "1"), ("It had two.", "2")]
    assert "Notes" not in [block.text for block in article.blocks]


def test_a_page_number_is_no_word_of_the_sentence(members: Members, toc: Toc, read: Read) -> None:
    """A page break in a sentence is left out with its number, and the sentence is whole."""
    article = read(_book(members, toc))

    assert "It rises1 in the hills, far away." in [block.text for block in article.blocks]
    numbers = [each.source for each in article.omitted if each.reason is Reason.PAGE_NUMBER]
    assert [article.text[each.start : each.end] for each in numbers] == ["7"]
    marks = ((block.text[mark.start :], mark) for block in article.blocks for mark in block.marks)
    assert [(text, mark.value) for text, mark in marks if mark.kind is MarkKind.PAGE] == [("far away.", "7")]


def test_chapters_are_picked_with_their_notes(members: Members, toc: Toc, read: Read) -> None:
    """Of a picked chapter the notes come along, wherever they stand; everything else is not chosen."""
    article = picked(read(_book(members, toc)), (4,))

    assert [block.text for block in article.blocks] == ["The Town", "It has a mill.2", "It had two."]
    assert _unfated(article) == ""


def test_what_is_not_read_can_be_picked(members: Members, toc: Toc, read: Read) -> None:
    """Who asks for the copyright page gets it."""
    article = picked(read(_book(members, toc)), (2,))

    assert [block.text for block in article.blocks] == ["Copyright 2021 Ann Example."]
    assert _unfated(article) == ""


def test_each_chapter_alone_has_its_own_text(members: Members, toc: Toc, read: Read) -> None:
    """Split, a book is an article a chapter, whose spans lead into its own text, with the notes it refers to."""
    chapters = split(read(_book(members, toc)))

    assert [each.title for each in chapters] == ["The Mill: The River", "The Mill: The Town"]
    for each in chapters:
        assert _unfated(each) == ""
        assert [block.source.line for block in each.blocks] == sorted(block.source.line for block in each.blocks)
        for block in each.blocks:
            first = each.text[block.source.start : block.source.end].split()[0]
            assert block.text.startswith(first)
    assert [block.text for block in chapters[1].blocks][-1] == "It had two."


def test_chapters_of_one_page_are_told_apart(members: Members, toc: Toc, read: Read) -> None:
    """Many books have all chapters on a page: the table of contents leads into it."""
    body = "<h2 id='a'>One</h2><p>First.</p><h2><a id='b'/>Two</h2><p>Second.</p>"

    article = read(members({"p.xhtml": body}, nav=toc("p.xhtml#a", "One") + toc("p.xhtml#b", "Two")))

    assert [(part.title, [block.text for block in part.blocks]) for part in article.parts] == [
        ("One", ["One", "First."]),
        ("Two", ["Two", "Second."]),
    ]


def test_a_part_of_headings_alone_joins_its_first_chapter(members: Members, toc: Toc, read: Read) -> None:
    """A page that says "Part One" alone is no chapter of three seconds."""
    nav = toc("p.xhtml", "Part One", toc("c.xhtml", "The Hill"))

    article = read(members({"p.xhtml": "<h1>Part One</h1>", "c.xhtml": "<h2>The Hill</h2><p>Up.</p>"}, nav=nav))

    assert [(part.title, [block.text for block in part.blocks]) for part in article.parts] == [
        ("The Hill", ["Part One", "The Hill", "Up."])
    ]


def test_a_chapter_whose_title_is_a_paragraph_has_a_heading(members: Members, toc: Toc, read: Read) -> None:
    """What the table of contents calls the chapter is its heading, whatever the page makes of it."""
    article = read(members({"c.xhtml": "<p class='big'>The Hill</p><p>Up.</p>"}, nav=toc("c.xhtml", "1. The Hill")))

    assert (article.blocks[0].kind, article.blocks[0].text) == (BlockKind.HEADING, "The Hill")


def test_notes_without_a_word_of_what_they_are_are_found(members: Members, read: Read) -> None:
    """Two links that lead to each other are a note and its reference: all that older books have."""
    body = (
        "<h1>One</h1><p>It rained.<a id='r1' href='#f1'><sup>1</sup></a> Then it stopped.</p><hr/>"
        "<p><a id='f1' href='#r1'>1</a> For days.</p>"
    )

    article = read(members({"a.html": body}))

    note = next(block for block in article.blocks if block.kind is BlockKind.NOTE)
    assert note.text == "For days."
    assert [mark.value for block in article.blocks for mark in block.marks if mark.kind is MarkKind.NOTE_REFERENCE] == [
        note.note
    ]


def test_an_ncx_names_the_chapters_of_older_books(members: Members, read: Read) -> None:
    """EPUB 2 has no navigation document: its NCX is read, and entities of HTML are letters."""
    book = members({"a.html": "<p>Caf&eacute;&nbsp;one.</p>", "b.html": "<p>Two.</p>"})
    opf = str(book["OPS/book.opf"])
    book["OPS/book.opf"] = opf.replace(
        "<manifest>", '<manifest><item id="ncx" href="t.ncx" media-type="application/x-dtbncx+xml"/>'
    )
    points = "".join(
        f"<navPoint><navLabel><text>{title}</text></navLabel><content src='{page}'/></navPoint>"
        for title, page in (("First", "a.html"), ("Second", "b.html"))
    )
    book["OPS/t.ncx"] = f"<ncx xmlns='http://www.daisy.org/z3986/2005/ncx/'><navMap>{points}</navMap></ncx>"

    article = read(book)

    assert [part.title for part in article.parts] == ["First", "Second"]
    assert article.blocks[0].text == "Café\u00a0one."


def test_a_broken_page_is_repaired(members: Members, read: Read) -> None:
    """A page that is no XML is read as HTML, with all its words."""
    page = "<html><head><title/></head><body><p>One <b>two</p><p>three & four <br>five</p></body></html>"

    article = read(members({"a.xhtml": page}))

    assert [block.text for block in article.blocks] == ["One two", "three & four\nfive"]


def test_a_box_with_a_picture_and_its_caption_is_a_figure(members: Members, read: Read) -> None:
    """Books made before there was an element for it say it by a class; a box with a heading is more than that."""
    box = "<div class='figcenter'><img src='m.jpg' alt='A wheel'/><p class='caption'>The mill of 1801.</p></div>"
    more = "<div class='image'><h2>Wheels</h2><img src='w.jpg' alt='Two wheels'/><p>They turn.</p></div>"

    article = read(members({"a.html": f"<p>It rained.</p>{box}{more}"}))

    assert [(block.kind, block.text, block.caption) for block in article.blocks] == [
        (BlockKind.PARAGRAPH, "It rained.", 0),
        (BlockKind.FIGURE, "A wheel\nThe mill of 1801.", 8),
        (BlockKind.HEADING, "Wheels", 0),
        (BlockKind.FIGURE, "Two wheels", 10),
        (BlockKind.PARAGRAPH, "They turn.", 0),
    ]


def test_a_page_of_the_cover_alone_is_no_chapter(members: Members, read: Read) -> None:
    """A picture that says it is the cover is not read where no role says so."""
    article = read(
        members({"c.xhtml": "<img src='c.jpg' alt='Cover Image'/>", "a.xhtml": "<h1>One</h1><p>It rained.</p>"})
    )

    assert [(part.title, part.chosen) for part in article.parts] == [("Cover Image", False), ("One", True)]
