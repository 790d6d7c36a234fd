"""The package of an EPUB: what it says of itself, the order of its pages, its table of contents."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from narrate.article.dom.tags import local, semantics
from narrate.article.xmltree import xhtml_tree, xml_tree
from narrate.errors import ArticleError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from narrate.article.archive import Archive

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_FONTS = frozenset({"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"})
_PAGES = frozenset({"application/xhtml+xml", "text/html", "application/x-dtbook+xml", "text/x-oeb1-document"})
_MAX_ENTRIES = 20_000


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the table of contents: its words, the page and the place in it that it leads to, its depth from 1."""

    title: str
    page: str
    fragment: str
    depth: int
    parent: str = ""


@dataclass(slots=True)
class Package:
    """A book: its facts as elements of Dublin Core, its pages in reading order, its table of contents.

    `roles` are what the guide or the landmarks say that pages are; `linear` the pages that are read in order.
    """

    path: str
    metadata: Element
    pages: list[str]
    contents: list[Entry] = field(default_factory=list)
    roles: dict[str, str] = field(default_factory=dict)
    linear: dict[str, bool] = field(default_factory=dict)
    cover: str = ""
    nav: str = ""


def open_package(archive: Archive) -> Package:
    """The package of the book in an archive.

    Raises:
        ArticleError: no book, one whose pages are encrypted, or one without pages.
    """
    if _CONTAINER not in archive:
        raise ArticleError(f"{archive.name} is a ZIP archive, but no EPUB: it has no {_CONTAINER}")
    _refuse_encrypted(archive)
    container = xml_tree(archive.read(_CONTAINER), f"{archive.name}: {_CONTAINER}")
    path = next((resolved("", each.get("full-path") or "") for each in _named(container, "rootfile")), "")
    if not path:
        raise ArticleError(f"{archive.name}: {_CONTAINER} does not say which file the book is; get the file again")
    root = xml_tree(archive.read(path), f"{archive.name}: {path}")
    items = {each.get("id") or "": each for each in _named(root, "item")}
    metadata = next(_named(root, "metadata"), root)
    package = Package(path, metadata, [])
    for reference in _named(root, "itemref"):
        item = items.get(reference.get("idref") or "")
        page = resolved(path, item.get("href") or "") if item is not None else ""
        if item is not None and page and (item.get("media-type") in _PAGES or page.endswith(("html", "htm"))):
            package.pages.append(page)
            package.linear[page] = reference.get("linear") != "no"
    if not package.pages:
        raise ArticleError(f"{archive.name} names no pages that could be read; it may be a book of pictures only")
    package.pages = list(dict.fromkeys(package.pages))
    _contents(archive, package, root, items)
    package.cover = _cover(root, items, path)
    return package


def resolved(base: str, href: str) -> str:
    """The member that a link in the member `base` leads to, without its fragment; outside the archive it is no member.

    >>> resolved("OEBPS/text/a.xhtml", "../b%20c.xhtml#d"), resolved("a.opf", "../../etc/passwd")
    ('OEBPS/b c.xhtml', '../../etc/passwd')
    """
    path = unquote(urlsplit(href).path)
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), path)) if path else base


def _named(root: Element, name: str) -> Iterator[Element]:
    return (each for each in root.iter("*") if local(each) == name)


def _refuse_encrypted(archive: Archive) -> None:
    """Refuse books whose pages are encrypted; fonts may be, nobody reads them."""
    sold = "its seller's encryption (DRM) locks it, so no other program can read it; get it without"
    if "META-INF/license.lcpl" in archive:
        raise ArticleError(f"{archive.name} cannot be opened: {sold}")
    if _ENCRYPTION not in archive:
        return
    for each in _named(xml_tree(archive.read(_ENCRYPTION), f"{archive.name}: {_ENCRYPTION}"), "encrypteddata"):
        method = next((found.get("Algorithm") for found in _named(each, "encryptionmethod")), "")
        what = next((found.get("URI") or "" for found in _named(each, "cipherreference")), "")
        if method not in _FONTS and not what.lower().endswith((".ttf", ".otf", ".woff", ".woff2")):
            raise ArticleError(f"{archive.name} cannot be opened: {sold}")


def _contents(archive: Archive, package: Package, root: Element, items: dict[str, Element]) -> None:
    """The table of contents: the navigation document of EPUB 3, else the NCX of EPUB 2; and what pages are."""
    for item in items.values():
        if "nav" in (item.get("properties") or "").split():
            package.nav = resolved(package.path, item.get("href") or "")
    if package.nav in archive:
        nav = xhtml_tree(archive.read(package.nav), f"{archive.name}: {package.nav}")
        _navigation(package, nav)
    for each in _named(root, "reference"):
        package.roles.setdefault(resolved(package.path, each.get("href") or ""), (each.get("type") or "").lower())
    if package.contents:
        return
    ncx = next((item for item in items.values() if item.get("media-type") == "application/x-dtbncx+xml"), None)
    path = resolved(package.path, ncx.get("href") or "") if ncx is not None else ""
    if path in archive:
        _ncx(package, xml_tree(archive.read(path), f"{archive.name}: {path}"), path)


def _navigation(package: Package, nav: Element) -> None:
    for each in _named(nav, "nav"):
        said = semantics(each)
        if "landmarks" in said:
            for link in _named(each, "a"):
                role = next(iter(sorted(semantics(link))), "")
                package.roles.setdefault(resolved(package.nav, link.get("href") or ""), role)
        elif "toc" in said or (not said and not package.contents):
            for link in list(_named(each, "a"))[:_MAX_ENTRIES]:
                lists = [outer for outer in link.iterancestors("*") if local(outer) in {"ol", "ul"}]
                _entry(package, "".join(map(str, link.itertext())), package.nav, link.get("href") or "", len(lists))


def _ncx(package: Package, ncx: Element, path: str) -> None:
    for point in list(_named(ncx, "navpoint"))[:_MAX_ENTRIES]:
        depth = 1 + sum(1 for outer in point.iterancestors("*") if local(outer) == "navpoint")
        label = next((child for child in point.iterchildren("*") if local(child) == "navlabel"), None)
        content = next((child for child in point.iterchildren("*") if local(child) == "content"), None)
        if label is not None and content is not None:
            _entry(package, "".join(map(str, label.itertext())), path, content.get("src") or "", depth)


def _entry(package: Package, title: str, base: str, href: str, depth: int) -> None:
    above = next((each for each in reversed(package.contents) if each.depth < depth), None) if depth > 1 else None
    fragment = unquote(urlsplit(href).fragment)
    page = _known(package, resolved(base, href))
    package.contents.append(Entry(" ".join(title.split()), page, fragment, max(depth, 1), above.page if above else ""))


def _known(package: Package, page: str) -> str:
    """A page of the book; where a link leads beside it, as those of some programs do, the only one of that name."""
    if page in package.linear:
        return page
    alike = [each for each in package.pages if posixpath.basename(each) == posixpath.basename(page)]
    return alike[0] if len(alike) == 1 else page


def _cover(root: Element, items: dict[str, Element], path: str) -> str:
    """The picture of the cover, by its property in EPUB 3 or its meta element in EPUB 2; "" if there is none."""
    said = next((each.get("content") or "" for each in _named(root, "meta") if each.get("name") == "cover"), "")
    for name, item in items.items():
        if "cover-image" in (item.get("properties") or "").split() or (said and name == said):
            return resolved(path, item.get("href") or "")
    return ""
