"""The pictures of an episode: gathered and drawn again once, within bounds, and kept; none ever fails an episode.

An unchanged make finds all of them in the cache, and neither asks the network nor decodes anything.
"""

from __future__ import annotations

import json
import time
from concurrent.futures import Future, wait
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import blake2b, sha256
from threading import Thread
from typing import TYPE_CHECKING, Any

from narrate.episode.redraw import VERSION, redraw
from narrate.errors import ArticleError, EpisodeError, NarrateError
from narrate.model import Block, BlockKind, EpisodeFile, FileRole, Passage, Plate, Source
from narrate.pipeline.order import Event, Stage
from narrate.pipeline.pictures import bytes_of, called, digest, key_of, place_of
from narrate.runtime.confined import Limits, confined
from narrate.runtime.pacing import Pace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from narrate.model import Article, Reading
    from narrate.pipeline.order import Listener
    from narrate.pipeline.shows import Change
    from narrate.pipeline.tools import Tools
    from narrate.runtime.cache import Cache
    from narrate.settings import Settings

MOST = 200
"""So many pictures of an episode are shown."""
MOST_BYTES = 60_000_000
"""So much all of them are together, as they are shown."""
TIME_S = 180.0
"""After that no more of them are asked for on the web; words are spoken meanwhile."""
ONE_S = 20.0
"""How long one of them may take to come."""
_KIND = "pictures"
_LIMITS = Limits(time_s=15, clock_s=60, memory_bytes=600_000_000, reply_bytes=50_000_000)
"""Of drawing one again: the largest that is allowed takes 3 CPU seconds and 500 MB."""
_SUFFIXES = {"image/jpeg": "jpg", "image/png": "png"}
_WAIT_S = 0.2
_NAMED = 2
"""So many of those that are not shown are named."""
_LEAD = "images"
"""Why the picture before a text is not read: it is no part of it."""


@dataclass(frozen=True, slots=True)
class Album:
    """The pictures that are shown, by the number of their article and their address there, and what is to be said.

    `keys` has under what each file is kept, by its name.
    """

    plates: Mapping[tuple[int, str], Plate] = field(default_factory=dict)
    keys: Mapping[str, str] = field(default_factory=dict)
    told: tuple[str, ...] = ()

    def among(self, files: Iterable[EpisodeFile]) -> Album:
        """Those whose files are among these."""
        names = {file.name for file in files}
        return replace(self, plates={at: plate for at, plate in self.plates.items() if plate.name in names})


NONE = Album()


@contextmanager
def gathering(articles: Sequence[Article], settings: Settings, tools: Tools) -> Iterator[Callable[[Listener], Album]]:
    """Gather the pictures of articles meanwhile; what it gives waits for them, and tells which one it is.

    Nobody waits for them where the work is ended before.
    """
    wanted = _wanted(articles) if settings.pictures == "shown" else []
    if not wanted:
        yield lambda _: NONE
        return
    found = Future[Album]()
    work = _Gathering(articles, tools)
    Thread(target=_gather, args=(work, wanted, found), name="narrate-pictures", daemon=True).start()
    try:
        yield partial(_awaited, found, work)
    finally:
        work.stopped = True


def _gather(work: _Gathering, wanted: Sequence[tuple[int, str]], found: Future[Album]) -> None:
    album = NONE
    try:
        album = work.album(wanted)
    finally:
        found.set_result(album)


def _awaited(found: Future[Album], work: _Gathering, tell: Listener) -> Album:
    told = (0, 0, "")
    while not found.done():
        wait([found], _WAIT_S)  # in short waits: on Windows Ctrl-C does not interrupt a long one
        if work.at != told and not found.done():
            told = work.at
            tell(Event(Stage.READ, *told))
    return found.result()


def _wanted(articles: Sequence[Article]) -> list[tuple[int, str]]:
    """Every picture once, in the order of the text; that before a text which has none of its own."""
    return list(
        dict.fromkeys(
            (number, image)
            for number, article in enumerate(articles)
            for image in ([_lead(article)] if _lead(article) else (i for block in article.blocks for i in block.images))
        )
    )


def _lead(article: Article) -> str:
    """The picture that stands before the text, where the text has none: if somebody says what it shows."""
    said = article.image_alt.strip().casefold() not in {"", article.title.casefold()}
    return article.image if said and not any(block.images for block in article.blocks) else ""


