"""Words of a lexicon in sentences: whole words, the longest, with their endings, and where the phonemes stand."""

from __future__ import annotations

import re
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.model import Diction, Lexeme, Role, Script, Segment, Style
from narrate.script import dump_script, load_script, read_lexicon, speak_written, utter, with_own

NAMES = read_lexicon(
    """
    Nguyen = win /wˈɪn/
    Xi = shee
    Xi Jinping = Shee Jinping
    Kyiv = /kˈiːv/
    WHO = World Health
    Houthi = hoothie
    niche = neesh /nˈiːʃ/
    .NET = dot net
    C++ = C plus plus
    polish = Poe lish [case]
    Mass = Massachusetts [en-US]
    Élysée = ellie zay [fr]
    """,
    "names.txt",
)
DICTION = Diction(lexicon=NAMES)


def said(text: str, language: str = "en") -> str:
    """How body text is spoken by the names above."""
    return utter(text, language, Role.BODY, DICTION).spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("Nguyen came.", "win came."),
        ("Nguyen’s plan, the Nguyens’ plan", "win’s plan, the wins’ plan"),
        ("NGUYEN won; Xi Jinping and Xi did not.", "win won; Shee Jinping and shee did not."),
        ("Xi\u00a0Jinping", "Shee Jinping"),
        ("Who is at the WHO?", "Who is at the World Health?"),
        ("Houthis fired.", "hoothies fired."),
        ("A few niches, two niche markets", "A few neeshes, two neesh markets"),
        ("It runs on .NET, not C++.", "It runs on dot net, not C plus plus."),
        ("A polish of Polish, polish!", "A Poe lish of Polish, Poe lish!"),
        ("(Xi)-era “Xi”, pro-Xi/anti-Xi", "(shee)-era “shee”, pro-shee/anti-shee"),
        ("Xie, Xis, taxi, L’Xi, O’Xi", "Xie, Xis, taxi, L’Xi, O’Xi"),
        ("Ask @kyiv or x@xi.org", speak_written("Ask @kyiv or x@xi.org", "en")[0]),
        ("Dr. Nguyen & Xi", "Doctor win and shee"),
    ],
)
def test_whole_words_are_said_as_the_lexicon_has_them(written: str, spoken: str) -> None:
    """Never inside a word or an address; the longest first; possessives and plurals keep their endings."""
    assert said(written) == spoken


def test_an_entry_is_for_its_language_and_its_varieties() -> None:
    """An entry for en-US holds in en-US, one for French after an article that lost its vowel."""
    assert [said("Mass vote", language) for language in ("en", "en-GB", "en-US")] == [
        "Mass vote",
        "Mass vote",
        "Massachusetts vote",
    ]
    assert said("à l’Élysée", "fr") == "à l’ellie zay"
    assert said("at Élysée", "en") == "at Élysée"


def test_phonemes_stand_over_the_spoken_words() -> None:
    """A respelling or the word as written is there for voices that take no phonemes; endings are part of it."""
    utterance = utter("Dr. Nguyen’s niche & Kyiv’s, Nguyen.", "en", Role.BODY, DICTION)
    found = [(utterance.spoken[each.start : each.end], each.ipa) for each in utterance.pronunciations]

    assert utterance.spoken == "Doctor win’s neesh and Kyiv’s, win."
    assert found == [("win’s", "wˈɪnz"), ("neesh", "nˈiːʃ"), ("Kyiv’s", "kˈiːvz"), ("win", "wˈɪn")]


def test_earlier_entries_win_and_a_word_may_be_kept() -> None:
    """The article's own come first; a word said as itself stops all that come after."""
    own = with_own(DICTION, (Lexeme("Nguyen", "Nguyen"), Lexeme("Xi", "zee")))

    assert utter("Nguyen, Xi", "en", Role.BODY, own).spoken == "Nguyen, zee"
    assert utter("Nguyen", "en", Role.BODY, own).pronunciations == ()


def test_what_a_lexicon_says_is_text() -> None:
    """Markup in an entry that no table would take is no markup to a voice."""
    diction = Diction(lexicon=(Lexeme("Xi", "[[h@]] <b>"), Lexeme("R&D", "", "ɑːɹ ən diː")))

    assert utter("Xi", "en", Role.BODY, diction).spoken.strip() == "h@  b"
    assert utter("R&D", "en", Role.BODY, diction).spoken == "R and D"


