"""What the coverage says: rules by name, figures, the warning, editions, and the document."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from narrate.model import (
    Article,
    Block,
    BlockKind,
    Diction,
    Fate,
    Mark,
    MarkKind,
    Origin,
    Policy,
    Script,
    Source,
    Style,
)
from narrate.model.diction import Code, Emoji, Images, Lists, Notes, Tables
from narrate.script import dump_script, load_script
from narrate.script.coverage import as_document, coverage_of, figures_of, told_of

Read = Callable[[str, str], Article]
Write = Callable[..., Script]

PROSE = "The mill stands by the river, and its wheel turns all day and all night long.\n\n" * 4


def rules(article: Article, write: Write, policy: Policy) -> dict[str, str]:
    """Which text is skipped by which rule."""
    script = write(article, style=Style(diction=Diction(policy)))
    stretches = coverage_of([article], script, Diction(policy)).stretches
    assert not [each for each in stretches if each.fate is Fate.LOST]
    return {each.text: each.rule for each in stretches if each.fate is Fate.SKIPPED}


@pytest.mark.parametrize(
    ("source", "policy", "skipped"),
    [
        ("# T\n\nA.\n\n```\nx = 1\n```", Policy(), ("x = 1", "code = say")),
        ("# T\n\nA.\n\n```\nx = 1\n```", Policy(code=Code.SKIP), ("x = 1", "code = skip")),
        ("# T\n\nIt is so [12], yes.", Policy(), ("12],", "citation mark")),
        ("# T\n\nA.\n\n![A cat](b.png)", Policy(images=Images.SKIP), ("A cat](", "images = skip")),
        ("# T\n\nA.[^1]\n\n[^1]: The note.", Policy(notes=Notes.SKIP), ("The note.", "notes = skip")),
        ("# T\n\n1. One.\n2. Two.", Policy(lists=Lists.PLAIN), ("2.", "lists = plain")),
        ("# T\n\nA.\n\n|a|b|\n|-|-|\n|c|d|", Policy(tables=Tables.SKIP), ("c|d|", "tables = skip")),
        ("# T\n\nA.\n\n# T", Policy(), ("T", "said once")),
        ("# T\n\nA <!-- so it is --> b.", Policy(), ("so it is", "not for reading")),
        ("# T\n\nSee [a](http://x.y/z).", Policy(), ("http://x.y/z).", "markup")),
        ("---\ntitle: T\n---\nA.", Policy(), ("title: T", "fact")),
        ("# T\n\nOne 1\ufe0f\u20e3 two.", Policy(emoji=Emoji.NAME), ("", "")),
    ],
)
def test_what_is_skipped_names_its_rule(
    read: Read, write: Write, source: str, policy: Policy, skipped: tuple[str, str]
) -> None:
    """The rule is the choice of the policy, the row of the normaliser, or why the reader left it out."""
    text, rule = skipped
    found = rules(read(source, ".md"), write, policy)

    assert not text or [name for said, name in found.items() if said.endswith(text)] == [rule]


def test_a_section_break_has_a_fate(read: Read, write: Write) -> None:
    """It is a block without a word, and heard as a pause."""
    article = read("# T\n\nOne.\n\n---\n\nTwo.", ".md")

    (found,) = (each for each in coverage_of([article], write(article)).stretches if each.kind is BlockKind.BREAK)
    assert (found.text, found.fate, found.rule) == ("---", Fate.SKIPPED, "section break")


def test_a_mark_of_a_note_inside_a_word_is_skipped(write: Write) -> None:
    """A figure glued to a word is no part of it where a mark says so."""
    text = "The mill1 turns."
    block = Block(
        BlockKind.PARAGRAPH, text, Source(0, len(text), 1), marks=(Mark(MarkKind.NOTE_REFERENCE, 8, 9, "n1"),)
    )
    article = Article("T", (block,), Origin("a"), "0", "en", text=text)

    found = coverage_of([article], write(article)).stretches
    assert [(each.text, each.fate) for each in found] == [
        ("The mill", Fate.SPOKEN),
        ("1", Fate.SKIPPED),
        ("turns.", Fate.SPOKEN),
    ]


@pytest.mark.parametrize("kind", [BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.LIST_ITEM, BlockKind.HEADING])
def test_no_default_skips_prose(write: Write, kind: BlockKind) -> None:
    """Paragraphs, quotations, list items and headings are heard, whatever they are about."""
    text = "Share this story, subscribe, read more: by Ann Example, photo by Bo, 3 March 2026."
    article = Article("T", (Block(kind, text, Source(0, len(text), 1), level=1),), Origin("a"), "0", "en", text=text)

    assert {each.fate for each in coverage_of([article], write(article)).stretches} == {Fate.SPOKEN}


def test_much_that_is_skipped_is_told_with_its_first_line(read: Read, write: Write) -> None:
    """More than 5 % of the words: a warning with the share, the rules, the line and its text."""
    article = read(f"# T\n\n{PROSE}```\nfirst = line\nsecond = line\n```\n", ".md")

    assert told_of(coverage_of([article], write(article))) == (
        "5 % of the words are not heard (code = say), the first in line 12: “first = line”",
    )


def test_little_that_is_skipped_is_not_told(read: Read, write: Write) -> None:
    """Up to 5 %, and what is no word of the article, however much of that: nothing."""
    links = "[a](http://click.example.com/one/two/three/four?five=six) " * 30
    article = read(
        f"# T\n\n{PROSE * 2}{links}\n\n```\nfirst = line\nsecond = line\n```\n\n<!-- {PROSE.strip()} -->", ".md"
    )

    assert told_of(coverage_of([article], write(article))) == ()


def test_articles_of_an_edition_are_told_apart(read: Read, write: Write) -> None:
    """Equal spans of two articles are each followed to their own segments, whose file says which they are of."""
    one, two = read("# One\n\nSame words.", ".md"), read("# Two\n\nSame words.", ".md")
    script = write(one, two, title="Both")
    again = load_script(dump_script(script), "a.yaml", Style())
    last = replace(
        script, segments=tuple(each for each in script.segments if not (each.source and each.source.article))
    )

    assert [each.source for each in again.segments] == [each.source for each in script.segments]
    assert {each.fate for each in coverage_of([one, two], script).stretches} == {Fate.SPOKEN}
    missed = [each for each in coverage_of([one, two], last).stretches if each.fate is Fate.LOST]
    assert [(each.source.article, each.text) for each in missed] == [(1, "Two"), (1, "Same words.")]


def test_utterances_are_numbered_as_takes_are(read: Read, write: Write) -> None:
    """A stretch leads to the utterance that says it, among those that are heard."""
    article = read("# T\n\nOne thing. Another.\n\n```\nx = 1\n```\n\nLast words.", ".md")
    script = write(article)
    said = [utterance.written for _segment, utterance in script.spoken()]

    stretches = [each for each in coverage_of([article], script).stretches if each.fate is Fate.SPOKEN]
    assert [said[each.utterance or 0] for each in stretches] == ["T", "One thing.", "Another.", "Last words."]
    assert {each.segment for each in stretches} <= {segment.id for segment in script.segments}


def test_a_segment_that_a_person_leaves_out_is_skipped(read: Read, write: Write) -> None:
    """`skip: true` without a rule is that person's doing."""
    article = read("# T\n\nOne thing.\n\nAnother.", ".md")
    script = write(article)
    edited = replace(script, segments=tuple(replace(each, skip=each.level == 0) for each in script.segments))

    assert {each.rule for each in coverage_of([article], edited).stretches} == {"", "skip in the script"}


def test_the_document_has_all_of_it(read: Read, write: Write) -> None:
    """A version, the figures, and for every stretch span, kind, fate, rule, segment, utterance and text."""
    article = read("# T\n\nOne thing.\n\n```\nx = 1\n```", ".md")
    coverage = coverage_of([article], write(article))

    document = as_document([coverage])
    (script,) = document["scripts"]
    assert document["narrate_coverage"] == 1
    assert script["words"] == {"all": 5, "spoken": 3, "skipped": {"code = say": 2}, "lost": 0, "not_counted": 0}
    assert script["stretches"][1] == {
        "article": 1,
        "start": 5,
        "end": 15,
        "line": 3,
        "kind": "paragraph",
        "fate": "spoken",
        "rule": None,
        "segment": coverage.stretches[1].segment,
        "utterance": 2,
        "text": "One thing.",
    }


def test_words_are_counted_where_there_are_no_blanks(read: Read, write: Write) -> None:
    """In Chinese and Japanese a character counts for a word."""
    article = read("暴风雨袭击海岸。\n\n他说，don't 3.5", ".txt")

    assert figures_of(coverage_of([article], write(article))).all == 7 + 2 + 2
