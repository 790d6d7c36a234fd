"""Digests of local files, and what a store will call them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path


class Digest(NamedTuple):
    """The SHA-256 of a file in hex, and the token that the store will give it ("" where that cannot be told)."""

    sha256: str
    token: str


def sha256_and(source: Path, *more: hashlib._Hash) -> str:
    """The SHA-256 of a file in hex, read in pieces; `more` hashes get the same bytes. Raises OSError."""
    sha256 = hashlib.sha256()
    with source.open("rb") as file:
        while piece := file.read(1 << 20):
            for each in (sha256, *more):
                each.update(piece)
    return sha256.hexdigest()
