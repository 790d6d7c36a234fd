"""FLAC: 16 bits at 44.1 kHz, units renumbered and joined behind a head that is known but for its sums (RFC 9639)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from struct import pack
from typing import TYPE_CHECKING

from narrate.episode.formats.flacframes import renumbered
from narrate.episode.formats.lossless import Lossless, Unpacker, placed, stream_info
from narrate.model import FRAME_SAMPLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from narrate.episode.formats.packets import Packets
    from narrate.episode.tags import TagFacts
    from narrate.model import Timeline

POINT_FRAMES = 383
"""The seek table points every 10 s: 6.5 KB an hour."""
_STREAM_INFO, _PADDING, _SEEK_TABLE, _COMMENTS, _PICTURE = 0, 1, 3, 4, 6
_LAST_BLOCK = 0x80
_PADDING_BYTES = 8 << 10
"""Left free, so that another program can change a tag without moving hours of sound."""


class Flac:
    """The format "flac"."""

    name = "flac"
    mime = "audio/flac"
    suffix = ".flac"
    rates_kbps: Sequence[int] = ()

    def coder(self, kbps: int = 0, channels: int = 1) -> FlacCoder:
        """There is no bit rate to choose."""
        del kbps
        return FlacCoder(channels)


class FlacCoder(Lossless):
    """Writes FLAC."""

    def write(self, path: Path, facts: TagFacts, timeline: Timeline, units: Iterable[bytes]) -> None:
        """The head, units one by one, and then the head again. Raises EpisodeError where they do not fit each other."""
        tally = _Tally(timeline, self.channels)
        with path.open("wb") as out:
            tail = b"".join(_tail(facts, timeline))
            out.write(tally.head() + tail)
            for start, packets in placed(units, timeline):
                tally.hear(packets)
                frames = renumbered(packets, start)
                tally.count(frames)
                out.writelines(frames)
            out.seek(0)
            out.write(tally.head() + tail)


def _tail(facts: TagFacts, timeline: Timeline) -> Iterator[bytes]:
    """The blocks that say nothing of the sound."""
    from narrate.episode.formats.vorbis import comment_block, comments, picture_block

    yield _block(_COMMENTS, comment_block(comments(facts, timeline), facts))
    if facts.cover:
        yield _block(_PICTURE, picture_block(facts.cover))
    yield _block(_PADDING | _LAST_BLOCK, bytes(_PADDING_BYTES))


def _block(kind: int, data: bytes) -> bytes:
    return bytes([kind]) + len(data).to_bytes(3, "big") + data


@dataclass(slots=True)
class _Tally:
    """What the head says, gathered as units go by."""

    timeline: Timeline
    channels: int
    frames: int = 0
    size_bytes: int = 0
    frame_bytes: tuple[int, int] = (0, 0)
    points: list[tuple[int, int]] = field(default_factory=list)
    md5: hashlib._Hash = field(init=False)
    unpack: Unpacker = field(init=False)

    def __post_init__(self) -> None:
        self.md5 = hashlib.md5(usedforsecurity=False)
        self.unpack = Unpacker(self.channels)

    def head(self) -> bytes:
        """Of the same length at any time."""
        info = stream_info(self.channels, self.timeline.samples, self.frame_bytes, self.md5.digest())
        wanted = -(-self.timeline.frames // POINT_FRAMES)
        points = [pack(">QQH", frame * FRAME_SAMPLES, at, FRAME_SAMPLES) for frame, at in self.points]
        table = b"".join(points).ljust(18 * wanted, b"\xff")
        return b"fLaC" + _block(_STREAM_INFO, info) + _block(_SEEK_TABLE, table)

    def hear(self, packets: Packets) -> None:
        """Go on with the samples of a unit."""
        for piece in self.unpack(packets):
            self.md5.update(piece)

    def count(self, frames: Sequence[bytes]) -> None:
        """Go on with the frames of a unit."""
        for size in map(len, frames):
            if self.frames % POINT_FRAMES == 0:
                self.points.append((self.frames, self.size_bytes))
            self.frames += 1
            self.size_bytes += size
        sizes = [*map(len, frames), *filter(None, self.frame_bytes)]
        self.frame_bytes = min(sizes), max(sizes)
