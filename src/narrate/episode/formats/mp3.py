"""MP3: 44.1 kHz CBR, mono or stereo, a unit at a time, joined behind an Info frame that makes it sample-exact.

A fresh encoder's stream leans on nothing before it, so streams of units can be
concatenated. An encoder and a decoder together are 1,105 samples late: the first
1,105 samples of a unit's frames overlap the end of the unit before, which is
silent there by the timeline's law, and the last 1,105 samples of a unit are left
in the frames that are dropped. One silent frame ends the file, so that the last
sample of the timeline is decoded too.

Measured on the seed (250 s, LAME 4.0 in lameenc 1.9, 96 kbit/s; level differences taken out):

======= ========= ======= ======================= ==============
quality CPU s     SNR     noise to mask (mean)    decoded peak
======= ========= ======= ======================= ==============
2       2.61      30.8 dB -3.6 dB                 1.057
3       1.34      34.3 dB -4.4 dB                 1.049
5       1.21      32.7 dB -4.2 dB                 1.075
**7**   **0.72**  40.3 dB -4.0 dB                 0.977
======= ========= ======= ======================= ==============

Quality 7 shapes no noise, which at this rate a voice does not need, and leaves
the limiter's peaks alone. lameenc lets other threads run while it encodes.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import deque
from functools import cache
from importlib.metadata import version
from itertools import chain, islice
from typing import TYPE_CHECKING, BinaryIO, cast

import lameenc
import numpy as np

from narrate.episode.formats.crc import Crc16
from narrate.episode.formats.format import encoded, margin_at
from narrate.episode.formats.frames import MONO, frame_bytes, frame_starts, main_data_begin, mode_of
from narrate.episode.formats.info import ENCODER_DELAY_SAMPLES, TOC_ENTRIES, Info, info_frame, toc_of
from narrate.errors import EpisodeError, UsageError
from narrate.model import FRAME_SAMPLES, RATE_HZ, Margin

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from av.audio.codeccontext import AudioCodecContext
    from av.audio.frame import AudioFrame
    from numpy.typing import NDArray

    from narrate.episode.tags import TagFacts
    from narrate.model import Timeline

RATES_KBPS = (96, 48, 56, 64, 80, 112, 128, 160, 192, 224, 256, 320)
"""Bit rates of MPEG-1 layer III that a voice can be heard at, the usual one first."""

_STEREO_KBPS = 64
"""The least for two channels: the Info frame of a lower rate has no room for what it has to say."""

QUALITY = 7
LATE_SAMPLES = 1_105
"""By which an encoder and a decoder together are late: 576 and 529 (LAME, encoder.h: ENCDELAY, DECDELAY)."""

_MARGINS = (
    (56, Margin(trim_db=0.44, headroom_db=0.2)),
    (160, Margin(trim_db=0.45, headroom_db=0.0)),
    (192, Margin(trim_db=0.27, headroom_db=0.0)),
    (224, Margin(trim_db=0.18, headroom_db=0.0)),
    (320, Margin(trim_db=0.0, headroom_db=0.1)),
)
"""Up to each bit rate: measured on the seed with music in four voices, LAME 4.0 at quality 7, decoded by FFmpeg."""


class Mp3:
    """The format "mp3"."""

    name = "mp3"
    mime = "audio/mpeg"
    suffix = ".mp3"
    rates_kbps: Sequence[int] = RATES_KBPS

    def coder(self, kbps: int = RATES_KBPS[0], channels: int = 1) -> Mp3Coder:
        """What encodes at one of `rates_kbps`. Raises UsageError where that is too low for two channels."""
        if channels > 1 and kbps < _STEREO_KBPS:
            raise UsageError(f"an MP3 of {kbps} kbit/s is mono; stereo takes {_STEREO_KBPS} or more, as mp3:128")
        return Mp3Coder(kbps, channels)


class Mp3Coder:
    """MP3 at one bit rate, a fresh encoder a unit."""

    rate_hz = RATE_HZ

    def __init__(self, kbps: int, channels: int) -> None:
        self.kbps, self.channels = kbps, channels
        self.margin = margin_at(_MARGINS, kbps)
        sound = f"{RATE_HZ} Hz {'mono' if channels == 1 else 'stereo'} CBR {kbps}, quality {QUALITY}"
        self.key = f"lameenc {version('lameenc')}, {sound}, a fresh encoder a unit"

    def encoder(self) -> Mp3Encoder:
        """A fresh encoder."""
        return Mp3Encoder(self.kbps, self.channels)

    def decode(self, units: Iterable[bytes]) -> Iterator[NDArray[np.float32]]:
        """What is heard of the encoded units of one encoder, from where the first begins."""
        import av  # costs 0.1 s

        decoder, late = cast("AudioCodecContext", av.CodecContext.create("mp3float", "r")), LATE_SAMPLES
        # One packet with all frames of a unit, and its sound in one piece: a call a frame costs half as much again.
        for packet in chain(map(av.Packet, units), (None,)):
            frames = decoder.decode(packet)
            if frames:
                tracks = [_plane(frames, channel)[late:] for channel in range(self.channels)]
                yield tracks[0] if self.channels == 1 else np.stack(tracks, axis=1)
                late = 0

    def write(self, path: Path, facts: TagFacts, timeline: Timeline, units: Iterable[bytes]) -> None:
        """The tag, and the units behind an Info frame. Raises EpisodeError where units and timeline do not fit."""
        from narrate.episode.tags import id3_tag

        with path.open("w+b") as out:
            self.join(out, id3_tag(facts, timeline), units, timeline)

    def join(self, out: BinaryIO, tag: bytes, units: Iterable[bytes], timeline: Timeline) -> None:
        """Write a whole file to a seekable `out`: tag, Info frame, units one by one, a silent frame.

        Raises:
            EpisodeError: units and timeline do not fit each other.
        """
        out.write(tag)
        info_at = out.tell()
        out.write(bytes(_frame_bytes(self.kbps)))
        silence = _silent_frame(self.kbps, self.channels)
        tally = _Tally(timeline, self.kbps, silence)
        for unit in units:
            tally.add(unit)
            out.write(unit)
        tally.end()
        out.write(silence)
        end = out.tell()
        out.seek(info_at)
        out.write(info_frame(tally.info()))
        out.seek(end)


class Mp3Encoder:
    """LAME at work: an MP3 frame for each of the mix's, the last of which hold the end of the silence."""

    def __init__(self, kbps: int, channels: int = 1) -> None:
        self._kbps, self._channels = kbps, channels
        self._lame = lameenc.Encoder()
        self._lame.set_channels(channels)
        self._lame.set_in_sample_rate(RATE_HZ)
        self._lame.set_out_sample_rate(RATE_HZ)  # by itself it takes a lower one for a low bit rate
        self._lame.set_bit_rate(kbps)
        self._lame.set_quality(QUALITY)
        self._lame.silence()
        self._stream = bytearray()
        self._waiting: deque[int] = deque()
        self._begun = False

    def feed(self, samples: NDArray[np.int16], frames: int) -> list[bytes]:
        """Go on with exactly ``frames * 1152`` samples, (n,) or (n, 2); the units that are whole by now.

        Raises:
            EpisodeError: the samples are of another length, or the encoder's stream is not what it must be.
        """
        length = frames * FRAME_SAMPLES
        shape = (length,) if self._channels == 1 else (length, self._channels)
        if samples.dtype != np.int16 or samples.shape != shape or not frames:
            raise EpisodeError(
                f"a unit of {frames} frames cannot hold {samples.dtype} samples of shape {samples.shape}"
            )
        self._waiting.append(frames)
        self._stream += self._lame.encode(np.ascontiguousarray(samples).tobytes())
        return self._whole()

    def end(self) -> list[bytes]:
        """The units that were not whole yet; the silent frames that the encoder adds are dropped."""
        self._stream += self._lame.flush()
        return [self._cut(self._waiting.popleft()) for _ in range(len(self._waiting))]

    def _whole(self) -> list[bytes]:
        """The next units out of the stream, of which each frame is surely there."""
        units = []
        while self._waiting and len(self._stream) >= self._waiting[0] * (_frame_bytes(self._kbps) + 1):
            units.append(self._cut(self._waiting.popleft()))
        return units

    def _cut(self, frames: int) -> bytes:
        starts = list(islice(frame_starts(self._stream, self._kbps, self._channels), frames + 1))
        if len(starts) <= frames or (not self._begun and main_data_begin(self._stream, 0)):
            raise EpisodeError(f"the MP3 encoder made {len(starts) - 1} frames of {frames}, or they do not stand alone")
        self._begun = True
        unit = bytes(self._stream[: starts[frames]])
        del self._stream[: starts[frames]]
        return unit


