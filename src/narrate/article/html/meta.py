"""What a page says of its article besides the text: title, authors, date, language, address, picture.

From JSON-LD, Open Graph and other meta elements, microdata and HTML's own elements, in that order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from narrate.article.dom.images import is_relative
from narrate.article.dom.tags import local
from narrate.article.facts import WEB_ADDRESS, byline, names, parse_date
from narrate.article.html.ld import article_node, type_of
from narrate.article.html.signs import Sign, sign_of
from narrate.article.html.sites import bare_title
from narrate.article.language import language_tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from lxml.etree import _Element as Element

    from narrate.model import Origin

_TITLES = (
    "og:title",
    "twitter:title",
    "dc.title",
    "dcterms.title",
    "citation_title",
    "parsely-title",
    "sailthru.title",
)
_AUTHORS = (
    *("author", "article:author", "dc.creator", "dcterms.creator", "citation_author", "parsely-author"),
    *("sailthru.author", "byl", "twitter:creator:name"),
)
_DATES = (
    *("article:published_time", "og:article:published_time", "datepublished", "date", "pubdate", "publish-date"),
    *("publication_date", "dc.date", "dc.date.issued", "dcterms.created", "dcterms.date", "dcterms.issued"),
    *("citation_publication_date", "citation_date", "parsely-pub-date", "sailthru.date", "originalpublicationdate"),
    *("article.published", "published_time", "timestamp", "displaydate", "dat", "ptime", "og:published_time"),
)
_IMAGES = ("og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src", "parsely-image-url")
_DATE_START = re.compile(r"\s*(\d{4})[-/]?(\d{2})[-/]?(\d{2})(?!\d)")
_HANDLE = re.compile(r"@\w+|https?:|www\.|\w\.[a-z]{2,4}$|/")
_NOT_PEOPLE = frozenset(
    {"admin", "editor", "staff", "author", "webmaster", "administrator", "unknown", "anonymous", "root"}
)


@dataclass(frozen=True, slots=True)
class Meta:
    """What a page says of its article; empty and None where it says nothing. `free` is whether all may read it."""

    title: str = ""
    authors: tuple[str, ...] = ()
    published: date | None = None
    language: str = ""
    url: str = ""
    site: str = ""
    image: str = ""
    image_alt: str = ""
    kind: str = ""
    free: bool = True
    names: tuple[str, ...] = ()
    """All titles that the page gives itself, the first that was taken among them."""
    base: str = ""
    """From where its addresses count: its own, or what it says; "" where it is a file that says nothing."""

    def address(self, written: str) -> str:
        """The address of a picture; a path beside a page in a file stays one, one from its site's root may be ""."""
        if not self.base and is_relative(written):
            if not written.startswith("/"):
                return written
            if not self.url:
                return f"https:{written}" if written.startswith("//") else ""
        return _joined(self.base or self.url, written)


def metadata(root: Element, origin: Origin) -> Meta:
    """What the page says."""
    said = _metas(root)
    node = article_node(root)
    base = _base(root, origin)
    site = _line(said.get("og:site_name")) or _name(node.get("publisher")) or _line(said.get("application-name"))
    page_title = _line("".join(_first_element(root, "title")))
    titles = [
        _line(node.get("headline")),
        *(_line(said.get(name)) for name in _TITLES),
        _line(node.get("name")),
        page_title,
    ]
    authors = _authors(root, said, node, site)
    around = (site, " and ".join(authors), ", ".join(authors), *authors)
    given = tuple(dict.fromkeys(bare_title(title, around, base) for title in titles if title))
    image, alt = _image(said, node)
    url = _canonical(root, said, base)
    return Meta(
        title=given[0] if given else "",
        authors=authors,
        published=_published(root, said, node),
        language=_language(root, said, node),
        url=url,
        site=site,
        image=_joined(base or url, image) if image else "",
        image_alt=alt,
        kind=_line(said.get("og:type")).lower() or type_of(node),
        free=str(node.get("isAccessibleForFree", True)).lower() not in {"false", "no", "http://schema.org/false"},
        names=given,
        base=base,
    )


def _metas(root: Element) -> Mapping[str, str]:
    """Contents of meta elements by name, property or itemprop, the first of each."""
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        content = element.get("content")
        for attribute in ("property", "name", "itemprop"):
            name = element.get(attribute)
            if name and content and content.strip():
                found.setdefault(name.strip().lower(), content.strip()[:2000])
    return found


def _first_element(root: Element, tag: str) -> Iterator[str]:
    found = next(root.iter(tag), None)
    return iter(()) if found is None else (text for text in found.itertext() if isinstance(text, str))


def _line(said: object) -> str:
    """A text of metadata on one line: entities are often escaped twice there."""
    if isinstance(said, list) and said:
        said = said[0]
    return " ".join(unescape(said).split())[:500] if isinstance(said, str) else ""


def _name(value: object) -> str:
    if isinstance(value, list) and value:
        value = value[0]
    return _line(value.get("name")) if isinstance(value, dict) else _line(value)


def _authors(root: Element, said: Mapping[str, str], node: Mapping[str, object], site: str) -> tuple[str, ...]:
    sources: Iterable[Iterable[str]] = (
        _people(node.get("author") or node.get("creator")),
        _cited(root),
        (said[name] for name in _AUTHORS if name in said),
        _marked(root),
    )
    for source in sources:
        found = [name for text in source for name in _person(text, site)]
        if found:
            return tuple({name.casefold(): name for name in reversed(found)}.values())[::-1][:12]
    return ()


