"""The script file: what is written reads back the same, and everything a person edits is taken."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from narrate.model import (
    MusicChoice,
    MusicPart,
    Pauses,
    Role,
    Script,
    ScriptSource,
    Segment,
    Source,
    Style,
    Utterance,
)
from narrate.script import dump_script, is_script, load_script
from narrate.script.schema import MAX_PAUSE_MS
from narrate.script.spoken import can_be_heard, respoken, utter
from narrate.script.writing import quoted

STYLE = Style()

TRAPS = [
    *(
        "NO",
        "no",
        "y",
        "Yes",
        "on",
        "null",
        "Null",
        "~",
        "true",
        "1:30",
        "12:30:45",
        "2026-11-24",
        "1e3",
        "0x1F",
        "012",
    ),
    *("1_000", ".inf", ".5", "=", "<<", "- a", "? a", ": b", "a: b", "a #b", "#c", "'d'", '"e"', "'Tis", "&f", "*g"),
    *(
        "!h",
        "!!str x",
        "%i",
        "@j",
        "`k`",
        "[l]",
        "{m: n}",
        "|",
        ">",
        "---",
        "...",
        "a\\b",
        "C:\\new\\table",
        "tab\there",
    ),
    *("line\nbreak", "\u2028x\u2029y", "\x85z", "\ufeffBOM", "nul\0", "\x1b[31m", "🙂 x", "\ufffe", 'it\'s "both"'),
    *(" x ", "x" * 340, "\u00a0x\u3000", "narrate_script: 2", "ends with\\", "\r\n x"),
]


def filled(text: str) -> bool:
    """Whether there is more than blanks."""
    return bool(text.strip())


ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
WORDS = st.sampled_from(TRAPS).filter(filled) | ANY.filter(filled)
NAMES = WORDS | st.just("")
URLS = st.sampled_from(["", "https://a.b/c?d=1#e", "http://x.org"])
LANGUAGES = st.sampled_from(["en", "en-GB", "no", "de", "zh-Hans"])
PAUSES = st.integers(0, MAX_PAUSE_MS) | st.just(350)


@st.composite
def utterances(draw: st.DrawFn, role: Role, language: str, *, skip: bool) -> Utterance:
    """An utterance as the writer makes them: words of any kind, spoken as they are or otherwise."""
    made = utter(
        draw(WORDS),
        draw(st.just(language) | LANGUAGES),
        role,
        ends=draw(st.booleans()),
    )
    made = respoken(made, draw(st.just("") | WORDS))
    if not skip and not can_be_heard(made):
        made = utter(f"{made.written} word", made.language, role, ends=made.ends_sentence)
    return replace(made, pause_ms=draw(PAUSES))


@st.composite
def segments(draw: st.DrawFn, number: int, language: str, *, skip: bool) -> Segment:
    """A segment with any of its fields."""
    role = draw(st.sampled_from(list(Role)))
    said = draw(st.lists(utterances(role, language, skip=skip), min_size=1, max_size=3))
    start = draw(st.integers(0, 10**6))
    return Segment(
        id=f"s-{number}",
        role=role,
        utterances=tuple(said),
        pause_ms=draw(PAUSES),
        level=draw(st.integers(0, 6)),
        chapter=draw(st.none() | WORDS),
        music=draw(st.none() | st.sampled_from([MusicPart.INTRO, MusicPart.STING, MusicPart.OUTRO])),
        voice=draw(st.none() | WORDS),
        source=draw(st.none() | st.just(Source(start, start + 5, 3)) | st.just(Source(0, 0, 7))),
        skip=skip,
    )


@st.composite
def scripts(draw: st.DrawFn) -> Script:
    """A script with any of its fields, at least one segment of which is heard."""
    language = draw(LANGUAGES)
    skips = draw(st.lists(st.booleans(), max_size=3).map(lambda more: [False, *more]))
    return Script(
        title=draw(WORDS),
        language=language,
        segments=tuple(draw(segments(number, language, skip=skip)) for number, skip in enumerate(skips)),
        sources=tuple(
            draw(st.lists(st.builds(ScriptSource, WORDS, NAMES, NAMES, title=NAMES, url=URLS, id=NAMES), max_size=2))
        ),
        authors=tuple(draw(st.lists(WORDS, max_size=2))),
        published=draw(st.none() | st.dates()),
        url=draw(URLS),
        voice=draw(NAMES),
        cast=draw(NAMES),
        music=draw(st.builds(MusicChoice, WORDS, WORDS, WORDS, st.just("none") | WORDS)),
    )


@given(scripts())
@settings(max_examples=150, deadline=None)
def test_what_is_written_reads_back_the_same(script: Script) -> None:
    """Law of the file: every text, every field, every silence survives it."""
    assert load_script(dump_script(script), "x.yaml", STYLE) == script


@given(scripts())
@settings(max_examples=40, deadline=None)
def test_it_reads_the_same_as_bytes(script: Script) -> None:
    """As bytes too, with a byte order mark as well, and `is_script` knows it by its head."""
    data = dump_script(script).encode()

    assert is_script(data[:4096])
    assert load_script(b"\xef\xbb\xbf" + data, "x.yaml", STYLE) == script


@given(WORDS)
def test_another_yaml_reader_sees_the_same_text(text: str) -> None:
    """PyYAML's own loader takes every text narrate writes for that text and nothing else."""
    assert yaml.safe_load(f"a: {quoted(text)}\n") == {"a": text}


