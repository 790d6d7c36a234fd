"""Which files are served, by any spelling."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from narrate.publish.folder import find, shows_in

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
