"""Pictures made in a test."""

from __future__ import annotations

import base64
from io import BytesIO
from random import Random
from typing import Any

from PIL import Image


def encoded(image: Image.Image, kind: str = "PNG", **options: Any) -> bytes:  # noqa: ANN401 - of Pillow's encoders
    """The bytes of a picture."""
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def photograph(width: int = 64, height: int = 48, kind: str = "JPEG", **options: Any) -> bytes:  # noqa: ANN401 - as above
    """A picture of many colours, always the same."""
    small = (width // 8 + 2, height // 8 + 2)
    image = Image.frombytes("RGB", small, Random(7).randbytes(3 * small[0] * small[1]))  # noqa: S311 - no secret
    return encoded(image.resize((width, height), Image.Resampling.BICUBIC), kind, **options)


def drawing(colour: str = "red", width: int = 64, height: int = 48, mode: str = "RGB") -> bytes:
    """A picture of one colour."""
    return encoded(Image.new(mode, (width, height), colour))


def data_uri(data: bytes, kind: str = "image/jpeg") -> str:
    """A picture as an address."""
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"
