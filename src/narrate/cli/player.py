"""Handing a file to the program that this system opens it with."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_PATIENCE_S = 10.0
"""Desktops hand a file over at once; a launcher that still runs by then is the player itself."""


def opened(path: Path) -> bool:
    """Open a file with this system's program for it, silently; whether there is one."""
    try:
        if sys.platform == "win32":
            os.startfile(path)  # noqa: S606 # opening what narrate made is what was asked for
            return True
        launcher = "open" if sys.platform == "darwin" else "xdg-open"
        quiet = subprocess.DEVNULL  # xdg-open tells of each browser that it does not find
        process = subprocess.Popen(  # noqa: S603 # a fixed program, and a file that narrate wrote
            [launcher, path.absolute()], stdin=quiet, stdout=quiet, stderr=quiet
        )
    except OSError:
        return False
    try:
        return process.wait(_PATIENCE_S) == 0
    except subprocess.TimeoutExpired:
        return True
