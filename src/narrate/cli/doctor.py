"""``narrate doctor``: can this machine do it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from narrate.cli import options
from narrate.cli.output import called, count, document, one_line, result, story

if TYPE_CHECKING:
    from narrate.pipeline.checkups import Place
    from narrate.pipeline.doctor import Check
    from narrate.settings import Settings


@click.command()
@options.out
@options.show
@options.as_json
@options.quiet
def doctor(**given: Any) -> int:
    """Try everything that an episode and a published show need, and say what to do about what does not work.

    A line for each thing: ok, warning or fault. It ends with 1 if there is a fault. Nothing is changed, nothing is
    fetched. With --quiet only warnings and faults are shown.
    """
    from narrate.pipeline.doctor import Grade, examine

    checks = examine(lambda: options.settings_from(given), lambda settings: _place(settings, given))
    counts = {grade: sum(check.grade is grade for check in checks) for grade in Grade}
    if given["as_json"]:
        rows = [
            {"name": check.name, "grade": str(check.grade), "found": check.found, "advice": check.advice}
            for check in checks
        ]
        totals = {"faults": counts[Grade.FAULT], "warnings": counts[Grade.WARNING]}
        document({"ok": not totals["faults"], **totals, "checks": rows})
        return int(bool(counts[Grade.FAULT]))
    for check in checks:
        if check.grade is not Grade.OK or not given["quiet"]:
            result(_line(check))
    if not given["quiet"]:
        faults, warnings = counts[Grade.FAULT], counts[Grade.WARNING]
        ready = "Everything that is needed works" if not faults else count(faults, "fault")
        story(f"{ready}; {count(warnings, 'warning')}.")
    return int(bool(counts[Grade.FAULT]))


def _line(check: Check) -> str:
    advice = f"; {check.advice}" if check.advice else ""
    return one_line(f"{check.grade}: {check.name}: {check.found}{advice}".replace("'narrate ", f"'{called()} "))


def _place(settings: Settings, given: dict[str, Any]) -> Place:
    from narrate.pipeline.checkups import Place
    from narrate.runtime.places import cache_folder, config_file, state_folder
    from narrate.settings.load import FILE_NAME

    out, name = given.get("out") or settings.out, given.get("show") or settings.show
    files = (config_file(), Path.cwd() / FILE_NAME)
    return Place(settings, Path(out) / name, cache_folder(settings.cache_dir), state_folder(), files)


COMMANDS = (doctor,)
