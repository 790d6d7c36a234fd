"""Rules for a show's picture, by its bytes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from narrate.feed.audit.rule import APPLE, ERROR, HINT, PSP, WARNING, Fault, Rule
from narrate.feed.audit.words import suffix_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from narrate.model import Picture

LEAST_PX, MOST_PX = 1400, 3000
"""PSP-1 and Apple: the sides of a show's picture."""
LARGE_BYTES = 2_000_000
"""No standard limits it; many apps fetch it on a telephone, and a 3,000 pixel JPEG needs no more."""

_SUFFIXES = {"jpeg": (".jpg", ".jpeg"), "png": (".png",)}


@dataclass(frozen=True, slots=True)
class Artwork:
    """A picture and the file name or address by which apps fetch it."""

    picture: Picture
    name: str


def _kind(art: Artwork) -> Iterator[Fault]:
    if art.picture.kind not in _SUFFIXES:
        yield Fault(f"the picture is {art.picture.kind.upper() or 'damaged or none at all'}, neither JPEG nor PNG")


def _suffix(art: Artwork) -> Iterator[Fault]:
    ends = _SUFFIXES.get(art.picture.kind, ())
    if ends and suffix_of(art.name) not in ends:
        yield Fault(
            f"the picture is {art.picture.kind.upper()}, and its name ends in {suffix_of(art.name) or 'nothing'}"
        )


def _square(art: Artwork) -> Iterator[Fault]:
    if art.picture.width_px != art.picture.height_px:
        yield Fault(f"the picture has {art.picture.width_px} × {art.picture.height_px} pixels, and must be a square")


def _size(art: Artwork) -> Iterator[Fault]:
    shorter, longer = sorted((art.picture.width_px, art.picture.height_px))
    if art.picture.kind and not LEAST_PX <= shorter <= longer <= MOST_PX:
        size = f"{art.picture.width_px} × {art.picture.height_px}"
        yield Fault(f"the picture has {size} pixels, and must have {LEAST_PX} to {MOST_PX} a side")


def _colours(art: Artwork) -> Iterator[Fault]:
    if art.picture.kind in _SUFFIXES and art.picture.colours not in {"RGB", "L", "P"}:
        yield Fault(f"the picture is in {art.picture.colours}, and must be RGB")


def _grey(art: Artwork) -> Iterator[Fault]:
    if art.picture.colours in {"L", "P"}:
        words = {"L": "grey", "P": "a palette of colours"}
        yield Fault(f"the picture is {words[art.picture.colours]}, not RGB")


def _alpha(art: Artwork) -> Iterator[Fault]:
    if art.picture.alpha:
        yield Fault("the picture is transparent in places, which apps fill with black or white")


def _large(art: Artwork) -> Iterator[Fault]:
    if art.picture.size_bytes > LARGE_BYTES:
        yield Fault(f"the picture has {art.picture.size_bytes / 1e6:.1f} MB")


_SOURCE = f"{PSP} and {APPLE}, itunes:image"
PICTURES: tuple[Rule[Artwork], ...] = (
    Rule("picture-kind", ERROR, _SOURCE, "save it as JPEG or PNG", _kind),
    Rule("picture-suffix", ERROR, _SOURCE, "rename it after what it is", _suffix),
    Rule("picture-square", ERROR, _SOURCE, "crop it", _square),
    Rule("picture-size", ERROR, _SOURCE, f"save it with {MOST_PX} × {MOST_PX} pixels", _size),
    Rule("picture-colours", ERROR, _SOURCE, "save it as RGB", _colours),
    Rule("picture-grey", WARNING, _SOURCE, "save it as RGB; many apps show it all the same", _grey),
    Rule("picture-alpha", ERROR, _SOURCE, "put it on a ground of one colour, and save it without alpha", _alpha),
    Rule("picture-large", HINT, "apps on telephones", "save it as JPEG with less quality, under 2 MB", _large),
)
"""Rules for the picture of a show."""
