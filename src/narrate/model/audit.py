"""What an audit of a feed finds, and what it is told of a server and of pictures."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class Severity(StrEnum):
    """How bad a finding is: apps refuse or misread it, some do, or it could be better."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault: which rule found it, how bad it is, where, what is wrong, how to mend it, and where the rule is from.

    `line` is that of the feed, 0 where there is none.
    """

    rule: str
    severity: Severity
    where: str
    what: str
    mend: str
    source: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as its bytes say: "jpeg", "png", another kind or "" for none; pixels; "RGB", "CMYK", "L" and so on."""

    kind: str
    width_px: int = 0
    height_px: int = 0
    colours: str = ""
    alpha: bool = False
    size_bytes: int = 0


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered: the URL that was asked for, the one that answered, status and header lines.

    The names of header lines are in small letters. `moves` are the statuses of the redirects on the way. `error` is a
    sentence where nobody answered; the status is 0 then.
    """

    asked: str
    url: str = ""
    status: int = 0
    headers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    error: str = ""
    moves: tuple[int, ...] = ()

    def header(self, name: str) -> str:
        """A header line, "" where it is not there."""
        return self.headers.get(name, "")

    @property
    def mime(self) -> str:
        """The type without its parameters, in small letters."""
        return self.header("content-type").partition(";")[0].strip().lower()


@dataclass(frozen=True, slots=True)
class FileReplies:
    """What a server answers for a file that a feed names: to HEAD, to a range at its start, to one behind its end.

    `item` says which item names it, `length` and `mime` what the feed says of it (-1 and "" for nothing).
    `first` and `behind` are None where they were not asked for.
    """

    item: str
    line: int
    length: int
    mime: str
    head: Reply
    first: Reply | None = None
    behind: Reply | None = None


@dataclass(frozen=True, slots=True)
class Traces:
    """What is remembered of a feed from one audit to the next: the show's guid, and each item's guid with three facts.

    The facts are title, pubDate and the enclosure's URL.
    """

    guid: str
    items: tuple[tuple[str, str, str, str], ...]
