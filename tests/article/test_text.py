"""Plain text: titles, facts, paragraphs, quotations, lists, breaks."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from narrate.article.encoding import clean
from narrate.article.text import TextReader, read_text
from narrate.model import Block, BlockKind, Origin

LONG = "It went on for a long time, and there was more to say of it than anybody had thought there would be at first."


def _blocks(source: str) -> tuple[Block, ...]:
    return read_text(source)[0]


def _texts(source: str, kind: BlockKind) -> list[str]:
    return [block.text for block in _blocks(source) if block.kind is kind]


def test_wrapped_lines_are_joined() -> None:
    """A paragraph is one line of text however it was wrapped; its span is that of all its lines."""
    source = (
        "It was a dark and stormy night, and the rain fell in\ntorrents, except at intervals, when it was\nchecked."
    )

    (block,) = _blocks(source)

    assert block.text == source.replace("\n", " ")
    assert (block.source.start, block.source.end, block.source.line) == (0, len(source), 1)


def test_a_broken_word_is_mended_only_where_the_text_has_it_whole() -> None:
    """A hyphen at a line's end goes if the word stands whole elsewhere, and stays if nobody can tell."""
    source = "The international press, by which all the inter-\nnational papers are meant, was not well-\nknown for it."

    (block,) = _blocks(source)

    assert "international papers" in block.text
    assert "not well-known" in block.text


def test_paragraphs_are_told_by_indent() -> None:
    """A novel's paragraphs have no blank lines between them."""
    source = (
        "   He went to the harbour that morning and saw\nthat the boats were gone.\n   She knew, and said so\nto all."
    )

    assert len(_texts(source, BlockKind.PARAGRAPH)) == 2


def test_long_lines_are_paragraphs_each() -> None:
    """A text that no hand wrapped has a paragraph a line."""
    assert _texts(f"{LONG * 2}\n{LONG * 2}", BlockKind.PARAGRAPH) == [LONG * 2, LONG * 2]


def test_quotations() -> None:
    """``>`` with its depth, an indent between paragraphs, and quotation marks around a whole paragraph."""
    marked = f"{LONG}\n\n> He said it\n> twice.\n>\n> > And she.\n\n{LONG}"
    inset = (
        f"{LONG}\n\n        We hold these truths to be self-evident, that all men\n        are created equal.\n\n{LONG}"
    )

    assert [(b.text, b.level) for b in _blocks(marked) if b.kind is BlockKind.QUOTE] == [
        ("He said it twice.", 1),
        ("And she.", 2),
    ]
    assert _texts(inset, BlockKind.QUOTE) == [
        "We hold these truths to be self-evident, that all men are created equal."
    ]
    assert len(_texts(f"{LONG}\n\n“{LONG}”\n\n{LONG}", BlockKind.QUOTE)) == 1


def test_lists_keep_numbers_letters_and_depth() -> None:
    """Bullets are no text; numbers are the item's; letters stay text; indent is depth."""
    source = f"{LONG}\n\n- one\n  goes on\n  * inner\n- two\n\n{LONG}\n\n3. three\n4. four\n\na) five\nb) six"

    items = [(b.text, b.level, b.number) for b in _blocks(source) if b.kind is BlockKind.LIST_ITEM]

    assert items == [
        ("one goes on", 1, 0),
        ("inner", 2, 0),
        ("two", 1, 0),
        ("three", 1, 3),
        ("four", 1, 4),
        ("a) five", 1, 0),
        ("b) six", 1, 0),
    ]


def test_a_year_or_a_dash_at_a_wrapped_lines_start_is_no_item() -> None:
    """Only the start of a paragraph, or of a list under way, starts an item."""
    source = (
        "It was founded by two brothers in the year\n1993. It was sold four years later to a third\n- unexpectedly."
    )

    assert _texts(source, BlockKind.LIST_ITEM) == []


@pytest.mark.parametrize("rule", ["* * *", "---", "***", "⁂", "#", "~~~~~"])
def test_rules_are_breaks(rule: str) -> None:
    """A line of nothing but a rule or asterisks is a section break, its text as written."""
    assert _texts(f"{LONG}\n\n{rule}\n\n{LONG}", BlockKind.BREAK) == [rule]


