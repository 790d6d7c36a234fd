"""Text of a block as HTML, with the way back from every character of the block to its place on the page.

The player marks sentences without elements of their own: it counts the characters of the text nodes in an element. So
what is written here knows for each stretch of a block how far from the start of its element it stands, in UTF-16 code
units, as browsers count. What narrate puts beside the author's text is in elements with ``data-own``, which are
not counted.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from markupsafe import escape

_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""What HTML does not allow (HTML, 13.1.4), and line ends other than the newline, which a parser makes one of."""


def fit(text: str) -> str:
    r"""The text with a replacement character for whatever may not stand in HTML, and as long as it was.

    >>> fit("a\x00b\rc\ud800")
    'a\ufffdb c\ufffd'
    """
    return _UNFIT.sub(lambda unfit: " " if unfit[0] in "\r\x0b\x0c\x85" else "\ufffd", text)


def units(text: str) -> int:
    r"""How many UTF-16 code units a text has.

    >>> units("a"), units("\U0001f600")
    (1, 2)
    """
    return len(text) if text.isascii() else len(text) + sum(char > "\uffff" for char in text)


@dataclass(slots=True)
class Shown:
    """The HTML of a block in the making; `text` is the block's, fit for HTML."""

    text: str
    _html: list[str] = field(default_factory=list)
    _starts: list[int] = field(default_factory=list)
    _pieces: list[tuple[int, int, int, int]] = field(default_factory=list)
    """Of each stretch its ends in the block, and where it starts and ends on the page."""
    _units: int = 0

    def raw(self, html: str) -> None:
        """Tags, or an element with ``data-own``: nothing that is counted."""
        self._html.append(html)

    def write(self, start: int, end: int) -> None:
        """The stretch of the block's text, escaped; stretches are written in order."""
        if start >= end:
            return
        piece = self.text[start:end]
        self._put(start, end, units(piece))
        self._html.append(str(escape(piece)))

    def stand_in(self, start: int, end: int, html: str, text: str) -> None:
        """HTML in place of a stretch, whose text nodes hold `text`."""
        self._put(start, end, units(text))
        self._html.append(html)

    def _put(self, start: int, end: int, length: int) -> None:
        self._starts.append(start)
        self._pieces.append((start, end, self._units, self._units + length))
        self._units += length

    def html(self) -> str:
        """All of it."""
        return "".join(self._html)

    def place(self, offset: int) -> int:
        """Where a character of the block stands on the page; one that is not shown, where the next would."""
        at = bisect_right(self._starts, offset) - 1
        if at < 0:
            return 0
        start, end, before, after = self._pieces[at]
        return after if offset >= end else min(before + units(self.text[start:offset]), after)

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """Where a stretch stands; None where nothing of it is shown."""
        low, high = self.place(start), self.place(end)
        return (low, high) if low < high else None
