"""Unicode normalisation that takes no longer for what is made to make it take long."""

from __future__ import annotations

import re
import unicodedata

_MOST = 100
"""Marks on one letter that are put in order together; text of any language has fewer than 30 (UAX #15, 13)."""
_FLOOD = re.compile(r"[^\x00-\x7f\w\s]{200,}")
"""Signs in a row that are no letters, as combining marks are."""


def nfc(text: str) -> str:
    r"""Text in Unicode NFC.

    Putting thousands of marks on one letter in order takes time that grows with their square, so in a flood of
    them only a hundred at a time are; what is read aloud is the same.

    >>> nfc("e\u0301"), len(nfc("e" + "\u0301\u0323" * 500_000))
    ('é', 1000000)
    """
    if text.isascii():
        return text
    cuts = [0]
    for flood in _FLOOD.finditer(text):
        cuts.extend(range(flood.start() + _MOST, flood.end(), _MOST))
    if len(cuts) == 1:
        return unicodedata.normalize("NFC", text)
    pieces = zip(cuts, [*cuts[1:], len(text)], strict=True)
    return "".join(unicodedata.normalize("NFC", text[start:end]) for start, end in pieces)
