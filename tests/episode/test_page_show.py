"""A show's pages: how to subscribe, the other pages, and the list of all episodes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pytest
from lxml import html

from narrate.episode.page import Around, list_page, show_page
from narrate.episode.page.show import apps_of
from narrate.model import Show
from narrate.model.brief import Brief

if TYPE_CHECKING:
    from narrate.model import Episode

HtmlElement = Any
SHOW = Show("A show", "guid", base_url="https://example.org/show/")
FEED = "https://example.org/show/feed.xml"
MEAN = '"><script>alert(1)</script>'


def tree(page: bytes) -> HtmlElement:
    """The page as a browser would build it."""
    return html.document_fromstring(page.decode())


def words(element: HtmlElement) -> str:
    """Its text on one line."""
    return " ".join(element.text_content().split())


def brief(number: int, title: str) -> Brief:
    """A row of a show's list."""
    when = datetime(2026, 1, number, tzinfo=UTC).isoformat()
    return Brief(when, number, f"slug-{number}", 0, f"g{number}", f"i{number}", title, "en", 61_000, 0, 0)


def test_tells_how_to_subscribe(seed_episode: Episode) -> None:
    """The address as text to copy, as a QR code that screen readers name, as a link for each app."""
    page = tree(show_page(SHOW, [seed_episode], FEED))
    (code,) = page.find_class("qr")
    links = {words(each): each.get("href") for each in page.iterfind(".//ul[@aria-labelledby='apps']//a")}

    assert words(page.find(".//code")) == page.find(".//button[@data-copy]").get("data-copy") == FEED
    assert (code.get("role"), code.get("aria-label")) == ("img", "QR code of the feed's address")
    assert len(list(code.iter("{*}path", "path"))) >= 1
    assert set(links) == {"Apple Podcasts", "Pocket Casts", "Overcast", "Castro", "AntennaPod"}
    assert all("example.org/show/feed.xml" in unquote(link) for link in links.values())


@pytest.mark.parametrize(
    ("name", "link"),
    [
        ("Apple Podcasts", "podcast://example.org/a%20b?c=d&e"),
        ("Overcast", "overcast://x-callback-url/add?url=https%3A%2F%2Fexample.org%2Fa%2520b%3Fc%3Dd%26e"),
        ("Castro", "castro://subscribe/example.org/a%20b?c=d&e"),
    ],
)
def test_an_apps_link_holds_the_whole_address(name: str, link: str) -> None:
    """Also one with signs that mean something in links."""
    assert dict(apps_of("https://example.org/a%20b?c=d&e"))[name] == link


def test_a_show_that_nobody_can_reach_says_so(seed_episode: Episode) -> None:
    """Apps fetch feeds from servers of theirs: no links to them before the show has an address of its own."""
    page = tree(show_page(replace(SHOW, base_url=""), [seed_episode], "http://localhost:8642/show/feed.xml"))

    assert "works on this computer only" in words(page.find_class("subscribe")[0])
    assert page.find(".//ul[@aria-labelledby='apps']") is None


def test_an_address_that_no_code_can_hold_is_text(seed_episode: Episode) -> None:
    """A QR code ends at some 2,300 bytes."""
    long = f"https://example.org/{'a' * 4_000}/feed.xml"
    page = tree(show_page(SHOW, [seed_episode], long))

    assert page.find_class("qr") == []
    assert words(page.find(".//code")) == long


def test_the_other_pages_are_led_to(seed_episode: Episode) -> None:
    """Newer, older and all; a page of older episodes says which it is, and the newest alone how to subscribe."""
    around = Around("index.html", "index-0001.html", "episodes.html", 2)
    page = tree(show_page(SHOW, [seed_episode], FEED, "c.jpg", around))
    (nav,) = page.iter("nav")

    assert [(each.get("href"), each.get("rel"), words(each)) for each in nav.iter("a")] == [
        ("index.html", "prev", "Newer episodes"),
        ("index-0001.html", "next", "Older episodes"),
        ("episodes.html", None, "All episodes"),
    ]
    assert words(page.find(".//h1")) == "A show – page 2"
    assert page.find_class("subscribe") == []
    assert [each.get("href") for each in page.find_class("search")[0].iter("a")] == ["episodes.html"]
    assert not list(tree(show_page(SHOW, [seed_episode], FEED)).iter("nav"))


def test_all_episodes_are_a_list_that_can_be_searched() -> None:
    """A row each, escaped; the field has a label, and is not there without a script."""
    page = tree(list_page(SHOW, [brief(2, MEAN), brief(1, "One & two")]))
    rows = page.find_class("compact")[0]

    assert [words(each) for each in rows] == [f"{MEAN} 2026-01-02 · 1:01", "One & two 2026-01-01 · 1:01"]
    assert [each.find("a").get("href") for each in rows] == ["slug-2/index.html", "slug-1/index.html"]
    assert page.find(".//label").get("for") == page.find(".//input").get("id")
    assert page.find_class("search")[0].get("hidden") is not None
    assert len(list(page.iter("script"))) == 1


def test_headings_are_an_outline(seed_episode: Episode) -> None:
    """The show, below it how to subscribe and the episodes, below these each."""
    page = tree(show_page(SHOW, [seed_episode], FEED))

    assert [(each.tag, words(each)) for each in page.iter("h1", "h2", "h3")] == [
        *(("h1", "A show"), ("h2", "Subscribe"), ("h2", "Episodes"), ("h3", seed_episode.title))
    ]
