"""Many at once, handed back in order."""

from __future__ import annotations

import os
from collections import deque
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator
    from concurrent.futures import Future

T = TypeVar("T")
R = TypeVar("R")

_POLL_S = 0.5


def in_order(function: Callable[[T], R], items: Iterable[T], jobs: int = 0, ahead: int = 0) -> Generator[R, None, None]:
    """``function(item)`` for each item, `jobs` at once in threads (0: as many as cores), results in the items' order.

    At most `ahead` items (0: twice the jobs) are begun beyond the one being
    consumed, and `items` is read no further, so memory is bounded by `ahead`
    results. The first error ends it, in its item's turn; so do closing the
    iterator and Ctrl-C. Then nothing more is begun, and what runs is waited for,
    so that nobody closes an engine that is still speaking; a second Ctrl-C
    does not wait. To go on after errors, let `function` return them.
    """
    from concurrent.futures import ThreadPoolExecutor

    jobs = jobs or usable_cores()
    ahead = max(ahead or 2 * jobs, 1)
    waiting: deque[Future[R]] = deque()
    source = iter(items)
    pool = ThreadPoolExecutor(jobs, thread_name_prefix="narrate")
    try:
        while True:
            waiting.extend(pool.submit(function, item) for item in islice(source, ahead - len(waiting)))
            if not waiting:
                return
            yield _result(waiting.popleft())
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _result(future: Future[R]) -> R:
    """Wait for a result in short naps: on Windows a thread that waits without end cannot be interrupted by Ctrl-C."""
    from concurrent.futures import wait

    while not future.done():
        wait((future,), timeout=_POLL_S)
    return future.result()


def usable_cores(cgroups: Path = Path("/sys/fs/cgroup"), own: Path = Path("/proc/self/cgroup")) -> int:
    """How many cores this process may use by affinity, ``PYTHON_CPU_COUNT`` and its container's quota; at least 1."""
    counts = [_process_cores()]
    for folder in _own_cgroups(cgroups, own):
        quota, period = _quota(folder)
        if quota > 0 and period > 0:
            counts.append(-(-quota // period))
    return max(1, min(counts))


def _process_cores() -> int:
    if hasattr(os, "process_cpu_count"):  # Python 3.13
        return os.process_cpu_count() or 1
    if hasattr(os, "sched_getaffinity"):  # not on macOS and Windows
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _own_cgroups(cgroups: Path, own: Path) -> Iterator[Path]:
    """The folders of this process's cgroup and those it lies in, for version 2 and the cpu controller of version 1."""
    try:
        lines = own.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return
    for line in lines:
        _, controllers, path = [*line.split(":", 2), "", ""][:3]
        if controllers and "cpu" not in controllers.split(","):
            continue
        top = cgroups / "cpu" if controllers else cgroups
        folder = top / path.strip("/")
        yield folder
        yield from (parent for parent in folder.parents if parent == top or top in parent.parents)


def _quota(folder: Path) -> tuple[int, int]:
    """A cgroup's CPU quota and period in microseconds, (0, 0) for none (kernel docs, cgroup-v2, ``cpu.max``)."""
    for names in (("cpu.max",), ("cpu.cfs_quota_us", "cpu.cfs_period_us")):
        try:
            words = " ".join((folder / name).read_text(encoding="ascii") for name in names).split()
            return int(words[0]), int(words[1])
        except (OSError, ValueError, IndexError):
            continue  # no such file, or "max": no limit at this level
    return 0, 0
