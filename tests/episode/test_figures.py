"""Pictures on the page and in the book: what is in ``alt``, what is hidden, and that every sentence keeps its place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from lxml import html
from tests.along import SHOW, along, episode_of, read, timeline_of
from tests.episode.book.test_book import HOSTILE, Maker, bound, xml
from tests.episode.test_page_text import counted, words

from narrate.episode.page import Written, episode_page
from narrate.model import Block, BlockKind, Mark, MarkKind, Passage, Plate, Reading, Source

if TYPE_CHECKING:
    from pathlib import Path

    from lxml.html import HtmlElement

    from narrate.model import Article

XHTML = "{http://www.w3.org/1999/xhtml}"
ONE, TWO = Plate("picture-0123456789.jpg", "image/jpeg", 800, 600), Plate("picture-9876543210.png", "image/png", 30, 20)
FIGURES = (
    b"<title>T</title><article><h1>T</h1><p>One paragraph that is long enough to be the text of an article.</p>"
    b"<figure><img src='a.jpg' alt='A dog. It sleeps.'><figcaption>Rex, at home</figcaption></figure>"
    b"<figure><img src='a.jpg' alt='A hand'><img src='b.png' alt='Another hand'></figure>"
    b"<figure><img src='a.jpg'><img src='b.png' alt='A foot'></figure>"
    b"<figure><img src='a.jpg'><figcaption>The mill.</figcaption></figure>"
    b"<figure><img src='a.jpg'></figure><figure><img src='c.jpg' alt='A map'></figure>"
    b"<p>Another paragraph that stands behind all of the pictures, as the last one of it.</p></article>"
)
ALTS = [
    ["A dog. It sleeps."],
    ["A hand", "Another hand"],
    ["A foot", ""],
    [""],
    ["Picture"],
    [],
]


def illustrated(article: Article) -> tuple[Reading, bytes]:
    """The reading of an article of which all pictures but the last are shown, and its page."""
    reading, cues = along([article])
    plates = {"a.jpg": ONE, "b.png": TWO}
    reading = replace(
        reading,
        passages=tuple(
            replace(each, plates=tuple(plates[image] for image in each.block.images if image in plates))
            for each in reading.passages
        ),
    )
    timeline = timeline_of(cues)
    return reading, episode_page(episode_of(article, timeline), timeline, SHOW, Written(reading=reading))


@pytest.fixture(scope="module")
def page() -> HtmlElement:
    """The page of an article with figures of all kinds."""
    return html.document_fromstring(illustrated(read(FIGURES, "a.html"))[1].decode())


def test_every_description_is_an_alternative_once(page: HtmlElement) -> None:
    """Each its own where there are as many as pictures, else the first has all; words below are hidden from readers."""
    figures = list(page.iter("figure"))

    assert [[image.get("alt") for image in figure.iter("img")] for figure in figures] == ALTS
    hidden = [[each.get("aria-hidden") for each in figure.find_class("alt")] for figure in figures]
    assert hidden == [["true"], ["true"], ["true"], [], [], [None]]
    assert [words(each) for each in page.iter("figcaption")] == ["Rex, at home", "The mill."]
    assert all(each.get("aria-hidden") is None for each in page.iter("figcaption", "figure", "img"))


def test_a_picture_says_its_size_and_comes_late(page: HtmlElement) -> None:
    """So nothing moves when it comes, and a long page does not load all of them at once."""
    image = next(page.iter("figure"))[0]

    assert dict(image.attrib) == {
        "src": ONE.name,
        "alt": "A dog. It sleeps.",
        "width": "800",
        "height": "600",
        "loading": "lazy",
        "decoding": "async",
    }


def test_every_sentence_keeps_its_place(page: HtmlElement) -> None:
    """The player counts the text below a picture as if there were none."""
    bare = illustrated(read(FIGURES, "a.html"))[0]
    spoken = [counted(each).decode("utf-16-le") for each in page.iter("figure") if each.get("data-b")]

    texts = [each.block.text for each in bare.passages if each.block.kind is BlockKind.FIGURE and each.heard]
    assert spoken == ["A dog. It sleeps.Rex, at home", *texts[1:]]


@pytest.mark.parametrize(("alt", "caption"), [("A boat", "The mill at dawn."), ("At", "Dawn")])
def test_a_short_description_is_marked_too(alt: str, caption: str) -> None:
    """However little it says before its caption: "Image" and "Caption" are heard before them, and are not there."""
    data = FIGURES.replace(b"A dog. It sleeps.", alt.encode()).replace(b"Rex, at home", caption.encode())
    reading = illustrated(read(data, "a.html"))[0]
    figure = next(each for each in reading.passages if each.block.kind is BlockKind.FIGURE)

    assert [figure.block.text[each.start : each.end] for each in figure.heard] == [alt, caption]


def test_hostile_words_are_words() -> None:
    """In an attribute as in the text."""
    block = Block(BlockKind.FIGURE, HOSTILE, Source(0, 9, 1), caption=len(HOSTILE), images=("x",))
    article = read(b"# T\n\nx\n", "a.md")
    timeline = timeline_of([])
    reading = Reading((Passage(block, plates=(ONE,)),), "en")
    made = episode_page(episode_of(article, timeline), timeline, SHOW, Written(reading=reading)).decode()
    (article_element,) = html.document_fromstring(made).iter("article")
    (image,) = article_element.iter("img")

    assert set(image.attrib) == {"src", "alt", "width", "height", "loading", "decoding"}
    assert image.get("alt", "").startswith("A </script><img src=x onerror=")


def test_the_book_has_the_same_figures(tmp_path: Path) -> None:
    """With each sentence in an element of its own, pages of the source before what is hidden, and the files."""
    made = Maker()
    made.add("paragraph", "First.", "First.", opens="Bread")
    pages = (Mark(MarkKind.PAGE, 0, 0, "7"), Mark(MarkKind.PAGE, 22, 22, "8"))
    made.add(
        "figure", "A dog. It sleeps.\nRex, at home", "A dog.", "It sleeps.", "Rex, at home", caption=18, marks=pages
    )
    made.add("figure", "")
    made.passages[1] = replace(made.passages[1], plates=(ONE,))
    made.passages[2] = replace(made.passages[2], plates=(TWO,), why="")
    for plate in (ONE, TWO):
        (tmp_path / plate.name).write_bytes(b"bytes of " + plate.name.encode())
    files = {plate.name: tmp_path / plate.name for plate in (ONE, TWO)}
    book = bound(tmp_path, replace(made.volume(tmp_path), pictures=files))

    page = xml(book, "p1-1.xhtml")
    first, second = page.iter(f"{XHTML}figure")
    assert [child.tag.removeprefix(XHTML) for child in first] == ["span", "img", "p", "figcaption"]
    assert (first[1].get("alt"), first[2].get("aria-hidden")) == ("A dog. It sleeps.", "true")
    assert [each.get("id") for each in first[2]] == ["c1", "c2"]
    assert [each.get("aria-label") for each in first.iter(f"{XHTML}span") if each.get("aria-label")] == ["7", "8"]
    assert next(first[3].iter(f"{XHTML}span")).get("id") == "c3"
    assert [(each.get("alt"), each.get("lang")) for each in second] == [("Picture", "en")]
    items = {each.get("href"): each.get("media-type") for each in xml(book, "package.opf").iter("{*}item")}
    assert {name: items[name] for name in files} == {ONE.name: "image/jpeg", TWO.name: "image/png"}
    assert book.read(f"EPUB/{TWO.name}") == b"bytes of " + TWO.name.encode()
    heard = [str(each.get("src")).partition("#")[2] for each in xml(book, "p1-1.smil").iter("{*}text")]
    assert heard == ["c0", "c1", "c2", "c3"]
