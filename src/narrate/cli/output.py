"""Results on stdout, the story on stderr."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def result(text: str) -> None:
    """A line of the result, to stdout; what a terminal could not show safely is escaped."""
    click.echo(printable(text))


def story(text: str) -> None:
    """A line for people, to stderr."""
    click.echo(printable(text), err=True)


def document(content: object) -> None:
    """The one JSON document of ``--json``, to stdout."""
    click.echo(json.dumps(content, ensure_ascii=False, indent=2))


def complain(sentence: str, code: str, exit_code: int, *, as_json: bool) -> int:
    """Say what went wrong, in one sentence or as one document; gives the exit code back."""
    if as_json:
        document({"ok": False, "error": {"code": code, "message": sentence}})
    else:
        story(f"narrate: {sentence}")
    return exit_code


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Columns, aligned for people and separated by tabs in a pipe (then without the head)."""
    cells = [[printable(cell) for cell in row] for row in rows]
    if not sys.stdout.isatty():
        for row in cells:
            click.echo("\t".join(row))
        return
    widths = [max(map(len, column)) for column in zip(head, *cells, strict=True)]
    for row in (list(head), *cells):
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def printable(text: str) -> str:
    r"""The text without what would command a terminal.

    >>> printable("a\x1b[31mb\nc")
    'a\\x1b[31mb\nc'
    """
    return "".join(
        char if char.isprintable() or char in "\n\t" else char.encode("unicode_escape").decode() for char in text
    )


def minutes(duration_ms: int) -> str:
    """A length of time for people.

    >>> minutes(262_000), minutes(3_723_000)
    ('4:22', '1:02:03')
    """
    seconds = round(duration_ms / 1000)
    hours, rest = divmod(seconds, 3600)
    clock = f"{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"
    return f"{hours}:{clock}" if hours else clock