def _plane(frames: Sequence[AudioFrame], channel: int) -> NDArray[np.float32]:
    """One channel of decoded frames."""
    planes = ((cast("bytes", frame.planes[channel]), frame.samples) for frame in frames)  # it can be read like bytes
    return np.concatenate([np.frombuffer(plane, np.float32, samples) for plane, samples in planes])


def _frame_bytes(kbps: int) -> int:
    """A frame without the padding byte, which most have."""
    return 144_000 * kbps // RATE_HZ


class _Tally:
    """What the Info frame says, gathered as units go by: bytes, frames, CRC, where each hundredth of the time is.

    `silence` is the frame that ends the file.
    """

    def __init__(self, timeline: Timeline, kbps: int, silence: bytes) -> None:
        self._kbps, self._silence = kbps, silence
        self._mode = mode_of(silence)
        self._channels = 1 if self._mode == MONO else 2
        self._units = iter(timeline.units)
        self._samples = timeline.samples
        self._hundredths = [percent * (timeline.frames + 1) // TOC_ENTRIES for percent in range(TOC_ENTRIES)]
        self._frames = self._bytes = 0
        self._crc = Crc16()
        self._starts: list[int] = []

    def add(self, unit: bytes) -> None:
        placed = next(self._units, None)
        if placed is None or placed.start_frames != self._frames:
            raise EpisodeError(f"encoded sound does not fit the timeline at frame {self._frames}")
        self._count(unit, placed.frames)

    def end(self) -> None:
        if next(self._units, None) is not None:
            raise EpisodeError(f"encoded sound ends at frame {self._frames}, before its timeline")
        self._count(self._silence, 1)

    def info(self) -> Info:
        return Info(
            encoder=_encoder_name(),
            kbps=self._kbps,
            quality=QUALITY,
            size_bytes=_frame_bytes(self._kbps),
            frames=self._frames,
            audio_bytes=self._bytes,
            toc=toc_of(self._starts, _frame_bytes(self._kbps), self._bytes + _frame_bytes(self._kbps)),
            padding_samples=self._frames * FRAME_SAMPLES - ENCODER_DELAY_SAMPLES - self._samples,
            music_crc=self._crc.value(),
            mode=self._mode,
        )

    def _count(self, data: bytes, frames: int) -> None:
        """Only the units that hold a hundredth of the time are walked through: 100 of ten thousand in a long book."""
        least = frames * _frame_bytes(self._kbps)
        if not least <= len(data) <= least + frames or not frame_bytes(data, 0, self._kbps, self._channels):
            raise EpisodeError(
                f"encoded sound of {len(data)} bytes is not {frames} frames; 'narrate cache clear' and try again"
            )
        self._mark(data, frames)
        self._crc.feed(data)
        self._frames += frames
        self._bytes += len(data)

    def _mark(self, data: bytes, frames: int) -> None:
        first, last = (bisect_left(self._hundredths, edge) for edge in (self._frames, self._frames + frames))
        if first < last:
            starts = list(frame_starts(data, self._kbps, self._channels))
            self._starts += [self._bytes + starts[frame - self._frames] for frame in self._hundredths[first:last]]


@cache
def _silent_frame(kbps: int = RATES_KBPS[0], channels: int = 1) -> bytes:
    shape = (FRAME_SAMPLES,) if channels == 1 else (FRAME_SAMPLES, channels)
    return encoded(Mp3Coder(kbps, channels), np.zeros(shape, np.int16), 1)


def _encoder_name() -> bytes:
    """What LAME calls itself in the stuffing of its frames; lameenc does not tell its version."""
    found = re.search(rb"LAME\d\.\d{1,3}", _silent_frame())
    return found[0] if found else b"LAME"
