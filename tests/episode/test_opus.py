"""Opus files as other people's programs read them: pages, length to the sample, chapters, tags."""

from __future__ import annotations

from base64 import b64decode
from dataclasses import replace
from fractions import Fraction
from io import BytesIO
from typing import TYPE_CHECKING, Any

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mutagen.flac import Picture
from mutagen.ogg import OggPage
from mutagen.oggopus import OggOpus
from PIL import Image
from tests.episode.coded import heard, units_of

from narrate.episode.formats.ogg import FIRST, OggWriter, lacing
from narrate.episode.formats.opus import GRID, RATES_KBPS, Opus
from narrate.episode.tags import TagFacts
from narrate.model import Chapter

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.episode.conftest import Sound

    from narrate.model import Timeline

TITLES = ("Dark & light 🎧", "שלום עולם", "é" * 3_000)


@pytest.fixture(scope="module")
def cover() -> bytes:
    """A picture that takes more than one page."""
    out = BytesIO()
    Image.effect_noise((400, 400), 90).save(out, "JPEG", quality=95)
    assert len(out.getvalue()) > 65_025
    return out.getvalue()


@pytest.fixture(scope="module")
def timeline(sound: Sound) -> Timeline:
    """That of `sound` with 300 chapters, the first of them with odd titles."""
    titles = [*TITLES, *(f"Chapter {number}" for number in range(297))]
    starts = [30 * number + number % 2 for number in range(300)]
    rows = zip(starts, [*starts[1:], sound.timeline.duration_ms], titles, strict=True)
    return replace(sound.timeline, chapters=tuple(Chapter(*row, "s1") for row in rows))


