"""A script that was edited wrongly: the file, the line, the field and what is allowed, and never a hang or a crash."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.errors import ScriptError
from narrate.model import Style
from narrate.script import load_script

HEAD = "narrate_script: 1\ntitle: T\nlanguage: en\nsegments:\n"
BODY = HEAD + "- role: body\n  say:\n"

WRONG = [
    (BODY + "  - null\n", 7, "say is empty; if the word is meant, put quotation marks round it"),
    (BODY + "  -\n", 7, "say is empty"),
    (BODY + "  - He said: no\n", 7, '"He said" is followed by a colon; put quotation marks'),
    (BODY + '  - "x\n', 7, "a quotation mark opens here and is not closed"),
    (BODY + "  - 'Tis the season\n", 7, "a quotation mark opens here and is not closed"),
    (BODY + "  - *emphasis* here\n", 7, "text that begins with * or & needs quotation marks"),
    (BODY + "  - We're #1 here\n", 7, "what follows # is lost to YAML"),
    (BODY + "  - @x\n", 7, "needs quotation marks"),
    (BODY + '  - "A" he said\n', 7, "a quotation mark stands inside text"),
    (BODY + "\t- x\n", 7, "a tab stands here; YAML is indented with blanks"),
    (BODY + '  - "a\\qb"\n', 7, "a backslash inside double quotes"),
    (BODY + "  - x\n  say:\n  - y\n", 8, "say stands here twice, first in line 6"),
    (BODY + "  - x\n  puase_ms: 3\n", 8, "no field 'puase_ms'; did you mean pause_ms?"),
    (BODY + "  - {written: x, spokn: y}\n", 7, "no field 'spokn'; did you mean spoken?"),
    (BODY + "  - {spoken: y}\n", 7, "written is missing in a sentence"),
    (BODY + "  - {written: x, spoken: ~}\n", 7, "spoken is empty"),
    (
        BODY + "  - x\n  pause_ms: 1:30\n",
        8,
        'pause_ms is "1:30"; allowed: a whole number of milliseconds from 0 to 600000',
    ),
    (BODY + "  - x\n  pause_ms: -5\n", 8, "from 0 to 600000"),
    (BODY + "  - x\n  pause_ms: 600001\n", 8, "from 0 to 600000"),
    (BODY + "  - x\n  pause_ms: 012\n", 8, 'pause_ms is "012"'),
    (BODY + "  - x\n  pause_ms: [1]\n", 8, "pause_ms is a list"),
    (BODY + "  - x\n  skip: maybe\n", 8, 'skip is "maybe"; allowed: true or false'),
    (BODY + "  - x\n  music: loud\n", 8, 'music is "loud"; allowed: intro, sting or outro'),
    (BODY + "  - x\n  level: 9\n", 8, "allowed: a whole number from 0 to 6"),
    (BODY + "  - x\n  id: 12\n", 8, 'id is "12"'),
    (BODY + "  - x\n  voice: [a]\n", 8, "voice is a list; allowed: the name of a voice"),
    (BODY + "  - …\n", 7, "nothing here can be heard"),
    (BODY + f"  - {{written: x, spoken: {'y ' * 200}}}\n", 7, "spoken has 399 characters, 350 are allowed"),
    (HEAD + "- role: chorus\n  say: [x]\n", 5, "allowed: title, heading, body, quote, list item"),
    (HEAD + "- role: body\n", 5, "say is missing in a segment; allowed: a list of sentences"),
    (HEAD + "- say: []\n", 5, "allowed: a list of at least one sentence"),
    (HEAD + "- hello\n", 5, 'a segment is "hello"; allowed: the fields id, role'),
    (HEAD + "- {say: [x], skip: true}\n", 5, "every segment is skipped"),
    (HEAD, 4, "allowed: a list of at least one segment"),
    (HEAD.replace("segments:\n", "segments: []\n"), 4, "allowed: a list of at least one segment"),
    (HEAD.replace("language: en", "language: English language") + "- say: [x]\n", 3, "a language tag such as en"),
    (HEAD.replace("title: T", "title: null") + "- say: [x]\n", 2, "title is empty"),
    (HEAD + "- say: []\n", 5, "say is empty; allowed: a list of at least one sentence"),
    (HEAD + "- say: {}\n", 5, "say is empty; allowed: a list of at least one sentence"),
    (HEAD.replace("segments:\n", "segments: []\n"), 4, "segments is empty; allowed: a list of at least one segment"),
    (BODY + '  - "One.\n  - Two.\n  - "Three."\n', 7, "a quotation mark opens here and is not closed"),
    (BODY + "  - One.\n  - 'Two.\n  pause_ms: 3\n- say: ['Three.']\n", 8, "a quotation mark opens here and is not"),
    (BODY + '  - written: "One.\n    spoken: "Won."\n', 7, "a quotation mark opens here and is not closed"),
    (BODY + '  - "One\n    two."\n  - "Three" four\n', 9, "or a quotation mark stands inside text"),
    (HEAD.replace("title: T", "title: T\nurl: ftp://a.b") + "- say: [x]\n", 3, "begins with https:// or http://"),
    (HEAD.replace("title: T", "title: T\nurl: javascript:x") + "- say: [x]\n", 3, 'url is "javascript:x"; allowed: an'),
    (HEAD.replace("title: T", "title: T\nsources: [{name: x, url: x}]") + "- say: [x]\n", 3, 'url is "x"; allowed: an'),
    (HEAD.replace("title: T\n", "") + "- say: [x]\n", 1, "title is missing"),
    (
        HEAD.replace("title: T", "title: T\npublished: 24 November 2026") + "- say: [x]\n",
        3,
        "a date such as 2026-11-24",
    ),
    (HEAD.replace("title: T", "title: T\npublished: 2026-02-30") + "- say: [x]\n", 3, "a date such as 2026-11-24"),
    (HEAD.replace("title: T", "title: T\nsources: [{nam: x}]") + "- say: [x]\n", 3, "did you mean name?"),
    (HEAD.replace("title: T", "title: T\nmusic: {into: x}") + "- say: [x]\n", 3, "did you mean intro?"),
    (HEAD.replace("narrate_script: 1", "narrate_script: 2"), 1, "written by a newer narrate (script version 2"),
    (HEAD.replace("narrate_script: 1", "narrate_script: one"), 1, 'narrate_script is "one"; allowed: 1'),
    (HEAD.replace("narrate_script: 1", "narrate_script: 0"), 1, "allowed: 1"),
    ("title: x\n", 1, "this is not a narrate script; one has the field narrate_script: 1"),
    ("- a\n", 1, "this is not a narrate script"),
    ("", 1, "nothing stands in it"),
    ("# only a comment\n", 1, "nothing stands in it"),
    (BODY + "  - x\n---\na: 1\n", 8, "a second document begins here"),
    ("a: &a [x]\nb: *a\n", 1, "aliases (*name) and anchors (&name) are not used"),
    (BODY + "  - !!python/object:os.system x\n", 7, "tags such as"),
    (BODY + "  - x\n<<: {a: b}\n", 8, "no field '<<'"),
    ("? [a]\n: b\n", 1, "a list stands where the name of a field should"),
    (BODY + "  - [[[[[[[[x]]]]]]]]\n", 7, "nested too deep"),
    (BODY + "  - a\x00b\n", 7, 'the character U+0000 cannot be in YAML as it is; write "\\u0000"'),
    (BODY + "  - a\ud800b\n", 7, "the character U+D800"),
    (BODY.encode() + b"  - \xff\n", 7, "this is not UTF-8 text"),
]


@pytest.mark.parametrize(("text", "line", "message"), WRONG)
def test_a_wrong_edit_gets_line_field_and_what_is_allowed(text: str | bytes, line: int, message: str) -> None:
    """One sentence for each way to go wrong, with the line in which it stands."""
    with pytest.raises(ScriptError) as caught:
        load_script(text, "x.yaml", Style())

    assert str(caught.value).startswith(f"x.yaml, line {line}: ")
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 1_000_000,
        "- " * 1_000_000,
        "{a: " * 500_000,
        "\n".join(" " * depth + "a:" for depth in range(2000)),
        "a: &a [x]\n" + "".join(f"b{n}: &b{n} [{', '.join(['*a'] * 9)}]\n" for n in range(20)),
        BODY + "  - x\n" * 3 + "  - " + "\\" * 100_000,
        "x" * 17_000_000,
        "a: 'b\n" * 100_000,
    ],
)
def test_hostile_yaml_is_refused_at_once(text: str) -> None:
    """Deep nesting ended the process in PyYAML's composer, aliases unfold without end: neither gets that far."""
    start = time.process_time()
    with pytest.raises(ScriptError, match=r"^x\.yaml, line \d+: "):
        load_script(text, "x.yaml", Style())

    assert time.process_time() - start < 2


@given(st.integers(0, 400), st.text(max_size=3))
def test_no_edit_at_all_gives_anything_but_a_script_or_a_script_error(at: int, typed: str) -> None:
    """Wherever a person types whatever, the answer is a script or one sentence."""
    text = (
        BODY
        + '  - "One. Two."\n  - written: "Lead"\n    spoken: "Led"\n  pause_ms: 700\n  chapter: "A"\n- say: [x, y]\n'
    )
    edited = text[:at] + typed + text[at:]
    try:
        script = load_script(edited, "x.yaml", Style())
    except ScriptError as exc:
        assert str(exc).startswith("x.yaml, line ")  # noqa: PT017  (either outcome is lawful; the message is what counts)
    else:
        assert script.segments
