"""Audio files decoded by PyAV: the beginning of any, to stereo at 44.1 kHz, and the whole of one as it is."""

from __future__ import annotations

from contextlib import contextmanager
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

import av
import numpy as np
from av.audio.resampler import AudioResampler

from narrate.model import RATE_HZ

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

    from av.audio.stream import AudioStream
    from av.container.input import InputContainer
    from numpy.typing import NDArray

_SEALED = {"protocol_whitelist": "none"}
"""A playlist must not make the decoder open other files, or the network."""

_BYTES_A_SAMPLE = 4


_MOST_BYTES = 2_000_000_000
"""Read of one file: two minutes of a film in the highest quality are less."""


_TRUST = 0.9
"""A file with less than this much of the sound that it says it has breaks off."""


class NoAudioError(ValueError):
    """A file that can be read, and has no audio in it."""


class OpaqueError(ValueError):
    """A file that can be read, and whose audio no decoder understands from its first sound on."""


class _BrokenOffError(ValueError):
    """Sound was decoded, and then no more can be."""


class Decoded(NamedTuple):
    """The beginning of a file, 16-bit, left and right by turns; whether it breaks off where it should go on."""

    pcm: bytearray
    broken: bool


class _Bounded:
    """A file that ends after so many bytes were read of it: a film may hold next to no sound, and be read on and on."""

    def __init__(self, file: BinaryIO, most_bytes: int) -> None:
        self._file, self._left = file, most_bytes
        self.seek, self.tell = file.seek, file.tell

    def read(self, size: int) -> bytes:
        """As that of the file."""
        data = self._file.read(min(size, self._left))
        self._left -= len(data)
        return data


def decode(path: Path, samples: int) -> Decoded:
    """At most that many samples of a file's first audio stream.

    No more of the file is read than they need; one that is damaged after its beginning breaks off there. Raises OSError
    where the file cannot be read, ValueError where it cannot be decoded: `NoAudioError` where it has none, and
    `OpaqueError` where it can be opened.
    """
    pcm = bytearray()
    try:
        with path.open("rb") as file, av.open(_Bounded(file, _MOST_BYTES), mode="r", options=_SEALED) as container:
            try:
                for part in _limited(_frames(container), samples * _BYTES_A_SAMPLE):
                    pcm += part
            except _BrokenOffError:
                return Decoded(pcm, broken=True)
            return Decoded(pcm, broken=len(pcm) // _BYTES_A_SAMPLE < min(samples, _least_samples(container)))
    except av.error.FFmpegError as error:
        raise ValueError(str(error)) from error


@contextmanager
def sound_of(path: Path) -> Iterator[tuple[int, Iterator[NDArray[np.float32]]]]:
    """The rate in Hz of a finished episode's file, and its sound as a player hears it, in full scale, (n, channels)."""
    with path.open("rb") as file, av.open(file, mode="r", options=_SEALED) as container:
        stream = container.streams.audio[0]
        yield stream.rate, _as_it_is(container, stream)


def _as_it_is(container: InputContainer, stream: AudioStream) -> Iterator[NDArray[np.float32]]:
    plain = AudioResampler(format="flt", layout=stream.layout, rate=stream.rate)
    for frame in chain(container.decode(stream), (None,)):
        for ready in plain.resample(frame):
            yield np.asarray(ready.to_ndarray().reshape(-1, stream.channels), np.float32)


def _limited(parts: Iterator[bytes], left: int) -> Iterator[bytes]:
    for part in parts:
        yield part[:left]
        left -= len(part)
        if left <= 0:
            return


def _frames(container: InputContainer) -> Iterator[bytes]:
    if not container.streams.audio:
        raise NoAudioError
    resampler = AudioResampler(format="s16", layout="stereo", rate=RATE_HZ)
    begun = False
    try:
        for frame in chain(container.decode(container.streams.audio[0]), (None,)):
            for ready in resampler.resample(frame):
                yield ready.to_ndarray().tobytes()
                begun = True
    except (av.error.FFmpegError, ValueError) as error:  # the second is for channels or a rate that change
        raise (_BrokenOffError if begun else OpaqueError)(str(error)) from error


def _least_samples(container: InputContainer) -> int:
    """How long the sound is at least, if its file says so: some count roughly, and by the pictures."""
    stream = container.streams.audio[0]
    if stream.duration is None or stream.time_base is None:
        return 0
    return int(stream.duration * stream.time_base * RATE_HZ * _TRUST)
