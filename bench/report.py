"""Figures as a page: docs/benchmarks.md, and its table alone."""

from __future__ import annotations

import os
import platform
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workshop import Row

METHOD = Path(__file__).parent / "method.md"
"""What a run does not change: how things are measured, what falls short and why."""
_DISTRIBUTIONS = ("narrate-podcast", "piper-tts", "onnxruntime", "pyttsx3", "espeakng-loader", "lameenc", "av", "numpy")


def page(rows: Sequence[Row], repetitions: int) -> str:
    """The whole page."""
    short = "\n".join(
        f"* {row.what}: {row.found}, where {row.reach} was to be reached." for row in rows if not row.holds
    )
    head = (
        f"*{datetime.now(UTC):%d %B %Y}, {machine()}. Ratios from one run, medians of {repetitions} repetitions (least "
        "and greatest in brackets). `python bench/run.py` measures all of it and writes this page.*"
    )
    parts = (
        "# Benchmarks",
        head,
        table(rows),
        "## How each figure came about",
        "\n".join(f"* **{row.what}**: {row.found}. {row.note}" for row in rows),
        "## What falls short",
        short or "Nothing of the table.",
        METHOD.read_text(encoding="utf-8").strip(),
    )
    return "\n\n".join(parts) + "\n"


def table(rows: Sequence[Row]) -> str:
    """The figures against what was to be reached."""
    head = ["| what | reach | found | |", "|---|---|---|---|"]
    return "\n".join(
        head + [f"| {row.what} | {row.reach} | {row.found} | {'✓' if row.holds else 'short'} |" for row in rows]
    )


def machine() -> str:
    """The machine in neutral words, and the versions that matter."""
    versions = ", ".join(f"{name} {version(name)}" for name in _DISTRIBUTIONS)
    cores = f"{os.cpu_count()} shared {platform.machine().replace('_', '-')} cores"
    return f"{cores}, {platform.system()}, Python {platform.python_version()}; {versions}"
