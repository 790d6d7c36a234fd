"""The pictures of an episode: on its page, in its book, in its manifest, and what they cost the second time."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from lxml import etree
from tests.article.epub.conftest import members_of, packed
from tests.drawn import drawing, photograph
from tests.pipeline.blog import Page, serving

from narrate.model import FileRole
from narrate.pipeline import album
from narrate.pipeline.making import make, write
from narrate.pipeline.order import Order, Outcome
from narrate.pipeline.shows import remove
from narrate.pipeline.tools import _fetch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.pipeline.blog import Blog
    from tests.pipeline.conftest import Workshop


from tests.pipeline.pictured import AFTER, ARTICLE, PROSE, made_of, names, page, shown, text_of


@pytest.fixture
def blog() -> Iterator[Blog]:
    """A site on this machine."""
    with serving() as site:
        yield site


def test_a_picture_beside_the_article_is_shown(workshop: Workshop) -> None:
    """Under the digest of its bytes, in the manifest, on the page, in the book; without what it came with."""
    (workshop.root / "loaf.jpg").write_bytes(photograph(comment=b"secret"))

    made = made_of(workshop, workshop.write("bread.md", ARTICLE))

    ((name, alt),) = shown(workshop, made)
    (row,) = [file for file in made.episode.files if file.role is FileRole.PICTURE]
    data = (workshop.show / "bread" / name).read_bytes()
    assert alt == "A loaf on a table."
    assert (row.mime, row.size_bytes) == ("image/jpeg", len(data))
    assert b"secret" not in data
    assert made.warnings == ()


def test_a_script_beside_its_article_has_its_pictures(workshop: Workshop) -> None:
    """As the article has them; one whose words were edited is not shown, for they are no longer its words."""
    (workshop.root / "loaf.jpg").write_bytes(photograph())
    article = workshop.write("bread.md", ARTICLE)
    text = write(Order((str(article),)), workshop.settings(), workshop.tools()).text

    made = made_of(workshop, workshop.write("bread.yaml", text))
    assert [alt for _, alt in shown(workshop, made)] == ["A loaf on a table."]

    edited = made_of(workshop, workshop.write("bread.yaml", text.replace("A loaf on", "A cat on")))
    assert shown(workshop, edited) == []


def test_an_unchanged_make_neither_asks_nor_decodes(
    workshop: Workshop, blog: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the cache, offline too; the same bytes, and nothing has changed."""
    blog.pages["/a.jpg"] = Page(photograph())
    url = page(blog, '<img src="/a.jpg" alt="A boat on the water">')
    text = workshop.write("flood.html", blog.pages["/flood"].data.decode().replace("/a.jpg", f"{blog.address}/a.jpg"))
    first, before = made_of(workshop, text), workshop.files()
    assert blog.paths() == ["/a.jpg"]
    assert [alt for _, alt in shown(workshop, first)] == ["A boat on the water"]

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr(album, "confined", refuse)
    again = workshop.make(text)
    assert (again.made[0].outcome, again.made[0].warnings, blog.paths()) == (Outcome.UNCHANGED, (), [])
    assert workshop.files() == before

    monkeypatch.undo()
    assert [alt for _, alt in shown(workshop, made_of(workshop, url))] == ["A boat on the water"]
    assert blog.paths() == ["/flood"]


def test_pictures_that_are_described_are_not_asked_for(workshop: Workshop, blog: Blog) -> None:
    """Their files are gone, their words are there."""
    blog.pages["/a.jpg"] = Page(photograph())
    url = page(blog, '<img src="a.jpg" alt="A boat on the water">')
    made = made_of(workshop, url)
    (name,) = names(made)
    blog.paths()

    described = made_of(workshop, url, pictures="described")

    assert (blog.paths(), names(described), described.outcome) == (["/flood"], [], Outcome.REMADE)
    assert not (workshop.show / described.episode.slug / name).exists()
    assert b"Picture, not shown here" in (workshop.show / described.episode.slug / "index.html").read_bytes()


def test_pictures_go_with_their_episode(workshop: Workshop) -> None:
    """Nothing of it is left."""
    (workshop.root / "loaf.jpg").write_bytes(photograph())
    made = made_of(workshop, workshop.write("bread.md", ARTICLE))

    remove(workshop.show, [made.episode.slug])

    assert not [name for name in workshop.files() if "picture" in name]


@pytest.mark.parametrize("packing", ["file", "web"])
def test_a_book_brings_its_own(workshop: Workshop, blog: Blog, packing: str) -> None:
    """Out of the file, or out of what was fetched, which is fetched once; a chapter's are in the book of all too."""
    pages = {
        f"{number}.xhtml": f'<h1>Part {number}</h1><p>Words of it.</p><figure><img src="i/{number}.png" alt="Map'
        f' {number}"/><figcaption>Of the town.</figcaption></figure>'
        for number in (1, 2)
    }
    data = packed(members_of(pages) | {f"OPS/i/{n}.png": drawing(colour) for n, colour in ((1, "red"), (2, "blue"))})
    (workshop.root / "mill.epub").write_bytes(data)
    blog.pages["/mill.epub"] = Page(data, lines={"Content-Type": "application/epub+zip"})
    article = str(workshop.root / "mill.epub") if packing == "file" else f"{blog.address}/mill.epub"
    assert [alt for _, alt in shown(workshop, made_of(workshop, article))] == ["Map 1", "Map 2"]
    assert len(blog.paths()) == (packing == "web")

    tools = replace(workshop.tools(), fetch=partial(_fetch, private=True))
    result = make(Order((article,), split=True), workshop.settings(), tools, lambda _: None)

    (volume,) = result.books
    assert [len(names(made)) for made in result.made] == [1, 1]
    with ZipFile(volume) as archive:
        inside = {name.removeprefix("EPUB/") for name in archive.namelist() if "picture" in name}
    assert inside == {name for made in result.made for name in names(made)}


