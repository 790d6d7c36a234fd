"""Running text: lines and words mended, paragraphs, headings, items, notes, captions, code, heads and feet of pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from narrate.model import BlockKind, MarkKind, Reason

from .conftest import Said, column, pdf_of, read

if TYPE_CHECKING:
    from collections.abc import Callable

    Outline = Callable[..., list[str]]

BODY = """
The mill stood at the bend of the river, and its wheel had turned for two hundred years
without a single day of rest, until the flood came down in the last week of the spring.
Nobody had seen so much water before, and nobody knew what had to be done about it now.
"""


AGAIN = """\
   And so it was that they went up to the church, with all the flour that was left to them
in the village, and waited.
"""


def flat(text: str) -> str:
    """Return lines as one."""
    return " ".join(text.split())


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (
            "It was an exam-\nple of what the old\npeople had told.",
            "It was an example of what the old people had told.",
        ),
        (
            "They co-operate and will co-\noperate as long as they\ncan do so.",
            "They co-operate and will co-operate as long as they can do so.",
        ),
        (
            "A well known thing is known as well-\nknown among those who know it.",
            "A well known thing is known as well-known among those who know it.",
        ),
        (
            "Between first-\nand second-class trains\nthere is none.",
            "Between first- and second-class trains there is none.",
        ),
        ("The soft hy\xad\nphen is no letter and\nis never heard.", "The soft hyphen is no letter and is never heard."),
        (
            "He named the North-\nWest after the wind that\nblew there.",
            "He named the North-West after the wind that blew there.",
        ),
    ],
)
def test_words_broken_at_the_end_of_a_line_are_whole(outline: Outline, lines: str, said: str) -> None:
    """The line's hyphen goes, the word's stays; the words of the text itself say which is which."""
    assert outline(column(60, 700, lines)) == [f"p: {said}"]


def test_ligatures_are_letters() -> None:
    """What is one sign on the page is the letters that it joins; other signs stay as they are."""
    page = [Said(60, 700, "oAce of baBe and m² at ½", font="F5")]
    article = read(pdf_of(page, unicode="2 beginbfchar <41> <FB03> <42> <FB04> endbfchar"))

    assert article.text.strip() == "office of baffle and m² at ½"


def test_paragraphs_by_indent_and_by_white(outline: Outline) -> None:
    """A first line further in, or more white than between lines, begins a paragraph."""
    indented = column(60, 700, BODY + AGAIN)
    spaced = [*column(60, 700, BODY), *column(60, 650, BODY)]

    assert outline(indented) == [
        f"p: {flat(BODY)}",
        f"p: {flat(AGAIN)}",
    ]
    assert outline(spaced) == [f"p: {flat(BODY)}"] * 2


def test_headings_by_size_weight_and_number(outline: Outline) -> None:
    """Larger or bolder lines are headings, at the depth of their numbers; the largest is the title."""
    page = [
        Said(60, 740, "A History of the Mill", 20, "F2"),
        *column(60, 700, "1 The Flood", 14, "F2"),
        *column(60, 680, BODY),
        *column(60, 630, "1.1 The Bridge", 10, "F2"),
        *column(60, 610, BODY),
        *column(60, 560, "2 The Church", 14, "F2"),
        *column(60, 540, BODY),
    ]

    assert outline(page) == [
        "title: A History of the Mill",
        "h2: 1 The Flood",
        f"p: {flat(BODY)}",
        "h3: 1.1 The Bridge",
        f"p: {flat(BODY)}",
        "h2: 2 The Church",
        f"p: {flat(BODY)}",
    ]


def test_items_of_lists(outline: Outline) -> None:
    """Bullets and numbers begin items, whose further lines hang below their words."""
    page = [
        *column(60, 700, BODY),
        *column(
            80,
            650,
            "• the wheel, which was made of oak and was mended after the war by a carpenter\n"
            "  who came from the town\n"
            "• the stones",
        ),
        *column(
            80,
            600,
            "1. They shut the gate as well as they could, with the water at their knees, and then\n"
            "   they ran.\n"
            "2. They rang the bells.",
        ),
    ]

    assert outline(page)[1:] == [
        "item: the wheel, which was made of oak and was mended after the war by a carpenter who came from the town",
        "item: the stones",
        "item1: They shut the gate as well as they could, with the water at their knees, and then they ran.",
        "item2: They rang the bells.",
    ]


def test_footnotes_are_notes_that_their_numbers_refer_to() -> None:
    """A raised number in the text points to the small line at the foot of its page; the number is kept in both."""
    page = [
        *column(60, 700, BODY),
        Said(60, 664, "They carried it to the church"),
        Said(174, 668, "7", 6),
        Said(179, 664, "and waited there."),
        Said(60, 90, "7", 5),
        Said(64, 87, "It stands on the hill.", 7),
    ]

    article = read(pdf_of(page))
    body, note = article.blocks

    assert (note.kind, note.text) == (BlockKind.NOTE, "7 It stands on the hill.")
    assert body.text.endswith("to the church7 and waited there.")
    marks = [mark for mark in body.marks if mark.kind is MarkKind.NOTE_REFERENCE]
    assert [(body.text[mark.start : mark.end], mark.value) for mark in marks] == [("7", note.note)]


def test_a_power_is_no_note(outline: Outline) -> None:
    """A raised figure after a figure or a letter of its own is written as a power, so that 10⁵ is not 105."""
    page = [Said(60, 700, "There were 10"), Said(116, 704, "5", 6), Said(122, 700, "sacks and more of it.")]

    assert outline(page) == ["p: There were 10⁵ sacks and more of it."]


def test_captions_and_code(outline: Outline) -> None:
    """A line that is called a figure is its caption, in letters of one width it is code, with its indents."""
    page = [
        *column(60, 700, BODY),
        *column(60, 640, "Figure 1: The mill before the flood."),
        *column(60, 600, "def turn(wheel):\n    return wheel + 1", font="F4"),
    ]

    assert outline(page)[1:] == [
        "figure: Figure 1: The mill before the flood.",
        "code: def turn(wheel):\n    return wheel + 1",
    ]


def test_heads_and_feet_of_pages_are_left_out_and_listed() -> None:
    """What stands at the edge of page after page is said once by the omissions, and is never prose."""
    pages = [
        [
            Said(60, 760, "A HISTORY OF THE MILL" if number % 2 else f"{number + 7} THE FLOOD"),
            *column(60, 700, BODY.replace("two", f"{number + 3}")),
            Said(300, 40, f"- {number + 7} -"),
        ]
        for number in range(6)
    ]

    article = read(pdf_of(*pages))
    left_out = [(article.text[each.source.start : each.source.end], each.reason) for each in article.omitted]

    assert [block.kind for block in article.blocks] == [BlockKind.PARAGRAPH] * 6
    assert left_out[:2] == [("7 THE FLOOD", Reason.REPEATED), ("- 7 -", Reason.PAGE_NUMBER)]
    assert len(left_out) == 12


def test_prose_that_stands_at_the_edge_of_every_page_is_kept() -> None:
    """A first line that is a sentence like many others is no running head, though pages begin alike."""
    lines = BODY.strip("\n").split("\n")
    pages = [column(60, 740, "\n".join([f"{lines[0]}", *lines[1:]]) + f"\nIt was in {1840 + n}.") for n in range(4)]

    article = read(pdf_of(*pages))

    assert article.omitted == ()


def test_facts_of_the_file() -> None:
    """Title, author and language come from the file where they are worth something, the date it was made never."""
    page = column(60, 700, BODY)
    good = "/Title (The Mill) /Author (Ann Example) /CreationDate (D:20200102030405Z)"

    article = read(pdf_of(page, info=good, catalog="/Lang (en-GB)"))
    poor = read(pdf_of(page, info="/Title (Microsoft Word - x.doc) /Author (Administrator 1)"))

    assert (article.title, article.authors, article.language) == ("The Mill", ("Ann Example",), "en-GB")
    assert article.published is None
    assert (poor.title, poor.authors) == ("The mill stood at the bend of the river, and its wheel had", ())


@pytest.mark.parametrize("shown", ["M\xa8unchen", "Munchen\xa8"])
def test_accents_that_are_set_over_letters_are_theirs(outline: Outline, shown: str) -> None:
    """TeX sets an accent as a sign of its own, before its letter or after the word, over the letter."""
    word, over = shown.replace("\xa8", ""), "\xa8"
    before = [Said(60, 700, "M"), Said(69.5, 700, over), Said(68.9, 700, "unchen ist eine Stadt.")]
    after = [Said(60, 700, f"{word} ist eine Stadt."), Said(69.5, 700, over)]

    assert outline(before if shown.startswith("M\xa8") else after) == ["p: München ist eine Stadt."]
