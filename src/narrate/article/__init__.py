"""Bytes of an article to an `Article`: blocks as written, and what the text says of itself.

`read_article` chooses a reader and refuses what cannot be read. Readers, one a format, are entry
points (``narrate.readers``): whoever calls hands them in. `picked` and `split` take chapters out of an article.
"""

from __future__ import annotations

from narrate.article.parts import parts_of, picked, split, wanted_parts, words_in
from narrate.article.reader import MAX_BYTES, MAX_PACKED_BYTES, Hints, Reader, read_article

__all__ = [
    "MAX_BYTES",
    "MAX_PACKED_BYTES",
    "Hints",
    "Reader",
    "parts_of",
    "picked",
    "read_article",
    "split",
    "wanted_parts",
    "words_in",
]
