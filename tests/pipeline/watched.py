"""An MP3 format that tells what it is asked to encode."""

from __future__ import annotations

from typing import TYPE_CHECKING

from narrate.episode.formats.mp3 import Mp3, Mp3Coder, Mp3Encoder

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    Watcher = Callable[[NDArray[np.int16], int], None]


class WatchedMp3(Mp3):
    """MP3 whose encoders hand the samples and the frames of each unit to `watch` before they encode it."""

    def __init__(self, watch: Watcher) -> None:
        self._watch = watch

    def coder(self, kbps: int = 96, channels: int = 1) -> Mp3Coder:
        """The usual one, watched."""
        return _WatchedCoder(kbps, channels, self._watch)


class _WatchedCoder(Mp3Coder):
    def __init__(self, kbps: int, channels: int, watch: Watcher) -> None:
        super().__init__(kbps, channels)
        self._watch = watch

    def encoder(self) -> Mp3Encoder:
        return _WatchedEncoder(self.kbps, self.channels, self._watch)


class _WatchedEncoder(Mp3Encoder):
    def __init__(self, kbps: int, channels: int, watch: Watcher) -> None:
        super().__init__(kbps, channels)
        self._watch = watch

    def feed(self, samples: NDArray[np.int16], frames: int) -> list[bytes]:
        self._watch(samples, frames)
        return super().feed(samples, frames)
