"""A Markdown article with front matter, all the way; every file is read by somebody else's software."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from datetime import date
from html import unescape
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import feedparser
import podcastparser
import pytest
import webvtt
from mutagen.id3 import ID3
from mutagen.mp3 import MP3

from narrate.model import FRAME_SAMPLES, RATE_HZ
from narrate.pipeline.order import Facts, Order
from narrate.pipeline.shows import change_show

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.pipeline.conftest import Workshop

    from narrate.model import Episode

ARTICLE = """---
title: The Price of Salt & Bread
author: [Ada Reed, Bo Lind]
date: 2025-03-01
url: https://example.org/salt?a=1&b=2
language: en-GB
---

Salt was money once. It cost $3.2bn in 1990, they say. Nobody believes it.

## How it is won

Water is led into wide, flat ponds. The sun does the work. After weeks only salt is left, and men with rakes come.

They sing while they rake, and the songs are old. Some of them are about the sea, others about a far and quiet home.

## How it is sold

In sacks, by weight, and dearly. Those who sell it live well; those who rake it do not. “It is so,” they say.

Every port has a house of salt, with thick walls and one small door. The key is with the oldest clerk of the town.
"""
TITLE = "The Price of Salt & Bread"
HEADINGS = ["How it is won", "How it is sold"]
FRAME_MS = 1000 * FRAME_SAMPLES / RATE_HZ


@dataclass(frozen=True)
class Finished:
    """An episode and where it is."""

    episode: Episode
    folder: Path

    @property
    def stem(self) -> Path:
        """The path of its files, less their suffix."""
        return self.folder / self.episode.slug

    def json(self, name: str) -> Any:  # noqa: ANN401 # as JSON is
        """One of its JSON files."""
        return json.loads((self.folder / name).read_text(encoding="utf-8"))


@pytest.fixture
def made(workshop: Workshop) -> Finished:
    """The article's episode, with narrate's own music."""
    one = workshop.make(workshop.write("salt.md", ARTICLE), music=None).made[0]
    assert one.audio
    return Finished(one.episode, one.audio.parent)


def tag_of(path: Path) -> Any:  # noqa: ANN401 # mutagen has no types
    """The ID3 tag of a file, as mutagen reads it."""
    return ID3(path)  # type: ignore[no-untyped-call] # as above


def sound_of(path: Path) -> Any:  # noqa: ANN401 # as above
    """An MP3 as mutagen reads it."""
    return MP3(path)  # type: ignore[no-untyped-call] # as above


def cues_of(path: Path) -> list[tuple[int, int, str]]:
    """Start, end and text of the cues of a WebVTT file, as webvtt-py reads it."""
    cues = webvtt.read(str(path)).captions
    return [(clock_ms(cue.start), clock_ms(cue.end), unescape(cue.text)) for cue in cues]


def clock_ms(text: str) -> int:
    """Milliseconds of ``hh:mm:ss.mmm`` or ``hh:mm:ss,mmm``."""
    hours, minutes, seconds = text.replace(",", ".").split(":")
    return int(hours) * 3_600_000 + int(minutes) * 60_000 + round(float(seconds) * 1000)


def srt_times(text: str) -> list[tuple[int, int]]:
    """The cues of a SubRip file."""
    lines = [line for line in text.splitlines() if " --> " in line]
    return [(clock_ms(start), clock_ms(end)) for start, end in (line.split(" --> ") for line in lines)]


def test_the_facts_of_the_front_matter_are_everywhere(made: Finished) -> None:
    """Title, authors and address of the article stand in tag, manifest and feed."""
    tag = tag_of(made.stem.with_suffix(".mp3"))
    feed = feedparser.parse(made.folder.parent / "feed.xml")

    assert made.episode.authors == ("Ada Reed", "Bo Lind")
    assert made.episode.language == "en-GB"
    assert str(tag["TIT2"]) == TITLE == feed.entries[0].title
    assert "Ada Reed" in str(tag["TPE1"])
    assert "https://example.org/salt?a=1&b=2" in made.episode.description_html.replace("&amp;", "&")
    assert made.episode.identity == "https://example.org/salt?a=1&b=2"


def test_all_transcripts_have_the_times_of_the_timeline(made: Finished) -> None:
    """Law 1: VTT, SRT, JSON and the timeline's cues start and end at the same milliseconds."""
    cues = [(start, end) for start, end, *_ in made.json("timeline.json")["cues"]]
    vtt = cues_of(made.stem.with_suffix(".vtt"))
    words = made.json(f"{made.stem.name}.json")["segments"]
    starts = {round(word["startTime"] * 1000) for word in words}

    assert [(start, end) for start, end, _ in vtt] == cues
    assert srt_times(made.stem.with_suffix(".srt").read_text(encoding="utf-8")) == cues
    assert {start for start, _ in cues} <= starts


