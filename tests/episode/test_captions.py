"""Transcripts, read by webvtt-py, by FFmpeg's libraries and by a JSON parser."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from fractions import Fraction
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any

import av
import pytest
import webvtt
from hypothesis import given
from hypothesis import strategies as st

from narrate.episode.captions import write_srt, write_vtt
from narrate.episode.transcripts import write_html, write_json, write_text
from narrate.model import Cue, Role, Timeline

if TYPE_CHECKING:
    from collections.abc import Callable

HEAD = re.compile(r"(?P<start>\d{2,}:[0-5]\d:[0-5]\d\.\d{3}) --> (?P<end>\d{2,}:[0-5]\d:[0-5]\d\.\d{3})")
"""A cue's timings as the grammar of WebVTT has them (W3C WebVTT, 4.1), hours and all three digits given."""
TAGS = re.compile(r"</?(?:c|v|lang)(?:\.[^\s<>&.]+)*(?: [^<>&]*)?>")
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)


def timeline_with(*cues: Cue) -> Timeline:
    """A timeline of nothing but cues."""
    return Timeline((), (), (), cues, 0, -1.5, -16)


def saying(text: str, **changes: Any) -> Cue:  # noqa: ANN401 - fields of any type
    """A cue of a second that says something."""
    return replace(Cue(500, 1500, text, "s1", Role.BODY, "joe", "en-US"), **changes)


def read_vtt(data: bytes) -> list[tuple[int, int, str]]:
    """Start and end in ms and text of the cues, by webvtt-py."""
    captions: Any = webvtt.from_buffer(StringIO(data.decode()))
    return [(in_ms(each.start_time), in_ms(each.end_time), each.raw_text) for each in captions]


def in_ms(time: Any) -> int:  # noqa: ANN401 - webvtt-py's own
    """A time of webvtt-py in ms."""
    return int(((time.hours * 60 + time.minutes) * 60 + time.seconds) * 1000 + time.milliseconds)


def read_with_ffmpeg(data: bytes, form: str) -> list[tuple[int, int, str]]:
    """Start and end in ms and text, by FFmpeg's demuxers, which count milliseconds."""
    with av.open(BytesIO(data), "r", format=form) as container:
        packets: list[Any] = [packet for packet in container.demux() if packet.size]
        assert all(packet.time_base == Fraction(1, 1000) for packet in packets)
        return [(each.pts, each.pts + each.duration, bytes(each).decode()) for each in packets]


def shown(text: str) -> str:
    """Cue text as a viewer sees it: without tags, with its three characters unescaped."""
    bare = TAGS.sub("", text)
    assert not re.search(r"[<>]|&(?!(?:lt|gt|amp);)", bare)
    return bare.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


class TestVtt:
    """WebVTT."""

    def test_a_cue_a_sentence_to_the_millisecond(self, seed_timeline: Timeline) -> None:
        """Every sentence is a cue of its own, in its own words, at its own time."""
        cues = read_vtt(write_vtt(seed_timeline, "Title", "en-US"))

        wanted = [(cue.start_ms, cue.end_ms, cue.text) for cue in seed_timeline.cues]
        assert [(start, end, shown(text)) for start, end, text in cues] == wanted

    def test_ffmpeg_reads_the_same(self, seed_timeline: Timeline) -> None:
        """A second reader of somebody else's finds the same times and texts."""
        cues = read_with_ffmpeg(write_vtt(seed_timeline, "Title", "en-US"), "webvtt")

        assert [(start, end, shown(text)) for start, end, text in cues] == [
            (cue.start_ms, cue.end_ms, cue.text) for cue in seed_timeline.cues
        ]

    def test_every_line_is_of_the_grammar(self, seed_timeline: Timeline) -> None:
        """Signature, a note, then cues of a timing line and text, a blank line between: nothing else.

        AntennaPod drops a whole transcript for one malformed time.
        """
        signature, note, *cues = write_vtt(seed_timeline, "A --> B", "en-US").decode().rstrip("\n").split("\n\n")

        assert signature == "WEBVTT"
        assert note.startswith("NOTE\n")
        assert "-->" not in note
        for cue in cues:
            timing, text = cue.split("\n")
            assert HEAD.fullmatch(timing)
            assert "-->" not in text

    def test_narrates_own_words_are_told_apart(self, seed_timeline: Timeline) -> None:
        """What the author did not write has a class of its own, and only that."""
        text = write_vtt(seed_timeline, "Title", "en-US").decode()

        own = re.findall(r"<c\.narrate>(.*?)</c>", text)
        assert own == [cue.text for cue in seed_timeline.cues if cue.added]
        assert own

    @given(TEXTS)
    def test_text_is_text(self, text: str) -> None:
        """Whatever an article holds, a viewer sees it and nothing of it is markup or ends a cue."""
        data = write_vtt(timeline_with(saying(text), saying("after", start_ms=2000, end_ms=3000)), text, "en")
        cues = data.decode().rstrip("\n").split("\n\n")[2:]

        wanted = [" ".join(visible(each).split()) for each in (text, "after") if visible(each).split()]
        assert [shown(cue.split("\n", 1)[1]) for cue in cues] == wanted

    def test_hours_and_empty_moments(self) -> None:
        """Past 99 hours the clock goes on, and a cue never ends before it began."""
        late = saying("late", start_ms=360_000_007, end_ms=360_000_007)

        text = write_vtt(timeline_with(late), "Title", "en").decode()

        assert "100:00:00.007 --> 100:00:00.008\nlate" in text

    def test_other_languages_and_voices_are_named(self) -> None:
        """Another language has a span, another region none; where two voices speak, each has its name."""
        one, two = saying("one", language="en-GB"), saying("deux", language="fr-FR", voice="elle & lui")

        alone, both = (write_vtt(timeline_with(*cues), "Title", "en").decode() for cues in ((one,), (one, two)))

        assert "\none\n" in alone
        assert "<v joe>one" in both
        assert "<v elle &amp; lui><lang fr-FR>deux</lang>" in both


