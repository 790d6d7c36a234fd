"""Many clients at once, as a program of its own: each subscribes, then downloads the episode, as fast as it comes.

``python clients.py FEED_URL EPISODE_URL NUMBER`` prints what they got as one JSON document.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from hashlib import sha256
from typing import NamedTuple
from urllib.parse import urlsplit

_PIECE = 262_144
_PATIENCE_S = 120.0


class Got(NamedTuple):
    """What came of a request: the digest of the body in hex, its bytes, how long it took."""

    digest: str
    size_bytes: int
    seconds: float


async def get(url: str) -> Got:
    """Fetch a URL over a connection of its own; the digest is "" for what is no whole answer."""
    began_s = time.perf_counter()
    try:
        digest, size_bytes = await asyncio.wait_for(_fetched(url), _PATIENCE_S)
    except (OSError, TimeoutError, asyncio.IncompleteReadError):
        digest, size_bytes = "", 0
    return Got(digest, size_bytes, time.perf_counter() - began_s)


async def _fetched(url: str) -> tuple[str, int]:
    parts = urlsplit(url)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port, limit=_PIECE)
    writer.write(f"GET {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\nConnection: close\r\n\r\n".encode())
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    whole, size_bytes = sha256(), 0
    while piece := await reader.read(_PIECE):
        whole.update(piece)
        size_bytes += len(piece)
    writer.close()
    stated = f"\r\ncontent-length: {size_bytes}\r\n".encode() in head
    ok = stated and head.split(b" ", 2)[1] == b"200"
    return whole.hexdigest() if ok else "", size_bytes


async def all_at_once(url: str, number: int) -> tuple[list[Got], float]:
    """So many fetch it at the same time; what each got, and how long it took until the last one had it."""
    began_s = time.perf_counter()
    got = await asyncio.gather(*(get(url) for _ in range(number)))
    return list(got), time.perf_counter() - began_s


async def main(feed: str, episode: str, number: int) -> None:
    """Print what was found."""
    feeds, _ = await all_at_once(feed, number)
    alone = await get(feed)
    episodes, seconds = await all_at_once(episode, number)
    found = {
        "feeds": [each.digest for each in feeds],
        "feed_s": sorted(each.seconds for each in feeds),
        "feed_alone_s": alone.seconds,
        "episodes": [each.digest for each in episodes],
        "bytes": sum(each.size_bytes for each in episodes),
        "seconds": seconds,
    }
    print(json.dumps(found))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
