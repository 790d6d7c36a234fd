"""What a coverage says in figures: words that are heard, lost, and left out by each rule."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from narrate.model import BlockKind, Fate, Reason
from narrate.script.draft import NO_WORDS, NOT_FOR_READING, SAID_ONCE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from narrate.model import Coverage, Stretch

_SIGN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
"""Where writing has no blanks between words (Chinese, Japanese) a character counts for one."""

_WORD = re.compile(r"\w+(?:['’.,-]\w+)*")
_OTHERS = frozenset({Reason.OUTSIDE, Reason.OTHER})
_NO_WORDS_OF_THE_ARTICLE = frozenset(
    {*(str(reason) for reason in Reason if reason not in _OTHERS), SAID_ONCE, NO_WORDS, NOT_FOR_READING}
)


@dataclass(frozen=True, slots=True)
class Figures:
    """Words of an article: all of them, those that are heard, lost, and left out by each rule; `markup` is none of it.

    What counts as a word of the article is what a reader of it would read: blocks, tables and code among them, and
    text that was taken for no part of it (`Reason.OUTSIDE`, `Reason.OTHER`). Addresses behind links, front matter,
    menus, running heads, comments in the source and a title that stands there twice do not count.
    """

    all: int
    spoken: int
    lost: int
    skipped: Mapping[str, int]
    markup: int


def figures_of(coverage: Coverage) -> Figures:
    """The words of a coverage, counted."""
    spoken = lost = markup = 0
    skipped: Counter[str] = Counter()
    for stretch in coverage.stretches:
        words = words_in(stretch.text)
        if stretch.fate is Fate.SPOKEN:
            spoken += words
        elif stretch.fate is Fate.LOST:
            lost += words
        elif counts(stretch):
            skipped[stretch.rule] += words
        else:
            markup += words
    skipped = Counter({rule: words for rule, words in skipped.most_common() if words})
    return Figures(spoken + lost + skipped.total(), spoken, lost, skipped, markup)


def counts(stretch: Stretch) -> bool:
    """Whether a reader of the article would have read what is skipped here."""
    return stretch.kind is not BlockKind.HIDDEN and stretch.rule not in _NO_WORDS_OF_THE_ARTICLE


def words_in(text: str) -> int:
    """How many words a text has.

    >>> words_in("Don't say 3.5 – or do."), words_in("私は猫 cat")
    (5, 4)
    """
    signs = 0 if text.isascii() else len(_SIGN.findall(text))
    return signs + len(_WORD.findall(_SIGN.sub(" ", text) if signs else text))


def summary_of(figures: Figures) -> str:
    """All that became of the words, in one sentence.

    >>> summary_of(Figures(9, 7, 0, {"code = say": 2}, 4))
    '9 words: 7 spoken, 2 skipped by code = say.'
    """
    parts = [f"{figures.spoken} spoken"]
    parts += (f"{words} skipped by {rule}" for rule, words in figures.skipped.items())
    parts += [f"{figures.lost} lost"] if figures.lost else []
    return f"{figures.all} words: {', '.join(parts)}."


def words_of(figures: Figures) -> dict[str, Any]:
    """The figures as fields."""
    return {
        "all": figures.all,
        "spoken": figures.spoken,
        "skipped": dict(figures.skipped),
        "lost": figures.lost,
        "not_counted": figures.markup,
    }
