"""What marks ask for: the rest of a text is spoken as if what they take away were not there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.model import Block, BlockKind, Mark, MarkKind, Policy, Role, Source, Style
from narrate.model.diction import Links
from narrate.script.formulas import formula_words
from narrate.script.marked import between, split_marked
from narrate.script.marks import edits_of
from narrate.script.normalise import Edit
from narrate.script.spoken import speak_as
from narrate.script.utterances import Sentence, parts_of

WORDS = st.lists(
    st.sampled_from(["word", "1998", "Dr. Who", "$5", "[12]", "end.", "(a)", "3.5", "Louis XIV", "“Yes.”", "x"]),
    min_size=1,
    max_size=8,
).map(" ".join)


@st.composite
def texts_with_drops(draw: st.DrawFn) -> tuple[str, tuple[Edit, ...]]:
    """A text, and stretches of it that are taken away: in order, apart."""
    text = draw(WORDS)
    ends = sorted(draw(st.sets(st.integers(0, len(text)), max_size=6)))
    pairs = zip(ends[::2], ends[1::2], strict=False)
    return text, tuple(Edit(start, end, "", "test") for start, end in pairs)


def without(text: str, drops: tuple[Edit, ...]) -> str:
    """The text that is left."""
    for drop in reversed(drops):
        text = text[: drop.start] + text[drop.end :]
    return text


@given(texts_with_drops())
def test_what_is_left_is_spoken_as_if_it_stood_alone(made: tuple[str, tuple[Edit, ...]]) -> None:
    """Taking away and then speaking is speaking and taking away."""
    text, drops = made

    assert speak_as(text, "en", Role.BODY, given=drops)[0] == speak_as(without(text, drops), "en", Role.BODY)[0]


@given(texts_with_drops())
def test_words_are_found_again_beside_what_is_taken_away(made: tuple[str, tuple[Edit, ...]]) -> None:
    """The word map stays in order and inside both texts."""
    text, drops = made

    spoken, words = speak_as(text, "en", Role.BODY, given=drops)

    assert all(0 <= w.written_start < w.written_end <= len(text) for w in words)
    assert all(0 <= w.spoken_start < w.spoken_end <= len(spoken) for w in words)
    assert [w.written_start for w in words] == sorted(w.written_start for w in words)


@given(texts_with_drops(), st.integers(1, 40))
def test_a_sentence_in_parts_keeps_every_character(made: tuple[str, tuple[Edit, ...]], limit: int) -> None:
    """Marks change what is spoken; what is written concatenates to the sentence."""
    text, drops = made

    parts = parts_of(Sentence(text, "en", edits=drops), Role.BODY, Style(utterance_characters=limit))

    assert "".join(part.written for part in parts) == text


@given(texts_with_drops(), st.data())
def test_edits_of_stretches_are_those_of_the_whole(made: tuple[str, tuple[Edit, ...]], data: st.DataObject) -> None:
    """Cut anywhere, what is taken away is the same."""
    text, drops = made
    cut = data.draw(st.integers(0, len(text)))

    left = without(text[:cut], between(drops, 0, cut))
    right = without(text[cut:], between(drops, cut, len(text)))

    assert left + right == without(text, drops)


@given(texts_with_drops())
def test_pieces_of_a_marked_text_follow_on_one_another(made: tuple[str, tuple[Edit, ...]]) -> None:
    """They begin at its start, end at its end, and none is empty."""
    text, drops = made

    pieces = split_marked(text, drops, lambda bare: [bare[:3], bare[3:]])

    assert "".join(text[start:end] for start, end in pieces) == text
    assert all(end > start for start, end in pieces)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("See this page.", "See this page, link."),
        ("See this page now.", "See this page, link, now."),
        ("See this page", "See this page, link"),
        ("See this page, please.", "See this page, link, please."),
    ],
)
def test_a_link_is_told_after_its_words(text: str, said: str) -> None:
    """With a comma where the sentence goes on, none where a sign stands already; links within a page are none."""
    links = Policy(links=Links.ANNOUNCE)
    block = Block(
        BlockKind.PARAGRAPH, text, Source(0, 0, 1), marks=(Mark(MarkKind.LINK, 4, 13, "https://example.org/"),)
    )
    inside = Block(BlockKind.PARAGRAPH, text, Source(0, 0, 1), marks=(Mark(MarkKind.LINK, 4, 13, "#below"),))

    assert speak_as(text, "en", Role.BODY, given=edits_of(block, "en", links))[0] == said
    assert edits_of(block, "en", Policy()) == ()
    assert edits_of(inside, "en", links) == ()


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("$x_1 + x_2 = 5$", "x sub 1 plus x sub 2 equals 5"),
        (r"$$\int_0^\infty f(x)\,dx$$", "the integral from 0 to infinity f x dx"),
        (r"a \leq b", "a is at most b"),
        (r"n^{10}", "n to the power of 10"),
        (r"f'(x)", "f prime x"),
        (r"90^\circ", "90 degrees"),
        (r"\alpha \to \beta", "alpha goes to beta"),
        ("}{^_", "to the power of sub"),
        ("{" * 300 + "x" + "}" * 300, "x"),
    ],
)
def test_formulas_are_said_as_at_a_blackboard(written: str, said: str) -> None:
    """What TeX writes in signs; what is no formula is read as far as it has words, and nesting has an end."""
    assert formula_words(written, "en") == said


@given(st.text(st.sampled_from("\\^_{}$abc123+-=/() \\frac\\sqrt\\sum"), max_size=80))
def test_any_formula_is_read_without_harm(text: str) -> None:
    """Broken TeX is no error."""
    assert isinstance(formula_words(text, "de"), str)
