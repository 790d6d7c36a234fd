"""Where the pictures of an article are, as each reader finds it; what may not be an address is none."""

from __future__ import annotations

import io
import time
import zipfile
from typing import TYPE_CHECKING

import pytest
from lxml.etree import fromstring
from tests.article.docx.test_docx import REL, document, styled
from tests.article.epub.conftest import members_of, packed
from tests.drawn import data_uri, photograph

from narrate.article.docx.reader import DocxReader
from narrate.article.dom.images import address_of, candidates
from narrate.article.epub.reader import EpubReader
from narrate.article.html.reader import HtmlReader
from narrate.article.markdown import MarkdownReader
from narrate.model import BlockKind, Origin

if TYPE_CHECKING:
    from narrate.model import Article, Block

PROSE = (
    "<p>The river rose in the night, and by morning it stood in the kitchens of the lower town,"
    " as it had not for years.</p>"
)
DRAWING = (
    '<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="p" descr="{alt}"/><a:graphic'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData><pic:pic'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill><a:blip r:{how}="{id}"/>'
    "</pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
)


def page(body: str, location: str = "", head: str = "") -> Article:
    """The article of a page, with prose around what is given."""
    html = f"<html lang=en><head><title>The flood</title>{head}</head><body><article><h1>The flood</h1>{PROSE}"
    return HtmlReader().read(f"{html}{body}{PROSE}</article></body></html>".encode(), Origin("a.html", location))


def figures(article: Article) -> list[Block]:
    """Its pictures."""
    return [block for block in article.blocks if block.kind is BlockKind.FIGURE]


def where(article: Article) -> list[str]:
    """The addresses of its pictures."""
    return [image for block in figures(article) for image in block.images]


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ('<img src="a.png" srcset="b.png 800w, c.png 1700w, d.png 4000w"/>', "c.png"),
        ('<img src="a.png" srcset="b.png 300w, c.png 900w"/>', "c.png"),
        ('<img src="a.png" srcset="b.png, c.png 2x, d.png 4x"/>', "c.png"),
        ('<img src="a.png" data-srcset="b.png 900w"/>', "b.png"),
        ('<img src="spin.gif" data-src=" a.png "/>', "a.png"),
        ('<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" data-lazy-src="a.png"/>', "a.png"),
        ('<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="/>', ""),
        (f'<img src="data:image/svg+xml;base64,{"A" * 400}"/>', ""),
        (f'<img src="data:text/html;base64,{"A" * 400}"/>', ""),
        *((f'<img src="{bad}"/>', "") for bad in ("javascript:alert(1)", "file:a.png", "blob:x", "C:/a.png", "", "#a")),
        ('<img srcset="javascript:alert(1) 2x, a.png 1x"/>', "a.png"),
        ("<img/>", ""),
    ],
)
def test_the_best_address_of_an_element(written: str, address: str) -> None:
    """Wide enough and no wider, the real one before its placeholder; nothing that is no picture's address."""
    assert address_of(fromstring(written)) == address


def test_a_set_of_sizes_may_have_commas_in_its_addresses() -> None:
    """As services that scale pictures write them."""
    said = "https://x.example/w_300,h_200/a.png 300w,https://x.example/w_900,h_600/a.png 900w"

    assert list(candidates(said)) == [
        ("https://x.example/w_300,h_200/a.png", 300),
        ("https://x.example/w_900,h_600/a.png", 900),
    ]


def test_a_page_of_the_web_names_the_web_alone() -> None:
    """Addresses count from where it is, or from where it says."""
    body = '<img src="b/c.png" alt="A red boat on the water"><img src="file:///etc/hosts" alt="What nobody is to see">'

    assert where(page(body, "https://a.example/d/e")) == ["https://a.example/d/b/c.png"]
    assert where(page(body, "https://a.example/d/e", '<base href="/f/">')) == ["https://a.example/f/b/c.png"]


def test_a_page_in_a_file_names_what_is_beside_it_or_on_the_web() -> None:
    """Paths from the root of a site lead to that site, if the page says which it is."""
    body = "".join(
        f'<figure><img src="{source}"><figcaption>One of {number}.</figcaption></figure>'
        for number, source in enumerate(("a_files/b.png", "/c.png", "//d.example/e.png"))
    )
    canonical = '<link rel="canonical" href="https://a.example/flood">'

    assert where(page(body, "/a/a.html")) == ["a_files/b.png", "https://d.example/e.png"]
    assert where(page(body, "", canonical)) == ["a_files/b.png", "https://a.example/c.png", "https://d.example/e.png"]


def test_figures_have_all_their_pictures() -> None:
    """Described or not; a source of another type or for some screens is none, nor is a copy for want of a script."""
    body = (
        "<figure><picture><source type='image/avif' srcset='a.avif'>"
        "<source media='(max-width: 9em)' srcset='a-small.webp'>"
        "<source type='image/webp' srcset='a.webp 900w'><img src='a.jpg' alt='A boat'></picture>"
        "<img src='blank.gif' data-src='b.jpg' alt='A bridge'>"
        "<noscript><img src='b-again.jpg' alt='A bridge'></noscript>"
        "<figcaption>Both at dawn.<img src='icon.png' alt=''></figcaption></figure>"
        "<figure><img src='c.jpg' alt='IMG_2043.jpg'><figcaption>The mill.</figcaption></figure>"
        "<figure><img src='d.jpg'></figure>"
        "<p><img src='e.jpg' alt=''></p><p>A word <img src='f.jpg' alt='for the eye'> in a sentence.</p>"
    )
    found = figures(page(body))

    assert [(block.text, block.images) for block in found] == [
        ("A boat\nA bridge\nBoth at dawn.", ("a.webp", "b.jpg")),
        ("The mill.", ("c.jpg",)),
        ("", ("d.jpg",)),
    ]


