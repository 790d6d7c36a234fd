"""A page of HTML: its bytes to text, its text to a tree, within limits."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from itertools import dropwhile
from typing import TYPE_CHECKING

from narrate.article.dom.tags import BLOCKS, SILENT, local
from narrate.article.encoding import clean, decode
from narrate.errors import ArticleError

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from narrate.model import Origin

MOST_TAGS = 800_000
"""More than any article has; the longest take about 20 s and half a gigabyte."""
MOST_ELEMENTS = 400_000
"""A tag that nothing closes is an element: so many cells of a table take 22 s and 740 MB."""
MOST_DEPTH = 512
"""Browsers put what is deeper beside it; libxml2 loses what is deeper than 2,048."""
_HEAD_BYTES = 4096
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_META = re.compile(
    rb"<meta\b[^>]{0,200}?\bcharset\s*=\s*[\"']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,100}?encoding=[\"']([\w.-]{2,40})",
    re.IGNORECASE,
)
_LABELS = {
    **dict.fromkeys(("iso-8859-1", "iso8859-1", "latin1", "latin-1", "ascii", "us-ascii", "iso-8859-15"), "cp1252"),
    **dict.fromkeys(("gb2312", "gbk", "x-gbk", "gb_2312-80", "chinese"), "gb18030"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis", "ms_kanji", "windows-31j"), "cp932"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987", "korean", "ksc5601"), "cp949"),
    **dict.fromkeys(("big5", "big5-hkscs", "x-x-big5"), "big5hkscs"),
    **dict.fromkeys(("iso-8859-9", "latin5"), "cp1254"),
    **dict.fromkeys(("iso-8859-11", "tis-620"), "cp874"),
    "iso-8859-8-i": "iso8859_8",
    "x-user-defined": "cp1252",
}
"""Labels that mean another encoding than their name (WHATWG Encoding, "Names and labels")."""


_HEAD = frozenset({"base", "link", "meta", "noscript", "object", "script", "style", "template", "title"})
"""What a head may hold (HTML standard, 4.2)."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its tree, and how many elements and how many of them inside one another it has."""

    root: Element
    elements: int
    depth: int


def page_text(data: bytes, origin: Origin) -> str:
    r"""The text of a page, by its BOM, what its server said, what it says, and what it looks like.

    >>> from narrate.model import Origin
    >>> page_text(b'<meta charset="koi8-r">\xf0', Origin("a")), page_text(b"\xe9", Origin("a", charset="latin1"))
    ('<meta charset="koi8-r">П', 'é')
    """
    if not data.startswith(_BOMS):
        found = _META.search(data[:_HEAD_BYTES])
        inside = (found[1] or found[2]).decode("ascii", "replace") if found else ""
        if inside.lower() == "utf-7":  # the standard has browsers not decode it: it hides markup
            raise ArticleError(f"{origin.name} says it is in UTF-7, which no browser reads; save it again as UTF-8")
        for label in (origin.charset, inside):
            encoding = _codec(label)
            if encoding and (text := _strictly(data, encoding)):
                return clean(text)
    return decode(data, origin.name)


def _codec(label: str) -> str:
    """The codec of a label, "" where there is none or it is no encoding of pages (UTF-16 in a tag is none)."""
    name = label.strip().lower()
    try:
        found = codecs.lookup(_LABELS.get(name, name))
    except LookupError:
        return ""
    multibyte = found.name.startswith(("utf-16", "utf-32", "utf-7", "idna", "punycode"))
    return "" if multibyte or not found._is_text_encoding else found.name  # noqa: SLF001 - codecs.lookup says it nowhere else


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return ""


def parse(text: str, name: str) -> Page:
    """The tree of a page.

    Raises:
        ArticleError: it has no elements, or more than any article has.
    """
    from lxml import etree

    if text.count("<") > MOST_TAGS:
        raise ArticleError(f"{name} has more than {MOST_TAGS:,} tags, which no article has; give narrate its text")
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as exc:
        raise ArticleError(f"{name} holds no words: there is nothing to read aloud") from exc
    if root is None:
        raise ArticleError(f"{name} holds no words: there is nothing to read aloud")
    _mend_head(root)
    elements, depth = _measure(root)
    if elements > MOST_ELEMENTS:
        raise ArticleError(f"{name} has more than {MOST_ELEMENTS:,} elements, which no article has; give its text")
    if depth > MOST_DEPTH:
        raise ArticleError(
            f"{name} nests more than {MOST_DEPTH} elements, which no article does; give narrate its text"
        )
    return Page(root, elements, depth)


def _mend_head(root: Element) -> None:
    """Move to the body what no head may hold: where a page leaves out its tags, libxml2 puts an `article` there."""
    from lxml import etree

    head = root.find("head")
    stray = [] if head is None else list(dropwhile(lambda child: local(child) in _HEAD, head))
    if not stray or head is None:
        return
    body = root.find("body")
    if body is None:
        body = etree.SubElement(root, "body")
    for place, element in enumerate(stray):
        body.insert(place, element)


def _measure(root: Element) -> tuple[int, int]:
    from lxml.etree import iterwalk

    elements = depth = deepest = 0
    for event, _ in iterwalk(root, events=("start", "end")):
        if event == "start":
            elements += 1
            depth += 1
            deepest = max(deepest, depth)
        else:
            depth -= 1
    return elements, deepest


def is_block(element: Element) -> bool:
    """Whether an element is a block, whose text is no part of the sentence around it."""
    return local(element) in BLOCKS


def is_silent(element: Element) -> bool:
    """Whether an element's text is no text of the page."""
    return local(element) in SILENT
