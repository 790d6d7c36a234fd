"""What a confined function may do at worst; a module of its own, so that the child process can import it."""

from __future__ import annotations

import ctypes
import os
import sys
import time
from pathlib import Path

from narrate.errors import ArticleError, VoiceError
from narrate.model import Article, Block, BlockKind, Origin, Source


class OwnError(ArticleError):
    """An error of a plug-in's own."""


def article(data: bytes) -> Article:
    """Return an article of these words."""
    text = data.decode()
    block = Block(BlockKind.PARAGRAPH, text, Source(0, len(text), 1))
    return Article("Bread", (block,), Origin("a"), "", "en", text=text)


def loop() -> None:
    """Never end."""
    while True:
        pass


def pause(length_s: float) -> float:
    """Wait without work."""
    time.sleep(length_s)
    return length_s


def allocate(size: int) -> int:
    """Take that many bytes, and touch them."""
    return len(b"x" * size)


def crash() -> None:
    """Read where nothing is."""
    ctypes.string_at(0)


def fork(note: str) -> str:
    """Leave a process behind that would write a note after a while, and whose pipes are ours."""
    if os.fork() == 0:
        time.sleep(1.5)
        Path(note).write_text("still here", encoding="utf-8")
        os._exit(0)
    return "parent"


def get_away() -> None:
    """Leave a process behind in a group of its own that holds the pipes open, and end."""
    if os.fork() == 0:
        os.setsid()
        time.sleep(4)
    os._exit(3)


def chatter() -> str:
    """Print where the reply goes."""
    print("noise", flush=True)  # noqa: T201 # that is what it is for
    os.write(1, b"\0" * 100)
    sys.stderr.write("noise")
    return "said"


def forge() -> None:
    """Send a reply that would run a command where it is read."""
    content = b"cos\nsystem\n(S'touch forged'\ntR."
    for descriptor in range(3, 20):
        try:
            os.write(descriptor, len(content).to_bytes(8, "big") + content)
        except OSError:
            continue
    os._exit(0)


def refuse(kind: str) -> None:
    """Raise an error of that kind."""
    raise {"article": ArticleError, "voice": VoiceError, "own": OwnError, "value": ValueError}[kind]("no, not this")


def descriptors() -> list[str]:
    """Return what is open, as the system names it."""
    return sorted(path.name for path in Path("/proc/self/fd").iterdir())


def wait_for_end(note: str) -> None:
    """Say who it is, then wait."""
    Path(note).write_text(str(os.getpid()), encoding="utf-8")
    time.sleep(30)
