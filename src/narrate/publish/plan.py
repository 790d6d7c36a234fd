"""What has to be sent to a target, in which order, so that the feed there never names what is not there.

Everything a feed names goes up before it, and ``feed.xml`` last. A sound that
replaces one the feed there already names would for a moment not have the length
that feed states. So it goes up under an interim name first; the feed is put with
that name, the sound gets its own name, and the feed is put again with it: at
every moment it names only files that are there, with their lengths.

Pure: what is on disk and at the target comes in as values.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import quote
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

FEED = "feed.xml"
_FEED_PAGE = re.compile(r"feed(-\d+)?\.xml")
_NAMED_BY_DIGEST = re.compile(r".*-[0-9a-f]{10}\.(jpe?g|png)")

_MINUTES, _HOUR, _YEAR = "public, max-age=300", "public, max-age=3600", "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Local:
    """A file of the show as it is to be at the target; `path` counts from the show's folder."""

    path: str
    size_bytes: int
    sha256: str
    mime: str

    @property
    def cache(self) -> str:
        """What its Cache-Control field says."""
        return cache_of(self.path, self.mime)


@dataclass(frozen=True, slots=True)
class There:
    """A file at the target as its store lists it; `token` changes with the content or at each write, "" if untold."""

    size_bytes: int
    token: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as an earlier run sent it, or was about to: `sure` once the store listed it with this `token`."""

    size_bytes: int
    sha256: str
    mime: str
    cache: str
    token: str = ""
    sure: bool = True


class Why(StrEnum):
    """Why a file is sent."""

    NEW = "new"
    CHANGED = "changed"
    FOREIGN = "changed at the target"


@dataclass(frozen=True, slots=True)
class Send:
    """A file to be sent; `interim` is the name it has until the feed no longer states another length, or ""."""

    local: Local
    why: Why
    interim: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """The steps in their order: `first`, then `swaps`, then `pages` with ``feed.xml`` last, then `removals`.

    `gone` are files of earlier runs that the show no longer has; they are among the removals only by wish.
    """

    first: tuple[Send, ...]
    swaps: tuple[Send, ...]
    pages: tuple[Send, ...]
    removals: tuple[str, ...]
    gone: tuple[str, ...]
    kept: int

    @property
    def sends(self) -> tuple[Send, ...]:
        """All that is sent, in order."""
        return (*self.first, *self.swaps, *self.pages)

    @property
    def size_bytes(self) -> int:
        """How much is sent."""
        return sum(send.local.size_bytes for send in self.sends)


def cache_of(path: str, mime: str) -> str:
    """How long a copy may be used: a name that has the content's digest stands for ever, others may change.

    >>> cache_of("feed.xml", "application/rss+xml"), cache_of("a/a.mp3", "audio/mpeg")
    ('public, max-age=300', 'public, max-age=3600')
    >>> cache_of("a/cover-0123456789.jpg", "image/jpeg")
    'public, max-age=31536000, immutable'
    """
    if _NAMED_BY_DIGEST.fullmatch(PurePosixPath(path).name):
        return _YEAR
    return _HOUR if mime.startswith(("audio/", "image/", "application/epub")) else _MINUTES


def is_settled(local: Local, there: There | None, sent: Sent | None) -> bool | None:
    """Whether the file at the target is this one: yes, no, or None when only a look at its bytes can tell.

    The target's own listing goes before what an earlier run noted down.

    >>> local = Local("a.txt", 2, "aa", "text/plain")
    >>> noted = Sent(2, "aa", "text/plain", local.cache, "etag")
    >>> is_settled(local, There(2, "etag"), noted), is_settled(local, There(2, "other"), noted)
    (True, False)
    >>> is_settled(local, None, noted), is_settled(local, There(2, "etag"), None)
    (False, None)
    """
    if there is None or there.size_bytes != local.size_bytes:
        return False
    if sent is None or (there.token and not sent.token):
        return None
    same = (sent.sha256, sent.mime, sent.cache) == (local.sha256, local.mime, local.cache)
    return same and (sent.token == there.token if there.token else sent.sure)


def reason(local: Local, there: There | None, sent: Sent | None) -> Why:
    """Why a file that is not settled is sent."""
    if there is None:
        return Why.NEW
    as_sent = sent and sent.sure and (sent.sha256, sent.mime, sent.cache) == (local.sha256, local.mime, local.cache)
    return Why.FOREIGN if as_sent else Why.CHANGED


def make_plan(
    wanted: Sequence[tuple[Local, Why | None]], there: Mapping[str, There], ours: Iterable[str], *, delete: bool
) -> Plan:
    """The plan for files that are to be at the target, each with why it is sent, None for one that is there.

    `ours` are the paths that earlier runs sent.
    """
    sends = [Send(local, why) for local, why in wanted if why is not None]
    sends.sort(key=lambda send: _place(send.local))
    swaps = [send for send in sends if FEED in there and _changes_length(send.local, there)]
    pages = [send for send in sends if is_feed(send.local.path)]
    first = [send for send in sends if send not in swaps and send not in pages]
    names = {local.path for local, _ in wanted}
    gone = tuple(sorted(path for path in set(ours) & set(there) if path not in names))
    return Plan(
        tuple(first),
        tuple(Send(send.local, send.why, interim_name(send.local)) for send in swaps),
        tuple(pages),
        gone if delete else (),
        gone,
        len(wanted) - len(sends),
    )


def is_feed(path: str) -> bool:
    """Whether it is the feed or one of its older pages.

    >>> is_feed("feed.xml"), is_feed("feed-0001.xml"), is_feed("a/feed.xml"), is_feed("feeds.xml")
    (True, True, False, False)
    """
    return _FEED_PAGE.fullmatch(path) is not None


def interim_name(local: Local) -> str:
    """The name a sound has while the feed still states the length of the one it replaces.

    >>> interim_name(Local("bread/bread.mp3", 3, "0123456789abcdef" * 4, "audio/mpeg"))
    'bread/bread.0123456789ab.mp3'
    """
    path = PurePosixPath(local.path)
    return str(path.with_name(f"{path.stem}.{local.sha256[:12]}{path.suffix}"))


def with_interim_names(page: bytes, swaps: Sequence[Send], base_url: str) -> bytes:
    """A page of the feed that names the interim files instead.

    >>> swap = Send(Local("a b/a.mp3", 3, "f" * 64, "audio/mpeg"), Why.CHANGED, "a b/a.ff.mp3")
    >>> with_interim_names(b'<enclosure url="https://x.example/a%20b/a.mp3"/>', [swap], "https://x.example/")
    b'<enclosure url="https://x.example/a%20b/a.ff.mp3"/>'
    """
    for swap in swaps:
        before, after = (f'"{escape(address(base_url, path))}"'.encode() for path in (swap.local.path, swap.interim))
        page = page.replace(before, after)
    return page


def address(base_url: str, path: str) -> str:
    """Where a file of the show is found."""
    return base_url + "/".join(quote(part, safe="") for part in path.split("/"))


def _changes_length(local: Local, there: Mapping[str, There]) -> bool:
    """Whether it takes the place of a sound of another length."""
    at = there.get(local.path)
    return at is not None and at.size_bytes != local.size_bytes and local.mime.startswith("audio/")


def _place(local: Local) -> tuple[int, str]:
    """Sounds, then the other files of episodes, then the show's own, its pages, older pages of the feed, the feed."""
    if local.path == FEED:
        return 6, ""
    if is_feed(local.path):
        return 5, local.path
    at_top = "/" not in local.path
    rank = 0 if local.mime.startswith("audio/") else 1
    return (rank + 2 * at_top + (at_top and local.mime.startswith("text/html")), local.path)