@dataclass(slots=True)
class _Gathering:
    """A gathering at work: what is found so far, and whole sentences for what is not shown."""

    articles: Sequence[Article]
    tools: Tools
    at: tuple[int, int, str] = (0, 0, "")
    """Which one of how many is in hand, and what it is called."""
    stopped: bool = False
    plates: dict[tuple[int, str], Plate] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    missed: list[str] = field(default_factory=list)
    size_bytes: int = 0
    ends_s: float = 0.0

    def album(self, wanted: Sequence[tuple[int, str]]) -> Album:
        """All of these that can be had, one after the other."""
        self.ends_s = time.monotonic() + TIME_S
        if isinstance(self.tools.fetch, Pace):
            self.tools = replace(self.tools, fetch=self.tools.fetch.apart())
        for done, (number, image) in enumerate(wanted, 1):
            if self.stopped:
                break
            self.at = (done, len(wanted), called(place_of(image, self.articles[number].home)))
            self._take(number, image)
        return Album(self.plates, self.keys, _told(self.missed, len(wanted)))

    def _take(self, number: int, image: str) -> None:
        article = self.articles[number]
        place = place_of(image, article.home)
        try:
            self._refuse_more()
            key, plate, size_bytes = self._plate(place, article)
            if plate.name not in self.keys:
                self._refuse_more(size_bytes)
                self.keys[plate.name] = key
                self.size_bytes += size_bytes
            self.plates[number, image] = plate
        except EpisodeError as unfit:
            self._miss(number, image, f"{called(place)} {unfit}")
        except (NarrateError, OSError, ValueError) as refused:
            self._miss(number, image, str(refused))

    def _miss(self, number: int, image: str, why: str) -> None:
        if image != _lead(self.articles[number]):  # of that one nobody would miss a word
            self.missed.append(why)

    def _refuse_more(self, size_bytes: int = 1) -> None:
        if len(self.keys) >= MOST:
            raise EpisodeError(f"is one too many: an episode shows {MOST}")
        if self.size_bytes + size_bytes > MOST_BYTES:
            raise EpisodeError(f"is too much: an episode shows {MOST_BYTES // 1_000_000} MB of pictures")

    def _plate(self, place: str, article: Article) -> tuple[str, Plate, int]:
        """A picture as it is shown, under what it is kept, and its bytes. Raises `NarrateError`."""
        known, data = key_of(place, article), None
        if not known:
            data = self._bytes(place, article)
            known = digest(data)
        key = f"{VERSION} {known}"
        entry = self.tools.cache.get(_KIND, key)
        if entry is None:
            entry = self._drawn(self._bytes(place, article) if data is None else data, called(place))
            entry = self.tools.cache.put(_KIND, key, entry)
        facts, shown = _unpacked(entry)
        if "why" in facts:
            raise EpisodeError(facts["why"])
        name = f"picture-{blake2b(shown, digest_size=5).hexdigest()}.{_SUFFIXES[facts['mime']]}"
        return key, Plate(name, **facts), len(shown)

    def _bytes(self, place: str, article: Article) -> bytes:
        left_s = self.ends_s - time.monotonic()
        if left_s <= 0:
            raise EpisodeError(f"was not asked for: pictures took {TIME_S:g} s already; make it again for the rest")
        return bytes_of(place, article, self.tools, min(ONE_S, left_s))

    @staticmethod
    def _drawn(data: bytes, what: str) -> bytes:
        """A picture drawn again, or why it cannot be, as it is kept."""
        try:
            made = confined(redraw, data, what=what, limits=_LIMITS)
        except EpisodeError as unfit:
            return _packed({"why": str(unfit)})
        except ArticleError as ended:
            raise EpisodeError("takes more time or memory than a picture may") from ended
        return _packed({"mime": made.mime, "width": made.width, "height": made.height}, made.data)


def _packed(facts: Mapping[str, str | int], data: bytes = b"") -> bytes:
    return json.dumps(facts).encode() + b"\n" + data


def _unpacked(entry: bytes) -> tuple[dict[str, Any], bytes]:
    head, _, data = entry.partition(b"\n")
    return json.loads(head), data


def _told(missed: Sequence[str], total: int) -> tuple[str, ...]:
    if not missed:
        return ()
    more = f"; and {len(missed) - _NAMED} more" if len(missed) > _NAMED else ""
    count = "1 picture" if len(missed) == 1 else f"{len(missed)} pictures"
    is_left = "is" if len(missed) == 1 else "are"
    return (f"{count} of {total} {is_left} left as words: {'; '.join(missed[:_NAMED])}{more}",)


def stage_pictures(change: Change, album: Album, slug: str, cache: Cache) -> Iterator[EpisodeFile]:
    """Stage the files of an album, one after the other; one that the cache has lost since is none of them."""
    for name, key in album.keys.items():
        entry = cache.get(_KIND, key)
        if entry is not None:
            facts, data = _unpacked(entry)
            change.stage(f"{slug}/{name}", data)
            yield EpisodeFile(FileRole.PICTURE, name, facts["mime"], len(data), sha256(data).hexdigest())


def with_plates(reading: Reading, articles: Sequence[Article], album: Album) -> Reading:
    """The reading with its pictures; one that nobody describes is there only if it is shown."""
    passages: list[Passage] = []
    leads = {number: lead for number, article in enumerate(articles) if (lead := _leading(number, article, album))}
    for passage in reading.passages:
        block, number = passage.block, passage.article
        if number in leads and block.kind is not BlockKind.TITLE and not passage.own:
            passages.append(leads.pop(number))
        plates = tuple(album.plates[number, each] for each in block.images if (number, each) in album.plates)
        if plates or block.text or block.kind is not BlockKind.FIGURE:
            passages.append(replace(passage, plates=plates) if plates else passage)
    return replace(reading, passages=tuple(passages))


def _leading(number: int, article: Article, album: Album) -> Passage | None:
    """The picture before a text as a passage."""
    image, words = _lead(article), article.image_alt
    plate = album.plates.get((number, image))
    block = Block(BlockKind.FIGURE, words, Source(0, 0, 1, number), caption=len(words), images=(image,))
    return Passage(block, why=_LEAD, article=number, plates=(plate,)) if plate else None
