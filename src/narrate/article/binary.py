"""Bytes that are no text: what they look like, and what to do about it."""

from __future__ import annotations

import re

_EXPORT = "open it in its program and save the article as text"
_RECORDING = "narrate reads written articles"

_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")

MAGIC: tuple[tuple[int, bytes, str, str], ...] = (
    (0, b"%PDF-", "a PDF", "copy or export its text to a .txt or .md file"),
    (0, b"PK\x03\x04", "a ZIP archive or an office document or e-book", _EXPORT),
    (0, b"PK\x05\x06", "an empty ZIP archive", "give it the article itself"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word or Office document", _EXPORT),
    (0, b"\x1f\x8b\x08", "gzip data", "unpack it first"),
    (0, b"BZh", "bzip2 data", "unpack it first"),
    (0, b"\xfd7zXZ\x00", "xz data", "unpack it first"),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "unpack it first"),
    (0, b"Rar!\x1a\x07", "a RAR archive", "unpack it first"),
    (0, b"\x89PNG\r\n\x1a\n", "a PNG picture", "give it the text of the article"),
    (0, b"\xff\xd8\xff", "a JPEG picture", "give it the text of the article"),
    (0, b"GIF87a", "a GIF picture", "give it the text of the article"),
    (0, b"GIF89a", "a GIF picture", "give it the text of the article"),
    (8, b"WEBP", "a WebP picture", "give it the text of the article"),
    (0, b"II*\x00", "a TIFF picture", "give it the text of the article"),
    (0, b"MM\x00*", "a TIFF picture", "give it the text of the article"),
    (0, b"ID3", "an MP3 recording", _RECORDING),
    (0, b"OggS", "an Ogg recording", _RECORDING),
    (0, b"fLaC", "a FLAC recording", _RECORDING),
    (8, b"WAVE", "a WAV recording", _RECORDING),
    (8, b"AIFF", "an AIFF recording", _RECORDING),
    (4, b"ftyp", "an MP4 film or recording", _RECORDING),
    (0, b"\x1aE\xdf\xa3", "a Matroska or WebM film", _RECORDING),
    (0, b"\x7fELF", "a program", "give it the text of the article"),
    (0, b"MZ\x90\x00", "a Windows program", "give it the text of the article"),
    (0, b"SQLite format 3\x00", "an SQLite database", "give it the text of the article"),
    (0, b"{\\rtf", "an RTF document", _EXPORT),
)
"""Offset, bytes, what it is, what to do; from the formats' own specifications."""


def looks_like(data: bytes) -> tuple[str, str]:
    r"""What the first bytes are a sign of, and what to do; two empty strings where they say nothing.

    >>> looks_like(b"%PDF-1.7 ...")
    ('a PDF', 'copy or export its text to a .txt or .md file')
    >>> looks_like(b"ID3 cards and why we need them")
    ('', '')
    >>> looks_like(b"The PK of it")
    ('', '')
    """
    for offset, magic, what, advice in MAGIC:
        if data.startswith(magic, offset) and not (_is_word(magic) and _reads_as_text(data)):
            return what, advice
    return "", ""


def _is_word(magic: bytes) -> bool:
    return magic.isalnum()


def _reads_as_text(data: bytes) -> bool:
    """Whether the first bytes hold no control characters: an article may well begin with "OggS" or "ID3"."""
    return _CONTROL.search(data[:64]) is None
