"""Pages that nothing closes, and pages of more than any article has."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from narrate.article.html.reader import HtmlReader
from narrate.errors import ArticleError
from narrate.model import Origin

if TYPE_CHECKING:
    from collections.abc import Callable

    from narrate.model import Article

PROSE = "The river rose in the night, and nobody slept until the morning came."


@pytest.mark.parametrize("opened", ["<select>", "<select name=year><option>2026", "<p><select><option>One"])
def test_prose_in_a_select_that_nothing_closes_is_read(read: Callable[..., Article], opened: str) -> None:
    """A list to choose from that is never closed hides nothing of what follows it."""
    article = read(f"<article><h1>The flood</h1><p>{PROSE}</p>{opened}<p>Then it fell. {PROSE}</p></article>")

    assert f"Then it fell. {PROSE}" in [block.text for block in article.blocks]


def test_a_page_of_too_many_elements_is_refused(read: Callable[..., Article], monkeypatch: pytest.MonkeyPatch) -> None:
    """Tags that nothing closes are elements: so many are refused with the limit, and one page below it is read."""
    monkeypatch.setattr("narrate.article.html.page.MOST_ELEMENTS", 100)

    assert read(f"<p>{PROSE}</p>" * 80).blocks
    with pytest.raises(ArticleError, match="more than 100 elements"):
        read(f"<p>{PROSE}" * 120)


def test_a_head_of_comments_is_judged_soon() -> None:
    """Many comments before no page at all are looked at once each."""
    started = time.process_time()

    claim = HtmlReader().claims(b"<!--a--> " * 200 + b"bread", Origin("bread"))

    assert claim < 1
    assert time.process_time() - started < 1
