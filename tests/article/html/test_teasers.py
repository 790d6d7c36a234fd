"""Links to other articles between the paragraphs of one: they are furniture, and no prose is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from narrate.model import BlockKind

from .test_selection import PROSE, paragraphs

if TYPE_CHECKING:
    from collections.abc import Callable

    from narrate.model import Article


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("READ: <a href='/x'>How the bridge was built in 1890</a>", BlockKind.FURNITURE),
        ("(MORE: <a href='/x'>Why the river rises so early now</a>)", BlockKind.FURNITURE),
        ("<a href='/x'>[How to dry a flooded house]</a>", BlockKind.FURNITURE),
        ("Also on Valley Post: <a href='/x'>Ten floods of the last years in photographs</a>", BlockKind.FURNITURE),
        ("A lire aussi : <a href='/x'>Le pont de la vallée est parti</a>", BlockKind.FURNITURE),
        ("Read: the river <a href='/x'>has</a> a memory of its own, and so do we.", BlockKind.PARAGRAPH),
        ("[The mayor was <a href='/x'>not asked</a>.]", BlockKind.PARAGRAPH),
        ("<a href='/x'>More bread than the village had ever seen came.</a>", BlockKind.PARAGRAPH),
    ],
)
def test_a_line_that_is_a_link_after_a_word_for_it_is_furniture(
    read: Callable[..., Article], site: Callable[..., str], line: str, kind: BlockKind
) -> None:
    """A word that teases is not enough, nor is a link: both are needed, or a link in brackets."""
    article = read(site(f"{paragraphs(0, 2)}<p>{line}</p>{paragraphs(2)}"))

    prose = [block.text for block in article.blocks if block.text in PROSE]
    before = next(number for number, block in enumerate(article.blocks) if block.text == PROSE[1])
    assert prose == list(PROSE)
    assert article.blocks[before + 1].kind is kind
