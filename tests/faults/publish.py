"""Publishing under faults, all of them: ``python tests/faults/publish.py``; the suite has a short version of each.

Fifty kills at moments of chance against a folder and a real S3 server, and every single operation of three kinds of
stores failing in turn. Takes about five minutes.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

HOME = Path(__file__).parents[2]


def main() -> int:
    """Run the tests with everything in them; their exit code."""
    tests = [f"tests/publish/remote/test_{name}.py" for name in ("killed", "faults")]
    environment = os.environ | {"NARRATE_KILLS": "50", "NARRATE_FAULT_EVERY": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-v", *tests, *sys.argv[1:]], cwd=HOME, env=environment, check=False
    )
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
