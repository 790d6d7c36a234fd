"""What a row of the table of clients is, and what rows share."""

from __future__ import annotations

import os
import subprocess
import time
from dataclasses import dataclass, field
from hashlib import file_digest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

SOUNDS = (".mp3", ".m4a", ".m4b", ".opus", ".ogg", ".flac", ".wav")
TIMEOUT_S = 180


@dataclass(frozen=True, slots=True)
class There:
    """Where a client is: its namespace, a home of its own, and the feed's address, all it is told."""

    namespace: str
    home: Path
    url: str

    def run(self, *words: str, more: Mapping[str, str] | None = None) -> str:
        """Run a command there, which must succeed; what it printed, on either stream."""
        done = subprocess.run(
            self.command(words),
            check=False,
            timeout=TIMEOUT_S,
            env=self.environment(more),
            cwd=self.home,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
        if done.returncode:
            message = f"{words[0]} ended with {done.returncode}: {done.stdout.strip()[-400:]}"
            raise RuntimeError(message)
        return done.stdout

    def command(self, words: Sequence[str]) -> list[str]:
        """The words that run a command there."""
        return ["ip", "netns", "exec", self.namespace, *words]

    def environment(self, more: Mapping[str, str] | None = None) -> dict[str, str]:
        """Nothing of the user's own: no configuration, no proxy."""
        kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        return {"LANG": "C.UTF-8", **kept, "HOME": str(self.home), "TERM": "xterm", **(more or {})}


@dataclass(frozen=True, slots=True)
class Client:
    """An app or player: the commands it needs, the packages that bring them, and how it is made to fetch everything.

    `fetch` returns what it says of how it went, beside the files; raises `RuntimeError` where it fails.
    `whole` is whether every episode is to arrive as a file.
    """

    name: str
    needs: tuple[str, ...]
    fetch: Callable[[There], str]
    apt: tuple[str, ...] = ()
    pip: tuple[str, ...] = ()
    whole: bool = True
    version: tuple[str, ...] = field(default=())


def sounds(folder: Path) -> list[Path]:
    """Every sound file below a folder."""
    return sorted(path for path in folder.rglob("*") if path.suffix in SOUNDS)


def digest(path: Path) -> str:
    """The SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def wait_for(holds: Callable[[], bool], seconds: float = TIMEOUT_S) -> bool:
    """Wait until it holds; whether it does in the end."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(0.2)
    return True
