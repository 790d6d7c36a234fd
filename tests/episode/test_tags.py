"""ID3 tags, read by mutagen and FFmpeg's libraries."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from io import BytesIO
from typing import TYPE_CHECKING, Any

import av
import pytest
from mutagen.id3 import ID3

from narrate.episode.formats.mp3 import Mp3
from narrate.episode.tags import CTOC_ENTRIES, NO_OFFSET, TagFacts, id3_tag
from narrate.model import Chapter, Role

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from tests.episode.conftest import Sound

    from narrate.model import Cue, Timeline

COVER = b"\xff\xd8\xff\xe0" + bytes(900) + b"\xff\xd9"
FACTS = TagFacts(
    title="The title",
    artist="Ada Author",
    show="The show",
    show_author="Sam Show",
    category="Society & Culture",
    number=12,
    published=datetime(2026, 11, 4, 8, 5, 6, tzinfo=UTC),
    language="en-US",
    copyright="2026 Ada Author",
    encoder="narrate 0.1.0",
    description="A summary.\n\n00:00:00 One\n00:00:30 Two",
    url="https://example.org/article",
    audio_url="https://example.org/show/one/one.mp3",
    feed_url="https://example.org/show/feed.xml",
    guid="0b9f6a0e-8f51-4c8e-9a55-0c8d7f2f5f0a",
    cover=COVER,
)
TEXTS = {
    "TIT2": "The title", "TPE1": "Ada Author", "TPE2": "Sam Show", "TALB": "The show", "TCON": "Podcast", "TRCK": "12",
    "TDRC": "2026-11-04", "TDRL": "2026-11-04 08:05:06", "TLAN": "eng", "TCOP": "2026 Ada Author",
    "TENC": "narrate 0.1.0", "TGID": "0b9f6a0e-8f51-4c8e-9a55-0c8d7f2f5f0a", "TCAT": "Society & Culture",
    "TDES": "A summary.\n\n00:00:00 One\n00:00:30 Two", "COMM::eng": "A summary.\n\n00:00:00 One\n00:00:30 Two",
    "WFED": "https://example.org/show/feed.xml", "WOAF": "https://example.org/show/one/one.mp3",
    "WOAS": "https://example.org/article",
}  # fmt: skip
"""What mutagen reads; of TYER and TDAT it makes TDRC."""
TITLES = [
    "😀 emoji",
    "مرحبا بالعالم",
    "x" * 10_000,
    "with\x00NUL\x07and bell",
    "two\nlines",
    "短い題",
    "Ångström “quoted”",
    "\ud800lone",
]


def read(tag: bytes) -> Any:  # noqa: ANN401 - mutagen has no types
    """The tag as mutagen knows it."""
    reader: Any = ID3
    return reader(BytesIO(tag))


def with_chapters(timeline: Timeline, titles: Sequence[str], each_ms: int = 1000) -> Timeline:
    """The timeline with chapters of one length each."""
    starts = range(0, len(titles) * each_ms, each_ms)
    rows = zip(starts, titles, strict=True)
    return replace(timeline, chapters=tuple(Chapter(at, at + each_ms, title, f"s{at}") for at, title in rows))


def ffmpeg_chapters(tag: bytes, sound: Sound) -> list[tuple[int, int, str]]:
    """Start and end in ms and title of the chapters FFmpeg finds in a file with this tag."""
    out = BytesIO()
    Mp3().coder().join(out, tag, sound.encoded, sound.timeline)
    with av.open(BytesIO(out.getvalue()), "r", format="mp3") as container:
        found: list[Any] = list(container.chapters())
    assert all(each["time_base"] == Fraction(1, 1000) for each in found)
    return [(each["start"], each["end"], each["metadata"]["title"]) for each in found]


def test_every_fact_has_its_frame(seed_timeline: Timeline) -> None:
    """All that FEED asks for is there, as it was said, in version 2.3."""
    tag = read(id3_tag(FACTS, seed_timeline))

    assert tag.version == (2, 3, 0)
    assert {name: str(tag[name]) for name in TEXTS} == TEXTS
    assert str(tag["TLEN"]) == str(seed_timeline.duration_ms)
    assert (tag["APIC:"].mime, tag["APIC:"].type, tag["APIC:"].data) == ("image/jpeg", 3, COVER)
    assert "PCST" in tag
    assert not tag.unknown_frames


def test_lyrics_have_a_line_for_every_row(
    timeline_of: Callable[[Sequence[int]], Timeline], cue: Callable[..., Cue]
) -> None:
    """A paragraph is a line, a table a line a row, with an empty line between."""
    rows = [(Role.BODY, "b", "One."), (Role.BODY, "b", "Two."), (Role.TABLE, "t", "A: 1."), (Role.TABLE, "t", "A: 2.")]
    cues = tuple(cue(at * 1000, text, segment, role) for at, (role, segment, text) in enumerate(rows))

    tag = read(id3_tag(TagFacts("T", language="en"), replace(timeline_of([40]), cues=cues)))

    assert tag["USLT::eng"].text == "One. Two.\n\nA: 1.\nA: 2."


def test_year_and_day_are_frames_of_version_2_3(seed_timeline: Timeline) -> None:
    """Old players look for TYER and TDAT (day, then month), podcast apps for TDRL; none is dropped."""
    data = id3_tag(FACTS, seed_timeline)

    for frame, text in ((b"TYER", b"2026"), (b"TDAT", b"0411"), (b"TDRL", b"2026-11-04T08:05:06")):
        assert data[data.index(frame) + 11 :].startswith(text + b"\0")


def test_what_is_not_known_has_no_frame(timeline_of: Callable[[Sequence[int]], Timeline]) -> None:
    """No empty frame, no "Unknown", no date of today."""
    tag = read(id3_tag(TagFacts(title="Only a title"), timeline_of([100])))

    assert sorted(tag) == ["PCST", "TCON", "TIT2", "TLEN"]


@pytest.mark.parametrize(("language", "code"), [("de", "deu"), ("zh-Hans", "zho"), ("haw", "haw"), ("gsw-CH", "gsw")])
def test_language_is_iso_639_2(seed_timeline: Timeline, language: str, code: str) -> None:
    """Three letters, in TLAN and in every frame that says its language."""
    tag = read(id3_tag(replace(FACTS, language=language), seed_timeline))

    assert str(tag["TLAN"]) == code
    assert {f"COMM::{code}", f"USLT::{code}", f"SYLT::{code}"} <= set(tag)


def test_the_text_is_there_plain_and_in_time(seed_timeline: Timeline, golden: dict[str, Any]) -> None:
    """Lyrics are the words as written, a paragraph a segment; the timed ones a sentence each, at the cue's time."""
    tag = read(id3_tag(FACTS, seed_timeline))
    paragraphs = [" ".join(say["written"] for say in segment["say"]) for segment in golden["segments"]]

    assert tag["USLT::eng"].text == "\n\n".join(paragraphs)
    timed = tag["SYLT::eng"]
    assert (timed.format, timed.type) == (2, 1)
    assert [(text.strip(), start) for text, start in timed.text] == [
        (cue.text, cue.start_ms) for cue in seed_timeline.cues
    ]


