"""What the elements of HTML are to a reader, as tables; and how they are asked their names."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from narrate.model import MarkKind

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

BLOCKS = frozenset(
    re.findall(
        r"\S+",
        "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset"
        " figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing"
        " main menu nav noframes ol optgroup option p plaintext pre search section select summary table tbody"
        " td tfoot th thead title tr ul xmp",
    )
)
"""Elements that begin and end a line, from the rendering section of the HTML standard."""

SILENT = frozenset(["script", "style", "template", "head"])
"""Elements whose text is no text of the page."""

FALLBACK = frozenset(["audio", "canvas", "iframe", "video"])
"""Elements whose text is for programs that do not know them."""

HEADINGS = {f"h{level}": level for level in range(1, 7)}
LISTS = frozenset(["ol", "ul", "menu", "dir", "dl"])
ITEMS = frozenset(["li", "dt", "dd"])
PREFORMATTED = frozenset(["pre", "listing", "xmp", "plaintext", "textarea"])

MARKS = {
    **dict.fromkeys(["em", "i", "cite", "dfn", "var"], MarkKind.EMPHASIS),
    **dict.fromkeys(["strong", "b"], MarkKind.STRONG),
    **dict.fromkeys(["code", "kbd", "samp", "tt"], MarkKind.CODE),
}

_TYPE = "{http://www.idpf.org/2007/ops}type"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def local(element: Element) -> str:
    """The name of an element in small letters, without its namespace; "" for a comment or an instruction."""
    tag = element.tag
    return _local(tag) if isinstance(tag, str) else ""


@lru_cache(maxsize=1000)
def _local(tag: str) -> str:
    return tag.rpartition("}")[2].rpartition(":")[2].lower()


def semantics(element: Element) -> frozenset[str]:
    """What an element says it is: the words of ``epub:type``, and of ``role`` without its ``doc-``.

    >>> from lxml.etree import fromstring
    >>> sorted(semantics(fromstring('<aside role="doc-footnote" class="small"/>')))
    ['footnote']
    """
    said = f"{element.get(_TYPE) or element.get('epub:type') or ''} {element.get('role') or ''}"
    return _words(said) if len(said) > 1 else frozenset()


@lru_cache(maxsize=1000)
def _words(said: str) -> frozenset[str]:
    return frozenset(word.removeprefix("doc-") for word in said.lower().split())


def classes(element: Element) -> frozenset[str]:
    """The classes of an element, in small letters."""
    said = element.get("class")
    return _classes(said) if said else frozenset()


@lru_cache(maxsize=1000)
def _classes(said: str) -> frozenset[str]:
    return frozenset(said.lower().split())


def language_of(element: Element) -> str:
    """The language that an element says it is in, as it is written there."""
    return str(element.get(_LANG) or element.get("lang") or element.get("xml:lang") or "")


def whole_number(said: str | None) -> int | None:
    """A whole number of at most nine figures, or None.

    >>> whole_number(" 12"), whole_number("-3"), whole_number("1e9"), whole_number(None)
    (12, -3, None, None)
    """
    said = (said or "").strip()
    figures = said.removeprefix("-")
    return int(said) if figures.isascii() and figures.isdecimal() and len(figures) <= 9 else None  # noqa: PLR2004 - said above
