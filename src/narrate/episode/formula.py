"""Formulas in TeX as MathML: browsers draw it, and screen readers read it part by part.

The elements are latex2mathml's, and are written here: it writes an article's signs as they come, so that one could be
taken for markup, and has commands for links, classes and styles, which nothing of an article is to have.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

_MOST_CHARACTERS = 2_000
"""Longer formulas stay in TeX: the library goes one call deeper with each brace."""
_STUMBLES = (LookupError, ValueError, TypeError, AttributeError, AssertionError, RuntimeError, StopIteration)
"""What it raises besides errors of its own."""
_TEX = re.compile(r"[\\^_{]")
_WRAPS = (("$$", "$$"), (r"\[", r"\]"), (r"\(", r"\)"), ("$", "$"))
_ELEMENTS = frozenset((
    *("math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "msup", "msub", "msubsup", "mfrac", "msqrt", "mroot"),
    *("mover", "munder", "munderover", "mtable", "mtr", "mtd", "mstyle", "mpadded", "mphantom", "menclose"),
    *("mmultiscripts", "mprescripts", "none"),
))  # fmt: skip
_ATTRIBUTES = frozenset((
    *("accent", "accentunder", "columnalign", "columnlines", "columnspacing", "depth", "displaystyle", "fence", "form"),
    *("height", "largeop", "linebreak", "linethickness", "lspace", "mathsize", "mathvariant", "maxsize", "minsize"),
    *("movablelimits", "notation", "rowlines", "rowspacing", "rspace", "scriptlevel", "separator", "stretchy"),
    *("symmetric", "voffset", "width"),
))  # fmt: skip


class Formula(NamedTuple):
    """A formula as HTML, and the characters of its text nodes."""

    html: Markup
    text: str


@lru_cache(maxsize=4_000)  # a page and a book have the same ones
def formula_of(written: str, *, display: bool) -> Formula | None:
    r"""A formula in TeX as MathML, on a line of its own where it is a `display`; None where it is no TeX, or not known.

    >>> formula_of("$x^2$", display=False).html
    Markup('<math xmlns="http://www.w3.org/1998/Math/MathML" alttext="x^2"><msup><mi>x</mi><mn>2</mn></msup></math>')
    >>> formula_of(r"\unheard{x}", display=False), formula_of("five", display=False)
    (None, None)
    """
    tex = _bare(written)
    if not _TEX.search(tex) or len(tex) > _MOST_CHARACTERS:
        return None
    root = _converted(tex)
    if root is None or not all(map(_is_known, root.iter())):
        return None
    kind = Markup(' display="block"') if display else ""
    inner = Markup().join(map(_written, root[0] if len(root) == 1 and root[0].tag == "mrow" else root))
    start = Markup('<math xmlns="http://www.w3.org/1998/Math/MathML"{} alttext="{}">').format(kind, tex)
    return Formula(start + inner + Markup("</math>"), "".join(_texts(root)))


def _bare(written: str) -> str:
    """TeX without the signs that part it from text."""
    tex = written.strip()
    for opens, closes in _WRAPS:
        if tex.startswith(opens) and tex.endswith(closes) and len(tex) > len(opens) + len(closes):
            return tex[len(opens) : -len(closes)].strip()
    return tex


def _converted(tex: str) -> Element | None:
    from latex2mathml import exceptions
    from latex2mathml.converter import convert_to_element  # with it come 70 ms

    own = [each for each in vars(exceptions).values() if isinstance(each, type) and issubclass(each, Exception)]
    stumbles: tuple[type[Exception], ...] = (*own, *_STUMBLES)
    try:
        return convert_to_element(tex)
    except stumbles:  # over what is no TeX: that itself is shown instead
        return None


def _is_known(element: Element) -> bool:
    """Whether the library knew what an element is: a command that it does not know comes as a name with a stroke."""
    text = unescape(element.text or "")
    return element.tag in _ELEMENTS and "\\" not in text and not (element.tag == "mi" and text == "&")


def _written(element: Element) -> Markup:
    tag = Markup(element.tag)  # noqa: S704 # one of _ELEMENTS
    kept = ((name, value) for name, value in element.attrib.items() if name in _ATTRIBUTES)
    attributes = Markup().join(Markup(' {}="{}"').format(name, value) for name, value in kept)
    inner = Markup("{}").format(unescape(element.text or "")) + Markup().join(map(_written, element))
    return Markup("<{0}{1}>{2}</{0}>").format(tag, attributes, inner)


def _texts(element: Element) -> Iterator[str]:
    return (unescape(each.text or "") for each in element.iter())
