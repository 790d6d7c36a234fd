"""Chapters in every file they are in: the same list, the same times."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, Any

from lxml import html
from mutagen.id3 import ID3

from narrate.episode.captions import write_srt, write_vtt
from narrate.episode.chapters import chapters_json
from narrate.episode.notes import describe, timestamp
from narrate.episode.page import episode_page
from narrate.episode.tags import TagFacts, id3_tag
from narrate.episode.timelinefile import dump_timeline
from narrate.episode.transcripts import write_html, write_json
from narrate.model import Chapter, Show

if TYPE_CHECKING:
    from narrate.model import Episode, Timeline, Voice


def test_json_is_of_version_1_2(seed_timeline: Timeline) -> None:
    """A version, the facts that are known, and chapters of start, end and title."""
    document = json.loads(chapters_json(seed_timeline, "The title", show="The show"))

    assert set(document) == {"version", "title", "podcastName", "chapters"}
    assert document["version"] == "1.2.0"
    assert all(set(chapter) == {"startTime", "endTime", "title"} for chapter in document["chapters"])


def test_a_chapter_links_to_its_section(seed_timeline: Timeline) -> None:
    """An address that is known is given."""
    linked = replace(seed_timeline, chapters=(Chapter(0, 1000, "One", "s1", "https://example.org/#one"),))

    assert json.loads(chapters_json(linked, "Title"))["chapters"][0]["url"] == "https://example.org/#one"


def test_a_chapter_in_the_tag_leads_to_its_section(seed_timeline: Timeline, seed_episode: Episode) -> None:
    """With a public page, to the chapter's own place on it, which is there; else to its article, if it has one."""
    reader: Any = ID3
    title, show = seed_episode.title, Show("Show", "guid")
    page: Any = html.document_fromstring(episode_page(seed_episode, seed_timeline, show).decode())
    linked = replace(seed_timeline, chapters=(*seed_timeline.chapters[:-1], ELSEWHERE))
    public = reader(BytesIO(id3_tag(TagFacts(title, page_url="https://e.org/show/one/"), linked)))
    local = reader(BytesIO(id3_tag(TagFacts(title), linked)))

    names = public["CTOC:toc"].child_element_ids
    urls = [public[f"CHAP:{name}"].sub_frames["WXXX:"].url for name in names]
    assert urls[0] == urls[-1] == "https://e.org/show/one/#title"
    assert [page.get_element_by_id(url.partition("#")[2]).text_content() for url in urls[1:-1]] == [
        chapter.title for chapter in linked.chapters[1:-1]
    ]
    assert [frame.sub_frames["WXXX:"].url for frame in local.getall("CHAP") if "WXXX:" in frame.sub_frames] == [
        "https://e.org/a"
    ]


ELSEWHERE = Chapter(400_000, 500_000, "Not on the page", "nowhere", "https://e.org/a")


def test_the_list_is_the_golden_one(seed_timeline: Timeline, golden: dict[str, Any]) -> None:
    """The seed's chapters are those of the reference, in order, to the second."""
    chapters = json.loads(chapters_json(seed_timeline, "Title"))["chapters"]

    wanted = [(each["start"], each["title"]) for each in golden["chapters"]]
    assert [(timestamp(round(each["startTime"] * 1000)), each["title"]) for each in chapters] == wanted


def test_all_files_agree(seed_timeline: Timeline, seed_episode: Episode, joe: Voice) -> None:
    """The tag, the JSON, the timeline file and the page have one list of starts in ms; the notes have it in seconds."""
    reader: Any = ID3
    tag = reader(BytesIO(id3_tag(TagFacts("Title"), seed_timeline)))
    page = episode_page(seed_episode, seed_timeline, Show("Show", "guid")).decode()
    notes = describe("Summary.", seed_timeline, joe)
    starts = [chapter.start_ms for chapter in seed_timeline.chapters]

    assert [tag[f"CHAP:{name}"].start_time for name in tag["CTOC:toc"].child_element_ids] == starts
    listed = json.loads(chapters_json(seed_timeline, "Title"))["chapters"]
    assert [round(each["startTime"] * 1000) for each in listed] == starts
    assert [row[0] for row in json.loads(dump_timeline(seed_timeline))["chapters"]] == starts
    assert [round(float(at) * 1000) for at in re.findall(r"#t=([\d.]+)\"", page)] == starts
    clocks = re.findall(r"(\d\d):(\d\d):(\d\d) ", notes)
    assert [int(h) * 3600 + int(m) * 60 + int(s) for h, m, s in clocks] == [start // 1000 for start in starts]


def test_all_transcripts_agree(seed_timeline: Timeline) -> None:
    """WebVTT, SRT, JSON, HTML, the timed lyrics and the timeline file say the same times for the same sentences."""
    reader: Any = ID3
    tag = reader(BytesIO(id3_tag(TagFacts("Title", language="en"), seed_timeline)))
    vtt = re.findall(r"([\d:.]+) --> ([\d:.]+)\n", write_vtt(seed_timeline, "Title", "en").decode())
    srt = re.findall(r"([\d:,]+) --> ([\d:,]+)\n", write_srt(seed_timeline, "en").decode())
    rows = json.loads(dump_timeline(seed_timeline))["cues"]
    segments = json.loads(write_json(seed_timeline, "en"))["segments"]

    assert [(start.replace(",", "."), end.replace(",", ".")) for start, end in srt] == vtt
    assert [in_ms(start) for start, _ in vtt] == [row[0] for row in rows] == [at for _, at in tag["SYLT::eng"].text]
    assert [in_ms(end) for _, end in vtt] == [row[1] for row in rows]
    assert [round(each["startTime"] * 1000) for each in segments] == [row[0] for row in rows]
    spoken = [round(word["startTime"] * 1000) for each in segments for word in each["words"]]
    assert spoken == [word[0] for row in rows for word in row[8]]
    spans = re.findall(r'data-start="([\d.]+)" data-end="([\d.]+)"', write_html(seed_timeline, "Title", "en").decode())
    assert [(round(float(a) * 1000), round(float(b) * 1000)) for a, b in spans] == [(row[0], row[1]) for row in rows]


def in_ms(clock: str) -> int:
    """HH:MM:SS.mmm in ms."""
    hours, minutes, seconds = clock.split(":")
    return (int(hours) * 60 + int(minutes)) * 60_000 + round(float(seconds) * 1000)
