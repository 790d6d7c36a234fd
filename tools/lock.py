"""Write the two locks anew from `pyproject.toml`: `.venv/bin/python tools/lock.py`, which needs `uv`.

The locks hold exact versions with markers and the hashes of the wheels, and name no index and no host. A version
that is already locked stays, unless `--upgrade` is given.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMPILE = (
    *("uv", "pip", "compile", "pyproject.toml", "--quiet", "--universal", "--python-version", "3.11"),
    *("--generate-hashes", "--only-binary", ":all:", "--emit-build-options", "--no-annotate"),
    *("--custom-compile-command", "python tools/lock.py", "--group", "build"),
)
LOCKS = (
    ("--output-file", "requirements.lock"),
    ("--group", "dev", "--constraint", "requirements.lock", "--output-file", "requirements-dev.lock"),
)


def main() -> None:
    """Write both locks; the second holds all of the first, in the same versions."""
    own_index = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "UV_"))}
    for options in LOCKS:
        subprocess.run((*COMPILE, *options, *sys.argv[1:]), check=True, cwd=ROOT, env=own_index)


if __name__ == "__main__":
    main()
