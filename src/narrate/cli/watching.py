"""``narrate watch``: lists read every so often, articles made as they appear."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from narrate.cli import options
from narrate.cli.importing import item_row, terms_from, wishes
from narrate.cli.output import result, story, titled

if TYPE_CHECKING:
    from narrate.pipeline.watching import Happened

_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
_LEAST_S = 60
_EVERY = re.compile(r"(\d{1,6})\s*([smhd])", re.IGNORECASE)


def _every(_context: click.Context, _option: click.Parameter, value: str) -> int:
    """A span of time in seconds; servers are not asked more often than once a minute."""
    found = _EVERY.fullmatch(value.strip())
    if found is None:
        raise click.BadParameter(f"{value!r} is no span of time; write it as 30m, 1h or 1d")
    seconds = int(found[1]) * _SECONDS[found[2].lower()]
    if seconds < _LEAST_S:
        raise click.BadParameter(f"{value!r} is too often for the servers that are asked; 1m is the least")
    return seconds


@click.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]…")
@click.option(
    "--every", "every_s", default="1h", callback=_every, metavar="TIME", help="How often lists are read (1h)."
)
@click.option("--once", is_flag=True, help="Look once, make what is there, and end: for cron.")
@wishes
@options.as_json
@options.quiet
def watch(**given: Any) -> int:
    """Import lists every so often, and make articles as they appear in folders.

    SOURCE is a feed or a list, as 'narrate feed import' takes it, or a folder that articles are put into. Without
    one, the lists of the last import are read. A file is made when nobody writes it any more. Ctrl-C ends it; with
    --json each event is a line of JSON.
    """
    from narrate.runtime.process import prepare

    prepare()
    from narrate.pipeline.importing import Wish
    from narrate.pipeline.watching import Watch, split_sources
    from narrate.pipeline.watching import watch as run

    lists, folders = split_sources(given["sources"])
    terms, limits = terms_from(given, datetime.now(UTC)), options.limits_from(given)
    wish = Wish(lists, terms, edition=given["edition"], limits=limits)
    wanted = Watch(wish, folders, given["every_s"], given["once"])

    def tell(event: Happened) -> None:
        if given["as_json"]:
            _tell_as_json(event)
        else:
            _tell_event(event, quiet=given["quiet"])

    return int(not run(wanted, options.settings_from(given), tell))


_HAPPENED = {
    "made": "Made {about}",
    "failed": "Not made: {about}: {reason}",
    "unreached": "Not reached: {about}: {reason}",
    "back": "Reached again: {about}",
}


def _tell_event(event: Happened, *, quiet: bool) -> None:
    """One line an event, with the time of day: to stdout the paths of what was made, the rest for people."""
    line = _HAPPENED[event.kind].format(about=titled(event.about), reason=event.reason)
    if not (quiet and event.kind in {"made", "back"}):
        story(f"{datetime.now().astimezone():%H:%M:%S} {' '.join(line.split())}")
    audio = event.item.audio if event.item else event.made.audio if event.made else None
    if audio:
        result(str(audio))


def _tell_as_json(event: Happened) -> None:
    import json

    row: dict[str, Any] = {"event": event.kind, "about": event.about, "reason": event.reason}
    if event.item:
        row["entry"] = item_row(event.item)
    if event.made:
        row |= {"guid": event.made.episode.guid, "audio": str(event.made.audio), "outcome": event.made.outcome.value}
    result(json.dumps({"time": f"{datetime.now().astimezone():%Y-%m-%dT%H:%M:%S%z}", **row}))


COMMANDS = (watch,)
