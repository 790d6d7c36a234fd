"""XML as this room writes it: plain nodes in, bytes out. The only file that knows lxml."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

NAMESPACES = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "psc": "http://podlove.org/simple-chapters",
}
"""Prefix to URI; apps compare the URIs letter by letter."""

# XML 1.0, production 2 (Char): everything else cannot stand in a document, not even escaped.
_ILLEGAL = re.compile("[\0-\x08\v\f\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Node:
    """An element: a tag such as "title" or "itunes:image", and what is in it. `html` puts the text into CDATA."""

    tag: str
    text: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: tuple[Node, ...] = ()
    html: bool = False


def legal(text: str) -> str:
    r"""The text without the characters that XML cannot hold.

    >>> legal("a\x00b\x1b\ufffe😀")
    'ab😀'
    """
    return _ILLEGAL.sub("", text)


def to_bytes(channel: Iterable[Node]) -> bytes:
    """An RSS 2.0 document in UTF-8, indented, the same bytes for the same nodes."""
    rss = etree.Element("rss", {"version": "2.0"}, nsmap=NAMESPACES)
    parent = etree.SubElement(rss, "channel")
    for node in channel:
        _append(parent, node)
    return etree.tostring(rss, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def _append(parent: etree._Element, node: Node) -> None:
    element = etree.SubElement(parent, _qualified(node.tag))
    for name, value in node.attributes.items():
        element.set(name, legal(value))
    if node.text:
        # HTML reads "]]&gt;" as "]]>", and CDATA cannot hold the latter (XML 1.0, 2.7).
        element.text = etree.CDATA(legal(node.text).replace("]]>", "]]&gt;")) if node.html else legal(node.text)
    for child in node.children:
        _append(element, child)


def _qualified(tag: str) -> str:
    """A tag as lxml wants it.

    >>> _qualified("atom:link"), _qualified("title")
    ('{http://www.w3.org/2005/Atom}link', 'title')
    """
    prefix, _, local = tag.rpartition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}" if prefix else local
