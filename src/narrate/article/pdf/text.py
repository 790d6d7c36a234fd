"""The values that a PDF is read through: pages, pieces of text with their places, lines."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum

_LIGATURES = re.compile("[\ufb00-\ufb06\ufb13-\ufb17]")
_NOT_SHOWN = re.compile("[\x00-\x01\x03-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufffe\uffff\u200b]")
_BULLETS = str.maketrans({"\uf0b7": "•", "\uf0a7": "▪", "\uf06e": "■", "\uf0d8": "➢", "\x02": "-", "\u00ad": "-"})
"""Signs of the fonts Symbol and Wingdings that every word processor puts before list items; and the library's
sign for a hyphen at the end of a line, which a soft hyphen that is shown is too."""


@dataclass(frozen=True, slots=True)
class Face:
    """What a font looks like; `maths` is one of formulas, `coding` the table of TeX that its codes follow."""

    bold: bool = False
    italic: bool = False
    mono: bool = False
    sans: bool = False
    maths: bool = False
    coding: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters that were set at once: where they stand, in points from the left and the foot of the page.

    `base` is the height of the base line, `angle` in quarter turns; `spaced` says that a blank stands
    before it, `unmapped` that its font does not say which letters its signs are; `first` and `last` number
    the characters in the page, in logical order.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    face: Face
    angle: int = 0
    spaced: bool = False
    unmapped: bool = False
    first: int = 0
    last: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """A page and what is written on it; `number` counts from 0, lengths are points."""

    number: int
    width: float
    height: float
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the table of contents that programs show beside a PDF; `level` from 1."""

    title: str
    level: int


class Look(StrEnum):
    """How a stretch of a line stands out."""

    RAISED = "raised"
    """Smaller, and above the base line."""
    BOLD = "bold"
    ITALIC = "italic"
    MATHS = "maths"
    """In a font of formulas."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a text that stands out."""

    look: Look
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Line:
    """Text on one base line, in logical order; `cells` are its parts where wide gaps divide it.

    `size` is that of most of its characters, and it is `bold`, `mono` or `sans` if all of them are.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool = False
    mono: bool = False
    sans: bool = False
    page: int = 0
    stretches: tuple[Stretch, ...] = ()
    cells: tuple[Cell, ...] = field(default=())

    @property
    def middle(self) -> float:
        """Where its middle is."""
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True)
class Cell:
    """A part of a line between wide gaps."""

    text: str
    left: float
    right: float


def letters_of(characters: list[str]) -> str:
    r"""Characters as text: ligatures as letters, no control characters.

    >>> letters_of(["of", "ﬁ", "ce\x00", "\x02"])
    'office-'
    """
    text = "".join(characters)
    if not text.isascii():
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        text = _LIGATURES.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    return _NOT_SHOWN.sub("", text.translate(_BULLETS))


def is_right_to_left(text: str) -> bool:
    """Whether most letters of a text are of a script that runs from right to left.

    >>> is_right_to_left("abc"), is_right_to_left("שלום (a)")
    (False, True)
    """
    if text.isascii():
        return False
    kinds = [unicodedata.bidirectional(each) for each in text]
    return sum(kind in {"R", "AL"} for kind in kinds) > kinds.count("L")
