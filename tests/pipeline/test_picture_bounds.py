"""What an article may name as its picture, how much of it, and that none ever fails an episode."""

from __future__ import annotations

import re
import socket
import sys
import threading
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.drawn import data_uri, drawing, photograph
from tests.pipeline.blog import Page, serving

from narrate.pipeline import album
from narrate.pipeline.order import Event, Stage
from narrate.runtime import dialling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.pipeline.blog import Blog
    from tests.pipeline.conftest import Workshop


from tests.pipeline.pictured import AFTER, ARTICLE, PROSE, made_of, names, page, shown


@pytest.fixture
def blog() -> Iterator[Blog]:
    """A site on this machine."""
    with serving() as site:
        yield site


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


@pytest.mark.parametrize(
    ("how", "why"),
    [("endless", "is larger than 20 MB"), ("hanging", "(took longer than 1 seconds|did not answer in time)")],
)
def test_a_server_that_hangs_or_never_ends_costs_a_picture(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch, how: str, why: str
) -> None:
    """And no episode."""
    monkeypatch.setattr(album, "ONE_S", 20.0 if how == "endless" else 1.0)
    with odd_server(endless=how == "endless") as address:
        article = workshop.write("bread.md", ARTICLE.replace("loaf.jpg", f"{address}/loaf.jpg"))
        made = made_of(workshop, article)

    assert re.search(why, made.warnings[0])


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
