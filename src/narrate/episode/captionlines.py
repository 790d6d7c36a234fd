"""Sentences cut into captions: at most two lines of 42 characters, each with the time of its own words.

The measures are those of subtitling for languages with an alphabet (BBC Subtitle Guidelines; Netflix Timed Text
Style Guide: 42 characters, two lines). A character of Chinese, Japanese or Korean is as wide as two of these.
A caption ends where the sentence pauses, if there is room, and its lines are about as long as each other.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING
from unicodedata import combining, east_asian_width

from narrate.episode.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from narrate.model import Cue

LINE_CHARACTERS = 42
LINES = 2

_PAUSES = tuple(",;:.!?…—–)]»”，、；：。！？")
_A_CAPTION, _SHORT = 10_000.0, 300.0
"""What a caption more costs, and one of a word or two."""
_NO_PAUSE, _CLINGS = 400.0, 400.0
"""What it costs to end one where nothing pauses, and after a number or a word so short that the next belongs to it."""
_CLINGING_CHARACTERS = 3
_LINE_FOR_PAUSE, _LINE_FOR_CLINGING = 6, 8
"""How much longer the longer line may be for a break at a pause, and for one not after such a word."""
_SHORT_CHARACTERS = 14
_MOST_BEFORE, _MOST_AFTER = 20, 1


_Around = tuple[int, int]
"""How wide that is which stands before and after a caption."""


@dataclass(frozen=True, slots=True)
class _Token:
    """What no line break divides, when it begins to be heard, and whether a blank stands before it."""

    text: str
    start_ms: int
    spaced: bool


def captions_of(cue: Cue, before: str = "", after: str = "") -> Iterator[tuple[Cue, tuple[str, ...]]]:
    """The cue in parts, each with its lines; their texts hold every character of the cue's that is no white space.

    There is room for what somebody writes `before` and `after` each part, if that is no more than half a line.
    """
    around = (min(width(before), _MOST_BEFORE), min(width(after), _MOST_AFTER))
    tokens = list(_tokens(cue, LINE_CHARACTERS - sum(around)))
    cuts = _best_cuts(tuple(tokens), around)
    ends_ms = [tokens[cut].start_ms for cut in cuts[1:-1]] + [cue.end_ms]
    starts_ms = [cue.start_ms, *ends_ms[:-1]]
    for first, last, start_ms, end_ms in zip(cuts, cuts[1:], starts_ms, ends_ms, strict=False):
        lines = _lines(tokens[first:last], around)
        words = tuple(word for word in cue.words if start_ms <= word.start_ms < end_ms)
        yield replace(cue, start_ms=start_ms, end_ms=end_ms, text=" ".join(lines), words=words), lines


def width(text: str) -> int:
    """How many characters of a line a text takes.

    >>> width("naïve"), width("日本"), width("e\u0301")
    (5, 4, 1)
    """
    return sum(2 if east_asian_width(each) in "WF" else 1 for each in text if not combining(each))


def _tokens(cue: Cue, room: int) -> Iterator[_Token]:
    """The cue's text at its blanks, and inside where a piece is longer than a line has room."""
    text, times = one_line(cue.text), _times(cue)
    at = 0
    for piece in text.split():
        at = text.index(piece, at)
        spaced = at > 0
        for part in _parts(piece, room):
            yield _Token(part, times[at], spaced)
            at, spaced = at + len(part), False


def _parts(piece: str, room: int) -> Iterator[str]:
    """A piece that fits into a line as it is; a longer one in as many parts as it needs."""
    while width(piece) > room:
        widths = list(accumulate(map(width, piece)))
        most = sum(1 for each in widths if each <= room)
        pause = max((place + 1 for place in range(most) if piece[place] in _PAUSES or piece[place] in "/-"), default=0)
        cut = pause if pause > most // 2 else most
        yield piece[:cut]
        piece = piece[cut:]
    if piece:
        yield piece