class TestChapters:
    """CHAP and CTOC."""

    def test_are_in_order_for_ffmpeg(self, sound: Sound) -> None:
        """FFmpeg lists frames as they come: by time, however long their titles."""
        timeline = with_chapters(sound.timeline, ["A long title " * 9, "B", "Средняя", "D" * 40, "E"])

        found = ffmpeg_chapters(id3_tag(FACTS, timeline), sound)

        assert found == [(chapter.start_ms, chapter.end_ms, chapter.title.strip()) for chapter in timeline.chapters]

    def test_are_in_a_table_of_contents(self, seed_timeline: Timeline) -> None:
        """Overcast lists chapters from a top-level, ordered CTOC; byte offsets are not given."""
        tag = read(id3_tag(FACTS, seed_timeline))

        contents = tag["CTOC:toc"]
        chapters = [tag[f"CHAP:{name}"] for name in contents.child_element_ids]
        assert contents.flags == 3
        assert [(each.start_time, each.end_time, str(each.sub_frames["TIT2"])) for each in chapters] == [
            (chapter.start_ms, chapter.end_ms, chapter.title) for chapter in seed_timeline.chapters
        ]
        assert {(each.start_offset, each.end_offset) for each in chapters} == {(NO_OFFSET, NO_OFFSET)}

    def test_link_to_their_sections(self, timeline_of: Callable[[Sequence[int]], Timeline]) -> None:
        """A chapter with an address has it, in ASCII; one without has none."""
        chapters = (Chapter(0, 10, "One", "a", "https://example.org/å#x"), Chapter(10, 20, "Two", "b"))

        tag = read(id3_tag(FACTS, replace(timeline_of([9]), chapters=chapters)))

        assert tag["CHAP:chp0"].sub_frames["WXXX:"].url == "https://example.org/%C3%A5#x"
        assert "WXXX:" not in tag["CHAP:chp1"].sub_frames

    @pytest.mark.parametrize("count", [CTOC_ENTRIES, CTOC_ENTRIES + 1, 700])
    def test_more_than_a_table_holds(self, sound: Sound, count: int) -> None:
        """255 fit one table; of more each is in one table, and FFmpeg finds them all."""
        timeline = with_chapters(sound.timeline, [f"Chapter {index}" for index in range(count)], 10)
        data = id3_tag(FACTS, timeline)
        tables = {table.element_id: table for table in read(data).getall("CTOC")}

        def below(name: str) -> list[str]:
            children = tables[name].child_element_ids
            return [leaf for child in children for leaf in (below(child) if child in tables else [child])]

        assert below("toc") == [f"chp{index}" for index in range(count)]
        assert max(len(table.child_element_ids) for table in tables.values()) <= CTOC_ENTRIES
        assert [title for _, _, title in ffmpeg_chapters(data, sound)] == [
            chapter.title for chapter in timeline.chapters
        ]


