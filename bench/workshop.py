"""Where measurements run: a folder of their own, with narrate's caches, settings and bytecode in it."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from measure import Cost, run

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

HERE = Path(__file__).parent
SEED = HERE.parent / "seeds" / "000_8b5a2423189e2da9.txt"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: what, what is to be reached, what was found, whether that is it, and how it came about."""

    what: str
    reach: str
    found: str
    holds: bool
    note: str


@dataclass(frozen=True, slots=True)
class Bench:
    """A working folder and how often things are repeated."""

    work: Path
    repetitions: int

    def narrate(self, *arguments: str, cache: str = "cache", out: str = "out") -> Cost:
        """Run the command with a cache and a folder of shows of their own."""
        environment = {**self.environment(), "NARRATE_CACHE_DIR": str(self.work / cache)}
        where = ("--out", str(self.work / out)) if arguments[0] == "make" else ()
        return run((sys.executable, "-m", "narrate", *arguments, *where), environment, self.work)

    def script(self, name: str, *arguments: str) -> Cost:
        """Run one of the small programs beside this file."""
        return run((sys.executable, str(HERE / name), *arguments), self.environment(), self.work)

    def path(self, name: str) -> Path:
        """A file in the working folder."""
        return self.work / name

    def forget(self, *names: str) -> None:
        """Remove folders, such as a cache that is to be cold."""
        for name in names:
            shutil.rmtree(self.work / name, ignore_errors=True)

    def environment(self) -> dict[str, str]:
        """This checkout, as if installed: bytecode from the second run on, and no settings of whoever measures."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "NARRATE"))}
        return {
            **kept,
            "PYTHONPATH": str(HERE.parent / "src"),
            "PYTHONPYCACHEPREFIX": str(self.work / "bytecode"),
            "XDG_CONFIG_HOME": str(self.work / "none"),
        }


def audio_of(cost: Cost) -> Path:
    """The file that `narrate make` says it made."""
    return Path(cost.output.strip().splitlines()[-1])


def made_of(cost: Cost) -> dict[str, Any]:
    """The one episode of ``narrate make --json``."""
    episode: dict[str, Any] = json.loads(cost.output)["episodes"][0]
    return episode


def middle(values: Iterable[float]) -> float:
    """Their median."""
    return statistics.median(values)


def spread(values: Sequence[float], digits: int = 2) -> str:
    """The median, and the least and the greatest.

    >>> spread([3.0, 1.0, 2.0])
    '2.00 (1.00–3.00)'
    """
    return f"{middle(values):.{digits}f} ({min(values):.{digits}f}–{max(values):.{digits}f})"
