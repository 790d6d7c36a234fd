"""Where notes are heard, how they are announced, and that their marks never are."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from narrate.model import Article, Block, BlockKind, Mark, MarkKind, Origin, Source, Style, Voice
from narrate.model.diction import Notes
from narrate.script import write_script
from narrate.script.notes import in_order

StyleOf = Callable[..., Style]


def block(kind: str, text: str, *refers: str, level: int = 0, note: str = "") -> Block:
    """A block that ends in the marks of the notes it refers to, as figures from 1."""
    marks: list[Mark] = []
    for number, name in enumerate(refers, 1):
        written = name if name.isdigit() else str(number)
        marks.append(Mark(MarkKind.NOTE_REFERENCE, len(text), len(text) + len(written), name))
        text += written
    return Block(BlockKind(kind), text, Source(0, 0, 1), level, 0, tuple(marks), note=note)


def heard(blocks: list[Block], style: Style, joe: Voice) -> list[str]:
    """What is said between the opening and the closing, a segment an item."""
    numbered = [
        Block(b.kind, b.text, Source(100 * n, 100 * n + 9, n + 1), b.level, b.number, b.marks, note=b.note)
        for n, b in enumerate(blocks)
    ]
    script = write_script([Article("T", tuple(numbered), Origin("x"), "0" * 64, "en")], style, joe)
    said = [" ".join(each.spoken for each in segment.utterances) for segment in script.segments if not segment.skip]
    return said[1:-1]


SECTIONS = [
    block("paragraph", "Start.", "1"),
    block("heading", "One", level=2),
    block("paragraph", "Body.", "3", "2"),
    block("heading", "Deep", level=3),
    block("paragraph", "More.", "4"),
    block("heading", "Two", level=2),
    block("paragraph", "End."),
    block("heading", "Notes", level=2),
    block("note", "First.", note="1"),
    block("note", "Second.", note="2"),
    block("note", "Third.", note="3"),
    block("note", "Fourth.", note="4"),
]


def test_notes_are_heard_at_the_end_of_their_section(joe: Voice, style: StyleOf) -> None:
    """Before the next heading of the same or a higher level, in order of reference; their heading heads nothing."""
    assert heard(SECTIONS, style(), joe) == [
        "Start.",
        "Note one: First.",
        "One.",
        "Body.",
        "Deep.",
        "More.",
        "Note three: Third.",
        "Note two: Second.",
        "Note four: Fourth.",
        "Two.",
        "End.",
    ]


def test_notes_in_place_follow_their_paragraph(joe: Voice, style: StyleOf) -> None:
    """Right after the block that refers to them, in order of reference."""
    said = heard(SECTIONS, style(notes=Notes.PLACE), joe)

    assert said[:2] == ["Start.", "Note one: First."]
    assert said[3:6] == ["Body.", "Note three: Third.", "Note two: Second."]


def test_notes_that_are_skipped_leave_no_trace(joe: Voice, style: StyleOf) -> None:
    """Neither their words nor their heading nor their marks are heard."""
    assert heard(SECTIONS, style(notes=Notes.SKIP), joe) == [
        "Start.",
        "One.",
        "Body.",
        "Deep.",
        "More.",
        "Two.",
        "End.",
    ]


def test_a_note_that_nothing_refers_to_stays_where_it_stands(joe: Voice, style: StyleOf) -> None:
    """And its heading is heard then."""
    blocks = [
        block("paragraph", "Start."),
        block("heading", "Notes", level=2),
        block("note", "Alone.", note="9"),
        block("paragraph", "After."),
    ]

    assert heard(blocks, style(), joe) == ["Start.", "Notes.", "Note: Alone.", "After."]


def test_a_note_in_a_heading_waits_for_the_words_below_it(joe: Voice, style: StyleOf) -> None:
    """In place it follows the first paragraph: a heading and its text are not parted."""
    blocks = [
        block("paragraph", "Start."),
        block("heading", "One", "1", level=2),
        block("paragraph", "Body."),
        block("note", "First.", note="1"),
    ]

    assert heard(blocks, style(notes=Notes.PLACE), joe)[1:] == ["One.", "Body.", "Note one: First."]


def test_a_note_of_a_note_follows_it(joe: Voice, style: StyleOf) -> None:
    """Each once, though they refer to each other."""
    blocks = [
        block("paragraph", "Start.", "1"),
        block("note", "First.", "2", note="1"),
        block("note", "Second.", "1", note="2"),
    ]

    assert heard(blocks, style(), joe) == ["Start.", "Note one: First.", "Note two: Second."]


def test_a_note_of_several_paragraphs_is_announced_once(joe: Voice, style: StyleOf) -> None:
    """The second has no words of narrate's before it."""
    blocks = [block("paragraph", "Start.", "a"), block("note", "One.", note="a"), block("note", "Two.", note="a")]

    assert heard(blocks, style(), joe) == ["Start.", "Note one: One.", "Two."]


