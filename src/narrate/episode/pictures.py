"""What a picture is, by its bytes: read with limits, decoded whole so that a damaged one is found."""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING

from narrate.model import Picture

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PX = 10_000
"""A side longer than this is not decoded: its size alone is told."""
_ALPHA = frozenset(("RGBA", "LA", "PA", "RGBa", "La"))


def examine(data: bytes) -> Picture:
    """What is known of a picture; its kind is "" where the bytes are none, or are damaged."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of sizes, which are told here
            with Image.open(io.BytesIO(data)) as opened:
                return _described(opened, len(data))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):  # as Pillow's readers raise
        return Picture("", size_bytes=len(data))


def _described(opened: Image, size_bytes: int) -> Picture:
    width, height = opened.size
    alpha = opened.mode in _ALPHA or "transparency" in opened.info
    if max(width, height) <= MOST_PX:
        opened.load()
    colours = {"RGBA": "RGB", "RGBa": "RGB", "LA": "L", "La": "L", "PA": "P", "1": "L"}.get(opened.mode, opened.mode)
    return Picture((opened.format or "").lower(), width, height, colours, alpha, size_bytes)
