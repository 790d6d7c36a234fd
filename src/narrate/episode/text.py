"""Written text made fit for the files it goes into: one line, no control characters, nothing that UTF-8 cannot hold."""

from __future__ import annotations

import json
import re
from itertools import groupby
from typing import TYPE_CHECKING

from narrate.model import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from narrate.model import Cue

_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
"""What neither XML 1.0, ID3 nor a caption can hold; tabs and line ends count as space."""
_SURROGATE = re.compile("[\ud800-\udfff]")


def one_line(text: str) -> str:
    r"""The text on one line: control characters and lone surrogates gone, white space folded.

    >>> one_line("A\x00 title\r\n\tin  two lines\x07")
    'A title in two lines'
    """
    whole = text if text.isprintable() else _CONTROL.sub("", text)  # to ask is a tenth of the work
    return " ".join(whole.split())


def lines(text: str) -> str:
    r"""The text with its lines kept, control characters gone.

    >>> lines("one\r\ntwo\x00\n\nthree ")
    'one\ntwo\n\nthree'
    """
    return "\n".join(one_line(line) for line in text.splitlines()).strip("\n")


def is_web(url: str) -> bool:
    """Whether it is an address of the web: the only kind that is made a link.

    >>> is_web("HTTPS://example.org/"), is_web("javascript:alert(1)"), is_web("")
    (True, False, False)
    """
    return url.lower().startswith(("https://", "http://"))


def clock(ms: int, point: str = ".") -> str:
    """A time as ``HH:MM:SS.mmm``.

    >>> clock(3_723_004), clock(360_000_000, ",")
    ('01:02:03.004', '100:00:00,000')
    """
    seconds, rest = divmod(ms, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{point}{rest:03}"


def seconds(ms: int) -> float:
    """Milliseconds as a JSON number of seconds with at most three decimals.

    >>> seconds(59_104), seconds(0)
    (59.104, 0.0)
    """
    return ms / 1000


def compact_json(value: object) -> str:
    r"""JSON on one line, readable as it is; lone surrogates (file names hold them) are escaped.

    >>> compact_json(["é", 1]), compact_json("\udcff")
    ('["é",1]', '"\\udcff"')
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return json.dumps(value, separators=(",", ":")) if _SURROGATE.search(text) else text


def paragraphs(cues: tuple[Cue, ...]) -> Iterator[str]:
    """The text of the cues, a paragraph a segment: on one line each, a table on one line a row."""
    for _, group in groupby(cues, key=lambda cue: cue.segment):
        said = list(group)
        yield ("\n" if said[0].role is Role.TABLE else " ").join(one_line(cue.text) for cue in said)
