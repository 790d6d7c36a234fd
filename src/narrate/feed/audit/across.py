"""Rules that look at all items of a feed at once, and at what was remembered of it since last time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from narrate.feed.audit.rule import APPLE, ERROR, NAMESPACE, PSP, RSS, WARNING, Fault, Rule
from narrate.feed.audit.words import shown
from narrate.model import Traces

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from narrate.feed.audit.document import Feed, Part

MOST_REMEMBERED = 20_000
"""Items whose traces are kept; further ones are not compared."""


def _guid(part: Part) -> str:
    return part.said("guid")


def _url(part: Part) -> str:
    enclosure = part.first("enclosure")
    return enclosure.get("url") if enclosure else ""


def _unique(of: Callable[[Part], str], what: str) -> Callable[[Feed], Iterator[Fault]]:
    """A check that no two items have the same."""

    def check(feed: Feed) -> Iterator[Fault]:
        holders: dict[str, list[tuple[int, int]]] = {}
        for number, item in enumerate(feed.items, 1):
            holders.setdefault(of(item), []).append((number, item.line))
        for value, found in holders.items():
            if value and len(found) > 1:
                numbers = ", ".join(str(number) for number, _ in found[:5]) + (" …" if len(found) > 5 else "")  # noqa: PLR2004 # enough to find them
                yield Fault(f"items {numbers} have the same {what} {shown(value)}", found[1][1], "channel")

    return check


ACROSS: tuple[Rule[Feed], ...] = (
    Rule(
        "guid-unique",
        ERROR,
        f"{PSP} and {RSS}, guid",
        "give each its own; apps show one of them only",
        _unique(_guid, "guid"),
    ),
    Rule(
        "enclosure-unique",
        ERROR,
        f"{APPLE}, enclosure",
        "give each its own file; apps leave out what they know already",
        _unique(_url, "enclosure"),
    ),
)
"""Rules for all items of a feed together."""


def traces_of(feed: Feed) -> Traces:
    """What is worth remembering of a feed until the next audit."""
    rows = ((_guid(item), item.said("title")[:200], item.said("pubDate"), _url(item)) for item in feed.items)
    return Traces(feed.channel.said("podcast:guid"), tuple(row for row in list(rows)[:MOST_REMEMBERED] if row[0]))


@dataclass(frozen=True, slots=True)
class Drift:
    """A feed as it was and as it is."""

    before: Traces
    after: Traces


def _show_guid(drift: Drift) -> Iterator[Fault]:
    if drift.before.guid and drift.before.guid != drift.after.guid:
        yield Fault(f"podcast:guid was {drift.before.guid}, and is {drift.after.guid or 'gone'}")


def _by_guid(traces: Traces) -> dict[str, tuple[str, str, str, str]]:
    return {row[0]: row for row in traces.items}


def _new_names(drift: Drift) -> dict[str, str]:
    """Guids of before whose sound has another guid now."""
    now, before = _by_guid(drift.after), _by_guid(drift.before)
    by_sound = {url: guid for guid, _, _, url in drift.after.items if url and guid not in before}
    return {guid: by_sound[url] for guid, _, _, url in drift.before.items if guid not in now and url in by_sound}


def _changed_guid(drift: Drift) -> Iterator[Fault]:
    titles = {guid: title for guid, title, _, _ in drift.before.items}
    for guid, other in _new_names(drift).items():
        yield Fault(f"{shown(titles[guid])} had the guid {shown(guid)}, and has {shown(other)} now")


def _removed(drift: Drift) -> Iterator[Fault]:
    now, renamed = _by_guid(drift.after), _new_names(drift)
    stayed = [place for place, row in enumerate(drift.before.items) if row[0] in now]
    # Many feeds hold the newest episodes only: what was at the end has made room, and nobody took it away.
    before = drift.before.items[: stayed[-1]] if stayed else drift.before.items
    gone = [title or guid for guid, title, _, _ in before if guid not in now and guid not in renamed]
    if gone:
        more = f" and {len(gone) - 1} more" if len(gone) > 1 else ""
        yield Fault(f"{shown(gone[0])}{more} was there last time, and is no more")


def _changed_date(drift: Drift) -> Iterator[Fault]:
    now = _by_guid(drift.after)
    for guid, title, date, _ in drift.before.items:
        if guid in now and date and now[guid][2] != date:
            yield Fault(f"{shown(title or guid)} was published {date}, and is {now[guid][2] or 'without a date'} now")


def _moved(drift: Drift) -> Iterator[Fault]:
    now = _by_guid(drift.after)
    moved = [title or guid for guid, title, _, url in drift.before.items if guid in now and url and now[guid][3] != url]
    if moved:
        more = f" and {len(moved) - 1} more" if len(moved) > 1 else ""
        yield Fault(f"the sound of {shown(moved[0])}{more} has another address than last time")


DRIFT: tuple[Rule[Drift], ...] = (
    Rule(
        "drift-show-guid",
        ERROR,
        f"{NAMESPACE}, guid",
        "bring the old one back; it is the show's for its whole life",
        _show_guid,
    ),
    Rule(
        "drift-guid",
        ERROR,
        f"{PSP}, guid",
        "bring the old one back; apps fetch it again as a new episode",
        _changed_guid,
    ),
    Rule("drift-removed", WARNING, f"{RSS}, guid", "bring it back, if it was not meant", _removed),
    Rule("drift-date", WARNING, f"{RSS}, pubDate", "bring the old date back; apps sort by it", _changed_date),
    Rule("drift-enclosure", WARNING, f"{APPLE}, enclosure", "redirect the old address for good (301)", _moved),
)
"""Rules for what must not change from one audit to the next."""
