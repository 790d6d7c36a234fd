"""Where the pages of a printed book begin, as a text says it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from narrate.article.dom.tags import classes, semantics

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_CLASSES = frozenset({"pagenum", "pageno", "page-number", "pagebreak"})
_LABEL = re.compile(
    r"[\[({<|\s]*(?:(?:pages?|pg|p|seite|página|pagina)(?![^\W\d_])[\s.:_-]*)?"
    r"(?P<label>[^\[\](){}<>|]*?)[\])}>|\s.]*",
    re.IGNORECASE,
)
_OF_ID = re.compile(r"(?:.*[^a-z])?(?:page|pg|p)[-_.]?(?P<label>[0-9]{1,5}|[ivxlcdm]{1,9})", re.IGNORECASE)
_LONGEST = 40
"""What is longer than this, in characters, is no page's number, whatever it is called."""


def is_page(element: Element) -> bool:
    """Whether an element is the number of a page: by ``epub:type`` or role, or by the classes that books use for it."""
    named = "pagebreak" in semantics(element) or bool(classes(element) & _CLASSES)
    return named and len(" ".join(map(str, element.itertext())).strip()) <= _LONGEST


def page_label(element: Element) -> str:
    """What the page is called, "" where nothing says it: the title, the label or the text, else the end of the id.

    >>> from lxml.etree import fromstring
    >>> said = ('title="12"', 'aria-label="Page xii. "', 'id="page_7"', 'id="chapter"', 'id="c1-p0012"')
    >>> [page_label(fromstring(f"<span {each}/>")) for each in said], page_label(fromstring("<a>[Pg 12]</a>"))
    (['12', 'xii', '7', '', '12'], '12')
    """
    for said in (element.get("title"), element.get("aria-label"), "".join(map(str, element.itertext()))):
        found = _LABEL.fullmatch(" ".join((said or "").split())[: _LONGEST + 1])
        if found and found["label"] and len(found["label"]) <= _LONGEST:
            return found["label"]
    named = _OF_ID.fullmatch(element.get("id", "")[-_LONGEST:])
    return named["label"].lstrip("0") if named else ""
