"""Lines of a plain text, chunks between blank lines, and lines joined again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from narrate.model import Source

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

_TAB = 8
_SPACES = re.compile(r"[ \t]+")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_HYPHENATED = re.compile(r"[^\W\d_]-\n[ \t]*[^\W\d_]")
_BROKEN = re.compile(r"([^\W\d_]+)-$")
_NO_SPACE = re.compile("[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")  # Chinese and Japanese; Korean has spaces
_SUSPENDED = frozenset(re.findall(r"\S+", "and or to und oder bis sowie für et ou y o e en of"))
"""Words after which a hyphen at a line's end stands for a word that follows: "first- or second-class"."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank: its text without blanks at its end, where it starts, its number from 1, its indent.

    `start` counts characters of the decoded source, `indent` columns, tabs at every eighth.
    """

    text: str
    start: int
    number: int
    indent: int

    @property
    def body(self) -> str:
        """The line without its indent."""
        return self.text.lstrip()


@dataclass(frozen=True, slots=True)
class Chunk:
    """Lines between blank ones; `gap` is how many blank lines stand before it."""

    lines: tuple[Line, ...]
    gap: int


def span(lines: Sequence[Line]) -> Source:
    """Where `lines` stand in the source, from the first one's first character to the last one's last."""
    first, last = lines[0], lines[-1]
    return Source(first.start + len(first.text) - len(first.body), last.start + len(last.text), first.number)


def chunks(source: str) -> Iterator[Chunk]:
    r"""The chunks of a text.

    >>> [(c.gap, [line.body for line in c.lines]) for c in chunks("a\n  b\n\n\n\nc\n")]
    [(0, ['a', 'b']), (3, ['c'])]
    """
    held: list[Line] = []
    gap = held_gap = 0
    for line in _lines(source):
        if line.text:
            held_gap = held_gap if held else gap
            held.append(line)
            gap = 0
            continue
        gap += 1
        if held:
            yield Chunk(tuple(held), held_gap)
            held = []
    if held:
        yield Chunk(tuple(held), held_gap)


def _lines(source: str) -> Iterator[Line]:
    start = 0
    for number, raw in enumerate(source.split("\n"), 1):
        text = raw.rstrip()
        blanks = text[: len(text) - len(text.lstrip())]
        yield Line(text, start, number, len(blanks.expandtabs(_TAB)))
        start += len(raw) + 1


def vocabulary(source: str) -> frozenset[str]:
    r"""The words of a text in lower case, if a line of it ends in a hyphen; else nothing, for nobody will ask.

    >>> sorted(vocabulary("a re-\nport on well-known things")), vocabulary("no hyphen")
    (['a', 'on', 'port', 're', 'things', 'well-known'], frozenset())
    """
    if not _HYPHENATED.search(source):
        return frozenset()
    return frozenset(word.lower() for word in _WORD.findall(source))


def join(texts: Sequence[str], words: Collection[str] = ()) -> str:
    """Wrapped lines as one; `words` are those of the text, by which a word broken at a line's end is mended.

    A hyphen goes only where the text has the word without it elsewhere and not with it; else it stays.

    >>> join(["The inter-", "national press of well-", "known first-", "and second-class"], {"international"})
    'The international press of well-known first- and second-class'
    >>> join(["私は", "猫"]), join(["one--", "two"])
    ('私は猫', 'one-- two')
    """
    parts: list[str] = []
    for raw in texts:
        text = _SPACES.sub(" ", raw).strip()
        if parts and text:
            parts[-1], between = _seam(parts[-1], text, words)
            parts.append(between)
        parts.append(text)
    return "".join(parts)


def _seam(before: str, after: str, words: Collection[str]) -> tuple[str, str]:
    """The earlier text, without its hyphen if that was the line's and not the word's, and what stands between."""
    broken = _BROKEN.search(before)
    next_word = _WORD.match(after)
    if broken and next_word:
        follower = next_word[0].split("-")[0].lower()
        head = broken[1].lower()
        if follower in _SUSPENDED:
            return before, " "
        whole = head + follower in words and f"{head}-{follower}" not in words
        return (before[:-1] if whole else before), ""
    if before and _NO_SPACE.match(before[-1]) and _NO_SPACE.match(after[0]):
        return before, ""
    return before, " "
