"""Written → spoken: what changes, what never may, and that every word is found again."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.model import Role, WordSpan
from narrate.script import speak_written
from narrate.script.dates import written_date
from narrate.script.spoken import made_safe, respoken, speak_as, utter

ANY_TEXT = st.text(max_size=120)
MARKUP = st.text(st.sampled_from("[]<>&;/ab1 \0\n\t*•🙂\u200b\u202e\ufeff\ue000!?"), max_size=60)
FORBIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\\[\\]<>&\u200b\u2028\u2029\u202a-\u202e\ufeff\ue000-\uf8ff\ud800-\udfff🙂]")

PAIRS = [
    ("en", "Dr. Who met Mrs. Lee at St. John’s.", "Doctor Who met Missus Lee at Saint John’s."),
    ("en", "On Main St. in town, at No. 5.", "On Main Street in town, at number five."),
    ("en", "No. He said no.", "No. He said no."),
    ("en", "Fruit, e.g. apples, i.e. food, etc.", "Fruit, for example apples, that is food, et cetera."),
    ("en", "Apples, pears etc. are fruit.", "Apples, pears et cetera are fruit."),
    ("en", "Smith vs. Jones, Inc.", "Smith versus Jones, Incorporated."),
    ("en", "See Fig. 3 on p. 12.", "See Figure three on page twelve."),
    ("en", "R&D at AT&T and Marks & Spencer", "R and D at A.T and T and Marks and Spencer"),
    ("en", "5 < 6 and p <0.05", "five less than six and p less than zero point zero five"),
    ("en", "<speak>Hi</speak>", " speak Hi /speak "),
    ("en", "Say [[h@l'oU]] now [12].", "Say h@l'oU now."),
    ("en", "a\0b\x07c", "abc"),
    ("en", "one\ttwo\nthree", "one two three"),
    ("en", "Fine 🙂 now 👍🏽", "Fine now"),
    ("en", "a • b *** c", "a b c"),
    ("en", "What?!?!?!?!?!?!", "What? "),
    (
        "en",
        "Nothing to change – (of this) “here”… or * there_x.",
        "Nothing to change – (of this) “here”… or * there_x.",
    ),
    ("en", "Dr.", "Doctor"),
    ("de", "Prof. Müller, z. B. in Nr. 5 usw.", "Professor Müller, zum Beispiel in Nummer 5 und so weiter."),
    ("fr", "M. Dupont, p. ex. à Paris", "Monsieur Dupont, par exemple à Paris"),
    ("de", "Dr. and e.g.", "Dr. and e.g."),
]


@pytest.mark.parametrize(("language", "written", "spoken"), PAIRS)
def test_golden_pairs(language: str, written: str, spoken: str) -> None:
    """Each class of tokens has a pair, and so has what looks like one and is not."""
    assert speak_written(written, language)[0] == spoken


@pytest.mark.parametrize(
    "written", ["It is plain, isn’t it? Yes: “so” – of users’ things; well…", "Žluťoučký kůň.", ""]
)
def test_text_that_needs_no_change_comes_out_byte_for_byte(written: str) -> None:
    """Nothing invented: the spoken form is the written one, and every word stands where it stood."""
    spoken, words = speak_written(written, "en")

    assert spoken == written
    assert all((w.written_start, w.written_end) == (w.spoken_start, w.spoken_end) for w in words)


@given(ANY_TEXT | MARKUP, st.sampled_from(list(Role)))
def test_no_engine_ever_sees_markup(written: str, role: Role) -> None:
    """Text is text: no brackets of any engine's markup, no control characters, no NUL, no emoji reach a voice."""
    assert not FORBIDDEN.search(speak_as(written, "en", role)[0])


@given(ANY_TEXT | MARKUP)
def test_no_spoken_form_of_a_script_is_markup(spoken: str) -> None:
    """The spoken form that a file gives is made harmless as well, once and for all."""
    safe = made_safe(spoken)

    assert not FORBIDDEN.search(safe)
    assert made_safe(safe) == safe


@given(ANY_TEXT | MARKUP, st.sampled_from(["cy", "zh"]))
def test_no_letter_is_lost(written: str, language: str) -> None:
    """Where a language has no rows of its own every letter and digit is spoken, in order."""
    kept = "".join(filter(str.isalnum, re.sub(r"[.&<>]|\d", "", written)))
    spoken = "".join(filter(str.isalnum, speak_written(re.sub(r"[.&<>]|\d", "", written), language)[0]))

    assert spoken == kept


@given(ANY_TEXT | MARKUP | st.sampled_from([pair[1] for pair in PAIRS]), st.sampled_from(list(Role)))
def test_word_maps_are_in_order_and_inside(written: str, role: Role) -> None:
    """Spans neither overlap nor leave their text, and hold something that can be heard, without blanks around it."""
    spoken, words = speak_as(written, "en", role)

    check_map(written, spoken, words)


