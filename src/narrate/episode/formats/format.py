"""What an audio format is: the way from units of the mix to a finished file.

`Mp3` (in `mp3`) is the one to read first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from narrate.episode.tags import TagFacts
    from narrate.model import Margin, Timeline


class Format(Protocol):
    """A kind of file; found as an entry point of the group ``narrate.formats`` and made without arguments."""

    name: str
    """As ``--format`` takes it."""
    mime: str
    suffix: str
    rates_kbps: Sequence[int]
    """The bit rates it can have, the usual one first; none where nothing is thrown away."""

    def coder(self, kbps: int, channels: int) -> Coder:
        """What encodes at that rate, 1 or 2 channels. Raises `PlatformError` where a library for it is missing."""
        ...


class Coder(Protocol):
    """Encodes, joins and decodes at one rate; may be used by any thread."""

    key: str
    """The codec's version and all its settings: what was encoded can be kept under it."""
    margin: Margin
    """What it does to loudness and true peak."""
    rate_hz: int
    """Of what it decodes to."""

    def encoder(self) -> Encoder:
        """A fresh encoder, for one unit or for those that run on into each other."""
        ...

    def decode(self, units: Iterable[bytes]) -> Iterator[NDArray[np.float32]]:
        """What is heard of the encoded units of one encoder, in full scale, (n,) or (n, 2), in pieces of any length.

        It begins where the first unit does; of the silence at the end some may be missing.
        """
        ...

    def write(self, path: Path, facts: TagFacts, timeline: Timeline, units: Iterable[bytes]) -> None:
        """Write a finished, tagged file; no more than a unit at a time is in memory.

        Raises `EpisodeError` where units and timeline do not fit each other.
        """
        ...


class Encoder(Protocol):
    """A codec at work: units go in, in order, and come out encoded."""

    def feed(self, samples: NDArray[np.int16], frames: int) -> Sequence[bytes]:
        """Go on with a unit; the units that are whole by now.

        It has ``frames * 1152`` samples at 44,100 Hz, (n,) or (n, 2).
        """
        ...

    def end(self) -> Sequence[bytes]:
        """The units that were not whole yet."""
        ...


def encoded(coder: Coder, samples: NDArray[np.int16], frames: int) -> bytes:
    """One unit by itself."""
    encoder = coder.encoder()
    (unit,) = (*encoder.feed(samples, frames), *encoder.end())
    return unit


def margin_at(table: Iterable[tuple[int, Margin]], kbps: int) -> Margin:
    """The margin at a bit rate, out of rows that each hold up to one, in order."""
    return next(margin for most, margin in table if kbps <= most)
