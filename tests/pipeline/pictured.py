"""Articles with pictures, and what became of them: what the tests of pictures share."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING
from zipfile import ZipFile

from lxml import html

from narrate.model import FileRole
from narrate.pipeline.making import make
from narrate.pipeline.order import Order
from narrate.pipeline.tools import _fetch

if TYPE_CHECKING:
    from pathlib import Path

    from lxml.html import HtmlElement
    from tests.pipeline.blog import Blog
    from tests.pipeline.conftest import Workshop

    from narrate.pipeline.order import Made

ARTICLE = "# Bread\n\nBread is old. It is warm.\n\n![A loaf on a table.](loaf.jpg)\n\nIt sings.\n"
PROSE = "<p>The river rose in the night, and by morning it stood in the kitchens of the lower town.</p>"
AFTER = "<p>Nobody had seen it so high, and the baker, who has lived there for forty years, says so to everybody.</p>"


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
