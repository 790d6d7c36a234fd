"""A feed as an audit reads it: any bytes in, plain parts out, or the fault that keeps it from being read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

NAMESPACES = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "psc": "http://podlove.org/simple-chapters",
}
"""The URIs that apps compare letter by letter."""

OLD_PODCAST = "https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md"
"""The podcast namespace's first URI, which its specification still allows."""

MOST_DEPTH = 8
"""As deep as any element that a rule looks at, and some more; what is below is not read."""

MOST_ATTRIBUTES = 50
"""Of one element; further ones are not read."""

_EXACT = {uri: prefix for prefix, uri in NAMESPACES.items()} | {OLD_PODCAST: "podcast"}


@dataclass(frozen=True, slots=True)
class Part:
    """An element: its name as feeds usually write it ("itunes:image"), text, attributes, children and line.

    Elements of no namespace have no prefix; those of one that no rule knows have "?:".
    """

    name: str
    text: str
    attributes: dict[str, str]
    children: tuple[Part, ...]
    line: int

    def all(self, name: str) -> tuple[Part, ...]:
        """Its children of that name."""
        return tuple(child for child in self.children if child.name == name)

    def first(self, name: str) -> Part | None:
        """Its first child of that name."""
        return next((child for child in self.children if child.name == name), None)

    def said(self, name: str) -> str:
        """The text of its first child of that name without blanks around it, "" where it has none."""
        child = self.first(name)
        return child.text.strip() if child else ""

    def get(self, attribute: str) -> str:
        """An attribute without blanks around it, "" where it is not there."""
        return self.attributes.get(attribute, "").strip()


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: its root, its channel (empty where it has none), its items, what its head says, and when it is judged.

    `sounds` says whether any item has an enclosure.
    """

    root: Part
    channel: Part
    items: tuple[Part, ...]
    encoding: str
    namespaces: frozenset[str]
    doctype: bool
    url: str
    now: datetime
    sounds: bool


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a feed."""

    part: Part
    feed: Feed
    number: int

    @property
    def where(self) -> str:
        """Which one it is, for people."""
        title = " ".join(self.part.said("title").split())
        named = f" “{title[:59]}…”" if len(title) > 60 else f" “{title}”" if title else ""  # noqa: PLR2004 # a line
        return f"item {self.number}{named}"


class NotRead(ValueError):  # noqa: N818 # what it says, a finding repeats
    """The bytes are no XML: `line` is where, `what` says why."""

    def __init__(self, what: str, line: int = 0) -> None:
        super().__init__(what)
        self.what = what
        self.line = line


def read(data: bytes, url: str, now: datetime) -> Feed:
    """The feed in those bytes, whatever is wrong with it beside its XML.

    No entity is expanded and nothing is fetched. Raises `NotRead`.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        tree = etree.fromstring(data, parser).getroottree()
    except (etree.XMLSyntaxError, ValueError, LookupError) as exc:
        raise NotRead(_reason(data, exc), int(getattr(exc, "lineno", 0) or 0)) from exc
    root = _part(tree.getroot(), 0)
    channel = root.first("channel") or Part("channel", "", {}, (), root.line)
    info = tree.docinfo
    return Feed(
        root=root,
        channel=channel,
        items=channel.all("item"),
        encoding=(info.encoding or "UTF-8").upper(),
        namespaces=frozenset(_uris(tree.getroot())),
        doctype=bool(getattr(info, "doctype", "")),
        url=url,
        now=now,
        sounds=any(item.first("enclosure") for item in channel.all("item")),
    )


def _reason(data: bytes, exc: Exception) -> str:
    """Why it is no XML, in words: a page where a feed should be is the most frequent reason of all."""
    head = data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not head:
        return "it is empty"
    if head.startswith((b"<!doctype html", b"<html")):
        return "it is a page in HTML and no feed"
    if head.startswith((b"{", b"[")):
        return "it is JSON and no RSS feed"
    said = re.sub(r"\s*,? ?line \d+, column \d+.*", "", str(exc).replace("\n", " "))
    return f"it is no well-formed XML: {said[:200]}"


def _uris(root: etree._Element) -> Iterator[str]:
    """The namespaces that the root declares, or that an element is of."""
    yield from (str(uri) for uri in root.nsmap.values() if uri)
    yield from (str(element.tag)[1:].partition("}")[0] for element in root.iter("{*}*"))


def _part(element: etree._Element, depth: int) -> Part:
    children = element.iterchildren(etree.Element) if depth < MOST_DEPTH else ()
    names = islice(map(str, element.keys()), MOST_ATTRIBUTES)  # items() would take the square of their number
    attributes = {_name(name): element.get(name, "") for name in names}
    below = tuple(_part(child, depth + 1) for child in children)
    text = "".join(str(piece) for piece in element.itertext()) if below else element.text or ""
    line = element.sourceline if isinstance(element.sourceline, int) else 0
    return Part(_name(str(element.tag)), text, attributes, below, line)


def _name(tag: str) -> str:
    """A name as feeds write it, by its namespace; one that is nearly right counts as the right one.

    >>> _name("{http://www.itunes.com/DTDs/Podcast-1.0.dtd}image"), _name("title"), _name("{urn:x}y")
    ('itunes:image', 'title', '?:y')
    """
    if not tag.startswith("{"):
        return tag
    uri, _, local = tag[1:].partition("}")
    return f"{prefix_of(uri) or '?'}:{local}"


def prefix_of(uri: str) -> str:
    """The usual prefix of a namespace, however its URI is written; "" of one that is not known here.

    >>> prefix_of("https://www.itunes.com/dtds/podcast-1.0.dtd/"), prefix_of("urn:x")
    ('itunes', '')
    """
    return _EXACT.get(uri) or _LOOSE.get(_loosely(uri), "")


def _loosely(uri: str) -> str:
    return re.sub(r"^https?://(?:www\.)?", "", uri.strip().lower()).rstrip("/")


_LOOSE = {_loosely(uri): prefix for uri, prefix in _EXACT.items()}
