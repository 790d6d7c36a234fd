"""Articles from the web: what they are called, who they are, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from narrate.errors import FetchError, ScriptError
from narrate.model import Article, Style
from narrate.pipeline.order import Facts
from narrate.pipeline.reading import read_source
from narrate.pipeline.tools import Tools, equip
from narrate.runtime.fetch import Fetched
from narrate.settings import load_settings

if TYPE_CHECKING:
    from pathlib import Path

URL = "https://post.example/news/flood?utm_source=mail"
PAGE = b"<html><body><article><h1>The flood</h1><p>The river rose at night, and fell.</p></article></body></html>"


def tools(root: Path, found: Fetched | None = None) -> Tools:
    """The tools that are installed, with a fetcher that finds one thing; nobody asks the network."""

    def fetch(url: str, most_bytes: int) -> Fetched:
        assert most_bytes > 0
        if found is None:
            raise FetchError(f"{url} does not exist (HTTP 404); check the address")
        return found

    return replace(equip(load_settings({"cache_dir": str(root)}, {}, root, None)), fetch=fetch)


def read(root: Path, found: Fetched | None, facts: Facts = Facts()) -> Article:  # noqa: B008 - an immutable value
    """The article at `URL`, where that is what is found."""
    source = read_source(URL, facts, root, tools(root, found), Style())
    assert isinstance(source, Article)
    return source


def test_a_page_is_its_address(tmp_path: Path) -> None:
    """Where it was found in the end, if the page names no address of its own."""
    article = read(tmp_path, Fetched("https://post.example/flood", PAGE, "text/html"))

    assert (article.title, article.url, article.id) == ("The flood", *["https://post.example/flood"] * 2)
    assert article.origin.name == "post.example/flood"


def test_the_canonical_address_wins_over_the_one_that_was_asked(tmp_path: Path) -> None:
    """The same article again, by a link from a newsletter, is the same episode."""
    page = PAGE.replace(b"<body>", b"<head><link rel=canonical href='/flood'></head><body>")

    assert read(tmp_path, Fetched(URL, page, "text/html")).id == "https://post.example/flood"
    assert read(tmp_path, Fetched(URL, page), Facts(url="https://own.example/x")).id == "https://own.example/x"


@pytest.mark.parametrize(
    ("data", "mime", "url", "title"),
    [
        (b"# The flood\n\nThe river rose.", "text/plain", "https://post.example/flood.md", "The flood"),
        (b"The flood\n\nThe river rose in the night.\n", "text/plain; x", "https://post.example/a.txt", "The flood"),
        (
            b"<p>The river rose in the night.</p>",
            "text/html",
            "https://post.example/the-great-flood",
            "The great flood",
        ),
    ],
)
def test_other_formats_go_to_their_readers(data: bytes, mime: str, url: str, title: str, tmp_path: Path) -> None:
    """By what they are, their name, and what the server calls them."""
    assert read(tmp_path, Fetched(url, data, mime)).title == title


def test_the_servers_charset_counts(tmp_path: Path) -> None:
    """It is the only one who says."""
    page = "<html><body><p>Das Café war geöffnet, und es war schön dort.</p></body></html>".encode("cp1252")

    assert "Café war geöffnet" in read(tmp_path, Fetched(URL, page, "text/html", "iso-8859-1")).text


def test_a_script_from_the_web_is_refused(tmp_path: Path) -> None:
    """A script names files of this machine; one from elsewhere is looked at first."""
    with pytest.raises(ScriptError, match="is a script; save it and give narrate the file"):
        read(tmp_path, Fetched(URL, b"narrate_script: 1\ntitle: x\nsegments: []\n", "text/yaml"))


def test_what_cannot_be_fetched_is_an_error_of_its_own(tmp_path: Path) -> None:
    """With a code for programs."""
    with pytest.raises(FetchError, match="HTTP 404") as caught:
        read(tmp_path, None)

    assert caught.value.code == "fetch"
