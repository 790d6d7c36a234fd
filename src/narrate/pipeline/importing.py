"""Each new entry of lists becomes an episode, once, the oldest first; or all of a day's become one edition."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from narrate.errors import ArticleError, FetchError, NarrateError, PlatformError, ShowError, StorageError, UsageError
from narrate.pipeline.choosing import LEFT, Fate, Item, Terms, again_at, chosen, digest_of, keys_of, known_by
from narrate.pipeline.entries import read_entry
from narrate.pipeline.listing import place_of, read_lists, settle
from narrate.pipeline.making import make
from narrate.pipeline.memory import Failure, Memory, SeenEntry, packed, recalled
from narrate.pipeline.order import Event, Limits, Order, Stage
from narrate.pipeline.reading import STANDARD_INPUT, style_of
from narrate.pipeline.shows import open_show
from narrate.runtime.files import storage_error
from narrate.runtime.journal import FOLDER
from narrate.runtime.locks import locked
from narrate.runtime.staging import recover

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from narrate.model import Article, Style
    from narrate.pipeline.listing import ListRead, Lists
    from narrate.pipeline.order import Listener, Made
    from narrate.pipeline.tools import Tools
    from narrate.settings import Settings

LOCK = f"{FOLDER}/import.lock"
"""Held by one import into a show at a time: two would speak the same entries twice."""
_WAIT_S = 10.0
_NEVER = datetime.min.replace(tzinfo=UTC)
_SAVE_EVERY = timedelta(seconds=5)
_MOST_TEXTS = 500
"""So many entries that failed are kept with their texts; more are read from their lists or pages again."""
FATAL = (StorageError, PlatformError, ShowError)
"""What is wrong with the machine or the show is wrong for every entry."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What to import: `sources` are feeds, lists of feeds, lists of addresses; none means those of the last times.

    `limits` are those of the show's feed.
    """

    sources: tuple[str, ...]
    terms: Terms
    dry_run: bool = False
    edition: bool = False
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of lists and entries, in the order they were dealt with."""

    folder: Path
    lists: tuple[ListRead, ...]
    items: tuple[Item, ...]

    @property
    def failed(self) -> bool:
        """Whether a list or an entry failed."""
        return any(each.outcome == "failed" for each in self.lists) or any(
            each.fate is Fate.FAILED for each in self.items
        )


@dataclass(slots=True)
class Import:
    """An import at work: what it knows, what it works with, whom it tells."""

    wish: Wish
    settings: Settings
    tools: Tools
    tell: Listener
    heard: Callable[[Item], None]
    folder: Path
    memory: Memory
    known: dict[str, str]
    style: Style
    titles: dict[str, str] = field(default_factory=dict)
    done: list[Item] = field(default_factory=list)
    saved: datetime = _NEVER

    def end(self, item: Item) -> None:
        """Note how an entry ended, on disk first where it was made, and tell of it.

        Failures go to the disk now and then: a hundred thousand of them would each write all of them.
        """
        now = self.tools.now()
        if not self.wish.dry_run and (item.fate is Fate.MADE or now - self.saved >= _SAVE_EVERY):
            self.memory.remember(self.folder)
            self.saved = now
        self.done.append(item)
        self.heard(item)


def import_lists(
    wish: Wish, settings: Settings, tools: Tools, tell: Listener, heard: Callable[[Item], None]
) -> Imported:
    """Import what is wished for; `heard` gets each entry as soon as it is dealt with. What fails stops no other.

    Raises:
        NarrateError: nothing can be imported at all: no source, a full disk, a show that cannot be opened.
    """
    folder = Path(settings.out) / settings.show
    with alone(folder, dry_run=wish.dry_run):
        work = _begun(wish, settings, tools, tell, heard)
        lists = read_lists(_sources(work), work.memory, tools, wish.terms, lambda name: tell(_reading(name)))
        work.titles = {name: found.title for name, found in lists.found}
        unchanged = [each.name for each in lists.told if each.outcome == "unchanged"]
        items = chosen(lists.found, unchanged, work.memory, work.known, wish.terms)
        for item in items:
            if item.fate is not Fate.NEW:
                work.done.append(item)
                heard(item)
        with _remembering(work):
            _make(work, [item for item in items if item.fate is Fate.NEW])
        if not wish.dry_run:
            _settle(work, lists)
    return Imported(folder, tuple(lists.told), tuple(work.done))


@contextmanager
def alone(folder: Path, *, dry_run: bool) -> Iterator[None]:
    """Be the only one that imports into a show. Raises `ShowError` where another does, `StorageError`."""
    if dry_run:
        yield
        return
    try:
        (folder / LOCK).parent.mkdir(parents=True, exist_ok=True)
    except OSError as refused:
        raise storage_error("write in", folder, refused) from refused
    with locked(folder / LOCK, folder, _WAIT_S):
        yield


@contextmanager
def _remembering(work: Import) -> Iterator[None]:
    """Have what was learnt on the disk when an import is stopped."""
    try:
        yield
    except BaseException:
        if not work.wish.dry_run:
            with suppress(StorageError):  # what ends it may be a full disk
                work.memory.remember(work.folder)
        raise


