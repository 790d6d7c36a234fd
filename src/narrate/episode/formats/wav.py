"""WAV: 16 bits at 44.1 kHz; an RF64 over 4 GB.

How long it is, is known from the timeline. So all that there is to say stands before
the samples, where a reader of the beginning finds it, and nothing is written twice.
"""

from __future__ import annotations

from struct import pack
from typing import TYPE_CHECKING

from narrate.episode.formats.lossless import BITS, Lossless, Unpacker, placed
from narrate.episode.formats.riff import chunk, head, listed
from narrate.episode.text import lines, one_line
from narrate.model import ms_to_samples

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from narrate.episode.tags import TagFacts
    from narrate.model import Chapter, Timeline

_INFO: Mapping[bytes, Callable[[TagFacts], str]] = {
    b"INAM": lambda facts: one_line(facts.title),
    b"IART": lambda facts: one_line(facts.artist),
    b"IPRD": lambda facts: one_line(facts.show),
    b"ITRK": lambda facts: str(facts.number) if facts.number else "",
    b"ICRD": lambda facts: facts.published.strftime("%Y-%m-%d") if facts.published else "",
    b"IGNR": lambda _: "Podcast",
    b"ILNG": lambda facts: one_line(facts.language),
    b"ICOP": lambda facts: one_line(facts.copyright),
    b"ISFT": lambda facts: one_line(facts.encoder),
    b"ICMT": lambda facts: lines(facts.description),
}
"""In UTF-8, as FFmpeg and others read and write them; the specification knows no encoding."""

_LAST_SAMPLE = 0xFFFF_FFFF
"""A cue point further on, after 27 hours, has no place in 32 bits: it is in the ID3 tag."""


class Wav:
    """The format "wav"."""

    name = "wav"
    mime = "audio/wav"
    suffix = ".wav"
    rates_kbps: Sequence[int] = ()

    def coder(self, kbps: int = 0, channels: int = 1) -> WavCoder:
        """There is no bit rate to choose."""
        del kbps
        return WavCoder(channels)


class WavCoder(Lossless):
    """Writes WAV."""

    def write(self, path: Path, facts: TagFacts, timeline: Timeline, units: Iterable[bytes]) -> None:
        """The head and the samples. Raises EpisodeError where units and timeline do not fit each other."""
        unpack = Unpacker(self.channels)
        with path.open("wb") as out:
            out.write(head(self.channels, BITS, timeline.samples, _chunks(facts, timeline)))
            for _, packets in placed(units, timeline):
                out.writelines(unpack(packets))


def _chunks(facts: TagFacts, timeline: Timeline) -> bytes:
    """Facts twice, as an ID3 tag with the chapters and as RIFF has them; chapters as cue points too."""
    from narrate.episode.tags import id3_tag

    info = [chunk(name, value(facts).encode() + b"\0") for name, value in _INFO.items() if value(facts)]
    return listed(b"INFO", info) + _cues(timeline.chapters) + chunk(b"id3 ", id3_tag(facts, timeline))


def _cues(chapters: Sequence[Chapter]) -> bytes:
    starts = [(number, ms_to_samples(chapter.start_ms), chapter) for number, chapter in enumerate(chapters)]
    starts = [each for each in starts if each[1] <= _LAST_SAMPLE]
    if not starts:
        return b""
    points = [pack("<II4sIII", number, start, b"data", 0, 0, start) for number, start, _ in starts]
    labels = [
        chunk(b"labl", pack("<I", number) + one_line(chapter.title).encode() + b"\0") for number, _, chapter in starts
    ]
    return chunk(b"cue ", pack("<I", len(points)) + b"".join(points)) + listed(b"adtl", labels)
