"""A list of works at the end of an article: skipped, counted, and no reason to warn unless it is most of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from narrate.model import Article, BlockKind, Script
from narrate.script.coverage import coverage_of, told_of
from narrate.script.coverage.figures import figures_of

if TYPE_CHECKING:
    from collections.abc import Callable

LINE = "The mill stands by the river, and its wheel turns all day and all night long."
WORK = "Example, A. (2020). On mills and the rivers that turn them. The Journal of Mills, 12, 3 to 40. Example Press."


def paper(read: Callable[[str, str], Article], lines: int, works: int) -> Article:
    """An article of so many lines, with so many works at its end."""
    article = read("\n\n".join([LINE] * lines + ["References"] + [WORK] * works), ".txt")
    blocks = [
        replace(block, kind=BlockKind.REFERENCE) if block.text.startswith("Example") else block
        for block in article.blocks
    ]
    return replace(article, blocks=tuple(blocks))


@pytest.mark.parametrize(("lines", "works", "told"), [(40, 20, False), (10, 5, False), (4, 12, True)])
def test_a_list_of_works_is_told_only_where_it_is_longer_than_the_rest(
    read: Callable[[str, str], Article], write: Callable[..., Script], lines: int, works: int, *, told: bool
) -> None:
    """Every paper has one; a list that is longer than all that is heard may be prose that was taken for one."""
    article = paper(read, lines, works)

    warnings = told_of(coverage_of([article], write(article)))

    assert bool(warnings) is told
    assert all("references = skip" in warning for warning in warnings)


def test_the_words_of_a_list_of_works_are_counted(
    read: Callable[[str, str], Article], write: Callable[..., Script]
) -> None:
    """The summary says how many words the list of works has, warned or not."""
    article = paper(read, 10, 5)

    figures = figures_of(coverage_of([article], write(article)))

    assert figures.skipped["references = skip"] >= 5 * 18
    assert figures.lost == 0


def test_prose_that_is_skipped_beside_a_list_of_works_is_told(
    read: Callable[[str, str], Article], write: Callable[..., Script]
) -> None:
    """The list is no cover for other things that are left out: these are weighed against what is heard."""
    article = paper(read, 10, 5)
    code = replace(article.blocks[3], kind=BlockKind.CODE)
    article = replace(article, blocks=(*article.blocks[:3], code, *article.blocks[4:]))

    (warning,) = told_of(coverage_of([article], write(article)))
    assert warning.startswith("10 % of the words are not heard (code = say), the first in line 7")
