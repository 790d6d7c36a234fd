"""Which entries of lists are new: by their addresses, by their texts, by what was tried before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from hashlib import blake2b
from typing import TYPE_CHECKING

from narrate.article.lists.urls import ENTRY, url_key
from narrate.model import Extent
from narrate.pipeline.entries import in_reading_order
from narrate.pipeline.memory import unpacked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from narrate.model import Article, Entry, Episode, ReadingList
    from narrate.model.brief import Brief
    from narrate.pipeline.memory import Failure, Memory

FIRST_WAIT = timedelta(hours=1)
LONGEST_WAIT = timedelta(days=7)
LEFT = "limit"
"""The code of entries that are left for another run."""
_TEXT_LETTERS = 300
"""Shorter texts may be alike by chance: "This page has moved"."""


class Fate(StrEnum):
    """What becomes of an entry."""

    NEW = "new"
    """It is to be made."""
    MADE = "made"
    PLANNED = "planned"
    """A dry run: it would be made."""
    UNCHANGED = "unchanged"
    """It is an episode already."""
    SKIPPED = "skipped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of the list `source`, by what it is known (`key`), what becomes of it and why.

    `code` is the error's, for programs. `retryable` where it may go well another time. `guid` and `audio` are those
    of the episode; `pruned` the titles of those that left the feed with it.
    """

    entry: Entry
    key: str
    source: str
    fate: Fate = Fate.NEW
    reason: str = ""
    code: str = ""
    retryable: bool = False
    guid: str = ""
    audio: Path | None = None
    pruned: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Terms:
    """Which entries are wanted: not older than `since`, the newest `limit` of them, failed ones before their time."""

    now: datetime
    since: datetime | None = None
    limit: int | None = None
    retry: bool = False


def chosen(
    lists: Sequence[tuple[str, ReadingList]],
    unchanged: Iterable[str],
    memory: Memory,
    known: Mapping[str, str],
    terms: Terms,
) -> list[Item]:
    """Every entry of the lists once, those to be made in the order to make them in, and those that failed before.

    What failed before is taken up again where its list is among these, or `unchanged`. `known` has the titles of the
    show's episodes by what their identities are known by.
    """
    items = _once(_items(lists))
    listed = {item.key for item in items}
    names = {name for name, _ in lists}.union(unchanged)
    old = [
        Item(unpacked(failure.entry), key, failure.source)
        for key, failure in memory.failed.items()
        if key not in listed and failure.source in names
    ]
    judged = [_judged(item, memory, known, terms) for item in (*old, *items)]
    return _limited(_in_order(judged), terms.limit)


def keys_of(episodes: Iterable[Episode | Brief]) -> dict[str, str]:
    """The titles of episodes by what entries are known by."""
    return {known_by(each.identity): each.title for each in episodes}


def known_by(identity: str) -> str:
    """What an entry is known by whose article has this identity."""
    return url_key(identity) if identity.startswith(("http://", "https://")) else identity


def digest_of(article: Article) -> str:
    """What the text of an article is known by, whatever its markup; "" for one too short to tell it from others."""
    letters = "".join(
        character for block in article.blocks for character in block.text.casefold() if character.isalnum()
    )
    return (
        blake2b(letters.encode("utf-8", "replace"), digest_size=12).hexdigest() if len(letters) >= _TEXT_LETTERS else ""
    )


def again_at(tries: int, now: datetime, asked_s: int | None) -> str:
    """When to try again what failed so often: with the next run after the first time, then ever later.

    Not before the time that the server asked for.

    >>> eight = datetime(2026, 11, 24, 8, tzinfo=UTC)
    >>> again_at(1, eight, None), again_at(3, eight, None), again_at(1, eight, 60)
    ('2026-11-24T08:00:00+00:00', '2026-11-24T10:00:00+00:00', '2026-11-24T08:01:00+00:00')
    """
    wait = timedelta() if tries <= 1 else min(FIRST_WAIT * 2 ** min(tries - 2, 10), LONGEST_WAIT)
    return (now + max(wait, timedelta(seconds=asked_s or 0))).isoformat()


def key_of(entry: Entry, source: str) -> str:
    """What an entry is known by: its address, else its id in its list, else its text."""
    if entry.url:
        return url_key(entry.url)
    return f"id:{identity_in(entry, source)}"


