"""Markdown: blocks, marks, front matter, and that nothing vanishes."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.article.encoding import clean
from narrate.article.markdown import MarkdownReader, parse_markdown, read_markdown
from narrate.errors import ArticleError
from narrate.model import Block, BlockKind, MarkKind, Origin


def _blocks(source: str) -> tuple[Block, ...]:
    return read_markdown(source, "a.md")[0]


def _kinds(source: str) -> list[tuple[str, str, int]]:
    return [(block.kind.value, block.text, block.level or block.number) for block in _blocks(source)]


@pytest.mark.parametrize(
    ("source", "blocks"),
    [
        ("# One\n\nText\n\n## Two", [("title", "One", 0), ("paragraph", "Text", 0), ("heading", "Two", 2)]),
        ("Text\n\nTwo\n---", [("paragraph", "Text", 0), ("heading", "Two", 2)]),
        ("a\n\n***\n\nb", [("paragraph", "a", 0), ("break", "***", 0), ("paragraph", "b", 0)]),
        ("> a\n> b\n>\n> > c", [("quote", "a b", 1), ("quote", "c", 2)]),
        ("- a\n\n  b\n  - c", [("list item", "a", 1), ("paragraph", "b", 0), ("list item", "c", 2)]),
        ("- [x] done", [("list item", "done", 1)]),
        ("```py\nx = 1\n```", [("code", "x = 1", 0)]),
        ("    x = 1", [("code", "x = 1", 0)]),
        ("|a|b|\n|-|-|\n|*c*|d|", [("table", "a\tb\nc\td", 0)]),
        ("|a|b|\n|-|-|\n|c|d|too much|", [("table", "a\tb\nc\td\ttoo much", 0)]),
        ('![A cat](c.png "x")', [("figure", "A cat", 0)]),
        ("Look ![A cat](c.png) here", [("paragraph", "Look  here", 0), ("figure", "A cat", 0)]),
        ("<h2>Two</h2>", [("heading", "Two", 2)]),
        (
            "<div>a <b>b</b><!-- c --></div>\n\nd",
            [("paragraph", "a b", 0), ("hidden", "<!-- c -->", 0), ("paragraph", "d", 0)],
        ),
        ("A List<String> or <b>b</b><br>c", [("paragraph", "A List<String> or b c", 0)]),
        ('<break time="1s"/> a', [("paragraph", '<break time="1s"/> a', 0)]),
        ("a[^n]\n\n[^n]: N\n\n[^u]: U", [("paragraph", "a", 0), ("note", "N", 0), ("note", "U", 0)]),
        ("a ^[an *inline* note]", [("paragraph", "a", 0), ("note", "an inline note", 0)]),
        ("[word]: word", [("paragraph", "[word]: word", 0)]),
    ],
)
def test_what_is_written_is_the_block_it_is(source: str, blocks: list[tuple[str, str, int]]) -> None:
    """Golden pairs for each kind of block; text stays when its tags, its label or its column go."""
    assert _kinds(source) == blocks


def test_ordered_items_have_their_numbers() -> None:
    """As a reader sees them: counted from the first."""
    assert [block.number for block in _blocks("3. a\n3. b\n3. c")] == [3, 4, 5]


def test_marks_say_what_stretches_are() -> None:
    """Emphasis, strong, code and links over the text they are on, notes at the place of their sign."""
    (block, note) = _blocks("An *em* **st** `co` [li](http://a.b/c) end.[^7]\n\n[^7]: Note.")

    marks = [(mark.kind, block.text[mark.start : mark.end], mark.value) for mark in block.marks]

    assert marks == [
        (MarkKind.EMPHASIS, "em", ""),
        (MarkKind.STRONG, "st", ""),
        (MarkKind.CODE, "co", ""),
        (MarkKind.LINK, "li", "http://a.b/c"),
        (MarkKind.NOTE_REFERENCE, "", "7"),
    ]
    assert (note.note, note.marks) == ("7", ())


def test_spans_count_from_the_start_of_the_whole_source() -> None:
    """Front matter is counted too."""
    source = "---\ntitle: T\n---\n\n# T\n\nSome text\nof two lines\n"

    title, text = _blocks(source)

    assert source[title.source.start : title.source.end] == "# T"
    assert (source[text.source.start : text.source.end], text.source.line) == ("Some text\nof two lines", 7)


def test_front_matter_is_read_without_yamls_traps() -> None:
    """NO is a word, 1:30 no number of minutes, a date is a date, however it is written."""
    yaml = "---\ntitle: 1:30\nauthor: [Ann Example, {name: Bo}]\ndate: 2026-03-03T10:00:00Z\nlang: NO\n"
    yaml += "canonical: https://a.b/c\nid: NO\ndescription: No\n---\nText"

    facts = read_markdown(yaml, "a.md")[1]

    assert (facts.title, facts.authors, facts.published) == ("1:30", ("Ann Example", "Bo"), date(2026, 3, 3))
    assert (facts.language, facts.url, facts.id) == ("no", "https://a.b/c", "NO")


def test_toml_front_matter_is_read() -> None:
    """Between ``+++``, dates as TOML has them."""
    facts = read_markdown('+++\ntitle = "T"\nauthors = ["Ann Example"]\ndate = 2026-03-03\n+++\nText', "a.md")[1]

    assert (facts.title, facts.authors, facts.published) == ("T", ("Ann Example",), date(2026, 3, 3))


def test_a_rule_at_the_start_is_no_front_matter() -> None:
    """What stands between two rules may be the article."""
    assert _kinds("---\n\nJust words here.\n\n---\n")[1] == ("paragraph", "Just words here.", 0)


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("---\ntitle: a\nb: [c\n---\nText", 4),
        ("---\ntitle: 'a\n---\nText", 3),
        ("---\na: &x [b]\nc: *x\n---\nText", 3),
        ('+++\ntitle = "a"\nb = = c\n+++\nText', 3),
        ("---\na: " + "[" * 5000 + "\n---\nText", 2),
    ],
)
def test_broken_front_matter_is_refused_with_its_line(source: str, line: int) -> None:
    """One sentence that names the file, the line and what to do."""
    with pytest.raises(ArticleError, match=rf"^a\.md, line {line}: .*mend or remove it$"):
        read_markdown(source, "a.md")


def test_a_bomb_in_front_matter_is_refused() -> None:
    """Aliases that would grow to gigabytes are not followed."""
    bomb = "---\na: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{name}: &{name} [{','.join([f'*{before}'] * 9)}]\n"
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )

    with pytest.raises(ArticleError, match="alias"):
        read_markdown(f"{bomb}---\nText", "a.md")


def test_the_title_is_the_front_matters_or_the_first_heading() -> None:
    """The heading that repeats the front matter's title is the title; another one stays a heading."""
    same, facts = read_markdown("---\ntitle: The T\n---\n## The T\n\nText", "a.md")
    other, told = read_markdown("---\ntitle: The T\n---\n# Else\n\nText", "a.md")

    assert (same[0].kind, facts.title) == (BlockKind.TITLE, "The T")
    assert (other[0].kind, told.title) == (BlockKind.HEADING, "The T")


