"""Sentences: where they end, where they do not, and how long ones are parted."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.model import Role, Style
from narrate.script.sentences import split_parts, split_sentences
from narrate.script.utterances import Sentence, parts_of, sentences_of, utterances_of

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)
PROSE = st.text(st.sampled_from("aB .,;:!?…“”\"'’()[]-–1 \n。é🙂"), max_size=400)

PAIRS = [
    ("Dr. Smith met Mrs. O’Neil. She left.", ["Dr. Smith met Mrs. O’Neil.", "She left."]),
    ("J. K. Rowling and George W. Bush met. They spoke.", ["J. K. Rowling and George W. Bush met.", "They spoke."]),
    ("It rose 3.5 percent. Then 2.1.", ["It rose 3.5 percent.", "Then 2.1."]),
    ("Well... no. He left… and came back.", ["Well... no.", "He left… and came back."]),
    ("“Why?” she asked. “I know.”", ["“Why?” she asked.", "“I know.”"]),
    ("“Go!” John said. “Now!” Mary Smith asked him.", ["“Go!” John said.", "“Now!” Mary Smith asked him."]),
    ("“Go!” Then he left.", ["“Go!”", "Then he left."]),
    ('She said "Go. Now!" to him. Good.', ['She said "Go. Now!" to him.', "Good."]),
    ("1. One thing. 2. Two.", ["1. One thing.", "2. Two."]),
    ("See e.g. Smith. Foo vs. Bar.", ["See e.g. Smith.", "Foo vs. Bar."]),
    ("(See Fig. 3.) Then go.", ["(See Fig. 3.)", "Then go."]),
    ("No. 5 is alive. No. He said so.", ["No. 5 is alive.", "No.", "He said so."]),
    ("Visit www.example.com. Then call foo.bar() twice.", ["Visit www.example.com.", "Then call foo.bar() twice."]),
    ("He left at 5 p.m. Monday. Good.", ["He left at 5 p.m. Monday.", "Good."]),
    ("Is it? Yes! No.", ["Is it?", "Yes!", "No."]),
    ("One. *** Two.", ["One.", "*** Two."]),
    ("Wait.Really? Fine.", ["Wait.Really?", "Fine."]),
    ("Foo et al. Found it. Bar et al. (2019) did too.", ["Foo et al.", "Found it.", "Bar et al. (2019) did too."]),
    ("As Foo et al. found, it works. Good.", ["As Foo et al. found, it works.", "Good."]),
    ("The end.[12] Next one.[3] Last.", ["The end.[12]", "Next one.[3]", "Last."]),
    ("The end.¹ Next one.² Last.", ["The end.¹", "Next one.²", "Last."]),
    (
        "Ft. Worth and St. Paul grew. On Main St. He waited.",
        ["Ft. Worth and St. Paul grew.", "On Main St.", "He waited."],
    ),
    ("He paid 5 lbs. of gold for 3 oz. of silver. So.", ["He paid 5 lbs. of gold for 3 oz. of silver.", "So."]),
    (
        "The U.S. Senate voted. He lives in the U.S. He likes it.",
        ["The U.S. Senate voted.", "He lives in the U.S.", "He likes it."],
    ),
    ("Yahoo! said so. “What?!” he asked. What?! Yes.", ["Yahoo! said so.", "“What?!” he asked.", "What?!", "Yes."]),
    ("Version 2.0. was late. It cost $3.5 million.", ["Version 2.0. was late.", "It cost $3.5 million."]),
    ("Apple Inc. said so. Ford Motor Co. Then left.", ["Apple Inc. said so.", "Ford Motor Co.", "Then left."]),
    ("See https://a.b/c.d?e=f. Then www.x.org/y. Call.", ["See https://a.b/c.d?e=f.", "Then www.x.org/y.", "Call."]),
    ("Jan. 5 was cold. He has a Ph.D. She has none.", ["Jan. 5 was cold.", "He has a Ph.D.", "She has none."]),
    ("这是一句。那是两句！", ["这是一句。", "那是两句！"]),
    ("河流向大海。2024年很好。", ["河流向大海。", "2024年很好。"]),
]


@pytest.mark.parametrize(("text", "wanted"), PAIRS)
def test_sentences_end_where_a_reader_ends_them(text: str, wanted: list[str]) -> None:
    """Abbreviations, initials, quotations, decimals, ellipses and list numbers end no sentence by themselves."""
    assert [each.written for each in sentences_of(text, "en")] == wanted


def test_german_ordinals_do_not_end_sentences() -> None:
    """A number with a full stop is an ordinal where the language writes it so."""
    text = "Am 3. Tag kam Prof. Dr. Müller z. B. nach Bonn. Der 2. Weltkrieg."

    assert [each.written for each in sentences_of(text, "de")] == [
        "Am 3. Tag kam Prof. Dr. Müller z. B. nach Bonn.",
        "Der 2. Weltkrieg.",
    ]


def test_a_long_quotation_is_taken_apart() -> None:
    """A quotation of many sentences is many sentences once it is longer than an utterance."""
    text = "“" + "This is one of the sentences he said. " * 12 + "And this is the last.”"

    assert len(sentences_of(text, "en")) == 13


@given(ANY_TEXT | PROSE)
def test_sentences_concatenate_to_the_text(text: str) -> None:
    """Nothing lost: sentences with the blanks after them are the text."""
    assert "".join(split_sentences(text, "en")) == text


@given(ANY_TEXT | PROSE, st.integers(min_value=1, max_value=60))
def test_parts_concatenate_and_are_short(text: str, limit: int) -> None:
    """Parts are the sentence, none of them empty or longer than the limit."""
    parts = split_parts(text, limit)

    assert "".join(parts) == text
    assert all(len(part) <= limit for part in parts)
    assert all(parts) or not text


@given(st.lists(st.text("abc,;.", min_size=1, max_size=20), min_size=1, max_size=60), st.integers(20, 60))
def test_words_are_not_parted(words: list[str], limit: int) -> None:
    """Where no word is longer than the limit every part ends at a blank."""
    parts = split_parts(" ".join(words), limit)

    assert [word for part in parts for word in part.split()] == words


def test_parts_end_at_the_ends_of_clauses() -> None:
    """A semicolon is a better place than a comma, a comma a better one than a blank."""
    assert split_parts("one two three, four; five six seven, eight nine", 30) == [
        "one two three, four; ",
        "five six seven, eight nine",
    ]
    assert split_parts("one two three, four five six seven", 20) == ["one two three, ", "four five six seven"]


def test_a_combining_sign_stays_with_its_letter() -> None:
    """Even a word that must be parted is not parted between a letter and its accent."""
    parts = split_parts("e\u0301" * 20, 5)

    assert all(part.startswith("e") for part in parts)


def test_an_unpunctuated_page_is_spoken_in_bounded_parts() -> None:
    """20,000 characters without an end mark: every utterance is at most 350 characters and ends between words."""
    page = ("word after word " * 1250).strip()
    utterances = utterances_of(sentences_of(page, "en"), Role.BODY, Style())

    assert "".join(each.written for each in utterances) == page
    assert max(len(each.spoken) for each in utterances) <= 350
    assert [each.ends_sentence for each in utterances].count(True) == 1
    assert all(each.written.endswith(" ") for each in utterances[:-1])


def test_pauses_follow_from_where_a_part_ends() -> None:
    """150 ms between the parts of a sentence, 350 ms between sentences, none after the last."""
    text = "word " * 100 + "end. Next one. Last."
    utterances = utterances_of(sentences_of(text, "en"), Role.BODY, Style())

    assert [each.pause_ms for each in utterances] == [150, 350, 350, 0]


def test_a_spoken_form_is_short_too() -> None:
    """What is spoken longer than written ("e.g.") still fits the engine."""
    parts = parts_of(Sentence("e.g. " * 60 + "end", "en"), Role.BODY, Style(utterance_characters=300))

    assert max(len(part.spoken) for part in parts) <= 300
    assert "".join(part.written for part in parts) == "e.g. " * 60 + "end"


@given(ANY_TEXT | PROSE, st.integers(min_value=10, max_value=60))
def test_every_utterance_can_be_heard_if_any_can(text: str, limit: int) -> None:
    """Engines give no sound for signs alone, so no utterance consists of them, however long the run.

    At most eight of them, with blanks between, make the utterance before longer.
    """
    text = f"{text} word"
    style = Style(utterance_characters=limit)
    utterances = utterances_of(sentences_of(text, "en"), Role.BODY, style)

    assert all(any(map(str.isalnum, each.spoken)) for each in utterances)
    assert max(len(each.spoken) for each in utterances) <= limit + 18


@pytest.mark.parametrize("text", ["... " * 50_000, "a. " * 50_000, "x" * 500_000, "-" * 500_000, "“a. " * 20_000])
def test_hostile_text_costs_no_more_than_its_length(text: str) -> None:
    """No text makes splitting quadratic."""
    start = time.process_time()
    for sentence in split_sentences(text, "en"):
        split_parts(sentence, 350)

    assert time.process_time() - start < 2


def test_a_french_title_ends_no_sentence() -> None:
    """A name follows "M." in French, and no sentence ends there."""
    assert split_sentences("Il rit, a dit M. Dupont. Il part.", "fr") == ["Il rit, a dit M. Dupont. ", "Il part."]


def test_a_long_sentence_is_parted_at_no_abbreviation() -> None:
    """Parts end at clauses and commas; the full stop of "etc. and" is none of a sentence."""
    text = "word " * 40 + "z. B. " + "word " * 40 + "so, " + "word " * 20
    assert not any(part.rstrip().endswith(("z.", "B.")) for part in split_parts(text, 350))
