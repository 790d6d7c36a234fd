"""Cover art drawn from a title: a ground, the title large, and the shape of sound.

Colours and shape follow from the title's digest, so an episode keeps its face. Drawn
lengths are in thousandths of the side.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b
from io import BytesIO
from math import pi, sin
from typing import TYPE_CHECKING

from PIL import Image, ImageColor, ImageDraw

from narrate.episode.lettering import Setting, face_for, set_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from narrate.episode.lettering import Face

EPISODE_PX = 1_400
SHOW_PX = 3_000


class Motif(StrEnum):
    """The shape of sound on a cover: the wave of an episode, the rings of a show."""

    WAVE = "wave"
    RINGS = "rings"


@dataclass(frozen=True, slots=True)
class Palette:
    """Ground, letters and a second colour; both stand out from the ground by 4.5 to 1 or more (WCAG 2.2, 1.4.3)."""

    ground: str
    ink: str
    accent: str


PALETTES = (
    Palette("#14213d", "#fdf6e3", "#fca311"),
    Palette("#16382c", "#f4f1de", "#e9b44c"),
    Palette("#3b1c32", "#fbe9e7", "#f2867f"),
    Palette("#17202a", "#f0f4f8", "#4fd1c5"),
    Palette("#6e2618", "#fff3e0", "#ffc078"),
    Palette("#f6efe4", "#2b2118", "#b0402a"),
    Palette("#e2ecf1", "#122d4a", "#1f6096"),
    Palette("#0c4048", "#ecf6f4", "#ffd166"),
)

_MARGIN = 80
_TITLE_TOP = 165
_TITLE_BOTTOM = {Motif.WAVE: 640, Motif.RINGS: 490}
_TITLE_SIZES = (150, 44)
_SUBTITLE_SIZE = 36
_JPEG = {"quality": 86, "subsampling": 0}
"""Whole colour resolution: letters on a coloured ground fringe without it."""


def draw_cover(title: str, subtitle: str, size_px: int, motif: Motif = Motif.WAVE) -> bytes:
    """A square RGB JPEG of `size_px`; the same arguments give the same bytes (with the same Pillow)."""
    digest = blake2b(title.encode("utf-8", "replace"), digest_size=64).digest()
    palette = PALETTES[digest[0] % len(PALETTES)]
    image = Image.new("RGB", (size_px, size_px), palette.ground)
    _MOTIFS[motif](image, palette, digest, _BELOW if face_for(title)[1] else _ALONE)
    top = _TITLE_TOP if subtitle else _MARGIN
    _letter(image, title, _Place(top, _TITLE_BOTTOM[motif] - top, _TITLE_SIZES, palette.ink))
    _letter(image, subtitle, _Place(_MARGIN, 50, (_SUBTITLE_SIZE, _SUBTITLE_SIZE - 1), palette.accent))
    out = BytesIO()
    image.save(out, "JPEG", **_JPEG)
    return out.getvalue()


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, 1 to 21 (WCAG 2.2, "contrast ratio").

    >>> contrast("#000000", "#ffffff"), round(contrast("#777777", "#ffffff"), 2)
    (21.0, 4.48)
    """
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    shares = (channel / 255 for channel in ImageColor.getrgb(colour)[:3])
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]  # noqa: PLR2004 - sRGB
    return sum(weight * share for weight, share in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where text goes between the margins, and from the largest to the smallest size it may have."""

    top: int
    height: int
    sizes: tuple[int, int]
    colour: str


def _letter(image: Image.Image, text: str, place: _Place) -> None:
    face, drawable = face_for(text)
    if not drawable:
        return
    unit = image.width / 1000
    box = (round((1000 - 2 * _MARGIN) * unit), round(place.height * unit))
    sizes = range(round(place.sizes[0] * unit), round(place.sizes[1] * unit) - 1, -max(1, round(2 * unit)))
    setting = set_lines(drawable, face, box, sizes)
    _draw(image, setting, face, place)


def _draw(image: Image.Image, setting: Setting, face: Face, place: _Place) -> None:
    unit, on = image.width / 1000, ImageDraw.Draw(image)
    base = place.top * unit + setting.size_px * 0.78
    for line in setting.lines:
        left = (1000 - _MARGIN) * unit - face.width(line, setting.size_px) if face.rtl else _MARGIN * unit
        face.draw(on, (left, base), line, setting.size_px, place.colour)
        base += setting.leading_px


@dataclass(frozen=True, slots=True)
class _Room:
    """The room a motif has: the middle and half height of the wave, the reach of the rings."""

    middle: int
    half: int
    reach: int


_BELOW = _Room(800, 120, 505)
"""Under a title."""
_ALONE = _Room(530, 270, 900)
"""Where no typeface has the title's letters, the motif is the cover."""
_BARS = 40
_BAR_STEP = (1000 - 2 * _MARGIN) / _BARS


def _wave(image: Image.Image, palette: Palette, digest: bytes, room: _Room) -> None:
    """Bars with round ends, as a player draws sound: what is heard in the accent, the rest faint."""
    side, unit = image.width, 2 * image.width / 1000
    mask = Image.new("L", (2 * side, round(2 * room.half * unit)))
    on = ImageDraw.Draw(mask)
    for index, share in enumerate(_swell(digest)):
        left = (_MARGIN + index * _BAR_STEP) * unit
        up, down = (room.half * (1 - share) * unit, room.half * (1 + share) * unit)
        on.rounded_rectangle((left, up, left + _BAR_STEP * 0.56 * unit, down), _BAR_STEP * 0.28 * unit, 255)
    mask = mask.reduce(2)
    heard = round((_MARGIN + (12 + digest[1] % 12) * _BAR_STEP) * side / 1000)
    top = round((room.middle - room.half) * side / 1000)
    image.paste(palette.accent, (0, top), mask.crop((0, 0, heard, mask.height)))
    faint = mask.crop((heard, 0, side, mask.height)).point([value * 35 // 100 for value in range(256)])
    image.paste(palette.ink, (heard, top), faint)


def _swell(digest: bytes) -> Iterator[float]:
    """Heights of the bars, up to 1: noise of the digest under the swell of a few sentences."""
    phase = digest[2] / 40
    for index in range(_BARS):
        swell = 0.35 + 0.65 * abs(sin(pi * (index / 9.5 + phase)))
        yield swell * (0.3 + 0.7 * digest[3 + index] / 255)


_RINGS = 6


def _rings(image: Image.Image, palette: Palette, digest: bytes, room: _Room) -> None:
    """Rings around the lower right corner, fainter outwards, one of them whole in the accent."""
    side, bright = round(room.reach * image.width / 1000), digest[1] % 3 + 1
    for colour, rings in ((palette.ink, set(range(1, _RINGS + 1)) - {bright}), (palette.accent, {bright})):
        mask = Image.new("L", (2 * side, 2 * side))
        for ring in rings:
            edge = 2 * side * (1 - (ring - 0.3) / (_RINGS - 0.3))
            circle = (edge, edge, 4 * side - edge, 4 * side - edge)
            strength = 255 if ring == bright else 125 - 17 * ring
            ImageDraw.Draw(mask).ellipse(circle, outline=strength, width=round(2 * side / _RINGS * 0.44))
        image.paste(colour, (image.width - side, image.height - side), mask.reduce(2))


_MOTIFS = {Motif.WAVE: _wave, Motif.RINGS: _rings}
