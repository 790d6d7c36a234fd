"""Subscribe as strangers do: podcast apps, on another machine, with nothing but the printed URL.

Two network namespaces stand for two machines on one cable. In the first runs
``narrate serve --lan``; the first feed URL it prints is all that a client, in the
second, is told. Each has a home of its own, and each file it ends up with must
be, byte for byte (SHA-256), one that lies in the show's folder; all of them must
arrive. It is no part of the test suite: it wants Linux, root and iproute2
(``ip``)::

    python tests/clients/run.py --install          all clients; what is missing is installed by apt and pip
    python tests/clients/run.py --only mpv --token out

Without a folder it makes a show of three short episodes. Exit code 0 when every client got everything, 1
when one did not, 2 when one is missing.
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
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.clients import curl, gpodder, mpv, newsboat, podget, ytdlp
from tests.clients.client import Client, There, digest, sounds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

CLIENTS = [each.CLIENT for each in (gpodder, newsboat, podget, ytdlp, mpv, curl)]
HOST, CLIENT = "10.77.0.1", "10.77.0.2"
_FEED = re.compile(r"http://\S+/feed\.xml")
_SENTENCE = "Salt was worth its weight, said {number} of them, and was carried over mountains for days.\n\n"
NARRATE = (sys.executable, "-m", "narrate")


def main(argv: Sequence[str]) -> int:
    """Run it; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument(
        "folder", type=Path, nargs="?", help="a folder that holds one show (default: one made for this)"
    )
    parser.add_argument("--install", action="store_true", help="install what is missing (apt-get, pip)")
    parser.add_argument("--only", action="append", help="the name of a client; may be given several times")
    parser.add_argument("--token", action="store_true", help="serve at a secret address")
    given = parser.parse_args(argv)
    wanted = [each for each in CLIENTS if not given.only or each.name in given.only]
    if os.geteuid() != 0 or not shutil.which("ip"):
        return say("wants root and the command ip (iproute2)", 2)
    if given.install:
        install(wanted)
    with tempfile.TemporaryDirectory() as work, cable() as (server, client):
        folder = given.folder.resolve() if given.folder else made(Path(work))
        command = (*NARRATE, "serve", "--lan", "--out", str(folder), *(("--token",) if given.token else ()))
        with serving(server, command, Path(work)) as url:
            say(f"Told: {url}\n")
            codes = [judge(each, client, url, Path(work), folder) for each in wanted]
    return max(codes, default=2)


def judge(client: Client, namespace: str, url: str, work: Path, folder: Path) -> int:
    """Let a client fetch everything; a line of the table; 0 when what it has is right and whole."""
    if missing := [word for word in client.needs if not shutil.which(word)]:
        return say(f"{client.name:22}missing    {', '.join(missing)} (--install)", 2)
    home = work / client.name.replace(" ", "-")
    home.mkdir()
    try:
        said = client.fetch(There(namespace, home, url))
    except (RuntimeError, OSError, subprocess.SubprocessError) as failed:
        return say(f"{client.name:22}FAILED     {failed}", 1)
    served = {digest(path) for path in sounds(folder)}
    got = {digest(path) for path in sounds(home) if path.name != "heard.wav"}
    right = bool(got) and got <= served and (got == served or not client.whole)
    verdict = "right" if right else "WRONG"
    return say(
        f"{client.name:22}{verdict:11}{len(got & served)} of {len(served)} files byte for byte; {said}",
        0 if right else 1,
    )


def made(work: Path) -> Path:
    """A show of three short episodes, spoken in tones."""
    out = work / "out"
    settings = {"NARRATE_ENGINE": "tone", "NARRATE_MUSIC": "none", "NARRATE_CACHE_DIR": str(work / "cache")}
    for number in (1, 2, 3):
        article = work / f"salt-{number}.md"
        text = "".join(_SENTENCE.format(number=each) for each in range(number * 50))
        article.write_text(f"# Salt, part {number}\n\n{text}", encoding="utf-8")
        subprocess.run(
            (*NARRATE, "make", "-q", "--out", str(out), str(article)),
            check=True,
            env={**os.environ, **settings},
            stdout=subprocess.DEVNULL,
        )
    return out


def install(clients: Sequence[Client]) -> None:
    """Install the packages of those that are missing; what cannot be installed is told by the table."""
    missing = [each for each in clients if not all(map(shutil.which, each.needs))]
    if apt := [package for each in missing for package in each.apt]:
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], check=False, env=environment)
        words = ["apt-get", "install", "-qq", "-y", "--no-install-recommends", *apt]
        subprocess.run(words, check=False, env=environment, stdout=subprocess.DEVNULL)
    if pip := [package for each in missing for package in each.pip]:
        subprocess.run([sys.executable, "-m", "pip", "install", "-q", *pip], check=False)
    os.environ["PATH"] += os.pathsep + str(Path(sys.executable).parent)


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
def serving(namespace: str, command: Sequence[str], work: Path) -> Iterator[str]:
    """The command at work in its namespace; the first feed URL it prints."""
    with subprocess.Popen(
        ["ip", "netns", "exec", namespace, *command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1", "XDG_STATE_HOME": str(work / "state")},
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


def ip(*words: str) -> None:
    """Run ``ip``, which must succeed."""
    subprocess.run(["ip", *words], check=True)


def say(text: str, code: int = 0) -> int:
    """Write a line; hands the exit code through."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