def test_blank_lines_are_breaks_where_they_are_rare() -> None:
    """Two blank lines are a break, but not where they stand between all paragraphs."""
    assert _texts(f"{LONG}\n\n{LONG}\n\n{LONG}\n\n\n{LONG}", BlockKind.BREAK) == [""]
    assert _texts("\n\n\n".join([LONG] * 4), BlockKind.BREAK) == []


def test_tables_and_code_keep_their_lines() -> None:
    """A row a line with tabs between cells; code as it stands."""
    table = (
        f"{LONG}\n\nname     size   kind\n----     ----   ----\nfoo      12     file\nbar      7      folder\n\n{LONG}"
    )
    code = f"{LONG}\n\n    if (x == 1) {{\n        y();\n    }}\n\n{LONG}"

    assert _texts(table, BlockKind.TABLE) == ["name\tsize\tkind\nfoo\t12\tfile\nbar\t7\tfolder"]
    assert _texts(code, BlockKind.CODE) == ["if (x == 1) {\n    y();\n}"]


def test_bylines_and_dates_at_the_top_are_facts() -> None:
    """They are known of the article, and not said again as its text."""
    blocks, facts = read_text(f"The Title\nBy Ann Example and Bo van Dyke\n\nMarch 3, 2026\n\n{LONG}")

    assert (facts.title, facts.authors, facts.published) == (
        "The Title",
        ("Ann Example", "Bo van Dyke"),
        date(2026, 3, 3),
    )
    assert [block.kind for block in blocks] == [BlockKind.TITLE, BlockKind.PARAGRAPH]


def test_fields_at_the_top_are_facts_only_when_all_are_known() -> None:
    """A mail's header and a recipe's first lines are text."""
    known, facts = read_text(f"Title: On Boats\nAuthor: Ann Example\nDate: 2026-03-03\n\n{LONG}")
    unknown, _facts = read_text(f"Title: On Boats\nServes: 4\n\n{LONG}")

    assert (facts.title, facts.authors, facts.published) == ("On Boats", ("Ann Example",), date(2026, 3, 3))
    assert len(known) == 1
    assert "Serves: 4" in unknown[0].text


@pytest.mark.parametrize(
    ("location", "text", "title"),
    [
        ("/a/the-fall-of-rome.txt", LONG, "The fall of rome"),
        ("/a/000_8b5a2423189e2da9.txt", "It rained. Then it stopped raining.", "It rained"),
        ("", "It rained. Then it stopped raining.", "It rained"),
        ("/a/untitled.txt", LONG, "It went on for a long time, and there was more to say of it"),
    ],
)
def test_a_text_without_a_title_gets_one(location: str, text: str, title: str) -> None:
    """From a readable file name, else the first words; never "Untitled"."""
    article = TextReader().read(text.encode(), Origin(location.rpartition("/")[2] or "standard input", location))

    assert article.title == title


WORDS = st.sampled_from(
    [
        "the",
        "boat",
        "Rome",
        "12",
        "3.5",
        "1.",
        "2)",
        "a)",
        "-",
        "*",
        ">",
        "|",
        "well-",
        "“No”",
        "é",
        "是",
        "#",
        "==",
        "By",
        "CODE();",
        "A.",
        "Chapter",
        "x\t",
        "   ",
    ]
)
LINES = st.lists(WORDS, max_size=9).map(" ".join)
SOURCES = st.lists(st.one_of(LINES, st.just(""), st.just("---"), st.text(max_size=12)), max_size=14).map("\n".join)


def _alnum(text: str) -> list[str]:
    return sorted(character for character in text if character.isalnum())


@given(SOURCES)
def test_nothing_is_lost(source: str) -> None:
    """Every letter and digit of the source is in a block, or the number of one; none is there twice."""
    source = clean(source)

    blocks, facts = read_text(source)

    assume(not facts.authors and not facts.published)
    assert _alnum("".join(f"{block.text} {block.number or ''}" for block in blocks)) == _alnum(source)


@given(SOURCES)
def test_blocks_stand_in_order_in_the_source(source: str) -> None:
    """Spans go up, do not overlap, and lie inside the source."""
    source = clean(source)

    spans = [block.source for block in _blocks(source)]

    assert all(span.start <= span.end <= len(source) for span in spans)
    assert all(one.end <= two.start for one, two in pairwise(spans))
    assert all(source.count("\n", 0, span.start) + 1 == span.line for span in spans if span.start < span.end)
