"""Papers: authors, formulas, contents, labels, numbers of lines, depths of lists, the signs of TeX's fonts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from narrate.article.pdf.faces import face_of, shown_as
from narrate.model import BlockKind, Reason

from .conftest import Said, column, pdf_of, read

if TYPE_CHECKING:
    from collections.abc import Callable

    Outline = Callable[..., list[str]]

BODY = """
The mill stood at the bend of the river, and its wheel had turned for two hundred years
without a single day of rest, until the flood came down in the last week of the spring.
Nobody had seen so much water before, and nobody knew what had to be done about it now.
"""
MORE = """
They went up to the church with all the flour that was left to them in the village, and
waited there until the water had gone, which took a week and another day, as it is told.
"""


def flat(text: str) -> str:
    """Return lines as one."""
    return " ".join(text.split())


def test_authors_below_the_title_are_bylines_and_facts() -> None:
    """Names, places, addresses and a day above the abstract are bylines; the names are the article's authors."""
    page = [
        Said(150, 740, "On the Mills of the Valley", 18, "F2"),
        Said(200, 715, "Ann Example", 12, "F2"),
        Said(228, 719, "1", 7),
        Said(320, 715, "Bo Sample", 12, "F2"),
        Said(200, 700, "University of Rivers"),
        Said(200, 685, "ann@example.org"),
        Said(200, 670, "March 7, 2021"),
        Said(280, 650, "Abstract"),
        *column(60, 630, BODY),
    ]

    article = read(pdf_of(page))

    assert article.authors == ("Ann Example", "Bo Sample")
    kinds = [(block.kind, block.text) for block in article.blocks if block.kind is not BlockKind.BYLINE]
    assert kinds == [
        (BlockKind.TITLE, "On the Mills of the Valley"),
        (BlockKind.HEADING, "Abstract"),
        (BlockKind.PARAGRAPH, flat(BODY)),
    ]


def test_a_paragraph_below_the_title_is_no_byline(outline: Outline) -> None:
    """What is a sentence is read, though it stands where authors would, and so is a heading that is numbered."""
    page = [
        Said(150, 740, "On the Mills of the Valley", 18, "F2"),
        *column(60, 700, "A short report for the council of the valley."),
        Said(60, 670, "1 The Flood", 12, "F2"),
        *column(60, 640, BODY),
    ]

    assert outline(page)[1:] == [
        "p: A short report for the council of the valley.",
        "h2: 1 The Flood",
        f"p: {flat(BODY)}",
    ]


def test_a_title_of_two_lines_that_stand_apart_is_one() -> None:
    """Lines of one size at the top are one title, though there is more white between them than in the text."""
    page = [
        Said(150, 740, "On the Mills of the Valley", 18, "F2"),
        Said(190, 706, "Before the Flood", 18, "F2"),
        *column(60, 640, BODY),
    ]

    assert read(pdf_of(page)).title == "On the Mills of the Valley Before the Flood"


def test_a_displayed_formula_is_one_block_with_its_fractions(outline: Outline) -> None:
    """Numerators and denominators are the formula's; prose before and after is not."""
    page = [
        *column(60, 700, BODY),
        Said(228, 653, "a", font="F6"),
        Said(180, 646, "x", font="F6"),
        Said(190, 646, "= 1 +", 10),
        Said(228, 639, "b", font="F6"),
        Said(500, 646, "(1)"),
        *column(60, 615, MORE),
    ]

    made = outline(page)

    assert made == [f"p: {flat(BODY)}", "math: a\nx = 1 + (1)\nb", f"p: {flat(MORE)}"]


def test_signs_of_formulas_in_prose_make_no_formula(outline: Outline) -> None:
    """A line of prose with letters of formulas in it is prose."""
    page = [
        *column(60, 700, BODY),
        Said(60, 664, "where"),
        Said(88, 664, "x", font="F6"),
        Said(97, 664, "= 5 is the height of the water at the church, in feet, on that day."),
    ]

    assert outline(page) == [
        f"p: {flat(BODY)} where x = 5 is the height of the water at the church, in feet, on that day."
    ]


