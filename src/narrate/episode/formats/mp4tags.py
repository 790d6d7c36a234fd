"""Tags and chapters in the user data of an MP4, as iTunes and Nero have them; mutagen writes the tags."""

from __future__ import annotations

from io import BytesIO
from itertools import count, islice
from struct import pack
from typing import TYPE_CHECKING, Any

from mutagen import mp4 as mutagen_mp4

from narrate.episode.formats.mp4atoms import atom, full_atom, movie_head, shortened
from narrate.episode.text import lines, one_line, paragraphs

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from narrate.episode.tags import TagFacts
    from narrate.model import Chapter, Timeline

mp4: Any = mutagen_mp4
"""Its classes have no types."""
NERO_CHAPTERS = 255
"""One byte counts them."""
NERO_TITLE_BYTES = 127
"""Apps that read these chapters take no longer title."""
DESCRIPTION_BYTES = 255
"""The most that iTunes shows of the short one."""

_PADDING_BYTES = 4 << 10
"""Left free, so that another program can change a tag without moving hours of sound."""
_HUNDRED_NS_A_MS = 10_000
_FREEFORM = "----:com.apple.iTunes:"

_TEXTS: Mapping[str, Callable[[TagFacts], str]] = {
    "\xa9nam": lambda facts: one_line(facts.title),
    "\xa9ART": lambda facts: one_line(facts.artist),
    "aART": lambda facts: one_line(facts.show_author or facts.show),
    "\xa9alb": lambda facts: one_line(facts.show),
    "\xa9day": lambda facts: facts.published.strftime("%Y-%m-%dT%H:%M:%SZ") if facts.published else "",
    "\xa9cmt": lambda facts: lines(facts.description),
    "\xa9too": lambda facts: one_line(facts.encoder),
    "desc": lambda facts: shortened(one_line(facts.description), DESCRIPTION_BYTES),
    "ldes": lambda facts: lines(facts.description),
    "cprt": lambda facts: one_line(facts.copyright),
    "catg": lambda facts: one_line(facts.category),
    "purl": lambda facts: one_line(facts.feed_url),
    "egid": lambda facts: one_line(facts.guid),
}
_FREE_TEXTS: Mapping[str, Callable[[TagFacts], str]] = {
    "LANGUAGE": lambda facts: facts.language,
    "WEBSITE": lambda facts: facts.url,
    "EPISODEURL": lambda facts: facts.page_url,
    "FILEURL": lambda facts: facts.audio_url,
}


def user_data(facts: TagFacts, timeline: Timeline, kind: Mapping[str, object]) -> bytes:
    """The atom ``udta``: chapters as Nero has them, and the tags, `kind` among them."""
    out, head = BytesIO(), movie_head(0)
    out.write(atom(b"moov", head))
    tags = mp4.MP4Tags()
    tags.update({**_tags(facts, timeline), **kind})
    tags.save(out, padding=lambda _: _PADDING_BYTES)
    meta = out.getvalue()[16 : -len(head)]  # it is put in front, in atoms moov and udta
    return atom(b"udta", _nero(timeline.chapters), meta)


def _tags(facts: TagFacts, timeline: Timeline) -> dict[str, object]:
    tags: dict[str, object] = {name: value(facts) for name, value in _TEXTS.items()}
    tags["\xa9lyr"] = "\n\n".join(paragraphs(timeline.cues))
    free = {name: one_line(value(facts)).encode() for name, value in _FREE_TEXTS.items()}
    tags |= {f"{_FREEFORM}{name}": mp4.MP4FreeForm(value) for name, value in free.items() if value}
    if facts.number:
        tags["trkn"] = [(facts.number, 0)]
    if facts.cover:
        tags["covr"] = [mp4.MP4Cover(facts.cover, mp4.MP4Cover.FORMAT_JPEG)]
    return {name: value if isinstance(value, list) else [value] for name, value in tags.items() if value}


def _nero(chapters: Sequence[Chapter]) -> bytes:
    """The first 255 chapters: when each starts, in 100 ns, and its title, a byte of length before it."""
    if not chapters:
        return b""
    rows = []
    for number, chapter in zip(count(1), islice(chapters, NERO_CHAPTERS), strict=False):
        title = shortened(one_line(chapter.title) or str(number), NERO_TITLE_BYTES).encode()
        rows.append(pack(">QB", chapter.start_ms * _HUNDRED_NS_A_MS, len(title)) + title)
    return full_atom(b"chpl", 0, pack(">IB", 0, len(rows)), *rows, version=1)
