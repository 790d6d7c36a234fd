"""The parent's side of the worker process: start it, ask it, kill it when it takes too long."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import threading
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from narrate.errors import PlatformError, TakeError, VoiceError
from narrate.speech.pyttsx3_worker import read_frame, write_frame

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

WORKER = (sys.executable, "-P", "-m", "narrate.speech.pyttsx3_worker")
"""Not multiprocessing: a fork beside onnxruntime is unsafe, and spawning runs the user's script again."""

_OWN_GROUP: Mapping[str, Any] = (
    {"creationflags": 0x200} if sys.platform == "win32" else {"start_new_session": True}  # CREATE_NEW_PROCESS_GROUP
)
"""Ctrl-C in the terminal reaches the parent alone, which ends the worker in its own time."""


class WorkerProcess:
    """One worker; not for several threads at once. It is gone after the first error that may have left it broken."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        pipe = subprocess.PIPE
        self._process: subprocess.Popen[bytes] = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, env=environment, **_OWN_GROUP
        )
        self._stdin = cast("BinaryIO", self._process.stdin)
        self._stdout = cast("BinaryIO", self._process.stdout)
        self._timed_out = False

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        """Whether it has not ended."""
        return self._process.poll() is None

    def ask(self, request: Mapping[str, Any], limit_s: float) -> tuple[Mapping[str, Any], bytes]:
        """The reply to a request, and the PCM that comes with it, if any.

        Raises `PlatformError` where the driver cannot start, `VoiceError` where the voice is
        unknown, and `TakeError` where it failed, ended or took longer than `limit_s`.
        """
        timer = threading.Timer(limit_s, self._time_out)
        timer.start()
        try:
            write_frame(self._stdin, json.dumps(request).encode())
            self._stdin.flush()
            reply = json.loads(read_frame(self._stdout))
            pcm = read_frame(self._stdout) if "rate_hz" in reply else b""
        except (EOFError, OSError) as ended:
            self.kill()
            raise TakeError(self._why(limit_s)) from ended
        finally:
            timer.cancel()
        self._refuse(reply, request)
        return reply, pcm

    def close(self) -> None:
        """Close its standard input, at which it ends; kill it if it does not."""
        with contextlib.suppress(OSError):  # it may have died with a request unread
            self._stdin.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=2)
        self.kill()

    def kill(self) -> None:
        """End it now."""
        self._process.kill()
        self._process.wait()
        with contextlib.suppress(OSError):
            self._stdin.close()
        self._stdout.close()

    def _time_out(self) -> None:
        self._timed_out = True
        self._process.kill()

    def _why(self, limit_s: float) -> str:
        if self._timed_out:
            return f"it took longer than {limit_s:g} s"
        return f"its process ended in the middle (exit code {self._process.returncode})"

    def _refuse(self, reply: Mapping[str, Any], request: Mapping[str, Any]) -> None:
        if "cannot_start" in reply:
            self.close()
            raise PlatformError(
                f"the system's voices cannot be used here ({reply['cannot_start']}); choose a neural voice with --voice"
            )
        if "unknown_voice" in reply:
            raise VoiceError(
                f"this system has no voice '{request['voice']}'; 'narrate voices' lists those that can speak here"
            )
        if "error" in reply:
            self.close()
            raise TakeError(reply["error"])
