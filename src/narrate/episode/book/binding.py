"""A book as one file: a ZIP container (EPUB 3.3, 4: OCF), written as a stream."""

from __future__ import annotations

from importlib.resources import files
from itertools import chain
from shutil import copyfileobj
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from narrate.episode.book.overlay import write_overlay
from narrate.episode.book.package import CONTAINER, overlay_name, pictures_of, write_navigation, write_package
from narrate.episode.book.pages import pages_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from narrate.episode.book.volume import Volume, VolumeFacts

MIME = "application/epub+zip"
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""Of every file inside: the same book, the same bytes."""
_READABLE = 0o644 << 16
_BUFFER_BYTES = 1 << 20


def write_book(path: Path, facts: VolumeFacts, volumes: Sequence[Volume]) -> None:
    """Write an EPUB of these parts, in their order; no more than a piece of a file is in memory.

    Raises:
        OSError: a sound or a picture cannot be read, or the file cannot be written.
    """
    pages = list(chain.from_iterable(pages_of(each, at, words=facts.words) for at, each in enumerate(volumes)))
    with ZipFile(path, "w") as book:
        add(book, "mimetype", MIME.encode(), ZIP_STORED)
        add(book, "META-INF/container.xml", CONTAINER)
        add(book, "EPUB/package.opf", write_package(facts, volumes, pages))
        add(book, "EPUB/nav.xhtml", write_navigation(facts, volumes, pages))
        add(book, "EPUB/book.css", (files("narrate.episode") / "templates" / "book.css").read_bytes())
        add(book, "EPUB/cover.jpg", facts.cover, ZIP_STORED)
        for page in pages:
            add(book, f"EPUB/{page.name}", page.data)
            if page.nodes:
                sound = volumes[page.volume].sound.name
                add(book, f"EPUB/{overlay_name(page)}", write_overlay(page.name, sound, page.nodes))
        for volume in volumes:
            add_file(book, f"EPUB/{volume.sound.name}", volume.sound.path)
        for name, file in pictures_of(volumes).items():
            add_file(book, f"EPUB/{name}", file)


def add(archive: ZipFile, name: str, data: bytes, method: int = ZIP_DEFLATED) -> None:
    """Put a file into an archive."""
    archive.writestr(_entry(name, method), data, method)


def add_file(archive: ZipFile, name: str, path: Path) -> None:
    """Put a file of any size, which is packed already, into an archive."""
    entry = _entry(name, ZIP_STORED)
    entry.file_size = path.stat().st_size  # by which it is told whether its length needs 64 bits
    with path.open("rb") as source, archive.open(entry, "w") as target:
        copyfileobj(source, target, _BUFFER_BYTES)


def _entry(name: str, method: int) -> ZipInfo:
    entry = ZipInfo(name, _EPOCH)
    entry.compress_type = method
    entry.external_attr = _READABLE
    entry.create_system = 3  # Unix, on whatever it is made
    return entry
