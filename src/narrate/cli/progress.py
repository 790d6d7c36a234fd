"""What is going on: bars on a terminal, lines elsewhere, or nothing."""

from __future__ import annotations

import os
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from narrate.cli.output import one_line, story

if TYPE_CHECKING:
    from collections.abc import Iterator

    from narrate.pipeline.order import Event, Listener

_WORDS = {"read": "Reading", "speak": "Speaking", "encode": "Encoding", "write": "Writing", "publish": "Sending"}
_LINE_EVERY_S = 2.0
"""Lines come no faster than this: a screen reader reads each of them."""


@contextmanager
def progress(wish: str, *, quiet: bool) -> Iterator[Listener]:
    """A listener that shows events as `wish` says: "auto", "bar", "lines" or "none"."""
    manner = "none" if quiet else _manner(wish)
    if manner == "bar":
        with _bars() as listener:
            yield listener
    else:
        yield _lines() if manner == "lines" else _silence


def _manner(wish: str) -> str:
    if wish != "auto":
        return wish
    return "bar" if sys.stderr.isatty() and os.environ.get("TERM", "") != "dumb" else "lines"


def _silence(event: Event) -> None:
    """Say nothing."""


def _lines() -> Listener:
    last_s, stage = 0.0, ""

    def tell(event: Event) -> None:
        nonlocal last_s, stage
        now_s = time.monotonic()
        if not event.done or (event.stage == stage and event.done < event.total and now_s - last_s < _LINE_EVERY_S):
            return
        last_s, stage = now_s, event.stage
        words = one_line(" ".join(event.text.split()))
        story(f"{_WORDS[event.stage]} {event.done} of {event.total}{': ' + words if words else ''}")

    return tell


@contextmanager
def _bars() -> Iterator[Listener]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (
        TextColumn("{task.description:<8}"),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TextColumn("{task.fields[words]}", markup=False),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, int] = {}

        def tell(event: Event) -> None:
            if event.stage not in tasks:
                tasks[event.stage] = bars.add_task(_WORDS[event.stage], total=event.total, words="")
            words = one_line(" ".join(event.text.split()))
            bars.update(tasks[event.stage], completed=event.done, total=event.total, words=words)  # type: ignore[arg-type] # a TaskID is an int

        yield tell
