"""The one truth about time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from narrate.model.time import FRAME_SAMPLES, samples_to_ms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from narrate.model.script import MusicPart, Role


@dataclass(frozen=True, slots=True)
class Placed:
    """A take on the timeline: samples ``[trim_start, trim_end)`` of take `index` are heard from `start_samples` on.

    Trims count samples of the take's own rate, `digest` is that of its PCM,
    `level_db` the gain of its voice before the common one.
    """

    index: int
    start_samples: int
    trim_start: int
    trim_end: int
    rate_hz: int
    level_db: float
    digest: str


@dataclass(frozen=True, slots=True)
class PlacedMusic:
    """A piece of music on the timeline; `duck` are the spans ``(start, end)`` of speech it dips under.

    A bed is in every unit that it plays in, each time with the spans round that unit alone.
    """

    part: MusicPart
    start_samples: int
    length_samples: int
    digest: str
    duck: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Unit:
    """What is encoded, cached and joined: `frames` whole MP3 frames from `start_frames` on.

    It holds ``placed[first:last]`` of the timeline and the music that overlaps
    them, and ends in at least 2,304 samples of digital silence, longer than any
    encoder and decoder together are late; unless the next one `runs_on` from it: music
    that goes on through both, which one encoder has to encode in one go.
    """

    start_frames: int
    frames: int
    first: int
    last: int
    music: tuple[PlacedMusic, ...] = ()
    runs_on: bool = False


@dataclass(frozen=True, slots=True)
class Margin:
    """What a codec does to a mix: it lowers it by `trim_db`, and its true peaks may come out `headroom_db` higher.

    Under a bed it lowers it by `bed_trim_db`, where that is another: some codecs take a voice alone for what it is.
    """

    trim_db: float = 0.0
    headroom_db: float = 0.0
    bed_trim_db: float | None = None

    def under_a_bed(self) -> Margin:
        """The margin where music goes on under the words."""
        return self if self.bed_trim_db is None else Margin(self.bed_trim_db, self.headroom_db)


@dataclass(frozen=True, slots=True)
class Master:
    """How the mix that all formats share becomes the sound of one: gains of voices and music, then a limiter."""

    form: str
    gain_db: float
    music_db: float
    ceiling_dbtp: float


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter: flat, in order, the first at 0, each ending where the next starts; `segment` opens it."""

    start_ms: int
    end_ms: int
    title: str
    segment: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Word:
    """A word as written, with the punctuation that clings to it, and when it is heard."""

    start_ms: int
    end_ms: int
    text: str
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class Cue:
    """A sentence as written and when it is heard; `added` where the words are narrate's own."""

    start_ms: int
    end_ms: int
    text: str
    segment: str
    role: Role
    voice: str
    language: str
    words: tuple[Word, ...] = ()
    added: bool = False


@dataclass(frozen=True, slots=True)
class Timeline:
    """The one truth about time, in samples at `RATE_HZ`; every time anywhere is written from it.

    `gain_db` is what the voices are raised by where no codec follows, `masters` say what each
    format does with them. It has 1 or 2 `channels`, with the voices in both.
    """

    units: tuple[Unit, ...]
    placed: tuple[Placed, ...]
    chapters: tuple[Chapter, ...]
    cues: tuple[Cue, ...]
    gain_db: float
    ceiling_dbtp: float
    target_lufs: float
    masters: tuple[Master, ...] = ()
    channels: int = 1

    @property
    def frames(self) -> int:
        """Length in MP3 frames."""
        return self.units[-1].start_frames + self.units[-1].frames if self.units else 0

    @property
    def samples(self) -> int:
        """Length in samples."""
        return self.frames * FRAME_SAMPLES

    @property
    def duration_ms(self) -> int:
        """Length in milliseconds."""
        return samples_to_ms(self.samples)

    def master(self, form: str) -> Master:
        """The master of a format; one that nothing is known of gets what is to be heard."""
        own = (master for master in self.masters if master.form == form)
        return next(own, Master(form, self.gain_db, 0.0, self.ceiling_dbtp))

    def runs(self) -> Iterator[range]:
        """The positions of the units, those together that have to be encoded in one go."""
        begins = [index for index, unit in enumerate(self.units) if not unit.runs_on]
        return map(range, begins, [*begins[1:], len(self.units)])


@dataclass(frozen=True, slots=True)
class Loudness:
    """What a mix aims at: integrated loudness (ITU-R BS.1770-5) and true peak of the decoded file."""

    target_lufs: float = -16.0
    ceiling_dbtp: float = -1.0
