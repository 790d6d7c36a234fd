"""Subscribe as a stranger does: gPodder, on another machine, with nothing but the printed URL.

Two network namespaces stand for two machines on one cable. In the first runs the
command that serves; the first feed URL it prints is all that gPodder, in the
second, is told. It subscribes and downloads every episode; each file must be,
byte for byte (SHA-256), one that lies in the shows' folder.

It is no part of the test suite: it wants Linux, root, iproute2 (``ip``) and
gPodder (``gpo``), and installs nothing::

    python tests/clients/subscribe.py out -- narrate serve --lan --out out

Exit code 0 when every episode of the feed arrived whole.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from hashlib import file_digest
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HOST = "10.77.0.1"
CLIENT = "10.77.0.2"
SOUNDS = (".mp3", ".m4a")
_FEED = re.compile(r"http://\S+/feed\.xml")
_TIMEOUT_S = 300


def main(argv: Sequence[str]) -> int:
    """Run it; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path, help="the folder of shows, or of one show, that is served")
    parser.add_argument("serve", nargs="+", help="the command that serves it and prints the feed's URL")
    wanted = parser.parse_args(argv)
    missing = [tool for tool in ("ip", "gpo") if not shutil.which(tool)]
    if missing or os.geteuid() != 0:
        return say(f"wants root and the commands ip and gpo; not found: {', '.join(missing) or 'root'}", 2)
    with tempfile.TemporaryDirectory() as home, cable() as (server, client), serving(server, wanted.serve) as url:
        say(f"told: {url}")
        got = download(client, url, Path(home))
        return judge(got, {digest(path) for path in sounds(wanted.folder)})


def judge(got: Sequence[Path], served: set[str]) -> int:
    """Say what arrived; 0 when all of it is right, and all is there."""
    arrived = {digest(path) for path in got}
    say(f"{len(got)} downloaded; {len(arrived & served)} of {len(served)} served arrived byte for byte")
    return 0 if arrived == served and served else say("what arrived is not what is served", 1)


@contextmanager
def cable() -> Iterator[tuple[str, str]]:
    """Two namespaces joined by a cable, gone afterwards: the host's and the client's."""
    server, client = f"narrate-host-{os.getpid()}", f"narrate-client-{os.getpid()}"
    try:
        for name in (server, client):
            ip("netns", "add", name)
            ip("-n", name, "link", "set", "lo", "up")
        ip("-n", server, "link", "add", "cable", "type", "veth", "peer", "name", "cable", "netns", client)
        for name, address in ((server, HOST), (client, CLIENT)):
            ip("-n", name, "address", "add", f"{address}/24", "dev", "cable")
            ip("-n", name, "link", "set", "cable", "up")
        yield server, client
    finally:
        for name in (server, client):
            subprocess.run(["ip", "netns", "del", name], check=False, capture_output=True)


@contextmanager
def serving(namespace: str, command: Sequence[str]) -> Iterator[str]:
    """The command at work in its namespace; the first feed URL it prints."""
    with subprocess.Popen(
        ["ip", "netns", "exec", namespace, *command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    ) as child:
        try:
            yield printed_url(child)
        finally:
            child.terminate()


def printed_url(child: subprocess.Popen[str]) -> str:
    """The first feed URL in what the child prints."""
    lines = []
    for line in child.stdout or ():
        lines.append(line)
        found = _FEED.search(line)
        if found:
            return found[0]
    message = f"no feed URL was printed, but: {''.join(lines)}"
    raise RuntimeError(message)


def download(namespace: str, url: str, home: Path) -> list[Path]:
    """Let gPodder subscribe and download in the namespace, with a home of its own; the sounds it has then."""
    env = {**os.environ, "HOME": str(home), "GPODDER_HOME": str(home), "GPODDER_DOWNLOAD_DIR": str(home / "downloads")}
    for words in (("subscribe", url), ("update",), ("list",), ("pending",), ("download",)):
        done = subprocess.run(
            ["ip", "netns", "exec", namespace, "gpo", *words],
            check=True,
            timeout=_TIMEOUT_S,
            env=env,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
        )
        say(f"gpo {' '.join(words)}\n{done.stdout.strip()}")
    return sounds(home / "downloads")


def sounds(folder: Path) -> list[Path]:
    """Every sound file below a folder."""
    return sorted(path for path in folder.rglob("*") if path.suffix in SOUNDS)


def digest(path: Path) -> str:
    """The SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def ip(*words: str) -> None:
    """Run ``ip``, which must succeed."""
    subprocess.run(["ip", *words], check=True)


def say(text: str, code: int = 0) -> int:
    """Write a line; hands the exit code through."""
    sys.stdout.write(text + "\n")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
