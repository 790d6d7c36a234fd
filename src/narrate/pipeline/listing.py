"""Lists read: from files and from the web, only what has changed, and the feeds that lists of feeds name."""

from __future__ import annotations

import os
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from narrate.article.lists.signs import MAX_LIST_BYTES
from narrate.article.lists.urls import url_key
from narrate.errors import ArticleError, FetchError
from narrate.model import Origin
from narrate.pipeline.choosing import Terms, again_at
from narrate.pipeline.entries import MOST_NESTING, parsed, read_list
from narrate.pipeline.memory import SeenList
from narrate.pipeline.reading import STANDARD_INPUT, is_web

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from narrate.model import ReadingList
    from narrate.pipeline.memory import Memory
    from narrate.pipeline.tools import Tools
    from narrate.runtime.fetch import Known

MOST_LISTS = 5_000
_MOST_TRIES = 4
"""A list whose server answers with an error is asked for again within four hours at the latest."""


@dataclass(frozen=True, slots=True)
class ListRead:
    """What became of a list: "read", "unchanged", "skipped" or "failed", with its entries and feeds counted."""

    name: str
    outcome: str
    title: str = ""
    entries: int = 0
    feeds: int = 0
    reason: str = ""
    code: str = ""
    retryable: bool = False


class Lists(NamedTuple):
    """The lists that were read, by their names, what became of each that was named, and what servers said of them."""

    found: list[tuple[str, ReadingList]]
    told: list[ListRead]
    known: dict[str, Known]


@dataclass(slots=True)
class _Reading:
    """Lists on their way: what is read, what became of each, and what was named already."""

    memory: Memory
    tools: Tools
    terms: Terms
    found: list[tuple[str, ReadingList]] = field(default_factory=list)
    told: list[ListRead] = field(default_factory=list)
    known: dict[str, Known] = field(default_factory=dict)
    waiting: deque[tuple[str, int]] = field(default_factory=deque)
    named: set[str] = field(default_factory=set)


def read_lists(
    sources: Sequence[str], memory: Memory, tools: Tools, terms: Terms, tell: Callable[[str], None]
) -> Lists:
    """The lists of these names and those they name, each once, and what became of each; what fails stops no other.

    A list that has not changed since all of it was dealt with is not among those read. What its server says of one
    that is goes into `memory` only with `settle`: an import that is killed has dealt with nothing.
    """
    reading = _Reading(memory, tools, terms)
    for source in sources:
        _enqueue(reading, source, 0)
    while reading.waiting:
        name, depth = reading.waiting.popleft()
        tell(name)
        try:
            _read(reading, name, depth)
        except ArticleError as refused:
            reading.told.append(_failed(reading, name, refused))
    return Lists(reading.found, reading.told, reading.known)


def settle(memory: Memory, name: str, terms: Terms, known: Known | None) -> None:
    """Note that all of a list was dealt with, and what is `known` of it; None where it is to be sent again."""
    seen = memory.lists.get(name)
    if seen is not None and known is not None:
        seen.since = terms.since.isoformat() if terms.since else ""
        seen.etag, seen.modified = known.etag, known.modified


def place_of(source: str) -> str:
    """A source's name as it is remembered: files by their whole path."""
    return source if is_web(source) or source == STANDARD_INPUT else os.path.abspath(source)  # noqa: PTH100 # as typed, without links resolved


def _enqueue(reading: _Reading, source: str, depth: int) -> None:
    """Have a list read, unless it was named before: lists may name each other, and themselves."""
    name = place_of(source)
    key = url_key(name) if is_web(name) else name
    if key not in reading.named and len(reading.named) < MOST_LISTS:
        reading.named.add(key)
        reading.waiting.append((name, depth))


def _read(reading: _Reading, name: str, depth: int) -> None:
    found = _from_web(reading, name) if is_web(name) else read_list(name)
    if found is None:
        for url in reading.memory.lists[name].feeds:
            _enqueue(reading, url, depth + 1)
        return
    told = ListRead(name, "read", found.title, len(found.entries), len(found.feeds))
    if found.feeds and depth + 1 >= MOST_NESTING:
        told = ListRead(name, "skipped", found.title, reason=f"lists of feeds are nested {MOST_NESTING} deep here")
    else:
        for feed in found.feeds:
            _enqueue(reading, feed.url, depth + 1)
    reading.told.append(told)
    reading.found.append((name, found))


def _from_web(reading: _Reading, name: str) -> ReadingList | None:
    """A list from the web; None where it has not changed, or is not to be asked for yet."""
    from narrate.runtime.fetch import Known

    seen = reading.memory.lists.setdefault(name, SeenList())
    if not reading.terms.retry and seen.again and datetime.fromisoformat(seen.again) > reading.terms.now:
        reason = f"it failed {seen.failures} times; it is asked for again from {seen.again[:16]} UTC on"
        reading.told.append(ListRead(name, "skipped", seen.title, reason=reason, retryable=True))
        return None
    known = Known(seen.etag, seen.modified) if _covers(seen, reading.terms) else Known()
    got = reading.tools.fetch(name, MAX_LIST_BYTES, known=known)
    seen.failures, seen.again = 0, ""
    if got.unchanged:
        reading.told.append(ListRead(name, "unchanged", seen.title, feeds=len(seen.feeds)))
        return None
    found = parsed(got.data, Origin(got.name, got.url, got.mime, got.charset))
    reading.known[name] = got.known
    seen.etag = seen.modified = ""
    seen.title = found.title
    seen.feeds = [feed.url for feed in found.feeds]
    return found


def _covers(seen: SeenList, terms: Terms) -> bool:
    """Whether what was wanted the last time holds all that is wanted now."""
    return not seen.since or (terms.since is not None and terms.since.isoformat() >= seen.since)


def _failed(reading: _Reading, name: str, refused: ArticleError) -> ListRead:
    retryable = refused.retryable if isinstance(refused, FetchError) else False
    seen = reading.memory.lists.get(name)
    if seen is not None:
        seen.failures += 1
        asked_s = refused.retry_after_s if isinstance(refused, FetchError) else None
        answered = not isinstance(refused, FetchError) or refused.status or asked_s
        # Nobody's answer is a network that is gone, and it may be back with the next run.
        tries = min(seen.failures, _MOST_TRIES) if answered else 1
        seen.again = again_at(tries, reading.terms.now, asked_s)
        seen.etag = seen.modified = ""
    title = seen.title if seen else ""
    return ListRead(name, "failed", title, reason=str(refused), code=refused.code, retryable=retryable)
