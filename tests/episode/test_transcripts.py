"""What the three transcripts say of any text, time, voice and language, by other people's readers."""

from __future__ import annotations

import json
from dataclasses import replace
from io import BytesIO, StringIO
from typing import Any

import av
import pytest
import webvtt
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from narrate.episode.captions import write_srt, write_vtt
from narrate.episode.languages import differs, direction, iso_639_2
from narrate.episode.text import clock, lines, one_line, paragraphs
from narrate.episode.transcripts import write_html, write_json, write_text
from narrate.model import Cue, Role, Timeline, Word

WRITTEN = st.text("ab <>&-,:.\n\té→日😀\"'{}[]0", min_size=1, max_size=30).filter(lambda text: text.split())
TIMES = st.lists(st.integers(0, 90_000_000), min_size=2, max_size=10, unique=True).map(sorted)


def said(start_ms: int, end_ms: int, text: str, **changes: Any) -> Cue:  # noqa: ANN401 - fields of any type
    """A cue from start to end."""
    return replace(Cue(start_ms, end_ms, text, "s1", Role.BODY, "joe", "en"), **changes)


def timeline_of_cues(*cues: Cue) -> Timeline:
    """A timeline of nothing but cues."""
    return Timeline((), (), (), cues, 0, -1.5, -16)


@st.composite
def timelines(draw: st.DrawFn) -> Timeline:
    """Sentences one after the other, whatever they say."""
    at = draw(TIMES)
    pairs = list(zip(at[::2], at[1::2], strict=False))
    return timeline_of_cues(*(said(start, end, draw(WRITTEN)) for start, end in pairs))


def read(data: bytes, form: str) -> list[tuple[int, int, str]]:
    """Start and end in ms and the words of every caption, by webvtt-py."""
    captions: Any = webvtt.from_buffer(StringIO(data.decode()), format=form)
    return [(_ms(each.start_time), _ms(each.end_time), each.raw_text) for each in captions]


def _ms(time: Any) -> int:  # noqa: ANN401 - webvtt-py's own
    return int(((time.hours * 60 + time.minutes) * 60 + time.seconds) * 1000 + time.milliseconds)