def test_the_file_is_plain_to_read() -> None:
    """A sentence is a line; only what differs stands beside it; the head says what to do."""
    script = Script(
        title="He said 1:30",
        language="en",
        segments=(
            Segment(
                "s-1",
                Role.BODY,
                (
                    replace(utter("Dr. Who?", "en", Role.BODY), pause_ms=350),
                    replace(respoken(utter("Reading, by sea.", "en", Role.BODY), "Redding, by sea."), pause_ms=900),
                    utter('"No."', "en", Role.BODY),
                ),
                700,
                source=Source(10, 30, 3),
            ),
        ),
        published=date(2026, 11, 24),
    )
    head, body = dump_script(script).split("narrate_script: 1\n")

    assert head.startswith("# A narrate script")
    assert "narrate make" in head.splitlines()[0]
    assert all(line.startswith("#") for line in head.splitlines())
    assert body.split("segments:\n")[1] == (
        "\n- id: s-1\n  role: body\n  line: 3\n  span: 10-30\n  say:\n"
        '  - "Dr. Who?"\n    # said: Doctor Who?\n'
        '  - written: "Reading, by sea."\n    spoken: "Redding, by sea."\n    pause_ms: 900\n'
        "  - '\"No.\"'\n"
        "  pause_ms: 700\n"
    )


HEAD = "narrate_script: 1\ntitle: T\nlanguage: en\nsegments:\n"


def load(segments: str, style: Style = STYLE) -> Script:
    """A script of these segments, written by hand."""
    return load_script(HEAD + segments, "x.yaml", style)


def written(script: Script) -> list[list[str]]:
    """The words of each segment."""
    return [[each.written for each in segment.utterances] for segment in script.segments]


def test_a_new_segment_needs_words_alone() -> None:
    """Role, pause and id are filled in: a paragraph's, the style's, a minted one."""
    script = load("- say:\n  - Hello there.\n", Style(pauses=Pauses(paragraph=777)))
    segment = script.segments[0]

    assert (segment.role, segment.pause_ms, segment.skip) == (Role.BODY, 777, False)
    assert segment.id.startswith("s-")
    assert load(f"- id: {segment.id}\n  say: [Something else]\n").segments[0].id == segment.id


def test_ids_survive_edits_and_copies_get_new_ones() -> None:
    """An edit never renames a segment; of two with one id the second is the copy."""
    script = load("- {id: a, say: [One]}\n- {id: a, say: [One]}\n- {id: b, say: [Two, three]}\n")
    ids = [segment.id for segment in script.segments]

    assert (ids[0], ids[2]) == ("a", "b")
    assert len(set(ids)) == 3


def test_edited_words_are_spoken_anew() -> None:
    """New words get a new spoken form and a new word map; a spoken form of one's own stays."""
    script = load("- say:\n  - Mr. Lee left\n  - {written: lead, spoken: led}\n- {role: heading, say: [Mrs. Lee]}\n")
    spoken = [each.spoken for _segment, each in script.spoken()]

    assert spoken == ["Mister Lee left", "led", "Missus Lee."]
    assert all(each.words for _segment, each in script.spoken())


def test_sentences_may_be_merged_split_and_moved() -> None:
    """An entry is one sentence, whatever stands in it; running text is split into sentences."""
    merged = load("- say:\n  - One. Two.\n  - Three.\n")
    running = load("- say: |\n    One thing. Two\n    things.\n")

    assert written(merged) == [["One. Two.", "Three."]]
    assert written(running) == [["One thing.", "Two\nthings."]]
    assert [each.pause_ms for each in running.segments[0].utterances] == [350, 0]


def test_long_sentences_are_parted() -> None:
    """What a person writes in one entry still fits the engine; the parts are the sentence."""
    script = load(f"- say:\n  - {'word ' * 100}end\n")
    parts = script.segments[0].utterances

    assert len(parts) > 1
    assert "".join(part.written for part in parts) == "word " * 100 + "end"
    assert [part.ends_sentence for part in parts] == [False] * (len(parts) - 1) + [True]
    assert [part.pause_ms for part in parts] == [150] * (len(parts) - 1) + [0]


