"""XML as this room writes it: elements as lines, bytes out.

It is put together as text: what a tree of elements takes for ten thousand episodes
is most of the time that a feed may take. The tests hold every byte against lxml's.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

NAMESPACES = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "psc": "http://podlove.org/simple-chapters",
}
"""Prefix to URI; apps compare the URIs letter by letter."""

HISTORY = {"fh": "http://purl.org/syndication/history/1.0"}
"""The namespace of RFC 5005, which only documents of older episodes have."""

# XML 1.0, production 2 (Char): everything else cannot stand in a document, not even escaped.
_ILLEGAL = "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
_ILLEGAL_BYTES = bytes(byte for byte in range(0x20) if byte not in b"\t\n\r")
_ILLEGAL_PAIR = "\ufffe\uffff"
_MARKED = re.compile(r"[&<>\"\r\n\t]").search
_STEP = "  "
_INSIDE = "\n    "
_END = ("  </channel>", "</rss>", "")
_ITEM = "\n    <item>\n"


Element = tuple[str, ...]
"""An element as lines, those of what is in it further in; a line end in one of them is the text's own."""


def element(
    tag: str,
    text: str = "",
    attributes: Mapping[str, str] = MappingProxyType({}),
    children: Sequence[Element] = (),
    *,
    html: bool = False,
) -> Element:
    """An element: a tag such as "title" or "itunes:image", and what is in it. `html` puts the text into CDATA.

    >>> element("a", "b & c", {"d": "<"}), element("a", children=[element("b")])
    (('<a d="&lt;">b &amp; c</a>',), ('<a>', '  <b/>', '</a>'))
    """
    start = tag
    if attributes:
        marked = _MARKED("".join(attributes.values()))
        start += "".join([f' {name}="{_value(given) if marked else given}"' for name, given in attributes.items()])
    if children:
        return (f"<{start}>", *[_STEP + line for child in children for line in child], f"</{tag}>")
    if not text:
        return (f"<{start}/>",)
    return (f"<{start}>{_cdata(text) if html else _text(text)}</{tag}>",)


def legal(text: str) -> str:
    r"""The text without the characters that XML cannot hold.

    >>> legal("a\x00b\x1b\ufffe😀")
    'ab😀'
    """
    return text if text.isprintable() else re.sub(_ILLEGAL, "", text)


def to_bytes(channel: Iterable[Element], items: Sequence[str] = (), *, history: bool = False) -> bytes:
    """An RSS 2.0 document in UTF-8, indented, the same bytes for the same elements; with `history` it knows RFC 5005's.

    After the elements stand `items`, as `items_in` found them in a document.
    """
    known = NAMESPACES | HISTORY if history else NAMESPACES
    spaces = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in known.items())
    head = f"<?xml version='1.0' encoding='UTF-8'?>\n<rss{spaces} version=\"2.0\">\n  <channel>"
    text = "\n".join([_INSIDE.join([head, *[line for each in channel for line in each]]), *items, *_END])
    # As `legal`, for all at once: nothing that it takes away has a part in what was escaped.
    for char in _ILLEGAL_PAIR:
        if char in text:
            text = text.replace(char, "")
    data = text.encode("utf-8", "ignore")
    return data.translate(None, _ILLEGAL_BYTES) if any(byte in data for byte in _ILLEGAL_BYTES) else data


def items_in(document: bytes) -> list[str]:
    """The items of a document that `to_bytes` wrote, as text in their order; none where it is not such a one."""
    text = document.decode("utf-8", "replace")
    start, end = text.find(_ITEM), text.rfind("\n".join(("", *_END)))
    return [f"{_ITEM[1:]}{each}" for each in text[start + len(_ITEM) : end].split(_ITEM)] if 0 <= start < end else []


def _text(text: str) -> str:
    r"""Text between tags (XML 1.0, 2.4).

    >>> _text("a < b & c ]]>\r")
    'a &lt; b &amp; c ]]&gt;&#13;'
    """
    if _MARKED(text):
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")
    return text


def _value(text: str) -> str:
    r"""Text in an attribute; line ends and tabs would be read as blanks (XML 1.0, 3.3.3).

    >>> _value('"a"\n\t')
    '&quot;a&quot;&#10;&#9;'
    """
    if _MARKED(text):
        text = _text(text).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")
    return text


def _cdata(html: str) -> str:
    """HTML reads "]]&gt;" as "]]>", and CDATA cannot hold the latter (XML 1.0, 2.7).

    >>> _cdata("<p>&amp; ]]> </p>")
    '<![CDATA[<p>&amp; ]]&gt; </p>]]>'
    """
    if "]]" in html:
        html = legal(html).replace("]]>", "]]&gt;")
    return f"<![CDATA[{html}]]>"