def test_all_chapters_are_the_same_chapters(made: Finished) -> None:
    """Law 1: the tag, the chapters' file, the timeline, the manifest and the feed agree to the millisecond."""
    timeline = [(start, title) for start, _, title, *_ in made.json("timeline.json")["chapters"]]
    tag = tag_of(made.stem.with_suffix(".mp3"))
    frames = sorted(tag.getall("CHAP"), key=lambda frame: frame.start_time)
    listed = [tag[f"CHAP:{name}"] for name in tag.getall("CTOC")[0].child_element_ids]
    document = made.json("chapters.json")["chapters"]

    assert [title for _, title in timeline] == ["Introduction", *HEADINGS]
    assert [(frame.start_time, str(frame.sub_frames["TIT2"])) for frame in frames] == timeline
    assert listed == frames
    assert [(round(one["startTime"] * 1000), one["title"]) for one in document] == timeline
    assert [(chapter.start_ms, chapter.title) for chapter in made.episode.chapters] == timeline
    assert psc_chapters(made.folder.parent / "feed.xml") == timeline
    assert frames[-1].end_time == made.episode.duration_ms


def psc_chapters(feed: Path) -> list[tuple[int, str]]:
    """The Podlove chapters of a feed's only item."""
    found = ET.parse(feed).iter("{http://podlove.org/simple-chapters}chapter")  # noqa: S314 # narrate's own
    return [(clock_ms(one.attrib["start"]), one.attrib["title"]) for one in found]


def test_a_chapter_opens_where_its_heading_is_said(made: Finished) -> None:
    """Chapters and cues are on one clock: a chapter begins at its heading's cue, or the silence just before it."""
    cues = {text: start for start, _, text, *_ in made.json("timeline.json")["cues"]}

    for chapter in made.episode.chapters[1:]:
        assert 0 <= cues[chapter.title] - chapter.start_ms <= 2 * FRAME_MS


def test_the_sound_is_as_long_as_they_all_say(made: Finished) -> None:
    """Length by mutagen, manifest, feed and the last cue fit each other to a frame."""
    sound = sound_of(made.stem.with_suffix(".mp3")).info
    feed = podcastparser.parse("http://x/feed.xml", io.BytesIO((made.folder.parent / "feed.xml").read_bytes()))
    last_ms = made.json("timeline.json")["cues"][-1][1]

    assert abs(sound.length * 1000 - made.episode.duration_ms) <= FRAME_MS + 1
    assert abs(feed["episodes"][0]["total_time"] - made.episode.duration_ms / 1000) <= 1
    assert last_ms <= made.episode.duration_ms
    assert (sound.sample_rate, sound.channels, sound.bitrate) == (RATE_HZ, 1, 96_000)


