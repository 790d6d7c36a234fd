"""Asking a store: with an end to waiting, and again after a while when the network was gone for a moment.

Drivers of fsspec raise errors of many libraries, and some wait for ever. So each
question is asked in a thread whose answer, or error, comes back as a value.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from multiprocessing.pool import ThreadPool
from threading import Event
from typing import TYPE_CHECKING, TypeVar

from narrate.publish.mishaps import is_passing, refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from narrate.publish.mishaps import Where

T = TypeVar("T")

_NAP_S = 0.5


@dataclass(frozen=True, slots=True)
class Patience:
    """How long an answer may take in seconds, how slow sending may be, and the waits between attempts."""

    answer_s: float = 120.0
    slowest_bytes_per_s: float = 20_000.0
    waits_s: tuple[float, ...] = (1.0, 4.0, 10.0)


class Asker:
    """Asks a store `jobs` things at once; what goes wrong becomes a sentence about `where`."""

    def __init__(self, where: Where, jobs: int, patience: Patience) -> None:
        self.where = where
        self._patience = patience
        self._pool = ThreadPool(jobs)

    def ask(self, doing: str, work: Callable[[], T], size_bytes: int = 0) -> T:
        """The answer of `work`, which may be done more than once; `doing` is a verb and a thing, for the sentence.

        Raises:
            PublishError: it cannot be done, or not in time.
        """
        limit_s = self._patience.answer_s + size_bytes / self._patience.slowest_bytes_per_s
        for wait_s in (*self._patience.waits_s, None):
            answer, error = self._once(work, limit_s)
            if error is None:
                return answer[0]
            if wait_s is None or not is_passing(error):
                raise refusal(error, doing, self.where) from error
            time.sleep(wait_s)
        raise AssertionError  # the last wait is None

    def close(self) -> None:
        """Ask no more; what hangs is not waited for."""
        self._pool.terminate()

    def _once(self, work: Callable[[], T], limit_s: float) -> tuple[list[T], BaseException | None]:
        answers: list[T] = []
        errors: list[BaseException] = []
        done = Event()

        def keep(into: list[T] | list[BaseException]) -> Callable[[object], None]:
            def call(value: object) -> None:
                into.append(value)  # type: ignore[arg-type] # the pool hands each callback its own kind
                done.set()

            return call

        self._pool.apply_async(work, callback=keep(answers), error_callback=keep(errors))
        end_s = time.monotonic() + limit_s
        while not done.wait(_NAP_S):  # short naps, so that Ctrl-C ends it on Windows too
            if time.monotonic() > end_s:
                return answers, TimeoutError(f"no answer within {limit_s:.0f} s")
        return answers, errors[0] if errors else None
