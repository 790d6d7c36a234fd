"""A folder of shows on disk, and a real server over it."""

from __future__ import annotations

import os
import socket
import threading
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import TYPE_CHECKING

import pytest

from narrate.publish import About, Made
from narrate.publish.listening import Server
from narrate.publish.server import app

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    FeedFor = Callable[[Path, str, str], bytes]

SOUND = bytes(range(256)) * 40


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server said; header names in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Host:
    """A running server and the root of what it serves."""

    port: int
    root: Path

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """One request, its path sent as it is; `if_range` stands for If-Range."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            fields = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.putrequest(method, path, skip_host="Host" in fields, skip_accept_encoding=True)
            for name, value in fields.items():
                connection.putheader(name, value)
            connection.endheaders()
            answer = connection.getresponse()
            return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        finally:
            connection.close()


def feed_for(show: Path, base_url: str, name: str) -> bytes:
    """Stands for the pipeline's: the stored feed with the address put in."""
    return (show / name).read_bytes().replace(b"BASE", base_url.encode())


def about(show: Path) -> About:
    """Stands for the pipeline's too."""
    return About(show.name.title())


@pytest.fixture
def shows(tmp_path: Path) -> Path:
    """Two shows with everything a show's folder may hold, and a secret beside them."""
    return lay_out(tmp_path)


def lay_out(tmp_path: Path) -> Path:
    """Write them; returns the folder of both."""
    root = tmp_path / "out"
    episode = root / "reads" / "first"
    episode.mkdir(parents=True)
    (root / "other show").mkdir()
    (root / "not a show").mkdir()
    (tmp_path / "secret.html").write_text("secret")
    for folder in (root / "reads", root / "other show"):
        (folder / "feed.xml").write_bytes(b"<rss>BASE</rss>")
        (folder / "show.toml").write_text("owner_email = 'secret'")
    for name in ("first.vtt", "first.srt", "first.json", "chapters.json", "index.html", "cover.jpg"):
        (episode / name).write_bytes(b"held by " + name.encode())
    for name in ("episode.json", "timeline.json", "script.yaml", ".hidden.html", "first.mp3~", "first.mp3.lock"):
        (episode / name).write_bytes(b"secret")
    (episode / "first.mp3").write_bytes(SOUND)
    (root / "reads" / ".staging").mkdir()
    (root / "reads" / ".staging" / "half.mp3").write_bytes(b"secret")
    (episode / "out.html").symlink_to(tmp_path / "secret.html")
    (episode / "half.mp3").symlink_to(root / "reads" / ".staging" / "half.mp3")
    (root / "reads" / "up").symlink_to(tmp_path)
    (episode / "loop.html").symlink_to("loop.html")
    os.mkfifo(episode / "pipe.html")
    return root


@contextmanager
def running(root: Path, made: Made, *, proxied: bool = False) -> Iterator[Host]:
    """The host as it is served, on a free port."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        up = threading.Event()
        server = Server(app(root, made, proxied=proxied), up.set)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        assert up.wait(10)
        yield Host(listener.getsockname()[1], root)
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="session")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """A server over the folder of both shows, for tests that change nothing."""
    with running(lay_out(tmp_path_factory.mktemp("shows")), Made(feed_for, about)) as up:
        yield up


@pytest.fixture
def serving(shows: Path) -> Iterator[Callable[..., Host]]:
    """Starts servers of the test's own: over a folder in `shows`, with the feed's maker and whatever else is made."""
    with ExitStack() as stack:

        def start(
            folder: str = "",
            made_by: FeedFor = feed_for,
            *,
            proxied: bool = False,
            settled: Callable[[Path], None] = lambda _show: None,
            token_of: Callable[[Path], str] = lambda _show: "",
        ) -> Host:
            made = Made(made_by, about, settled, token_of)
            return stack.enter_context(running(shows / folder, made, proxied=proxied))

        yield start
