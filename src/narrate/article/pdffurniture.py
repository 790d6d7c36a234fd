"""Running heads, feet and page numbers: what the pages of a document have at their edges, again and again."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from narrate.model import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from narrate.article.pdftext import Line

_EDGE_ROWS = 3
"""How many rows from the top and the foot of a page may be furniture."""
_EDGE_PART = 0.2
"""They stand in this part of the page's height, at its top or its foot."""
_OFTEN = 3
_WHITE_EM = 1.35
_NUMBER = re.compile(r"\d+")
_ONLY_NUMBER = re.compile(
    r"\W*(?:(?:page|seite|p\.|pág(?:ina)?\.?|pagina)\s*)?(?P<n>\d{1,4}|[ivxlc]{1,8}|[A-Z]{1,2}[-.]?\d{1,3})"
    r"(?:\s*(?:/|of|von|de|sur|di)\s*\d{1,4})?\W*",
    re.IGNORECASE,
)
_AT_AN_END = re.compile(r"^\W*(\d{1,4})\b.*[^\W\d]|[^\W\d].*\b(\d{1,4})\W*$", re.DOTALL)
_SHORT = 120

Found = dict[int, Reason]
"""By the place of a line in the list of its page."""


def furniture(pages: Sequence[tuple[float, Sequence[Line]]]) -> list[Found]:
    """For each page, given as its height and its lines, which of them are furniture and of what kind."""
    edges = [list(_edge(height, lines)) for height, lines in pages]
    often = _often(edges, pages)
    offset = _offset(edges, pages)
    return [
        {at: reason for side in _sides(height, lines) for at, reason in _outermost(side, lines, number, often, offset)}
        for number, (height, lines) in enumerate(pages)
    ]


def _outermost(
    side: Sequence[int], lines: Sequence[Line], number: int, often: set[tuple[str, int]], offset: int | None
) -> list[tuple[int, Reason]]:
    """The furniture at one edge, given from the edge inwards.

    No other row is between it and the edge, and more white than between lines on its other side.
    """
    found: list[tuple[int, Reason]] = []
    sure = 0
    for place, at in enumerate(side):
        reason = _reason(lines[at], number, often, offset) if len(found) == place else None
        if reason is None:
            break
        found.append((at, reason))
        inner = side[place + 1] if place + 1 < len(side) else None
        if inner is None or abs(lines[inner].base - lines[at].base) > _WHITE_EM * lines[at].size:
            sure = len(found)
    return found[:sure]


def _sides(height: float, lines: Sequence[Line]) -> tuple[list[int], list[int]]:
    """The lines near the top of a page, and near its foot, from the edge inwards; one more than may be furniture."""
    order = sorted(range(len(lines)), key=lambda at: -lines[at].base)
    top = [at for at in order if lines[at].base >= (1 - _EDGE_PART) * height]
    foot = [at for at in reversed(order) if lines[at].base <= _EDGE_PART * height]
    return top[: _EDGE_ROWS + 1] or order[:1], foot[: _EDGE_ROWS + 1] or order[-1:]


def _edge(height: float, lines: Sequence[Line]) -> Iterator[int]:
    """The lines that may be furniture, by their places."""
    for side in _sides(height, lines):
        yield from (at for at in side[:_EDGE_ROWS] if len(lines[at].text) <= _SHORT)


def _key(line: Line) -> tuple[str, int]:
    """What a running head has in common with itself on other pages: its words, without numbers, and its height."""
    return _NUMBER.sub("#", " ".join(line.text.casefold().split())), round(line.base / 4)


def _often(edges: Sequence[Sequence[int]], pages: Sequence[tuple[float, Sequence[Line]]]) -> set[tuple[str, int]]:
    """The keys of lines that stand on enough pages: three, or both of two."""
    counts: Counter[tuple[str, int]] = Counter()
    for (_, lines), edge in zip(pages, edges, strict=True):
        for text, height in {_key(lines[at]) for at in edge}:
            counts.update({(text, height), (text, height + 1)})  # two neighbouring steps of height are one
    needed = min(_OFTEN, max(2, len(pages)))
    return {key for key, count in counts.items() if count >= needed and key[0].strip("# ")}


def _offset(edges: Sequence[Sequence[int]], pages: Sequence[tuple[float, Sequence[Line]]]) -> int | None:
    """What the printed number of most pages is more than their place in the file; None where they have none."""
    counts: Counter[int] = Counter()
    for number, ((_, lines), edge) in enumerate(zip(pages, edges, strict=True)):
        counts.update({printed - number for at in edge for printed in _printed(lines[at].text)})
    offset, count = counts.most_common(1)[0] if counts else (0, 0)
    return offset if count >= min(_OFTEN, max(2, len(pages))) else None


def _printed(text: str) -> list[int]:
    """The numbers that may be a page's own in a line at its edge: alone, first or last.

    >>> _printed("- 12 -"), _printed("12 BREAD AND SALT"), _printed("Page 3 of 10"), _printed("In 1999 it rained.")
    ([12], [12], [3], [])
    """
    alone = _ONLY_NUMBER.fullmatch(text)
    if alone:
        return [int(alone["n"])] if alone["n"].isdecimal() else []
    ends = _AT_AN_END.search(text.strip())
    return [int(number) for number in ends.groups() if number] if ends else []


def _reason(line: Line, number: int, often: set[tuple[str, int]], offset: int | None) -> Reason | None:
    alone = _ONLY_NUMBER.fullmatch(line.text)
    text, height = _key(line)
    if alone and not alone["n"].isdecimal():
        return Reason.PAGE_NUMBER
    if alone and (offset is None or int(alone["n"]) in {number + offset, number + 1}):
        return Reason.PAGE_NUMBER
    if {(text, height), (text, height + 1)} & often:
        return Reason.REPEATED
    if offset is not None and number + offset in _printed(line.text):
        return Reason.PAGE_NUMBER if alone else Reason.REPEATED
    return None
