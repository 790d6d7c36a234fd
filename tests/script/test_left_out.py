"""What is left out of the reading: it is said once, and everything is kept."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from narrate.model import Article, Role, Style, Voice
from narrate.script import write_script

ArticleOf = Callable[..., Article]
CODE, MORE = ("code", "x = 1"), ("code", "y = 2")
TABLE = ("table", "just words")
PARAGRAPH = ("paragraph", "Some body text.")
CODE_WORDS, TABLE_WORDS = "A block of code is left out here.", "A table is left out here."


@pytest.mark.parametrize(
    ("blocks", "said"),
    [
        ([CODE, MORE], [CODE_WORDS]),
        ([CODE, ("hidden", "<!-- a -->"), ("break", "---"), MORE, CODE], [CODE_WORDS]),
        ([CODE, PARAGRAPH, MORE], [CODE_WORDS, "Some body text.", CODE_WORDS]),
        ([CODE, TABLE, MORE], [CODE_WORDS, TABLE_WORDS, CODE_WORDS]),
        ([TABLE, TABLE], [TABLE_WORDS]),
        ([("hidden", "<!-- a -->")], []),
    ],
)
def test_a_run_of_one_kind_is_announced_once(
    blocks: list[tuple[str, str]], said: list[str], joe: Voice, article_of: ArticleOf
) -> None:
    """The same words twice running help nobody; each block is kept, skipped, in its place."""
    script = write_script([article_of(PARAGRAPH, *blocks, PARAGRAPH)], Style(disclosure=False), joe)

    heard = [segment.utterances[0].written for segment in script.segments if not segment.skip]
    kept = [segment.utterances[0].written for segment in script.segments if segment.skip]

    assert heard[2:-2] == said
    assert kept == [text for kind, text in blocks if kind in {"code", "table", "hidden"}]
    assert all(segment.role in {Role.CODE, Role.TABLE} for segment in script.segments if segment.skip)


def test_a_comment_over_the_title_does_not_have_it_read_twice(joe: Voice, article_of: ArticleOf) -> None:
    """The first words that are shown are the title's, wherever a comment stands."""
    blocks = [("hidden", "<!-- a -->"), ("paragraph", "The Title"), PARAGRAPH]

    script = write_script([article_of(*blocks)], Style(disclosure=False), joe)

    heard = [segment.utterances[0].written for segment in script.segments if not segment.skip]
    assert heard[:2] == ["The Title", "Some body text."]
