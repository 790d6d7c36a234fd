"""Pictures, formulas and raised figures: what is said in their place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from narrate.article.dom.pages import is_page
from narrate.article.dom.tags import FALLBACK, SILENT, classes, local, semantics
from narrate.model import Reason

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_DISPLAYSTYLE = re.compile(r"\{\\(?:display|text)style\s*+(?P<tex>.*)\}", re.DOTALL)
_TEX = frozenset({"application/x-tex", "tex", "latex", "application/x-latex"})
_RAISED = str.maketrans("0123456789+-−–n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻ⁿ")
_POWER = re.compile(r"[+−–-]?\d{1,3}|n")
_OF_POWER = re.compile(r"(?:[\d)\]]|(?<![^\W\d_])[^\W\d_]{1,3})$")
_MATHS = re.compile(r"\b(?:math|maths|tex|latex|equation|mwe-math\S*)\b")
_REASONS = {"rt": Reason.REPEATED, "rp": Reason.REPEATED, "rtc": Reason.REPEATED}


def own_reason(element: Element, name: str) -> Reason | None:
    """Why an element is in no block whatever page it is on: page numbers, readings of ruby, copies for the eye."""
    if name in _REASONS:
        return _REASONS[name]
    if name in FALLBACK:
        return Reason.MARKUP
    if not element.keys():
        return None
    if "pagebreak" in semantics(element) and is_page(element):
        return Reason.PAGE_NUMBER
    return Reason.REPEATED if "katex-html" in classes(element) else None


def description(element: Element, name: str) -> str:
    """The words in place of a picture: its ``alt``, or those inside an SVG."""
    if name != "svg":
        return " ".join((element.get("alt") or "").split())
    styles = {text for each in element.iter("*") if local(each) in SILENT for text in each.itertext()}
    said = [str(text) for text in element.itertext() if text not in styles]
    return " ".join(" ".join(said or [element.get("aria-label") or ""]).split())


def is_formula(element: Element) -> bool:
    """Whether a picture shows a formula, whose words are then its source."""
    return _MATHS.search(element.get("class") or "") is not None


def formula(element: Element) -> str:
    """A formula of MathML as TeX where it says so, else its own text, signs parted by blanks."""
    said = element.get("alttext") or ""
    if not said:
        notes = (each for each in element.iter("*") if local(each) == "annotation")
        said = next(
            ("".join(map(str, each.itertext())) for each in notes if (each.get("encoding") or "").lower() in _TEX), ""
        )
    if not said:
        said = " ".join(text for text in _tokens(element) if text.strip())
    said = " ".join(said.split())
    whole = _DISPLAYSTYLE.fullmatch(said)
    return whole["tex"].strip() if whole else said


def _tokens(element: Element) -> list[str]:
    """The text of MathML without its annotations."""
    notes = (each for each in element.iter("*") if local(each).startswith("annotation"))
    left_out = {inner for each in notes for inner in each.iter("*")}
    return ["" if each in left_out else each.text or "" for each in element.iter("*")]


_MARKS = re.compile(r"\d{1,3}|\d{1,2}(?:\s*[,–-]\s*\d{1,2})+")


def is_displayed(element: Element) -> bool:
    """Whether a formula stands in a line of its own."""
    return element.get("display") == "block" or element.get("mode") == "display"


def raised(element: Element, before: str) -> str:
    """A power as raised figures, "" where a raised text is something else.

    `before` is the text that it follows: a figure, a bracket, or a unit of one to three letters.

    >>> from lxml.etree import fromstring
    >>> [raised(fromstring("<sup>2</sup>"), before) for before in ("10", "a m", "the end.", "word", "3 km")]
    ['²', '²', '', '', '²']
    """
    text = (element.text or "").strip()
    fraction = (element.tail or "").lstrip()[:1] in {"/", "⁄"}
    if len(element) or fraction or not _POWER.fullmatch(text) or not _OF_POWER.search(before[-8:]):
        return ""
    return text.translate(_RAISED)


def is_bare_mark(element: Element, before: str) -> bool:
    """Whether raised figures without a link are the marks of notes: they follow a word or the end of a sentence.

    >>> from lxml.etree import fromstring
    >>> [is_bare_mark(fromstring(f"<sup>{text}</sup>"), "the end.") for text in ("2", "2,5,6", "3–5", "th", "2,000")]
    [True, True, True, False, False]
    """
    text = (element.text or "").strip()
    return not len(element) and _MARKS.fullmatch(text) is not None and before[-1:] not in {"", " ", "\n"}