def test_one_line_changes_all_silences_between_sentences() -> None:
    """sentence_pause_ms holds for every sentence that has none of its own."""
    text = "narrate_script: 1\ntitle: T\nlanguage: en\nsentence_pause_ms: 500\nsegments:\n"
    script = load_script(f"{text}- say: [A, {{written: B, pause_ms: 20}}, C]\n", "x.yaml", STYLE)

    assert [each.pause_ms for each in script.segments[0].utterances] == [500, 20, 0]


@pytest.mark.parametrize(
    ("line", "name", "value"),
    [
        ("voice: no", "voice", "no"),
        ("voice: 12", "voice", "12"),
        ("voice:", "voice", ""),
        ("voice: ~", "voice", ""),
        ("authors: Ann", "authors", ("Ann",)),
        ("authors: [Ann, 7]", "authors", ("Ann", "7")),
        ("published: 2026-11-24", "published", date(2026, 11, 24)),
        ("published: 2026-11-24T10:00:00Z", "published", date(2026, 11, 24)),
        ("published: '2026-11-24'", "published", date(2026, 11, 24)),
        ("music: none", "music", MusicChoice("none", "none", "none")),
        ("music: off", "music", MusicChoice("none", "none", "none")),
        ("music: {intro: no, outro: my song.mp3}", "music", MusicChoice("none", "default", "my song.mp3")),
        ("music:", "music", MusicChoice()),
        ("music: {bed: rain.flac}", "music", MusicChoice(bed="rain.flac")),
        ("url: https://x.org/a#b", "url", "https://x.org/a#b"),
    ],
)
def test_yamls_own_traps_are_taken_as_meant(line: str, name: str, value: Any) -> None:  # noqa: ANN401  (fields are of many types)
    """Where the meaning is certain a field is what stands there, whatever YAML makes of it."""
    script = load_script(HEAD.replace("segments:", f"{line}\nsegments:") + "- say: [x]\n", "x.yaml", STYLE)

    assert getattr(script, name) == value


def test_words_are_never_read_as_anything_else() -> None:
    """NO, 1:30, dates and numbers in a sentence are words, without quotation marks too."""
    script = load("- say:\n  - NO\n  - 1:30\n  - 2026-11-24\n  - 12\n  - 1_000\n  - yes\n  - 0x1F\n")

    assert written(script) == [["NO", "1:30", "2026-11-24", "12", "1_000", "yes", "0x1F"]]


@pytest.mark.parametrize(("value", "skip"), [("yes", True), ("On", True), ("'true'", True), ("no", False), ("", False)])
def test_truth_is_whatever_yaml_takes_for_it(value: str, skip: bool) -> None:  # noqa: FBT001  (a column of the table)
    """skip: yes, on and true are one."""
    assert load(f"- {{say: [x]}}\n- say: [y]\n  skip: {value}\n").segments[1].skip is skip


def test_what_is_skipped_need_not_be_heard() -> None:
    """Signs may stand in a segment that is left out."""
    assert written(load("- say: [x]\n- {say: ['***'], skip: true}\n")) == [["x"], ["***"]]


def test_a_spoken_form_in_a_file_is_text_too() -> None:
    """Scripts come from other people: no markup for an engine in them either."""
    script = load('- say:\n  - {written: hi, spoken: "[[h@l\'oU]] <break/>"}\n')

    assert script.segments[0].utterances[0].spoken == "h@l'oU  break/ "


@pytest.mark.parametrize(
    ("head", "wanted"),
    [
        (b"narrate_script: 1\n", True),
        (b"\xef\xbb\xbf# edited\r\n\r\nnarrate_script: 1\r\n", True),
        (b"---\ntitle: x\nnarrate_script : 1\n", True),
        (b'"narrate_script": 1\n', True),
        (b"An article.\nnarrate_script: 1\n", False),
        (b"title: x\nlanguage: en\n", False),
        (b"# A heading\n\nSome text about narrate_script: 1\n", False),
        ("narrate_script: 1\n".encode("utf-16"), True),
        ("An article.\n".encode("utf-16")[:-1], False),
        (b"", False),
        (b"\x00\x01narrate_script:", False),
    ],
)
def test_a_script_is_known_by_its_first_fields(head: bytes, wanted: bool) -> None:  # noqa: FBT001  (a column of the table)
    """An article that speaks of scripts is none."""
    assert is_script(head) is wanted


def test_large_scripts_are_read_quickly() -> None:
    """5,000 segments and 15,000 sentences in the CPU time that 700 in 0.1 s allow; twice that on a busy machine."""
    say = "".join(
        f"  - The dark web refers to a part of the internet, number {number}, not indexed.\n" for number in range(3)
    )
    text = HEAD + "".join(f"- id: s-{number}\n  pause_ms: 700\n  say:\n{say}" for number in range(5000))
    start = time.process_time()
    script = load_script(text, "x.yaml", STYLE)

    assert len(script.segments) == 5000
    assert time.process_time() - start < 0.1 / 700 * 15_000 * 2
