"""Feeds and pages as they were made for an address, each once, and what a show says of itself."""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from narrate.errors import NarrateError
from narrate.publish.folder import FEED_NAME, INDEX_NAME, SETTINGS_NAME

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_KEPT_BYTES = 32_000_000
_KEPT = 64
_FEED = re.compile(r"feed(?:-[0-9]{1,9})?\.xml")


class About(NamedTuple):
    """What a show says of itself."""

    title: str


@dataclass(frozen=True, slots=True)
class Made:
    """What the host asks others for, a show's folder each: its feeds for an address, and what it says of itself.

    `written_for(folder, base_url, name)` gives what the show has of that name, of what `names_addresses`. `settled`
    returns when nobody is replacing files, or after a while. `token_of` is the secret segment of the show's address,
    "" for none.
    """

    written_for: Callable[[Path, str, str], bytes]
    about: Callable[[Path], About]
    settled: Callable[[Path], None] = lambda _folder: None
    token_of: Callable[[Path], str] = lambda _folder: ""


def names_addresses(name: str) -> bool:
    """Whether what a show has of that name names addresses: the feed, a page of one (RFC 5005), and the show's page.

    >>> names_addresses("feed.xml"), names_addresses("feed-0001.xml"), names_addresses("index.html")
    (True, True, True)
    >>> names_addresses("feeds.xml"), names_addresses("index-0001.html")
    (False, False)
    """
    return name == INDEX_NAME or _FEED.fullmatch(name) is not None


class Feeds:
    """Feeds as they were made for an address, made again when the stored feed or the settings change."""

    def __init__(self, made: Made) -> None:
        self._made = made
        self._kept: OrderedDict[tuple[Path, str, str], tuple[object, bytes]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, show: Path, base_url: str, name: str = FEED_NAME) -> bytes:
        """The feed of the show for that address; what `written_for` raises passes through."""
        self._made.settled(show)
        with self._lock:  # two hundred clients that ask at once cost one feed
            state = tuple(state_of(show / each) for each in (name, SETTINGS_NAME))
            kept = self._kept.get((show, base_url, name))
            if kept and kept[0] == state:
                return kept[1]
            data = self._made.written_for(show, base_url, name)
            self._keep((show, base_url, name), (state, data))
        return data

    def _keep(self, key: tuple[Path, str, str], entry: tuple[object, bytes]) -> None:
        """A Host field is the client's word: never let it fill memory."""
        self._kept.pop(key, None)
        self._kept[key] = entry
        while len(self._kept) > _KEPT or (len(self._kept) > 1 and self._bytes() > _KEPT_BYTES):
            self._kept.popitem(last=False)

    def _bytes(self) -> int:
        return sum(len(data) for _, data in self._kept.values())


class Abouts:
    """What shows say of themselves, read again when their settings change."""

    def __init__(self, made: Made) -> None:
        self._made = made
        self._kept: dict[Path, tuple[object, About]] = {}

    def get(self, show: Path) -> About:
        """What that show says; its folder speaks for one whose settings cannot be read."""
        state = state_of(show / SETTINGS_NAME)
        kept = self._kept.get(show)
        if not kept or kept[0] != state:
            kept = self._kept[show] = (state, self._read(show))
        return kept[1]

    def _read(self, show: Path) -> About:
        try:
            return self._made.about(show)
        except NarrateError:
            return About(show.name)


def state_of(path: Path) -> tuple[int, int, int]:
    """Another one when the file has changed."""
    try:
        found = path.stat()
    except OSError:  # not there
        return (0, 0, 0)
    return found.st_mtime_ns, found.st_size, found.st_ino
