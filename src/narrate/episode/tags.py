"""The ID3v2.3 tag at the head of an MP3: facts, text and chapters (ID3v2.3.0; ID3v2 Chapter Frame Addendum 1.0).

mutagen writes the frames; afterwards they are put in a fixed order, because mutagen
sorts chapters by their length and ffmpeg lists them as they come. TDRL is a frame of
v2.4 that podcast apps read in v2.3 as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from struct import unpack_from
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from mutagen import id3 as mutagen_id3

from narrate.episode.languages import iso_639_2
from narrate.episode.sections import chapter_anchors
from narrate.episode.text import lines, one_line, paragraphs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    from narrate.model import Chapter, Timeline

id3: Any = mutagen_id3
"""Its constructors have no types."""
NO_OFFSET = 0xFFFF_FFFF
"""A chapter's byte offsets are not to be used: its times are (Chapter Frame Addendum, 3.1)."""
CTOC_ENTRIES = 255
"""One byte counts them (Chapter Frame Addendum, 3.2)."""
_PADDING_AT_LEAST = 4 << 10
_PADDING_AT_MOST = 64 << 10
_HEADER_BYTES = 10
_LAST_IN_ORDER = ("CTOC", "CHAP", "COMM", "USLT", "SYLT", "APIC")
"""After the short facts, so that a reader of the first kilobytes has them and the chapters."""


@dataclass(frozen=True, slots=True)
class TagFacts:
    """What a tag says beyond the timeline; an empty fact has no frame.

    `artist` are the authors, or the show's where the article has none. `language` is a
    BCP 47 tag, `description` plain text, `url` the address of the article or of the first
    of several, `audio_url` and `page_url` the episode's own, the page's ending in a slash,
    `cover` a JPEG of at most 1,400 pixels.
    """

    title: str
    artist: str = ""
    show: str = ""
    show_author: str = ""
    category: str = ""
    number: int = 0
    published: datetime | None = None
    language: str = ""
    copyright: str = ""
    encoder: str = ""
    description: str = ""
    url: str = ""
    audio_url: str = ""
    page_url: str = ""
    feed_url: str = ""
    guid: str = ""
    cover: bytes = b""


def _when(facts: TagFacts, form: str) -> str:
    return facts.published.strftime(form) if facts.published else ""


_TEXTS: Mapping[str, Callable[[TagFacts, Timeline], str]] = {
    "TIT2": lambda facts, _: facts.title,
    "TPE1": lambda facts, _: facts.artist,
    "TPE2": lambda facts, _: facts.show_author or facts.show,
    "TALB": lambda facts, _: facts.show,
    "TCON": lambda _facts, _timeline: "Podcast",
    "TRCK": lambda facts, _: str(facts.number) if facts.number else "",
    "TYER": lambda facts, _: _when(facts, "%Y"),
    "TDAT": lambda facts, _: _when(facts, "%d%m"),
    "TDRL": lambda facts, _: _when(facts, "%Y-%m-%dT%H:%M:%S"),
    "TLEN": lambda _, timeline: str(timeline.duration_ms),
    "TLAN": lambda facts, _: iso_639_2(facts.language),
    "TCOP": lambda facts, _: facts.copyright,
    "TENC": lambda facts, _: facts.encoder,
    "TGID": lambda facts, _: facts.guid,
    "TDES": lambda facts, _: facts.description,
    "TCAT": lambda facts, _: facts.category,
}
"""Frames of one text. TDAT is day and month; times are as they are handed in (UTC)."""

_URLS: Mapping[str, Callable[[TagFacts], str]] = {
    "WOAF": lambda facts: facts.audio_url,
    "WOAS": lambda facts: facts.url,
    "WFED": lambda facts: facts.feed_url,
}
"""Frames of one address (4.3). Apple makes WFED a text, against the rule for frames with W; mutagen keeps the rule."""


def id3_tag(facts: TagFacts, timeline: Timeline) -> bytes:
    """The whole tag with its padding, 4 to 64 KB: the same facts and timeline, the same bytes."""
    tag = id3.ID3()
    for frame in (*_facts(facts, timeline), *_texts(facts, timeline), *_chapters(facts, timeline)):
        tag.add(frame)
    return _rendered(tag)


def _facts(facts: TagFacts, timeline: Timeline) -> Iterator[mutagen_id3.Frame]:
    for name, value in _TEXTS.items():
        text = (lines if name == "TDES" else one_line)(value(facts, timeline))
        if text:
            yield getattr(id3, name)(encoding=_encoding(text), text=text)
    for name, address in _URLS.items():
        if address(facts):
            yield getattr(id3, name)(url=_ascii_url(address(facts)))
    yield id3.PCST(value=0)
    if facts.cover:
        yield id3.APIC(encoding=0, mime="image/jpeg", type=3, desc="", data=facts.cover)


