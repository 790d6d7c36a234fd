"""The pictures of an episode: where they may come from, what they cost, and that none ever fails an episode."""

from __future__ import annotations

import socket
import sys
import threading
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from lxml import etree, html
from tests.article.epub.conftest import members_of, packed
from tests.drawn import data_uri, drawing, photograph
from tests.pipeline.blog import Page, serving

from narrate.model import FileRole
from narrate.pipeline import album
from narrate.pipeline.making import make, write
from narrate.pipeline.order import Event, Order, Outcome, Stage
from narrate.pipeline.shows import remove
from narrate.pipeline.tools import _fetch
from narrate.runtime import dialling

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lxml.html import HtmlElement
    from tests.pipeline.blog import Blog
    from tests.pipeline.conftest import Workshop

    from narrate.pipeline.order import Made

ARTICLE = "# Bread\n\nBread is old. It is warm.\n\n![A loaf on a table.](loaf.jpg)\n\nIt sings.\n"
PROSE = "<p>The river rose in the night, and by morning it stood in the kitchens of the lower town.</p>"
AFTER = "<p>Nobody had seen it so high, and the baker, who has lived there for forty years, says so to everybody.</p>"


@pytest.fixture
def blog() -> Iterator[Blog]:
    """A site on this machine."""
    with serving() as site:
        yield site


def names(made: Made) -> list[str]:
    """The files of its pictures."""
    return [file.name for file in made.episode.files if file.role is FileRole.PICTURE]


def text_of(workshop: Workshop, made: Made) -> HtmlElement:
    """The text on its page."""
    (article,) = html.fromstring((workshop.show / made.episode.slug / "index.html").read_bytes()).iter("article")
    return article


def shown(workshop: Workshop, made: Made) -> list[tuple[str, str]]:
    """What the page shows, as ``src`` and ``alt``; each is a file beside it, and in the book."""
    folder = workshop.show / made.episode.slug
    found = [(str(each.get("src")), str(each.get("alt"))) for each in text_of(workshop, made).iter("img")]
    book = made.episode.file(FileRole.BOOK)
    assert book is not None
    with ZipFile(folder / book.name) as archive:
        inside = {name: archive.read(f"EPUB/{name}") for name, _ in found}
    assert inside == {name: (folder / name).read_bytes() for name, _ in found}
    assert sorted({name for name, _ in found}) == sorted(names(made))
    return found


def made_of(workshop: Workshop, article: Path | str, **options: object) -> Made:
    """The one episode of an article; addresses on this machine are the web."""
    tools = replace(workshop.tools(), fetch=partial(_fetch, private=True))
    (made,) = make(Order((str(article),)), workshop.settings(**options), tools, lambda _: None).made
    return made


