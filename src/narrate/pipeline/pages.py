"""The feed and the show's page, written from the episodes: only what has to be, in slices where there are many."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from narrate import __version__
from narrate.episode import Around, list_page, show_page
from narrate.feed import Place, write_feed
from narrate.pipeline.shelf import Page, stamp_of
from narrate.pipeline.slices import feed_name, page_name, slices_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from narrate.model import Episode, Show
    from narrate.pipeline.changing import Change
    from narrate.pipeline.library import Library
    from narrate.pipeline.slices import Slice

LIST_NAME = "episodes.html"


class Paper(NamedTuple):
    """A page to be: its name, what it follows from beside its episodes, where those stand, and how it is written."""

    name: str
    digest: str
    start: int
    end: int
    write: Callable[[], bytes]


def papers(library: Library, show: Show, first: int) -> Iterator[Paper]:
    """Every page of a show (`show` has its cover) of which episodes from position `first` on are shown."""
    slices = slices_of(library.count, first)
    base = _digest(repr(show), library.base_url, _code())
    episodes_of = _Loading(library)
    if slices[0].oldest:
        whole = replace(slices[0], start=first)
        yield _paper(LIST_NAME, base, whole, lambda: list_page(show, library.shelf.briefs(first)[::-1]))
    for each in reversed(slices):
        yield _paper(page_name(each.number), base, each, _page_writer(library, show, each, episodes_of))
        yield _paper(feed_name(each.number), base, each, _feed_writer(library, show, each, episodes_of))


def stage_papers(change: Change, show: Show, first: int) -> dict[str, Page]:
    """Stage the pages that are not as they should be; what is known of all of them then."""
    library = change.library
    known, written = library.shelf.pages, {}
    for paper in papers(library, show, first):
        page = known.get(paper.name)
        if page is None or not _stands(library, paper, page):
            change.stage(paper.name, paper.write())
            page = Page(paper.digest, paper.start, paper.end, *change.stamp(paper.name))
        written[paper.name] = page
    for name in sorted(library.shelf.written - written.keys()):
        change.staging.remove(name)
    return written


def feed_slice(library: Library, show: Show, base_url: str, name: str, first: int) -> bytes | None:
    """The feed or feed page of that name as it is at another address; None where there is no such page."""
    for each in slices_of(library.count, first):
        if feed_name(each.number) == name:
            return write_feed(show, _Loading(library)(each), base_url, _place(each))
    return None


class _Loading:
    """The episodes of a slice, read once for its two pages."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._held: tuple[Slice | None, list[Episode]] = (None, [])

    def __call__(self, each: Slice) -> list[Episode]:
        if self._held[0] != each:
            briefs = self._library.shelf.briefs(each.start, each.end)
            self._held = (each, [self._library.load(brief) for brief in reversed(briefs)])
        return self._held[1]


def _paper(name: str, base: str, each: Slice, write: Callable[[], bytes]) -> Paper:
    return Paper(name, _digest(base, name, repr(each)), each.start, each.end, write)


def _feed_writer(library: Library, show: Show, each: Slice, episodes_of: _Loading) -> Callable[[], bytes]:
    return lambda: write_feed(show, episodes_of(each), library.base_url, _place(each))


def _page_writer(library: Library, show: Show, each: Slice, episodes_of: _Loading) -> Callable[[], bytes]:
    around = Around(
        newer="" if each.newer is None else page_name(each.newer),
        older="" if each.older is None else page_name(each.older),
        every=LIST_NAME if each.number or each.oldest else "",
        number=each.number,
    )
    return lambda: show_page(show, episodes_of(each), library.feed_url, show.cover, around)


def _place(each: Slice) -> Place:
    return Place(
        name=feed_name(each.number),
        newer="" if each.newer is None else feed_name(each.newer),
        older="" if each.older is None else feed_name(each.older),
        oldest=feed_name(each.oldest) if each.oldest else "",
    )


def _stands(library: Library, paper: Paper, page: Page) -> bool:
    """Whether a page is there just as it was written, and nothing it is made from has changed."""
    if page.digest != paper.digest:
        return False
    try:
        return stamp_of(library.folder / paper.name) == (page.mtime_ns, page.size_bytes)
    except OSError:
        return False


@cache
def _code() -> str:
    """What writes the pages: another version of narrate writes all of them again."""
    home = Path(__file__).parents[1]
    files = sorted((*(home / "feed").glob("*.py"), *(home / "episode").glob("page*"), *_templates(home)))
    return _digest(__version__, *(f"{file.name} {stamp_of(file)}" for file in files))


def _templates(home: Path) -> Iterable[Path]:
    return (home / "episode" / "templates").glob("*.*")


def _digest(*parts: str) -> str:
    return blake2b("\0".join(parts).encode("utf-8", "replace"), digest_size=12).hexdigest()
