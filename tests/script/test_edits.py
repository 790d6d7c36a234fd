"""What a person may write into a script, and how it is taken: spellings, defaults, lists, blocks of lines."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from narrate.errors import ScriptError
from narrate.model import MusicChoice, MusicPart, Role, Script, ScriptSource, Segment, Source, Style, Utterance
from narrate.script import dump_script, load_script, summarise
from narrate.script.spoken import utter

HEAD = "narrate_script: 1\ntitle: T\nlanguage: en\n"


def _load(segments: str, head: str = "") -> Script:
    return load_script(f"{HEAD}{head}segments:\n{segments}", "x.yaml", Style())


def _segment(line: str) -> Segment:
    return _load(f"- say: [Words.]\n  {line}\n").segments[0]


@pytest.mark.parametrize(
    ("line", "name", "value"),
    [
        ("role: Heading", "role", Role.HEADING),
        ("role: list_item", "role", Role.LIST_ITEM),
        ("role: ' List Item '", "role", Role.LIST_ITEM),
        ("role:", "role", Role.BODY),
        ('role: ""', "role", Role.BODY),
        ("music: Sting", "music", MusicPart.STING),
        ("music: ~", "music", None),
        ("level: 6", "level", 6),
        ("level: 0", "level", 0),
        ("pause_ms: 0", "pause_ms", 0),
        ("pause_ms: 600000", "pause_ms", 600_000),
        ("pause_ms:", "pause_ms", 700),
        ("chapter: NO", "chapter", "NO"),
        ("chapter: 1984", "chapter", "1984"),
        ("chapter: null", "chapter", None),
        ("chapter: 'null'", "chapter", "null"),
        ("voice: de", "voice", "de"),
        ("skip:", "skip", False),
        ("id: s-1.a_B", "id", "s-1.a_B"),
        ("span: 7-7", "source", Source(7, 7, 0)),
        ("span: 120-180", "source", Source(120, 180, 0)),
        ("line: 3", "source", Source(0, 0, 3)),
    ],
)
def test_a_field_is_what_a_person_means_by_it(line: str, name: str, value: object) -> None:
    """Capitals, blanks and underscores do not matter in a choice; nothing behind a name is the same as no field."""
    assert getattr(_segment(line), name) == value


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("span: 8-7", 'span is "8-7"'),
        ("span: 8", 'span is "8"'),
        ("level: 7", 'level is "7"'),
        ("level: -1", 'level is "-1"'),
        ("line: x", 'line is "x"'),
        ("id: -a", 'id is "-a"'),
        ("id: " + "a" * 65, f'id is "{"a" * 40}…"'),
        ("chapter: {a: b}", "chapter is a group of fields"),
        ("chapter: [a]", "chapter is a list"),
        ("role: titel", 'role is "titel"; allowed: title, heading, body'),
    ],
)
def test_what_cannot_be_meant_is_refused_with_what_is_allowed(line: str, said: str) -> None:
    """The message has the line, the field, what stands there (40 characters of it) and what may."""
    with pytest.raises(ScriptError) as caught:
        _segment(line)

    assert str(caught.value).startswith(f"x.yaml, line 6: {said}")
    assert "allowed: " in str(caught.value)


@pytest.mark.parametrize(
    ("head", "name", "value"),
    [
        ("language: pt-BR", "language", "pt-BR"),
        ("url: https://a.b/c?d=1", "url", "https://a.b/c?d=1"),
        ("cast: two voices", "cast", "two voices"),
        ("authors: []", "authors", ()),
        ("authors:\n- Ann\n- Bo", "authors", ("Ann", "Bo")),
        ("published:", "published", None),
        ("music: Default", "music", MusicChoice("Default", "Default", "Default")),
        ("music: /m/a.mp3", "music", MusicChoice("/m/a.mp3", "/m/a.mp3", "/m/a.mp3")),
        ("music: {sting: none}", "music", MusicChoice("default", "none", "default")),
        ("music: 'no'", "music", MusicChoice("no", "no", "no")),
        (
            "sources: [{name: a.txt, url: https://a.b, title: A, id: x}]",
            "sources",
            (ScriptSource("a.txt", "", "", title="A", url="https://a.b", id="x"),),
        ),
    ],
)
def test_the_head_of_a_script_is_taken_as_written(head: str, name: str, value: object) -> None:
    """One piece of music stands for all three; a list may be empty; a source needs no more than a name."""
    text = f"{HEAD}{head}\nsegments:\n- say: [Words.]\n".replace("language: en\nlanguage", "language")

    assert getattr(load_script(text, "x.yaml", Style()), name) == value


@pytest.mark.parametrize("head", ["authors: [Ann, ~]", "authors: {a: b}", "sources: a.txt", "music: [a]", "url: [a]"])
def test_the_head_of_a_script_is_refused_where_it_cannot_be_meant(head: str) -> None:
    """A list with nothing in a place, fields instead of a list, text instead of sources."""
    with pytest.raises(ScriptError, match=r"^x\.yaml, line 4: .*allowed: "):
        _load("- say: [Words.]\n", f"{head}\n")


@pytest.mark.parametrize(
    ("say", "written"),
    [
        ("[One., Two.]", ["One.", "Two."]),
        ("One. Two.", ["One.", "Two."]),
        ("|\n    One.\n    Two.\n", ["One.", "Two."]),
        (">\n    One goes\n    on. Two.\n", ["One goes on.", "Two."]),
        ('["One. Two."]', ["One. Two."]),
        ("['12', 12]", ["12", "12"]),
        ("[{written: Lead, spoken: Led}, Two.]", ["Lead", "Two."]),
        ("[{written: One and, goes_on: yes}, two.]", ["One and", "two."]),
    ],
)
def test_words_may_be_written_in_many_ways(say: str, written: list[str]) -> None:
    """A list has a sentence an entry; running text, on one line or several, is parted into its sentences."""
    assert [each.written for each in _load(f"- say: {say}\n").segments[0].utterances] == written


@pytest.mark.parametrize("say", ["[One., '']", "[One., ~]", "~", "[]", "{}", "[[a]]", "[{written: ''}]", "''"])
def test_a_sentence_without_words_is_refused(say: str) -> None:
    """Empty text, nothing and nested lists are no sentences."""
    with pytest.raises(ScriptError, match=r"^x\.yaml, line 5: "):
        _load(f"- say: {say}\n- say: [Words.]\n")


def test_pauses_are_where_a_sentence_goes_on_and_where_it_ends() -> None:
    """The head's two silences, a sentence's own, and none of its own after the last."""
    head = "sentence_pause_ms: 500\nclause_pause_ms: 90\n"
    say = "- say: [{written: One and, goes_on: true}, two., {written: Three., pause_ms: 7}, Four.]\n"

    (segment,) = _load(say, head).segments

    assert [(each.ends_sentence, each.pause_ms) for each in segment.utterances] == [
        (False, 90),
        (True, 500),
        (True, 7),
        (True, 0),
    ]


PIECES = (
    MusicChoice("default", "none", "none"),
    MusicChoice("none", "none", "default"),
    MusicChoice("none", "default", "none"),
)


@pytest.mark.parametrize("music", PIECES)
def test_each_piece_of_music_survives_the_file(music: MusicChoice) -> None:
    """Intro, sting and outro are chosen one by one and read back one by one."""
    script = replace(_load("- say: [Words.]\n"), music=music)

    assert load_script(dump_script(script), "x.yaml", Style()) == script


def _body(*sentences: str, role: Role = Role.BODY, skip: bool = False) -> Segment:
    said: tuple[Utterance, ...] = tuple(utter(each, "en", role) for each in sentences)
    return Segment("", role, said, 0, skip=skip)


SUMMARIES: list[tuple[str, tuple[Segment, ...], dict[str, Any], str]] = [
    ("the first sentences", (_body("One.", "Two."), _body("Three.")), {}, "One. Two. Three."),
    ("no title", (_body("T", role=Role.TITLE), _body("One.")), {}, "One."),
    ("quotations too", (_body("“One.”", role=Role.QUOTE), _body("Two.")), {}, "“One.” Two."),
    ("nothing skipped", (_body("One.", skip=True), _body("Two.")), {}, "Two."),
    ("a heading before", (_body("H", role=Role.HEADING), _body("One.")), {}, "One."),
    ("up to the next heading", (_body("One."), _body("H", role=Role.HEADING), _body("Two.")), {}, "One."),
    ("exactly as much as fits", (_body("a" * 159 + ".", "b" * 158 + "."),), {}, f"{'a' * 159}. {'b' * 158}."),
    ("not one more", (_body("a" * 159 + ".", "b" * 160 + "."),), {}, f"{'a' * 159}."),
    ("a first sentence too long", (_body("a" * 330 + "."),), {}, "T"),
    (
        "an edition by its titles",
        (_body("One."),),
        {"sources": (ScriptSource("a", "", "", title="First"), ScriptSource("b", "", "", title="Why?"))},
        "First. Why?",
    ),
    ("one source is no edition", (_body("One."),), {"sources": (ScriptSource("a", "", "", title="First"),)}, "One."),
]


@pytest.mark.parametrize(("segments", "facts", "wanted"), [row[1:] for row in SUMMARIES], ids=[r[0] for r in SUMMARIES])
def test_a_summary_is_whole_sentences_from_the_start(
    segments: tuple[Segment, ...], facts: dict[str, Any], wanted: str
) -> None:
    """At most 320 characters of what the author wrote first; an edition has the titles of its articles."""
    assert summarise(Script("T", "en", segments, **facts)) == wanted
