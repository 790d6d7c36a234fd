"""A W3C audiobook: ``publication.json`` in an ``.lpf`` (Audiobooks, 2020; Lightweight Packaging Format, 2019)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import quote
from zipfile import ZipFile

from markupsafe import Markup

from narrate.episode.book.binding import add, add_file
from narrate.episode.book.package import urn_of
from narrate.episode.languages import direction
from narrate.episode.text import one_line, seconds, web_address

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from narrate.episode.book.volume import Volume, VolumeFacts

MIME = "application/lpf+zip"
_LINKED = {"type": "LinkedResource"}
_ACCESS = {
    "accessMode": ["auditory"],
    "accessModeSufficient": [{"type": "ItemList", "itemListElement": ["auditory"]}],
    "accessibilityFeature": ["tableOfContents"],
    "accessibilityHazard": ["none"],
}
_ITEM = Markup('<li><a href="{}#t={}">{}</a></li>')
_PAGE = Markup(
    """<!doctype html>
<html lang="{language}" dir="{direction}">
<head>
<meta charset="utf-8">
<title>{title}</title>
<link rel="publication" href="publication.json">
</head>
<body>
<h1>{title}</h1>
<nav role="doc-toc">
<ol>
{items}
</ol>
</nav>
</body>
</html>
"""
)


def write_audiobook(path: Path, facts: VolumeFacts, volumes: Sequence[Volume]) -> None:
    """Write an audiobook of these parts: the episodes' own sound, music and all, with a table of contents.

    Raises:
        OSError: a sound cannot be read, or the file cannot be written.
    """
    with ZipFile(path, "w") as archive:
        add(archive, "publication.json", publication(facts, volumes))
        add(archive, "index.html", _contents(facts, volumes).encode("utf-8", "replace"))
        add(archive, "cover.jpg", facts.cover)
        for volume in volumes:
            add_file(archive, volume.sound.name, volume.sound.path)


def publication(facts: VolumeFacts, volumes: Sequence[Volume]) -> bytes:
    """The manifest of the audiobook."""
    document = {
        "@context": ["https://schema.org", "https://www.w3.org/ns/pub-context"],
        "conformsTo": "https://www.w3.org/TR/audiobooks/",
        "type": "Audiobook",
        "id": urn_of(facts.identifier),
        "name": one_line(facts.title),
        "inLanguage": facts.language,
        "dateModified": facts.modified.isoformat(),
        "duration": _iso(sum(volume.timeline.duration_ms for volume in volumes)),
        **_ACCESS,
        **{name: value for name, value in _known(facts).items() if value},
        "readingOrder": [_track(volume) for volume in volumes],
        "resources": [
            {**_LINKED, "url": "cover.jpg", "encodingFormat": "image/jpeg", "rel": "cover", "name": "Cover"},
            {**_LINKED, "url": "index.html", "encodingFormat": "text/html", "rel": "contents"},
        ],
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _known(facts: VolumeFacts) -> dict[str, object]:
    """Facts that may be missing."""
    return {
        "author": list(facts.authors),
        "readBy": [facts.narrator] if facts.narrator else [],
        "url": web_address(facts.source),
        "publisher": facts.publisher,
        "datePublished": facts.published.isoformat() if facts.published else "",
        "description": one_line(facts.description),
    }


def _track(volume: Volume) -> dict[str, str]:
    return {
        **_LINKED,
        "url": quote(volume.sound.name),
        "encodingFormat": volume.sound.mime,
        "name": one_line(volume.title),
        "duration": _iso(volume.timeline.duration_ms),
    }


def _contents(facts: VolumeFacts, volumes: Sequence[Volume]) -> str:
    """The table of contents, which is the audiobook's entry page too (Audiobooks, 5)."""
    items = (
        _ITEM.format(quote(volume.sound.name), seconds(start_ms), one_line(title))
        for volume in volumes
        for start_ms, title in _starts(volume)
    )
    return str(
        _PAGE.format(
            language=facts.language,
            direction=direction(facts.language),
            title=one_line(facts.title),
            items=Markup("\n").join(items),
        )
    )


def _starts(volume: Volume) -> list[tuple[int, str]]:
    """Where its chapters begin; where it has none, it is one itself."""
    return [(chapter.start_ms, chapter.title) for chapter in volume.timeline.chapters] or [(0, volume.title)]


def _iso(ms: int) -> str:
    """A length as ISO 8601 has it, in seconds.

    >>> _iso(83_456)
    'PT83.456S'
    """
    return f"PT{ms / 1000:.3f}S"