@pytest.mark.parametrize("written", ["Nguyen met Xi Jinping in Kyiv.", "Dr. Nguyen’s niche. [1] WHO"])
@pytest.mark.parametrize("role", [Role.BODY, Role.HEADING])
def test_a_script_reads_back_the_same(written: str, role: Role) -> None:
    """A sentence spoken through the lexicon is a plain one in the file, and has its phonemes again."""
    edited = utter("Nguyen saw Kyiv.", "en", Role.BODY, DICTION)
    segments = (
        Segment("s-1", role, (utter(written, "en", role, DICTION),), 0),
        Segment("s-2", Role.BODY, (edited,), 0),
    )
    script = Script("T", "en", segments, lexicon=NAMES[:3])

    text = dump_script(script, DICTION).replace(
        '- "Nguyen saw', '- spoken: "Well, Kyiv saw win"\n    written: "Nguyen saw'
    )
    back = load_script(text, "a.yaml", Style(diction=DICTION))
    again = back.segments[1].utterances[0]

    assert f'- "{written}"' in text
    assert back.segments[0] == segments[0]
    assert back.lexicon == script.lexicon
    assert [(again.spoken[each.start : each.end], each.ipa) for each in again.pronunciations] == [("win", "wˈɪn")]


def test_a_script_carries_the_words_of_its_article() -> None:
    """Where the lexicon it was written by is not at hand, its own lines say how; a wrong one is told with its line."""
    script = Script(
        "T", "en", (Segment("s", Role.BODY, (utter("Nguyen", "en", Role.BODY, DICTION),), 0),), lexicon=NAMES[:1]
    )
    text = dump_script(script)

    assert load_script(text, "a.yaml", Style()).segments == script.segments
    with pytest.raises(Exception, match=r"a\.yaml, line \d+: lexicon: “Nguyen” is no entry"):
        load_script(text.replace("Nguyen = win /wˈɪn/", "Nguyen"), "a.yaml", Style())


WORDS = st.lists(st.sampled_from(["Xi", "taxi", "Nguyen", "Nguyen's", "Kyiv", "x&y", "Dr.", "WHO", "niches", "Élan"]))


@given(WORDS, st.sampled_from(list(Role)))
def test_the_map_stays_in_order(words: list[str], role: Role) -> None:
    """Spans of the word map and of the phonemes are in order, inside the text, and hold what they are said to."""
    utterance = utter(" ".join(words), "en", role, DICTION)
    spans = [(word.spoken_start, word.spoken_end) for word in utterance.words]
    sounds = [(each.start, each.end) for each in utterance.pronunciations]

    for found in (spans, sounds):
        assert all(0 <= start < end <= len(utterance.spoken) for start, end in found)
        assert all(one[1] <= other[0] for one, other in pairwise(found))


@given(st.text(alphabet="XiNguyeKv aß’'.-é", max_size=30))
def test_nothing_inside_a_word_changes(text: str) -> None:
    """Words that the lexicon does not have come out as they are, whatever stands beside them."""
    plain = utter(text, "en", Role.BODY).spoken
    kept = [run for run in re.findall(r"\w+", plain) if run.lower() not in {"xi", "nguyen", "nguyens", "kyiv"}]

    spoken = re.findall(r"\w+", utter(text, "en", Role.BODY, Diction(lexicon=NAMES[:4])).spoken)

    assert [run for run in spoken if run in set(kept)] == kept


def test_a_thousand_entries_are_found_as_fast_as_one() -> None:
    """A lexicon of two thousand entries costs less than a millisecond a sentence."""
    diction = Diction(lexicon=(*(Lexeme(f"Word{number}", "said") for number in range(2000)), *NAMES))
    sentence = "The quick brown fox jumped over the lazy dog, and Nguyen went home to see the family again."
    utter(sentence, "en", Role.BODY, diction)

    started = time.process_time()
    for _ in range(200):
        utter(sentence, "en", Role.BODY, diction)
    with_names = time.process_time() - started
    started = time.process_time()
    for _ in range(200):
        utter(sentence, "en", Role.BODY)

    assert with_names - (time.process_time() - started) < 0.2
