"""Text that grows as a browser would show it: blanks collapse, lines end where blocks do."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from narrate.article.nfc import nfc

if TYPE_CHECKING:
    from collections.abc import Callable

_BLANKS = re.compile(r"[ \t\n\r\f\v\x1c-\x1f\x85\u2028\u2029]+")
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\ufeff\ufffe\uffff\ud800-\udfff]")
"""Control characters and soft hyphens: nobody sees them, and a voice stumbles over them."""
_LINES = re.compile(r"\r\n?|[\f\v\x1c-\x1f\x85\u2028\u2029]")
_RANK = {"": 0, " ": 1, "\t": 2, "\n": 3}
_CLUSTER = re.compile(r"[\x00-\x7f]?[^\x00-\x7f]*")


@dataclass(slots=True)
class Run:
    """Text so far; `wait` is the blank that comes before the next word, if one comes. `length` in characters."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    wait: str = ""

    def part(self, blank: str) -> None:
        """A blank between what was written and what comes: a space, a tab or the end of a line."""
        if self.length and _RANK[blank] > _RANK[self.wait]:
            self.wait = blank

    def write(self, text: str) -> int:
        """Add text, its blanks collapsed; where its first word begins, or -1 where it has none."""
        text = _BLANKS.sub(" ", seen(text))
        words = text.strip(" ")
        if not words:
            if text:
                self.part(" ")
            return -1
        if text[0] == " ":
            self.part(" ")
        start = self.keep(words)
        self.wait = " " if text[-1] == " " else ""
        return start

    def keep(self, text: str) -> int:
        """Add text as it is, of at least a character; where it begins."""
        if self.wait:
            self.parts.append(self.wait)
            self.length += 1
            self.wait = ""
        start = self.length
        self.parts.append(text)
        self.length += len(text)
        return start

    def last(self) -> str:
        """The end of what was written."""
        return self.parts[-1] if self.parts else ""

    def text(self) -> str:
        """All of it."""
        return "".join(self.parts)


def seen(text: str) -> str:
    """Text in NFC without what nobody sees."""
    return text if text.isascii() and text.isprintable() else nfc(_UNSEEN.sub("", text))


def lines(text: str) -> str:
    r"""Preformatted text with its lines ended by ``\n``."""
    return seen(_LINES.sub("\n", text))


def composed(text: str) -> tuple[str, Callable[[int], int]]:
    r"""Text in NFC, and where each place of the old text is in the new one.

    A letter and its accent may stand in two elements.

    >>> text, place = composed("cafe\u0301s")
    >>> text, [place(at) for at in (3, 4, 5, 6)]
    ('cafés', [3, 4, 4, 5])
    """
    if unicodedata.is_normalized("NFC", text):
        return text, lambda at: at
    places: list[int] = []
    parts: list[str] = []
    length = 0
    for cluster in _CLUSTER.findall(text):
        whole = nfc(cluster)
        exact = len(whole) == len(cluster)
        # What changed inside a cluster has no place of its own: it is where the cluster ends.
        places.extend(length + (at if exact or not at else min(at, len(whole))) for at in range(len(cluster)))
        parts.append(whole)
        length += len(whole)
    places.append(length)
    return "".join(parts), places.__getitem__
