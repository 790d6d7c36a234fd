"""Where a picture of a page is: the best of the addresses that its element offers, which may be several."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from narrate.article.dom.tags import local
from narrate.model import MEMBER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

_WIDE = 1600
"""In pixels; wider ones are not shown wider."""
_WIDTH_OF_1X = 1000
_SETS = ("data-srcset", "data-lazy-srcset", "srcset")
_ADDRESSES = ("data-src", "data-lazy-src", "data-original", "src")
"""Where scripts that load pictures late keep the address; what stands in ``src`` meanwhile is a placeholder."""
_TYPES = frozenset({"", "image/jpeg", "image/png", "image/webp", "image/gif"})
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_DATA = re.compile(r"data:image/(?!svg)[a-z0-9.+-]+;base64,", re.IGNORECASE)
_PLACEHOLDER = 250
"""A picture in a ``data:`` URI of so few characters holds a place for another."""
_MOST = 20_000
_NEAR = 8
_MOST_IN_PICTURES = 60
_DESCRIPTOR = re.compile(r"(\d{1,6}(?:\.\d{1,4})?)([wx])")


def address_of(element: Element) -> str:
    """The address of an ``img`` as it is written, "" where it has none that could be shown.

    Of a set of sizes the smallest that is wide enough. A copy in ``noscript`` of the picture before it has none.

    >>> from lxml.etree import fromstring
    >>> address_of(fromstring('<img src="a.png" srcset="b.png 800w, c.png 1600w, d.png 3200w"/>'))
    'c.png'
    >>> address_of(fromstring('<img src="data:image/gif;base64,R0lGOD" data-src="a.png"/>'))
    'a.png'
    >>> address_of(fromstring('<img src="javascript:alert(1)"/>'))
    ''
    """
    return "" if _is_copy(element) else _address(element)


def _address(element: Element) -> str:
    sets = [said for name in _SETS if (said := element.get(name))]
    sized = [each for said in (*sets, *_sources(element)) for each in candidates(said) if is_address(each[0])]
    if sized:
        return min(sized, key=lambda each: (each[1] < _WIDE, abs(each[1] - _WIDE)))[0]
    return next((said for name in _ADDRESSES if is_address(said := (element.get(name) or "").strip())), "")


def member_of(element: Element) -> str:
    """The address of an ``img`` in a document whose pictures are members of its archive, or on the web."""
    said = element.get("src") or ""
    return said if said.startswith(MEMBER) or is_address(said) else ""


def candidates(said: str) -> Iterator[tuple[str, float]]:
    """The addresses of a ``srcset`` with their widths in pixels, about 1,000 where it tells none (HTML, 4.8.4.2).

    >>> list(candidates("a,b.png 1.5x,c.png, d.png 300w"))
    [('a,b.png', 1500.0), ('c.png', 1000.0), ('d.png', 300.0)]
    """
    address, width = "", float(_WIDTH_OF_1X)
    for word in said[:_MOST].split():
        more = word
        if address:  # what describes it, up to a comma
            told, comma, more = word.partition(",")
            found = _DESCRIPTOR.fullmatch(told)
            if found:
                width = float(found[1]) * (1 if found[2] == "w" else _WIDTH_OF_1X)
            if not comma:
                continue
            yield address, width
        address, width = more.strip(","), float(_WIDTH_OF_1X)
        if address and more.endswith(","):
            yield address, width
            address = ""
    if address:
        yield address, width


def is_address(said: str) -> bool:
    """Whether a picture may be there: on the web, beside the page, or in a ``data:`` URI that holds more than a place.

    >>> [is_address(said) for said in ("a/b.png", "//c.example/d", "HTTPS://c.example/", "file:a.png", "data:x", "#a")]
    [True, True, True, False, False, False]
    """
    scheme = _SCHEME.match(said)
    if scheme is None:
        return said[:1] not in {"", "#", "?"}
    if scheme[0].lower() == "data:":
        return len(said) > _PLACEHOLDER and _DATA.match(said) is not None
    return scheme[0].lower() in {"http:", "https:"}


def is_relative(address: str) -> bool:
    """Whether it leads on from where the page is.

    >>> is_relative("../a.png"), is_relative("https://a.example/b.png"), is_relative("data:image/png;base64,AAAA")
    (True, False, False)
    """
    return _SCHEME.match(address) is None


def _sources(element: Element) -> Iterator[str]:
    """The sets of a ``picture``'s sources, but those for some screens only."""
    around = islice(element.iterancestors("*"), _NEAR)  # to libxml2 a `source` holds what follows it
    outer = next((each for each in around if local(each) == "picture"), None)
    inside = [] if outer is None else list(islice(outer.iter("*"), _MOST_IN_PICTURES))
    for each in inside if element in inside else ():
        if local(each) == "source" and not each.get("media") and (each.get("type") or "").lower() in _TYPES:
            yield from (said for name in _SETS if (said := each.get(name)))


def _is_copy(element: Element) -> bool:
    outer = element.getparent()
    before = outer.getprevious() if outer is not None and local(outer) == "noscript" else None
    near = () if before is None else islice(before.iter("*"), _NEAR)
    return any(local(each) == "img" and _address(each) for each in near)