def test_the_feed_names_the_files_there_are(made: Finished) -> None:
    """Two readers of feeds find the episode, its sound with its true size, and files that exist."""
    path = made.folder.parent / "feed.xml"
    entry = feedparser.parse(path).entries[0]
    other = podcastparser.parse("http://x/feed.xml", io.BytesIO(path.read_bytes()))["episodes"][0]
    sound = made.stem.with_suffix(".mp3")

    assert entry.id == other["guid"] == made.episode.guid
    assert other["enclosures"][0]["url"] == entry.enclosures[0].href
    assert entry.enclosures[0].href.endswith(f"/{made.folder.name}/{sound.name}")
    assert int(entry.enclosures[0].length) == other["enclosures"][0]["file_size"] == sound.stat().st_size
    for file in made.episode.files:
        assert (made.folder / file.name).stat().st_size == file.size_bytes


def test_the_transcript_says_what_the_author_wrote(made: Finished) -> None:
    """Words as written, not as spoken, in order; what narrate adds is marked."""
    cues = [text for _, _, text in cues_of(made.stem.with_suffix(".vtt"))]
    text = " ".join(cues)

    assert "It cost $3.2bn in 1990, they say." in text
    assert cues.count(TITLE) == 1
    body = ARTICLE.split("---\n")[2].replace("## ", "")
    at = [text.find(sentence.strip().split(". ")[0]) for sentence in body.split("\n\n") if sentence.strip()]
    assert at == sorted(at)
    assert -1 not in at


def test_facts_of_the_order_go_before_those_of_the_text(workshop: Workshop) -> None:
    """``--title`` and its like say what the text does not, or says otherwise."""
    facts = Facts("Another", ("Cy Doe",), date(2024, 2, 29), "https://example.org/b", "en-US")
    path = workshop.write("salt.md", ARTICLE)
    episode = workshop.order(Order((str(path),), facts)).made[0].episode
    tag = tag_of(workshop.show / episode.slug / f"{episode.slug}.mp3")

    assert (episode.title, episode.authors, episode.url) == ("Another", ("Cy Doe",), "https://example.org/b")
    assert episode.language == "en-US"
    assert str(tag["TIT2"]) == "Another"


def spoken_of(workshop: Workshop, names: Sequence[str]) -> Finished:
    """An edition of short articles."""
    paths = tuple(str(workshop.write(f"{name}.md", f"# {name}\n\n{BODY.format(name)}")) for name in names)
    one = workshop.order(Order(paths, edition="The Morning"), music=None).made[0]
    assert one.audio
    return Finished(one.episode, one.audio.parent)


BODY = "This is the whole of {0}, and it is not long. " + "It goes on for a while, so that it may be a chapter. " * 4


def test_an_edition_is_one_episode_with_a_chapter_group_each(workshop: Workshop) -> None:
    """Three articles are one episode: a chapter each, in order, a sting between two, spoken titles."""
    made = spoken_of(workshop, ["Alpha", "Beta", "Gamma"])
    music = [one[0] for unit in made.json("timeline.json")["units"] for one in unit[4]]

    assert made.episode.title == "The Morning"
    assert [chapter.title for chapter in made.episode.chapters][-3:] == ["Alpha", "Beta", "Gamma"]
    assert music.count("sting") == 2
    assert (music[0], music[-1]) == ("intro", "outro")


def test_an_edition_is_the_same_episode_the_next_time(workshop: Workshop) -> None:
    """Who an edition is follows from its title and its articles, in any order."""
    first = spoken_of(workshop, ["Alpha", "Beta"]).episode
    second = spoken_of(workshop, ["Beta", "Alpha"]).episode
    third = spoken_of(workshop, ["Alpha", "Gamma"]).episode

    assert (second.guid, second.slug, second.published) == (first.guid, first.slug, first.published)
    assert third.guid != first.guid


def test_a_show_with_a_name_is_said_and_tagged(workshop: Workshop) -> None:
    """Once the show has a title of its own, episodes begin with it."""
    article = workshop.write("salt.md", ARTICLE)
    workshop.make(article)
    change_show(workshop.show, "title", "Salt Hour")
    workshop.make(article)

    assert "Salt Hour." in workshop.engine.spoken
    made = sound_of(next(workshop.show.glob("*/*.mp3")))
    assert str(made["TALB"]) == "Salt Hour"
