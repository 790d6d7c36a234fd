"""The table that a person writes: what a line may say, and the sentence for each that is wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.errors import SettingsError
from narrate.model import Lexeme
from narrate.script import line_of, read_lexicon, with_added, write_lexicon

LINES = [
    ("Nguyen = win", Lexeme("Nguyen", "win")),
    ('Nguyen = "win"', Lexeme("Nguyen", "win")),
    ("  Nguyen=win   # said so ", Lexeme("Nguyen", "win")),
    ("Xi  Jinping = Shee Jinping /'ʃi: dʒɪn.pɪŋ/", Lexeme("Xi Jinping", "Shee Jinping", "ˈʃiː dʒɪn.pɪŋ")),
    ("quinoa = /kˈiːnwɑː/", Lexeme("quinoa", "", "kˈiːnwɑː")),
    ("AC/DC = A C D C", Lexeme("AC/DC", "A C D C", exact_case=True)),
    ("polish = Poe lish [case, en-GB]", Lexeme("polish", "Poe lish", language="en-GB", exact_case=True)),
    ("WHO = W H O", Lexeme("WHO", "W H O", exact_case=True)),
    ("GIF = jif [any case]", Lexeme("GIF", "jif")),
    ('"E=mc2" = "E equals M C squared"', Lexeme("E=mc2", "E equals M C squared")),
    ("C# = C sharp", Lexeme("C#", "C sharp")),
    ("Cafe\u0301 = caff ay", Lexeme("Café", "caff ay")),
]


@pytest.mark.parametrize(("line", "entry"), LINES)
def test_a_line_is_an_entry(line: str, entry: Lexeme) -> None:
    """Word, phrase, capitals, language, phonemes: each has its place on the line."""
    assert read_lexicon(line, "a.txt") == (entry,)


def test_a_language_holds_for_the_lines_below_it() -> None:
    """A line with a language in brackets is a heading, an entry may have one of its own; notes are passed over."""
    lines = (
        "\ufeff# mine",
        "Nguyen = win",
        "[de]  # German",
        "Job = Dschobb",
        "Montage = x [fr]",
        "",
        "[*]",
        "Kyiv = kiev",
    )
    text = "\r\n".join(lines)

    entries = read_lexicon(text, "a.txt")

    assert [(entry.written, entry.language) for entry in entries] == [
        ("Nguyen", ""),
        ("Job", "de"),
        ("Montage", "fr"),
        ("Kyiv", ""),
    ]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("Nguyen", "“Nguyen” is no entry; a line is 'word = how it is said'"),
        ("Nguyen =", "'Nguyen' is not told how it is said"),
        ("Nguyen = # win", "'Nguyen' is not told how it is said"),
        ("= win", "“” is no word that can stand in a text"),
        ("Nguyen = [[w@n]]", "is no entry"),
        ("Nguyen = win [loud]", "there is no option 'loud'; allowed: case, any case or a language such as de"),
        ("Nguyen = /w@n/", "the sign '@' (U+0040) is not of the International Phonetic Alphabet"),
        ("Nguyen = /ˈː/", "“ˈː” has no letter of the International Phonetic Alphabet"),
        ("Nguyen = …", "“…” cannot be said; allowed are words, spelled as they sound"),
        (f"Nguyen = {'win' * 70}", "has more than 200 characters"),
        ("Kyiv = keeve\nKYIV = keeve [any case]", "'KYIV' stands on line 1 already; keep one of the two"),
    ],
)
def test_a_wrong_line_is_told_with_its_place(line: str, problem: str) -> None:
    """The file, the line, and what is allowed, in one sentence."""
    with pytest.raises(SettingsError) as refused:
        read_lexicon(line, "names.txt")

    assert str(refused.value).startswith(f"names.txt, line {line.count(chr(10)) + 1}: ")
    assert problem in str(refused.value)


PIECES = st.text(alphabet='ab É=/"[]#*\n,.deɪˈ@', max_size=8)


@given(st.lists(st.tuples(PIECES, PIECES).map(" = ".join) | PIECES, max_size=5).map("\n".join) | st.text(max_size=40))
def test_any_text_is_a_lexicon_or_gets_one_sentence(text: str) -> None:
    """Whatever is read can be written and reads back the same; all else is one sentence that names a line."""
    entries: tuple[Lexeme, ...] = ()
    refusal = ""
    try:
        entries = read_lexicon(text, "a.txt")
    except SettingsError as refused:
        refusal = str(refused)

    assert not refusal or refusal.startswith("a.txt, line ")
    assert "\n" not in refusal
    assert read_lexicon(write_lexicon(entries), "b.txt") == entries
    assert tuple(read_lexicon(line_of(entry), "c.txt")[0] for entry in entries) == entries


def test_adding_leaves_alone_what_a_person_wrote() -> None:
    """Entries come at the end, under their language; those for the same words go; notes, order and blanks stay."""
    text = "# mine\n\nKyiv = kiev\n[de]\nJob = Dschobb\n"
    added = [Lexeme("kyiv", "keeve"), Lexeme("Job", "Jobb", "", "de")]

    assert with_added(text, added, "a.txt") == ("# mine\n\n[de]\n[*]\nkyiv = keeve\n[de]\nJob = Jobb\n", 2)
