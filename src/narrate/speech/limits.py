"""A time limit for engines that live in this process, and so cannot be killed."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, TypeVar

from narrate.errors import NarrateError, TakeError

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

_AT_LEAST_S = 120.0
"""For loading a model from a slow disk, with everything else that a machine may be busy with."""
_A_CHARACTER_S = 1.0
"""Fifteen times as long as a character is heard: no engine that is of use is slower on any machine."""


class HungError(TakeError):
    """An engine did not come back in time. What it does goes on, so asking it again would only add to that."""


def patience_s(text: str) -> float:
    """The seconds that an engine has for a text.

    >>> patience_s("The dark web.")
    133.0
    """
    return _AT_LEAST_S + _A_CHARACTER_S * len(text)


def within(limit_s: float, work: Callable[[], T]) -> T:
    """What `work` returns, as of `walled`.

    It runs in a thread of its own that nobody waits for at the end: costs 0.1 ms. Raises `HungError` where it takes
    longer.
    """
    returned: list[T] = []
    raised: list[NarrateError] = []
    done = threading.Event()

    def run() -> None:
        try:
            returned.append(walled(work))
        except NarrateError as error:
            raised.append(error)  # again in the thread that asked
        finally:
            done.set()

    threading.Thread(target=run, name="narrate-engine", daemon=True).start()
    if not done.wait(limit_s):
        raise HungError(f"it took longer than {limit_s:g} s")
    if returned:
        return returned[0]
    raise raised[0] if raised else TakeError("SystemExit")


def walled(work: Callable[[], T]) -> T:
    """What `work` returns; the wall to a plug-in, behind which every error is one of narrate's.

    Raises what `work` does, another error than narrate's as `TakeError`.
    """
    try:
        return work()
    except NarrateError:
        raise
    except Exception as error:
        raise TakeError(": ".join(filter(None, (type(error).__name__, str(error))))) from error
