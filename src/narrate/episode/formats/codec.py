"""A codec of FFmpeg's at work, as PyAV brings it: samples of units in, packets out, and back."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from narrate.episode.formats.packets import packed, unpacked
from narrate.errors import EpisodeError, PlatformError
from narrate.model import FRAME_SAMPLES, RATE_HZ

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from av.audio.codeccontext import AudioCodecContext
    from av.packet import Packet
    from numpy.typing import NDArray

    from narrate.episode.formats.packets import Grid

_FULL_SCALE = np.float32(1 / 32768)
_LAYOUTS = {1: "mono", 2: "stereo"}


@dataclass(frozen=True, slots=True)
class Codec:
    """An encoder and a decoder of libavcodec with all their settings.

    `head` is what a decoder has to know beforehand; with it, it must give every sample, the late ones too.
    A unit begins with `lead` samples of silence, which count as late, and before them goes a silent packet that is
    thrown away where a `settled` encoder is needed: after the lead a decoder is in the state that the encoder is in,
    whatever came before.
    """

    encoder: str
    decoder: str
    options: Mapping[str, str]
    grid: Grid
    kbps: int
    channels: int
    head: bytes
    lead: int = 0
    settled: bool = False

    @property
    def key(self) -> str:
        """The codec's version and settings, and how much silence goes before a unit; the encoder tells `settled`."""
        import av

        version = ".".join(map(str, av.library_versions["libavcodec"]))
        settings = " ".join(f"{name}={value}" for name, value in sorted(self.options.items()))
        sound = f"{self.grid.rate_hz} Hz {_LAYOUTS[self.channels]} {self.kbps} kbit/s, {self.lead} before"
        return f"{self.encoder} of PyAV {av.__version__}, libavcodec {version}, {sound}, {settings}"


def check(codec: Codec) -> None:
    """Raises PlatformError where PyAV was built without the encoder or decoder."""
    import av

    for name in (codec.encoder, codec.decoder):
        if name not in av.codecs_available:
            raise PlatformError(f"PyAV here has no codec '{name}': pip install --force-reinstall av")


class UnitEncoder:
    """A fresh encoder for one unit, or for several that run on."""

    def __init__(self, codec: Codec) -> None:
        self._codec = codec
        self._context = _opened(codec)
        self._stream = _Resampled(codec.grid.rate_hz, codec.channels)
        self._packets: deque[bytes] = deque()
        self._lengths: list[int] = []
        self._fed = self._given = 0
        # A fresh encoder's first packet is of a state in which no decoder is that has heard anything.
        self._unheard = self._dropped = int(codec.settled)
        self._encode(self._silence(codec.lead + self._dropped * codec.grid.frame_samples))

    def feed(self, samples: NDArray[np.int16], frames: int) -> list[bytes]:
        """Go on with exactly ``frames * 1152`` samples at 44.1 kHz; the units before it that are whole by now.

        Raises:
            EpisodeError: the samples are of another length, shape or type.
        """
        shape = (frames * FRAME_SAMPLES,) if self._codec.channels == 1 else (frames * FRAME_SAMPLES, 2)
        if samples.dtype != np.int16 or samples.shape != shape or not frames:
            raise EpisodeError(
                f"a unit of {frames} frames cannot hold {samples.dtype} samples of shape {samples.shape}"
            )
        self._lengths.append(frames)
        self._encode(self._stream.feed(samples))
        return self._whole(self._codec.grid.shares(self._lengths)[:-1])

    def end(self) -> list[bytes]:
        """The units that were not whole yet, the last with silence after it."""
        grid = self._codec.grid
        self._encode(self._stream.end())
        packets = self._dropped + grid.most(sum(self._lengths))
        self._encode(self._silence(packets * grid.frame_samples - self._fed))
        self._packets += map(bytes, self._context.encode(None))
        return self._whole(grid.shares(self._lengths))

    def _silence(self, samples: int) -> NDArray[np.float32]:
        return np.zeros((samples, self._codec.channels), np.float32)

    def _encode(self, sound: NDArray[np.float32]) -> None:
        import av

        if not len(sound):
            return
        planar = self._context.format.is_planar
        rows = np.ascontiguousarray(sound.T) if planar else sound.reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(rows, self._context.format.name, self._context.layout.name)
        frame.sample_rate = self._codec.grid.rate_hz
        frame.pts, frame.time_base = self._fed, Fraction(1, self._codec.grid.rate_hz)
        self._fed += len(sound)
        self._packets += map(bytes, self._context.encode(frame))

    def _whole(self, shares: list[int]) -> list[bytes]:
        """The next units of these shares, as far as their packets are there."""
        units = []
        while self._unheard and self._packets:
            self._packets.popleft()
            self._unheard -= 1
        while self._given < len(shares) and len(self._packets) >= shares[self._given]:
            units.append(packed([self._packets.popleft() for _ in range(shares[self._given])]))
            self._given += 1
        return units


class _Resampled:
    """A stream of 16-bit samples at 44.1 kHz, at another rate and in full scale, (n, channels)."""

    def __init__(self, rate_hz: int, channels: int) -> None:
        self._channels = channels
        self._resampler = None
        if rate_hz != RATE_HZ:
            import soxr

            self._resampler = soxr.ResampleStream(RATE_HZ, rate_hz, channels, dtype="float32", quality="HQ")

    def feed(self, samples: NDArray[np.int16]) -> NDArray[np.float32]:
        return self._next(samples.reshape(-1, self._channels).astype(np.float32) * _FULL_SCALE, last=False)

    def end(self) -> NDArray[np.float32]:
        return self._next(np.zeros((0, self._channels), np.float32), last=True)

    def _next(self, sound: NDArray[np.float32], *, last: bool) -> NDArray[np.float32]:
        if self._resampler is None:
            return sound
        return np.asarray(self._resampler.resample_chunk(sound, last), np.float32)


def _opened(codec: Codec) -> AudioCodecContext:
    import av

    context = cast("AudioCodecContext", av.CodecContext.create(codec.encoder, "w"))
    context.sample_rate = codec.grid.rate_hz
    context.layout = _LAYOUTS[codec.channels]
    context.format = "fltp" if codec.encoder == "aac" else "flt"
    context.bit_rate = codec.kbps * 1000
    context.time_base = Fraction(1, codec.grid.rate_hz)
    context.options = dict(codec.options)
    return context


def decoded(codec: Codec, units: Iterable[bytes]) -> Iterator[NDArray[np.float32]]:
    """What is heard of the units of one encoder, from where the first begins: (n,) or (n, 2) in full scale."""
    import av

    decoder = cast("AudioCodecContext", av.CodecContext.create(codec.decoder, "r"))
    decoder.extradata = codec.head
    late = codec.grid.late_samples

    def coming() -> Iterator[Packet[Any] | None]:
        for unit in units:
            yield from map(av.Packet, unpacked(unit).each())
        yield None

    for packet in coming():
        for frame in decoder.decode(packet):
            sound = np.asarray(frame.to_ndarray()[:, late:], np.float32)
            late = max(0, late - frame.samples)
            if sound.shape[1]:
                yield sound[0] if codec.channels == 1 else np.ascontiguousarray(sound.T)