def _times(cue: Cue) -> list[int]:
    """When each character of the text is heard: by the words where they are timed, else shared out evenly."""
    text = one_line(cue.text)
    knots = [(0, cue.start_ms)]
    at = 0
    for word in cue.words:
        said = one_line(word.text)
        found = text.find(said, at)
        if said and found >= 0 and found > knots[-1][0] and word.start_ms >= knots[-1][1]:
            knots.append((found, word.start_ms))
        at = max(found, at) + (len(said) if found >= 0 else 0)
    knots.append((len(text), cue.end_ms))
    times: list[int] = []
    for (first, start_ms), (last, end_ms) in pairwise(knots):
        times += [start_ms + (end_ms - start_ms) * place // (last - first) for place in range(last - first)]
    return times


def _best_cuts(tokens: tuple[_Token, ...], around: _Around) -> list[int]:
    """Where captions begin and the last one ends, at the least cost in all."""
    best: list[tuple[float, int]] = [(0.0, 0)]
    for last in range(1, len(tokens) + 1):
        options = []
        for first in range(last - 1, -1, -1):
            cost = _cost(tokens[first:last], around, at_end=last == len(tokens))
            if cost is None:
                break
            options.append((best[first][0] + cost, first))
        best.append(min(options))
    cuts = [len(tokens)]
    while cuts[-1]:
        cuts.append(best[cuts[-1]][1])
    return cuts[::-1]


def _cost(tokens: Sequence[_Token], around: _Around, *, at_end: bool) -> float | None:
    """What a caption of these costs; None where they do not fit into one."""
    whole = _joined(tokens)
    if len(_lines(tokens, around)) > LINES:
        return None
    # Two captions of one size are better than a full one and a rest, so room left over costs by its square.
    spare = (1 - width(whole) / (LINES * LINE_CHARACTERS)) ** 2
    ending = 0 if at_end or whole.endswith(_PAUSES) else _NO_PAUSE + _CLINGS * _clings(whole)
    return _A_CAPTION + ending + (_SHORT if len(whole) < _SHORT_CHARACTERS else 0) + 500 * spare


def _clings(text: str) -> bool:
    """Whether its last word belongs to the next one: "$9.1" to "million", "the" to what it is.

    >>> _clings("stole $9.1"), _clings("out of"), _clings("two months")
    (True, True, False)
    """
    last = text.rpartition(" ")[2]
    return last[-1:].isdigit() or (len(last) <= _CLINGING_CHARACTERS and last.isalpha())


def _lines(tokens: Sequence[_Token], around: _Around) -> tuple[str, ...]:
    """The tokens in one line, or in two of which the longer one is as short as can be, or in more if they must."""
    return _broken(tuple((token.text, token.spaced) for token in tokens), around)


@lru_cache(maxsize=1024)
def _broken(tokens: tuple[tuple[str, bool], ...], around: _Around) -> tuple[str, ...]:
    whole = _text(tokens)
    before, after = around
    if before + width(whole) + after <= LINE_CHARACTERS:
        return (whole,)
    pairs = ((_text(tokens[:cut]), _text(tokens[cut:])) for cut in range(1, len(tokens)))
    fitting = [
        (first, last) for first, last in pairs if max(before + width(first), width(last) + after) <= LINE_CHARACTERS
    ]
    if not fitting:
        return (*(text for text, _ in tokens), "")
    return min(fitting, key=_unrest)


def _unrest(lines: tuple[str, str]) -> int:
    """How far two lines are from being short, alike, and parted where one may breathe."""
    pauses = _LINE_FOR_PAUSE * lines[0].endswith(_PAUSES)
    return max(map(width, lines)) - pauses + _LINE_FOR_CLINGING * _clings(lines[0])


def _joined(tokens: Sequence[_Token]) -> str:
    return _text([(token.text, token.spaced) for token in tokens])


def _text(tokens: Sequence[tuple[str, bool]]) -> str:
    return "".join(f" {text}" if spaced and place else text for place, (text, spaced) in enumerate(tokens))
