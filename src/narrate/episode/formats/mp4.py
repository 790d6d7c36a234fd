"""M4A and M4B: AAC-LC at 44.1 kHz, a unit at a time, joined in an MP4 whose index stands before its sound.

A fresh encoder's first packet holds the first 1,024 samples fading in, and is 1,024
samples late. So the packets of units in a row decode as each does alone: where one
begins, the one before fades out, in silence. The edit list drops what is late.

That first packet is always a long block, and the coder spreads its noise: what sounds in its second half was heard
before it began, at up to -23 dBFS where one stream has -50. So a unit begins with a packet of silence, and the
sound is 2,048 samples late.

The file is written in one go and by ourselves: its index is as long as there are packets,
which the timeline tells, and so the place for it is kept. FFmpeg's own writer takes
ten times as long for each hour, and writes the file twice for that index.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from narrate.episode.formats.codec import Codec, UnitEncoder, check, decoded
from narrate.episode.formats.format import margin_at
from narrate.episode.formats.mp4atoms import (
    PACKET_SAMPLES,
    Movie,
    file_type,
    mdat_head,
    moov,
    sound_config,
    title_samples,
)
from narrate.episode.formats.packets import Grid, joined
from narrate.errors import UsageError
from narrate.model import RATE_HZ, Margin

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from narrate.episode.tags import TagFacts
    from narrate.model import Timeline

RATES_KBPS = (64, 48, 80, 96, 128, 160, 192, 256)
"""Bit rates of AAC-LC that a voice can be heard at, the usual one first."""

_LEAD = PACKET_SAMPLES
GRID = Grid(PACKET_SAMPLES, RATE_HZ, PACKET_SAMPLES + _LEAD)
_STEREO_KBPS = 64
"""At 48 kbit/s two channels lose 0.1 to 0.3 dB, each voice another part."""
_OPTIONS = MappingProxyType({"aac_coder": "fast", "aac_tns": "0", "aac_pns": "0", "flags": "+bitexact"})
"""FFmpeg's usual coder, noise shaping and noise substitution cost 3 times as much, and peaks rise by up to 4 dB."""

_PODCAST, _AUDIOBOOK = 21, 2
"""Kinds of media, as iTunes counts them."""


_MARGINS = (
    (48, Margin(trim_db=0.07, headroom_db=0.4)),
    (64, Margin(trim_db=0.04, headroom_db=0.2)),
    (80, Margin(trim_db=0.03, headroom_db=0.1)),
    (96, Margin(trim_db=0.02, headroom_db=0.06)),
    (256, Margin(trim_db=0.0, headroom_db=0.04)),
)
"""Up to each bit rate: measured on the seed with music in four voices, libavcodec 62. Their trims are 0.02 dB apart
at most, and 3 units of 100 need more headroom. Two channels are as one at three quarters of the rate."""


class M4a:
    """The format "m4a": an episode of a podcast."""

    name = "m4a"
    mime = "audio/mp4"
    suffix = ".m4a"
    rates_kbps: Sequence[int] = RATES_KBPS
    brand = b"M4A "
    kind: Mapping[str, object] = MappingProxyType({"stik": [_PODCAST], "pcst": True, "\xa9gen": ["Podcast"]})

    def coder(self, kbps: int = RATES_KBPS[0], channels: int = 1) -> Mp4Coder:
        """What encodes at one of `rates_kbps`. Raises UsageError where that is too low for two channels."""
        if channels > 1 and kbps < _STEREO_KBPS:
            low, usual = f"{self.name}:{kbps}", f"{self.name}:{_STEREO_KBPS}"
            raise UsageError(f"'{low}' is too low a bit rate for stereo; take '{usual}' or more")
        return Mp4Coder(self.brand, self.kind, kbps, channels)


class M4b(M4a):
    """The format "m4b": the same sound as an audiobook, which players keep the place of."""

    name = "m4b"
    suffix = ".m4b"
    brand = b"M4B "
    kind = MappingProxyType({"stik": [_AUDIOBOOK], "\xa9gen": ["Audiobook"]})


class Mp4Coder:
    """AAC at one bit rate, a fresh encoder a unit."""

    rate_hz = RATE_HZ
    grid = GRID

    def __init__(self, brand: bytes, kind: Mapping[str, object], kbps: int, channels: int) -> None:
        self._brand, self._kind = brand, kind
        self._codec = Codec("aac", "aac", _OPTIONS, GRID, kbps, channels, sound_config(channels), _LEAD)
        check(self._codec)
        self.margin = margin_at(_MARGINS, kbps if channels == 1 else kbps * 3 // 4)
        self.key = self._codec.key

    def encoder(self) -> UnitEncoder:
        """A fresh encoder."""
        return UnitEncoder(self._codec)

    def decode(self, units: Iterable[bytes]) -> Iterator[NDArray[np.float32]]:
        """What is heard of the encoded units of one encoder, from where the first begins."""
        return decoded(self._codec, units)

    def write(self, path: Path, facts: TagFacts, timeline: Timeline, units: Iterable[bytes]) -> None:
        """Head, titles of the chapters, units. Raises EpisodeError where units and timeline do not fit."""
        movie = self._movie(facts, timeline)
        head = len(file_type(movie)) + len(moov(movie, 0, 0)) + len(mdat_head(movie, 0))
        with path.open("wb") as out:
            out.seek(head)
            out.writelines(title_samples(timeline.chapters))
            sound_at, sizes = out.tell(), list[NDArray[np.uint16]]()
            for packets in joined(units, timeline, GRID):
                sizes.append(packets.sizes.copy())  # they are a part of the unit, which is not to stay in memory
                out.write(packets.data)
            end = out.tell()
            movie = replace(movie, sizes=np.concatenate(sizes))
            out.seek(0)
            out.writelines((file_type(movie), moov(movie, head, sound_at), mdat_head(movie, end - head)))

    def _movie(self, facts: TagFacts, timeline: Timeline) -> Movie:
        """All but the sizes of its packets."""
        from narrate.episode.formats.mp4tags import user_data

        return Movie(
            brand=self._brand,
            kbps=self._codec.kbps,
            channels=self._codec.channels,
            late=GRID.late_samples,
            samples=timeline.samples,
            duration_ms=timeline.duration_ms,
            language=facts.language,
            chapters=timeline.chapters,
            user_data=user_data(facts, timeline, self._kind),
            sizes=np.zeros(GRID.whole(timeline.frames), np.uint16),
        )
