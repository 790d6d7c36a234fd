"""Making again: nothing changed, one word changed."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from workshop import SEED, Bench, Row, made_of, middle, spread

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_EDIT = ("marketplace", "bazaar")


def rows(bench: Bench) -> list[Row]:
    """The seed remade, by the neural voice; then its script with a word exchanged."""
    return [_unchanged(bench), _edited(bench)]


def _unchanged(bench: Bench) -> Row:
    bench.narrate("make", str(SEED), "-q", cache="warm", out="again")
    before = _digests(bench.path("again"))
    costs = [bench.narrate("make", str(SEED), "-q", cache="warm", out="again") for _ in range(bench.repetitions)]
    same = _digests(bench.path("again")) == before
    walls = [cost.wall_s for cost in costs]
    note = (
        f"{middle(cost.cpu_s for cost in costs):.2f} CPU s; others used {middle(cost.others for cost in costs):.0%} of "
        f"the cores. "
        f"All {len(before)} files of the show compared by SHA-256."
    )
    found = f"{spread(walls)} s; {'identical' if same else 'different'}"
    return Row(
        "unchanged remake of the seed: wall; bytes", "≤ 2 s; identical", found, middle(walls) <= 2 and same, note
    )


def _edited(bench: Bench) -> Row:
    script = bench.path("edited.yaml")
    script.unlink(missing_ok=True)
    bench.narrate("script", str(SEED), "-o", str(script), "-q", cache="warm")
    bench.narrate("make", str(script), "-q", cache="warm", out="edited")
    before = _entries(bench, "takes"), _entries(bench, "units")
    text, edits = _with_edit(script.read_text(encoding="utf-8"))
    script.write_text(text, encoding="utf-8")
    cost = bench.narrate("make", str(script), "--json", cache="warm", out="edited")
    made = made_of(cost)
    takes, units = _entries(bench, "takes") - before[0], _entries(bench, "units") - before[1]
    holds = edits == made["spoken"] == takes == 1
    note = (
        f"The cache grew by {takes} take{'s' * (takes != 1)} and {units} unit{'s' * (units != 1)} of {made['units']}; "
        f"{cost.cpu_s:.2f} CPU s, loading the voice among them."
    )
    return Row("one word edited in the seed's script: sentences spoken again", "1", str(made["spoken"]), holds, note)


def _with_edit(script: str) -> tuple[str, int]:
    """The script with a word exchanged in the first sentence of the body that has it."""
    lines = script.splitlines(keepends=True)
    at = next(at for at, line in enumerate(lines) if re.match(rf"\s*- .*\b{_EDIT[0]}\b.*\.", line))
    lines[at] = lines[at].replace(*_EDIT, 1)
    return "".join(lines), 1


def _digests(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file of a show that listeners could get."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and ".staging" not in path.parts)
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def _entries(bench: Bench, kind: str) -> int:
    return sum(1 for path in bench.path("warm").rglob("*") if path.is_file() and kind in path.parts)


GROUPS: dict[str, Callable[[Bench], list[Row]]] = {"again": rows}