@pytest.mark.parametrize(
    ("text", "span", "said"),
    [
        ("It was 19981 then.", (11, 12), "It was nineteen ninety-eight then."),
        ("A word1 more.", (6, 7), "A word more."),
        ("It ended.1 Then it began.", (9, 10), "It ended. Then it began."),
        ("It ended [1]. Then it began.", (9, 12), "It ended. Then it began."),
        ("It ended. [1] Then it began.", (10, 13), "It ended. Then it began."),
        ("“It ended.”1", (11, 12), "“It ended.”"),
        ("One (1) two.", (5, 6), "One two."),
        ("1 It began.", (0, 1), "It began."),
        ("5 km2 of it.", (4, 5), "five kilometers of it."),
    ],
)
def test_the_mark_of_a_note_is_never_read(
    text: str, span: tuple[int, int], said: str, joe: Voice, style: StyleOf
) -> None:
    """Under any policy; the text round it is said, and divided into sentences, as if it were not there."""
    made = Block(BlockKind.PARAGRAPH, text, Source(0, 0, 1), marks=(Mark(MarkKind.NOTE_REFERENCE, *span, "1"),))

    for choice in Notes:
        assert heard([made], style(notes=choice), joe) == [said]


def test_marks_side_by_side_go_together(joe: Voice, style: StyleOf) -> None:
    """With the signs between them and the brackets round them."""
    text = "So it is [1], [2] and was (3; 4)."
    spans = [(9, 12), (14, 17), (27, 28), (30, 31)]
    marks = tuple(Mark(MarkKind.NOTE_REFERENCE, *span, "x") for span in spans)

    assert heard([Block(BlockKind.PARAGRAPH, text, Source(0, 0, 1), marks=marks)], style(), joe) == [
        "So it is and was."
    ]


def test_the_written_words_keep_the_mark(joe: Voice, style: StyleOf) -> None:
    """Transcript and page show the text as it stands; a chapter's title is without."""
    blocks = (
        Block(BlockKind.PARAGRAPH, "Start.", Source(0, 6, 1)),
        Block(BlockKind.HEADING, "Rivers1", Source(10, 17, 3), 2, marks=(Mark(MarkKind.NOTE_REFERENCE, 6, 7, "1"),)),
        Block(BlockKind.PARAGRAPH, "End.", Source(20, 24, 5)),
    )
    script = write_script([Article("T", blocks, Origin("x"), "0" * 64, "en")], style(), joe)

    heading = next(each for each in script.segments if each.role == "heading")
    assert (heading.utterances[0].written, heading.utterances[0].spoken) == ("Rivers1", "Rivers.")
    assert heading.chapter == "Rivers"


NAMES = st.sampled_from(["1", "2", "3", "x"])
BLOCKS = st.lists(
    st.one_of(
        st.builds(lambda refs: block("paragraph", "Body.", *refs), st.lists(NAMES, max_size=3)),
        st.builds(lambda level: block("heading", "Head", level=level), st.integers(1, 4)),
        st.builds(lambda name, refs: block("note", "Note.", *refs, note=name), NAMES, st.lists(NAMES, max_size=2)),
    ),
    max_size=14,
)


@given(BLOCKS, st.sampled_from(list(Notes)))
@settings(max_examples=200)
def test_every_block_has_its_turn_once(blocks: list[Block], notes: Notes) -> None:
    """Whatever refers to what: the order is a permutation, and all but notes keep theirs."""
    order = list(in_order(blocks, notes))

    assert sorted(order) == list(range(len(blocks)))
    others = [number for number in order if blocks[number].kind is not BlockKind.NOTE]
    assert others == sorted(others)
