"""How a process of narrate's own is set up before it works: the command's, not one that imports the library."""

from __future__ import annotations

import gc
import os
import sys

_ARENAS, _MMAP_THRESHOLD, _TRIM_THRESHOLD = -8, -3, -1
"""Parameters of glibc's `mallopt` (malloc.h)."""
_NEW_OBJECTS = 50_000
_LARGEST_BYTES = 32 << 20
"""What glibc takes at most (DEFAULT_MMAP_THRESHOLD_MAX); the samples of half a minute are 5 MB."""


def prepare() -> None:
    """Set this process up; to be called before numpy is loaded, or only half of it takes effect."""
    one_thread_each()
    keep_memory()
    collect_seldom()


def one_thread_each() -> None:
    """Have numpy's linear algebra start no threads: narrate works on several units at once, each on one core.

    Whoever has set the variable has a reason. It saves 0.02 CPU seconds at the start.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def collect_seldom() -> None:
    """Have Python look for cycles after fifty thousand new objects rather than after 700.

    Making the seed article leaves hardly any, and looking for them while modules come in costs 0.04 CPU seconds.
    """
    gc.set_threshold(_NEW_OBJECTS)


def keep_memory() -> bool:
    """Have glibc reuse freed blocks of up to 32 MB; whether it will. Elsewhere there is nothing to do.

    By default it hands a block of the size of a unit's samples back to the system, and gets the next one
    page by page, each a fault: 0.22 of 2.8 CPU seconds for the seed article spoken by eSpeak. All threads share what
    is kept: with a store for each, an hour takes 161 MB at most instead of 138, and ten hours 213.
    """
    if sys.platform != "linux":
        return False
    import ctypes

    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is None:  # another C library
        return False
    wishes = ((_ARENAS, 1), (_MMAP_THRESHOLD, _LARGEST_BYTES), (_TRIM_THRESHOLD, 2 * _LARGEST_BYTES))
    return all(mallopt(parameter, value) for parameter, value in wishes)