@settings(max_examples=50)
@given(timelines())
def test_every_sentence_is_read_back_at_its_time(timeline: Timeline) -> None:
    """WebVTT and SRT alike: as many captions as sentences, each when and what it was, markup or not."""
    times = [(cue.start_ms, cue.end_ms) for cue in timeline.cues]
    texts = [one_line(cue.text) for cue in timeline.cues]

    vtt, srt = read(write_vtt(timeline, "Title", "en"), "vtt"), read(write_srt(timeline, "en"), "srt")

    assert [each[:2] for each in vtt] == [each[:2] for each in srt] == times
    unescaped = [text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") for *_, text in vtt]
    assert unescaped == texts
    assert [text for *_, text in srt] == [text.replace("-->", "→") for text in texts]


@pytest.mark.parametrize(
    "text", ["00:00:01,000 --> 00:00:02,000", "1", "WEBVTT", "NOTE this", "STYLE", "a --> b", "<i>", "&lt;", "{y:b}x"]
)
@pytest.mark.parametrize("form", ["srt", "webvtt"])
def test_a_sentence_that_looks_like_a_caption_file_is_a_sentence(form: str, text: str) -> None:
    """FFmpeg finds three captions at their times: no line of text is taken for a time, a number or a header."""
    timeline = timeline_of_cues(said(0, 400, "before"), said(500, 1500, text), said(2000, 3000, "after"))
    data = write_srt(timeline, "en") if form == "srt" else write_vtt(timeline, "Title", "en")

    with av.open(BytesIO(data), "r", format=form) as container:
        packets: list[Any] = [packet for packet in container.demux() if packet.size]

    assert [(each.pts, each.pts + each.duration) for each in packets] == [(0, 400), (500, 1500), (2000, 3000)]


@settings(max_examples=40)
@given(timelines())
def test_json_has_every_word_at_its_time(timeline: Timeline) -> None:
    """Bodies, a blank between, are the text as written; times are seconds with at most three decimals."""
    rows = json.loads(write_json(timeline, "en"))["segments"]

    spoken = " ".join(row["body"] for row in rows)
    assert spoken.split() == " ".join(cue.text for cue in timeline.cues).split()
    assert [(round(row["startTime"] * 1000), round(row["endTime"] * 1000)) for row in rows] == [
        (cue.start_ms, cue.end_ms) for cue in timeline.cues
    ]


def test_a_block_ends_in_a_line_end_and_only_a_block() -> None:
    """Two sentences of one paragraph are joined, the next paragraph begins a line."""
    words = (Word(0, 100, "One"), Word(100, 200, "two."))
    timeline = timeline_of_cues(
        said(0, 200, "One two.", words=words), said(300, 400, "Three."), said(500, 600, "Four.", segment="s2")
    )

    bodies = [row["body"] for row in json.loads(write_json(timeline, "en"))["segments"]]

    assert bodies == ["One two.", "Three.\n", "Four.\n"]


def test_each_of_two_voices_is_named_in_every_transcript() -> None:
    """By webvtt-py's own reading of voices, by the line in SRT, by the speaker in JSON."""
    timeline = timeline_of_cues(said(0, 1, "One."), said(2, 3, "Two.", voice="amy"))
    captions: Any = webvtt.from_buffer(StringIO(write_vtt(timeline, "Title", "en").decode()))

    assert [each.voice for each in captions] == ["joe", "amy"]
    assert [text for *_, text in read(write_srt(timeline, "en"), "srt")] == ["joe: One.", "amy: Two."]
    assert [row["speaker"] for row in json.loads(write_json(timeline, "en"))["segments"]] == ["joe", "amy"]


def test_one_voice_is_not_named_and_narrate_always_is() -> None:
    """A name before every line would say nothing; whose words they are does."""
    own = said(2, 3, "Read by a machine.", added=True, role=Role.ANNOUNCEMENT)
    timeline = timeline_of_cues(said(0, 1, "One."), own)

    assert [text for *_, text in read(write_vtt(timeline, "T", "en"), "vtt")] == [
        "One.",
        "<c.narrate>Read by a machine.</c>",
    ]
    assert [text for *_, text in read(write_srt(timeline, "en"), "srt")] == ["One.", "[Read by a machine.]"]
    rows = json.loads(write_json(timeline, "en"))["segments"]
    assert [row.get("speaker") for row in rows] == [None, "narrate"]


def test_own_words_in_another_language_and_voice_have_all_three_marks() -> None:
    """Voice outermost, then whose words, then the language: spans are nested, never crossed."""
    timeline = timeline_of_cues(said(0, 1, "A"), said(2, 3, "B", voice="zoe", added=True, language="fr-CA"))

    (_, (*_, text)) = read(write_vtt(timeline, "T", "en-GB"), "vtt")

    assert text == "<v zoe><c.narrate><lang fr-CA>B</lang></c>"


def test_the_note_tells_what_the_file_is() -> None:
    """Title, language and what the class means, a line each; a title of nothing has no line."""
    head = write_vtt(timeline_of_cues(), "A\ntitle --> x", "en-US").decode()

    assert head == "WEBVTT\n\nNOTE\nA title → x\nLanguage: en-US\nWords of the class narrate are not the author's.\n"
    assert write_vtt(timeline_of_cues(), "\x00", "en").decode().startswith("WEBVTT\n\nNOTE\nLanguage: en\n")


@given(st.integers(0, 400_000_000))
def test_a_clock_is_the_time(ms: int) -> None:
    """Hours, minutes, seconds and milliseconds add up to it again, each in its width."""
    hours, minutes, rest = clock(ms).split(":")
    seconds, thousandths = rest.split(".")

    assert ((int(hours) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + int(thousandths) == ms
    assert (len(minutes), len(seconds), len(thousandths)) == (2, 2, 3)
    assert len(hours) >= 2


@given(st.text(max_size=60))
def test_a_line_is_one_line_that_any_file_can_hold(text: str) -> None:
    """No control character, no lone surrogate, no white space but single blanks inside; twice changes nothing."""
    line = one_line(text)

    assert line == " ".join(line.split())
    assert not any(ord(char) < 0x20 or 0x7F <= ord(char) < 0xA0 or 0xD800 <= ord(char) < 0xE000 for char in line)
    assert one_line(line) == line
    assert line.encode().decode() == line


@given(st.lists(st.text("ab \t\x00", max_size=5), max_size=6))
def test_lines_stay_lines(texts: list[str]) -> None:
    """As many as there were between the first and the last that say something, each on its own."""
    kept = lines("\r\n".join(texts)).split("\n")
    wanted = [one_line(text) for text in texts]
    while wanted and not wanted[-1]:
        wanted.pop()
    while wanted and not wanted[0]:
        wanted.pop(0)

    assert kept == (wanted or [""])


def test_paragraphs_are_the_blocks_of_the_article() -> None:
    """Sentences of one segment are one paragraph, on one line; another segment is another, though it says the same."""
    cues = (said(0, 1, "One\n."), said(1, 2, "Two."), said(2, 3, "One.", segment="s2"), said(3, 4, "X", segment="s1"))

    assert list(paragraphs(cues)) == ["One . Two.", "One.", "X"]
    assert list(paragraphs(())) == []


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        *(("de-AT", "deu"), ("FR", "fra"), ("zh-Hant", "zho"), ("cmn-Hans", "zho"), ("yue", "zho"), ("nb", "nob")),
        *(("el", "ell"), ("nl", "nld"), ("cs", "ces"), ("fa", "fas"), ("is", "isl"), ("cy", "cym"), ("mi", "mri")),
        *(("gsw", "gsw"), ("ast", "ast"), ("qq", ""), ("i-klingon", ""), ("e", ""), ("engl", ""), ("é", "")),
    ],
)
def test_a_language_has_its_terminological_code(tag: str, code: str) -> None:
    """ISO 639-2/T (``deu``, not ``ger``), by the Library of Congress's table; none where there is none."""
    assert iso_639_2(tag) == code


@pytest.mark.parametrize(
    ("tags", "way"),
    [
        (("ar", "AR-eg", "he-IL", "fa", "ur", "ps", "yi", "dv", "ckb", "sd", "ug", "syr", "arc", "nqo", "ks"), "rtl"),
        (
            ("az-Arab", "ku-Arab-IQ", "pa-arab", "ff-Adlm", "rhg-Rohg", "jrb-Hebr", "dv-Thaa", "syr-Syrc", "x-Nkoo"),
            "rtl",
        ),
        (("en", "", "ru", "ja", "ar-Latn", "ks-Deva", "he-latn-IL", "ar-1996-Latn"), "ltr"),
        (("ar-1994", "fa-2020", "he-x-abcde"), "rtl"),  # four digits are a variant, five letters no script
    ],
)
def test_a_language_is_written_its_own_way(tags: tuple[str, ...], way: str) -> None:
    """By its script where the tag has one, else by the language."""
    assert {tag: direction(tag) for tag in tags} == dict.fromkeys(tags, way)


@pytest.mark.parametrize(
    ("one", "other", "different"),
    [
        ("en", "en-US", False),
        ("EN", "en", False),
        ("en", "eng", True),
        ("de", "en", True),
        ("", "en", False),
        ("en", "", False),
    ],
)
def test_regions_do_not_make_another_language(one: str, other: str, different: bool) -> None:  # noqa: FBT001 # it is what is tested
    """And nothing is known of a tag that is not there."""
    assert differs(one, other) is different


class TestHtml:
    """The HTML transcript, as a browser's parser reads it."""

    def test_holds_every_sentence_with_its_language_and_its_speaker(self) -> None:
        """Who, when, and the words; narrate's own have their class, other languages their tag."""
        timeline = timeline_of_cues(
            said(1000, 2000, "A <b> & c."),
            said(2500, 3000, "שלום", language="he"),
            said(65_000, 66_000, "Read by a machine.", segment="s2", role=Role.ANNOUNCEMENT, added=True),
        )
        page = html.document_fromstring(write_html(timeline, "Ti</title><script>", "en").decode())

        assert page.findtext("head/title") == page.findtext("body/h1") == "Ti</title><script>"
        assert [
            (each.text, each.get("data-start"), each.get("lang"), each.get("dir")) for each in page.iter("span")
        ] == [
            ("A <b> & c.", "1.0", None, None),
            ("שלום", "2.5", "he", "rtl"),
            ("Read by a machine.", "65.0", None, None),
        ]
        assert [each.text for each in page.iter("time")] == ["00:00:01", "00:01:05"]
        assert [each.text for each in page.iter("cite")] == ["narrate:"]
        assert [each.get("class") for each in page.iter("p")] == [None, "narrate"]
        assert not list(page.iter("script"))


class TestText:
    """The plain text transcript."""

    def test_is_a_paragraph_a_block(self) -> None:
        """Its time, its words as written, brackets round narrate's own, a mark before another language."""
        timeline = timeline_of_cues(
            said(1000, 2000, "One."),
            said(2500, 3000, "Deux.", language="fr"),
            said(65_000, 66_000, "Read by a machine.", segment="s2", role=Role.ANNOUNCEMENT, added=True),
        )

        assert write_text(timeline, "Title", "en").decode() == (
            "Title\n\nWords in [brackets] are not the author's.\n\n"
            "00:00:01  One. [fr] Deux.\n\n00:01:05  [Read by a machine.]\n"
        )


def test_a_language_of_its_own_is_marked_in_srt() -> None:
    """Which has no markup for it."""
    timeline = timeline_of_cues(said(0, 1, "One."), said(2, 3, "Deux.", language="fr-FR"))

    assert [text for *_, text in read(write_srt(timeline, "en-GB"), "srt")] == ["One.", "[fr] Deux."]
