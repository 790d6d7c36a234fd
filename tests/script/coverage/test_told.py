"""What people are told of a coverage: losses of the article's own words, and long prose beside it; no noise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from narrate.model import Article, BlockKind, Omission, Reason, Script
from narrate.script.coverage import coverage_of, told_of

Read = Callable[[str, str], Article]
Write = Callable[..., Script]

LINE = "The mill stands by the river, and its wheel turns all day and all night long."


def without(article: Article, reason: Reason, *numbers: int) -> Article:
    """The article, blocks of which were left out for a reason."""
    out = tuple(Omission(article.blocks[number].source, reason) for number in numbers)
    kept = tuple(block for number, block in enumerate(article.blocks) if number not in numbers)
    return replace(article, blocks=kept, omitted=(*article.omitted, *out))


def told(article: Article, write: Write) -> tuple[str, ...]:
    """What is told of the script that is written from an article."""
    return told_of(coverage_of([article], write(article)))


def test_prose_left_out_among_the_article_counts(read: Read, write: Write) -> None:
    """A paragraph between two that are heard may be the article's own, though a reader thought otherwise."""
    article = without(read("\n\n".join([LINE] * 4), ".txt"), Reason.OUTSIDE, 1)

    (sentence,) = told(article, write)
    assert sentence.startswith("25 % of the words are not heard (outside the article), the first in line 3: “The mill")


@pytest.mark.parametrize("reason", [Reason.OTHER, Reason.NAVIGATION, Reason.REPEATED])
def test_what_a_page_calls_something_else_is_no_loss(read: Read, write: Write, reason: Reason) -> None:
    """Comments, teasers, menus and running heads are left out without a word."""
    assert told(without(read("\n\n".join([LINE] * 4), ".txt"), reason, 1), write) == ()


def test_long_prose_beside_the_article_has_a_sentence_of_its_own(read: Read, write: Write) -> None:
    """Behind the last line that is heard: it is told from 100 words and a tenth of the article on, never below."""
    article = read("\n\n".join([LINE] * 20), ".txt")

    assert told(without(article, Reason.OUTSIDE, *range(15, 20)), write) == ()
    (sentence,) = told(without(article, Reason.OUTSIDE, *range(10, 20)), write)
    assert sentence.startswith("160 words were taken for another text's, the first in line 21: “The mill")


def test_comments_are_told_where_they_are_nearly_all_of_a_page(read: Read, write: Write) -> None:
    """Then the name that a page gives them may be wrong."""
    article = read("\n\n".join([LINE] * 12), ".txt")

    assert told(without(article, Reason.OTHER, *range(3, 12)), write) == ()
    (sentence,) = told(without(article, Reason.OTHER, *range(2, 12)), write)
    assert sentence.startswith("160 words were taken for another text's")


def test_furniture_is_no_loss_unless_it_is_prose(read: Read, write: Write) -> None:
    """Buttons and credits may go; a sentence of some length that was taken for one may be the author's."""
    article = read(f"Share\n\n{LINE}\n\n{LINE}\n\nPhoto: Example\n\n{LINE}", ".txt")
    buttons = [replace(each, kind=BlockKind.FURNITURE) if len(each.text) < 20 else each for each in article.blocks]
    prose = [replace(each, kind=BlockKind.FURNITURE) if n == 2 else each for n, each in enumerate(article.blocks)]

    assert told(replace(article, blocks=tuple(buttons)), write) == ()
    (sentence,) = told(replace(article, blocks=tuple(prose)), write)
    assert "not heard (furniture = skip), the first in line 5" in sentence
