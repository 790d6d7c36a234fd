"""``narrate feed import``: articles that others publish become episodes."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import click

from narrate.cli import options
from narrate.cli.feeds import feed
from narrate.cli.output import count, document, refusal, result, story, titled
from narrate.cli.progress import progress

if TYPE_CHECKING:
    from collections.abc import Callable

    from narrate.pipeline.choosing import Item, Terms
    from narrate.pipeline.importing import Imported
    from narrate.pipeline.listing import ListRead

    Command = Callable[..., Any]

_DAYS = re.compile(r"(\d{1,5})\s*(?:d|days?)?", re.IGNORECASE)


def _since(_context: click.Context, _option: click.Parameter, value: str | None) -> datetime | None:
    """The start of a day, or a time so many days ago."""
    if value is None:
        return None
    if days := _DAYS.fullmatch(value.strip()):
        return datetime.now().astimezone() - timedelta(days=int(days[1]))
    try:
        day = date.fromisoformat(value)
    except ValueError as wrong:
        raise click.BadParameter(f"{value!r} is neither a day, as 2026-11-24, nor a number of days, as 7") from wrong
    return datetime(day.year, day.month, day.day).astimezone()


_WISHES = (
    click.option("--limit", type=click.IntRange(1), metavar="N", help="At most the newest N of the new entries."),
    click.option(
        "--since", callback=_since, metavar="DATE|DAYS", help="No entries older than a day, or than so many days."
    ),
    click.option("--edition", is_flag=True, help="Make one episode of the day's new entries."),
    click.option("--retry", is_flag=True, help="Try again at once what failed before, whatever the reason."),
)
_MAKING = (
    options.script_options,
    options.formats,
    options.stereo,
    options.pictures,
    options.captions,
    options.book,
    options.audiobook,
    options.pauses,
    options.on_error,
    options.out,
    options.show,
    options.limits,
    click.option("--jobs", type=int, metavar="N", help="How many sentences are spoken at once (default: all cores)."),
)


def wishes(command: Command) -> Command:
    """The options that `import` and `watch` share."""
    for option in reversed((*_WISHES, *_MAKING)):
        command = option(command)
    return command


def terms_from(given: dict[str, Any], now: datetime) -> Terms:
    """What the options say of which entries are wanted."""
    from narrate.pipeline.choosing import Terms

    return Terms(now, given["since"], given["limit"], given["retry"])


@feed.command("import")
@click.argument("sources", nargs=-1, metavar="[SOURCE]…")
@wishes
@click.option("-n", "--dry-run", is_flag=True, help="Say what would be made; make and remember nothing.")
@click.option("--progress", type=click.Choice(["auto", "bar", "lines", "none"]), help="How progress is shown.")
@options.as_json
@options.quiet
@options.verbose
@click.pass_obj
def import_(before: dict[str, Any] | None, /, **given: Any) -> int:
    """Make an episode of each new entry of a feed or a reading list, once.

    SOURCE is an address or a file: a feed (RSS, Atom, JSON Feed), a page that names its feed, an OPML file, a list
    of addresses, bookmarks, an export of Pocket, Instapaper, wallabag or Readeck; - is standard input. Without one,
    those of the last time are read again. What failed is kept, and tried again with the next run.
    """
    from narrate.runtime.process import prepare

    prepare()
    from narrate.pipeline.importing import Wish, import_lists
    from narrate.pipeline.tools import equip

    given |= {name: given[name] or value for name, value in (before or {}).items() if name in given}
    settings = options.settings_from(given)
    quiet = given["quiet"] or given["as_json"]

    paths: set[str] = set()

    def heard(item: Item) -> None:
        if not given["as_json"]:
            _tell(item, quiet=quiet, verbose=given["verbose"])
            _path(item, paths, quiet=quiet)

    with equip(settings) as tools, progress(settings.progress, quiet=quiet) as tell:
        terms, limits = terms_from(given, tools.now()), options.limits_from(given)
        wish = Wish(given["sources"], terms, given["dry_run"], given["edition"], limits)
        imported = import_lists(wish, settings, tools, tell, heard)
    if given["as_json"]:
        document(as_json(imported))
    else:
        _sum_up(imported, quiet=quiet, verbose=given["verbose"])
    return int(imported.failed)


def _tell(item: Item, *, quiet: bool, verbose: bool) -> None:
    name = titled(item.entry.title) if item.entry.title else item.entry.url
    if item.fate == "failed":
        refusal(f"{name}: {item.reason}")
    elif item.fate == "made":
        if not quiet:
            story(f"Made {name}")
    elif item.fate == "planned" and not quiet:
        story(f"Would make {name}{f' ({item.entry.url})' if item.entry.url and item.entry.title else ''}")
    elif verbose:
        story(f"Not made: {name}: {item.reason}")


def _path(item: Item, told: set[str], *, quiet: bool) -> None:
    """The path of an episode that was made, once, and what left the feed: an edition is that of many entries."""
    if item.audio and str(item.audio) not in told:
        told.add(str(item.audio))
        result(str(item.audio))
        for title in () if quiet else item.pruned:
            story(f"No longer in the feed: {titled(title)}")


def _sum_up(imported: Imported, *, quiet: bool, verbose: bool) -> None:
    for each in imported.lists:
        if each.outcome == "failed":
            refusal(_of_list(each))
        elif not quiet and (verbose or each.outcome == "skipped"):
            story(f"{each.title or each.name}: {each.reason or told_of(each)}")
    if not quiet:
        story(f"{told_of_all(imported)}.")


def _of_list(each: ListRead) -> str:
    return each.reason if each.name in each.reason else f"{each.name}: {each.reason}"


def told_of(each: ListRead) -> str:
    """What became of a list, in a few words."""
    if each.outcome == "unchanged":
        return "nothing has changed"
    return count(each.feeds, "feed") if each.feeds else f"{each.entries} {'entry' if each.entries == 1 else 'entries'}"


def told_of_all(imported: Imported) -> str:
    """How many entries ended how.

    Only what there is is said.
    """
    words = {
        "made": "made",
        "planned": "would be made",
        "unchanged": "there already",
        "skipped": "skipped",
        "failed": "failed",
    }
    fates = [item.fate.value for item in imported.items]
    said = [f"{fates.count(fate)} {word}" for fate, word in words.items() if fate in fates]
    return ", ".join(said) or "Nothing new"


def as_json(imported: Imported) -> dict[str, Any]:
    """What became of lists and entries, as a document."""
    return {
        "ok": not imported.failed,
        "show": str(imported.folder),
        "lists": [list_row(each) for each in imported.lists],
        "entries": [item_row(each) for each in imported.items],
    }


def list_row(each: ListRead) -> dict[str, Any]:
    """A list as JSON has it."""
    return {
        "list": each.name,
        "title": each.title,
        "outcome": each.outcome,
        "entries": each.entries,
        "feeds": each.feeds,
        "reason": each.reason,
        "code": each.code,
        "retryable": each.retryable,
    }


def item_row(item: Item) -> dict[str, Any]:
    """An entry as JSON has it."""
    entry = item.entry
    return {
        "list": item.source,
        "url": entry.url,
        "id": entry.id,
        "title": entry.title,
        "published": entry.published.isoformat() if entry.published else None,
        "outcome": item.fate.value,
        "reason": item.reason,
        "code": item.code,
        "retryable": item.retryable,
        "guid": item.guid,
        "audio": str(item.audio) if item.audio else None,
        "pruned": list(item.pruned),
    }
