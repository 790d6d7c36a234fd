"""Atoms of an MP4: a track of AAC and one of chapter titles (ISO 14496-12 and -14; QuickTime File Format).

Times of the movie and of its sound count samples at 44.1 kHz, those of the chapters milliseconds; there is no clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from struct import pack
from typing import TYPE_CHECKING

import numpy as np

from narrate.episode.languages import iso_639_2
from narrate.episode.text import one_line
from narrate.model import RATE_HZ

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from narrate.model import Chapter

PACKET_SAMPLES = 1_024
PACKET_BYTES = 768
"""The most that a packet has for each channel: 6,144 bits (ISO 14496-3, 4.5.3.1)."""

TITLE_BYTES = 0xFFFF
"""The most that a sample of the chapter track counts."""

_SOUND, _TITLES = 1, 2
"""The tracks."""
_A_SECOND_OF_PACKETS = 43
"""They are a chunk."""
_MATRIX = pack(">9I", 1 << 16, 0, 0, 0, 1 << 16, 0, 0, 0, 1 << 30)
_ENABLED, _IN_MOVIE = 1, 2
_UTF8 = pack(">I4sI", 12, b"encd", 0x100)
"""What follows a title, so that it is not read as MacRoman."""
_TEXT_MS = 1_000


@dataclass(frozen=True, slots=True)
class Movie:
    """What is in a file: packets of `sizes` bytes that are `late` samples late, chapters, tags."""

    brand: bytes
    kbps: int
    channels: int
    late: int
    samples: int
    duration_ms: int
    language: str
    chapters: tuple[Chapter, ...]
    user_data: bytes
    sizes: NDArray[np.uint16]

    @property
    def wide(self) -> bool:
        """Whether places in the file may need 64 bits, told by the number of packets alone."""
        return len(self.sizes) * PACKET_BYTES * self.channels + (1 << 28) >= 1 << 32


def atom(name: bytes, *parts: bytes) -> bytes:
    r"""An atom: its size, its name, what is in it.

    >>> atom(b"free", b"\1")
    b'\x00\x00\x00\tfree\x01'
    """
    return b"".join((pack(">I4s", 8 + sum(map(len, parts)), name), *parts))


def full_atom(name: bytes, flags: int, *parts: bytes, version: int = 0) -> bytes:
    """An atom with a version and flags."""
    return atom(name, pack(">I", version << 24 | flags), *parts)


def file_type(movie: Movie) -> bytes:
    """The first atom."""
    return atom(b"ftyp", movie.brand, bytes(4), movie.brand, b"mp42isom")


def mdat_head(movie: Movie, size: int) -> bytes:
    """What precedes `size` bytes of media data."""
    return pack(">I4sQ", 1, b"mdat", 16 + size) if movie.wide else pack(">I4s", 8 + size, b"mdat")


def title_samples(chapters: Sequence[Chapter]) -> list[bytes]:
    """The samples of the chapter track: a title each, its length before it."""
    titles = [shortened(one_line(chapter.title), TITLE_BYTES).encode() for chapter in chapters]
    return [pack(">H", len(title)) + title + _UTF8 for title in titles]


def shortened(text: str, most_bytes: int) -> str:
    """As much of a text as so many bytes of UTF-8 hold, with an ellipsis where something is left out.

    >>> shortened("Näheres", 7), shortened("Näheres", 8)
    ('Näh…', 'Näheres')
    """
    data = text.encode()
    if len(data) <= most_bytes:
        return text
    return data[: most_bytes - len("…".encode())].decode(errors="ignore").rstrip() + "…"


def moov(movie: Movie, titles_at: int, sound_at: int) -> bytes:
    """All that is to be known of a file whose chapter titles and packets begin there; its length depends on neither."""
    tracks = [_sound(movie, sound_at)]
    if movie.chapters:
        tracks.append(_titles(movie, titles_at))
    return atom(b"moov", movie_head(movie.samples), *tracks, movie.user_data)


def movie_head(samples: int) -> bytes:
    """The head of a movie that long."""
    times, version = _times(samples, pack(">I", RATE_HZ))
    rest = pack(">IH10x", 1 << 16, 1 << 8) + _MATRIX + bytes(24) + pack(">I", _TITLES + 1)
    return full_atom(b"mvhd", 0, times, rest, version=version)


def _times(duration: int, between: bytes) -> tuple[bytes, int]:
    """When it was made and changed (never), what stands before the duration, the duration: and their version."""
    version = int(duration >> 32 > 0)
    return (
        (bytes(16) + between + pack(">Q", duration), 1) if version else (bytes(8) + between + pack(">I", duration), 0)
    )


def _sound(movie: Movie, at: int) -> bytes:
    kind = _sample_entry(movie), full_atom(b"smhd", 0, bytes(4)), b"soun"
    packets, length = len(movie.sizes), movie.late + movie.samples
    last = length - (packets - 1) * PACKET_SAMPLES
    tables = (
        full_atom(b"stts", 0, pack(">5I", 2, packets - 1, PACKET_SAMPLES, 1, last)),
        _chunks(packets),
        full_atom(b"stsz", 0, pack(">2I", 0, packets), movie.sizes.astype(">u4").tobytes()),
        _offsets(movie, at),
        full_atom(b"sgpd", 0, pack(">4s2Ih", b"roll", 2, 1, -1), version=1),
        full_atom(b"sbgp", 0, pack(">4s3I", b"roll", 1, packets, 1)),
    )
    media = _media(kind, (RATE_HZ, length), movie.language, tables)
    chapters = atom(b"tref", atom(b"chap", pack(">I", _TITLES))) if movie.chapters else b""
    flags = _ENABLED | _IN_MOVIE
    return atom(b"trak", _track_head(_SOUND, flags, movie.samples), _edits(movie), chapters, media)


def _titles(movie: Movie, at: int) -> bytes:
    # no display flags, centred; colours, box, font and its name are left open (QuickTime: text sample description)
    entry = atom(b"text", pack(">6xHII", 1, 0, 1), bytes(36))
    head = atom(b"gmhd", full_atom(b"gmin", 0, pack(">4H4x", 0x40, *3 * [0x8000])), atom(b"text", _MATRIX))
    starts = [chapter.start_ms for chapter in movie.chapters]
    lengths = [end - start for start, end in zip(starts, [*starts[1:], movie.duration_ms], strict=True)]
    sizes = [len(sample) for sample in title_samples(movie.chapters)]
    count = len(sizes)
    tables = (
        full_atom(b"stts", 0, pack(f">I{2 * count}I", count, *(n for length in lengths for n in (1, length)))),
        full_atom(b"stsc", 0, pack(">4I", 1, 1, count, 1)),
        full_atom(b"stsz", 0, pack(f">2I{count}I", 0, count, *sizes)),
        full_atom(b"stco", 0, pack(">2I", 1, at)),
    )
    media = _media((entry, head, b"text"), (_TEXT_MS, movie.duration_ms), movie.language, tables)
    return atom(b"trak", _track_head(_TITLES, _IN_MOVIE, movie.samples), media)


def _track_head(track: int, flags: int, samples: int) -> bytes:
    times, version = _times(samples, pack(">2I", track, 0))
    volume = 1 << 8 if track == _SOUND else 0
    return full_atom(b"tkhd", flags, times, pack(">8x2H2H", 0, 0, volume, 0), _MATRIX, bytes(8), version=version)


def _edits(movie: Movie) -> bytes:
    """What is heard: all but what a decoder gives before the first sample and after the last."""
    wide = movie.samples >> 32 > 0
    edit = pack(">Qq" if wide else ">Ii", movie.samples, movie.late) + pack(">2H", 1, 0)
    return atom(b"edts", full_atom(b"elst", 0, pack(">I", 1), edit, version=int(wide)))


def _media(kind: tuple[bytes, bytes, bytes], length: tuple[int, int], language: str, tables: Sequence[bytes]) -> bytes:
    """A track's media: sample entry, media head and handler; rate and duration."""
    entry, head, handler = kind
    rate, duration = length
    times, version = _times(duration, pack(">I", rate))
    code = sum(
        (ord(letter) - 0x60) << shift for letter, shift in zip(iso_639_2(language) or "und", (10, 5, 0), strict=True)
    )
    own = atom(b"dinf", full_atom(b"dref", 0, pack(">I", 1), full_atom(b"url ", 1)))
    table = atom(b"stbl", full_atom(b"stsd", 0, pack(">I", 1), entry), *tables)
    return atom(
        b"mdia",
        full_atom(b"mdhd", 0, times, pack(">2H", code, 0), version=version),
        full_atom(b"hdlr", 0, pack(">I4s12xB", 0, handler, 0)),
        atom(b"minf", head, own, table),
    )


