"""Passages in another language than their article's, so that a voice of that language reads them.

A passage is in another language where its source declares it, where it is in another script, or where
it is long enough to be sure: of 20,000 English paragraphs of 40 letters and more the model took one for
another language with a confidence of .8.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from narrate.article.language import confidence, detect_language
from narrate.model import Block, BlockKind
from narrate.model.alphabets import ALPHABETS, alphabet_of, language_of

if TYPE_CHECKING:
    from collections.abc import Iterable

MIN_LETTERS = 40
MIN_CONFIDENCE = 0.8
_MIN_SHARE = 0.7
_SAMPLE_CHARACTERS = 500
_PROSE = frozenset({BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.LIST_ITEM, BlockKind.NOTE, BlockKind.HEADING})

_NEAR = tuple(
    frozenset(names.split())
    for names in (
        *("es pt gl ca an ast oc it", "da nb no nn sv", "hr sr bs sh sl", "cs sk", "id ms jv", "nl af nds"),
        *("ru uk be bg mk sr", "hi mr ne", "zh ja yue", "de lb nds als", "en sco", "fi et", "az tr"),
    )
)
"""Languages that the model takes for one another in short texts."""


def with_languages(blocks: Iterable[Block], language: str) -> tuple[Block, ...]:
    """The blocks, those in another language than the article's with their own; what a source declares stays."""
    return tuple(_told(block, language) for block in blocks)


def _told(block: Block, language: str) -> Block:
    if block.language or block.kind not in _PROSE:
        return block
    own = passage_language(block.text, language)
    return replace(block, language=own) if own else block


def passage_language(text: str, language: str) -> str:
    """The language of a passage where it is surely another than `language`, else "".

    >>> passage_language("Это совсем другое дело.", "en"), passage_language("Das ist so.", "en")
    ('ru', '')
    >>> passage_language("Der Hund lief über die Straße und verschwand im Wald hinter dem alten Haus.", "en-GB")
    'de'
    """
    sample = text[:_SAMPLE_CHARACTERS]
    usual = language.partition("-")[0].lower()
    letters = list(islice(filter(str.isalpha, sample), _SAMPLE_CHARACTERS))
    foreign = _foreign_script(letters, usual)
    if len(letters) < MIN_LETTERS:
        return foreign
    found = detect_language(sample).partition("-")[0]
    sure = confidence(sample) >= MIN_CONFIDENCE and found != usual
    if foreign:
        return found if sure else foreign
    return found if sure and not any(found in near and usual in near for near in _NEAR) else ""


def _foreign_script(letters: list[str], usual: str) -> str:
    """The language of alphabets that `usual` is not written in, if most letters are of them."""
    alphabets = Counter(map(alphabet_of, letters))
    del alphabets[""]
    foreign = {name for name in alphabets if usual not in ALPHABETS[name]}
    count = sum(alphabets[name] for name in foreign)
    return language_of(foreign) if foreign and count >= _MIN_SHARE * len(letters) else ""
