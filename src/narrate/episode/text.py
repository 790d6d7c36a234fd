"""Written text made fit for the files it goes into: one line, no control characters, nothing that UTF-8 cannot hold."""

from __future__ import annotations

import json
import re
from itertools import groupby
from typing import TYPE_CHECKING
from urllib.parse import quote

from narrate.model import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from narrate.model import Cue

_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
"""What neither XML 1.0, ID3 nor a caption can hold; tabs and line ends count as space."""
_SURROGATE = re.compile("[\ud800-\udfff]")

_ADDRESS = re.compile(
    r"""(?P<host>https?://[^\x00-\x20"<>\\^`{|}\x7f/?#]+)(?P<path>(?:[/?#].*)?)""", re.DOTALL | re.IGNORECASE
)
_UNFIT = re.compile(r"""[\x00-\x20"<>\\^`{|}\[\]\x7f-\x9f\ud800-\udfff]|%(?![0-9A-Fa-f]{2})""")


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


def web_address(url: str) -> str:
    """An address of the web as a link has it: what may not stand in one is escaped; "" for any other, which is no link.

    What may is told by the URL standard ("URL code points"); a host with other characters is none.

    >>> web_address('https://example.org/"><b>/a b?c=[1]#d#e'), web_address("https://[::1]/100%/é%20")
    ('https://example.org/%22%3E%3Cb%3E/a%20b?c=%5B1%5D#d%23e', 'https://[::1]/100%25/é%20')
    >>> web_address("javascript:alert(1)"), web_address("https://a b/")
    ('', '')
    """
    found = _ADDRESS.fullmatch(url)
    if found is None:
        return ""
    before, mark, fragment = _UNFIT.sub(_escaped, found["path"]).partition("#")
    return found["host"] + before + mark + fragment.replace("#", "%23")


def _escaped(found: re.Match[str]) -> str:
    return quote(found[0], safe="", errors="replace")


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