def sound_config(channels: int) -> bytes:
    """The AudioSpecificConfig: AAC-LC, 44.1 kHz, no spectral band replication (ISO 14496-3, 1.6.2.1)."""
    return pack(">H", 2 << 11 | 4 << 7 | channels << 3) + bytes.fromhex("56e500")


def _sample_entry(movie: Movie) -> bytes:
    packets = max(1, len(movie.sizes))
    mean_bps = int(movie.sizes.sum(dtype=np.int64)) * 8 * RATE_HZ // (packets * PACKET_SAMPLES)
    config = sound_config(movie.channels)
    rates = (PACKET_BYTES * movie.channels).to_bytes(3, "big") + pack(">2I", max(mean_bps, movie.kbps * 1000), mean_bps)
    decoder = pack("BB", 0x40, 0x15) + rates + pack("BB", 5, len(config)) + config
    stream = pack(">HBBB", 0, 0, 4, len(decoder)) + decoder + bytes((6, 1, 2))
    esds = full_atom(b"esds", 0, pack("BB", 3, len(stream)), stream)
    return atom(b"mp4a", pack(">6xH8x2H4xI", 1, movie.channels, 16, RATE_HZ << 16), esds)


def _chunks(packets: int) -> bytes:
    """How many packets each chunk has: a second, the last what is left."""
    chunks, rest = divmod(packets, _A_SECOND_OF_PACKETS)
    rows = [(1, _A_SECOND_OF_PACKETS, 1)] if chunks else []
    if rest:
        rows.append((chunks + 1, rest, 1))
    return full_atom(b"stsc", 0, pack(">I", len(rows)), *(pack(">3I", *row) for row in rows))


def _offsets(movie: Movie, at: int) -> bytes:
    firsts = range(0, len(movie.sizes), _A_SECOND_OF_PACKETS)
    chunks = np.add.reduceat(movie.sizes, firsts, dtype=np.int64)
    starts = at + np.cumsum(chunks) - chunks
    name, form = (b"co64", ">u8") if movie.wide else (b"stco", ">u4")
    return full_atom(name, 0, pack(">I", len(starts)), starts.astype(form).tobytes())
