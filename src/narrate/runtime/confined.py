"""A function in a process of its own, with limits: for what may loop, explode or crash.

C libraries parse some formats, and files can be made to break them. What such a reader
does stays in its process: the worst that it can do is to be ended, which is a sentence for the user.

What holds the limits. The time: RLIMIT_CPU counts what the process itself works, so that a busy machine refuses no
good file, and the clock, here, ends what waits, after three times as long; on Windows, which has no such limit, the
clock alone, as soon. The memory: RLIMIT_DATA on Linux; on macOS the process looks at its own size ten times a second;
on Windows nothing does. The process inherits no descriptor but its pipes.
It costs about 60 ms (measured), most of it the start of Python and the imports that a reader needs anyway.
"""

from __future__ import annotations

import contextlib
import io
import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, is_dataclass
from datetime import date, datetime, timedelta, timezone
from enum import EnumType
from typing import TYPE_CHECKING, Any, TypeVar, cast

from narrate import errors
from narrate.errors import ArticleError, NarrateError
from narrate.runtime.confined_child import DONE, LENGTH, NO_MEMORY, REFUSED, framed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_CHILD = (sys.executable, "-P", "-m", "narrate.runtime.confined_child")
"""Not multiprocessing: a fork beside onnxruntime is unsafe, and spawning runs the user's script again."""

_OWN_GROUP: Mapping[str, Any] = (
    {"creationflags": 0x200} if sys.platform == "win32" else {"start_new_session": True}  # CREATE_NEW_PROCESS_GROUP
)
"""Ctrl-C in the terminal reaches the parent alone, which ends the child; its group holds what the child starts."""

_POLL_S = 0.2
_TOO_LARGE = 80
_CRASHES = {name: getattr(signal, name, 0) for name in ("SIGSEGV", "SIGBUS", "SIGABRT", "SIGILL", "SIGFPE", "SIGTRAP")}
_VALUES = (date, datetime, timedelta, timezone)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a confined function may use: seconds of work, seconds by the clock, and bytes of memory."""

    time_s: float = 60
    clock_s: float = 180
    """Where the system counts the work; where it does not, the clock ends it after `time_s`."""
    memory_bytes: int = 880_000_000
    """The command that waits for it holds about 100 MB more: together they stay below 1 GB."""
    reply_bytes: int = 500_000_000


def confined(
    function: Callable[..., T],
    *arguments: object,
    what: str,
    limits: Limits = Limits(),
) -> T:
    """What ``function(*arguments)`` returns in a process of its own; all of them must pickle.

    It may return plain values, dates, and the dataclasses and enums of narrate. `what` names for people what is read.

    Raises:
        NarrateError: the one that the function raised, with its sentence.
        ArticleError: it took too long, needed too much memory, crashed, or raised anything else.
    """
    request = framed(pickle.dumps((limits.memory_bytes, limits.time_s, sys.path)))
    request += framed(pickle.dumps((function, arguments)))
    reply = _answer(request, what, limits)
    return cast("T", _result(reply, what, limits))


def _answer(request: bytes, what: str, limits: Limits) -> bytes:
    """The child's reply, however the child behaves; it is gone afterwards."""
    pipe = subprocess.PIPE
    child = subprocess.Popen(  # noqa: S603 # our own interpreter and module
        _CHILD, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, bufsize=0, **_OWN_GROUP
    )
    replies: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
    # Daemons: a process that got away from the group may hold the pipes for ever, and must not hold us.
    talk = threading.Thread(target=_converse, args=(child, request, replies, limits), daemon=True)
    talk.start()
    try:
        reply = _wait(replies, _clock_s(limits))
    except TimeoutError as late:
        raise ArticleError(_too_long(what, _clock_s(limits))) from late
    finally:
        _kill(child, talk)
    if reply is None:
        raise ArticleError(_why(child.returncode, what, limits))
    return reply


