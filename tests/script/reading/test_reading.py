"""What there is to read along with: every block in its place, every sentence where it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.along import ARTICLES, VOICE, along, cues_of, read

from narrate.model import BlockKind, Diction, Policy, Style
from narrate.model.diction import Notes, Quotes
from narrate.script import dump_script, load_script, reading_of, write_script

if TYPE_CHECKING:
    from pathlib import Path

    from narrate.model import Cue, Passage, Reading


def page(text: str, style: Style | None = None) -> tuple[Reading, list[Cue]]:
    """The same of an article in Markdown."""
    return along([read(text.encode(), "a.md")], style)


def heard(passage: Passage) -> list[str]:
    """What of a passage is heard, as it is written there."""
    return [passage.block.text[each.start : each.end] for each in passage.heard]


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: str(path.name))
def test_every_cue_is_in_one_passage_in_order(path: Path) -> None:
    """Nothing heard is missing from what is read; stretches are in order, apart, and hold the words told of them."""
    reading, cues = along([read(path.read_bytes(), path.name)])

    told = [passage for passage in reading.passages for _ in {each.cue for each in passage.heard}]
    assert sorted({each.cue for passage in reading.passages for each in passage.heard}) == list(range(len(cues)))
    assert len(told) == len(cues)
    for passage in reading.passages:
        ends = [0, *(each.end for each in passage.heard)]
        assert all(end <= each.start < each.end for end, each in zip(ends, passage.heard, strict=False))
        assert ends[-1] <= len(passage.block.text)


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: str(path.name))
def test_every_block_is_there(path: Path) -> None:
    """All that an article has for reading is there in its order, spoken or with the rule that leaves it out."""
    article = read(path.read_bytes(), path.name)
    reading, _ = along([article])

    blocks = [each.block.text for each in reading.passages if not each.own and each.block.kind is not BlockKind.BREAK]
    wanted = [each.text for each in article.blocks if each.text.strip() and each.kind is not BlockKind.HIDDEN]
    assert [text for text in blocks if text in wanted] == [text for text in wanted if text in blocks] == wanted
    assert all(each.heard or each.why for each in reading.passages if each.block.text.strip())


def test_words_are_found_where_they_are_written() -> None:
    """A word is where it stands the second time, if that is the one that is heard."""
    reading, cues = page("# T\n\nThe cat saw the cat. The cat ran, $3 bn poorer.\n")
    passage = next(each for each in reading.passages if each.block.kind is BlockKind.PARAGRAPH and not each.own)

    for each in passage.heard:
        words = [passage.block.text[at[0] : at[1]] for at in each.words if at]
        assert words == [word.text for word in cues[each.cue].words]
    assert [at[0] for each in passage.heard for at in each.words if at] == sorted(
        at[0] for each in passage.heard for at in each.words if at
    )


def test_a_table_is_heard_row_by_row() -> None:
    """The cue of a row is its cells; its heads, said with every row, are the first cue's."""
    reading, _ = page("# T\n\n| City | People |\n|---|---|\n| Rome | 3 |\n| Oslo | 1 |\n")
    (table,) = (each for each in reading.passages if each.block.kind is BlockKind.TABLE)

    assert heard(table) == ["City\tPeople", "Rome\t3", "Oslo\t1"]
    assert [each.cue - table.heard[0].cue for each in table.heard] == [0, 0, 1]


def test_narrates_words_before_the_authors_are_not_in_the_block() -> None:
    """A number before an item, "Image" before a picture: heard, not written there."""
    reading, cues = page("# T\n\n1. One thing.\n2. Two things.\n\n![A dog](d.png)\n")
    said = {each.block.text: heard(each) for each in reading.passages}

    assert said["One thing."] == ["One thing."]
    assert said["A dog"] == ["A dog"]
    assert any(cue.text.startswith("Image") for cue in cues)


def test_notes_stand_where_they_are_written() -> None:
    """They are heard after their section, and stay at the end of the text, with what refers to them."""
    text = "# T\n\n## A\n\nWords[^1] here.\n\n## B\n\nMore.\n\n[^1]: A note.\n"
    for notes in (Notes.SECTION, Notes.PLACE):
        reading, cues = page(text, Style(diction=Diction(Policy(notes=notes))))

        written = [each for each in reading.passages if not each.own]
        assert written[-1].block.kind is BlockKind.NOTE
        assert heard(written[-1]) == ["A note."]
        assert written[-1].heard[0].cue < written[-2].heard[0].cue < len(cues)
    skipped, _ = page(text, Style(diction=Diction(Policy(notes=Notes.SKIP))))
    assert [each.why for each in skipped.passages if each.block.kind is BlockKind.NOTE] == ["notes = skip"]


def test_what_narrate_says_stands_with_what_it_is_said_of() -> None:
    """Before code that is left out, round a quotation; the opening first, the closing last."""
    style = Style(diction=Diction(Policy(quotes=Quotes.ANNOUNCE)))
    reading, _ = page("# T\n\nOne.\n\n> Said.\n\nTwo.\n\n```\nx = 1\n```\n", style)

    rows = [(each.own, each.block.text) for each in reading.passages]
    at = [text for _, text in rows].index("Said.")
    assert [own for own, _ in rows[at - 1 : at + 3]] == [True, False, True, False]
    code = next(place for place, each in enumerate(reading.passages) if each.block.kind is BlockKind.CODE)
    assert rows[code - 1][0]
    assert reading.passages[code].why == "code = say"
    assert rows[-1] == (True, "End of article.")


def test_an_edition_has_its_articles_one_after_the_other() -> None:
    """Each begins with its title and who wrote it; levels of headings are the script's."""
    one, two = (read(f"# {name}\n\n## Part\n\nText of {name}.\n".encode(), f"{name}.md") for name in ("Ant", "Bee"))
    reading, _ = along([one, two])

    texts = [each.block.text for each in reading.passages]
    assert texts.index("Ant") < texts.index("Text of Ant.") < texts.index("Bee") < texts.index("Text of Bee.")
    assert [each.article for each in reading.passages if each.block.text.startswith("Text")] == [0, 1]
    assert {each.block.level for each in reading.passages if each.block.kind is BlockKind.HEADING} == {3}


def test_a_script_alone_is_read_as_it_is_heard() -> None:
    """Without an article its segments are the blocks, what is skipped too."""
    article = read(b"# T\n\nOne. Two.\n\n```\nif x:\n    y = 1\n```\n", "a.md")
    script = load_script(dump_script(write_script([article], Style(), VOICE)).encode(), "a.yaml", Style())
    cues = cues_of(script)

    reading = reading_of([], script, cues)

    assert not reading.whole
    assert [each.segments for each in reading.passages] == [(each.id,) for each in script.segments]
    assert [text for each in reading.passages for text in heard(each)] == [cue.text for cue in cues]
    (code,) = (each for each in reading.passages if each.block.kind is BlockKind.CODE)
    assert (code.why, code.block.text) == ("code = say", "if x:\n    y = 1")


def test_what_no_voice_could_speak_says_so() -> None:
    """A sentence without a cue leaves its block unheard, and told."""
    article = read(b"# T\n\nOne.\n", "a.md")
    script = write_script([article], Style(), VOICE)
    cues = [cue for cue in cues_of(script) if cue.text != "One."]

    reading = reading_of([article], script, cues)

    assert [each.why for each in reading.passages if each.block.text == "One."] == ["no voice could speak it"]
