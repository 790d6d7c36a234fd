"""Manners towards servers: a pause between two requests to one host, and none to one that asked to be left alone."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from narrate.errors import FetchError

if TYPE_CHECKING:
    from collections.abc import Callable

    from narrate.runtime.fetch import Fetched

MOST_SILENCES = 2
"""A host that did not answer so many times in a row is not asked again in this run."""
_BUSY = frozenset({429, 503})
_USUAL_WAIT_S = 300
"""Where a server that was asked too often does not say how long to wait."""


class Pace:
    """A fetcher in the shape of the one it wraps, that keeps `pause_s` seconds between requests to one host.

    A host that answers 429 or 503 is left alone for as long as it asks (Retry-After), and one that does not answer
    for the rest of the run: a hundred entries on it then fail at once, and may be tried another time.
    """

    def __init__(
        self,
        fetch: Callable[..., Fetched],
        pause_s: float,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._fetch = fetch
        self._pause_s = pause_s
        self._now = now
        self._sleep = sleep
        self._asked: dict[str, float] = {}
        self._silent: dict[str, int] = {}
        self._until: dict[str, float] = {}

    def __call__(self, url: str, most_bytes: int, **options: Any) -> Fetched:  # noqa: ANN401 - handed on as they are
        """What the wrapped fetcher brings, when it is time. Raises `FetchError`."""
        host = urlsplit(url).netloc.lower()
        self._refuse(url, host)
        wait_s = self._asked.get(host, float("-inf")) + self._pause_s - self._now()
        if wait_s > 0:
            self._sleep(wait_s)
        try:
            found = self._fetch(url, most_bytes, **options)
        except FetchError as refused:
            self._note(host, refused)
            raise
        else:
            self._silent.pop(host, None)
            return found
        finally:
            self._asked[host] = self._now()

    def apart(self) -> Pace:
        """One with the same pauses, that notes for itself who is silent or busy: pictures must not cost an article."""
        made = Pace(self._fetch, self._pause_s, self._now, self._sleep)
        made._asked, made._until = self._asked, dict(self._until)
        return made

    def _refuse(self, url: str, host: str) -> None:
        left_s = self._until.get(host, float("-inf")) - self._now()
        if left_s > 0:
            sentence = f"{host} asked to be left alone for {round(left_s)} s, so {url} waits; try again later"
            raise FetchError(sentence, retry_after_s=round(left_s))
        if self._silent.get(host, 0) >= MOST_SILENCES:
            raise FetchError(
                f"{host} did not answer {MOST_SILENCES} times, so {url} was not asked for; try again later"
            )

    def _note(self, host: str, refused: FetchError) -> None:
        if refused.status in _BUSY:
            wait_s = _USUAL_WAIT_S if refused.retry_after_s is None else refused.retry_after_s
            self._until[host] = self._now() + wait_s
        if refused.status:
            self._silent.pop(host, None)
        elif refused.retryable:
            self._silent[host] = self._silent.get(host, 0) + 1