@pytest.fixture(scope="module")
def path(sound: Sound, timeline: Timeline, cover: bytes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with a cover and chapters."""
    path: Path = tmp_path_factory.mktemp("opus") / "episode.opus"
    facts = TagFacts("The title", "An author", "A show", number=7, description="One\nTwo", cover=cover)
    coder = Opus().coder()
    coder.write(path, facts, timeline, units_of(coder, timeline, sound.samples))
    return path


def pages_of(path: Path) -> list[Any]:
    """All pages, by mutagen, which checks no checksum."""
    reader: Any = OggPage
    pages = []
    with path.open("rb") as file:
        while file.peek(1):
            pages.append(reader(file))
    return pages


def test_pages_are_whole_and_in_order(path: Path) -> None:
    """One stream, numbered pages, and every checksum is what mutagen makes of the page."""
    pages, data = pages_of(path), path.read_bytes()

    assert [page.sequence for page in pages] == list(range(len(pages)))
    assert len({page.serial for page in pages}) == 1
    assert [page.first for page in pages] == [True] + [False] * (len(pages) - 1)
    assert [page.last for page in pages] == [False] * (len(pages) - 1) + [True]
    assert b"".join(page.write() for page in pages) == data


def test_headers_have_pages_of_their_own(path: Path) -> None:
    """The first audio packet begins a page; no page before it tells a time (RFC 7845, 3)."""
    pages = pages_of(path)
    first = next(number for number, page in enumerate(pages) if page.position not in {0, -1})

    assert len(pages[0].packets) == 1
    assert first > 2
    assert not pages[first].continued
    assert all(page.complete for page in pages[first:])


def test_the_decoded_length_is_the_timelines(path: Path, timeline: Timeline) -> None:
    """What is late is dropped in front, what is left over behind: to the sample, and mutagen says the same."""
    reader: Any = OggOpus
    wanted = GRID.samples(timeline.frames)

    assert len(heard(path)) == wanted
    assert round(reader(str(path)).info.length * 48_000) == wanted


def test_no_level_is_changed(path: Path) -> None:
    """The header's gain is 0, and no tag tells another."""
    data = path.read_bytes()
    at = data.index(b"OpusHead")

    assert data[at + 16 : at + 18] == bytes(2)
    reader: Any = OggOpus
    assert not [name for name, _ in reader(str(path)).tags if name.upper().startswith(("R128", "REPLAYGAIN"))]


def test_command_line_ffmpeg_decodes_exactly(
    path: Path, timeline: Timeline, tool: Callable[..., str], tmp_path: Path
) -> None:
    """Whatever version is installed trims both ends as the libraries do."""
    tool("ffmpeg", "-v", "error", "-i", str(path), "-map", "0:a", "-f", "s16le", str(tmp_path / "raw"))

    assert (tmp_path / "raw").stat().st_size == 2 * GRID.samples(timeline.frames)


class TestTags:
    """What mutagen and FFmpeg read of the comments."""

    def test_chapters_are_the_timelines(self, path: Path, timeline: Timeline) -> None:
        """All 300, to the millisecond, with titles of any length and script."""
        with av.open(str(path)) as container:
            found = container.chapters()

        assert {one["time_base"] for one in found} == {Fraction(1, 1_000)}
        assert [one["start"] for one in found] == [one.start_ms for one in timeline.chapters]
        assert [one["metadata"]["title"] for one in found] == [one.title for one in timeline.chapters]

    def test_ffprobe_and_mediainfo_read_them(
        self, path: Path, timeline: Timeline, tool: Callable[..., str], probe: Callable[[Path], dict[str, Any]]
    ) -> None:
        """Two programs more."""
        starts = [round(1000 * float(one["start_time"])) for one in probe(path)["chapters"]]
        said = tool("mediainfo", str(path))

        assert starts == [one.start_ms for one in timeline.chapters]
        assert TITLES[1] in said
        assert "00:00:00.031" in said

    def test_the_cover_is_whole(self, path: Path, cover: bytes) -> None:
        """Over several pages, bit for bit, as the picture of the front."""
        reader: Any = OggOpus
        picture: Any = Picture
        front = picture(b64decode(reader(str(path)).tags["metadata_block_picture"][0]))

        assert (front.type, front.mime, front.width, front.data) == (3, "image/jpeg", 400, cover)

    def test_facts_are_there(self, path: Path) -> None:
        """By the names of Vorbis comments."""
        reader: Any = OggOpus
        tags = reader(str(path)).tags

        assert (tags["title"], tags["artist"], tags["album"]) == (["The title"], ["An author"], ["A show"])
        assert (tags["tracknumber"], tags["description"]) == (["7"], ["One\nTwo"])

    def test_a_tag_can_be_changed(self, path: Path, timeline: Timeline, tmp_path: Path) -> None:
        """Another program's tags leave the sound as it is."""
        copy = tmp_path / "copy.opus"
        copy.write_bytes(path.read_bytes())
        reader: Any = OggOpus
        file = reader(str(copy))

        file["title"] = "Another"
        file.save()

        assert len(heard(copy)) == GRID.samples(timeline.frames)


class TestPages:
    """Small parts of Ogg."""

    @given(st.lists(st.integers(0, 70_000), min_size=1, max_size=3))
    def test_a_header_of_any_length_comes_back(self, lengths: list[int]) -> None:
        """Mutagen puts the packets together again; lengths of whole segments and pages among them."""
        out, packets = BytesIO(), [bytes([number]) * length for number, length in enumerate(lengths)]
        ogg = OggWriter(out, 5)
        for number, packet in enumerate(packets):
            ogg.header(packet, 0 if number else FIRST)
        out.seek(0)
        reader: Any = OggPage
        pages = []
        while out.tell() < len(out.getvalue()):
            pages.append(reader(out))

        assert reader.to_packets(pages, strict=True) == packets

    @pytest.mark.parametrize("length", [254, 255, 256, 65_024, 65_025, 65_026, 130_050])
    def test_edges_of_segments_and_pages(self, length: int) -> None:
        """A packet that ends where a segment or a page does is ended by an empty segment."""
        out = BytesIO()
        OggWriter(out, 5).header(bytes(length))
        out.seek(0)
        reader: Any = OggPage
        pages = []
        while out.tell() < len(out.getvalue()):
            pages.append(reader(out))

        assert reader.to_packets(pages, strict=True) == [bytes(length)]
        assert pages[-1].complete

    @given(st.lists(st.integers(1, 1_275), min_size=1, max_size=42))
    def test_a_page_never_has_too_many_segments(self, sizes: list[int]) -> None:
        """42 packets of any size Opus has go on a page, which has 255 segments at most."""
        assert len(lacing(np.array(sizes, np.uint16))) <= 255


@pytest.mark.parametrize("kbps", RATES_KBPS)
def test_every_rate_is_another(kbps: int, sound: Sound) -> None:
    """No rate is silently another: sizes follow the rate, which is a mean over hours, not over two seconds."""
    coder = Opus().coder(kbps)
    size = len(units_of(coder, replace(sound.timeline, units=sound.timeline.units[:1]), sound.samples[:1])[0])
    seconds = 80 * 1_152 / 44_100

    assert 0.6 < size * 8 / seconds / 1_000 / kbps < 1.5
