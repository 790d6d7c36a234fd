"""Words in another alphabet are said by a voice of their language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.model import Role, Style
from narrate.script.alphabets import by_alphabet
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
        ("", "en", []),
    ],
)
def test_a_word_of_another_alphabet_is_a_piece_of_its_own(text: str, language: str, languages: list[str]) -> None:
    """Words, not symbols; Latin words inside another alphabet stay with it."""
    pieces = by_alphabet(text, language)
    assert [own for _, own in pieces] == (languages or [language])
    assert "".join(piece for piece, _ in pieces) == text


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
