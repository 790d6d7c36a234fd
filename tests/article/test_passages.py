"""Passages in another language than the article's."""

from __future__ import annotations

import pytest

from narrate.article.language import detect_language
from narrate.article.passages import passage_language, with_languages
from narrate.model import Block, BlockKind, Source

GERMAN = "Der Hund lief über die Straße und verschwand im Wald hinter dem alten Haus."


@pytest.mark.parametrize(
    ("text", "article", "language"),
    [
        (GERMAN, "en", "de"),
        (GERMAN, "de-AT", ""),
        ("Der Hund lief.", "en", ""),
        ("La vie est belle et nous la vivons pleinement chaque jour dans notre petite maison.", "en-US", "fr"),
        ("مرحبا بالعالم", "en", "ar"),
        ("私は学生です。東京に住んでいます。", "en", "ja"),
        ("你好世界", "en", "zh"),
        ("你好世界", "ja", ""),
        ("Это дело.", "uk", ""),
        ("This is an English paragraph inside a Japanese article, with many words in it.", "ja", "en"),
        ("John Smith, Maria Garcia Lopez, Hans-Peter Müller, Giovanni Rossi and Jean Dupont", "en", ""),
        ("pip install numpy scipy matplotlib pandas scikit-learn jupyter", "en", ""),
        ("Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor", "en", ""),
        ("He calls it Πόλις, the city, and writes of it for the rest of the chapter at length.", "en", ""),
        ("", "en", ""),
    ],
)
def test_a_passage_changes_language_only_where_that_is_sure(text: str, article: str, language: str) -> None:
    """By its script, or by forty letters and more; names, commands and near languages do not."""
    assert passage_language(text, article) == language


def test_a_few_words_in_other_letters_do_not_make_an_article_theirs() -> None:
    """Four foreign names had a detector take an English text for Khmer."""
    text = (
        "The word ሰላም means peace in Amharic, and 你好 is a greeting in Chinese. In Thai it is สวัสดี, in Burmese "
        "မင်္ဂလာပါ, in Georgian გამარჯობა. In Hindi it is नमस्ते, in Odia ନମସ୍କାର, in Khmer សួស្តី."
    )
    assert detect_language(text) == "en"
    assert [
        detect_language(own) for own in ("Все люди рождаются свободными, by name.", "すべての人間は自由 (free)")
    ] == ["ru", "ja"]


def test_what_a_source_declares_stays_and_code_is_left_alone() -> None:
    """A declared language wins; code and tables are in no language."""
    at = Source(0, 1, 1)
    blocks = [
        Block(BlockKind.PARAGRAPH, GERMAN, at),
        Block(BlockKind.PARAGRAPH, GERMAN, at, language="nl"),
        Block(BlockKind.CODE, GERMAN, at),
    ]
    assert [block.language for block in with_languages(blocks, "en")] == ["de", "nl", ""]
