"""Words broken by a hyphen at a line's end."""

from __future__ import annotations

import pytest

from narrate.article.text import read_text

MORE = "It went on for a long time, and there was more to say of it than anybody had thought there would be."


def _said(source: str) -> str:
    return read_text(f"A Title\n\n{MORE}\n{source}\n{MORE}")[0][1].text.removeprefix(MORE).removesuffix(MORE).strip()


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("The house was si-\nlent, all of it.", "The house was silent, all of it."),
        ("The house was Si-\n  lent, all of it.", "The house was Silent, all of it."),
        ("The new govern-\nment had a constitu-\ntion.", "The new government had a constitution."),
        ("Die neue Regie-\nrung hat Frei-\nheit und Mein-\nungen.", "Die neue Regie-rung hat Freiheit und Meinungen."),
        ("All were pro-\nmised it. He promised.", "All were promised it. He promised."),
        ("a well-\nknown man", "a well-known man"),
        ("co-\nauthors of AI-\nbased tests", "co-authors of AI-based tests"),
        ("the TV-\nshow of a T-\nshirt, a by-\nlaw", "the TV-show of a T-shirt, a by-law"),
        ("a hi-\nfi and a Li-\nion cell", "a hi-fi and a Li-ion cell"),
        ("neither mi-\nlent nor si-\nlent; mi-lent it is", "neither mi-lent nor silent; mi-lent it is"),
        ("the pi-\nTion and ga-\nLent", "the pi-Tion and ga-Lent"),
        ("a se-\ncond, he lent it: a ri-\nlent", "a se-cond, he lent it: a ri-lent"),
        ("a one-\nment, which is no ment", "a one-ment, which is no ment"),
    ],
)
def test_a_word_is_whole_again_where_it_is_plain(source: str, said: str) -> None:
    """Joined where the text has it whole, or a half is no word; where an author may have meant the hyphen it stays."""
    assert _said(source) == said
