"""What people must hear of a coverage: a bug, that much of the article is skipped, that much beside it is left out.

Furniture, bylines, lists of works and what a page itself calls comments or teasers are no loss. What stands among
the article's own sentences and was taken for another text's is, as is what a policy leaves out; long prose beside
the article that the page calls nothing may be one, and gets a sentence of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from narrate.model import BlockKind, Fate, Reason
from narrate.script.coverage.figures import counts, words_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from narrate.model import Coverage, Stretch

WARN_PERCENT = 5
"""More than this share of the article's own words left out is told."""
PROSE_WORDS = 12
"""A line of fewer words is a heading, a link or a button."""
BESIDE_WORDS = 100
"""So many words of prose beside the article are told, if they are `BESIDE_PERCENT` of those that are heard."""
BESIDE_PERCENT = 10
OTHER_TIMES = 5
"""What a page calls something else is told where it is so many times the article: that is a stub, or none."""

_SHOWN_CHARACTERS = 80
_ROUND = frozenset({BlockKind.FURNITURE, BlockKind.BYLINE})
_ENDS = re.compile(r"[.!?…。！？؟।][\"'”’»)\]」』]*(?=\s|$)|[。！？]")


@dataclass(frozen=True, slots=True)
class _Place:
    """From where to where an article is heard."""

    start: int
    end: int


def told_of(coverage: Coverage) -> tuple[str, ...]:
    """The sentences that people must hear of."""
    return tuple(filter(None, (bug_in(coverage), warning_of(coverage), beside(coverage))))


def bug_in(coverage: Coverage) -> str:
    """What is told where something was lost, which narrate never should; else ""."""
    lost = [stretch for stretch in coverage.stretches if stretch.fate is Fate.LOST]
    if not lost:
        return ""
    first = lost[0]
    more = f", and {len(lost) - 1} more like it" if len(lost) > 1 else ""
    return (
        f"a bug in narrate lost {_shown(first.text)} in line {first.source.line} ({first.rule}){more};"
        " please report it with the article"
    )


def warning_of(coverage: Coverage) -> str:
    """What is told where more than `WARN_PERCENT` of an article's own words are skipped, with the first; else "".

    A list of works is no prose, and every paper has one: it is told only where it is longer than all that is heard,
    for then something else was taken for it. `summary_of` says how long it is.
    """
    heard = _heard(coverage)
    left_out = [stretch for stretch in coverage.stretches if _is_own(stretch, heard)]
    works = [stretch for stretch in left_out if stretch.kind is BlockKind.REFERENCE]
    if _words(works) <= _words(each for each in coverage.stretches if each.fate is Fate.SPOKEN):
        listed = {stretch.rule for stretch in works}  # the heading over them goes by it too
        left_out = [stretch for stretch in left_out if stretch.rule not in listed]
    skipped = _words(left_out)
    own = skipped + _words(each for each in coverage.stretches if each.fate is not Fate.SKIPPED)
    if skipped * 100 <= own * WARN_PERCENT:
        return ""
    rules = ", ".join(dict.fromkeys(stretch.rule for stretch in left_out))
    first = left_out[0]
    percent = skipped * 100 // own
    return f"{percent} % of the words are not heard ({rules}), the first in {_line(first, coverage)}: " + _shown(
        first.text
    )


def beside(coverage: Coverage) -> str:
    """What is told where long prose beside an article was taken for another text's; else "".

    What the page itself calls comments, teasers or advertisements is told only where it is `OTHER_TIMES` the article.
    """
    heard = _heard(coverage)
    spoken = _words(each for each in coverage.stretches if each.fate is Fate.SPOKEN)
    for rules, least in (
        ({Reason.OUTSIDE}, max(BESIDE_WORDS, spoken * BESIDE_PERCENT // 100)),
        ({Reason.OUTSIDE, Reason.OTHER}, max(BESIDE_WORDS, spoken * OTHER_TIMES)),
    ):
        out = [each for each in coverage.stretches if _is_of(each, rules) and not _is_own(each, heard)]
        lines = [(each, line) for each in out for line in _prose(each.text)]
        words = sum(words_in(line) for _, line in lines)
        if words >= least:
            where = _line(lines[0][0], coverage)
            return f"{words} words were taken for another text's, the first in {where}: {_shown(lines[0][1])}"
    return ""


def _words(stretches: Iterable[Stretch]) -> int:
    return sum(words_in(each.text) for each in stretches)


def _heard(coverage: Coverage) -> Mapping[int, _Place]:
    """Where each article is heard."""
    found: dict[int, _Place] = {}
    for each in coverage.stretches:
        if each.fate is Fate.SPOKEN:
            number = each.source.article
            start = found[number].start if number in found else each.source.start
            found[number] = _Place(start, each.source.end)
    return found


def _is_of(stretch: Stretch, rules: set[Reason]) -> bool:
    return stretch.fate is Fate.SKIPPED and stretch.segment == "" and stretch.rule in rules


def _is_own(stretch: Stretch, heard: Mapping[int, _Place]) -> bool:
    """Whether words of the article were left out as a whole, and not as a mark inside a sentence that is heard."""
    if stretch.fate is not Fate.SKIPPED or not counts(stretch):
        return False
    if stretch.segment == "":
        return _is_of(stretch, {Reason.OUTSIDE}) and _is_among(stretch, heard) and bool(_prose(stretch.text))
    return stretch.utterance is None and (stretch.kind not in _ROUND or bool(_prose(stretch.text)))


def _is_among(stretch: Stretch, heard: Mapping[int, _Place]) -> bool:
    place = heard.get(stretch.source.article)
    return place is not None and place.start < stretch.source.start < place.end


def _prose(text: str) -> Sequence[str]:
    r"""The lines of a text that are prose: of some length, with the end of a sentence.

    >>> _prose("Read more\nIt was the first time that anybody had seen the mill stand still. So it was.")
    ['It was the first time that anybody had seen the mill stand still. So it was.']
    """
    return [line for line in text.splitlines() if words_in(line) >= PROSE_WORDS and _ENDS.search(line)]


def _line(stretch: Stretch, coverage: Coverage) -> str:
    """Where a stretch is, for people."""
    several = len(coverage.articles) > 1
    where = f" of “{coverage.articles[stretch.source.article].title}”" if several else ""
    return f"line {stretch.source.line}{where}"


def _shown(text: str) -> str:
    """The first line of a text, short enough for a message."""
    line = " ".join(text.strip().split("\n", 1)[0].split())
    return f"“{line}”" if len(line) <= _SHOWN_CHARACTERS else f"“{line[: _SHOWN_CHARACTERS - 1]}…”"
