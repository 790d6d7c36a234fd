"""Killed at moments of chance while it publishes: the feed there is whole, and the next run finishes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

MOMENTS = int(os.environ.get("NARRATE_KILLS", "3"))
"""How many; tests/faults/publish.py has fifty."""


def trials(root: Path, *more: str) -> list[dict[str, object]]:
    """What `killed.py` found."""
    program = [sys.executable, "-m", "tests.publish.remote.killed", str(root), str(MOMENTS), *more]
    done = subprocess.run(program, capture_output=True, timeout=900, check=False, cwd=Path(__file__).parents[3])
    assert done.returncode == 0, done.stderr.decode()
    found: list[dict[str, object]] = json.loads(done.stdout)["trials"]
    return found


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are killed in forks")
@pytest.mark.parametrize("store", ["folder", "s3"])
def test_a_publish_that_is_killed_and_run_again(tmp_path: Path, request: pytest.FixtureRequest, store: str) -> None:
    """Right after the kill every file that the feed names is there, as long as it says; the next run finishes."""
    found = trials(tmp_path, *([request.getfixturevalue("s3_url")] if store == "s3" else []))

    assert [each["wrong"] for each in found] == [[]] * MOMENTS
    assert [(each["code"], each["same"]) for each in found] == [(0, True)] * MOMENTS
    assert all(each["killed"] for each in found)
