"""WAV and FLAC: every sample as it was mixed, read by FFmpeg, flac, mutagen, SoX and MediaInfo."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from io import BytesIO
from struct import unpack_from
from typing import TYPE_CHECKING, Any

import av
import numpy as np
import pytest
from mutagen import File
from PIL import Image

from narrate.episode.formats.flac import POINT_FRAMES, Flac
from narrate.episode.formats.format import encoded
from narrate.episode.formats.packets import packed
from narrate.episode.formats.riff import head
from narrate.episode.formats.wav import Wav
from narrate.episode.tags import TagFacts
from narrate.errors import EpisodeError
from narrate.model import FRAME_SAMPLES, RATE_HZ, Chapter

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.episode.conftest import Sound

    from narrate.episode.formats.format import Coder
    from narrate.model import Timeline

CHAPTERS = (
    Chapter(0, 2_137, "Größe", "s1", "https://example.org/a"),
    Chapter(2_137, 4_000, "Odd", "s2"),
    Chapter(4_000, 9_117, "The rest", "s3"),
)
FORMATS = (Flac, Wav)


@dataclass(frozen=True)
class Written:
    """A file that was written, and what it must hold."""

    path: Path
    samples: np.ndarray
    timeline: Timeline


def facts() -> TagFacts:
    """Some facts with a cover."""
    cover = BytesIO()
    Image.new("RGB", (30, 30)).save(cover, "JPEG")
    return TagFacts("A títle", "An author", "A show", number=7, description="One\nTwo", cover=cover.getvalue())


def write(folder: Path, kind: type[Flac | Wav], sound: Sound, channels: int) -> Written:
    """The test's sound as a file, the right channel lower than the left."""
    samples = sound.whole if channels == 1 else np.stack([sound.whole, sound.whole // 3], axis=1)
    timeline = replace(sound.timeline, chapters=CHAPTERS)
    coder = kind().coder(0, channels)
    path = folder / f"episode{kind.suffix}"
    coder.write(path, facts(), timeline, units_of(coder, samples, timeline))
    return Written(path, samples, timeline)


def units_of(coder: Coder, samples: np.ndarray, timeline: Timeline) -> list[bytes]:
    """Each unit by itself."""
    return [
        encoded(coder, samples[unit.start_frames * FRAME_SAMPLES :][: unit.frames * FRAME_SAMPLES], unit.frames)
        for unit in timeline.units
    ]


@pytest.fixture(scope="session", params=[(kind, channels) for kind in FORMATS for channels in (1, 2)], ids=str)
def file(request: pytest.FixtureRequest, sound: Sound, tmp_path_factory: pytest.TempPathFactory) -> Written:
    """A file of each format, mono and stereo."""
    kind, channels = request.param
    return write(tmp_path_factory.mktemp("lossless"), kind, sound, channels)


@pytest.fixture(scope="session")
def flac(sound: Sound, tmp_path_factory: pytest.TempPathFactory) -> Written:
    """A mono FLAC."""
    return write(tmp_path_factory.mktemp("flac"), Flac, sound, 1)


@pytest.fixture(scope="session")
def wav(sound: Sound, tmp_path_factory: pytest.TempPathFactory) -> Written:
    """A mono WAV."""
    return write(tmp_path_factory.mktemp("wav"), Wav, sound, 1)


class TestSound:
    """What is heard."""

    def test_every_sample_is_as_it_was(self, file: Written) -> None:
        """FFmpeg's libraries decode what was mixed, not a sample more or less, off or otherwise."""
        with av.open(str(file.path)) as container:
            frames = [frame.to_ndarray() for frame in container.decode(audio=0)]
            planar = frames[0].shape[0] > 1
        heard = np.concatenate(frames, axis=1)

        assert np.array_equal(heard.T if planar else heard.reshape(file.samples.shape), file.samples)

    def test_a_unit_decodes_to_what_it_was_made_of(self, sound: Sound) -> None:
        """What is checked for its peaks is what is in the file."""
        coder = Flac().coder()

        heard = np.concatenate([*coder.decode(units_of(coder, sound.whole, sound.timeline))])

        assert np.array_equal(heard, (sound.whole / 32768).astype(np.float32))

    def test_nothing_is_lost_so_nothing_is_allowed_for(self) -> None:
        """No trim, no headroom, no bit rate; and both formats use what one of them has encoded."""
        for kind in FORMATS:
            coder = kind().coder()

            assert (coder.margin.trim_db, coder.margin.headroom_db, kind.rates_kbps) == (0, 0, ())
            assert coder.key == Flac().coder().key != Flac().coder(0, 2).key

    @pytest.mark.parametrize("kind", FORMATS)
    def test_units_must_fit_the_timeline(self, kind: type[Flac | Wav], sound: Sound, tmp_path: Path) -> None:
        """One too few, too many, another, a broken one: no file that lies about its times."""
        coder = kind().coder()
        good = units_of(coder, sound.whole, sound.timeline)
        broken = packed([b"\0" * 40] * sound.timeline.units[0].frames)
        wrong = [good[:-1], [*good, good[-1]], [good[1], *good[1:]], [b"", *good[1:]], [broken, *good[1:]]]

        for units in wrong:
            with pytest.raises(EpisodeError, match="encoded sound"):
                coder.write(tmp_path / "x", TagFacts("x"), sound.timeline, units)

    @pytest.mark.parametrize(
        ("samples", "frames"),
        [(np.zeros(FRAME_SAMPLES - 1, np.int16), 1), (np.zeros(FRAME_SAMPLES, np.float32), 1), (np.zeros(0), 0)],
    )
    def test_refuses_what_is_no_unit(self, samples: np.ndarray, frames: int) -> None:
        """Samples of another length or type are a mistake of the mix, and said to be."""
        with pytest.raises(EpisodeError, match="unit of"):
            encoded(Flac().coder(), samples, frames)


class TestFlac:
    """A FLAC."""

    def test_its_head_is_true(self, flac: Written) -> None:
        """Length, MD5 of the samples and sizes of frames, as mutagen reads them."""
        tagged: Any = File(flac.path)
        info = tagged.info

        assert info.total_samples == flac.timeline.samples == len(flac.samples)
        assert info.md5_signature == int.from_bytes(hashlib.md5(flac.samples.tobytes(), usedforsecurity=False).digest())
        assert (info.channels, info.bits_per_sample, info.sample_rate) == (1, 16, RATE_HZ)
        assert (info.min_blocksize, info.max_blocksize) == (FRAME_SAMPLES, FRAME_SAMPLES)
        assert 0 < info.min_framesize < info.max_framesize

    @pytest.mark.parametrize("channels", [1, 2])
    def test_the_reference_decoder_finds_no_fault(
        self, channels: int, sound: Sound, tool: Callable[..., str], tmp_path: Path
    ) -> None:
        """Numbers of frames, both CRCs of each, length and MD5; a warning is a fault too."""
        path = write(tmp_path, Flac, sound, channels).path

        tool("flac", "--totally-silent", "--test", "--warnings-as-errors", str(path))

    def test_a_changed_frame_is_noticed(self, flac: Written, tool: Callable[..., str], tmp_path: Path) -> None:
        """The reference decoder does look at what the test above relies on."""
        data = bytearray(flac.path.read_bytes())
        data[-1] ^= 1
        (tmp_path / "x.flac").write_bytes(data)

        with pytest.raises(Exception, match="non-zero"):
            tool("flac", "--totally-silent", "--test", str(tmp_path / "x.flac"))

    def test_points_of_a_longer_one(self, sound: Sound, tmp_path: Path, timeline_of: Callable[..., Timeline]) -> None:
        """The sample of each point is the one that a decoder finds there."""
        coder, times = Flac().coder(), 6
        timeline, unit = timeline_of([120] * times), encoded(coder, sound.samples[3], 120)
        coder.write(tmp_path / "x.flac", TagFacts("x"), timeline, [unit] * times)
        tagged: Any = File(tmp_path / "x.flac")
        data = (tmp_path / "x.flac").read_bytes()
        begin = data.index(b"\xff\xf8\x39")

        points = tagged.seektable.seekpoints

        assert [point.first_sample for point in points] == [0, POINT_FRAMES * FRAME_SAMPLES]
        number = data[begin + points[1].byte_offset + 4 :][:2].decode()
        assert ord(number) == POINT_FRAMES

    def test_tags_chapters_picture(self, flac: Written, probe: Callable[[Path], dict[str, Any]]) -> None:
        """FFmpeg reads chapters to the millisecond, mutagen facts and picture."""
        tagged: Any = File(flac.path)
        found = probe(flac.path)["chapters"]

        assert (tagged["title"], tagged["tracknumber"], tagged["description"]) == (["A títle"], ["7"], ["One\nTwo"])
        assert (tagged.pictures[0].type, tagged.pictures[0].width, tagged.pictures[0].mime) == (3, 30, "image/jpeg")
        assert [(round(float(each["start_time"]) * 1000), each["tags"]["title"]) for each in found] == [
            (chapter.start_ms, chapter.title) for chapter in CHAPTERS
        ]


class TestWav:
    """A WAV."""

    def test_others_read_its_length(self, file: Written, tool: Callable[..., str]) -> None:
        """SoX and MediaInfo see 16 bits, the rate, and every sample."""
        samples = tool("soxi", "-s", str(file.path))
        bits = tool("soxi", "-p", str(file.path))
        said = tool("mediainfo", "--Output=Audio;%SamplingRate%|%BitDepth%", str(file.path))

        assert (int(samples), int(bits), said.strip()) == (len(file.samples), 16, f"{RATE_HZ}|16")

    def test_tags_and_chapters(self, wav: Written, probe: Callable[[Path], dict[str, Any]]) -> None:
        """FFmpeg lists each chapter once, though cue points and ID3 tell of it; mutagen reads the tag."""
        tagged: Any = File(wav.path)
        found = probe(wav.path)

        assert found["format"]["tags"]["title"] == "A títle"
        assert [(round(float(each["start_time"]) * 1000), each["tags"]["title"]) for each in found["chapters"]] == [
            (chapter.start_ms, chapter.title) for chapter in CHAPTERS
        ]
        assert str(tagged.tags["TIT2"]) == "A títle"
        assert [frame.start_time for frame in tagged.tags.getall("CHAP")] == [0, 2_137, 4_000]

    def test_cue_points_are_samples(self, wav: Written) -> None:
        """Each where its chapter begins, to the sample, with its title."""
        data = wav.path.read_bytes()
        at = data.index(b"cue ")
        points = [unpack_from("<II4sIII", data, at + 12 + 24 * place) for place in range(len(CHAPTERS))]

        assert unpack_from("<I", data, at + 8)[0] == len(CHAPTERS)
        assert [point[5] for point in points] == [0, 94_242, 176_400]
        for chapter in CHAPTERS:
            assert chapter.title.encode() + b"\0" in data[at : data.index(b"id3 ")]

    def test_every_chunk_is_even_and_counted(self, wav: Written) -> None:
        """From size to size one comes to the end of the file."""
        data, at, names = wav.path.read_bytes(), 12, list[bytes]()

        while at < len(data):
            names.append(data[at : at + 4])
            size = unpack_from("<I", data, at + 4)[0]
            at += 8 + size + size % 2

        assert at == len(data) == unpack_from("<I", data, 4)[0] + 8
        assert names == [b"fmt ", b"LIST", b"cue ", b"LIST", b"id3 ", b"data"]


class TestOver4GB:
    """What 32 bits do not hold. Files are sparse: only their heads are written."""

    MOST = (0xFFFF_FFFF - 36) // 2
    """The samples of the longest mono RIFF without any chunk."""

    def test_a_riff_as_long_as_it_goes(self) -> None:
        """The last sample that fits makes no RF64, the next one does."""
        fits, over = head(1, 16, self.MOST, b""), head(1, 16, self.MOST + 1, b"")

        assert fits[:4] == b"RIFF"
        assert unpack_from("<I", fits, 4)[0] == len(fits) - 8 + 2 * self.MOST <= 0xFFFF_FFFF
        assert over[:4] == b"RF64"

    def test_sizes_of_an_rf64(self) -> None:
        """Those of 64 bits are in its first chunk, those of 32 all ones (EBU Tech 3306, 3.2)."""
        samples = 3_000_000_000

        made = head(2, 16, samples, b"")

        assert made[:20] == b"RF64" + b"\xff" * 4 + b"WAVEds64" + (28).to_bytes(4, "little")
        assert unpack_from("<QQQI", made, 20) == (len(made) - 8 + 4 * samples, 4 * samples, samples, 0)
        assert made.endswith(b"data" + b"\xff" * 4)

    def test_others_read_an_rf64(
        self, tmp_path: Path, probe: Callable[[Path], dict[str, Any]], tool: Callable[..., str]
    ) -> None:
        """FFmpeg and MediaInfo tell the length of one that has 14 hours."""
        samples, path = 14 * 3600 * RATE_HZ, tmp_path / "long.wav"
        made = head(1, 16, samples, b"")
        sparse(path, made, len(made) + 2 * samples)

        said = tool("mediainfo", "--Output=Audio;%Duration%", str(path))

        assert float(probe(path)["format"]["duration"]) == 14 * 3600
        assert int(float(said)) == 14 * 3_600_000


def sparse(path: Path, start: bytes, size: int) -> None:
    """A file that begins with something and has nothing but holes after it."""
    with path.open("wb") as out:
        out.write(start)
        out.truncate(size)
