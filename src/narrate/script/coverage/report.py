"""What a coverage says, in figures, in sentences for people and as a document for programs."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from narrate.model import BlockKind, Fate, Reason
from narrate.script.draft import NO_WORDS, NOT_FOR_READING, SAID_ONCE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from narrate.model import Coverage, Stretch

VERSION = 1
WARN_PERCENT = 5
"""More than this share of the words left out is told."""

_SIGN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
"""Where writing has no blanks between words (Chinese, Japanese) a character counts for one."""

_WORD = re.compile(r"\w+(?:['’.,-]\w+)*")
_SHOWN_CHARACTERS = 80
_NO_WORDS_OF_THE_ARTICLE = frozenset(
    {*(str(reason) for reason in Reason if reason is not Reason.OUTSIDE), SAID_ONCE, NO_WORDS, NOT_FOR_READING}
)


@dataclass(frozen=True, slots=True)
class Figures:
    """Words of an article: all of them, those that are heard, lost, and left out by each rule; `markup` is none of it.

    What counts as a word of the article is what a reader of it would read: blocks, tables and code among them, and
    text that was taken for no part of it (`Reason.OUTSIDE`). Addresses behind links, front matter, menus, running
    heads, comments in the source and a title that stands there twice do not count.
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
        words = _words_in(stretch.text)
        if stretch.fate is Fate.SPOKEN:
            spoken += words
        elif stretch.fate is Fate.LOST:
            lost += words
        elif _counts(stretch):
            skipped[stretch.rule] += words
        else:
            markup += words
    skipped = Counter({rule: words for rule, words in skipped.most_common() if words})
    return Figures(spoken + lost + skipped.total(), spoken, lost, skipped, markup)


def _counts(stretch: Stretch) -> bool:
    """Whether a reader of the article would have read what is skipped here."""
    return stretch.kind is not BlockKind.HIDDEN and stretch.rule not in _NO_WORDS_OF_THE_ARTICLE


def _words_in(text: str) -> int:
    """How many words a text has.

    >>> _words_in("Don't say 3.5 – or do."), _words_in("私は猫 cat")
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


def warning_of(coverage: Coverage, figures: Figures) -> str:
    """What is told where more than `WARN_PERCENT` of the words are skipped, with the first line of them; else ""."""
    left_out = [stretch for stretch in coverage.stretches if _is_left_out(stretch)]
    skipped = sum(_words_in(stretch.text) for stretch in left_out)
    if skipped * 100 <= figures.all * WARN_PERCENT:
        return ""
    rules = ", ".join(dict.fromkeys(stretch.rule for stretch in left_out))
    first = left_out[0]
    several = len(coverage.articles) > 1
    where = f" of “{coverage.articles[first.source.article].title}”" if several else ""
    line = f"line {first.source.line}{where}"
    percent = skipped * 100 // figures.all
    return f"{percent} % of the words are not heard ({rules}), the first in {line}: {_shown(first)}"


def _is_left_out(stretch: Stretch) -> bool:
    """Whether words were left out as a whole, and not as a mark inside a sentence that is heard."""
    whole = stretch.segment != "" and stretch.utterance is None
    return stretch.fate is Fate.SKIPPED and (whole or stretch.rule == Reason.OUTSIDE) and _counts(stretch)


def bug_in(coverage: Coverage) -> str:
    """What is told where something was lost, which narrate never should; else ""."""
    lost = [stretch for stretch in coverage.stretches if stretch.fate is Fate.LOST]
    if not lost:
        return ""
    first = lost[0]
    more = f", and {len(lost) - 1} more like it" if len(lost) > 1 else ""
    return (
        f"a bug in narrate lost {_shown(first)} in line {first.source.line} ({first.rule}){more};"
        " please report it with the article"
    )


def _shown(stretch: Stretch) -> str:
    """The first line of a stretch, short enough for a message."""
    line = " ".join(stretch.text.strip().split("\n", 1)[0].split())
    return f"“{line}”" if len(line) <= _SHOWN_CHARACTERS else f"“{line[: _SHOWN_CHARACTERS - 1]}…”"


def told_of(coverage: Coverage) -> tuple[str, ...]:
    """The sentences that people must hear of: a bug, and that much is skipped."""
    return tuple(filter(None, (bug_in(coverage), warning_of(coverage, figures_of(coverage)))))


def as_document(coverages: Sequence[Coverage]) -> dict[str, Any]:
    """The report of one or several scripts, as it is written to a file.

    ``narrate_coverage`` is the version of its form, `VERSION`. Each of ``scripts`` has its ``title``, its ``articles``,
    the ``words`` counted as `Figures` says, the ``warnings`` that were told, and ``stretches``. A stretch has the
    number of its ``article`` (from 1), ``start`` and ``end`` (characters of what the article says, ``[start, end)``),
    its ``line`` (from 1), the ``kind`` of its block (null outside of all), its ``fate`` (spoken, skipped, lost), the
    ``rule`` that skipped it or what is wrong, the id of its ``segment``, the number of its ``utterance`` (from 0, as
    takes and cues are numbered), and its ``text``.
    """
    return {"narrate_coverage": VERSION, "scripts": [_script(coverage) for coverage in coverages]}


def _script(coverage: Coverage) -> dict[str, Any]:
    figures = figures_of(coverage)
    return {
        "title": coverage.title,
        "articles": [{"name": each.name, "title": each.title, "sha256": each.sha256} for each in coverage.articles],
        "words": words_of(figures),
        "warnings": list(told_of(coverage)),
        "stretches": [_as_fields(stretch) for stretch in coverage.stretches],
    }


def words_of(figures: Figures) -> dict[str, Any]:
    """The figures as fields."""
    return {
        "all": figures.all,
        "spoken": figures.spoken,
        "skipped": dict(figures.skipped),
        "lost": figures.lost,
        "not_counted": figures.markup,
    }


def _as_fields(stretch: Stretch) -> dict[str, Any]:
    return {
        "article": stretch.source.article + 1,
        "start": stretch.source.start,
        "end": stretch.source.end,
        "line": stretch.source.line,
        "kind": str(stretch.kind) if stretch.kind else None,
        "fate": str(stretch.fate),
        "rule": stretch.rule or None,
        "segment": stretch.segment or None,
        "utterance": stretch.utterance,
        "text": stretch.text,
    }
