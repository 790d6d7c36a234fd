"""Feeds to entries: RSS, RDF, Atom, JSON Feed, as they are written and as they are broken."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from narrate.article.lists.choose import entries_of
from narrate.errors import ArticleError
from narrate.model import Extent, ListKind, Origin

if TYPE_CHECKING:
    from narrate.model import Entry, ReadingList

ORIGIN = Origin("blog.example/feed", "https://blog.example/feed", "application/rss+xml")
LONG = "<p>" + "It rained on the town, and nobody minded. " * 30 + "</p>"
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def read(text: str | bytes, origin: Origin = ORIGIN) -> ReadingList:
    """The list in a text."""
    return entries_of(text.encode() if isinstance(text, str) else text, origin)


def rss(items: str, head: str = "") -> str:
    """A feed in RSS 2.0."""
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0">'
        f"<channel><title>A &amp; B</title><link>https://blog.example/</link>{head}{items}</channel></rss>"
    )


def only(text: str) -> Entry:
    """The one entry of a feed."""
    (entry,) = read(text).entries
    return entry


def test_rss_2_with_all_that_it_says() -> None:
    """Title, address, id, whole text, author, date and language of an entry, and the feed's own."""
    found = read(
        rss(
            "<item><title>Rain &amp;amp; sun</title><link>https://blog.example/a?utm_source=rss#top</link><guid"
            f' isPermaLink="false">g1</guid><pubDate>Tue, 24 Nov 2026 12:00:00 GMT</pubDate><dc:creator>Ann Example'
            f"</dc:creator><description>Short.</description><content:encoded><![CDATA[{LONG}]]></content:encoded></item>",
            "<language>en-gb</language>",
        )
    )
    (entry,) = found.entries

    assert (found.kind, found.title, found.url, found.language) == (
        ListKind.FEED,
        "A & B",
        "https://blog.example/",
        "en-GB",
    )
    assert (entry.url, entry.title, entry.language) == ("https://blog.example/a", "Rain & sun", "en-GB")
    assert (entry.authors, entry.published, entry.extent) == (("Ann Example",), NOON, Extent.WHOLE)
    assert entry.html == LONG


def test_atom_with_content_in_xhtml_and_names_of_authors() -> None:
    """Atom's own elements: content of three types, several authors, an updated date where nothing else is."""
    entry = only(
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>T</title><id>x</id><entry><title>Regen</title>'
        '<link rel="enclosure" href="https://a.example/x.mp3"/><link href="/regen"/><id>urn:1</id>'
        "<updated>2026-11-24T13:00:00+01:00</updated><author><name>Ann</name></author><author><name>Bo</name></author>"
        f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{LONG}</div></content></entry></feed>'
    )

    assert (entry.url, entry.id, entry.authors) == ("https://blog.example/regen", "urn:1", ("Ann", "Bo"))
    assert (entry.published, entry.language, entry.extent) == (NOON, "de", Extent.WHOLE)


def test_rdf_and_the_first_versions_of_rss() -> None:
    """RSS 1.0 keeps its items beside the channel; RSS 0.91 has neither dates nor ids."""
    rdf = only(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>T</title></channel>'
        '<item rdf:about="https://r.example/1"><title>One</title><link>https://r.example/1</link>'
        "<dc:date>2026-11-24T12:00:00Z</dc:date></item></rdf:RDF>"
    )
    old = only(
        '<rss version="0.91"><channel><title>T</title><item><title>Two</title><link>https://r.example/2</link></item>'
        "</channel></rss>"
    )

    assert (rdf.url, rdf.published) == ("https://r.example/1", NOON)
    assert (old.url, old.published, old.extent) == ("https://r.example/2", None, Extent.NONE)


def test_json_feed() -> None:
    """JSON Feed 1.1: text as HTML or plain, authors of the item or of the feed, ids that are numbers."""
    found = read(
        json.dumps(
            {
                "version": "https://jsonfeed.org/version/1.1",
                "title": "J",
                "home_page_url": "https://j.example/",
                "language": "en",
                "authors": [{"name": "Ann"}],
                "items": [
                    {
                        "id": 1,
                        "url": "/one",
                        "title": "One",
                        "content_html": LONG,
                        "date_published": "2026-11-24T12:00:00Z",
                    },
                    {
                        "id": "2",
                        "external_url": "https://e.example/2",
                        "content_text": "a < b\n\nc",
                        "authors": [{"name": "Bo"}],
                    },
                    {"id": "3", "summary": "Only so much."},
                    "no item",
                ],
            }
        )
    )
    one, two, three = found.entries

    assert (one.url, one.id, one.authors, one.published, one.extent) == (
        "https://j.example/one",
        "1",
        ("Ann",),
        NOON,
        Extent.WHOLE,
    )
    assert (two.url, two.authors, two.html) == ("https://e.example/2", ("Bo",), "<p>a &lt; b</p>\n<p>c</p>")
    assert (three.url, three.extent) == ("", Extent.TEASER)