def _cited(root: Element) -> Iterator[str]:
    """Authors as catalogues of papers name them, one an element, the surname first: "Lee, Ann"."""
    for element in root.iter("meta"):
        if (element.get("name") or "").lower() == "citation_author":
            surname, _, given = _line(element.get("content")).partition(",")
            yield f"{given.strip()} {surname}".strip()


def _people(value: object) -> list[str]:
    each = value if isinstance(value, list) else [value]
    return [name for one in each if (name := _name(one))]


def _person(text: str, site: str) -> tuple[str, ...]:
    """The people that a text of metadata names; sites, addresses and roles are none."""
    text = _line(text)
    if not text or _HANDLE.search(text) or text.lower() in {site.lower(), *_NOT_PEOPLE}:
        return ()
    found = byline(text) or names(text)
    return tuple(found) or ((text,) if len(text) < 60 and not re.search(r"[.!?]\s|\d", text) else ())  # noqa: PLR2004 - longer is no name


def _marked(root: Element) -> Iterator[str]:
    """The text of elements that say they name the author, the first few."""
    count = 0
    for element in root.iter("a", "span", "p", "div", "address", "cite", "li"):
        keys = element.keys()
        if not keys:
            continue
        marked = "author" in {(element.get("rel") or "").lower(), (element.get("itemprop") or "").lower()}
        lined = local(element) != "a" and re.search(
            r"\bby-?line\b|\bauthor-?name\b", (element.get("class") or "").lower()
        )
        if (marked or lined) and not _of_comments(element):
            count += 1
            text = " ".join("".join(map(str, element.itertext())).split())[:200]
            if marked or byline(text):
                yield text
        if count > 8:  # noqa: PLR2004 - a page of comments has hundreds
            return


def _of_comments(element: Element) -> bool:
    """Whether an element stands among what readers say below the article."""
    around = (each for each in element.iterancestors() if local(each) not in {"body", "html"})
    return any("Comment" in (each.get("itemtype") or "") or sign_of(each) is Sign.COMMENTS for each in around)


def _published(root: Element, said: Mapping[str, str], node: Mapping[str, object]) -> date | None:
    texts = [_line(node.get("datePublished")), _line(node.get("dateCreated")), *(said.get(name, "") for name in _DATES)]
    for element in root.iter("time", "abbr", "span", "div", "p"):
        prop = (element.get("itemprop") or "").lower()
        if prop in {"datepublished", "datecreated"} or element.get("pubdate") is not None:
            texts.append(
                element.get("datetime")
                or element.get("content")
                or element.get("title")
                or "".join(map(str, element.itertext()))[:80]
            )
    times = [element.get("datetime") or "" for element in root.iter("time")]
    texts += times[:1]
    return next((day for text in texts if text and (day := day_of(text))), None)


def day_of(text: str) -> date | None:
    """The day of a time stamp or a written date.

    >>> day_of("2024-03-05T10:00:00+01:00"), day_of("20240305"), day_of("March 5, 2024"), day_of("yesterday")
    (datetime.date(2024, 3, 5), datetime.date(2024, 3, 5), datetime.date(2024, 3, 5), None)
    """
    match = _DATE_START.match(text)
    return parse_date("-".join(match.groups()) if match else " ".join(text.split())[:60])


def _language(root: Element, said: Mapping[str, str], node: Mapping[str, object]) -> str:
    html = root if local(root) == "html" else next(root.iter("html"), root)
    inside = node.get("inLanguage")
    texts = (
        html.get("lang") or html.get("{http://www.w3.org/XML/1998/namespace}lang") or html.get("xml:lang") or "",
        _name(inside),
        said.get("og:locale", ""),
        said.get("content-language", ""),
        said.get("dc.language", ""),
    )
    return next((tag for text in texts if (tag := language_tag(text.split(",")[0]))), "")


def _base(root: Element, origin: Origin) -> str:
    here = origin.location if WEB_ADDRESS.fullmatch(origin.location) else ""
    found = next((element.get("href") or "" for element in root.iter("base")), "")
    return _joined(here, found)


def _joined(base: str, address: str) -> str:
    """An address from where its page stands; "" for what can be none, such as ``http://[a``."""
    try:
        return urlsplit(urljoin(base, address)).geturl()  # joined to nothing it is not looked at
    except ValueError:
        return ""


def _canonical(root: Element, said: Mapping[str, str], base: str) -> str:
    """Where the page says it stands; not a site's front page, which many give by mistake."""
    links = [
        element.get("href") or ""
        for element in root.iter("link")
        if "canonical" in (element.get("rel") or "").lower().split()
    ]
    for text in (*links, said.get("og:url", "")):
        url = _joined(base, text.strip()) if text.strip() else ""
        parts = _split(url)
        if parts and (parts[1].strip("/") or parts[2]) and WEB_ADDRESS.fullmatch(url):
            return url.partition("#")[0]
    return ""


def _split(url: str) -> tuple[str, str, str] | None:
    """Host, path and query of an address of the web."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    named = parts.scheme in {"http", "https"} and "." in (parts.hostname or "")
    return (parts.hostname or "", parts.path, parts.query) if named else None


def _image(said: Mapping[str, str], node: Mapping[str, object]) -> tuple[str, str]:
    found = next((said[name] for name in _IMAGES if name in said), "")
    value = node.get("image")
    value = value[0] if isinstance(value, list) and value else value
    inside = _line(value.get("url") or value.get("contentUrl")) if isinstance(value, dict) else _line(value)
    alt = _line(said.get("og:image:alt") or said.get("twitter:image:alt"))
    if not alt and isinstance(value, dict):
        alt = _line(value.get("caption") or value.get("description"))
    return found or inside, alt
