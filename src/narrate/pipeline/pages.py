"""The feed and the show's page, written from the episodes: only what has to be, in slices where there are many."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from narrate import __version__
from narrate.episode import Around, list_page, rows_in, show_page
from narrate.feed import Place, items_in, write_feed
from narrate.pipeline.shelf import Page, stamp_of
from narrate.pipeline.slices import feed_name, page_name, slices_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from narrate.model import Episode, Show
    from narrate.pipeline.changing import Change
    from narrate.pipeline.library import Library
    from narrate.pipeline.slices import Slice

LIST_NAME = "episodes.html"


class Paper(NamedTuple):
    """A page to be: its name, the digests and places of `Page`, how it is written, and how its parts are found in it.

    `write(middle, parts)` writes the episodes from position `middle` on anew, and has those before it as `parts`.
    """

    name: str
    base: str
    digest: str
    start: int
    end: int
    write: Callable[[int, Sequence[str]], bytes]
    parts_in: Callable[[bytes], list[str]]


def papers(library: Library, show: Show, first: int) -> Iterator[Paper]:
    """Every page of a show (`show` has its cover) of which episodes from position `first` on are shown."""
    slices = slices_of(library.count, first)
    base = _digest(repr(show), library.base_url, _code())
    writing = _Writing(library, show)
    if slices[0].oldest:
        whole = replace(slices[0], start=first)
        yield _paper(LIST_NAME, base, whole, writing.list(whole), rows_in)
    for each in reversed(slices):
        yield _paper(page_name(each.number), base, each, writing.page(each), rows_in)
        yield _paper(feed_name(each.number), base, each, writing.feed(each), items_in)


def stage_papers(change: Change, show: Show, first: int) -> dict[str, Page]:
    """Stage the pages that are not as they should be; what is known of all of them then."""
    library = change.library
    known, written = library.shelf.pages, {}
    for paper in papers(library, show, first):
        page = known.get(paper.name)
        stands = page is not None and _stands(library.folder / paper.name, page)
        if page is None or not stands or page.digest != paper.digest:
            parts = _parts(library.folder, paper, page) if page and stands else []
            change.stage(paper.name, paper.write(paper.start + len(parts), parts))
            place = (paper.base, paper.digest, paper.start, paper.end)
            page = Page(*place, *change.stamp(paper.name))
        written[paper.name] = page
    for name in sorted(library.shelf.written - written.keys()):
        change.staging.remove(name)
    return written


def feed_slice(library: Library, show: Show, base_url: str, name: str, first: int) -> bytes | None:
    """The feed or feed page of that name as it is at another address; None where there is no such page."""
    for each in slices_of(library.count, first):
        if feed_name(each.number) == name:
            return write_feed(show, _Writing(library, show).episodes(each.start, each.end), base_url, _place(each))
    return None


def page_slice(library: Library, show: Show, base_url: str, first: int) -> bytes:
    """The show's page as it is at another address; the pages of older episodes name no address."""
    newest = slices_of(library.count, first)[0]
    episodes = _Writing(library, show).episodes(newest.start, newest.end)
    return show_page(show, episodes, base_url + feed_name(0), show.cover, _around(newest))


def _parts(folder: Path, paper: Paper, page: Page) -> list[str]:
    """What stands in a page already of what is to be in it, the newest first.

    Nothing of its episodes has changed, or the page would not be known any more. So an episode that is added to
    a long show costs what it costs in a short one.
    """
    if page.base != paper.base or not page.start <= paper.start < page.end < paper.end:
        return []
    try:
        parts = paper.parts_in((folder / paper.name).read_bytes())
    except OSError:
        return []
    return parts[: page.end - paper.start] if len(parts) == page.end - page.start else []


class _Writing:
    """How pages are written; the episodes of a slice are read once for its two pages."""

    def __init__(self, library: Library, show: Show) -> None:
        self._library = library
        self._show = show
        self._held: tuple[tuple[int, int], list[Episode]] = ((0, 0), [])

    def episodes(self, start: int, end: int) -> list[Episode]:
        """The episodes from one position to another, the newest first."""
        if self._held[0] != (start, end):
            briefs = self._library.shelf.briefs(start, end)
            self._held = ((start, end), [self._library.load(brief) for brief in reversed(briefs)])
        return self._held[1]

    def feed(self, each: Slice) -> Callable[[int, Sequence[str]], bytes]:
        """How its document of the feed is written."""

        def write(middle: int, items: Sequence[str]) -> bytes:
            episodes = self.episodes(middle, each.end)
            return write_feed(self._show, episodes, self._library.base_url, _place(each), items)

        return write

    def page(self, each: Slice) -> Callable[[int, Sequence[str]], bytes]:
        """How its page of the show is written."""

        def write(middle: int, rows: Sequence[str]) -> bytes:
            episodes, url = self.episodes(middle, each.end), self._library.feed_url
            return show_page(self._show, episodes, url, self._show.cover, _around(each), rows)

        return write

    def list(self, each: Slice) -> Callable[[int, Sequence[str]], bytes]:
        """How the list of all episodes is written."""

        def write(middle: int, rows: Sequence[str]) -> bytes:
            briefs = self._library.shelf.briefs(middle, each.end)
            return list_page(self._show, reversed(briefs), self._show.cover, rows)

        return write


def _paper(
    name: str,
    base: str,
    each: Slice,
    write: Callable[[int, Sequence[str]], bytes],
    parts_in: Callable[[bytes], list[str]],
) -> Paper:
    return Paper(name, base, _digest(base, name, repr(each)), each.start, each.end, write, parts_in)


def _around(each: Slice) -> Around:
    return Around(
        newer="" if each.newer is None else page_name(each.newer),
        older="" if each.older is None else page_name(each.older),
        every=LIST_NAME if each.number or each.oldest else "",
        number=each.number,
    )


def _place(each: Slice) -> Place:
    return Place(
        name=feed_name(each.number),
        newer="" if each.newer is None else feed_name(each.newer),
        older="" if each.older is None else feed_name(each.older),
        oldest=feed_name(each.oldest) if each.oldest else "",
    )


def _stands(path: Path, page: Page) -> bool:
    """Whether a page is there just as it was written."""
    try:
        return stamp_of(path) == (page.mtime_ns, page.size_bytes)
    except OSError:
        return False


@cache
def _code() -> str:
    """What writes the pages: another version of narrate writes all of them again."""
    home = Path(__file__).parents[1]
    folders = (home / "feed", home / "episode" / "page", home / "episode" / "templates")
    files = sorted(file for folder in folders for file in folder.glob("*.*"))
    return _digest(__version__, *(f"{file.name} {stamp_of(file)}" for file in files))


def _digest(*parts: str) -> str:
    return blake2b("\0".join(parts).encode("utf-8", "replace"), digest_size=12).hexdigest()