def page(blog: Blog, body: str) -> str:
    """A page of the site, with pictures in it; its address."""
    return blog.put("/flood", f"<html><body><article><h1>The flood</h1>{PROSE}{body}{AFTER}</article></body></html>")


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


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("../secret.jpg", "is neither on the web nor in the article's folder"),
        ("a/../../secret.jpg", "is neither on the web nor in the article's folder"),
        ("%2e%2e/secret.jpg", "is neither on the web nor in the article's folder"),
        ("{root}/secret.jpg", "is neither on the web nor in the article's folder"),
        ("link.jpg", "is a link that leads out of the article's folder"),
        ("linked/secret.jpg", "is a link that leads out of the article's folder"),
        ("nothing.jpg", "is no file in the article's folder"),
        ("folder", "is no file in the article's folder"),
        ("zip:word/media/a.jpg", "should be a ZIP archive"),
        ("ftp://a.example/b.jpg", "is neither on the web nor in the article's folder"),
        ("https://me@a.example/b.jpg", "is given with a user name"),
        ("drawing.svg", "is an SVG drawing"),
        ("text.jpg", "is no JPEG"),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_file_names_what_is_beside_it_and_no_more(workshop: Workshop, source: str, why: str) -> None:
    """No path out of its folder, no link, no device; what is left out is told in a line, and its words remain."""
    (workshop.root / "secret.jpg").write_bytes(photograph())
    home = workshop.root / "texts"
    (home / "folder").mkdir(parents=True)
    (home / "link.jpg").symlink_to(workshop.root / "secret.jpg")
    (home / "linked").symlink_to(workshop.root)
    (home / "drawing.svg").write_text("<svg onload='alert(1)'/>")
    (home / "text.jpg").write_text("Not a picture.")
    written = source.replace("{root}", str(workshop.root))
    (home / "bread.md").write_text(f"# Bread\n\nIt is warm.\n\n![A loaf.](<{written}>)\n\nIt sings.\n")

    made = made_of(workshop, home / "bread.md")

    (told,) = made.warnings
    assert told.startswith("1 picture of 1 is left as words: ")
    assert why in told
    assert (names(made), shown(workshop, made)) == ([], [])
    assert b"A loaf." in (workshop.show / made.episode.slug / "index.html").read_bytes()


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pipes by name")
def test_a_pipe_is_not_waited_for(workshop: Workshop) -> None:
    """It might never say anything."""
    import os

    os.mkfifo(workshop.root / "loaf.jpg")

    assert "is no file" in made_of(workshop, workshop.write("bread.md", ARTICLE)).warnings[0]


def test_a_page_of_the_web_never_names_a_file(workshop: Workshop, blog: Blog) -> None:
    """Whatever it writes is an address of the web, or none."""
    secret = workshop.root / "secret.jpg"
    secret.write_bytes(photograph())
    sources = (secret.as_uri(), str(secret), "file:secret.jpg", "zip:secret.jpg", "secret.jpg")
    figure = '<figure><img src="{}"><figcaption>Number {}.</figcaption></figure>'
    body = "".join(figure.format(each, number) for number, each in enumerate(sources))

    made = made_of(workshop, page(blog, body))

    assert names(made) == []
    assert set(blog.paths()) <= {"/flood", "/secret.jpg", str(secret)}


def test_the_web_is_public(workshop: Workshop, blog: Blog, monkeypatch: pytest.MonkeyPatch) -> None:
    """A picture at a private address is not asked for, nor one that a public address leads on to."""
    monkeypatch.setattr(dialling, "is_public", lambda address: address == "127.0.0.1")
    port = blog.address.rpartition(":")[2]
    blog.put("/on.jpg", "", 302, Location=f"http://127.0.0.2:{port}/b.jpg")
    blog.pages["/b.jpg"] = Page(photograph())
    private = f"http://127.0.0.2:{port}/b.jpg"
    body = f'<img src="/on.jpg" alt="A boat, redirected"><p>Text.</p><img src="{private}" alt="A bridge at noon">'

    (made,) = workshop.make(page(blog, body)).made

    (told,) = made.warnings
    assert told.count("127.0.0.2 is not on the public internet") == 2
    assert blog.paths() == ["/flood", "/on.jpg"]


