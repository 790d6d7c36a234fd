"""Vorbis comments: facts, text and chapters as Ogg and FLAC files carry them (Xiph: Vorbis I, 5; Chapter Extension).

Names beyond Xiph's own short list are those that tag editors use for the same facts in every kind of file.
"""

from __future__ import annotations

from io import BytesIO
from struct import pack
from typing import TYPE_CHECKING, Any

from mutagen import flac as mutagen_flac

from narrate.episode.sections import chapter_anchors
from narrate.episode.text import clock, lines, one_line, paragraphs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from narrate.episode.tags import TagFacts
    from narrate.model import Timeline

flac: Any = mutagen_flac
"""Its classes have no types."""
CHAPTERS = 999
"""Three digits number them, from 1."""

_FRONT_COVER = 3
_TRUE_COLOUR_BITS = 24

_TEXTS: Mapping[str, Callable[[TagFacts], str]] = {
    "TITLE": lambda facts: one_line(facts.title),
    "ARTIST": lambda facts: one_line(facts.artist),
    "ALBUM": lambda facts: one_line(facts.show),
    "ALBUMARTIST": lambda facts: one_line(facts.show_author or facts.show),
    "TRACKNUMBER": lambda facts: str(facts.number) if facts.number else "",
    "DATE": lambda facts: facts.published.strftime("%Y-%m-%dT%H:%M:%SZ") if facts.published else "",
    "GENRE": lambda _: "Podcast",
    "LANGUAGE": lambda facts: one_line(facts.language),
    "COPYRIGHT": lambda facts: one_line(facts.copyright),
    "ENCODED-BY": lambda facts: one_line(facts.encoder),
    "DESCRIPTION": lambda facts: lines(facts.description),
    "WEBSITE": lambda facts: one_line(facts.url),
    "EPISODEURL": lambda facts: one_line(facts.page_url),
    "FILEURL": lambda facts: one_line(facts.audio_url),
    "PODCAST": lambda _: "1",
    "PODCASTURL": lambda facts: one_line(facts.feed_url),
    "PODCASTID": lambda facts: one_line(facts.guid),
    "PODCASTCATEGORY": lambda facts: one_line(facts.category),
}


def comments(facts: TagFacts, timeline: Timeline) -> list[tuple[str, str]]:
    """Names and values, in order, without a picture; an empty fact has none."""
    told = [(name, value(facts)) for name, value in _TEXTS.items()]
    told.append(("LYRICS", "\n\n".join(paragraphs(timeline.cues))))
    return [*((name, value) for name, value in told if value), *_chapters(facts, timeline)]


def _chapters(facts: TagFacts, timeline: Timeline) -> Iterator[tuple[str, str]]:
    """When each begins, its title, and where it leads if that is known."""
    anchors = chapter_anchors(timeline, facts.title)
    chapters = zip(timeline.chapters[:CHAPTERS], anchors, strict=False)
    for number, (chapter, anchor) in enumerate(chapters, 1):
        name = f"CHAPTER{number:03}"
        yield name, clock(chapter.start_ms)
        yield f"{name}NAME", one_line(chapter.title)
        url = f"{facts.page_url}#{anchor}" if facts.page_url else one_line(chapter.url)
        if url:
            yield f"{name}URL", url


def comment_block(comments: Sequence[tuple[str, str]], facts: TagFacts) -> bytes:
    """Comments as they are written, without the framing bit, which is of Vorbis alone (Vorbis I, 5.2)."""
    vendor = (one_line(facts.encoder) or "narrate").encode()
    written = [f"{name}={value}".encode() for name, value in comments]
    return _counted(vendor) + pack("<I", len(written)) + b"".join(map(_counted, written))


def _counted(data: bytes) -> bytes:
    return pack("<I", len(data)) + data


def picture_block(cover: bytes) -> bytes:
    """A JPEG as the picture of the front (FLAC, METADATA_BLOCK_PICTURE)."""
    from PIL import Image

    picture = flac.Picture()
    picture.type, picture.mime, picture.data, picture.depth = _FRONT_COVER, "image/jpeg", cover, _TRUE_COLOUR_BITS
    with Image.open(BytesIO(cover)) as image:
        picture.width, picture.height = image.size
    written: bytes = picture.write()
    return written