@pytest.mark.parametrize(
    "end",
    [
        "[&#8230;]",
        "[...]",
        "and then…",
        '<a href="/x">Read more</a>',
        '<a href="/x">Continue reading “Rain” »</a>',
        "Weiterlesen →",
        '[…]</p><p>The post <a href="/x">Rain</a> appeared first on <a href="/">A Blog</a>.',
    ],
)
def test_a_text_that_goes_on_elsewhere_is_a_teaser(end: str) -> None:
    """However long it is: what it ends with says that it is cut."""
    entry = only(rss(f"<item><title>T</title><content:encoded><![CDATA[{LONG}<p>{end}</p>]]></content:encoded></item>"))

    assert entry.extent is Extent.TEASER


def test_a_whole_text_that_blogs_sign_is_whole() -> None:
    """What WordPress puts below the text of a feed cuts nothing."""
    tail = '<p>The post <a href="/x">Rain</a> appeared first on <a href="/">A Blog</a>.</p>'
    entry = only(rss(f"<item><title>T</title><content:encoded><![CDATA[{LONG}{tail}]]></content:encoded></item>"))

    assert entry.extent is Extent.WHOLE


@pytest.mark.parametrize(("letters", "extent"), [(100, Extent.TEASER), (800, Extent.PERHAPS), (2000, Extent.WHOLE)])
def test_a_description_is_judged_by_its_length(letters: int, extent: Extent) -> None:
    """A feed without an element for the content may have all of it in its description, or a summary."""
    entry = only(rss(f"<item><title>T</title><description>{'rain ' * (letters // 4)}</description></item>"))

    assert entry.extent is extent


@pytest.mark.parametrize(
    "link",
    ["javascript:alert(1)", "file:/etc/passwd", "data:text/html,x", "https://a@b.example/", "//"],
)
def test_only_addresses_of_the_web_are_addresses(link: str) -> None:
    """A feed may name files of this machine, and scripts: nobody opens them."""
    assert only(rss(f"<item><title>T</title><link>{link}</link></item>")).url == ""


def test_services_that_count_clicks_are_passed_by() -> None:
    """The real address stands beside theirs."""
    entry = only(
        rss(
            "<item><title>T</title><link>https://feeds.example/~r/1</link>"
            "<feedburner:origLink>https://blog.example/rain</feedburner:origLink></item>"
        )
    )

    assert entry.url == "https://blog.example/rain"


BROKEN = {
    "cut off": rss("<item><title>One</title><link>https://b.example/1</link></item><item><title>Tw")[:-30],
    "an element that nothing closes": rss("<item><title>One</title><br><link>https://b.example/1</link></item>"),
    "an entity that nobody declared": rss(
        "<item><title>One &nbsp;&foo; </title><link>https://b.example/1</link></item>"
    ),
    "a bare ampersand": rss("<item><title>Salt & pepper</title><link>https://b.example/1?a=1&b=2</link></item>"),
    "controls": rss("<item><title>One\x01\x0b</title><link>https://b.example/1</link></item>"),
    "blanks before the declaration": "\n\n " + rss("<item><title>One</title><link>https://b.example/1</link></item>"),
    "no namespace": rss("<item><title>One</title><link>https://b.example/1</link></item>").replace("xmlns:", "x"),
    "in capitals": "<RSS version='2.0'><channel><item><title>One</title><link>https://b.example/1</link></item></channel></RSS>",
}


@pytest.mark.parametrize("what", BROKEN)
def test_broken_feeds_are_read_all_the_same(what: str) -> None:
    """Real feeds are broken in these ways; their first entry is there."""
    first = read(BROKEN[what]).entries[0]

    assert first.url.startswith("https://b.example/1")


def test_encodings_are_told() -> None:
    """By the declaration, by what the server says, or by what the bytes are."""
    latin = rss("<item><title>Café</title></item>").replace("1.0", '1.0" encoding="iso-8859-1', 1).encode("latin-1")
    undeclared = rss("<item><title>Café</title></item>").encode("utf-16")
    said = rss("<item><title>Café</title></item>").encode("cp1252")

    assert read(latin).entries[0].title == "Café"
    assert read(undeclared).entries[0].title == "Café"
    assert read(said, Origin("x", "https://x.example", "text/xml", "windows-1252")).entries[0].title == "Café"


def test_laughs_and_outer_entities_come_to_nothing() -> None:
    """A billion laughs are not expanded, and no file or address is opened."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    found = read(
        f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">{laughs}<!ENTITY f SYSTEM "file:/etc/passwd">]>'
        "<rss version='2.0'><channel><title>&f;</title><item><title>&l9; fun</title><link>https://b.example/1</link>"
        "<description>&f;</description></item></channel></rss>"
    )

    assert len(found.entries) == 1
    assert len(found.entries[0].title) < 100
    assert "root:" not in repr(found)


def test_what_is_no_feed_is_said() -> None:
    """Nothing, a page without a feed, and prose are refused with what to do."""
    with pytest.raises(ArticleError, match="is empty"):
        read(b" \n")
    with pytest.raises(ArticleError, match="names no feed; 'narrate make'"):
        read("<html><head><title>T</title></head><body><p>Words.</p></body></html>")
    with pytest.raises(ArticleError, match="no feed, no OPML"):
        read("It rained.\nhttps://b.example/1 says so.")
    with pytest.raises(ArticleError, match="none that can be read"):
        read("<channel>x")


def test_a_list_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anything is parsed."""
    monkeypatch.setattr("narrate.article.lists.choose.MAX_LIST_BYTES", 100)

    with pytest.raises(ArticleError, match="the most narrate imports"):
        read(rss(""))
