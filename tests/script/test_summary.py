"""Summaries: whole sentences of the author's, never cut, never generated."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from narrate.model import Article, Style, Voice
from narrate.script import summarise, write_script

ArticleOf = Callable[..., Article]


def test_it_is_whole_sentences_up_to_320_characters(joe: Voice, article_of: ArticleOf) -> None:
    """Sentences are added while they fit, over paragraphs too."""
    blocks = [("paragraph", f"{'Words ' * 20}end."), ("paragraph", f"{'Again ' * 20}end. {'More ' * 20}end.")]
    script = write_script([article_of(*blocks)], Style(), joe)
    summary = summarise(script)

    assert summary == f"{'Words ' * 20}end. {'Again ' * 20}end."
    assert len(summary) <= 320


def test_it_ends_before_the_next_heading(joe: Voice, article_of: ArticleOf) -> None:
    """The lead of the article is enough; a heading before any text does not count."""
    blocks = [("heading", "A", 2), ("paragraph", "One."), ("heading", "B", 2), ("paragraph", "Two.")]

    assert summarise(write_script([article_of(*blocks)], Style(), joe)) == "One."


def test_what_is_not_prose_is_left_out(joe: Voice, article_of: ArticleOf) -> None:
    """No announcement, code, picture or note; a quotation is prose."""
    blocks = [("code", "x = 1"), ("figure", "A cat."), ("quote", "So it goes."), ("paragraph", "Yes.")]

    assert summarise(write_script([article_of(*blocks)], Style(), joe)) == "So it goes. Yes."


def test_a_first_sentence_too_long_leaves_the_title(joe: Voice, article_of: ArticleOf) -> None:
    """Never cut: the title stands for a sentence of more than 320 characters."""
    script = write_script([article_of(("paragraph", "word " * 100 + "end."))], Style(), joe)

    assert summarise(script) == "The Title"


def test_a_sentence_in_parts_is_whole_again(joe: Voice, article_of: ArticleOf) -> None:
    """A sentence the engine gets in two parts is one in the summary."""
    script = write_script([article_of(("paragraph", "one two three four five."))], Style(utterance_characters=10), joe)

    assert summarise(script) == "one two three four five."


def test_an_edition_is_summarised_by_its_titles(joe: Voice, article_of: ArticleOf) -> None:
    """The titles of the articles, as many as fit."""
    articles = [article_of(("paragraph", "x"), title=title) for title in ("Who?", "A day", "B" * 310)]

    assert summarise(write_script(articles, Style(), joe, title="Daily")) == "Who? A day."


@pytest.mark.parametrize("line", ["By Jo Roe", "Ann Lee, Rome", "Text: von Ann Lee | 3. März", "Words by Ann Lee"])
def test_a_byline_is_no_summary(line: str, joe: Voice, article_of: ArticleOf) -> None:
    """Who wrote it is told beside it already; the first sentence of the article is what it is about."""
    blocks = [("paragraph", line), ("paragraph", "By the river it rained.")]

    summary = summarise(write_script([article_of(*blocks, authors=("Ann Lee",))], Style(), joe))

    assert summary == "By the river it rained."


@pytest.mark.parametrize("line", ["Ann Lee was here.", "by the river", "Nobody", "By " + "Ann " * 30])
def test_prose_is_never_taken_for_a_byline(line: str, joe: Voice, article_of: ArticleOf) -> None:
    """A sentence that names the author, and a line that begins like a byline and is none, are what it is about."""
    blocks = [("paragraph", line), ("paragraph", "It rained.")]

    summary = summarise(write_script([article_of(*blocks, authors=("Ann Lee",))], Style(), joe))

    assert summary == f"{line.strip()} It rained."
