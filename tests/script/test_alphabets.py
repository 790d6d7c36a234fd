"""Words in another alphabet are said by a voice of their language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.model import Block, BlockKind, Role, Source, Style
from narrate.script import speak_written
from narrate.script.alphabets import by_alphabet, heard_in
from narrate.script.blocks import drafts_of
from narrate.script.utterances import sentences_of, utterances_of


@pytest.mark.parametrize(
    ("text", "language", "languages"),
    [
        ("The word 你好 is a greeting.", "en", ["en", "zh", "en"]),
        ("He wrote Война и мир in Russia.", "en", ["en", "ru", "en", "ru", "en"]),
        ("He said: (שלום עליכם).", "en", ["en", "he"]),
        ("The sum Σ of π and β-carotene.", "en", ["en"]),
        ("私はABCを見た。", "ja", ["ja"]),
        ("漢字とかな", "en", ["ja"]),
        ("Слово word здесь.", "ru", ["ru"]),
        ("The word ሰላም is Amharic, മലയാളം is not.", "en", ["en", "am", "en", "ml", "en"]),
        ("A Khmer word, កម្ពុជា, has no voice.", "en", ["en"]),
        ("", "en", []),
    ],
)
def test_a_word_of_another_alphabet_is_a_piece_of_its_own(text: str, language: str, languages: list[str]) -> None:
    """Words, not symbols; Latin words inside another alphabet stay with it."""
    pieces = by_alphabet(text, language)
    assert [own for _, own in pieces] == (languages or [language])
    assert "".join(piece for piece, _ in pieces) == text


@pytest.mark.parametrize(
    ("text", "language", "spoken"),
    [
        ("Cambodia (Khmer: កម្ពុជា) is a country.", "en", "Cambodia (Khmer: words in another script) is a country."),
        ("Laos (ລາວ, ສາທາລະນະລັດ) too.", "en-GB", "Laos (words in another script) too."),
        ("Tibet (བོད་ལྗོངས་), hoch.", "de", "Tibet (Wörter in einer anderen Schrift), hoch."),
        ("Un nom, ᏣᎳᎩ.", "fr", "Un nom, des mots dans une autre écriture."),
        ("កម្ពុជា", "km", "កម្ពុជា"),
        ("Ethiopia (ኢትዮጵያ)", "en", "Ethiopia (ኢትዮጵያ)"),
        ("Das ist Fraktur: 𝔘.", "en", "Das ist Fraktur: 𝔘."),
    ],
)
def test_of_letters_without_a_voice_it_is_said_that_they_are_there(text: str, language: str, spoken: str) -> None:
    """For a run of them once, in the language of the text; whoever may have a voice of theirs is handed them."""
    said, words = speak_written(text, language)

    assert said == spoken
    letters = {at for at, letter in enumerate(text) if letter.isalpha()}
    assert letters <= {at for word in words for at in range(word.written_start, word.written_end)}


KHMER = "មនុស្សទាំងអស់កើតមកមានសេរីភាព"


@pytest.mark.parametrize(
    ("text", "told", "usual", "language"),
    [
        (KHMER, "km", "en", "en"),
        (f"Words: {KHMER}", "km", "en", "en"),
        (KHMER, "km", "km", "km"),
        (KHMER, "de", "en", "de"),
        ("Guten Tag", "de", "en", "de"),
        ("Мир", "ru", "en", "ru"),
        ("ሰላም", "am", "en", "am"),
    ],
)
def test_a_passage_nobody_can_read_is_announced_in_the_articles_language(
    text: str, told: str, usual: str, language: str
) -> None:
    """A quotation in Khmer is no Khmer to a listener; one in Amharic has a voice."""
    assert heard_in(text, told, usual) == language
    block = Block(BlockKind.QUOTE, text, Source(0, len(text), 1), language=told)
    [draft] = drafts_of(block, usual, Style())
    assert {each.language.partition("-")[0] for each in draft.utterances} == {language}


@given(
    st.text(st.sampled_from("ab. ,你жשπ") | st.characters(codec="utf-8"), max_size=80),
    st.sampled_from(["en", "ru", "ja"]),
)
def test_pieces_concatenate_to_the_text(text: str, language: str) -> None:
    """Nothing is lost between alphabets."""
    assert "".join(piece for piece, _ in by_alphabet(text, language)) == text


def test_the_parts_of_a_sentence_go_on() -> None:
    """A sentence with a Chinese word is three utterances of one sentence."""
    parts = utterances_of(sentences_of("The word 你好 is a greeting.", "en"), Role.BODY, Style())
    assert [(part.written, part.language, part.ends_sentence) for part in parts] == [
        ("The word ", "en", False),
        ("你好 ", "zh", False),
        ("is a greeting.", "en", True),
    ]
