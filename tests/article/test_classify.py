"""Furniture, lists of works, notes in plain text and bylines: told from prose, which stays."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.article import Hints, read_article
from narrate.article.classify import classified
from narrate.article.furniture import is_furniture
from narrate.article.markdown import MarkdownReader
from narrate.article.text import TextReader
from narrate.model import Article, Block, BlockKind, Mark, MarkKind, Omission, Origin, Reason, Source

LINES = Path(__file__).parent / "furniture"
PROSE = (LINES / "prose.txt").read_text(encoding="utf-8").splitlines()
FURNITURE = (LINES / "furniture.txt").read_text(encoding="utf-8").splitlines()


def read(text: str, name: str = "a.txt") -> Article:
    """The article of a plain text, or of Markdown by its name."""
    return read_article(text.encode(), Origin(name, name), (TextReader(), MarkdownReader()), Hints(language="en"))


def kinds(article: Article) -> list[tuple[str, str]]:
    """Kinds and first words."""
    return [(str(block.kind), block.text[:24]) for block in article.blocks]


def of(*blocks: tuple[str, str]) -> Article:
    """An article of blocks that follow on one another."""
    made: list[Block] = []
    for kind, text in blocks:
        start = made[-1].source.end + 2 if made else 0
        made.append(Block(BlockKind(kind), text, Source(start, start + len(text), 2 * len(made) + 1), level=2))
    text = "\n\n".join(block.text for block in made)
    return Article("T", tuple(made), Origin("x"), "0" * 64, "en", text=text)


@pytest.mark.parametrize("line", PROSE)
def test_prose_that_looks_like_furniture_stays(line: str) -> None:
    """At the edge of an article too: a sentence that holds such a word is a sentence."""
    assert not is_furniture(line, edge=True)


@pytest.mark.parametrize("line", FURNITURE)
def test_furniture_is_told(line: str) -> None:
    """Lines as pages have them, in seven languages."""
    assert is_furniture(line, edge=True)


def test_there_are_enough_of_both() -> None:
    """Sixty at least, each once."""
    assert len(set(PROSE)) == len(PROSE) > 60
    assert len(set(FURNITURE)) == len(FURNITURE) > 60


@given(st.text(max_size=300))
def test_any_line_is_judged(line: str) -> None:
    """No text is too odd, and what has no word is no furniture of words."""
    assert is_furniture(line, edge=True) in {True, False}


def test_long_lines_cost_no_time() -> None:
    """Patterns that could try for ever see no more than a line's length."""
    assert not is_furniture("Photo by " + "A " * 95 + "b", edge=True)
    assert not is_furniture("Photo: " + "Aa/" * 60 + "!", edge=True)
    assert not is_furniture("This article was first published " + "on a " * 30 + "?", edge=True)


def test_a_word_alone_in_a_list_is_an_item() -> None:
    """A "Share" among the commands of a program is text; as a link of its own it is a button."""
    article = of(("paragraph", "The menu has these."), ("list item", "Share"), ("list item", "Print"))
    linked = Block(BlockKind.LIST_ITEM, "Share", Source(90, 95, 9), marks=(Mark(MarkKind.LINK, 0, 5, "/share"),))

    assert {kind for kind, _ in kinds(classified(article))} == {"paragraph", "list item"}
    with_link = classified(Article("T", (*article.blocks, linked), Origin("x"), "0" * 64, "en"))
    assert with_link.blocks[-1].kind is BlockKind.FURNITURE


def test_a_heading_of_related_links_goes_with_them() -> None:
    """Where nothing but links is below; a heading over prose stays, whatever it says."""
    text = "# T\n\nProse stands here.\n\n## Related articles\n\n- [One river](/a)\n- [Two rivers](/b)\n"
    prose = "# T\n\nProse stands here.\n\n## Comments\n\nThey were kind.\n"

    assert [kind for kind, _ in kinds(read(text, "a.md"))][2:] == ["furniture"] * 3
    assert [kind for kind, _ in kinds(read(prose, "a.md"))] == ["title", "paragraph", "heading", "paragraph"]


def test_where_an_article_stood_first_is_told_at_its_edges_only() -> None:
    """In the middle it is prose."""
    line = "This article was first published on Example News."
    around = [("paragraph", f"Paragraph number {number} stands here.") for number in range(6)]

    ended = classified(of(*around, ("paragraph", line)))
    inside = classified(of(*around, ("paragraph", line), *around))

    assert ended.blocks[-1].kind is BlockKind.FURNITURE
    assert BlockKind.FURNITURE not in {block.kind for block in inside.blocks}


def test_an_article_of_furniture_alone_is_read() -> None:
    """Something is always left: it is what the user asked for."""
    article = of(("paragraph", "Subscribe to our newsletter"), ("paragraph", "Share this article"))

    assert classified(article) == article


WORKS = """# T

Rivers rise [1] and fall [2, 3], as arr[0] and arr[7] do and `x[1]` too.

## References

1. Smith, J. (2019). On rivers. Oxford University Press.
2. Doe, A. (2020). More rivers. Journal of Water, 12(3), 45-50.
3. Lee, B. et al. 2021. All rivers. https://example.org/rivers
"""