def _texts(facts: TagFacts, timeline: Timeline) -> Iterator[mutagen_id3.Frame]:
    """Show notes, the whole text, and the text in time: a sentence a line."""
    language = iso_639_2(facts.language) or "und"
    notes = lines(facts.description)
    if notes:
        yield id3.COMM(encoding=_encoding(notes), lang=language, desc="", text=notes)
    text = "\n\n".join(paragraphs(timeline.cues))
    if text:
        timed = [(one_line(cue.text), cue.start_ms) for cue in timeline.cues]
        sung = [(f"\n{line}" if index else line, start) for index, (line, start) in enumerate(timed)]
        yield id3.USLT(encoding=_encoding(text), lang=language, desc="", text=text)
        yield id3.SYLT(encoding=_encoding(text), lang=language, format=2, type=1, desc="", text=sung)


def _chapters(facts: TagFacts, timeline: Timeline) -> Iterator[mutagen_id3.Frame]:
    """A CHAP a chapter and the table of contents; more than 255 are in tables of their own below the top one."""
    names = [f"chp{index}" for index in range(len(timeline.chapters))]
    for name, chapter, url in zip(names, timeline.chapters, _chapter_urls(facts, timeline), strict=True):
        yield _chapter(name, chapter, url)
    while len(names) > CTOC_ENTRIES:
        groups = [names[at : at + CTOC_ENTRIES] for at in range(0, len(names), CTOC_ENTRIES)]
        names = [f"toc-{group[0]}" for group in groups]
        yield from (_contents(name, group, id3.CTOCFlags.ORDERED) for name, group in zip(names, groups, strict=True))
    if names:
        yield _contents("toc", names, id3.CTOCFlags.ORDERED | id3.CTOCFlags.TOP_LEVEL)


def _contents(name: str, children: list[str], flags: int) -> mutagen_id3.Frame:
    contents: mutagen_id3.Frame = id3.CTOC(element_id=name, flags=flags, child_element_ids=children, sub_frames=[])
    return contents


def _chapter_urls(facts: TagFacts, timeline: Timeline) -> list[str]:
    """Where each chapter leads: to its section of the episode's page if that is public, else to its article."""
    if not facts.page_url:
        return [chapter.url for chapter in timeline.chapters]
    return [f"{facts.page_url}#{anchor}" for anchor in chapter_anchors(timeline, facts.title)]


def _chapter(name: str, chapter: Chapter, url: str) -> mutagen_id3.Frame:
    title = one_line(chapter.title)
    inside = [id3.TIT2(encoding=_encoding(title), text=title)]
    if url:
        inside.append(id3.WXXX(encoding=0, desc="", url=_ascii_url(url)))
    whole: mutagen_id3.Frame = id3.CHAP(
        element_id=name,
        start_time=chapter.start_ms,
        end_time=chapter.end_ms,
        start_offset=NO_OFFSET,
        end_offset=NO_OFFSET,
        sub_frames=inside,
    )
    return whole


def _ascii_url(url: str) -> str:
    """A URL in ASCII, as ID3 wants it (3.3): what is not is percent-encoded, nothing twice.

    >>> _ascii_url("https://e.org/caf\u00e9?a=%20#x")
    'https://e.org/caf%C3%A9?a=%20#x'
    """
    return quote(one_line(url), safe="%/:=&?~#+!$,;'@()*[]")


def _encoding(text: str) -> int:
    """Latin-1 where it can hold the text, else UTF-16: ID3v2.3 has no other (4, "$00" and "$01")."""
    try:
        text.encode("latin-1")
    except UnicodeEncodeError:
        return int(id3.Encoding.UTF16)
    return int(id3.Encoding.LATIN1)


def _rendered(tag: mutagen_id3.ID3) -> bytes:
    """The tag's bytes, frames in a fixed order, padded to whole 4 KB."""
    out = BytesIO()
    tag.save(out, v1=0, v2_version=3, padding=lambda _: 0)
    ordered: list[bytes] = sorted(_frames(out.getvalue()), key=_order)
    frames = b"".join(ordered)
    wanted = min(max(len(frames) // 16, _PADDING_AT_LEAST), _PADDING_AT_MOST - 4096)
    size = -(-(_HEADER_BYTES + len(frames) + wanted) // 4096) * 4096 - _HEADER_BYTES
    return b"ID3\x03\x00\x00" + _syncsafe(size) + frames.ljust(size, b"\0")


def _frames(tag: bytes) -> Iterator[bytes]:
    """The frames of a v2.3 tag: ten bytes of header, of which four are the size (3.3)."""
    at = _HEADER_BYTES
    while at + _HEADER_BYTES <= len(tag) and tag[at]:
        (size,) = unpack_from(">I", tag, at + 4)
        yield tag[at : at + _HEADER_BYTES + size]
        at += _HEADER_BYTES + size


def _order(frame: bytes) -> tuple[int, int, bytes]:
    """Short facts by name, then the others as listed; chapters by their start."""
    name = frame[:4].decode("ascii")
    rank = _LAST_IN_ORDER.index(name) if name in _LAST_IN_ORDER else -1
    start = unpack_from(">I", frame, frame.index(b"\0", _HEADER_BYTES) + 1)[0] if name == "CHAP" else 0
    return rank, start, frame


def _syncsafe(size: int) -> bytes:
    """28 bits in four bytes of seven (3.1).

    >>> _syncsafe(257).hex()
    '00000201'
    """
    return bytes(size >> shift & 0x7F for shift in (21, 14, 7, 0))