@pytest.mark.parametrize("title", TITLES)
def test_titles_of_all_kinds(seed_timeline: Timeline, title: str) -> None:
    """Any script and any length is kept whole; control characters and line ends are not."""
    timeline = with_chapters(seed_timeline, [title, "next"])

    tag = read(id3_tag(replace(FACTS, title=title), timeline))

    wanted = " ".join("".join(char for char in title if char >= " " or char == "\n").replace("\ud800", "").split())
    assert str(tag["TIT2"]) == str(tag["CHAP:chp0"].sub_frames["TIT2"]) == wanted


def test_encoding_is_latin_1_where_it_can_be(seed_timeline: Timeline) -> None:
    """One byte a letter for what every player reads, UTF-16 for the rest, never UTF-8, which 2.3 does not know."""
    tag = read(id3_tag(replace(FACTS, title="Æsop", artist="Лев"), seed_timeline))

    assert (int(tag["TIT2"].encoding), int(tag["TPE1"].encoding)) == (0, 1)


def test_room_to_retag(seed_timeline: Timeline) -> None:
    """4 to 64 KB of padding, whole 4 KB in all: an editor need not move the sound."""
    small = [replace(FACTS, cover=bytes(size)) for size in range(1, 4_400, 400)]
    for facts in (*small, replace(FACTS, cover=COVER * 700), replace(FACTS, description="word " * 400_000)):
        data = id3_tag(facts, seed_timeline)

        assert len(data) % 4096 == 0
        assert 4096 <= read(data)._padding <= 65536


def test_same_facts_same_bytes(seed_timeline: Timeline) -> None:
    """Nothing but facts and timeline is in a tag."""
    assert id3_tag(FACTS, seed_timeline) == id3_tag(replace(FACTS), replace(seed_timeline))


def test_a_tagged_file_opens_everywhere(
    sound: Sound, probe: Callable[[Path], dict[str, Any]], tool: Callable[..., str], tmp_path: Path
) -> None:
    """Two programs read title, show and chapters from the whole file."""
    timeline, path = with_chapters(sound.timeline, ["One", "Two", "Three"]), tmp_path / "tagged.mp3"
    with path.open("wb") as out:
        Mp3().coder().join(out, id3_tag(replace(FACTS, cover=b""), timeline), sound.encoded, sound.timeline)

    probed = probe(path)

    assert probed["format"]["tags"]["title"] == "The title"
    assert [chapter["tags"]["title"] for chapter in probed["chapters"]] == ["One", "Two", "Three"]
    assert tool("mediainfo", "--Output=General;%Album%|%Track%", str(path)).strip() == "The show|The title"
