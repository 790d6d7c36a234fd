"""Newsboat finds the enclosures, Podboat downloads them; it wants a terminal."""

from __future__ import annotations

import os
import pty
import subprocess
from contextlib import suppress
from typing import TYPE_CHECKING

from tests.clients.client import Client, There, sounds, wait_for

if TYPE_CHECKING:
    from pathlib import Path

_SETTINGS = """\
download-path "{downloads}/"
podcast-auto-enqueue yes
max-downloads 2
"""


def fetch(there: There) -> str:
    """Reload the feed, which queues its enclosures, and have Podboat work the queue off."""
    home = there.home / ".newsboat"
    downloads = there.home / "downloads"
    home.mkdir()
    downloads.mkdir()
    (home / "urls").write_text(f"{there.url}\n")
    (home / "config").write_text(_SETTINGS.format(downloads=downloads))
    there.run("newsboat", "-x", "reload")
    queued = (home / "queue").read_text().splitlines()
    _download(there, downloads, len(queued))
    return f"{len(queued)} queued; {there.run('newsboat', '-x', 'print-unread').strip()}"


def _download(there: There, downloads: Path, wanted: int) -> None:
    screen, terminal = pty.openpty()
    with subprocess.Popen(
        there.command(("podboat", "-a")), stdin=terminal, stdout=terminal, stderr=terminal, env=there.environment()
    ) as podboat:
        os.close(terminal)
        os.set_blocking(screen, False)  # the name of the call says what it is
        done = wait_for(lambda: _drawn(screen) and _finished(downloads, wanted))
        podboat.kill()
    os.close(screen)
    if not done:
        message = f"of {wanted} queued, {len(sounds(downloads))} were downloaded"
        raise RuntimeError(message)


def _drawn(screen: int) -> bool:
    """Take what it draws, or it would wait for somebody to look."""
    with suppress(OSError):
        while os.read(screen, 65_536):
            pass
    return True


def _finished(downloads: Path, wanted: int) -> bool:
    return len(sounds(downloads)) == wanted and not any(downloads.rglob("*.part"))


CLIENT = Client("Newsboat and Podboat", ("newsboat", "podboat"), fetch, apt=("newsboat",))
