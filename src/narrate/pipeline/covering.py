"""What became of the articles of a script: the coverage report, for people and for programs."""

from __future__ import annotations

import json
from bisect import bisect
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from narrate.model import Fate
from narrate.script.coverage import as_document, bug_in, coverage_of, figures_of, summary_of, told_of, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from narrate.model import Article, Coverage, Diction, Script, Stretch
    from narrate.pipeline.order import LeftOut
    from narrate.pipeline.reading import ScriptFile

__all__ = ["as_file", "bug_in", "cover", "summary", "told_of", "words"]


UNSPEAKABLE = "on_error = skip"
"""The rule that leaves out what no voice could speak."""


def cover(
    source: Sequence[Article] | ScriptFile, script: Script, diction: Diction, left_out: Sequence[LeftOut] = ()
) -> Coverage | None:
    """What became of the articles; None for a script file, whose articles are not at hand."""
    if not isinstance(source, list | tuple):
        return None
    coverage = coverage_of(source, script, diction)
    return _without(coverage, left_out) if left_out else coverage


def _without(coverage: Coverage, left_out: Sequence[LeftOut]) -> Coverage:
    """The coverage where these sentences were not spoken after all; utterances have the numbers they have then."""
    gone = sorted(number for each in left_out for number in each.utterances)
    one_notice = [False, *(_goes_on(before, each) for before, each in pairwise(left_out))]
    notices = [each.utterances[0] for each, as_before in zip(left_out, one_notice, strict=True) if not as_before]

    def became(stretch: Stretch) -> Stretch:
        number = stretch.utterance
        if number is None:
            return stretch
        if number not in unspoken:
            return replace(stretch, utterance=number - bisect(gone, number) + bisect(notices, number))
        rule = UNSPEAKABLE if stretch.fate is Fate.SPOKEN else stretch.rule
        return replace(stretch, fate=Fate.SKIPPED, rule=rule, utterance=None)

    unspoken = frozenset(gone)
    return replace(coverage, stretches=tuple(map(became, coverage.stretches)))


def _goes_on(before: LeftOut, each: LeftOut) -> bool:
    """Whether one notice stands for both: they follow each other in one segment."""
    return before.segment == each.segment and before.utterances[-1] + 1 == each.utterances[0]


def summary(coverage: Coverage) -> str:
    """What became of the words, in one sentence."""
    return summary_of(figures_of(coverage))


def words(coverage: Coverage) -> dict[str, Any]:
    """The same as fields."""
    return words_of(figures_of(coverage))


def as_file(coverages: Sequence[Coverage]) -> bytes:
    """The whole report of one or several scripts: JSON in UTF-8, one stretch a line."""
    report = as_document(coverages)
    head = {key: value for key, value in report.items() if key != "scripts"}
    scripts = ",\n".join(map(_script, report["scripts"]))
    return f'{json.dumps(head)[:-1]}, "scripts": [\n{scripts}\n]}}\n'.encode()


def _script(fields: dict[str, Any]) -> str:
    stretches = ",\n".join(json.dumps(stretch, ensure_ascii=False) for stretch in fields["stretches"])
    head = json.dumps({key: value for key, value in fields.items() if key != "stretches"}, ensure_ascii=False)
    return f'{head[:-1]}, "stretches": [\n{stretches}\n]}}'
