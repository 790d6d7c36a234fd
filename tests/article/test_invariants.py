"""What must not change a reading: how lines are wrapped and ended, how bytes are encoded, what stands around."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from narrate.article import read_article
from narrate.article.markdown import MarkdownReader, read_markdown
from narrate.article.text import TextReader, read_text
from narrate.model import Article, BlockKind, Origin

SENTENCES = (
    "The river rises in the hills above the town, where nobody lives any more.",
    "It was dry in August, and the boats lay on the stones like sleeping cattle.",
    "Nobody could say when the mill had last turned, or who had turned it.",
    "There are maps on which it has no name, and maps on which it has three.",
    "In spring the children come with nets, and go home with nothing but wet feet.",
)
PARAGRAPHS = st.lists(st.sampled_from(SENTENCES), min_size=2, max_size=4).map(" ".join)
HEADINGS = st.sampled_from(["The Upper Course", "What the Maps Say", "WINTER AND SPRING", "A Town Without a Mill"])
SECTIONS = st.lists(st.tuples(HEADINGS, st.lists(PARAGRAPHS, min_size=1, max_size=3)), min_size=1, max_size=3)
TEXTS = {
    "prose": "The Mill\n\nBy Ann Example\n\n" + "\n\n".join([" ".join(SENTENCES)] * 2),
    "list": "Three Things\n\n- a boat\n- a net\n- a hat\n\nNothing else is needed, and nothing else will fit in.",
    "quotation": f"A Letter\n\n{SENTENCES[0]}\n\n> {SENTENCES[1]}\n\n{SENTENCES[2]}",
    "table": f"A Count\n\n{SENTENCES[0]}\n\nboat   net\n12     7\n9      8\n\n{SENTENCES[1]}",
}


def _said(source: str) -> list[tuple[BlockKind, str, int]]:
    return [(block.kind, block.text, block.level) for block in read_text(source)[0]]


def _read(data: bytes, name: str) -> Article:
    return read_article(data, Origin(name, f"/a/{name}"), [TextReader(), MarkdownReader()])


@settings(max_examples=40)
@given(SECTIONS, st.integers(48, 90))
def test_a_text_says_the_same_however_it_is_wrapped(sections: list[tuple[str, list[str]]], width: int) -> None:
    """Paragraphs on a line each and paragraphs wrapped by hand give the same title, headings and words."""
    wide = [each for heading, paragraphs in sections for each in (heading, *paragraphs)]
    narrow = [textwrap.fill(each, width, break_on_hyphens=False) for each in wide]

    assert _said("The Mill\n\n" + "\n\n".join(narrow)) == _said("The Mill\n\n" + "\n\n".join(wide))


@settings(max_examples=40)
@given(SECTIONS)
def test_headings_are_those_that_were_written(sections: list[tuple[str, list[str]]]) -> None:
    """In a text of headings and paragraphs every heading is found, and no paragraph is taken for one."""
    source = "The Mill\n\n" + "\n\n".join(each for heading, paras in sections for each in (heading, *paras))

    found = [text for kind, text, _level in _said(source) if kind is BlockKind.HEADING]

    assert found == [heading for heading, _paragraphs in sections]


@pytest.mark.parametrize("kind", TEXTS)
@pytest.mark.parametrize("end", ["\r\n", "\r", "\x0b", "\x85", "\u2028"])
def test_line_ends_do_not_matter(kind: str, end: str) -> None:
    """A text from Windows, from an old Macintosh or from a mainframe is the same article."""
    source = TEXTS[kind]

    assert _read(source.replace("\n", end).encode(), "a.txt").blocks == _read(source.encode(), "a.txt").blocks


@pytest.mark.parametrize("kind", TEXTS)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_encodings_do_not_matter(kind: str, encoding: str) -> None:
    """The blocks and their spans are those of the text, whatever bytes it came in; its digest is that of the bytes."""
    source = TEXTS[kind]

    ours, plain = _read(source.encode(encoding), "a.txt"), _read(source.encode(), "a.txt")

    assert (ours.title, ours.authors, ours.blocks) == (plain.title, plain.authors, plain.blocks)
    assert (ours.sha256 == plain.sha256) == (source.encode(encoding) == source.encode())


@pytest.mark.parametrize("kind", TEXTS)
def test_blank_lines_around_a_text_do_not_matter(kind: str) -> None:
    """Blanks before the title, after the end and at the ends of lines say nothing; lines are counted all the same."""
    source = TEXTS[kind]
    padded = "\n \n\t\n" + "".join(f"{line} \t \n" for line in source.split("\n")) + "\n\n\n"

    blocks, bare = read_text(padded)[0], read_text(source)[0]

    assert [(block.kind, block.text) for block in blocks] == [(block.kind, block.text) for block in bare]
    assert [block.source.line - 3 for block in blocks] == [block.source.line for block in bare]


@pytest.mark.parametrize("kind", TEXTS)
@pytest.mark.parametrize("margin", ["    ", "\t", "          "])
def test_a_margin_does_not_matter(kind: str, margin: str) -> None:
    """A text that stands away from the edge as a whole is neither a quotation nor code."""
    source = TEXTS[kind]

    assert _said(textwrap.indent(source, margin)) == _said(source)


@settings(max_examples=40)
@given(SECTIONS)
def test_front_matter_moves_a_text_and_changes_nothing_in_it(sections: list[tuple[str, list[str]]]) -> None:
    """With front matter before it a Markdown text has the same blocks, as many characters and lines further on."""
    front = "---\nauthor: Ann Example\n# no title\ndate: 2026-03-03\n---\n"
    body = "\n\n".join(f"## {heading}\n\n" + "\n\n".join(paragraphs) for heading, paragraphs in sections)

    moved, still = read_markdown(front + body, "a.md")[0], read_markdown(body, "a.md")[0]

    assert [(b.kind, b.text, b.level) for b in moved] == [(b.kind, b.text, b.level) for b in still]
    assert {m.source.start - s.source.start for m, s in zip(moved, still, strict=True)} == {len(front)}
    assert {m.source.end - s.source.end for m, s in zip(moved, still, strict=True)} == {len(front)}
    assert {m.source.line - s.source.line for m, s in zip(moved, still, strict=True)} == {5}


@settings(max_examples=40)
@given(SECTIONS)
def test_a_markdown_text_is_its_plain_text_with_marks(sections: list[tuple[str, list[str]]]) -> None:
    """Headings with and without ``##`` before them head the same paragraphs."""
    plain = "\n\n".join(each for heading, paras in sections for each in (heading, *paras))
    marked = "\n\n".join(each for heading, paras in sections for each in (f"## {heading}", *paras))

    told = [(block.kind, block.text) for block in read_text(f"The Mill\n\n{plain}")[0]]

    assert told == [(block.kind, block.text) for block in read_markdown(f"# The Mill\n\n{marked}", "a.md")[0]]
