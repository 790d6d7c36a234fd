"""The day's entries as one episode, which is the same one when there are more of them later that day."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING

from narrate.errors import FetchError
from narrate.model import Article
from narrate.pipeline.choosing import Fate, Item, digest_of, key_of
from narrate.pipeline.importing import failed, noted, read
from narrate.pipeline.making import make
from narrate.pipeline.memory import Edition, packed, unpacked
from narrate.pipeline.order import Event, Order, Stage
from narrate.pipeline.shows import open_show
from narrate.script.dates import written_date

if TYPE_CHECKING:
    from collections.abc import Container, Sequence
    from datetime import date

    from narrate.pipeline.importing import Import

_TITLE = "Reading list"


def make_edition(work: Import, items: Sequence[Item]) -> None:
    """Make one episode of these entries and of those that today's edition has already; nothing where none is new."""
    day = work.wish.terms.now.astimezone().date()
    new = _read(work, items)
    if not new:
        return
    before = _earlier(work, day, {item.key for item, _ in new})
    missing = next((item for item, article in before if not isinstance(article, Article)), None)
    if missing is not None:
        _wait(work, new, missing)
        return
    held = [(item, article) for item, article in (*before, *new) if isinstance(article, Article)]
    articles = tuple(article for _, article in held)
    title = _title(work, day, articles[0].language, new)
    order = Order(articles, edition=title, identity=_identity(work, day), limits=work.wish.limits)
    earlier = _intend(work, day, order, [item for item, _ in held])
    result = make(order, work.settings, work.tools, work.tell)
    if result.failed:
        work.memory.edition = earlier
        for item, _ in new:
            work.end(failed(work, item, result.failed[0].error))
        return
    ended = [noted(work, item, article, result.made[0]) for item, article in new]
    for item in ended:
        work.end(item)


def _intend(work: Import, day: date, order: Order, items: Sequence[Item]) -> Edition:
    """Note what the edition is to hold before it is made, so that a crash loses none of it; what was noted before."""
    earlier = work.memory.edition
    rows = [packed(item.entry) for item in items]
    work.memory.edition = Edition(day.isoformat(), order.edition, order.identity, rows)
    work.memory.remember(work.folder)
    return earlier


def _identity(work: Import, day: date) -> str:
    """Who today's edition is: another one where there is one of which nobody remembers what it holds."""
    if work.memory.edition.day == day.isoformat() and work.memory.edition.identity:
        return work.memory.edition.identity
    names = (f"edition:{day.isoformat()}{f':{number}' if number > 1 else ''}" for number in count(1))
    return next(name for name in names if name not in work.known)


def _read(work: Import, items: Sequence[Item]) -> list[tuple[Item, Article]]:
    """What can be read of the new entries, each text once."""
    found: list[tuple[Item, Article]] = []
    digests: dict[str, str] = {}
    for number, item in enumerate(items, 1):
        work.tell(Event(Stage.READ, number, len(items), item.entry.title or item.entry.url))
        article = read(work, item)
        if isinstance(article, Item):
            work.end(article)
            continue
        digest = digest_of(article)
        if digest and digest in digests:
            reason = f"it says the same as “{digests[digest]}”"
            work.end(replace(item, fate=Fate.SKIPPED, reason=reason))
            continue
        digests[digest] = article.title
        found.append((item, article))
    return found


def _earlier(work: Import, day: date, new: Container[str]) -> list[tuple[Item, Article | None]]:
    """The entries that today's edition holds besides the new ones, each read again; None for one that cannot be."""
    from narrate.errors import ArticleError
    from narrate.pipeline.entries import read_entry

    if work.memory.edition.day != day.isoformat():
        return []
    found: list[tuple[Item, Article | None]] = []
    for row in work.memory.edition.entries:
        entry = unpacked(row)
        item = Item(entry, key_of(entry, ""), "")
        if item.key in new:
            continue
        try:
            found.append((item, read_entry(entry, work.folder, work.tools, work.style)))
        except ArticleError:
            found.append((item, None))
    return found


def _wait(work: Import, new: Sequence[tuple[Item, Article]], missing: Item) -> None:
    """Leave today's edition as it is: without an article that it has, it would lose what was published."""
    what = missing.entry.title or missing.entry.url
    error = FetchError(
        f"“{what}”, which today's edition holds, cannot be had now, so nothing is added to it; try again"
    )
    for item, _ in new:
        work.end(failed(work, item, error))


def _title(work: Import, day: date, language: str, new: Sequence[tuple[Item, Article]]) -> str:
    """The edition's title: that of the show, else of the only list, with the day."""
    if work.memory.edition.day == day.isoformat() and work.memory.edition.title:
        return work.memory.edition.title
    sources = [item.source for item, _ in new]
    show = open_show(work.folder).show
    only = work.titles.get(sources[0], "") if len(set(sources)) == 1 else ""
    name = show.title if show.named else only or _TITLE
    return f"{name}, {written_date(day, language)}"
