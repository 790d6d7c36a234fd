"""Reading order: columns, what stands across them, scripts from right to left, pages that are turned."""

from __future__ import annotations

from itertools import chain, zip_longest
from typing import TYPE_CHECKING

from .conftest import Said, column, pdf_of, read

if TYPE_CHECKING:
    from collections.abc import Callable

    Outline = Callable[..., list[str]]

LEFT = """
The mill stood at the bend of the river,
and its wheel had turned for two hundred
years without a single day of rest, until
the flood came down in the last spring.
"""
RIGHT = """
Nobody had seen so much water before, and
nobody knew what had to be done about it.
They carried the flour up to the church and
waited there until the morning came at last.
"""
MIDDLE = """
In the village they rang all of the bells
and the cattle were driven up to the hill
before the bridge was carried away by the
river, as old people had always said.
"""


def flat(text: str) -> str:
    """Return the lines of a column as one."""
    return " ".join(text.split())


def test_two_columns_are_read_one_after_the_other(outline: Outline) -> None:
    """First the left one to its foot, then the right one, whatever stands beside it on the same line."""
    page = column(60, 700, LEFT) + column(320, 700, RIGHT)

    assert outline(page) == [f"p: {flat(LEFT)}", f"p: {flat(RIGHT)}"]


def test_the_order_in_the_file_does_not_matter(outline: Outline) -> None:
    """Programs may write a page line by line across its columns, or its foot first."""
    rows = zip_longest(column(60, 700, LEFT), column(320, 700, RIGHT))
    page = [said for said in chain.from_iterable(rows) if said is not None]

    assert outline(page) == outline(page[::-1]) == [f"p: {flat(LEFT)}", f"p: {flat(RIGHT)}"]


def test_three_columns(outline: Outline) -> None:
    """As many columns as there are."""
    page = column(40, 700, LEFT, 8) + column(220, 700, MIDDLE, 8) + column(400, 700, RIGHT, 8)

    assert outline(page) == [f"p: {flat(each)}" for each in (LEFT, MIDDLE, RIGHT)]


def test_what_crosses_the_columns_comes_before_what_is_below_it(outline: Outline) -> None:
    """A title and an abstract over two columns, and a wide note between two halves of the page."""
    abstract = """
We describe what happened at the mill in the year of the great flood, as far as it can be known
from the letters that were found under the roof of the church when it was mended after the war,
and from what is told.
"""
    page = [
        Said(180, 740, "The Mill at the Bend of the River", 16, "F2"),
        *column(60, 700, abstract),
        *column(60, 650, LEFT),
        *column(320, 650, RIGHT),
        *column(60, 560, abstract),
        *column(60, 505, MIDDLE),
        *column(320, 505, LEFT),
    ]

    assert outline(page) == [
        "title: The Mill at the Bend of the River",
        *(f"p: {flat(each)}" for each in (abstract, LEFT, RIGHT, abstract, MIDDLE, LEFT)),
    ]


def test_a_table_is_read_by_rows(outline: Outline) -> None:
    """Short cells in line with each other are rows, not columns, and do not mix with the prose around them."""
    cells = [("Year", "Flour", "Wheels"), ("1840", "120 sacks", "two"), ("1850", "95 sacks", "one"), ("1860", "7", "-")]
    rows = [Said(x, 600 - 14 * at, row[n]) for at, row in enumerate(cells) for n, x in enumerate((80, 220, 380))]
    page = [*column(60, 700, LEFT), *rows, *column(60, 500, RIGHT)]

    assert outline(page) == [
        f"p: {flat(LEFT)}",
        "table: " + "\n".join("\t".join(row) for row in cells),
        f"p: {flat(RIGHT)}",
    ]


def test_a_paragraph_goes_on_in_the_next_column_and_on_the_next_page(outline: Outline) -> None:
    """A sentence that a column or a page ends in the middle of is one paragraph, without what stands between."""
    half = "The mill stood there\nand its wheel had turned\nfor as long as anybody"
    rest = "could remember, they said,\nand the miller too said the\nsame to anyone who came"
    last = "and asked for it in the\nevening. So it was said."
    first = [*column(60, 700, half), *column(320, 700, rest), Said(300, 40, "1")]
    second = [*column(60, 700, last), Said(300, 40, "2")]

    assert outline(first, second) == [f"p: {flat(half)} {flat(rest)} {flat(last)}"]


def test_hebrew_is_in_logical_order() -> None:
    """What is set from right to left is read from right to left, words and lines."""
    # Codes A-E are shalom and a final mem; the page shows them as they are painted, from left to right.
    letters = "5 beginbfchar <41> <05E9> <42> <05DC> <43> <05D5> <44> <05DD> <45> <05E2> endbfchar"
    page = [Said(60, 700, "DCBA BE", font="F5"), Said(60, 688, "BE DCBA", font="F5")]

    article = read(pdf_of(page, unicode=letters))

    assert " ".join(block.text for block in article.blocks) == "על שלום שלום על"


def test_a_page_that_is_turned_is_read_as_it_is_seen() -> None:
    """Text that runs up a page which programs show turned is text like any other."""
    content = "BT /F1 10 Tf " + " ".join(
        f"0 1 -1 0 {100 + 12 * at} 100 Tm ({line}) Tj" for at, line in enumerate(LEFT.strip().split("\n"))
    )

    article = read(pdf_of((content + " ET").encode()))

    assert " ".join(block.text for block in article.blocks) == flat(LEFT)
