"""Which files are served, by any spelling."""

from __future__ import annotations

import os
import socket
from typing import TYPE_CHECKING

import pytest

from narrate.publish.folder import find, opened, shows_in

if TYPE_CHECKING:
    from pathlib import Path

    from tests.publish.conftest import Host


def test_a_folder_of_shows_and_a_show(shows: Path) -> None:
    """Shows are known by their feed or settings; a show's own folder is served under the same name."""
    assert list(shows_in(shows)) == ["other show", "reads"]
    assert list(shows_in(shows / "reads")) == ["reads"]


@pytest.mark.parametrize(
    "path",
    [
        "/reads/first/episode.json",
        "/reads/first/timeline.json",
        "/reads/first/script.yaml",
        "/reads/first/.hidden.html",
        "/reads/first/first.mp3~",
        "/reads/first/first.mp3.lock",
        "/reads/first/out.html",
        "/reads/first/half.mp3",
        "/reads/first/loop.html",
        "/reads/first/pipe.html",
        "/reads/up/secret.html",
        "/reads/.staging/half.mp3",
        "/reads/show.toml",
        "/reads/../../secret.html",
        "/reads/../reads/first/first.mp3",
        "/reads/%2e%2e/%2e%2e/secret.html",
        "/reads/..%2f..%2fsecret.html",
        "/reads/%252e%252e/%252e%252e/secret.html",
        "/reads/..%5c..%5csecret.html",
        "/reads/first/first.mp3%00.html",
        "/reads/first/%00",
        "/reads//first/first.mp3",
        "/reads/./first/first.mp3",
        "//reads/first/first.mp3",
        "/..%2fsecret.html",
        "/%2e%2e/secret.html",
        "/secret.html",
        "/not%20a%20show/",
        "/reads/first/first.mp3/",
        "/reads/first/first.mp3::$DATA",
        "/reads/C:/secret.html",
        "/reads/%ff%fe",
        "/reads/" + "a" * 300,
        "/reads/" + "a/" * 1000,
        "/reads/nothing/",
        "*",
    ],
)
def test_nothing_else_is_served(host: Host, path: str) -> None:
    """Settings, manifests, scripts, what is staged or hidden, and all that is outside: not there, by any spelling."""
    answer = host.ask(path)

    assert answer.status == 404
    assert b"secret" not in answer.body


RAW = [
    *(f"/reads/{up}{up}secret.html" for up in ("../", "%2e%2e/", "..%2f", "%2e%2e%2f", "%252e%252e%252f", "..%255c")),
    *(
        f"/reads/{up}{up}secret.html"
        for up in ("..\\", "..%5c", "%c0%ae%c0%ae/", "..;/", ".%00./", "....//", "%uff0e%uff0e/")
    ),
    *(
        "/reads/first/../../../secret.html",
        "/../secret.html",
        "//../secret.html",
        "/reads/..",
        "/reads/.",
        "/./secret.html",
    ),
    *(
        "/reads/show.toml%00.html",
        "/reads/show.toml%2f",
        "/reads/show.toml%20",
        "/reads/show.toml.",
        "/reads/SHOW.TOML",
    ),
    *(
        "/reads/first/Episode.JSON",
        "/reads/first/EPISODE.json",
        "/reads/first/episode.json%20",
        "/reads/first/episode.json/",
    ),
    *("/reads/first/episode.json::$DATA", "/reads/first/EPISOD~1.JSO", "/reads/first/episode.js%E2%80%8Bon"),
    *("/reads/first/%EF%BD%85pisode.json", "/reads/first/%C2%ADepisode.json", "/reads/%2Estaging/half.mp3"),
    *("/reads/NUL.mp3", "/reads/con.html", "/reads/COM1", "/reads/up/secret.html", "/reads/first/out.html"),
    *(
        "/READS/show.toml",
        "file:/etc/passwd",
        "http://h/../secret.html",
        "http://h//etc/passwd",
        "\\\\h\\secret.html",
    ),
]


@pytest.mark.parametrize("target", RAW)
def test_no_spelling_leads_out(host: Host, target: str) -> None:
    """As bytes on the wire, which no client has put in order: refused, or not there."""
    with socket.create_connection(("127.0.0.1", host.port), timeout=10) as wire:
        wire.sendall(f"GET {target} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: wire.recv(65_536), b""))

    assert answer.split(b" ", 2)[1] in {b"404", b"400"}
    assert b"secret" not in answer
    assert b"root:" not in answer


@pytest.mark.parametrize(
    "name",
    [
        "Episode.json",
        "TIMELINE.JSON",
        "ｅpisode.json",
        "episode.js\u200bon",
        "\u00adepisode.json",
        "e\ufeffpisode.json",
    ],
)
def test_a_private_file_has_no_other_name(shows: Path, name: str) -> None:
    """Some file systems take these names for the same one: here, where they are others, they are not served either."""
    (shows / "reads" / "first" / name).write_bytes(b"secret")

    assert find(shows / "reads", ("first", name)) is None


def test_a_file_is_opened_as_what_it_was_found(shows: Path) -> None:
    """One that becomes a link, a pipe or nothing between looking and opening is not followed, waited for or read."""
    path = shows / "reads" / "first" / "first.vtt"
    found = find(shows / "reads", ("first", "first.vtt"))
    assert found
    path.unlink()
    gone = opened(found)
    path.symlink_to(shows.parent / "secret.html")
    linked = opened(found)
    path.unlink()
    os.mkfifo(path)
    piped = opened(found)

    assert (gone, linked, piped) == (None, None, None)


def test_an_absolute_path_is_not_joined(shows: Path) -> None:
    """A part that is itself a path would replace the folder it is joined to."""
    assert find(shows / "reads", (str(shows.parent / "secret.html"),)) is None


@pytest.mark.parametrize(
    ("path", "mime"),
    [
        ("first.mp3", "audio/mpeg"),
        ("first.vtt", "text/vtt; charset=utf-8"),
        ("first.srt", "application/x-subrip; charset=utf-8"),
        ("first.json", "application/json"),
        ("chapters.json", "application/json+chapters"),
        ("index.html", "text/html; charset=utf-8"),
        ("", "text/html; charset=utf-8"),
        ("cover.jpg", "image/jpeg"),
        ("../feed.xml", "application/rss+xml; charset=utf-8"),
    ],
)
def test_types_are_those_apps_want(host: Host, path: str, mime: str) -> None:
    """Each file goes out under the type podcast apps know it by."""
    url = "/reads/feed.xml" if path.startswith("..") else f"/reads/first/{path}"

    answer = host.ask(url)

    assert (answer.status, answer.headers["content-type"]) == (200, mime)
    assert answer.headers["x-content-type-options"] == "nosniff"
