"""Books in EPUB 2 and 3: pages in their order, parts from the table of contents, notes across pages."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from narrate.article.archive import open_archive
from narrate.article.assemble import assemble
from narrate.article.dom.pages import is_page
from narrate.article.dom.tags import classes, local, semantics
from narrate.article.facts import Facts, parse_date
from narrate.model import Article, BlockKind, Origin, Reason

if TYPE_CHECKING:
    from datetime import date

    from lxml.etree import _Element as Element

    from narrate.article.epub.package import Package

_MAGIC = b"PK\x03\x04"
_OPF = "{http://www.idpf.org/2007/opf}"
_AUTHORS = frozenset({"", "aut", "cre", "ant", "art", "edt", "clb"})
_YEAR = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
_WEB = re.compile(r"https?://\S+")
_NO_NAMES = frozenset({"unknown", "bookid", "uuid_id", "no-isbn", "isbn", "12345"})
"""What programs write where a book has no identity."""
_FEW = 5
_MAIL = re.compile(r"(?<!\s)\s*+<[^<>\s]+@[^<>\s]+>")
_FIGURES = frozenset({"figure", "figcenter", "figleft", "figright", "illustration", "illus", "wp-caption", "image"})
_NO_CAPTION = frozenset({"table", "pre", "blockquote", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "figure"})
_MOST_IN_FIGURES = 30
_HEADINGS = frozenset({"title", "subtitle", "chapter-title"})


class EpubReader:
    """Reads EPUB, by what its archive says first, or by its suffix."""

    name = "epub"
    suffixes: tuple[str, ...] = (".epub",)
    confined = True

    def claims(self, head: bytes, origin: Origin) -> float:
        """1 where the archive says so; 0.9 for an archive of that suffix; little for a file of that suffix alone."""
        named = PurePosixPath(origin.name.lower()).suffix in self.suffixes
        if not head.startswith(_MAGIC):
            return 0.3 if named else 0.0
        if b"application/epub+zip" in head[:200]:
            return 1.0
        return 0.9 if named or b"META-INF/container.xml" in head else 0.0

    def read(self, data: bytes, origin: Origin) -> Article:
        """The article with all its parts, those that are not read by themselves in `parts` only.

        Raises:
            ArticleError: no EPUB, damaged, encrypted, too large, or without words.
        """
        from narrate.article.dom.images import member_of
        from narrate.article.dom.walk import walk  # lxml, which plain text need not load
        from narrate.article.epub.package import open_package
        from narrate.article.epub.parts import openings, parts_of
        from narrate.article.epub.tree import book_tree
        from narrate.article.parts import picked

        archive = open_archive(data, origin.name)
        package = open_package(archive)
        book = book_tree(archive, package)
        found = openings(package, book)
        watched = [each.element for each in found]
        walked = walk(book.root, omit=_omit, kind=_kind, watch=watched, image=member_of)
        parts = parts_of(package, book, found, walked)
        facts = _facts(package, book.language)
        article = assemble(walked.blocks, facts, data, origin)
        article = replace(article, text=walked.text, omitted=walked.omitted, parts=parts)
        return picked(_languages(article), ())


def _languages(article: Article) -> Article:
    """The parts with the blocks of the article, which know their language."""
    blocks = {block.source: block for block in article.blocks}
    return replace(
        article,
        parts=tuple(
            replace(
                part,
                blocks=tuple(
                    replace(block, language=blocks[block.source].language, marks=blocks[block.source].marks)
                    for block in part.blocks
                ),
            )
            for part in article.parts
        ),
    )


def _omit(element: Element) -> Reason | None:
    """What no book is read for: page lists, and what an archive of free books puts round each."""
    if not element.keys():
        return None
    if "pg-boilerplate" in classes(element) or element.get("id", "").endswith(("-pg-header", "-pg-footer")):
        return Reason.OUTSIDE
    if local(element) == "nav" and semantics(element) & {"page-list", "landmarks"}:
        return Reason.NAVIGATION
    return Reason.PAGE_NUMBER if "ocn" in classes(element) or is_page(element) else None


def _kind(element: Element) -> BlockKind | None:
    """Titles that are no headings, and breaks that are no rules."""
    if not element.keys() or local(element) not in {"p", "div"}:
        return None
    if local(element) == "p" and semantics(element) & _HEADINGS:
        return BlockKind.HEADING
    return BlockKind.FIGURE if classes(element) & _FIGURES and _is_figure(element) else None


def _is_figure(element: Element) -> bool:
    """Whether a box holds a picture and nothing that is more than a caption, as books had them before `figure`."""
    names = [local(each) for _, each in zip(range(_MOST_IN_FIGURES), element.iterdescendants("*"), strict=False)]
    return len(names) < _MOST_IN_FIGURES and "img" in names and not set(names) & _NO_CAPTION


def _facts(package: Package, language: str) -> Facts:
    """What the package says of its book."""
    said = [(local(each), each) for each in package.metadata.iter("*")]
    titles = [each for name, each in said if name == "title" and _text(each)]
    main = next((each for each in titles if _refined(package, each, "title-type") in {"", "main"}), None)
    languages = [_text(each) for name, each in said if name == "language"]
    names = [_text(each) for name, each in said if name == "identifier"]
    web = next((each for each in names if _WEB.fullmatch(each) and "doi.org" not in each), "")
    return Facts(
        title=_text(main) if main is not None else "",
        authors=tuple(_creators(package)),
        published=_published(package),
        url="",
        language=next(filter(None, languages), "") or language,
        id=_identifier(package) or web,
    )


def _text(element: Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())


def _refined(package: Package, element: Element, name: str) -> str:
    """What a `meta` of EPUB 3 says more of an element."""
    reference = f"#{element.get('id')}"
    found = (
        each for each in package.metadata.iter("*") if each.get("refines") == reference and each.get("property") == name
    )
    return next((_text(each) for each in found), "")


def _creators(package: Package) -> list[str]:
    """The creators who wrote, in their order: EPUB 2 says the role on the element, EPUB 3 beside it."""
    found: list[tuple[int, str]] = []
    for each in package.metadata.iter("*"):
        if local(each) != "creator" or not _text(each):
            continue
        role = each.get(f"{_OPF}role") or each.get("role") or _refined(package, each, "role")
        order = _refined(package, each, "display-seq")
        if role in _AUTHORS:
            found.append((int(order) if order.isdecimal() else 0, _MAIL.sub("", _text(each))))
    names = [name for _, name in sorted(found, key=lambda pair: pair[0])]
    return list(dict.fromkeys(names))


def _published(package: Package) -> date | None:
    """The day of publication; a year alone is no day."""
    dates = [each for each in package.metadata.iter("*") if local(each) == "date"]
    events = {"publication": 0, "original-publication": 1, "": 2}
    kept = [
        (events[each.get(f"{_OPF}event") or ""], _text(each))
        for each in dates
        if (each.get(f"{_OPF}event") or "") in events
    ]
    for _, said in sorted(kept, key=lambda pair: pair[0]):
        match = _YEAR.match(said)
        if match and match[2] and match[3]:
            return parse_date(f"{match[1]}-{match[2]}-{match[3]}")
    return None


def _identifier(package: Package) -> str:
    """The book's unique identifier, else the first."""
    names = [each for each in package.metadata.iter("*") if local(each) == "identifier" and _text(each)]
    root = package.metadata.getroottree().getroot()
    unique = root.get("unique-identifier") if root is not None else None
    said = next((_text(each) for each in names if each.get("id") == unique), _text(names[0]) if names else "")
    return "" if said.lower() in _NO_NAMES or len(said) < _FEW else said