def test_the_first_picture_is_the_articles_where_front_matter_names_none() -> None:
    """It can stand for the article."""
    article = MarkdownReader().read(b"# T\n\n![A cat](c.png)\n\nText", Origin("a.md"))

    assert article.image == "c.png"


WORDS = st.sampled_from(
    [
        "the",
        "boat",
        "**Rome**",
        "*it",
        "1.",
        "-",
        ">",
        "|",
        "`code",
        "![é",
        "[是]",
        "word:",
        "#",
        "~~",
        "_x_",
        "[^1]:",
        "^[a",
        "    ",
        "\\",
    ]
)
SOURCES = st.lists(
    st.one_of(st.lists(WORDS, max_size=8).map(" ".join), st.sampled_from(["", "---", "|-|-|"])), max_size=12
).map("\n".join)


@given(SOURCES)
def test_nothing_vanishes(source: str) -> None:
    """Every letter of the source is in a block, whatever the parser makes of it."""
    source = clean(source)

    said = "".join(block.text for block in _blocks(source))

    letters = {character for character in source if character.isalpha()}
    assert letters <= {character for character in said if character.isalpha()}
    assert sum(map(str.isalpha, said)) >= sum(map(str.isalpha, source))


def test_a_table_that_no_article_has_is_refused_at_once() -> None:
    """Its parser would take a gigabyte: the error says why, and what to do."""
    table = "Bread.\n\n| a | b |\n|---|---|\n" + "| c | d |\n" * 200_001

    with pytest.raises(ArticleError, match="more than 200,000 rows of tables"):
        read_markdown(table, "a.md")


@pytest.mark.parametrize("source", ["> [^1]: A note stands ^[and more] in it.\n", "][\n```]x\nM", ">[^1]:^[]a"])
def test_a_note_in_a_quotation_and_a_fence_behind_a_bracket_keep_their_letters(source: str) -> None:
    """Each letter is in the span of a block or is markup."""
    read = parse_markdown(source, "a.md")

    places = [*(block.source for block in read.blocks), *(each.source for each in read.omitted)]
    held = {at for place in places for at in range(place.start, place.end)}
    assert [sign for at, sign in enumerate(source) if sign.isalnum() and at not in held] == []
