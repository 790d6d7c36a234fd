"""The shows of a folder over HTTP, each feed written for the address at which it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from narrate.pipeline.shows import feed_for
from narrate.publish import DEFAULT_PORT, EVERY_ADDRESS, LOOPBACK
from narrate.publish import serve as serve_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["DEFAULT_PORT", "EVERY_ADDRESS", "LOOPBACK", "serve"]


def serve(root: Path, host: str, port: int, ready: Callable[[list[str]], None]) -> None:
    """Serve until Ctrl-C; `ready` gets the addresses of the feeds. Raises as `narrate.publish.serve`."""
    serve_folder(root, host, port, feed_for, ready)
