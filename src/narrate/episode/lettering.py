"""Letters on covers: a typeface that has them, and lines that fit a box.

Inter Display Bold comes with narrate and has Latin, Greek and Cyrillic letters; it is
drawn without the text-shaping library, with kerning of our own, so that covers have the
same bytes on every machine. For other scripts the system's fonts are looked through;
where none has all the letters, or they need shaping that cannot be done here, there is
no typeface, and the cover does without text rather than show boxes.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import bidirectional, category, east_asian_width, normalize

from PIL import ImageFont, features

from narrate.episode.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL import ImageDraw

_UNITS = 2048
"""Units of the kerning table in the size of the letters."""
_PROBE_PX = 24
_NOWHERE = "\U0010ffff"
"""No font has it: what is drawn for it is the box for letters that are missing."""
_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
    "~/Library/Fonts",
    "C:/Windows/Fonts",
)
_FAMILIES = (
    "notosans", "dejavusans", "pingfang", "hiragino", "applesdgothicneo", "sfarabic", "geezapro", "arialhb", "kohinoor",
    "msyh", "yugoth", "malgun", "segoeui", "nirmala", "leelawui", "tahoma", "arial", "wqy", "ipag", "nanum", "sarasa",
    "droidsansfallback", "freesans", "unifont",
)  # fmt: skip
"""Families worth showing, best first, by how their files' names begin."""
_SHAPED = (range(0x0900, 0x0E00), range(0x0F00, 0x10A0), range(0x1780, 0x1800))
"""Indic, Tibetan, Burmese and Khmer letters change places and shapes."""


@dataclass(frozen=True, slots=True)
class Face:
    """A typeface: the file of a font of the system, or "" for narrate's own; `rtl` if lines begin at the right."""

    path: str = ""
    rtl: bool = False

    def width(self, text: str, size_px: int) -> float:
        """How wide a line of text is."""
        width = self._font(size_px).getlength(text, direction=self._direction)
        return width + (sum(kern for _, kern in _runs(text)) * size_px / _UNITS if not self.path else 0)

    def draw(self, on: ImageDraw.ImageDraw, at: tuple[float, float], text: str, size_px: int, colour: str) -> None:
        """A line of text; `at` is the left end of its base line."""
        font = self._font(size_px)
        if self.path:
            on.text(at, text, colour, font, anchor="ls", direction=self._direction)
            return
        left, base = at
        for run, kern in _runs(text):
            on.text((left, base), run, colour, font, anchor="ls")
            left += font.getlength(run) + kern * size_px / _UNITS

    def has(self, letter: str) -> bool:
        """Whether it has a glyph for a letter."""
        font = self._font(_PROBE_PX)
        return bytes(font.getmask(letter)) != bytes(font.getmask(_NOWHERE))

    @property
    def _direction(self) -> str | None:
        return "rtl" if self.rtl and _can_shape() else None

    def _font(self, size_px: int) -> ImageFont.FreeTypeFont:
        return _font(self.path, size_px)


def face_for(text: str) -> tuple[Face, str]:
    """A typeface and the text as it can be drawn: emoji and other signs that the typeface lacks are left out.

    The text is "" where no typeface has its letters.
    """
    wanted = normalize("NFC", one_line(text))
    letters = sorted({char for char in wanted if category(char)[0] in "LN"})
    if not letters or (_must_be_shaped(wanted) and not _can_shape()):
        return Face(), ""
    rtl = next((bidirectional(char) != "L" for char in wanted if bidirectional(char) in {"L", "R", "AL"}), False)
    for path in ("", *_system_fonts()):
        face = Face(path, rtl)
        if all(map(face.has, letters)):
            return face, _drawable(wanted, face)
    return Face(), ""


def _drawable(text: str, face: Face) -> str:
    kept = (char for char in text if char.isspace() or category(char)[0] == "M" or face.has(char))
    return one_line("".join(char for char in kept if not 0xFE00 <= ord(char) <= 0xFE0F))  # noqa: PLR2004 - selectors


def _must_be_shaped(text: str) -> bool:
    return any(bidirectional(char) in {"R", "AL"} or any(ord(char) in block for block in _SHAPED) for char in text)


@cache
def _can_shape() -> bool:
    return bool(features.check("raqm"))


@cache
def _system_fonts() -> tuple[str, ...]:
    """Files of known families, best first, bold before regular, in an order that depends on nothing but the files."""
    found = (
        Path(folder, name)
        for root in _FOLDERS
        for folder, _, names in os.walk(Path(root).expanduser())
        for name in names
        if name.lower().endswith((".ttf", ".otf", ".ttc")) and _family(name) < len(_FAMILIES)
    )
    return tuple(str(path) for path in sorted(found, key=_preference))


def _family(name: str) -> int:
    plain = name.lower().replace("-", "").replace(" ", "")
    return next((rank for rank, family in enumerate(_FAMILIES) if plain.startswith(family)), len(_FAMILIES))


