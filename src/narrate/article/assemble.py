"""Blocks and facts to an `Article`, the same for every reader."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from narrate.article.facts import Facts, title_from_name, title_from_text
from narrate.article.language import detect_language, language_tag
from narrate.article.passages import with_languages
from narrate.errors import ArticleError
from narrate.model import Article, Block, BlockKind, Origin

if TYPE_CHECKING:
    from collections.abc import Sequence

_SAMPLE_CHARACTERS = 4000
_HIDDEN = BlockKind.HIDDEN
_NO_PROSE = frozenset({BlockKind.CODE, BlockKind.TABLE, BlockKind.HIDDEN})


def assemble(blocks: Sequence[Block], facts: Facts, data: bytes, origin: Origin) -> Article:
    """The article; its title is the text's, else the file name's, else the first words.

    Raises:
        ArticleError: no block holds a letter or a digit.
    """
    if not any(character.isalnum() for block in blocks if block.kind is not _HIDDEN for character in block.text):
        raise ArticleError(f"{origin.name} holds no words: there is nothing to read aloud")
    language = language_tag(facts.language) or detect_language(_sample(blocks))
    return Article(
        title=facts.title or title_from_name(origin) or _first_words(blocks),
        blocks=with_languages(blocks, language),
        origin=origin,
        sha256=hashlib.sha256(data).hexdigest(),
        language=language,
        authors=facts.authors,
        published=facts.published,
        url=facts.url,
        id=facts.id,
        image=facts.image,
        lexicon=facts.lexicon,
    )


def _first_words(blocks: Sequence[Block]) -> str:
    shown = (block for block in blocks if block.kind is not _HIDDEN)
    said = [block for block in shown if any(character.isalnum() for character in block.text)]
    prose = [block for block in said if block.kind not in _NO_PROSE]
    return title_from_text((prose or said)[0].text)


def _sample(blocks: Sequence[Block]) -> str:
    """The first few thousand characters of prose: code and tables say little of a language."""
    prose: list[str] = []
    length = 0
    for block in blocks:
        if length > _SAMPLE_CHARACTERS:
            break
        if block.kind not in {*_NO_PROSE, BlockKind.BREAK}:
            prose.append(block.text[:_SAMPLE_CHARACTERS])
            length += len(prose[-1])
    return " ".join(prose)