@pytest.mark.parametrize(
    "body",
    [
        "<noscript><img src='a.png' alt='A'></noscript>" * 5_000,
        f"<picture>{'<source srcset=a.png>' * 400}{'<img src=b.png>' * 20_000}</picture>",
        f"<figure>{''.join(f'<img src={n}.png>' for n in range(20_000))}<figcaption>All.</figcaption></figure>",
        f"<div>{'<b>a</b>' * 10_000}</div><noscript>{'<img src=b.png>' * 10_000}</noscript>",
        f"<figure><img src=a.png srcset='{'a.png 1x,' * 40_000}' alt='A boat'></figure>",
    ],
    ids=["copies", "sources", "figure", "beside", "set"],
)
def test_addresses_take_no_time_in_squares(body: str) -> None:
    """However many there are."""
    began = time.process_time()
    page(body)

    assert time.process_time() - began < 8


def test_a_hidden_picture_has_no_address() -> None:
    """Nobody would see it on its page."""
    body = "<figure><img src='a.png' style='display: none'><img src='b.png'><figcaption>The mill.</figcaption></figure>"

    assert where(page(body)) == ["b.png"]


def test_a_picture_whose_words_follow_it_keeps_its_address() -> None:
    """The words are heard once, as the text that they are."""
    article = page("<img src='a.png' alt='A boat in a garden'><p>A boat in a garden</p>")

    assert [(block.text, block.images) for block in figures(article)] == [("", ("a.png",))]


def test_markdown_names_a_path_or_an_address() -> None:
    """As it is written; a picture without words stays hidden."""
    tag = "<img src='https://e.example/f.png' alt='A mill'>"
    text = f"# A\n\nWords ![A boat](b%20c.png 'Title') here.\n\n![](d.png)\n\n{tag}\n"
    article = MarkdownReader().read(text.encode(), Origin("a.md"))

    assert [(block.text, block.images) for block in figures(article)] == [
        ("A boat", ("b%20c.png",)),
        ("A mill", ("https://e.example/f.png",)),
    ]
    assert all(block.kind is not BlockKind.FIGURE for block in article.blocks if "d.png" in block.text)


def test_a_book_names_its_members() -> None:
    """Counted from each page; what leads out of the archive is the name of no member."""
    body = (
        '<h1>One</h1><p>Words of the first part.</p><div class="illus"><img src="../images/a%20b.png" alt=""/></div>'
        '<figure><img src="../../../etc/passwd" alt="A mill"/></figure>'
        '<figure><img src="https://a.example/c.png" alt="A boat"/></figure>'
    )
    book = packed(members_of({"text/one.xhtml": body}))
    article = EpubReader().read(book, Origin("a.epub", "/a/a.epub"))

    assert where(article) == ["zip:OPS/images/a b.png", "zip:../etc/passwd", "https://a.example/c.png"]
    assert [block.text for block in figures(article)] == ["", "A mill", "A boat"]


def word(body: str, relations: str) -> Article:
    """A Word document with a picture, whose relations are these."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document(body))) as before, zipfile.ZipFile(made, "w") as after:
        for name in before.namelist():
            data = before.read(name)
            if name.endswith("document.xml.rels"):
                data = data.replace(b"</Relationships>", relations.encode() + b"</Relationships>")
            after.writestr(name, data)
        after.writestr("word/media/image1.jpeg", photograph())
    return DocxReader().read(made.getvalue(), Origin("a.docx", "/a/a.docx"))


def test_a_word_document_names_its_media() -> None:
    """With the caption below in one figure; without words too, for Word has no other way to say that it is one."""
    relation = f'<Relationship Id="r9" Type="{REL}/image" Target="media/image1.jpeg"/>'
    body = (
        styled("Words of the text.")
        + DRAWING.format(alt="A boat", how="embed", id="r9")
        + styled("Figure 1: At dawn.", "caption")
        + styled("More words.")
        + DRAWING.format(alt="", how="embed", id="r9")
    )
    found = figures(word(body, relation))

    assert [(block.text, block.caption, block.images) for block in found] == [
        ("A boat\nFigure 1: At dawn.", 7, ("zip:word/media/image1.jpeg",)),
        ("", 0, ("zip:word/media/image1.jpeg",)),
    ]


@pytest.mark.parametrize("target", ["file:///etc/hostname", "/etc/hostname", "https://a.example/x.png"])
def test_a_word_document_has_nothing_read_from_elsewhere(target: str) -> None:
    """A picture that is linked and not in the document has its words and no address."""
    relation = f'<Relationship Id="r9" Type="{REL}/image" Target="{target}" TargetMode="External"/>'
    body = styled("Words of the text.") + DRAWING.format(alt="A boat", how="link", id="r9")

    assert [(block.text, block.images) for block in figures(word(body, relation))] == [("A boat", ())]


def test_a_picture_in_the_page_itself_is_its_own_address() -> None:
    """Where it holds more than a place for another."""
    uri = data_uri(photograph())

    assert where(page(f'<img src="{uri}" alt="A boat on brown water">', "https://a.example/")) == [uri]
