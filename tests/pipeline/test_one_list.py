"""One list of chapters: in every file, the feed and the show notes, read back by other people's readers."""

from __future__ import annotations

import io
import json
import re
from html import unescape
from typing import TYPE_CHECKING, Any

import av
import feedparser
import podcastparser
import pytest
from mutagen import File
from mutagen.mp3 import MP3

from narrate.episode.formats.mp4 import M4a, M4b
from narrate.episode.formats.opus import Opus
from narrate.pipeline.making import make
from narrate.pipeline.order import Order

if TYPE_CHECKING:
    from pathlib import Path

    from tests.pipeline.conftest import Workshop

    from narrate.pipeline.order import Made

TITLES = ["Salt & bread <3", "“Quoted” — and ]]> 100 %", "מלח ולחם", "🧂 Salz, größer", "It's 00:00:05 o'clock"]
OPENING = "Salt was money once, and nobody believes it now."
REST = "It was carried on backs and in boats, over hills and seas, to towns where it was weighed and taxed." * 2
TEXT = f"# The Price\n\n{OPENING}\n\n{REST}\n\n" + "\n\n".join(
    f"## {title}\n\nWater is led into wide and flat ponds, and the sun does the work. After weeks only salt is left."
    "\n\nThey sing while they rake, and the songs are old. Some are about the sea, others about a quiet home."
    for title in (each.replace("<", "&lt;").replace("]]>", "]]&gt;") for each in TITLES)
)
List = list[tuple[int, str]]


@pytest.fixture
def made(workshop: Workshop) -> Made:
    """An episode in four formats."""
    tools = workshop.tools()
    tools.formats.update({"m4a": M4a(), "m4b": M4b(), "opus": Opus()})  # type: ignore[attr-defined] # the test's own dict
    article = workshop.write("price.md", TEXT)
    result = make(Order((str(article),)), workshop.settings(formats="mp3,m4a,m4b,opus"), tools, lambda _: None)
    assert not result.failed
    return result.made[0]


def by_ffmpeg(path: Path) -> List:
    """The chapters of a file as FFmpeg's library reads them."""
    with av.open(str(path)) as container:
        return [
            (round(int(each["start"]) * (each["time_base"] or 0) * 1000), str(each["metadata"]["title"]))
            for each in container.chapters()
        ]


def by_mutagen(path: Path) -> List:
    """The same, as mutagen reads them."""
    if path.suffix == ".mp3":
        tags: Any = MP3(path).tags  # type: ignore[no-untyped-call] # mutagen has no types
        listed = [tags[f"CHAP:{name}"] for name in tags.getall("CTOC")[0].child_element_ids]
        return [(frame.start_time, str(frame.sub_frames["TIT2"])) for frame in listed]
    found: Any = File(path)
    if path.suffix == ".opus":
        numbers = [f"chapter{number:03}" for number in range(1000) if f"chapter{number:03}" in found]
        return [(clock_ms(found[name][0]), found[f"{name}name"][0]) for name in numbers]
    return [(round(chapter.start * 1000), chapter.title) for chapter in found.chapters]


def clock_ms(text: str) -> int:
    """Milliseconds of ``hh:mm:ss.mmm`` or ``hh:mm:ss``."""
    hours, minutes, seconds = text.split(":")
    return round((int(hours) * 60 + int(minutes)) * 60_000 + float(seconds) * 1000)


def stamps(html: str) -> List:
    """The lines of show notes that begin with a time, as a listener sees them."""
    lines = unescape(re.sub(r"<[^<>]*>", "", html)).splitlines()
    return [(clock_ms(line[:8]), line[9:]) for line in lines if re.match(r"\d\d:\d\d:\d\d ", line)]


def seconds(chapters: List) -> List:
    """Chapters to the second below, as notes have them."""
    return [(ms // 1000 * 1000, title) for ms, title in chapters]


def test_every_list_is_the_same_list(workshop: Workshop, made: Made) -> None:
    """The tag, MP4's two kinds, Opus, chapters.json, Podlove, and the timestamps: times to a millisecond and titles."""
    folder = workshop.show / made.episode.slug
    expected = [(chapter.start_ms, chapter.title) for chapter in made.episode.chapters]
    paths = [folder / f"{made.episode.slug}{suffix}" for suffix in (".mp3", ".m4a", ".m4b", ".opus")]
    document = json.loads((folder / "chapters.json").read_text(encoding="utf-8"))
    feed = workshop.show / "feed.xml"
    entry = feedparser.parse(feed).entries[0]
    older = b"https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md"
    stream = io.BytesIO(feed.read_bytes().replace(b"https://podcastindex.org/namespace/1.0", older))
    other = podcastparser.parse("http://x/feed.xml", stream)["episodes"][0]
    notes = [entry.summary, *(content.value for content in entry.content)]

    assert [title for _, title in expected] == ["Introduction", *TITLES]
    assert expected[0][0] == 0
    for path in paths:
        assert by_ffmpeg(path) == expected, path.name
        assert by_mutagen(path) == expected, path.name
    assert [(round(each["startTime"] * 1000), each["title"]) for each in document["chapters"]] == expected
    assert [
        (each["start_parsed"].total_seconds() * 1000, each["title"]) for each in entry.psc_chapters.chapters
    ] == expected
    assert [(each["start"] * 1000, each["title"]) for each in other["chapters"]] == seconds(expected)
    assert len(notes) == 2
    for html in notes:
        assert stamps(html) == seconds(expected)


def test_the_notes_are_as_the_golden_reference_has_them(workshop: Workshop) -> None:
    """The original first, then whole sentences, the times from zero on, who read it, and the page; escaped once."""
    article = workshop.write("salt.md", f"---\nurl: https://example.org/salt?a=1&b=2\n---\n{TEXT}")
    workshop.make(article)
    entry = feedparser.parse(workshop.show / "feed.xml").entries[0]
    lines = [line for line in unescape(re.sub(r"<[^<>]*>", "", entry.summary)).splitlines() if line.strip()]

    assert lines[0] == "Original article: https://example.org/salt?a=1&b=2"
    assert lines[1].startswith(OPENING)
    assert lines[1].endswith(".")
    assert lines[2] == "00:00:00 Introduction"
    assert lines[3][9:] == TITLES[0]
    assert lines[-1].startswith("Read by a computer voice (")
    assert "Text and follow-along page: http" in lines[-1]
    assert "&amp;amp;" not in entry.summary
    assert "&lt;p&gt;" not in entry.summary
