"""The bytes of an article's picture: out of its archive, its folder, the web, or its very address.

What an article may name is decided here: a page from the web names what is on the web, and a file what lies beside it,
in its folder or below, or is on the web.
"""

from __future__ import annotations

import base64
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, unquote_to_bytes, urljoin, urlsplit

from narrate.article.archive import open_archive
from narrate.errors import ArticleError
from narrate.model import MEMBER
from narrate.pipeline.reading import ARCHIVES, is_web
from narrate.runtime.files import read_bounded, shown

if TYPE_CHECKING:
    from narrate.model import Article
    from narrate.pipeline.tools import Tools

MOST_BYTES = 20_000_000
"""Of a picture, as it comes."""
_DATA = "data:"
_LONGEST = 150


def place_of(image: str, home: str) -> str:
    """Where a picture is that an article read from `home` has: as written, or where that leads on the web.

    >>> place_of("../a.png", "https://b.example/c/d"), place_of("a.png", "texts/e.md")
    ('https://b.example/a.png', 'a.png')
    """
    if not is_web(home) or image.startswith((MEMBER, _DATA)):
        return image
    try:
        return urljoin(home, image)
    except ValueError:
        return ""


def called(place: str) -> str:
    """What to call it in messages."""
    if place.startswith(_DATA):
        return "a picture in the page itself"
    return shown(place.removeprefix(MEMBER)[:_LONGEST]) if not is_web(place) else place[:_LONGEST]


def key_of(place: str, article: Article) -> str:
    """What its bytes are known by without a look at them; "" for a file beside the article, which may change."""
    if place.startswith(MEMBER):
        return f"{article.sha256} {place}"
    if place.startswith(_DATA):
        return digest(place.encode("utf-8", "replace"))
    return place if is_web(place) else ""


def digest(data: bytes) -> str:
    """What bytes are known by."""
    return blake2b(data, digest_size=20).hexdigest()


def bytes_of(place: str, article: Article, tools: Tools, time_s: float) -> bytes:
    """The bytes of a picture; from the web within `time_s`, by the rules for articles.

    Raises:
        ArticleError: it cannot be had, or may not be named there; a whole sentence.
    """
    if place.startswith(_DATA):
        return _written_out(place)
    if place.startswith(MEMBER):
        return _member(place.removeprefix(MEMBER), article, tools)
    if is_web(place):
        return tools.fetch(place, MOST_BYTES, total_s=time_s).data
    return _beside(place, article.home)


def _written_out(place: str) -> bytes:
    """What a ``data:`` URI holds (RFC 2397)."""
    head, _, content = place.partition(",")
    if len(content) > MOST_BYTES * 4 // 3:
        raise ArticleError(f"{called(place)} is larger than {MOST_BYTES // 1_000_000} MB")
    data = unquote_to_bytes(content)
    try:
        return base64.b64decode(data) if head.lower().endswith(";base64") else data
    except ValueError as broken:
        raise ArticleError(f"{called(place)} is damaged") from broken


def _member(name: str, article: Article, tools: Tools) -> bytes:
    """A member of the archive that the article came in: the file itself, or the copy of one that was no file."""
    local = article.home and not is_web(article.home)
    held = Path(article.home) if local else tools.cache.get(ARCHIVES, article.sha256)
    if held is None:
        raise ArticleError(f"{called(name)} cannot be had again: give narrate {article.origin.name} as a file")
    archive = open_archive(held, article.origin.name)
    with archive.file:
        return archive.read(name, MOST_BYTES)


def _beside(place: str, home: str) -> bytes:
    """A file in the folder of the article, or below."""
    parts = urlsplit(place)
    path = unquote(parts.path)
    named = Path(path)
    outside = named.is_absolute() or named.drive or named.root or ".." in named.parts or "\0" in path
    if not home or is_web(home) or parts.scheme or parts.netloc or not path or outside:
        raise ArticleError(f"{called(place)} is neither on the web nor in the article's folder")
    folder = Path(home).parent.resolve()
    found = (folder / named).resolve()
    if not found.is_relative_to(folder):
        raise ArticleError(f"{called(place)} is a link that leads out of the article's folder")
    if not found.is_file():
        raise ArticleError(f"{called(place)} is no file in the article's folder")
    return read_bounded(found, MOST_BYTES)
