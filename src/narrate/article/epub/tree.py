"""The pages of a book as one tree, so that notes of one page are known on another."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from lxml import etree

from narrate.article.dom.images import is_relative
from narrate.article.dom.tags import language_of, local
from narrate.article.epub.package import resolved
from narrate.article.xmltree import xhtml_tree
from narrate.errors import ArticleError
from narrate.model import MEMBER

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from narrate.article.archive import Archive
    from narrate.article.epub.package import Package

_MAX_ELEMENTS = 500_000
"""Of a book: so many cells of a table take about 30 s of a processor; three times as many held more than is allowed."""


@dataclass(slots=True)
class Book:
    """All pages under one root, the element of each page, and the elements by page and id."""

    root: Element
    pages: dict[str, Element] = field(default_factory=dict)
    ids: dict[tuple[str, str], Element] = field(default_factory=dict)
    language: str = ""


def book_tree(archive: Archive, package: Package) -> Book:
    """The pages of a book in reading order, their ids and links made those of one document.

    Raises:
        ArticleError: a page is missing, broken beyond repair, or the book is too large.
    """
    book = Book(etree.Element("body"))
    elements = 0
    places = {name: place for place, name in enumerate(package.pages)}
    for number, page in enumerate(package.pages):
        tree = xhtml_tree(archive.read(page), f"{archive.name}: {page[:200]}")
        elements += sum(1 for _ in tree.iter())
        if elements > _MAX_ELEMENTS:
            raise ArticleError(f"{archive.name} has more than {_MAX_ELEMENTS:,} elements of XML; split it into parts")
        # A copy declares its namespaces itself: lxml looks for those of what it moves again and again, in squares.
        body = deepcopy(next((each for each in tree.iter("*") if local(each) == "body"), tree))
        book.language = book.language or language_of(tree) or language_of(body)
        book.pages[page] = body
        _made_one(book, places, page, body)
        body.tag = "section"
        body.tail = None
        body.set("data-page", str(number))
        book.root.append(body)
    return book


def _made_one(book: Book, places: dict[str, int], page: str, body: Element) -> None:
    number = places[page]
    for element in body.iter("*"):
        if not element.keys():
            continue
        for attribute in ("id", "name"):
            name = element.get(attribute)
            if name and (attribute == "id" or local(element) == "a"):
                book.ids.setdefault((page, name), element)
                element.set(attribute, f"{number}-{name}")
        href = element.get("href")
        if href:
            _relink(element, page, href, places)
        source = element.get("src") if local(element) == "img" else None
        if source and is_relative(source):
            element.set("src", _member(page, source))


def _member(page: str, source: str) -> str:
    """The address of a picture of the book."""
    try:
        return MEMBER + resolved(page, source)
    except ValueError:
        return ""


def _relink(element: Element, page: str, href: str, places: dict[str, int]) -> None:
    """A link to a page of the book leads to a place of the one document; one to the web stays."""
    try:
        parts = urlsplit(href)
    except ValueError:
        return
    target = places.get(page if not parts.path else resolved(page, href))
    if parts.scheme or parts.netloc or target is None:
        return
    element.set("href", f"#{target}-{unquote(parts.fragment)}" if parts.fragment else f"#{target}")
