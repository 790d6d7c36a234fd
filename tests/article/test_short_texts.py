"""Headings of texts whose paragraphs are short, in more languages than one."""

from __future__ import annotations

import pytest

from narrate.article.text import read_text
from narrate.model import BlockKind

SHORT = {
    "de": "Sie kam spät. Es regnete in der Stadt.",
    "fr": "On part tôt demain. La mer est calme.",
    "en": "It began in spring. Nobody saw it come.",
}


def _headings(*blocks: str) -> list[str]:
    return [block.text for block in read_text("\n\n".join(blocks))[0] if block.kind is BlockKind.HEADING]


@pytest.mark.parametrize(
    ("language", "heads"),
    [
        ("de", ["Warum sie bleibt", "Was bleibt"]),
        ("fr", ["Les outils", "Le départ"]),
        ("en", ["What to do", "How it ends"]),
    ],
)
def test_a_few_words_over_short_paragraphs_are_headings(language: str, heads: list[str]) -> None:
    """Two whole sentences are a paragraph, however short: a few words without an end over it head it."""
    body = SHORT[language]

    assert _headings("A Title", body, heads[0], body, heads[1], body, body) == heads


@pytest.mark.parametrize(
    "line",
    [
        "“No,” she said",
        "Photo: Jean Dupont / AFP",
        "Foto: Ann Example",
        "By Ann Example",
        "and nobody knew why",
        "He left, and",
        "- a bullet",
        "It was over.",
        "(from the archive)",
        "https://example.org/a/b",
        "a line that does not begin like one",
    ],
)
def test_other_short_lines_among_them_are_not(line: str) -> None:
    """Captions, bylines, dialogue and halves of sentences are read as they are."""
    assert _headings("A Title", SHORT["en"], line, SHORT["en"], SHORT["en"]) == []


def test_lines_of_one_sentence_make_no_headings_of_each_other() -> None:
    """Under a line without an end, a single short sentence may be anything: what is unsure is prose."""
    assert _headings("A Title", "It began.", "She waved", "He went away.", "Nobody spoke", "It ended.") == []
