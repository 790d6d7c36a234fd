"""narrate is killed while Piper speaks: the next run goes on, and nothing that was spoken is spoken again."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

SENTENCES = 8
ARTICLE = "# Rain\n\n" + " ".join(
    f"Sentence {number} tells of rain that falls for days on roofs, on roads and on the hats of {number} people."
    for number in ("one", "two", "three", "four", "five", "six", "seven", "eight")
)


def command(root: Path) -> list[str]:
    """``narrate make``, in a folder of its own."""
    options = ["--out", str(root / "out"), "--no-music", "--voice", "joe", "--json"]
    return [sys.executable, "-P", "-m", "narrate", "make", str(root / "rain.md"), *options]


def takes(root: Path) -> dict[str, bytes]:
    """The takes in the cache, each with a digest."""
    files = (path for path in (root / "cache").rglob("*") if path.is_file() and "takes" in path.parts)
    return {path.name: sha256(path.read_bytes()).digest() for path in files if re.fullmatch("[0-9a-f]+", path.name)}


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no SIGKILL here")
def test_sigkill_while_piper_speaks_costs_what_is_in_hand(tmp_path: Path) -> None:
    """Takes that were whole are there, as they were; the run after it makes the episode, speaking only the rest."""
    (tmp_path / "rain.md").write_text(ARTICLE)
    environment = {**os.environ, "NARRATE_CACHE_DIR": str(tmp_path / "cache"), "NARRATE_JOBS": "1"}
    running = subprocess.Popen(command(tmp_path), env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while len(takes(tmp_path)) < 3 and running.poll() is None:
        time.sleep(0.02)
    running.send_signal(signal.SIGKILL)
    running.wait()
    there = takes(tmp_path)

    done = subprocess.run(command(tmp_path), env=environment, capture_output=True, timeout=120, check=True)

    one: Any = json.loads(done.stdout)["episodes"][0]
    assert running.returncode == -signal.SIGKILL
    assert 3 <= len(there) < one["utterances"]
    assert one["spoken"] == one["utterances"] - len(there)
    assert one["utterances"] == SENTENCES + 3
    assert there.items() <= takes(tmp_path).items()