def _preference(path: Path) -> tuple[int, bool, bool, str]:
    name = path.name.lower()
    slanted = any(word in name for word in ("italic", "oblique", "mono", "condensed", "light", "thin"))
    return _family(name), slanted, "bold" not in name and not name.endswith("bd.ttf"), str(path)


@cache
def _font(path: str, size_px: int) -> ImageFont.FreeTypeFont:
    if not path:
        own = BytesIO((files("narrate.episode") / "fonts" / "InterDisplay-Bold-subset.otf").read_bytes())
        return ImageFont.truetype(own, size_px, layout_engine=ImageFont.Layout.BASIC)
    return ImageFont.truetype(path, size_px)


@cache
def _kerning() -> dict[str, int]:
    """Pairs of letters and how much nearer (below 0) they stand."""
    table = (files("narrate.episode") / "fonts" / "kerning.txt").read_text("utf-8")
    return {line[:2]: int(line[3:]) for line in table.splitlines()}


def _runs(text: str) -> Iterator[tuple[str, int]]:
    """The text in runs that need no kerning inside, each with the kerning after it."""
    kerning, start = _kerning(), 0
    for index in range(1, len(text)):
        kern = kerning.get(text[index - 1 : index + 1], 0)
        if kern:
            yield text[start:index], kern
            start = index
    if text:
        yield text[start:], 0


_LEADING = 1.12
_REFERENCE_PX = 200
_LONGEST_PIECE = 26
"""Longer words (addresses, mostly) are broken, or no size would hold them."""
_NEVER_FIRST = "、。，．・：；？！）」』】》〉ー々〜%％°"


@dataclass(frozen=True, slots=True)
class Setting:
    """Lines of text at a size that fits."""

    size_px: int
    lines: tuple[str, ...]

    @property
    def leading_px(self) -> int:
        """From one base line to the next."""
        return round(self.size_px * _LEADING)


def set_lines(text: str, face: Face, box: tuple[int, int], sizes: range) -> Setting:
    """The largest of the descending `sizes` at which the text fits a box of width and height in px, lines balanced.

    At the smallest size what is too much is cut off with an ellipsis.
    """
    pieces = _pieces(text)
    widths = [face.width(piece.strip(), _REFERENCE_PX) for piece in pieces]
    gap = face.width("n n", _REFERENCE_PX) - 2 * face.width("n", _REFERENCE_PX)
    for size in sizes:
        wide, rows = box[0] * _REFERENCE_PX / size, int(box[1] / (size * _LEADING))
        starts = _breaks(pieces, widths, gap, wide)
        if rows and len(starts) <= rows and max(widths) <= wide:
            return Setting(size, _joined(pieces, _balanced(pieces, widths, gap, wide)))
    size = sizes[-1]
    lines = _joined(pieces, _breaks(pieces, widths, gap, box[0] * _REFERENCE_PX / size))
    kept = lines[: max(1, int(box[1] / (size * _LEADING)))]
    return Setting(size, (*kept[:-1], kept[-1].rstrip(" .,;:") + "…"))


def _pieces(text: str) -> list[str]:
    """What a line is not broken in: words, and ideographs by themselves. A space in front says that there is one."""
    pieces: list[str] = []
    for word in text.split():
        fresh = " "
        for char in word:
            wide = east_asian_width(char) in "WF" or (bool(pieces) and east_asian_width(pieces[-1][-1]) in "WF")
            breakable = (wide and char not in _NEVER_FIRST) or (bool(pieces) and len(pieces[-1]) > _LONGEST_PIECE)
            if fresh or breakable:
                pieces.append(fresh + char)
            else:
                pieces[-1] += char
            fresh = ""
    return pieces


def _breaks(pieces: list[str], widths: list[float], gap: float, wide: float) -> list[int]:
    """Where lines begin if each takes what it can."""
    starts, filled = [0], 0.0
    for index, (piece, width) in enumerate(zip(pieces, widths, strict=True)):
        step = width + (gap if piece.startswith(" ") and filled else 0)
        if filled and filled + step > wide:
            starts.append(index)
            filled = width
        else:
            filled += step
    return starts


def _balanced(pieces: list[str], widths: list[float], gap: float, wide: float) -> list[int]:
    """The same number of lines in the narrowest box that takes no more: the lines come out alike."""
    starts = _breaks(pieces, widths, gap, wide)
    low, high = max(widths), wide
    for _ in range(12):
        middle = (low + high) / 2
        tried = _breaks(pieces, widths, gap, middle)
        if len(tried) <= len(starts):
            starts, high = tried, middle
        else:
            low = middle
    return starts


def _joined(pieces: list[str], starts: list[int]) -> tuple[str, ...]:
    ends = [*starts[1:], len(pieces)]
    return tuple("".join(pieces[start:end]).strip() for start, end in zip(starts, ends, strict=True))
