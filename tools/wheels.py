"""Check that every supported machine has a wheel for every line of the locks: `python tools/wheels.py`, needs `uv`.

It resolves the locks for each machine and Python, downloads nothing but metadata, and prints a table. A machine that
narrate refuses must fail, and says which package draws the line.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
# uv's name of the machine, the oldest macOS it stands for, and whether narrate supports it.
MACHINES = (
    ("x86_64-manylinux_2_28", "", True),
    ("aarch64-manylinux_2_28", "", True),
    ("aarch64-apple-darwin", "14.0", True),
    ("x86_64-pc-windows-msvc", "", True),
    ("x86_64-manylinux2014", "", False),
    ("x86_64-unknown-linux-musl", "", False),
    ("aarch64-apple-darwin", "13.0", False),
    ("x86_64-apple-darwin", "15.0", False),
    ("aarch64-pc-windows-msvc", "", False),
)
INSTALL = ("uv", "pip", "install", "--dry-run", "--no-deps", "--require-hashes", "--only-binary", ":all:")


def missing_wheel(lock: Path, machine: str, macos: str, python: str) -> str:
    """Return what uv says of the first package without a wheel, or nothing when there is one for each."""
    with tempfile.TemporaryDirectory() as nowhere:
        where = ("--python-platform", machine, "--python-version", python, "--target", nowhere)
        env = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "UV_"))}
        env |= {"MACOSX_DEPLOYMENT_TARGET": macos} if macos else {}
        done = subprocess.run((*INSTALL, *where, "-r", lock), env=env, check=False, capture_output=True, text=True)
    reason = re.search(r"because ([\w.-]+)", done.stderr, re.IGNORECASE)
    return "" if not done.returncode else reason[1] if reason else "uv"


def main() -> int:
    """Print a row a machine and return how many cells are not as they should be."""
    wrong = 0
    print("| machine | lock |", " | ".join(PYTHONS), "|\n|---|---|" + "---|" * len(PYTHONS))
    for machine, macos, is_supported in MACHINES:
        for name in ("requirements.lock", "requirements-dev.lock"):
            missing = [missing_wheel(ROOT / name, machine, macos, python) for python in PYTHONS]
            wrong += sum(bool(package) is is_supported for package in missing)
            cells = " | ".join(f"no {package}" if package else "all" for package in missing)
            print(f"| {machine} {macos} | {name} | {cells} |", flush=True)
    return wrong


if __name__ == "__main__":
    sys.exit(main())
