"""What the pipeline works with; a test hands in its own."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Self
from uuid import uuid4

from narrate.runtime.plugins import Plugins, load

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path
    from types import TracebackType
    from typing import BinaryIO

    from narrate.article import Reader
    from narrate.episode.formats.format import Format
    from narrate.model import Voice
    from narrate.runtime.cache import Cache
    from narrate.runtime.fetch import Fetched, Known
    from narrate.settings import Settings
    from narrate.speech import Engine


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def _new_guid() -> str:
    return str(uuid4())


def _fetch(
    url: str, most_bytes: int, *, private: bool = False, total_s: float = 0.0, known: Known | None = None
) -> Fetched:
    from narrate.runtime.fetch import TOTAL_S, fetch  # urllib3, which articles in files need not pay

    return fetch(url, most_bytes, private=private, total_s=total_s or TOTAL_S, known=known)


def _fetch_to(target: BinaryIO, url: str, most_bytes: int, *, private: bool = False) -> str:
    from narrate.runtime.fetch import fetch_to

    return fetch_to(target, url, most_bytes, private=private)


@dataclass(frozen=True, slots=True)
class Tools:
    """Readers, engines and formats by name, the cache, the clock (UTC, whole seconds) and the source of guids.

    `presets` are folders with voices and casts of the user's own. `fetch` brings what stands at a URL, of at most
    so many bytes, within `total_s`, with `known` only if it has changed since; `fetch_to` writes it to an open file,
    and gives the address where it stood.
    """

    readers: Mapping[str, Reader]
    engines: Mapping[str, Engine]
    formats: Mapping[str, Format]
    cache: Cache
    presets: Sequence[Path] = ()
    now: Callable[[], datetime] = field(default=_now)
    new_guid: Callable[[], str] = field(default=_new_guid)
    fetch: Callable[..., Fetched] = field(default=_fetch)
    fetch_to: Callable[[BinaryIO, str, int], str] = field(default=_fetch_to)
    wait: Callable[[float], None] = time.sleep

    def engine(self, voice: Voice) -> Engine:
        """The engine that a voice belongs to."""
        return self.engines[voice.engine]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        used = self.engines.loaded() if isinstance(self.engines, Plugins) else self.engines
        for engine in used.values():
            with suppress(Exception):  # the wall to a plug-in: the work is done, and the others are to be closed too
                engine.close()

    def working_engines(self) -> tuple[Mapping[str, Engine], tuple[str, ...]]:
        """The engines that can be loaded, and a sentence for each that cannot."""
        return self.engines.working() if isinstance(self.engines, Plugins) else (self.engines, ())


def equip(settings: Settings) -> Tools:
    """The tools that are installed here, built in or plugged in. Raises `PlatformError` where narrate cannot run."""
    from narrate.runtime.platform import refuse_unsupported

    refuse_unsupported()
    from narrate.runtime.cache import Cache
    from narrate.runtime.pacing import Pace
    from narrate.runtime.places import cache_folder, presets_folder, voices_folder

    return Tools(
        readers=load("narrate.readers"),
        engines=load("narrate.engines"),
        formats=load("narrate.formats"),
        cache=Cache(cache_folder(settings.cache_dir)),
        presets=(presets_folder(), voices_folder()),
        fetch=Pace(partial(_fetch, private=settings.fetch.private), settings.fetch.pause_s),
        fetch_to=partial(_fetch_to, private=settings.fetch.private),
    )