def identity_in(entry: Entry, source: str) -> str:
    """What an entry without an address is called: no other list has the same."""
    named = f"{source}\n{entry.id}" if entry.id else f"{entry.title}\n{entry.html}"
    return blake2b(named.encode("utf-8", "replace"), digest_size=12).hexdigest()


def _items(lists: Sequence[tuple[str, ReadingList]]) -> Iterator[Item]:
    for source, found in lists:
        for entry in _distinct(in_reading_order(found)):
            key = key_of(entry, source)
            # An article without an address is who its id says, and ids of two lists may be alike.
            named = entry if entry.url else replace(entry, id=identity_in(entry, source))
            yield Item(named, key, source)


def _distinct(entries: Sequence[Entry]) -> list[Entry]:
    """The entries with addresses of their own: where several texts share a page, each has its id behind that."""
    shared: dict[str, set[str]] = {}
    for entry in entries:
        if entry.url and entry.id and entry.extent is Extent.WHOLE:
            shared.setdefault(url_key(entry.url), set()).add(entry.id)
    several = {key for key, ids in shared.items() if len(ids) > 1}
    return [
        replace(entry, url=f"{entry.url.partition('#')[0]}#{ENTRY}{_short(entry.id)}")
        if entry.url and entry.id and entry.extent is Extent.WHOLE and url_key(entry.url) in several
        else entry
        for entry in entries
    ]


def _short(text: str) -> str:
    return blake2b(text.encode("utf-8", "replace"), digest_size=6).hexdigest()


def _once(items: Iterable[Item]) -> list[Item]:
    """The items without those whose key stood in an earlier place; of two, the one that carries more text."""
    held: dict[str, Item] = {}
    for item in items:
        before = held.setdefault(item.key, item)
        if before.entry.extent is not Extent.WHOLE and item.entry.extent is Extent.WHOLE:
            held[item.key] = item
    return list(held.values())


def _judged(item: Item, memory: Memory, known: Mapping[str, str], terms: Terms) -> Item:
    if item.key in memory.made:
        return replace(item, fate=Fate.UNCHANGED, reason=f"it is the episode “{memory.made[item.key].title}”")
    if item.key in known:
        return replace(item, fate=Fate.UNCHANGED, reason=f"it is the episode “{known[item.key]}”")
    failure = memory.failed.get(item.key)
    if failure and not terms.retry and (reason := _waits(failure, terms.now)):
        return replace(item, fate=Fate.SKIPPED, reason=reason, code=failure.code, retryable=failure.retryable)
    if not item.entry.url and not item.entry.html:
        return replace(item, fate=Fate.SKIPPED, reason="it names no page on the web, and carries no text")
    when = item.entry.published or item.entry.updated
    if terms.since and when and when < terms.since and not failure:
        return replace(item, fate=Fate.SKIPPED, reason=f"it is of {when:%Y-%m-%d}, before --since")
    return item


def _waits(failure: Failure, now: datetime) -> str:
    """Why something that failed is not tried now; "" where it is."""
    if not failure.retryable:
        return f"it failed before: {failure.reason}; --retry tries it again"
    again = datetime.fromisoformat(failure.again) if failure.again else now
    if again > now:
        return (
            f"it failed {failure.tries} times: {failure.reason}; it is tried again from {again:%Y-%m-%d %H:%M} UTC on"
        )
    return ""


def _in_order(items: Sequence[Item]) -> list[Item]:
    """Items of several lists by their dates, the oldest first; one without stands behind the one before it."""
    last = datetime.min.replace(tzinfo=UTC)
    dated = []
    source = ""
    for place, item in enumerate(items):
        last = datetime.min.replace(tzinfo=UTC) if item.source != source else last
        source = item.source
        last = item.entry.published or item.entry.updated or last
        dated.append((last, place, item))
    return [item for _, _, item in sorted(dated, key=lambda each: each[:2])]


def _limited(items: list[Item], limit: int | None) -> list[Item]:
    """The newest `limit` of those to be made; the others are left for another time."""
    if limit is None:
        return items
    wanted = [number for number, item in enumerate(items) if item.fate is Fate.NEW]
    left = set(wanted[: max(len(wanted) - limit, 0)])
    return [
        replace(item, fate=Fate.SKIPPED, reason="it is beyond --limit; another run takes it", code=LEFT, retryable=True)
        if number in left
        else item
        for number, item in enumerate(items)
    ]
