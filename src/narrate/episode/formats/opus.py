"""Opus: 48 kHz in Ogg, a unit at a time, joined packet by packet.

An encoder predicts each frame's energies from the frame before, and a fresh one supposes a
frame that no decoder at work has heard; it may also begin in another of its modes, which a
decoder fades over to. So a unit begins with a packet of silence, of an encoder that has been
silent before: after it the decoder is where the encoder is, and the samples of a unit are the
same, to the last bit, in any file. Without it, 1 of 37 units of the seed at 64 kbit/s was off by
up to -6 dBFS in its first 60 ms. The sound is 1,272 samples late then: the header tells,
and the last page tells the length, to the sample.

A unit is brought to 48 kHz by itself, so that it can be kept. Pages are written by ourselves: every
byte of them is told by the packets, and an hour takes a tenth of the time that FFmpeg's writer and mutagen's take.
"""

from __future__ import annotations

from dataclasses import replace
from struct import pack
from types import MappingProxyType
from typing import TYPE_CHECKING

from narrate.episode.formats.codec import Codec, UnitEncoder, check, decoded
from narrate.episode.formats.format import margin_at
from narrate.episode.formats.ogg import FIRST, LAST, OggWriter, lacing
from narrate.episode.formats.packets import Grid, joined
from narrate.model import RATE_HZ, Margin

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from narrate.episode.formats.packets import Packets
    from narrate.episode.tags import TagFacts
    from narrate.model import Timeline

RATES_KBPS = (48, 24, 32, 40, 64, 80, 96, 128)
"""Bit rates that a voice can be heard at, the usual one first."""

_LEAD = 960
GRID = Grid(960, 48_000, 312 + _LEAD)
_OPTIONS = MappingProxyType({"application": "audio", "compression_level": "10", "frame_duration": "20", "vbr": "on"})
_SERIAL = 0x6E61_7272
"""Of the stream: any number will do (RFC 3533, 6), and the same one gives the same bytes."""
_MARGINS = (
    (24, Margin(trim_db=0.48, headroom_db=1.2, bed_trim_db=0.05)),
    (32, Margin(trim_db=0.43, headroom_db=0.9, bed_trim_db=0.04)),
    (40, Margin(trim_db=0.37, headroom_db=0.6, bed_trim_db=0.03)),
    (48, Margin(trim_db=0.29, headroom_db=0.6, bed_trim_db=0.02)),
    (128, Margin(trim_db=0.0, headroom_db=0.6)),
)
"""Up to each bit rate: measured on the seed with music in four voices by bench/margins.py, libopus of PyAV 18.1.

To 48 kbit/s a voice is coded by linear prediction, which lowers it, unless music goes on under it. The table has the
middle between the voice that is lowered most and the one that is least: they are 0.05 to 0.07 dB from it, rule voices
above and neural ones below, and under a bed up to 0.035.
"""
_STEREO_DB = 0.05
"""By so much less a voice is lowered in two channels, at each of these rates; their peaks are 0.3 to 1 dB lower."""
_PAGE_PACKETS = 42
"""0.84 s. A packet has at most 1,275 bytes (RFC 6716, 3.4), six segments, so that a page has never more than 255."""


class Opus:
    """The format "opus"."""

    name = "opus"
    mime = "audio/ogg"
    suffix = ".opus"
    rates_kbps: Sequence[int] = RATES_KBPS

    def coder(self, kbps: int = RATES_KBPS[0], channels: int = 1) -> OpusCoder:
        """What encodes at one of `rates_kbps`."""
        return OpusCoder(kbps, channels)


class OpusCoder:
    """Opus at one bit rate, a fresh encoder a unit."""

    rate_hz = GRID.rate_hz
    grid = GRID

    def __init__(self, kbps: int, channels: int) -> None:
        self._codec = Codec("libopus", "opus", _OPTIONS, GRID, kbps, channels, _head(channels, 0), _LEAD, settled=True)
        check(self._codec)
        margin = margin_at(_MARGINS, kbps)
        less_db = _STEREO_DB if channels > 1 and margin.trim_db else 0.0
        self.margin = replace(margin, trim_db=round(margin.trim_db - less_db, 2))
        self.key = self._codec.key

    def encoder(self) -> UnitEncoder:
        """A fresh encoder."""
        return UnitEncoder(self._codec)

    def decode(self, units: Iterable[bytes]) -> Iterator[NDArray[np.float32]]:
        """What is heard of the encoded units of one encoder, from where the first begins."""
        return decoded(self._codec, units)

    def write(self, path: Path, facts: TagFacts, timeline: Timeline, units: Iterable[bytes]) -> None:
        """Both headers, and the packets of the units. Raises EpisodeError where units and timeline do not fit."""
        from narrate.episode.formats.opustags import comment_header

        with path.open("wb") as out:
            ogg = OggWriter(out, _SERIAL)
            ogg.header(_head(self._codec.channels, GRID.late_samples), FIRST)
            ogg.header(comment_header(facts, timeline))
            pages = _Pages(ogg, GRID.whole(timeline.frames), GRID.samples(timeline.frames) + GRID.late_samples)
            for packets in joined(units, timeline, GRID):
                pages.add(packets)


class _Pages:
    """Packets put on pages, so many on each; all of them are known to be `packets`, and to be heard to `end`."""

    def __init__(self, ogg: OggWriter, packets: int, end: int) -> None:
        self._ogg, self._packets, self._end = ogg, packets, end
        self._segments, self._data = bytearray(), bytearray()
        self._count = 0

    def add(self, packets: Packets) -> None:
        sizes, at, start = packets.sizes, 0, 0
        while at < len(sizes):
            part = sizes[at : at + _PAGE_PACKETS - self._count % _PAGE_PACKETS]
            length = int(part.sum())
            self._segments += lacing(part)
            self._data += packets.data[start : start + length]
            at, start = at + len(part), start + length
            self._count += len(part)
            if self._count % _PAGE_PACKETS == 0 or self._count == self._packets:
                self._turn()

    def _turn(self) -> None:
        """Write the page. Where it ends counts the late samples too (RFC 7845, 4)."""
        kind = LAST if self._count == self._packets else 0
        self._ogg.page(bytes(self._segments), bytes(self._data), min(self._count * GRID.frame_samples, self._end), kind)
        self._segments.clear()
        self._data.clear()


def _head(channels: int, dropped: int) -> bytes:
    """The identification header: how many samples a decoder is to drop; it changes no level (RFC 7845, 5.1)."""
    return b"OpusHead" + pack("<BBHIhB", 1, channels, dropped, RATE_HZ, 0, 0)
