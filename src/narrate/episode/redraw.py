"""A picture drawn again from whatever somebody sent: within limits, upright, with nothing in it but what is seen.

Camera, place and time, comments and colour profiles stay behind. It is to run where a crash does no harm.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

from narrate.errors import EpisodeError

if TYPE_CHECKING:
    from PIL.Image import Image

VERSION = 1
"""To be raised with whatever makes other bytes of the same picture."""
MOST_PIXELS = 50_000_000
"""What the largest cameras of telephones make; as transparent colours it is 200 MB."""
LEAST_PX = 8
"""A side that is shorter is a line, a dot or a way to count visitors."""
SIDE_PX = 1600
"""The longest side that is shown."""
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")
_WORTH = 2
"""How much larger the file of a drawing may be for having sharp lines."""
_JPEG = {"quality": 84, "optimize": True}
_HEAD_BYTES = 20_000
_ORIENTATION = 0x0112
"""The tag of Exif for which way up it was taken (CIPA DC-008, 4.6.4)."""
_TRANSPARENT = frozenset(("RGBA", "LA", "PA", "RGBa", "La"))
_MEASURED = frozenset(("L", "LA", "RGB", "RGBA", "CMYK", "YCbCr"))
"""Modes in which colours can be mixed, so that a picture can be made smaller."""
_DEEP = frozenset(("I;16", "I;16B", "I;16L", "I"))


@dataclass(frozen=True, slots=True)
class Redrawn:
    """A picture as it is shown: its bytes, ``image/jpeg`` or ``image/png``, and its size in pixels."""

    data: bytes
    mime: str
    width: int
    height: int


def redraw(data: bytes) -> Redrawn:
    """The picture in `data`, at most `SIDE_PX` on a side, as JPEG; as PNG if it is transparent, or not much larger so.

    Of one that moves the first frame is taken. The same bytes give the same bytes (with the same Pillow).

    Raises:
        EpisodeError: it is none that is shown, damaged, too large or too small: the end of a sentence about it.
    """
    from PIL import Image, UnidentifiedImageError, features

    if _is_drawing(data):
        raise EpisodeError("is an SVG drawing, which may hold programs")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of sizes, which are told here
            formats = (*_FORMATS, "AVIF") if features.check("avif") else _FORMATS
            with Image.open(io.BytesIO(data), formats=formats) as opened:
                return _encoded(_decoded(opened), jpeg=opened.format in {"JPEG", "MPO"})
    except UnidentifiedImageError as unknown:
        raise EpisodeError("is no JPEG, PNG, WebP, AVIF, GIF, BMP or TIFF picture") from unknown
    except (OSError, ValueError, SyntaxError, RuntimeError) as damaged:  # as Pillow's readers raise
        raise EpisodeError("is damaged") from damaged
    except Image.DecompressionBombError as bomb:
        raise EpisodeError(_too_many()) from bomb


def _is_drawing(data: bytes) -> bool:
    """Whether it is text with the element of SVG in it."""
    return data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and b"<svg" in data[:_HEAD_BYTES].lower()


def _too_many() -> str:
    return f"has more than {MOST_PIXELS // 1_000_000} million pixels, the most that is shown"


def _decoded(opened: Image) -> Image:
    """Its pixels, upright, in colours of sRGB or in greys, no larger than they are shown."""
    from PIL import ImageOps

    width, height = opened.size
    if width * height > MOST_PIXELS:
        raise EpisodeError(_too_many())
    if min(width, height) < LEAST_PX:
        raise EpisodeError(f"has sides of {width} and {height} pixels, too few to be seen")
    bearing = opened.getexif().get(_ORIENTATION, 1)
    opened.draft(None, (SIDE_PX, SIDE_PX))  # a JPEG is decoded no larger than needed
    if opened.mode in _MEASURED:  # smaller first: then there is never more than one copy of all its pixels
        opened.thumbnail((SIDE_PX, SIDE_PX))
    image = _coloured(opened)
    image.thumbnail((SIDE_PX, SIDE_PX))
    image.info = {}
    image.getexif()[_ORIENTATION] = bearing
    return ImageOps.exif_transpose(image)


def _coloured(opened: Image) -> Image:
    """The same in one of the modes L, RGB and RGBA; transparent only if something shows through."""
    if opened.mode in _DEEP:
        return opened.point(lambda value: value / 256).convert("L")
    transparent = opened.mode in _TRANSPARENT or "transparency" in opened.info
    grey = opened.mode in {"1", "L"} and not transparent
    image = _in_srgb(opened, "L" if grey else "RGBA" if transparent else "RGB")
    if transparent and image.getchannel("A").getextrema() == (255, 255):
        image = image.convert("RGB")
    return image


def _in_srgb(opened: Image, mode: str) -> Image:
    """The colours that a profile means, where there is one that can be read; else as they are."""
    from PIL import ImageCms

    profile = opened.info.get("icc_profile")
    if profile and opened.mode in {"RGB", "RGBA", "CMYK"}:
        try:
            read = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            made = ImageCms.profileToProfile(
                opened, read, ImageCms.createProfile("sRGB"), outputMode="RGBA" if opened.mode == "RGBA" else "RGB"
            )
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            made = None
        if made is not None:
            return made.convert(mode)
    return opened.convert(mode)


def _encoded(image: Image, *, jpeg: bool) -> Redrawn:
    if image.mode == "RGBA":
        return _redrawn(image, "PNG")
    as_photograph = _redrawn(image, "JPEG")
    as_drawing = None if jpeg else _redrawn(image, "PNG")
    sharp = as_drawing is not None and len(as_drawing.data) <= _WORTH * len(as_photograph.data)
    return as_drawing if as_drawing is not None and sharp else as_photograph


def _redrawn(image: Image, kind: str) -> Redrawn:
    out = io.BytesIO()
    image.save(out, kind, **(_JPEG if kind == "JPEG" else {"optimize": True}))
    return Redrawn(out.getvalue(), f"image/{kind.lower()}", *image.size)