@contextmanager
def odd_server(*, endless: bool) -> Iterator[str]:
    """A server that says nothing, or that never ends; its address."""
    ended = threading.Event()

    def answer(connection: socket.socket) -> None:
        with connection, suppress(OSError):
            connection.recv(9999)
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\n\r\n" if endless else b"")
            while not ended.wait(0 if endless else 0.05):
                connection.sendall(b"\xff" * 65_536 if endless else b"")

    def run(listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                threading.Thread(target=answer, args=(listener.accept()[0],), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=run, args=(listener,), daemon=True).start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        ended.set()


@pytest.mark.parametrize(("how", "why"), [("endless", "is larger than 20 MB"), ("hanging", "longer than 1 seconds")])
def test_a_server_that_hangs_or_never_ends_costs_a_picture(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch, how: str, why: str
) -> None:
    """And no episode."""
    monkeypatch.setattr(album, "ONE_S", 20.0 if how == "endless" else 1.0)
    with odd_server(endless=how == "endless") as address:
        article = workshop.write("bread.md", ARTICLE.replace("loaf.jpg", f"{address}/loaf.jpg"))
        made = made_of(workshop, article)

    assert why in made.warnings[0]


def test_the_picture_that_is_waited_for_is_told(workshop: Workshop) -> None:
    """Once, and only after a moment."""
    told: list[Event] = []
    found = Future[album.Album]()
    work = album._Gathering((), workshop.tools(), at=(2, 3, "loaf.jpg"))
    threading.Timer(1, found.set_result, (album.NONE,)).start()

    assert album._awaited(found, work, told.append) is album.NONE
    assert told == [Event(Stage.READ, 2, 3, "loaf.jpg")]


def test_all_of_them_have_an_end(workshop: Workshop, blog: Blog, monkeypatch: pytest.MonkeyPatch) -> None:
    """So many pictures, so many bytes, so much time; the first that fit are shown, and one line tells of the rest."""
    for number in range(5):
        blog.pages[f"/{number}.png"] = Page(drawing(f"#0{number}0"))
    url = page(blog, "".join(f'<p>Text.</p><img src="/{n}.png" alt="Picture number {n} of them">' for n in range(5)))

    monkeypatch.setattr(album, "MOST", 2)
    made = made_of(workshop, url)
    assert len(shown(workshop, made)) == 2
    assert len(blog.paths()) == 3
    assert made.warnings[0].startswith("3 pictures of 5 are left as words: ")
    assert made.warnings[0].endswith("; and 1 more")
    monkeypatch.setattr(album, "MOST", 200)

    monkeypatch.setattr(album, "MOST_BYTES", 100)
    assert len(names(made_of(workshop, url))) == 1
    monkeypatch.setattr(album, "MOST_BYTES", 60_000_000)

    monkeypatch.setattr(album, "TIME_S", 0.0)
    other = workshop.elsewhere("late")
    late = made_of(other, url)
    assert (names(late), "make it again for the rest" in late.warnings[0]) == ([], True)


def test_what_is_no_picture_is_asked_for_once(workshop: Workshop, blog: Blog) -> None:
    """That it is none is kept; what could not be had is tried again."""
    blog.put("/a.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
    url = page(blog, '<img src="/a.svg" alt="A map of the town"><p>Text.</p><img src="/b.png" alt="A boat at dawn">')
    first = made_of(workshop, url)
    assert blog.paths() == ["/flood", "/a.svg", "/b.png"]

    blog.pages["/b.png"] = Page(drawing())
    second = made_of(workshop, url)

    assert blog.paths() == ["/flood", "/b.png"]
    assert ("does not exist" in first.warnings[0], "SVG" in second.warnings[0]) == (True, True)
    assert [alt for _, alt in shown(workshop, second)] == ["A boat at dawn"]


def test_a_decoder_that_crashes_costs_a_picture(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    """It runs in a process of its own, within limits."""
    (workshop.root / "loaf.jpg").write_bytes(photograph(2000, 2000, "PNG"))
    monkeypatch.setattr(album, "_LIMITS", replace(album._LIMITS, time_s=0, clock_s=0.05))

    made = made_of(workshop, workshop.write("bread.md", ARTICLE))

    assert "takes more time or memory than a picture may" in made.warnings[0]


def test_a_picture_in_the_page_itself_needs_no_network(workshop: Workshop) -> None:
    """One that is not whole is left out."""
    good, bad = data_uri(photograph()), data_uri(photograph())[:-7] + "AB=C==="
    text = f'<html><body><article><h1>The flood</h1>{PROSE}<img src="{good}" alt="A boat at dawn"><p>Text.</p>'
    article = workshop.write("a.html", f'{text}<img src="{bad}" alt="A bridge at noon">{AFTER}</article></body></html>')

    made = made_of(workshop, article)

    assert next(alt for _, alt in shown(workshop, made)) == "A boat at dawn"


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
