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
_HYPHENATED = re.compile(r"(?<![^\W\d_])(?<![^\W\d_]-)(?:[^\W\d_]+-)+\n[ \t]*[^\W\d_]+")
"""Found from the first letter of a chain on: from each letter of a very long word it would take for ever."""
_BROKEN = re.compile(r"(?<![^\W\d_])([^\W\d_]++)-$")
_NO_SPACE = re.compile("[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")  # Chinese and Japanese; Korean has spaces
_SUSPENDED = frozenset(re.findall(r"\S+", "and or to und oder bis sowie für et ou y o e en of"))
"""Words after which a hyphen at a line's end stands for a word that follows: "first- or second-class"."""
_ENDINGS = frozenset(
    re.findall(
        r"\S+",
        "ably ance ances ation ations bly ble bles cal cally cation cial ence ences ently ering ers ful fully"
        " ible ical ically ified ing ings ised ising ism isms ist ists ities ity ive ively ization ized izing lation"
        " ment ments nal ness ning ous ously rial sation sion sional sions tation ted tial ting"
        " tion tional tionally tions tious tive tively tives tor tors ture tures zation"
        " heit heiten ieren iert isch ische ischen keit keiten lich liche lichen licher tion tionen tät ung ungen",
    )
)
"""What words are broken before, in English, German and French, and what is no word by itself."""
_OWN = frozenset(
    re.findall(
        r"\S+",
        "ab ad ai al am an as at au bi by ce ci co de di do du en es ex go ha he hi hy id if il im in is it je la le lo"
        " me mi mu my ne no nu of oh ok on or ou ox pa pi po pre qu re sa sci se so su ta te to tu un up us va ve vi we"
        " wi xi ye yo zu là où",
    )
)
"""Words and first parts of two letters, that an author may have put a hyphen after: "co-author", "by-law"."""
_TORN = 2
_LONG = 4


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
    (['a', 'on', 'things', 'well-known'], frozenset())
    """
    if not _HYPHENATED.search(source):
        return frozenset()
    return frozenset(word.lower() for word in _WORD.findall(_HYPHENATED.sub(" ", source)))


def join(texts: Sequence[str], words: Collection[str] = ()) -> str:
    """Wrapped lines as one; `words` are those of the text, by which a word broken at a line's end is mended.

    A hyphen goes where the text has the word without it elsewhere and not with it, or where one half is plainly no
    word; else it stays.

    >>> join(["The inter-", "national press of well-", "known first-", "and second-class"], {"international"})
    'The international press of well-known first- and second-class'
    >>> join(["a si-", "lent gov-", "ernment, a govern-", "ment of co-", "authors"])
    'a silent gov-ernment, a government of co-authors'
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
        whole = f"{head}-{follower}" not in words and (
            head + follower in words or _is_torn(broken[1], next_word[0], words)
        )
        return (before[:-1] if whole else before), ""
    if before and _NO_SPACE.match(before[-1]) and _NO_SPACE.match(after[0]):
        return before, ""
    return before, " "


def _is_torn(head: str, follower: str, words: Collection[str]) -> bool:
    """Whether a half of a word broken at a line's end is plainly no word: an ending, or two letters that are none.

    Both halves are written small but for a first letter, and neither is a word of the text; "AI-based" is two.
    """
    if not follower.islower() or not (head.islower() or (head.istitle() and len(head) > 1)):
        return False
    if follower in _ENDINGS:
        return follower not in words and len(head) >= _TORN
    short = len(head) == _TORN and head.lower() not in _OWN and len(follower) >= _LONG
    return short and head.lower() not in words and follower not in words
