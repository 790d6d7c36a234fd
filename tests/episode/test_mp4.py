"""M4A and M4B as other people's programs read them: chapters of both kinds, tags, an index in front."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from struct import unpack_from
from typing import TYPE_CHECKING, Any

import av
import numpy as np
import pytest
from mutagen.mp4 import MP4
from tests.episode.coded import heard, units_of

from narrate.episode.formats.mp4 import GRID, RATES_KBPS, M4a, M4b
from narrate.episode.formats.mp4atoms import Movie, mdat_head, movie_head, shortened, title_samples
from narrate.episode.formats.mp4tags import NERO_TITLE_BYTES
from narrate.episode.tags import TagFacts
from narrate.errors import UsageError
from narrate.model import FRAME_SAMPLES, RATE_HZ, Chapter

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from tests.episode.conftest import Sound

    from narrate.model import Cue, Timeline

TITLES = ("Dark & light 🎧", "שלום עולם", "é" * 200, "One\ttwo\x00\nthree")
COVER = bytes.fromhex("ffd8ffe0") + bytes(5_000) + bytes.fromhex("ffd9")
FACTS = TagFacts(
    title="Marktplatz „X“ 🎧",
    artist="Ada Example, Bo Example",
    show="A show",
    show_author="Its author",
    category="News",
    number=12,
    published=datetime(2026, 11, 24, 8, 5, 6, tzinfo=UTC),
    language="de-AT",
    copyright="CC BY 4.0",
    encoder="narrate 1.2",
    description="First line.\n\n" + "Second line, longer. " * 20,
    url="https://example.org/article",
    audio_url="https://example.org/show/e/e.m4a",
    page_url="https://example.org/show/e/",
    feed_url="https://example.org/show/feed.xml",
    guid="0b9f6a0e-8f51-4c8e-9a55-0c8d7f2f5f0a",
    cover=COVER,
)


def chaptered(timeline: Timeline, titles: Sequence[str]) -> Timeline:
    """A timeline with chapters of these titles, at odd milliseconds."""
    starts = [0, *(timeline.duration_ms * number // len(titles) + 1 for number in range(1, len(titles)))]
    ends = [*starts[1:], timeline.duration_ms]
    return replace(timeline, chapters=tuple(map(Chapter, starts, ends, titles, ["s1"] * len(titles))))


@pytest.fixture(scope="module")
def timeline(sound: Sound, cue: Callable[..., Cue]) -> Timeline:
    """That of `sound` with four chapters and two sentences."""
    cues = (cue(100, "Hello there.", "s1"), cue(3_000, "Grüß Gott.", "s2"))
    return replace(chaptered(sound.timeline, TITLES), cues=cues)


@pytest.fixture(scope="module")
def units(sound: Sound) -> list[bytes]:
    """The units of `sound`."""
    return units_of(M4a().coder(), sound.timeline, sound.samples)


@pytest.fixture(scope="module", params=[M4a(), M4b()], ids=lambda form: form.name)
def path(
    request: pytest.FixtureRequest, timeline: Timeline, units: list[bytes], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A file of each kind."""
    path: Path = tmp_path_factory.mktemp("mp4") / f"episode{request.param.suffix}"
    request.param.coder().write(path, FACTS, timeline, units)
    return path


def atoms(data: bytes) -> list[tuple[bytes, int]]:
    """The outermost atoms and where they begin."""
    found, at = [], 0
    while at < len(data):
        size, name = unpack_from(">I4s", data, at)
        found.append((name, at))
        at += size if size > 1 else unpack_from(">Q", data, at + 8)[0]
    assert at == len(data)
    return found


def tags_of(path: Path) -> dict[str, Any]:
    """What mutagen reads."""
    reader: Any = MP4
    return dict(reader(str(path)).tags)


def chapters_by_ffmpeg(path: Path) -> list[tuple[int, int, str]]:
    """What FFmpeg's libraries read, in milliseconds."""
    with av.open(str(path)) as container:
        found = container.chapters()
        assert all(chapter["time_base"] == Fraction(1, 1000) for chapter in found)
    return [(one["start"], one["end"], one["metadata"]["title"]) for one in found]


