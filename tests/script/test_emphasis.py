"""Which words are stressed: short stretches in small letters that marks emphasise, and some words in capitals."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.article.markdown import MarkdownReader
from narrate.errors import ScriptError
from narrate.model import Diction, Origin, Policy, Role, Script, Segment, Style, Utterance, Voice
from narrate.model.diction import Emphasis
from narrate.script import dump_script, load_script, write_script
from narrate.script.emphasis import merged, named, spans_named, stressed_by_capitals, within
from narrate.script.spoken import utter

STYLE = Style(disclosure=False, announcements=False)


def script_of(markdown: str, policy: Policy | None = None) -> Script:
    """The script of an article in Markdown."""
    style = replace(STYLE, diction=Diction(policy or Policy()))
    article = MarkdownReader().read(f"# A title\n\n{markdown}\n".encode(), Origin("a.md"))
    return write_script([article], style, Voice("a", "tone", "a", "en"))


def stressed(script: Script) -> list[str]:
    """What the voice stresses, in order."""
    return [said.spoken[start:end] for _, said in script.spoken() for start, end in said.stressed]


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("I *really* like this, and **not** only today.", ["really", "not"]),
        ("It was *by far* the best.", ["by", "far"]),
        ("- Do *not* wait.", ["not"]),
        ("> He did *not* say so.", ["not"]),
        ("They never***ever*** do.", []),
        ("It is un*believ*able.", []),
        ("*Never* do that.", ["Never"]),
        ("We pay *3* of 4.", []),
        ("*The Guardian* and *Nature* wrote it.", []),
        ("*Nature* wrote it.", []),
        ("**Tip:** wait a day.", []),
        ("**tip**: wait a day.", []),
        ("- **name** - the name of it", []),
        ("This is *a whole lot of words*, said she.", []),
        ("*all of it*", []),
        ("See [the *old* one](https://example.org) first.", []),
        ("Type **`this`** now.", []),
        ("It is *so*, *so*, *so* good.", []),
        ("## A *very* short heading\n\nText.", []),
        ("That's *$3.2bn* in all.", []),
    ],
)
def test_marks_that_are_emphasis_to_an_ear(markdown: str, words: list[str]) -> None:
    """No titles, labels, links, names, whole sentences, parts of words; and not many of one sentence."""
    assert stressed(script_of(markdown)) == words


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("He did NOT say so.", ["NOT"]),
        ("We DON'T know, and NEVER will.", ["DON'T", "NEVER"]),
        ("The US and the WHO said IT IS so.", []),
        ("It is SOLD NOT BROKEN here.", []),
        ("THIS IS NOT A TEST", []),
        ("The NEW car.", []),
    ],
)
def test_words_in_capitals_that_are_no_initials(written: str, words: list[str]) -> None:
    """Alone among words in small letters."""
    assert [written[start:end] for start, end in stressed_by_capitals(written, "en", Policy())] == words
    assert stressed_by_capitals(written, "de", Policy()) == ()


def test_what_is_stressed_is_found_again_where_it_is_spoken_otherwise() -> None:
    """Words before it that are spoken longer move it, and it keeps its own words."""
    said = utter("Dr. Lee paid $5, NOT $6.", "en", Role.BODY)

    assert [said.spoken[start:end] for start, end in said.stressed] == ["NOT"]
    assert said.spoken.startswith("Doctor Lee paid five dollars")


def test_a_sentence_in_parts_stresses_each_word_once() -> None:
    """Parts of a long sentence have the stress that lies in them."""
    text = "It went on, " * 40 + "and it was *really* long, " + "it went on, " * 40 + "and *not* short."

    assert stressed(script_of(text)) == ["really", "not"]


def test_nothing_is_stressed_by_wish() -> None:
    """With ``emphasis = plain`` words are as any other."""
    policy = Policy(emphasis=Emphasis.PLAIN)

    assert stressed(script_of("I *really* do NOT.", policy)) == []


def test_a_script_file_keeps_the_stress() -> None:
    """What is written is read back, and a script without emphasis has no field of it."""
    script = script_of("It is it, and *it* was NOT there. It is NOT so.\n\nPlain text.")
    text = dump_script(script)

    assert load_script(text, "a.yaml", STYLE).segments == script.segments
    assert dump_script(load_script(text, "a.yaml", STYLE)) == text
    assert 'emphasis: ["it [2]", "NOT"]' in text
    assert text.count("emphasis: [") == 1


def test_an_editor_says_what_is_stressed() -> None:
    """Words of the sentence, or none; the spoken form may be given too."""
    head = "narrate_script: 1\ntitle: A\nlanguage: en\nsegments:\n- say:\n"
    lines = (
        '  - written: "It is NOT so."\n    emphasis: []\n'
        '  - written: "That was so, and so it is."\n    emphasis: ["so [2]", "was"]\n'
        '  - written: "Reading is nice."\n    spoken: "Redding is nice."\n    emphasis: is\n'
    )
    script = load_script(head + lines, "a.yaml", STYLE)

    assert stressed(script) == ["was", "so", "is"]
    assert load_script(dump_script(script), "a.yaml", STYLE).segments == script.segments


@pytest.mark.parametrize("names", ['["nowhere"]', '["so [3]"]', '["so [0]"]', '["o"]'])
def test_words_that_are_not_there_are_refused(names: str) -> None:
    """With the line and the words."""
    text = (
        f'narrate_script: 1\ntitle: A\nlanguage: en\nsegments:\n- say:\n  - written: "So so."\n    emphasis: {names}\n'
    )

    with pytest.raises(ScriptError, match=r"line 6: emphasis names .*, which is not in the sentence"):
        load_script(text, "a.yaml", STYLE)


SENTENCES = st.lists(st.sampled_from(["it", "so", "was", "not", "a-b", "$5"]), min_size=1, max_size=9).map(" ".join)


@given(SENTENCES, st.data())
def test_names_lead_back_to_the_same_stretches(written: str, data: st.DataObject) -> None:
    """Of any words of any sentence."""
    words = utter(written, "en", Role.BODY).words
    chosen = data.draw(st.sets(st.sampled_from(words))) if words else set()
    spans = merged((word.written_start, word.written_end) for word in chosen)

    assert spans_named(named(spans, written), written) == spans


@given(SENTENCES, st.integers(0, 30))
def test_parts_have_what_lies_in_them(written: str, cut: int) -> None:
    """A text in two has the same stretches, those at the cut in two."""
    spans = merged((word.written_start, word.written_end) for word in utter(written, "en", Role.BODY).words[::2])
    first, second = within(spans, 0, cut), within(spans, cut, len(written))
    letters = {at for start, end in spans for at in range(start, end)}

    assert {at for start, end in first for at in range(start, end)} == {at for at in letters if at < cut}
    assert {at + cut for start, end in second for at in range(start, end)} == {at for at in letters if at >= cut}


def test_a_word_that_is_not_spoken_is_not_stressed() -> None:
    """Emphasis of what has no word of its own is let go."""
    assert Utterance("( ) no", "no", "en", emphasis=((0, 1),)).stressed == ()
    assert Segment("a", Role.BODY, (Utterance("no", "no", "en"),), 0).utterances[0].stressed == ()
