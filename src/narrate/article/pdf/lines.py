"""The pieces of a page to lines: what stands on one base line, with blanks where there is white.

What is smaller and raised or lowered belongs to its neighbour's line; wide gaps divide a line into cells.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from narrate.article.pdf.columns import cut
from narrate.article.pdf.margin import numbers_of_lines
from narrate.article.pdf.text import Cell, Line, Look, Stretch, is_right_to_left

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from narrate.article.pdf.text import Page, Piece

_NEAR_EM = 0.8
"""Pieces nearer than this, in sizes of their font, are neighbours in a line."""
_CELL_EM = 1.6
_BLANK_EM = 0.18
_RAISED_SIZE = 0.82
_RAISED_EM = 0.18
_LIMIT_EM = 1.5
_MARK_CHARACTERS = 4
_MARKER = re.compile(r"[^\w\s]|[\[(]?(?:\d{1,3}|[A-Za-z]|[ivx]{1,4})(?:\.\d{1,3})*[\]).]?")

Segment = tuple["Piece", ...]
"""Pieces of one line that stand close together, from left to right."""


Row = tuple["Line", tuple["Line", ...]]
"""A row of a page as one line, and the parts of it that stand apart."""


def rows(page: Page) -> list[Row]:
    """The rows of a page from top to bottom; what is turned otherwise than most of it stands at the end."""
    found = [_line(segment, page.number) for segment in _segments(_upright(page.pieces))]
    counted = numbers_of_lines(found)
    found = [line for line in found if line not in counted]
    rtl = are_right_to_left(found)
    angle = _angle(page.pieces)
    turned = [_line((piece,), page.number) for piece in page.pieces if piece.angle != angle]
    made = [(_joined(row, rtl=rtl), tuple(row)) for row in _by_base(found)]
    return [*made, *((line, ()) for line in [*turned, *counted] if line.text.strip())]


def regions(kept: Sequence[Row]) -> list[list[Line]]:
    """The lines of rows, a list for each column or band that is read from top to bottom, in reading order."""
    parts = [line for _, row in kept for line in row]
    rtl = are_right_to_left(parts)
    read = [[_joined(row, rtl=rtl) for row in _by_base(region)] for region in cut(parts, 0, rtl=rtl)]
    return [*filter(None, read), *([whole] for whole, row in kept if not row)]


def are_right_to_left(lines: Sequence[Line]) -> bool:
    """Whether most letters of lines run from right to left."""
    return is_right_to_left("".join(line.text for line in lines))


def _angle(pieces: Sequence[Piece]) -> int:
    """The angle of most of a page's characters."""
    angles: Counter[int] = Counter()
    for piece in pieces:
        angles[piece.angle] += len(piece.text)
    return angles.most_common(1)[0][0] if angles else 0


