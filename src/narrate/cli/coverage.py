"""What became of an article: told, and written to the file that ``--coverage`` names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from narrate.cli.output import refusal, story

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from narrate.model import Coverage


def write_report(target: Path, coverages: Iterable[Coverage | None]) -> None:
    """The report of all scripts that were made from articles.

    Raises:
        UsageError: there is none: all were scripts already.
        StorageError: the file cannot be written.
    """
    from narrate.errors import UsageError
    from narrate.pipeline.covering import as_file
    from narrate.runtime.files import write_atomic

    known = [coverage for coverage in coverages if coverage]
    if not known:
        raise UsageError("--coverage tells what became of an article, and no script was made from one here")
    write_atomic(target, as_file(known))


def tell_coverage(coverage: Coverage | None, *, quiet: bool) -> None:
    """How many words are heard, that many are not, and, where text was lost, that this is a bug: that in any case."""
    from narrate.pipeline.covering import bug_in, summary, told_of

    if not coverage:
        return
    bug = bug_in(coverage)
    if not quiet:
        story(summary(coverage))
        for sentence in told_of(coverage):
            if sentence != bug:
                story(f"Warning: {sentence}")
    if bug:
        refusal(bug)


def coverage_fields(coverage: Coverage | None) -> dict[str, Any]:
    """What ``--json`` says of it."""
    from narrate.pipeline.covering import told_of, words

    return {"words": words(coverage), "warnings": list(told_of(coverage))} if coverage else {}
