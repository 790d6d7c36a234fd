"""What became of the articles of a script: the coverage report, for people and for programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from narrate.script.coverage import as_document, bug_in, coverage_of, figures_of, summary_of, told_of, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from narrate.model import Article, Coverage, Diction, Script
    from narrate.pipeline.reading import ScriptFile

__all__ = ["as_file", "bug_in", "cover", "summary", "told_of", "words"]


def cover(source: Sequence[Article] | ScriptFile, script: Script, diction: Diction) -> Coverage | None:
    """What became of the articles; None for a script file, whose articles are not at hand."""
    return coverage_of(source, script, diction) if isinstance(source, list | tuple) else None


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