@given(ANY_TEXT | MARKUP, ANY_TEXT | MARKUP)
def test_word_maps_of_given_forms_are_in_order_and_inside(written: str, spoken: str) -> None:
    """The same holds for a spoken form that has nothing to do with the written one."""
    made = respoken(utter(written, "en", Role.BODY), spoken)

    check_map(made.written, made.spoken, made.words)


def check_map(written: str, spoken: str, words: tuple[WordSpan, ...]) -> None:
    """Assert the laws of a word map."""
    last = WordSpan(0, 0, 0, 0)
    for word in words:
        assert last.written_end <= word.written_start < word.written_end <= len(written)
        assert last.spoken_end <= word.spoken_start < word.spoken_end <= len(spoken)
        assert written[word.written_start : word.written_end].strip() == written[word.written_start : word.written_end]
        assert any(map(str.isalnum, spoken[word.spoken_start : word.spoken_end]))
        last = word


def said(written: str, spoken: str, words: tuple[WordSpan, ...]) -> list[tuple[str, str]]:
    """A word map as pairs of words."""
    return [(written[w.written_start : w.written_end], spoken[w.spoken_start : w.spoken_end]) for w in words]


def test_changed_words_are_found_again() -> None:
    """An expanded word is timed by all of its spoken words, its neighbours by their own."""
    written = "Dr. Lee of R&D, e.g. *** here."

    assert said(written, *speak_written(written, "en")) == [
        ("Dr.", "Doctor"),
        ("Lee", "Lee"),
        ("of", "of"),
        ("R&D,", "R and D,"),
        ("e.g.", "for example"),
        ("here.", "here."),
    ]


def test_a_token_of_two_words_is_one_span() -> None:
    """What one row replaces together is timed together."""
    written = "das z. B. hier"

    assert said(written, *speak_written(written, "de")) == [
        ("das", "das"),
        ("z. B.", "zum Beispiel"),
        ("hier", "hier"),
    ]


def test_given_spoken_forms_are_mapped_by_what_is_alike() -> None:
    """Words alike pair off; between them as many pair one by one, others as one."""
    made = respoken(utter("It cost $3.2bn in all", "en", Role.BODY), "It cost three point two billion dollars in all")

    assert said(made.written, made.spoken, made.words) == [
        ("It", "It"),
        ("cost", "cost"),
        ("$3.2bn", "three point two billion dollars"),
        ("in", "in"),
        ("all", "all"),
    ]


@pytest.mark.parametrize(
    ("role", "language", "written", "spoken"),
    [
        (Role.HEADING, "en", "The Rise", "The Rise."),
        (Role.HEADING, "en", "The Rise?", "The Rise?"),
        (Role.TITLE, "en", "“So it goes.”", "“So it goes.”"),
        (Role.TITLE, "en", "The Rise (2026) 🙂", "The Rise (twenty twenty-six)."),
        (Role.TITLE, "zh", "标题", "标题。"),
        (Role.LIST_ITEM, "en", "3. Apples", "three: Apples."),
        (Role.BODY, "en", "Apples", "Apples"),
        (Role.BODY, "en", "3. Apples", "three. Apples"),
        (Role.HEADING, "en", "…", "…"),
        (
            Role.ANNOUNCEMENT,
            "en",
            "Published November 24, 2026.",
            "Published November twenty fourth, twenty twenty-six.",
        ),
        (Role.ANNOUNCEMENT, "en-GB", "Published 3 May 1905.", "Published the third of May nineteen oh five."),
        (Role.BODY, "en", "Published November 24, 2026.", "Published November twenty fourth, twenty twenty-six."),
    ],
)
def test_some_things_depend_on_the_role(role: Role, language: str, written: str, spoken: str) -> None:
    """Titles, headings and items end in a fall of the voice; only narrate's own dates are spoken out here."""
    assert speak_as(written, language, role)[0] == spoken


def test_a_full_stop_belongs_to_the_end_of_the_sentence() -> None:
    """The first part of a long heading is not ended."""
    assert speak_as("The Rise and ", "en", Role.HEADING, ends=False)[0] == "The Rise and "


@given(st.dates(date(1000, 1, 1), date(2999, 12, 31)), st.sampled_from(["en", "en-US", "en-GB"]))
def test_every_date_of_an_opening_is_spoken_in_words(day: date, language: str) -> None:
    """No digit of a date is left to the engine."""
    spoken = speak_as(f"Published {written_date(day, language)}.", language, Role.ANNOUNCEMENT)[0]

    assert not re.search(r"\d", spoken)
    assert spoken.endswith(".")


def test_the_room_is_light() -> None:
    """Importing the room loads neither YAML nor the sentence splitter: `narrate --help` is instant."""
    code = "import sys, narrate.script; print({'yaml', 'sentencex', 'difflib'} & set(sys.modules))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert result.stdout.strip() == "set()"
