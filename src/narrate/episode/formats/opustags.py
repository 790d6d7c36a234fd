"""The comment header of an Ogg Opus file: tags, chapters, text and cover (RFC 7845, 5.2; Vorbis comments)."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING

from narrate.episode.formats.vorbis import comment_block, comments, picture_block

if TYPE_CHECKING:
    from narrate.episode.tags import TagFacts
    from narrate.model import Timeline


def comment_header(facts: TagFacts, timeline: Timeline) -> bytes:
    """The second packet of the stream: the same facts and timeline, the same bytes.

    Level and gain are not in it: the file is as loud as it is to be, and a gain of 0 would say -23 LUFS.
    """
    told = comments(facts, timeline)
    if facts.cover:
        told.append(("METADATA_BLOCK_PICTURE", b64encode(picture_block(facts.cover)).decode("ascii")))
    return b"OpusTags" + comment_block(told, facts)
