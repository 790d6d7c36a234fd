"""The process that a confined function runs in: one request on standard input, one reply on standard output.

Both are frames: eight bytes of length, big-endian, then a pickle. The parent may kill this process at any
time; it ends by itself, with all that it started, when its standard input closes. Whatever is printed goes nowhere.
This module imports as little as it can: every run pays for the start.
"""

from __future__ import annotations

import math
import os
import pickle
import signal
import struct
import sys
import threading
from typing import TYPE_CHECKING, NoReturn

from narrate.errors import NarrateError

if TYPE_CHECKING:
    from types import TracebackType

LENGTH = struct.Struct(">Q")
DONE, REFUSED, FAILED, NO_MEMORY = "done", "refused", "failed", "no memory"
"""What a reply begins with; then comes the result, or the kind of error and its words."""

_MEGABYTE = 1 << 20
_LOOK_S = 0.1
_GRACE_S = 2
"""At the softer limit of time the system sends SIGXCPU, so that the parent can tell; so much later SIGKILL."""
_TOO_LARGE = 80
"""Exit code of a process that saw that it had become too large."""


def framed(content: bytes) -> bytes:
    """A frame with that content."""
    return LENGTH.pack(len(content)) + content


_OUT_OF_MEMORY = framed(pickle.dumps((NO_MEMORY,)))  # made beforehand: there may be no memory left to make it


def main() -> None:
    """Answer the one request and end."""
    out = os.dup(1)
    os.dup2(2, 1)
    limits, request = _read(0), _read(0)
    memory_bytes, time_s, path = pickle.loads(limits)  # noqa: S301 - from the parent, which is narrate itself
    sys.path[:] = path
    sys.excepthook = lambda kind, error, trace: _refuse(out, kind, error, trace)
    _limit(memory_bytes, time_s)
    threading.Thread(target=_watch, args=(memory_bytes,), daemon=True).start()
    function, arguments = pickle.loads(request)  # noqa: S301 - the same
    _send(out, pickle.dumps((DONE, function(*arguments))))
    _end()


def _read(descriptor: int) -> bytes:
    """One frame, exactly: nothing after it is taken."""
    (size,) = LENGTH.unpack(_exactly(descriptor, LENGTH.size))
    return _exactly(descriptor, size)


def _exactly(descriptor: int, size: int) -> bytes:
    content = bytearray()
    while len(content) < size:
        chunk = os.read(descriptor, min(size - len(content), _MEGABYTE))
        if not chunk:
            os._exit(0)
        content += chunk
    return bytes(content)


def _send(out: int, content: bytes) -> None:
    view = memoryview(framed(content))
    while view:
        view = view[os.write(out, view) :]


def _refuse(out: int, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """What a function raised, told to the parent; the last that this process says."""
    if issubclass(kind, MemoryError):
        os.write(out, _OUT_OF_MEMORY)
        _end()
    import traceback

    known = next((each.__name__ for each in kind.__mro__ if each.__module__ == NarrateError.__module__), "")
    words = str(error) if known else f"{kind.__name__}: {error}"
    detail = "".join(traceback.format_exception(kind, error, trace, limit=20))
    _send(out, pickle.dumps((REFUSED if known else FAILED, known, words, detail)))
    _end()


def _limit(memory_bytes: int, time_s: float) -> None:
    """Have the system hold this process to its limits; where it has none of a kind, the parent's clock is left."""
    if sys.platform == "win32":
        return
    import resource

    kinds = [(resource.RLIMIT_CPU, math.ceil(time_s), _GRACE_S)]
    kinds += [(resource.RLIMIT_CORE, 0, 0), (resource.RLIMIT_DATA, memory_bytes, 0)]
    if sys.platform == "darwin":
        kinds.append((resource.RLIMIT_AS, memory_bytes, 0))
    for kind, limit, more in kinds:
        hard = resource.getrlimit(kind)[1]
        soft, end = (each if hard == resource.RLIM_INFINITY else min(each, hard) for each in (limit, limit + more))
        try:
            resource.setrlimit(kind, (soft, end))
        except (OSError, ValueError):  # macOS refuses limits below what a process has mapped already
            continue


def _watch(memory_bytes: int) -> None:
    """End when the parent is gone, and on macOS, which does not hold RLIMIT_DATA, when the process is too large."""
    if sys.platform == "darwin":
        threading.Thread(target=_watch_size, args=(memory_bytes,), daemon=True).start()
    os.read(0, 1)
    _end()


def _watch_size(memory_bytes: int) -> NoReturn:
    import resource
    import time

    while True:
        if resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > memory_bytes:  # bytes on macOS
            os._exit(_TOO_LARGE)
        time.sleep(_LOOK_S)


def _end() -> NoReturn:
    """End this process, and those that it started and left in its group."""
    if sys.platform != "win32" and os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(0)


if __name__ == "__main__":
    main()
