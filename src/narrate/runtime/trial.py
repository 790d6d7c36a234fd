"""Trying things out, with an end: a module in a process of its own, a port, a folder."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Trial:
    """How a module's run ended: its last line on standard output and on standard error, and what ended it.

    `death` is "" where it ended well, else words for people: "took longer than 20 s", "crashed (SIGSEGV)".
    """

    said: str
    noted: str
    death: str = ""


def try_module(module: str, *words: str, limit_s: float = 20.0) -> Trial:
    """Run ``python -m module word…`` with this process's environment, in this folder, for `limit_s` seconds at most."""
    command = [sys.executable, "-P", "-m", module, *words]
    try:
        done = subprocess.run(command, capture_output=True, timeout=limit_s, check=False, stdin=subprocess.DEVNULL)  # noqa: S603 # our own interpreter and module
    except subprocess.TimeoutExpired as late:
        return Trial("", _last(late.stderr or b""), f"took longer than {limit_s:g} s")
    return Trial(_last(done.stdout), _last(done.stderr), _death(done.returncode))


def port_is_free(port: int, host: str = "127.0.0.1") -> bool:
    """Whether one could listen there now."""
    try:
        socket.create_server((host, port)).close()
    except OSError:
        return False
    return True


def refusal_to_write(folder: Path) -> OSError | None:
    """Why no file can be written in a folder, or in the nearest one above it that is there; None where one can."""
    there = next((each for each in (folder, *folder.parents) if each.exists()), folder)
    probe = there / f".narrate-probe-{os.urandom(4).hex()}"
    try:
        probe.write_bytes(b"probe")
    except OSError as refused:
        return refused
    finally:
        with suppress(OSError):
            probe.unlink()
    return None


def _death(code: int) -> str:
    if code >= 0:
        return "" if code == 0 else f"failed (exit code {code})"
    try:
        return f"crashed ({signal.Signals(-code).name})"
    except ValueError:
        return f"crashed (signal {-code})"


def _last(output: bytes) -> str:
    lines = output.decode("utf-8", "replace").split("\n")
    return next((line.strip() for line in reversed(lines) if line.strip()), "")
