"""What a command costs: CPU of it and of all it started, wall time, peak memory, and who else used the machine."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_STAT = Path("/proc/stat")
_BUSY = slice(0, 3)
"""Of a line of /proc/stat: user, nice, system (proc_pid_stat(5))."""


@dataclass(frozen=True, slots=True)
class Cost:
    """`others` is the share, 0 to 1, of all cores that other processes used meanwhile."""

    cpu_s: float
    wall_s: float
    peak_mb: float
    others: float
    output: str


def run(command: Sequence[str], environment: Mapping[str, str], folder: Path) -> Cost:
    """Run a command to its end; raises RuntimeError, with what it said, where it fails.

    Peak memory is that of the largest process. The kernel counts the parent's memory at the start as the child's,
    so whoever calls this must be small.
    """
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        busy_s, began_s = _busy_s(), time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=err, env=environment, cwd=folder)
        _, status, usage = os.wait4(process.pid, 0)
        wall_s, busy_s = time.perf_counter() - began_s, _busy_s() - busy_s
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        if process.returncode:
            said = err.read() or out.read()  # with --json what went wrong is told there
            raise RuntimeError(f"{' '.join(command)}\n{said.decode('utf-8', 'replace')}")
        cpu_s = usage.ru_utime + usage.ru_stime
        others = max(0.0, busy_s - cpu_s) / (wall_s * (os.cpu_count() or 1))
        return Cost(cpu_s, wall_s, usage.ru_maxrss / 1024, others, out.read().decode())


def _busy_s() -> float:
    """CPU seconds that the whole machine has spent since it started; 0 where the system does not say."""
    if not _STAT.exists():
        return 0.0
    ticks = _STAT.read_text(encoding="ascii").split("\n", 1)[0].split()[1:]
    return sum(map(int, ticks[_BUSY])) / os.sysconf("SC_CLK_TCK")