def _upright(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces that stand as most do, as if the page were turned so that they are upright."""
    angle = _angle(pieces)
    kept = [piece for piece in pieces if piece.angle == angle]
    return kept if angle == 0 else [_turned(piece, angle) for piece in kept]


def _turned(piece: Piece, angle: int) -> Piece:
    # How far a turned line goes is not asked for; half a size for each character is near enough to find blanks.
    left, base = {1: (-piece.base, piece.left), 2: (-piece.right, -piece.base), 3: (piece.base, -piece.left)}[angle]
    return replace(piece, left=left, right=left + len(piece.text) * piece.size / 2, base=base, angle=0)


def _segments(pieces: Sequence[Piece]) -> Iterator[Segment]:
    """Pieces on one base line with no wide gap between them."""
    for row in _on_one_line(sorted(pieces, key=lambda piece: -piece.base)):
        held: list[Piece] = []
        edge = 0.0
        for piece in sorted(row, key=lambda piece: (piece.left, piece.first)):
            if held and piece.left - edge > _NEAR_EM * max(piece.size, held[-1].size):
                yield tuple(held)
                held = []
            edge = max(edge, piece.right) if held else piece.right
            held.append(piece)
        yield tuple(held)


def _on_one_line(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Pieces, highest first, by the lines that they stand on; what is raised or lowered belongs to its neighbour."""
    rows: list[list[Piece]] = []
    small: list[Piece] = []
    usual = _usual_size(pieces)
    largest = max((piece.size for piece in pieces), default=0.0)
    for piece in pieces:
        short = len(piece.text.strip()) <= _MARK_CHARACTERS and piece.size < _RAISED_SIZE * largest
        if short or piece.size < _RAISED_SIZE * usual:
            small.append(piece)
        elif rows and rows[-1][0].base - piece.base < 0.25 * piece.size:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    for piece in sorted(small, key=lambda piece: (-piece.size, piece.left)):
        _place(piece, rows)
    return rows


def _place(piece: Piece, rows: list[list[Piece]]) -> None:
    """Put a small piece into the row that it is a raised or lowered part of, or into one of its own size."""
    alone: list[Piece] | None = None
    for row in rows:
        off = piece.base - row[0].base
        if _is_limit(piece, row) or _goes_on(piece, row):
            row.append(piece)
            return
        same = math.isclose(row[0].size, piece.size, rel_tol=0.1)
        if same and abs(off) < 0.25 * piece.size:
            alone = row
        if same or not -0.35 * row[0].size < off < 0.65 * row[0].size:
            continue
        if any(
            -0.6 * other.size < piece.left - other.right < 0.35 * other.size
            or -0.1 * other.size < other.left - piece.right < 0.35 * other.size
            for other in row
            if other.size > piece.size
        ):
            row.append(piece)
            return
    if alone is not None:
        alone.append(piece)
    else:
        rows.append([piece])


def _is_limit(piece: Piece, row: Sequence[Piece]) -> bool:
    """Whether a small piece stands over, under or behind a large operator or a bracket of a row."""
    return any(
        abs(piece.base - other.base) < _LIMIT_EM * other.size
        and piece.left < other.right + 0.3 * other.size
        and piece.right > other.left - 0.5 * other.size
        for other in row
        if other.face.coding == "OMX" and other.size > piece.size
    )


def _goes_on(piece: Piece, row: Sequence[Piece]) -> bool:
    """Whether a small piece stands right behind another that is raised or lowered as it is: the 1 of a power of -1."""
    return any(
        abs(piece.base - other.base) < 0.1 * piece.size and -0.1 < (piece.left - other.right) / piece.size < 0.3  # noqa: PLR2004 # sizes
        for other in row
        if other.size < _RAISED_SIZE * row[0].size
    )


def _usual_size(pieces: Sequence[Piece]) -> float:
    sizes: Counter[float] = Counter()
    for piece in pieces:
        sizes[round(piece.size, 1)] += len(piece.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _line(segment: Segment, page: int) -> Line:
    """A segment as a line: its text in logical order, and what of it stands out."""
    if any(is_right_to_left(piece.text) for piece in segment):
        segment = tuple(sorted(segment, key=lambda piece: piece.first))
    main = max(segment, key=lambda piece: (len(piece.text.strip()) * piece.size, piece.size))
    text, stretches = "", []
    before: Piece | None = None
    for piece in segment:
        blank = before is not None and _apart(before, piece, text)
        text += " " if blank else ""
        stretches += [Stretch(look, len(text), len(text) + len(piece.text)) for look in _looks(piece, main)]
        text += piece.text
        before = piece
    said = [piece for piece in segment if piece.text.strip()]
    return Line(
        text,
        min(piece.left for piece in segment),
        max(piece.right for piece in segment),
        main.base,
        main.size,
        bold=bool(said) and all(piece.face.bold for piece in said),
        mono=bool(said) and all(piece.face.mono for piece in said),
        sans=bool(said) and all(piece.face.sans for piece in said),
        page=page,
        stretches=tuple(stretches),
    )


def _looks(piece: Piece, main: Piece) -> Iterator[Look]:
    if piece.size < _RAISED_SIZE * main.size and piece.base > main.base + _RAISED_EM * main.size:
        yield Look.RAISED
    if piece.face.bold:
        yield Look.BOLD
    if piece.face.italic:
        yield Look.ITALIC
    if piece.face.maths:
        yield Look.MATHS


def _apart(before: Piece, piece: Piece, text: str) -> bool:
    """Whether there is a blank between neighbours: the library says so where it read them one after the other."""
    if text.endswith(" ") or piece.text.startswith(" "):
        return False
    gap = piece.left - before.right
    if piece.size < _RAISED_SIZE * before.size and abs(piece.base - before.base) > 0.1 * before.size:
        return gap > 2 * _BLANK_EM * before.size  # an exponent, an index, the number of a note
    if piece.first == before.last + 1 and not piece.spaced:
        return gap > 2 * _BLANK_EM * piece.size
    if piece.spaced and before.last < piece.first <= before.last + 3:
        return True
    return abs(gap) > _BLANK_EM * min(piece.size, before.size)


def _by_base(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines by the base line that they stand on, from top to bottom."""
    found: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: -line.base):
        if found and abs(found[-1][0].base - line.base) < 0.3 * min(line.size, found[-1][0].size):
            found[-1].append(line)
        else:
            found.append([line])
    return found


def _is_marker(text: str) -> bool:
    """Whether a text is no cell but a bullet, or the number of an item, a section or a note."""
    return _MARKER.fullmatch(text.strip()) is not None


def _joined(row: Sequence[Line], *, rtl: bool) -> Line:
    """Lines side by side as one, with cells."""
    row = sorted(row, key=lambda line: -line.right if rtl else line.left)
    if len(row) == 1:
        return row[0]
    text, stretches, cells = "", [], [Cell(row[0].text, row[0].left, row[0].right)]
    for at, line in enumerate(row):
        text += " " if at and not text.endswith(" ") else ""
        stretches += [Stretch(each.look, each.start + len(text), each.end + len(text)) for each in line.stretches]
        text += line.text
        gap = max(line.left - row[at - 1].right, row[at - 1].left - line.right)
        if at and gap > _CELL_EM * line.size and not (at == 1 and _is_marker(row[0].text)):
            cells.append(Cell(line.text, line.left, line.right))
        elif at:
            last = cells[-1]
            cells[-1] = Cell(f"{last.text} {line.text}", min(last.left, line.left), max(last.right, line.right))
    main = max(row, key=lambda line: len(line.text))
    return replace(
        main,
        text=text,
        left=min(line.left for line in row),
        right=max(line.right for line in row),
        bold=all(line.bold for line in row),
        mono=all(line.mono for line in row),
        sans=all(line.sans for line in row),
        stretches=tuple(stretches),
        cells=tuple(cells) if len(cells) > 1 else (),
    )
