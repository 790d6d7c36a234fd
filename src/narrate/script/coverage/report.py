"""A coverage as a document for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from narrate.script.coverage.figures import figures_of, words_of
from narrate.script.coverage.told import told_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from narrate.model import Coverage, Stretch

VERSION = 1


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
    return {
        "title": coverage.title,
        "articles": [{"name": each.name, "title": each.title, "sha256": each.sha256} for each in coverage.articles],
        "words": words_of(figures_of(coverage)),
        "warnings": list(told_of(coverage)),
        "stretches": [_as_fields(stretch) for stretch in coverage.stretches],
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
