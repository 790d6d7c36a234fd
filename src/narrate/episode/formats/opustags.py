"""The comment header of an Ogg Opus file: tags, chapters, text and cover (RFC 7845, 5.2; Vorbis comments).

Chapters are comments of their own, as the Vorbis chapter extension has them.
"""

from __future__ import annotations

from base64 import b64encode
from struct import pack
from typing import TYPE_CHECKING, Any

from mutagen import flac as mutagen_flac

from narrate.episode.text import clock, lines, one_line, paragraphs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from narrate.episode.tags import TagFacts
    from narrate.model import Timeline

flac: Any = mutagen_flac
"""Its classes have no types."""

_FRONT_COVER = 3
_TEXTS: Mapping[str, Callable[[TagFacts], str]] = {
    "TITLE": lambda facts: one_line(facts.title),
    "ARTIST": lambda facts: one_line(facts.artist),
    "ALBUMARTIST": lambda facts: one_line(facts.show_author or facts.show),
    "ALBUM": lambda facts: one_line(facts.show),
    "GENRE": lambda _: "Podcast",
    "TRACKNUMBER": lambda facts: str(facts.number) if facts.number else "",
    "DATE": lambda facts: facts.published.strftime("%Y-%m-%dT%H:%M:%SZ") if facts.published else "",
    "LANGUAGE": lambda facts: one_line(facts.language),
    "COPYRIGHT": lambda facts: one_line(facts.copyright),
    "ENCODED-BY": lambda facts: one_line(facts.encoder),
    "DESCRIPTION": lambda facts: lines(facts.description),
    "PODCAST": lambda _: "1",
    "PODCASTCATEGORY": lambda facts: one_line(facts.category),
    "PODCASTID": lambda facts: one_line(facts.guid),
    "PODCASTURL": lambda facts: one_line(facts.feed_url),
    "WEBSITE": lambda facts: one_line(facts.url),
    "EPISODEURL": lambda facts: one_line(facts.page_url),
    "FILEURL": lambda facts: one_line(facts.audio_url),
}
"""Level and gain are not among them: the file is as loud as it is to be, and a gain of 0 would say -23 LUFS."""


def comment_header(facts: TagFacts, timeline: Timeline) -> bytes:
    """The second packet of the stream: the same facts and timeline, the same bytes."""
    comments = [f"{name}={value}".encode() for name, value in _comments(facts, timeline) if value]
    vendor = (one_line(facts.encoder) or "narrate").encode()
    counted = b"".join(pack("<I", len(comment)) + comment for comment in comments)
    return b"OpusTags" + pack("<I", len(vendor)) + vendor + pack("<I", len(comments)) + counted


def _comments(facts: TagFacts, timeline: Timeline) -> Iterator[tuple[str, str]]:
    for name, value in _TEXTS.items():
        yield name, value(facts)
    for number, chapter in enumerate(timeline.chapters, 1):
        yield f"CHAPTER{number:03}", clock(chapter.start_ms)
        yield f"CHAPTER{number:03}NAME", one_line(chapter.title)
        yield f"CHAPTER{number:03}URL", one_line(chapter.url)
    yield "LYRICS", "\n\n".join(paragraphs(timeline.cues))
    if facts.cover:
        yield "METADATA_BLOCK_PICTURE", b64encode(_picture(facts.cover)).decode("ascii")


def _picture(cover: bytes) -> bytes:
    picture = flac.Picture()
    picture.type, picture.mime, picture.data = _FRONT_COVER, "image/jpeg", cover
    return bytes(picture.write())