def _converse(
    child: subprocess.Popen[bytes], request: bytes, replies: queue.SimpleQueue[bytes | None], limits: Limits
) -> None:
    """Write the request and read the reply; None where there is none."""
    stdin, stdout = cast("io.FileIO", child.stdin), cast("io.FileIO", child.stdout)
    with stdin, stdout, contextlib.suppress(OSError, ValueError):  # it may end in the middle
        view = memoryview(request)
        while view:
            view = view[stdin.write(view) or 0 :]
        (size,) = LENGTH.unpack(_exactly(stdout, LENGTH.size) or b"\xff" * LENGTH.size)
        reply = _exactly(stdout, size) if size <= limits.reply_bytes else None
        replies.put(reply)
        return
    replies.put(None)


def _exactly(source: io.FileIO, size: int) -> bytes | None:
    content = bytearray()
    while len(content) < size:
        chunk = source.read(min(size - len(content), 1 << 20))
        if not chunk:
            return None
        content += chunk
    return bytes(content)


def _wait(replies: queue.SimpleQueue[bytes | None], time_s: float) -> bytes | None:
    """The reply; raises TimeoutError. In short waits: on Windows Ctrl-C does not interrupt a long one."""
    end = time.monotonic() + time_s
    while (left_s := end - time.monotonic()) > 0:
        with contextlib.suppress(queue.Empty):
            return replies.get(timeout=min(_POLL_S, left_s))
    raise TimeoutError


def _kill(child: subprocess.Popen[bytes], talk: threading.Thread) -> None:
    """End the child and what it started; its exit code is known afterwards."""
    with contextlib.suppress(subprocess.TimeoutExpired):
        child.wait(timeout=0 if talk.is_alive() else 1)  # a child that crashed says how
    if sys.platform == "win32":
        child.kill()
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    talk.join(timeout=1)


def _clock_s(limits: Limits) -> float:
    """When the clock ends it: early where nothing else does."""
    return limits.time_s if sys.platform == "win32" else limits.clock_s


def _too_long(what: str, time_s: float) -> str:
    return (
        f"{what} took longer than {time_s:g} s to read; it is damaged or made to do harm, or very large: give the"
        " article as text, or a part of it"
    )


def _why(code: int, what: str, limits: Limits) -> str:
    """Why a child ended without a reply, from its exit code."""
    if code == -getattr(signal, "SIGXCPU", 0):
        return _too_long(what, limits.time_s)
    if code in {_TOO_LARGE, -getattr(signal, "SIGKILL", 0)}:
        return _too_much(what, limits)
    crash = next((f" ({name})" for name, number in _CRASHES.items() if number and code == -number), f" (code {code})")
    return (
        f"{what} cannot be read: its reader crashed{crash}; it is damaged, made to do harm, or needs more than"
        f" {limits.memory_bytes / 1e9:g} GB: give the article as text"
    )


def _too_much(what: str, limits: Limits) -> str:
    return (
        f"{what} needs more than {limits.memory_bytes / 1e9:g} GB of memory to read; it is made to do harm, or very"
        " large: give the article as text, or a part of it"
    )


class _Values(pickle.Unpickler):
    """Reads values only: a process that a file has taken over could send a pickle that runs what it likes."""

    def find_class(self, module: str, name: str) -> object:
        """A date, or a dataclass or an enum of narrate."""
        found = getattr(sys.modules.get(module), name, None) if "." not in name else None
        if found in _VALUES:
            return found
        is_value = isinstance(found, type) and (is_dataclass(found) or isinstance(found, EnumType))
        if is_value and f"{module}.".startswith("narrate.") and getattr(found, "__module__", "") == module:
            return found
        raise pickle.UnpicklingError(f"{module}.{name} is no value")


def _result(reply: bytes, what: str, limits: Limits) -> object:
    try:
        kind, *said = _Values(io.BytesIO(reply)).load()
    except (pickle.UnpicklingError, ValueError, TypeError, EOFError, AttributeError, IndexError, KeyError) as broken:
        raise ArticleError(f"{what} cannot be read: its reader gave no article; give the article as text") from broken
    if kind == DONE:
        return said[0]
    if kind == NO_MEMORY:
        raise ArticleError(_too_much(what, limits))
    name, words, detail = map(str, said)
    refused = getattr(errors, name, None) if kind == REFUSED else None
    if isinstance(refused, type) and issubclass(refused, NarrateError):
        raise refused(words)
    failed = ArticleError(f"{what} cannot be read: its reader failed ({words[:200]}); give the article as text")
    failed.add_note(detail)
    raise failed