def test_the_picture_before_a_text_without_any(workshop: Workshop, blog: Blog) -> None:
    """As the page names and describes it; nobody hears its words, and that is told. Undescribed, it is left."""
    blog.pages["/lead.jpg"] = Page(photograph())
    head = '<meta property="og:image" content="/lead.jpg"><meta property="og:image:alt" content="The lower town">'
    url = page(blog, "")
    plain = blog.pages["/flood"].data.decode()
    blog.put("/flood", plain.replace("<body>", f"<head>{head}</head><body>"))

    made = made_of(workshop, url)

    assert [alt for _, alt in shown(workshop, made)] == ["The lower town"]
    (unread,) = text_of(workshop, made).find_class("unread")
    assert unread[0].text_content() == "Not read aloud: picture"
    assert unread.find("figure") is not None
    gone = head.replace("lead.jpg", "gone.jpg")
    blog.put("/flood", plain.replace("<body>", f"<head>{gone}</head><body>"))
    assert (names(without := made_of(workshop, url)), without.warnings) == ([], ())
    blog.put("/flood", plain.replace("<body>", f"<head>{head.partition('><')[0]}></head><body>"))
    assert names(made_of(workshop, url)) == []


def test_each_article_of_an_edition_has_its_own(workshop: Workshop) -> None:
    """Pictures of the same name in two folders are two; the same picture twice is one file."""
    articles = []
    for folder, colour in (("one", "red"), ("two", "blue"), ("three", "red")):
        (workshop.root / folder).mkdir()
        (workshop.root / folder / "loaf.jpg").write_bytes(drawing(colour))
        articles.append(workshop.write(f"{folder}/bread.md", ARTICLE.replace("Bread", f"Bread {folder}")))
    order = Order(tuple(map(str, articles)), edition="The week")

    (made,) = workshop.order(order).made

    one, two, three = (name for name, _ in shown(workshop, made))
    assert (one == three, one != two, len(names(made))) == (True, True, 2)


def test_where_an_article_lay_is_told_to_nobody(workshop: Workshop) -> None:
    """No file that others may get says on what path the pictures were."""
    (workshop.root / "loaf.jpg").write_bytes(photograph())
    made_of(workshop, workshop.write("bread.md", ARTICLE))

    assert not [name for name, data in workshop.files().items() if str(workshop.root).encode() in data]


def test_the_book_says_what_there_is_to_see(workshop: Workshop) -> None:
    """Visual, with alternatives where all have words; without, words are not enough."""
    (workshop.root / "loaf.jpg").write_bytes(photograph())

    def said(text: str, **options: object) -> dict[str, list[str]]:
        made = made_of(workshop, workshop.write("bread.html", text), **options)
        book = made.episode.file(FileRole.BOOK)
        assert book is not None
        with ZipFile(workshop.show / made.episode.slug / book.name) as archive:
            package = etree.fromstring(archive.read("EPUB/package.opf"))
        rows = [
            (each.get("property") or "", each.text or "") for each in package.iter("{http://www.idpf.org/2007/opf}meta")
        ]
        return {
            name: [value for other, value in rows if other == f"schema:{name}"]
            for name in ("accessMode", "accessModeSufficient", "accessibilityFeature")
        }

    figure = "<figure><img src='loaf.jpg' alt='A loaf.'></figure>"
    text = f"<html><body><article><h1>Bread</h1>{PROSE}{figure}{AFTER}</article></body></html>"
    whole, bare = said(text), said(text.replace(" alt='A loaf.'", ""))
    none = said(text, pictures="described")

    assert whole["accessMode"] == ["textual", "auditory", "visual"]
    assert whole["accessModeSufficient"] == ["textual", "auditory"]
    assert "alternativeText" in whole["accessibilityFeature"]
    assert bare["accessModeSufficient"] == ["textual,visual"]
    assert "alternativeText" not in bare["accessibilityFeature"]
    assert none["accessMode"] == ["textual", "auditory"]


@pytest.mark.parametrize("words", [("A boat", "The mill at dawn."), ("Six", "Six in the morning."), ("A", "B")])
def test_no_word_of_a_picture_is_called_lost(workshop: Workshop, words: tuple[str, str]) -> None:
    """Short ones neither, which stand in nothing but their own sentence."""
    figure = f'<figure><img src="a.jpg" alt="{words[0]}"><figcaption>{words[1]}</figcaption></figure>'
    text = f"<html><body><article><h1>The flood</h1>{PROSE}{figure}{AFTER}</article></body></html>"

    (made,) = workshop.make(workshop.write("a.html", text), pictures="described").made

    assert made.warnings == ()