def test_small_signs_between_lines_part_no_paragraph(outline: Outline) -> None:
    """An index that hangs between two lines belongs to the line that is nearer, and the sentence goes on."""
    lines = BODY.strip().split("\n")
    page = [*column(60, 700, "\n".join(lines)), Said(300, 693.5, "1,2", 5)]

    made = outline(page)

    assert len(made) == 1
    assert flat(made[0]).replace(" 1,2", "").replace("1,2", "") == f"p: {flat(BODY)}"


def test_items_inside_items_are_deeper() -> None:
    """An item that begins further in is inside the one above; the next one further out is not."""
    page = [
        *column(60, 700, BODY),
        *column(70, 650, "• the wheel of the mill, which was made of oak"),
        *column(90, 638, "– its axle, which was made of iron"),
        *column(90, 626, "– its blades, which were mended after the war"),
        *column(70, 614, "• the stones, which nobody could lift"),
        *column(60, 590, MORE),
    ]

    levels = [block.level for block in read(pdf_of(page)).blocks if block.kind is BlockKind.LIST_ITEM]

    assert levels == [1, 2, 2, 1]


def test_a_table_of_contents_is_left_out_and_listed() -> None:
    """Lines of dots before a page's number are no prose."""
    contents = [
        f"{number} The {word} of the Mill {'. ' * 30}{number + 3}" for number, word in enumerate(("Wheel", "End"), 1)
    ]
    page = [
        Said(60, 740, "A History of the Mill", 20, "F2"),
        *column(60, 700, "\n".join(contents)),
        *column(60, 640, BODY),
    ]

    article = read(pdf_of(page))

    assert [block.kind for block in article.blocks] == [BlockKind.TITLE, BlockKind.PARAGRAPH]
    assert {each.reason for each in article.omitted} == {Reason.NAVIGATION}


def test_the_numbers_of_lines_in_a_margin_are_left_out() -> None:
    """Numbers that count the lines of a page on are read by nobody, and each is in the list of what is left out."""
    page = [*column(80, 700, BODY + MORE + BODY), *[Said(40, 700 - 12 * at, str(at + 41), 6) for at in range(9)]]

    article = read(pdf_of(page))
    left_out = [article.text[each.source.start : each.source.end] for each in article.omitted]

    assert sorted(map(int, left_out)) == list(range(41, 50))
    assert not any(sign.isdigit() for block in article.blocks for sign in block.text)


def test_labels_of_a_drawing_are_hidden() -> None:
    """Short pieces without serifs, several together, are labels: they are kept, and not read."""
    labels = [Said(100, 600, "0.2", 8, "F5"), Said(100, 570, "0.4", 8, "F5"), Said(160, 540, "Water in feet", 8, "F5")]

    article = read(pdf_of([*column(60, 740, BODY), *labels, *column(60, 480, MORE)]))

    assert [block.kind for block in article.blocks] == [
        BlockKind.PARAGRAPH,
        *[BlockKind.HIDDEN] * 3,
        BlockKind.PARAGRAPH,
    ]


@pytest.mark.parametrize(
    ("font", "code", "shown"),
    [
        ("", "\x0b", "ff"),
        ("", "\x1c", "fi"),
        ("CMEX10", "X", "∑"),
        ("CMSY10", "\x14", "≤"),
        ("CMMI10", "\x0b", "α"),
        ("Times-Roman", "X", "X"),
    ],
)
def test_signs_whose_font_does_not_say_them_are_told_by_their_codes(font: str, code: str, shown: str) -> None:
    """TeX's fonts have their ligatures and signs at known places (The TeXbook, appendix F)."""
    assert shown_as(code, face_of(font, 0), unmapped=True) == shown
    assert shown_as("X", face_of(font, 0), unmapped=False) == "X"


def test_greek_letters_of_latin_modern_are_greek() -> None:
    """Its Type 1 fonts have them where other fonts have accented Latin letters; µ is as it is."""
    face = face_of("ABCDEF+LMMathItalic10-Regular", 0)

    assert [shown_as(code, face, unmapped=False) for code in "ÃÉµx"] == ["σ", "ω", "µ", "x"]
