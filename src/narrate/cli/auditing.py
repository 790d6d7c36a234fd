"""``narrate feed audit``: what is wrong with a feed, and how to mend it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import click

from narrate.cli import options
from narrate.cli.output import count, document, one_line, result, story

if TYPE_CHECKING:
    from collections.abc import Iterable

    from narrate.model import Finding
    from narrate.pipeline.auditing import Report

_FOLDED_FROM = 4
"""Findings of one rule that are shown in full; the rest are counted."""


@click.command()
@click.argument("target", default="", metavar="[FILE|URL]")
@click.option(
    "--items",
    type=click.IntRange(0, 100_000),
    default=5,
    show_default=True,
    metavar="N",
    help="Ask the server about the files of this many items, the first ones.",
)
@click.option("--allow-private", is_flag=True, help="Ask servers at private and local addresses too.")
@click.option("--all", "every", is_flag=True, help="Show every finding, also many of one kind.")
@options.out
@options.show
@options.as_json
@options.quiet
@click.pass_obj
def audit(before: dict[str, Any], /, target: str, **given: Any) -> int:
    """Check a feed against the rules of podcast apps, and the server behind it; say how to mend each fault.

    FILE ("-" is standard input) or URL may be anybody's feed; without one it is the show's own, with its files and
    every default that is still in place. What must not change is compared with the last audit. The exit code is 1
    where there is an error.
    """
    from narrate.pipeline.auditing import Asked, audit_feed

    held = before | {name: value for name, value in given.items() if value}
    settings = options.settings_from(held)
    asked = Asked(target, options.show_folder(held), given["items"], private=settings.fetch.private)
    report = audit_feed(asked)
    if held["as_json"]:
        document(_document(report))
    else:
        _print(report, every=given["every"], quiet=given["quiet"])
    return 0 if report.ok else 1


def _document(report: Report) -> dict[str, object]:
    fields = ("rule", "severity", "where", "line", "what", "mend", "source")
    return {
        "ok": report.ok,
        "target": report.target,
        "title": report.title,
        "episodes": report.episodes,
        "counts": {f"{severity}s": number for severity, number in report.counts.items()},
        "findings": [{name: getattr(finding, name) for name in fields} for finding in report.findings],
    }


def _print(report: Report, *, every: bool, quiet: bool) -> None:
    for line in _lines(report.findings, every=every):
        result(line)
    if not quiet:
        story(_summary(report))


def _lines(findings: Iterable[Finding], *, every: bool) -> Iterable[str]:
    """A finding a line, and how to mend it on the next; of many by one rule the first ones, and how many more."""
    seen: Counter[str] = Counter()
    more: Counter[str] = Counter()
    for finding in findings:
        seen[finding.rule] += 1
        if seen[finding.rule] >= _FOLDED_FROM and not every:
            more[finding.rule] += 1
            continue
        line = f" (line {finding.line})" if finding.line else ""
        yield one_line(f"{finding.severity}: {finding.where}{line}: {finding.what}")
        yield one_line(f"    {finding.mend} [{finding.rule}; {finding.source}]")
    for rule, number in more.items():
        yield f"and {number} more by the rule {rule} (--all shows them)"


def _summary(report: Report) -> str:
    found = ", ".join(count(number, severity) for severity, number in report.counts.items() if number)
    return f"{report.target}: {count(report.episodes, 'episode')}, {found or 'nothing to mend'}"
