"""What is ordered, read one after the other: articles, scripts, the chapters of a book, the entries of a list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from narrate.errors import NarrateError, UsageError
from narrate.model import Article
from narrate.pipeline.entries import articles_of, named, read_entry
from narrate.pipeline.order import Event, Failed, Stage
from narrate.pipeline.parting import parted
from narrate.pipeline.reading import ListGivenError, ScriptFile, read_source
from narrate.runtime.files import shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from narrate.model import Style
    from narrate.pipeline.order import Listener, Order
    from narrate.pipeline.tools import Tools


@dataclass(frozen=True, slots=True)
class Desk:
    """What reading needs: what is ordered, for the show in `folder`; what fails is put into `failed`."""

    order: Order
    folder: Path
    tools: Tools
    style: Style
    tell: Listener
    failed: list[Failed]


def sources(desk: Desk) -> Iterator[tuple[str, Article | ScriptFile]]:
    """What can be read of what is ordered, with a name for messages; the rest has failed."""
    given = desk.order.articles
    for done, each in enumerate(given, 1):
        name = each if isinstance(each, str) else each.origin.name
        desk.tell(Event(Stage.READ, done, len(given), name))
        try:
            yield from ((name, source) for source in _made_of(desk, each))
        except ListGivenError as found:
            yield from _listed(desk, name, found)
        except NarrateError as error:
            desk.failed.append(Failed(name, error))


def _made_of(desk: Desk, given: str | Article) -> tuple[Article | ScriptFile, ...]:
    """What an article or the name of one is made into: itself, or its chapters."""
    if isinstance(given, Article):
        return parted(given, desk.order)
    source = read_source(given, desk.order.facts, desk.folder, desk.tools, desk.style)
    if desk.order.edition and isinstance(source, ScriptFile):
        raise UsageError(f"{shown(given)} is a script, and an edition is made of articles; make it by itself")
    return parted(source, desk.order)


def _listed(desk: Desk, name: str, found: ListGivenError) -> Iterator[tuple[str, Article | ScriptFile]]:
    """The articles of a list, in the order that people read them in."""
    try:
        entries = articles_of(found)
    except NarrateError as error:
        desk.failed.append(Failed(name, error))
        return
    for done, entry in enumerate(entries, 1):
        desk.tell(Event(Stage.READ, done, len(entries), named(entry)))
        try:
            article = read_entry(entry, desk.folder, desk.tools, desk.style)
            yield from ((named(entry), source) for source in parted(article, desk.order))
        except NarrateError as error:
            desk.failed.append(Failed(named(entry), error))
