"""What a page says of its article: title, authors, date, language, address, site, picture."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from narrate.model import BlockKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from narrate.model import Article

    Read = Callable[..., Article]

PROSE = (
    "The river rose in the night and nobody in the valley had expected it to reach the bridge before the morning.",
    "Farmers drove their animals to the hills, and the school on the square took in everyone who had lost a roof.",
    "By noon the water had fallen again, leaving mud on the tables of the inn and a boat in the mayor's garden.",
    "Nobody was hurt, the council said, though the mill that had stood by the weir for two centuries is gone.",
    "Engineers will look at the bridge next week; until then the road to the coast stays closed to lorries.",
)
"""Paragraphs that could stand in a newspaper."""


def paragraphs(first: int = 0, last: int = len(PROSE)) -> str:
    """Some of them as HTML."""
    return "\n".join(f"<p>{text}</p>" for text in PROSE[first:last])


BODY = f"<article>{paragraphs()}</article>"


def ld(**fields: object) -> str:
    """A script of JSON-LD."""
    return f'<script type="application/ld+json">{json.dumps(fields)}</script>'


@pytest.mark.parametrize(
    ("head", "title"),
    [
        (
            "<title>The flood - The Valley Post</title><meta property=og:site_name content='The Valley Post'>",
            "The flood",
        ),
        (
            "<title>The Valley Post | The flood</title><meta property=og:site_name content='The Valley Post'>",
            "The flood",
        ),
        ("<title>Wrong - Post</title><meta property='og:title' content='The &amp; flood'>", "The & flood"),
        ("<meta name='og:title' content='A'>" + ld(**{"@type": "NewsArticle", "headline": "The flood"}), "The flood"),
        (ld(**{"@graph": [{"@type": "WebSite", "name": "Post"}, {"@type": ["BlogPosting"], "headline": "B"}]}), "B"),
        ("<title>Floods: a history</title>", "Floods: a history"),
        (
            "<title>The flood | valleypost.example</title><link rel=canonical href='https://valleypost.example/x'>",
            "The flood | valleypost.example",
        ),
    ],
)
def test_the_title_is_without_the_site(head: str, title: str, read: Read) -> None:
    """From JSON-LD, Open Graph or the title element, in that order; the site's name is no part of it."""
    assert read(BODY, head).title == title


@pytest.mark.parametrize("head", ["<base href='http://[bad'>", "<link rel=canonical href='http://[::1'>"])
def test_an_address_that_can_be_none_is_no_fact(head: str, read: Read) -> None:
    """The page is read without it."""
    article = read(BODY, f"{head}<meta property='og:image' content='http://[a'>")

    assert (article.url, article.image) == ("", "")


def test_the_heading_on_the_page_is_the_title_as_it_is_written(read: Read) -> None:
    """The page's title may be longer or shorter; the heading is a TITLE block, wherever it stands over the text."""
    article = read(
        f"<header><h1>The flood of March</h1></header>{BODY}", "<title>The flood of March, explained - Post</title>"
    )

    assert article.title == "The flood of March"
    assert [block.text for block in article.blocks if block.kind is BlockKind.TITLE] == ["The flood of March"]


@pytest.mark.parametrize(
    ("head", "authors"),
    [
        (
            ld(**{"@type": "Article", "author": [{"@type": "Person", "name": "Ann Lee"}, {"name": "Bo Ray"}]}),
            ("Ann Lee", "Bo Ray"),
        ),
        (ld(**{"@type": "Article", "author": "Ann Lee and Bo Ray"}), ("Ann Lee", "Bo Ray")),
        ("<meta name=author content='By Ann Lee'>", ("Ann Lee",)),
        ("<meta property='article:author' content='https://face.example/ann'>", ()),
        ("<meta name=author content=admin>", ()),
        ("<meta property='og:site_name' content='The Post'><meta name=author content='The Post'>", ()),
    ],
)
def test_authors_are_people(head: str, authors: tuple[str, ...], read: Read) -> None:
    """Names alone: no addresses, no accounts, not the site itself."""
    assert read(BODY, head).authors == authors


@pytest.mark.parametrize(
    "head",
    [
        ld(**{"@type": "Article", "datePublished": "2026-03-05T23:10:00+01:00"}),
        "<meta property='article:published_time' content='2026-03-05T10:00Z'>",
        "<meta name='citation_publication_date' content='2026/03/05'>",
        "<meta name='date' content='20260305'>",
        "<meta name='dc.date' content='March 5, 2026'>",
    ],
)
def test_the_date_is_the_day_it_was_published(head: str, read: Read) -> None:
    """As the page writes it, in its own time zone."""
    assert read(BODY, head).published == date(2026, 3, 5)


@pytest.mark.parametrize("head", ["<meta name=date content='2026-02-30'>", "<meta name=date content=yesterday>"])
def test_a_date_that_is_none_is_none(head: str, read: Read) -> None:
    """What is in no calendar is not said."""
    assert read(BODY, head).published is None


def test_a_byline_on_the_page_gives_author_and_date_and_is_not_read_as_prose(read: Read) -> None:
    """Where the head says nothing."""
    lines = "<p class=byline>By Ann Lee</p><p><time datetime='2026-03-05'>5 March 2026</time></p>"
    body = f"<article><h1>The flood</h1>{lines}{paragraphs()}</article>"

    article = read(body)

    assert (article.authors, article.published) == (("Ann Lee",), date(2026, 3, 5))
    assert [block.text for block in article.blocks if block.kind is BlockKind.PARAGRAPH] == list(PROSE)


@pytest.mark.parametrize(
    ("head", "location", "url"),
    [
        ("<link rel=canonical href='https://post.example/flood#top'>", "", "https://post.example/flood"),
        ("<link rel=canonical href='/flood'>", "https://post.example/x?utm_source=y", "https://post.example/flood"),
        ("<link rel=canonical href='https://post.example/'>", "https://post.example/x", ""),
        ("<meta property='og:url' content='https://post.example/flood'>", "", "https://post.example/flood"),
        ("<link rel=canonical href='javascript:alert(1)'>", "", ""),
        ("<link rel=canonical href='http://localhost/x'>", "", ""),
        ("<link rel=canonical href='http://[broken/x'>", "", ""),
    ],
)
def test_the_address_is_the_canonical_one(head: str, location: str, url: str, read: Read) -> None:
    """Absolute, without a fragment; a site's front page is none, however often a page says so."""
    assert read(BODY, head, location).url == url


def test_the_picture_and_what_it_shows(read: Read) -> None:
    """The lead image with its description, and the site's name."""
    head = (
        "<meta property='og:image' content='/a.jpg'><meta property='og:image:alt' content='A bridge'>"
        "<meta property='og:site_name' content='The Post'>"
    )

    article = read(BODY, head, "https://post.example/x")

    assert (article.image, article.image_alt, article.site) == ("https://post.example/a.jpg", "A bridge", "The Post")


def test_the_language_is_what_the_page_says(read: Read) -> None:
    """The html element first."""
    assert read(BODY).language == "en"


@pytest.mark.parametrize(
    "script", ["{broken", "[" * 100_000, '{"@type": {"a": 1}}', "null", '{"@type":"Article","author":{"name":{}}}']
)
def test_broken_json_is_no_obstacle(script: str, read: Read) -> None:
    """The page is read without it."""
    assert (
        read(BODY, f'<title>The flood</title><script type="application/ld+json">{script}</script>').title == "The flood"
    )