def _begun(wish: Wish, settings: Settings, tools: Tools, tell: Listener, heard: Callable[[Item], None]) -> Import:
    folder = Path(settings.out) / settings.show
    if not wish.dry_run:
        recover(folder)
    library = open_show(folder)
    memory = recalled(folder)
    style = style_of(settings, library.show)
    return Import(wish, settings, tools, tell, heard, folder, memory, keys_of(library.newest_first()), style)


def _sources(work: Import) -> list[str]:
    named = [place_of(source) for source in work.wish.sources] or list(work.memory.sources)
    if not named:
        raise UsageError("there is nothing to import: name a feed, an OPML file or a list of addresses")
    return named


def _reading(name: str) -> Event:
    return Event(Stage.READ, 1, 1, name)


def _make(work: Import, items: list[Item]) -> None:
    if work.wish.dry_run:
        for item in items:
            work.end(replace(item, fate=Fate.PLANNED))
    elif work.wish.edition:
        from narrate.pipeline.editions import make_edition

        make_edition(work, items)
    else:
        for number, item in enumerate(items, 1):
            work.tell(Event(Stage.READ, number, len(items), item.entry.title or item.entry.url))
            work.end(_made(work, item))


def _made(work: Import, item: Item) -> Item:
    """An entry made into an episode, or what became of it else."""
    article = read(work, item)
    if isinstance(article, Item):
        return article
    result = make(Order((article,), limits=work.wish.limits), work.settings, work.tools, work.tell)
    if result.failed:
        return failed(work, item, result.failed[0].error)
    return noted(work, item, article, result.made[0])


def read(work: Import, item: Item) -> Article | Item:
    """The article of an entry; its item where that is an episode already, or cannot be read."""
    try:
        article = read_entry(item.entry, work.folder, work.tools, work.style)
    except NarrateError as error:
        return failed(work, item, error)
    article = _own(work, item, article)
    title = _episode_of(work, article)
    if not title:
        return article
    work.memory.failed.pop(item.key, None)
    work.memory.made[item.key] = SeenEntry(article.id, digest_of(article), title)
    return replace(item, fate=Fate.UNCHANGED, reason=f"it is the episode “{title}”")


def _own(work: Import, item: Item, article: Article) -> Article:
    """The article under its list's address, where its page names one that another article is known by already."""
    before = work.known.get(known_by(article.id))
    if before is None or before.casefold() == article.title.casefold() or not item.entry.url:
        return article
    return replace(article, url=item.entry.url, id=item.entry.url)


def _episode_of(work: Import, article: Article) -> str:
    """The title of the episode that an article is already, by its address or by its text; "" where it is none."""
    digest = digest_of(article)
    same = next((each.title for each in work.memory.made.values() if digest and each.digest == digest), "")
    return work.known.get(known_by(article.id)) or same


def noted(work: Import, item: Item, article: Article, made: Made) -> Item:
    """Note that an entry has become an episode."""
    episode = made.episode
    work.memory.failed.pop(item.key, None)
    work.memory.made[item.key] = SeenEntry(episode.identity, digest_of(article), episode.title)
    work.known[known_by(article.id)] = work.known[known_by(episode.identity)] = episode.title
    entry = item.entry if item.entry.title else replace(item.entry, title=article.title)
    pruned = tuple(brief.title for brief in made.pruned)
    return replace(item, entry=entry, fate=Fate.MADE, guid=episode.guid, audio=made.audio, pruned=pruned)


def failed(work: Import, item: Item, error: NarrateError) -> Item:
    """Note that an entry failed, with why and when to try it again.

    Raises:
        NarrateError: the error itself, where it would be every entry's.
    """
    if isinstance(error, FATAL):
        raise error
    before = work.memory.failed.get(item.key)
    tries = before.tries + 1 if before else 1
    retryable = error.retryable if isinstance(error, FetchError) else not isinstance(error, ArticleError)
    asked_s = error.retry_after_s if isinstance(error, FetchError) else None
    again = again_at(tries, work.wish.terms.now, asked_s)
    kept = packed(item.entry, with_text=len(work.memory.failed) < _MOST_TEXTS)
    row = Failure(kept, item.source, str(error), error.code, retryable, tries, again)
    work.memory.failed[item.key] = row
    return replace(item, fate=Fate.FAILED, reason=str(error), code=error.code, retryable=retryable)


def _settle(work: Import, lists: Lists) -> None:
    """Note which lists were dealt with as a whole, and which sources could be read."""
    left = {item.source for item in work.done if item.code == LEFT}
    for name, known in lists.known.items():
        settle(work.memory, name, work.wish.terms, None if name in left else known)
    good = {each.name for each in lists.told if each.outcome in {"read", "unchanged"}}
    for source in map(place_of, work.wish.sources):
        if source in good and source != STANDARD_INPUT and source not in work.memory.sources:
            work.memory.sources.append(source)
    work.memory.remember(work.folder)
