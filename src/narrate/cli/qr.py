"""A QR code in a terminal, for a phone's camera."""

from __future__ import annotations

import os
import sys
from itertools import zip_longest
from shutil import get_terminal_size

_BLACK_ON_WHITE, _PLAIN = "\x1b[30;107m", "\x1b[0m"
# Two rows of the code are one line of text; the foreground is dark.
_BLOCKS = {(0, 0): " ", (1, 0): "▀", (0, 1): "▄", (1, 1): "█"}
_INVERTED = {key: _BLOCKS[1 - key[0], 1 - key[1]] for key in _BLOCKS}


def can_show(code: str) -> bool:
    """Whether a code that was drawn fits the terminal; not one that is read aloud, and no pipe."""
    wide = max(map(len, code.replace(_BLACK_ON_WHITE, "").replace(_PLAIN, "").splitlines()))
    return os.environ.get("TERM") != "dumb" and wide <= get_terminal_size().columns and _terminals()


def _terminals() -> bool:
    """Whether both streams go to a terminal, in an encoding that has half blocks."""
    encoding = (sys.stderr.encoding or "").lower().replace("-", "")
    return sys.stdout.isatty() and sys.stderr.isatty() and encoding == "utf8"


def drawn(text: str, *, coloured: bool = True) -> str:
    r"""The code in lines of half blocks, with the light border that it must have.

    Black on white whatever the terminal's colours are; without colours, for a terminal that is light on dark.

    >>> len(drawn("http://192.168.1.7:8642/reads/feed.xml").splitlines())
    19
    """
    import segno

    code = segno.make(text, error="l", boost_error=False, micro=False)
    rows = [bytes(row) for row in code.matrix_iter(border=4)]
    blocks = _BLOCKS if coloured else _INVERTED
    lines = ["".join(blocks[pair] for pair in zip(*pair_of_rows, strict=True)) for pair_of_rows in _pairs(rows)]
    return "\n".join(f"{_BLACK_ON_WHITE}{line}{_PLAIN}" if coloured else line for line in lines)


def _pairs(rows: list[bytes]) -> list[tuple[bytes, bytes]]:
    return list(zip_longest(rows[::2], rows[1::2], fillvalue=bytes(len(rows[0]))))
