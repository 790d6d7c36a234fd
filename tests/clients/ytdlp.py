"""yt-dlp, which takes a feed for a playlist."""

from __future__ import annotations

from tests.clients.client import Client, There


def fetch(there: There) -> str:
    """Download what the feed lists."""
    said = there.run("yt-dlp", "-q", "--no-warnings", "--print", "after_move:title", there.url)
    return f"version {there.run('yt-dlp', '--version').strip()}: {', '.join(said.splitlines())}"


CLIENT = Client("yt-dlp", ("yt-dlp",), fetch, pip=("yt-dlp",))
