"""Models as files: which voice of which file an id means, and what tells one file from another."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_MODEL = re.compile(r"(?P<file>.+\.onnx)(?:#(?P<part>.*))?", re.DOTALL)


def model_of(id_: str) -> str:
    """The file of a model in the id of a voice, which may be one of several in it; the id itself where it has none.

    >>> model_of("kokoro-v1.0.onnx#af_heart"), model_of("gmw/de")
    ('kokoro-v1.0.onnx', 'gmw/de')
    """
    model = _MODEL.fullmatch(id_)
    return model["file"] if model else id_


def part_of(id_: str) -> str:
    """Which of the voices of a model an id means; "" where it says none.

    >>> part_of("kokoro-v1.0.onnx#af_heart"), part_of("de.onnx")
    ('af_heart', '')
    """
    model = _MODEL.fullmatch(id_)
    return model["part"] or "" if model else ""


def beside(folder: Path, id_: str) -> str:
    """The id of a voice as a file in `folder` gives it, the model's name in it made a path."""
    return str(folder / model_of(id_)) + id_[len(model_of(id_)) :] if _MODEL.fullmatch(id_) else id_


@cache
def digest_of(model: Path) -> str:
    """The model's name, size and a digest of 64 samples of it, since reading 60 MB would cost more than a remake."""
    size = model.stat().st_size
    digest = hashlib.sha256()
    with model.open("rb") as file:
        for part in range(64):
            file.seek(size * part // 64)
            digest.update(file.read(512))
    return f"{model.stem} {size} {digest.hexdigest()[:16]}"
