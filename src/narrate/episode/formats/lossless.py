"""What loses nothing: units kept as FLAC, whatever file they become, at two fifths of their samples' size.

An MP3 frame of the timeline is a FLAC frame. Level 5 is FFmpeg's usual one; an hour of
speech and music took 4.5 CPU s to encode, 1.8 to decode, and 39 % of its samples' size
(level 0: 3.7, 1.3, 53 %; level 8: 7.5, 1.8, 37 %).
"""

from __future__ import annotations

from fractions import Fraction
from itertools import chain, islice
from struct import pack
from typing import TYPE_CHECKING

import numpy as np

from narrate.episode.formats.packets import Packets, packed, unpacked
from narrate.errors import EpisodeError, PlatformError
from narrate.model import FRAME_SAMPLES, RATE_HZ, Margin

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from av import AudioFrame
    from numpy.typing import NDArray

    from narrate.model import Timeline

LEVEL = 5
BITS = 16
_LAYOUTS = {1: "mono", 2: "stereo"}
_PIECE_FRAMES = 64
_FULL_SCALE = np.float32(1 / 32768)


class Lossless:
    """The half of a coder that all such formats share."""

    rate_hz = RATE_HZ
    margin = Margin()

    def __init__(self, channels: int) -> None:
        self.channels = channels
        _check()
        self.key = f"FLAC {_version()}, {RATE_HZ} Hz {_LAYOUTS[channels]} {BITS} bits, level {LEVEL}"

    def encoder(self) -> FlacEncoder:
        """A fresh encoder."""
        return FlacEncoder(self.channels)

    def decode(self, units: Iterable[bytes]) -> Iterator[NDArray[np.float32]]:
        """What is heard of encoded units."""
        unpack = Unpacker(self.channels)
        for piece in chain.from_iterable(unpack(unpacked(unit)) for unit in units):
            samples = np.frombuffer(piece, "<i2").astype(np.float32) * _FULL_SCALE
            yield samples if self.channels == 1 else samples.reshape(-1, self.channels)


class FlacEncoder:
    """FFmpeg's FLAC encoder; a fresh one a unit, though nothing would lean on another."""

    def __init__(self, channels: int) -> None:
        self._channels = channels

    def feed(self, samples: NDArray[np.int16], frames: int) -> list[bytes]:
        """The unit that was fed: a FLAC frame for each of its own.

        Raises:
            EpisodeError: the samples are of another length, shape or type.
        """
        shape = (frames * FRAME_SAMPLES,) if self._channels == 1 else (frames * FRAME_SAMPLES, self._channels)
        if samples.dtype != np.int16 or samples.shape != shape or not frames:
            raise EpisodeError(
                f"a unit of {frames} frames cannot hold {samples.dtype} samples of shape {samples.shape}"
            )
        packets = list(_packets(samples.reshape(frames, 1, -1), self._channels))
        if len(packets) != frames:
            raise EpisodeError(f"the FLAC encoder made {len(packets)} frames of {frames}")
        return [packed(packets)]

    def end(self) -> list[bytes]:
        """Nothing: each unit is whole as soon as it was fed."""
        return []


def _packets(blocks: NDArray[np.int16], channels: int) -> Iterator[bytes]:
    import av

    context = av.CodecContext.create("flac", "w")
    context.sample_rate, context.layout, context.format = RATE_HZ, _LAYOUTS[channels], "s16"
    context.time_base, context.thread_count = Fraction(1, RATE_HZ), 1
    context.options = {"compression_level": str(LEVEL), "frame_size": str(FRAME_SAMPLES), "flags": "+bitexact"}
    for number, block in enumerate(blocks):
        frame = av.AudioFrame.from_ndarray(block, "s16", _LAYOUTS[channels])
        frame.sample_rate, frame.pts, frame.time_base = RATE_HZ, number * FRAME_SAMPLES, context.time_base
        yield from map(bytes, context.encode(frame))
    yield from (data for data in map(bytes, context.encode(None)) if data)  # the last tells of all, and is empty


class Unpacker:
    """Makes packets samples again: 16 bits, little-endian, channels by turns."""

    def __init__(self, channels: int) -> None:
        import av

        self._decoder = av.CodecContext.create("flac", "r")
        self._decoder.thread_count = 1
        self._decoder.extradata = stream_info(channels)

    def __call__(self, packets: Packets) -> Iterator[bytes]:
        """The samples in pieces, each of a few frames. Raises EpisodeError where the packets are damaged."""
        import av

        waiting = packets.each()
        while some := list(islice(waiting, _PIECE_FRAMES)):
            try:
                frames = [frame for data in some for frame in self._decoder.decode(av.Packet(data))]
            except av.error.FFmpegError as error:
                raise _damaged(len(packets.data)) from error
            if len(frames) != len(some) or any(frame.samples != FRAME_SAMPLES for frame in frames):
                raise _damaged(len(packets.data))
            yield b"".join(map(self._samples, frames))

    def _samples(self, frame: AudioFrame) -> bytes:
        samples = frame.to_ndarray()
        return np.ascontiguousarray(samples.T if frame.format.is_planar else samples, "<i2").tobytes()


def _damaged(size: int) -> EpisodeError:
    return EpisodeError(f"encoded sound of {size} bytes is damaged; 'narrate cache clear' and try again")


def stream_info(
    channels: int, samples: int = 0, frame_bytes: tuple[int, int] = (0, 0), md5: bytes = bytes(16)
) -> bytes:
    """What a FLAC stream is (RFC 9639, 8.2): nothing of it but the kind has to be known beforehand."""
    least, most = frame_bytes
    sizes = pack(">HH", FRAME_SAMPLES, FRAME_SAMPLES) + least.to_bytes(3, "big") + most.to_bytes(3, "big")
    kind = RATE_HZ << 44 | channels - 1 << 41 | BITS - 1 << 36 | samples
    return sizes + kind.to_bytes(8, "big") + md5


def placed(units: Iterable[bytes], timeline: Timeline) -> Iterator[tuple[int, Packets]]:
    """Units with the frames at which they start.

    Raises:
        EpisodeError: units and timeline do not fit each other.
    """
    coming = iter(units)
    for unit in timeline.units:
        data = next(coming, None)
        packets = None if data is None else unpacked(data)
        if packets is None or len(packets.sizes) != unit.frames:
            raise EpisodeError(f"encoded sound does not fit the timeline at frame {unit.start_frames}")
        yield unit.start_frames, packets
    if next(coming, None) is not None:
        raise EpisodeError(f"encoded sound goes on after frame {timeline.frames}, where its timeline ends")


def _version() -> str:
    import av

    return f"PyAV {av.__version__}, libavcodec {'.'.join(map(str, av.library_versions['libavcodec']))}"


def _check() -> None:
    import av

    if "flac" not in av.codecs_available:
        raise PlatformError("PyAV here has no codec 'flac': pip install --force-reinstall av")
