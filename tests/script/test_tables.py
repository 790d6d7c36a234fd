"""Tables as they are said: heads on top or on the left, rows of one cell, and tables that hold prose."""

from __future__ import annotations

import pytest

from narrate.model import Article, Block, BlockKind, Fate, Origin, Source, Style, Voice
from narrate.script import write_script
from narrate.script.coverage import coverage_of

PROSE = "The mill stood still that day, and nobody in the village knew what had become of the miller."


def said(table: str, joe: Voice) -> list[str]:
    """What is heard of a table, every letter of which must be heard."""
    block = Block(BlockKind.TABLE, table, Source(0, len(table), 1))
    article = Article("T", (block,), Origin("a"), "0", "en", text=table)
    script = write_script([article], Style(disclosure=False), joe)
    assert {each.fate for each in coverage_of([article], script).stretches} == {Fate.SPOKEN}
    return [each.written for segment in script.segments if segment.source for each in segment.utterances]


@pytest.mark.parametrize(
    ("table", "sentences"),
    [
        ("Name\tAge\nAnn\t41", ["Name: Ann; Age: 41"]),
        ("Year\t2024\nSales\t12", ["Year: Sales; 2024: 12"]),
        ("Prep time\t10 minutes\nServes\tfour", ["Prep time: 10 minutes", "Serves: four"]),
        ("Author:\tAnn Lee\nPages:\tmany", ["Author: Ann Lee", "Pages: many"]),
        ("The mill\t\nRiver\tAre\nBuilt by\tnobody", ["The mill", "River: Are", "Built by: nobody"]),
        ("\t\nRead it\tNow.\nSay it\tIn May.", ["Read it: Now.", "Say it: In May."]),
        ("\t\t\n1\tx\ty\n2\tz\ty", ["1; x; y", "2; z; y"]),
        ("A\tB\tC\nOne\t\t\nx\ty\tz", ["One", "A: x; B: y; C: z"]),
        (
            "By sets\t\t\nAnn\t63\t16.6%\nBo\t56\t14.7%\nCy\t56\t14.7%",
            ["By sets", "Ann; 63; 16.6%", "Bo; 56; 14.7%", "Cy; 56; 14.7%"],
        ),
        (
            "By town\t\t\nName\tSets\tShare\nAnn\t6\t16%\nBo\t6\t16%",
            ["By town", "Name: Ann; Sets: 6; Share: 16%", "Name: Bo; Sets: 6; Share: 16%"],
        ),
        ("Side\t1\t2\t3\nOurs\t4\t0\t1", ["Side: Ours; 1: 4; 2: 0; 3: 1"]),
    ],
)
def test_heads_stand_on_top_or_on_the_left(joe: Voice, table: str, sentences: list[str]) -> None:
    """A fact a row below a title or empty heads, with colons or figures at its right; else each cell with its head."""
    assert said(table, joe) == sentences


def test_a_large_table_of_prose_is_read(joe: Voice) -> None:
    """It tells a story, row by row, whatever its size; a cell that takes a row is sentences of its own."""
    table = "No.\tTitle\tDay\n" + "".join(f"{n}\tPart {n}\tMonday\n{PROSE} {PROSE}\t\t\n" for n in range(1, 9))

    heard = said(table.rstrip("\n"), joe)
    assert heard[:3] == ["No.: 1; Title: Part 1; Day: Monday", PROSE, PROSE]
    assert len(heard) == 24