def test_a_list_of_works_and_the_marks_that_cite_it() -> None:
    """Entries by their signs, marks by their brackets; an index in code is none."""
    article = read(WORKS, "a.md")

    assert [str(block.kind) for block in article.blocks] == ["title", "paragraph", "heading", *["reference"] * 3]
    cited = [mark.value for mark in article.blocks[1].marks if mark.kind is MarkKind.CITATION]
    assert cited == ["[1]", "[2, 3]"]


NAMED = """# T

Rivers rise (Smith 2019), fall (Doe, 2020; Smith, 2019, p. 4) and stay (Lee et al., 2021).
So does his film (Titanic, 1997).
Nobody (Smith 2020) knows, and Smith (2019) says so.

## References

- Smith, J. (2019). On rivers. Oxford University Press.
- Doe, A. (2020). More rivers. Journal of Water, 12(3), 45-50.
- Lee, B. et al. 2021. All rivers. https://example.org/rivers
"""


def test_names_and_years_cite_what_the_list_of_works_has() -> None:
    """A film and its year, or an author with another year, is in no entry and is no citation."""
    article = read(NAMED, "a.md")

    cited = [mark.value for mark in article.blocks[1].marks if mark.kind is MarkKind.CITATION]
    assert cited == ["(Smith 2019)", "(Doe, 2020; Smith, 2019, p. 4)", "(Lee et al., 2021)"]


def test_names_and_years_cite_nothing_without_a_list() -> None:
    """What may be an album's year is the text's."""
    article = read(NAMED.partition("## References")[0], "a.md")

    assert not [mark for block in article.blocks for mark in block.marks if mark.kind is MarkKind.CITATION]


@pytest.mark.parametrize(
    "below",
    [
        "They were all good people, and in 2019 the University thanked them.\n\nSo did we.",
        "- Ask the first employer\n- Ask the second\n- Call before noon",
        "- PEP 8, the style guide\n- The language's manual\n- A friend",
    ],
)
def test_what_is_called_references_and_is_no_list_of_works_is_read(below: str) -> None:
    """Prose and plain lists under such a heading stay."""
    article = read(f"# T\n\nProse stands here.\n\n## References\n\n{below}\n", "a.md")

    assert BlockKind.REFERENCE not in {block.kind for block in article.blocks}


def test_notes_of_a_plain_text_are_told() -> None:
    """``[1] …`` lines at the end, each with its mark in the text: one block a note, spans where they stand."""
    text = "On rivers\n\nRivers rise [1] in spring and they\nfall [2] in autumn.\n\n"
    text += "[1] Some do not,\nto be fair.\n[2] Most."
    article = read(text)

    notes = [block for block in article.blocks if block.kind is BlockKind.NOTE]
    assert [(note.note, note.text) for note in notes] == [("1", "[1] Some do not, to be fair."), ("2", "[2] Most.")]
    assert [text[note.source.start : note.source.end] for note in notes] == [
        "[1] Some do not,\nto be fair.",
        "[2] Most.",
    ]
    marks = [mark.value for block in article.blocks for mark in block.marks]
    assert marks == ["1", "2"]


@pytest.mark.parametrize(
    "text",
    [
        "On rivers\n\nRivers rise in spring.\n\n[1] Nobody refers to this.",
        "On rivers\n\nRivers rise [1] in spring.\n\n[1] One.\n\n[3] Three.",
        "On rivers\n\nRivers rise [1] in spring.\n\n[1] One.\n\nThe end of it all is prose.",
    ],
)
def test_other_lines_in_brackets_are_text(text: str) -> None:
    """Without a mark in the text, with a gap, or with prose after them."""
    assert BlockKind.NOTE not in {block.kind for block in read(text).blocks}


def test_bylines_are_blocks_of_their_own() -> None:
    """Facts of the article, and in its text: the policy may have them heard. In their place, none lost, none twice."""
    text = "On rivers\nBy Ann Lee\nMarch 3, 2026\n\nRivers rise in spring, and they fall in autumn.\n"
    article = read(text)

    assert (article.authors, article.published) == (("Ann Lee",), date(2026, 3, 3))
    said = [block for block in article.blocks if block.kind is BlockKind.BYLINE]
    assert [block.text for block in said] == ["By Ann Lee", "March 3, 2026"]
    assert [text[block.source.start : block.source.end] for block in said] == ["By Ann Lee", "March 3, 2026"]
    assert [block.source.start for block in article.blocks] == sorted(block.source.start for block in article.blocks)
    assert not [each for each in article.omitted if each.source in {block.source for block in said}]


def test_what_a_byline_says_and_the_article_does_not_is_read() -> None:
    """A name or a day that no field holds would be heard nowhere else."""
    article = of(("paragraph", "By Ann Lee"), ("paragraph", "March 3, 2026"), ("paragraph", "Rivers rise."))

    assert classified(article) == article


def test_facts_that_are_no_bylines_stay_omitted() -> None:
    """Front matter is markup, not text."""
    text = "---\ntitle: T\n---\n\nProse."
    block = Block(BlockKind.PARAGRAPH, "Prose.", Source(18, 24, 5))
    front = Omission(Source(0, 16, 1), Reason.FACT)
    article = Article("T", (block,), Origin("x"), "0" * 64, "en", text=text, omitted=(front,))

    assert classified(article) == article