class TestFile:
    """The file as a whole."""

    def test_the_index_comes_first(self, path: Path) -> None:
        """A player that streams has all that it needs before the first sound."""
        assert [name for name, _ in atoms(path.read_bytes())] == [b"ftyp", b"moov", b"mdat"]

    def test_the_brand_is_its_kind(self, path: Path) -> None:
        """Players tell books from songs by it."""
        assert path.read_bytes()[8:12] == {".m4a": b"M4A ", ".m4b": b"M4B "}[path.suffix]

    def test_ffmpeg_knows_the_exact_length(self, path: Path, timeline: Timeline) -> None:
        """The stream's duration is the timeline's, before anything is decoded, and it begins at 0."""
        with av.open(str(path)) as container:
            stream = container.streams.audio[0]
            assert (stream.duration, stream.start_time, stream.rate) == (timeline.samples, 0, 44_100)

    def test_mutagen_reads_rate_and_length(self, path: Path, timeline: Timeline, units: list[bytes]) -> None:
        """Its length counts what a decoder drops, 46 ms; its rate is that of the packets."""
        reader: Any = MP4
        info = reader(str(path)).info

        assert round(info.length * 44_100) == timeline.samples + GRID.late_samples
        assert (info.channels, info.sample_rate, info.codec) == (1, 44_100, "mp4a.40.2")
        assert info.bitrate == pytest.approx(8 * sum(map(len, units)) / info.length, rel=0.05)

    def test_a_tag_can_be_changed_in_place(self, path: Path, tmp_path: Path) -> None:
        """Another program's tags leave the sound where it is, and the index before it."""
        copy = tmp_path / path.name
        copy.write_bytes(path.read_bytes())
        reader: Any = MP4
        file = reader(str(copy))

        file.tags["\xa9nam"] = ["Another title, longer than the first one was"]
        file.save()

        assert atoms(copy.read_bytes()) == atoms(path.read_bytes())
        assert np.array_equal(heard(copy), heard(path))

    def test_ffprobe_and_mediainfo_agree(
        self, path: Path, timeline: Timeline, tool: Callable[..., str], probe: Callable[[Path], dict[str, Any]]
    ) -> None:
        """Two programs see AAC-LC of that length."""
        stream = probe(path)["streams"][0]
        said = tool("mediainfo", "--Output=Audio;%Format%|%Format_AdditionalFeatures%|%Duration%|%Channels%", str(path))

        assert (stream["codec_name"], stream["profile"], stream["duration_ts"]) == ("aac", "LC", timeline.samples)
        assert said.strip() == f"AAC|LC|{timeline.duration_ms}|1"
        assert tool("mediainfo", str(path)).count(TITLES[1]) == 2, "a menu of each kind"

    @pytest.mark.parametrize("wide", [False, True])
    def test_more_than_four_gigabytes_are_told_in_64_bits(
        self, *, wide: bool, timeline: Timeline, units: list[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Such places are read as the others are."""
        monkeypatch.setattr(Movie, "wide", wide)

        M4a().coder().write(tmp_path / "episode.m4a", FACTS, timeline, units)

        assert (b"co64" in (tmp_path / "episode.m4a").read_bytes()) is wide
        assert len(heard(tmp_path / "episode.m4a")) >= timeline.samples
        assert len(chapters_by_ffmpeg(tmp_path / "episode.m4a")) == len(TITLES)

    def test_it_is_known_beforehand_when_64_bits_are_needed(self) -> None:
        """40 hours at the highest rate need them, 10 do not."""
        sizes = [hours * 3_600 * 44_100 // 1_024 for hours in (10, 40)]
        movies = [Movie(b"M4A ", 256, 1, 1_024, 0, 0, "", (), b"", np.zeros(size, np.uint16)) for size in sizes]

        assert [movie.wide for movie in movies] == [False, True]
        assert [len(mdat_head(movie, 5)) for movie in movies] == [8, 16]

    def test_a_day_and_more(self) -> None:
        """27 hours of samples and more are counted in 64 bits."""
        assert unpack_from(">I16xIQ", movie_head(1 << 33), 8) == (1 << 24, 44_100, 1 << 33)
        assert unpack_from(">I8xII", movie_head(1 << 31), 8) == (0, 44_100, 1 << 31)


class TestChapters:
    """Chapters as QuickTime and Nero have them."""

    def test_the_track_has_the_timelines(self, path: Path, timeline: Timeline) -> None:
        """FFmpeg reads every start, end and title, to the millisecond."""
        wanted = [(one.start_ms, one.end_ms) for one in timeline.chapters]

        found = chapters_by_ffmpeg(path)

        assert [(start, end) for start, end, _ in found] == wanted
        assert [title for _, _, title in found] == [*TITLES[:3], "One two three"]

    def test_nero_has_the_same_with_shorter_titles(self, path: Path, timeline: Timeline) -> None:
        """Mutagen reads them; a title ends in a whole character after 127 bytes at most."""
        reader: Any = MP4
        found = list(reader(str(path)).chapters)

        assert [round(one.start * 1000) for one in found] == [one.start_ms for one in timeline.chapters]
        assert [one.title for one in found] == [*TITLES[:2], "é" * 62 + "…", "One two three"]
        assert all(len(one.title.encode()) <= NERO_TITLE_BYTES for one in found)

    def test_three_hundred(self, sound: Sound, units: list[bytes], tmp_path: Path) -> None:
        """The track holds all; Nero's table the first 255, which is all that its byte can count."""
        timeline, path = chaptered(sound.timeline, [f"Chapter {number}" for number in range(300)]), tmp_path / "e.m4b"

        M4b().coder().write(path, FACTS, timeline, units)

        reader: Any = MP4
        assert [one.title for one in reader(str(path)).chapters] == [f"Chapter {number}" for number in range(255)]
        assert [title for *_, title in chapters_by_ffmpeg(path)] == [f"Chapter {number}" for number in range(300)]
        assert [start for start, *_ in chapters_by_ffmpeg(path)] == [one.start_ms for one in timeline.chapters]

    def test_none(self, sound: Sound, units: list[bytes], tmp_path: Path) -> None:
        """An episode without chapters has no track and no table of them."""
        M4a().coder().write(tmp_path / "e.m4a", FACTS, sound.timeline, units)

        data = (tmp_path / "e.m4a").read_bytes()
        assert b"chpl" not in data
        assert b"chap" not in data
        assert chapters_by_ffmpeg(tmp_path / "e.m4a") == []


class TestTags:
    """What mutagen and FFmpeg read of the facts."""

    def test_every_fact_is_there(self, path: Path) -> None:
        """By iTunes' names."""
        tags = tags_of(path)

        assert tags["\xa9nam"] == [FACTS.title]
        assert tags["\xa9ART"] == [FACTS.artist]
        assert tags["aART"] == ["Its author"]
        assert tags["\xa9alb"] == ["A show"]
        assert tags["\xa9day"] == ["2026-11-24T08:05:06Z"]
        assert tags["trkn"] == [(12, 0)]
        assert tags["\xa9lyr"] == ["Hello there.\n\nGrüß Gott."]
        assert tags["\xa9too"] == ["narrate 1.2"]
        assert tags["cprt"] == ["CC BY 4.0"]
        assert tags["catg"] == ["News"]
        assert tags["purl"] == [FACTS.feed_url]
        assert tags["egid"] == [FACTS.guid]
        assert tags["ldes"] == tags["\xa9cmt"] == ["First line.\n\n" + ("Second line, longer. " * 20).strip()]
        assert len(tags["desc"][0].encode()) <= 255
        assert bytes(tags["covr"][0]) == COVER
        assert [bytes(tags[f"----:com.apple.iTunes:{name}"][0]).decode() for name in ("LANGUAGE", "WEBSITE")] == [
            "de-AT",
            FACTS.url,
        ]

    def test_a_podcast_or_a_book(self, path: Path) -> None:
        """Players file it by its kind of media."""
        tags = tags_of(path)
        kind = tags["stik"], tags["\xa9gen"], tags.get("pcst", False)

        assert kind == {".m4a": ([21], ["Podcast"], True), ".m4b": ([2], ["Audiobook"], False)}[path.suffix]

    def test_an_unknown_fact_has_no_atom(self, sound: Sound, units: list[bytes], tmp_path: Path) -> None:
        """No empty tags, no track 0, no year 0."""
        M4b().coder().write(tmp_path / "e.m4b", TagFacts("Alone"), sound.timeline, units)

        assert set(tags_of(tmp_path / "e.m4b")) == {"\xa9nam", "\xa9gen", "stik"}

    def test_ffmpeg_reads_them_too(self, path: Path) -> None:
        """By its own names, with the language of the sound."""
        with av.open(str(path)) as container:
            metadata = container.metadata
            language = container.streams.audio[0].language

        assert metadata["title"] == FACTS.title
        assert metadata["album"] == "A show"
        assert metadata["lyrics"] == "Hello there.\n\nGrüß Gott."
        assert language == "deu"


@pytest.mark.parametrize("kbps", RATES_KBPS)
def test_every_rate_is_about_what_it_says(kbps: int) -> None:
    """No rate is silently another: ten seconds of noise that rises and falls like speech."""
    frames = 384
    time = np.arange(frames * FRAME_SAMPLES) / RATE_HZ
    noise = np.convolve(np.random.default_rng(1).normal(size=time.size), np.ones(12) / 12, "same")
    encoder = M4a().coder(kbps).encoder()
    units = encoder.feed((6_000 * noise * (1.2 + np.sin(20 * time))).astype(np.int16), frames) + encoder.end()

    assert 0.85 < sum(map(len, units)) * 8 / time[-1] / 1_000 / kbps < 1.15


def test_a_text_is_cut_between_characters() -> None:
    """Of a character of four bytes nothing or all is kept."""
    for most in range(5, 40):
        cut = shortened("🎧" * 10, most)

        assert len(cut.encode()) <= most
        assert set(cut) <= {"🎧", "…"}


def test_a_title_of_any_length_is_written() -> None:
    """Of one that is longer than a sample can be, what fits."""
    (sample,) = title_samples([Chapter(0, 1_000, "\u00e9" * 50_000, "s1")])

    assert unpack_from(">H", sample)[0] == len(sample) - 14
    assert sample[2:-12].decode().endswith("\u00e9\u2026")


def test_stereo_takes_a_rate_that_can_hold_it() -> None:
    """Two channels at 48 kbit/s are refused, with what to write instead; from 64 on they are there."""
    with pytest.raises(UsageError, match="take 'm4b:64' or more"):
        M4b().coder(48, 2)

    assert M4b().coder(64, 2).margin == M4a().coder(48).margin