class TestSrt:
    """SubRip."""

    def test_the_same_cues(self, seed_timeline: Timeline) -> None:
        """FFmpeg reads the sentences and times of the timeline; narrate's own are in brackets."""
        cues = read_with_ffmpeg(write_srt(seed_timeline, "en"), "srt")

        assert cues == [
            (cue.start_ms, cue.end_ms, f"[{cue.text}]" if cue.added else cue.text) for cue in seed_timeline.cues
        ]

    def test_webvtt_py_reads_it_too(self, seed_timeline: Timeline) -> None:
        """Its reader of SRT wants numbers, commas and blank lines where they belong."""
        captions = webvtt.from_buffer(StringIO(write_srt(seed_timeline, "en").decode()), format="srt")

        assert len(captions) == len(seed_timeline.cues)

    def test_numbers_count_up(self, seed_timeline: Timeline) -> None:
        """Cues are numbered from 1 without a gap."""
        blocks = write_srt(seed_timeline, "en").decode().rstrip("\n").split("\n\n")

        assert [int(block.split("\n")[0]) for block in blocks] == list(range(1, len(seed_timeline.cues) + 1))


class TestJson:
    """The podcast namespace's JSON."""

    def test_is_of_the_namespaces_form(self, seed_timeline: Timeline) -> None:
        """Version and segments; a segment has start, end and body, and a speaker only where there is one to name."""
        document = json.loads(write_json(seed_timeline, "en"))

        assert document["version"] == "1.0.0"
        assert set(document) == {"version", "segments"}
        for segment in document["segments"]:
            assert {"startTime", "endTime", "body"} <= set(segment)
            assert set(segment) <= {"startTime", "endTime", "body", "speaker", "words"}
            assert 0 <= segment["startTime"] <= segment["endTime"]

    def test_a_segment_a_sentence_with_its_words(self, seed_timeline: Timeline) -> None:
        """Every sentence and every written word is there with its own time; a block ends its line."""
        segments = json.loads(write_json(seed_timeline, "en"))["segments"]

        assert [in_whole_ms(each) for each in segments] == [(cue.start_ms, cue.end_ms) for cue in seed_timeline.cues]
        assert [each["body"].strip() for each in segments] == [cue.text for cue in seed_timeline.cues]
        words = [word for cue in seed_timeline.cues for word in cue.words]
        assert [in_whole_ms(word) for each in segments for word in each["words"]] == [
            (word.start_ms, word.end_ms) for word in words
        ]
        assert [word["body"] for each in segments for word in each["words"]] == [word.text for word in words]
        blocks = len({cue.segment for cue in seed_timeline.cues})
        assert sum(each["body"].endswith("\n") for each in segments) == blocks

    def test_narrates_own_words_have_their_speaker(self, seed_timeline: Timeline) -> None:
        """What the author did not write is spoken by narrate."""
        segments = json.loads(write_json(seed_timeline, "en"))["segments"]

        own = " ".join(each["body"].strip() for each in segments if each.get("speaker") == "narrate")
        assert own == " ".join(cue.text for cue in seed_timeline.cues if cue.added)

    def test_without_word_times_a_sentence_is_a_segment(self) -> None:
        """An engine without word times costs words, not the transcript."""
        segments = json.loads(write_json(timeline_with(saying("One two.")), "en"))["segments"]

        assert segments == [{"startTime": 0.5, "endTime": 1.5, "body": "One two.\n"}]


WRITERS: tuple[Callable[[Timeline], bytes], ...] = (
    lambda timeline: write_vtt(timeline, "t", "en"),
    lambda timeline: write_srt(timeline, "en"),
    lambda timeline: write_json(timeline, "en"),
    lambda timeline: write_html(timeline, "t", "en"),
    lambda timeline: write_text(timeline, "t", "en"),
)


@pytest.mark.parametrize("write", WRITERS)
def test_silence_has_an_empty_transcript(write: Callable[[Timeline], bytes]) -> None:
    """An episode without a word has a transcript without a cue, not an error."""
    assert not re.search(r"-->|startTime|<span|0:00", write(timeline_with(saying(" \n "))).decode())


def in_whole_ms(row: dict[str, float]) -> tuple[int, int]:
    """Start and end of a row of the JSON transcript."""
    return round(row["startTime"] * 1000), round(row["endTime"] * 1000)


def visible(text: str) -> str:
    """Text without the control characters that no file can hold."""
    return "".join(char for char in text if not is_control(char))


def is_control(char: str) -> bool:
    """Whether a character is one of those; tabs, line ends and NEL are white space."""
    return bool(re.match("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]", char))
