"""The feed, read by other people's parsers and held against the table of what it must carry."""

from __future__ import annotations

import re
from calendar import timegm
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import feedparser
import podcastparser
import pytest
from lxml import etree

from narrate.errors import EpisodeError
from narrate.feed import new_show, write_feed
from narrate.model import Episode, EpisodeFile, FileRole, Show

BASE = "https://pods.example.org/reads/"
EPISODE = f"{BASE}the-dark-web/"
URIS = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "psc": "http://podlove.org/simple-chapters",
}
CHANNEL_ROWS = [
    ("/rss/@version", "2.0"),
    ("c:atom:link[@rel='self']/@href", f"{BASE}feed.xml"),
    ("c:atom:link[@rel='self']/@type", "application/rss+xml"),
    ("c:title", "Long reads"),
    ("c:description", "Essays & reports, read aloud."),
    ("c:link", "https://example.org/reads?from=feed"),
    ("c:language", "en-gb"),
    ("c:itunes:category[1]/@text", "Society & Culture"),
    ("c:itunes:category[1]/itunes:category/@text", "Philosophy"),
    ("c:itunes:category[2]/@text", "Arts"),
    ("c:itunes:category[2]/itunes:category/@text", "Books"),
    ("c:itunes:explicit", "false"),
    ("c:itunes:image/@href", f"{BASE}cover-1a2b.jpg"),
    ("c:itunes:author", "Ann Example"),
    ("c:itunes:owner/itunes:name", "Ann B. Example"),
    ("c:itunes:owner/itunes:email", "ann@example.org"),
    ("c:itunes:type", "episodic"),
    ("c:podcast:guid", "917393e3-1b1e-5cef-ace4-edaa54e1f810"),
    ("c:podcast:locked", "yes"),
    ("c:podcast:locked/@owner", "ann@example.org"),
    ("c:podcast:medium", "podcast"),
    ("c:podcast:txt[@purpose='ai-content']", "true"),
    ("c:podcast:license", "cc-by-4.0"),
    ("c:podcast:license/@url", "https://creativecommons.org/licenses/by/4.0/"),
    ("c:podcast:person", "Ann Example"),
    ("c:podcast:person/@role", "host"),
    ("c:podcast:person/@group", "cast"),
    ("c:podcast:person/@href", "https://example.org/ann"),
    ("c:podcast:person/@img", "https://example.org/ann.jpg"),
    ("c:podcast:funding[@url='https://example.org/support']", "Support the show"),
    ("c:podcast:funding[@url='https://example.org/shop']", ""),
    ("c:podcast:updateFrequency", "Mondays"),
    ("c:podcast:updateFrequency/@rrule", "FREQ=WEEKLY;BYDAY=MO"),
    ("c:podcast:podroll/podcast:remoteItem[1]/@feedGuid", "9b024349-ccf0-5f69-a609-6b82873eab3c"),
    ("c:podcast:podroll/podcast:remoteItem[1]/@feedUrl", "https://other.example/feed.xml"),
    ("c:podcast:podroll/podcast:remoteItem[1]/@title", "Another"),
    ("c:podcast:podroll/podcast:remoteItem[2]/@feedGuid", "917393e3-1b1e-5cef-ace4-edaa54e1f810"),
    ("c:itunes:new-feed-url", f"{BASE}feed.xml"),
    ("c:copyright", "Ann Example"),
    ("c:lastBuildDate", "Tue, 24 Nov 2026 04:12:30 GMT"),
]
ITEM_ROWS = [
    ("i:title", "The dark web"),
    ("i:enclosure/@url", f"{EPISODE}the-dark-web.mp3"),
    ("i:enclosure/@length", "3150123"),
    ("i:enclosure/@type", "audio/mpeg"),
    ("i:guid", "b7a1c2de-0000-4000-8000-000000000001"),
    ("i:guid/@isPermaLink", "false"),
    ("i:pubDate", "Tue, 24 Nov 2026 04:12:30 GMT"),
    ("i:link", "https://example.org/a?x=1&y=2"),
    ("i:itunes:duration", "263"),
    ("i:itunes:image/@href", f"{EPISODE}cover.jpg"),
    ("i:itunes:explicit", "false"),
    ("i:itunes:episode", "7"),
    ("i:itunes:season", "2"),
    ("i:itunes:episodeType", "bonus"),
    ("i:podcast:soundbite[1]", "What it is"),
    ("i:podcast:soundbite[1]/@startTime", "59.120"),
    ("i:podcast:soundbite[1]/@duration", "30.000"),
    ("i:podcast:soundbite[2]/@duration", "0.501"),
    ("count(/rss/channel/item/podcast:soundbite)", "2.0"),
    ("i:podcast:person[1]", "Ann Example"),
    ("i:podcast:person[2]", "Eve Example"),
    ("i:podcast:person[2]/@role", "translator"),
    ("i:podcast:person[3]", "Jo Writer"),
    ("i:podcast:person[3]/@role", "author"),
    ("i:podcast:person[3]/@group", "writing"),
    ("i:podcast:person[4]", "Flo Writer"),
    ("i:podcast:license", "my-own"),
    ("i:podcast:license/@url", "https://example.org/terms"),
    ("i:podcast:contentLink", "Watch it"),
    ("i:podcast:contentLink/@href", "https://video.example/a"),
    ("i:podcast:transcript[1]/@url", f"{EPISODE}the-dark-web.vtt"),
    ("i:podcast:transcript[1]/@type", "text/vtt"),
    ("i:podcast:transcript[1]/@rel", "captions"),
    ("i:podcast:transcript[1]/@language", "en"),
    ("i:podcast:transcript[2]/@url", f"{EPISODE}the-dark-web.srt"),
    ("i:podcast:transcript[2]/@type", "application/x-subrip"),
    ("i:podcast:transcript[3]/@url", f"{EPISODE}the-dark-web.json"),
    ("i:podcast:transcript[3]/@type", "application/json"),
    ("i:podcast:chapters/@url", f"{EPISODE}chapters.json"),
    ("i:podcast:chapters/@type", "application/json+chapters"),
    ("i:psc:chapters/@version", "1.2"),
    ("i:psc:chapters/psc:chapter[1]/@start", "00:00:00.000"),
    ("i:psc:chapters/psc:chapter[1]/@title", "Introduction"),
    ("i:psc:chapters/psc:chapter[2]/@start", "00:00:59.120"),
    ("i:psc:chapters/psc:chapter[2]/@href", "https://example.org/a#what"),
    ("i:podcast:alternateEnclosure/@type", "audio/ogg"),
    ("i:podcast:alternateEnclosure/@length", "1000001"),
    ("i:podcast:alternateEnclosure/podcast:source/@uri", f"{EPISODE}the-dark-web.opus"),
    ("i:podcast:alternateEnclosure/podcast:integrity/@type", "sri"),
    (
        "i:podcast:alternateEnclosure/podcast:integrity/@value",
        "sha256-zc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc0=",
    ),
]


def read(data: bytes, path: str) -> list[str]:
    """What an XPath finds, as text; "c:" is the channel, "i:" its items."""
    whole = re.sub("^c:", "/rss/channel/", re.sub("^i:", "/rss/channel/item/", path))
    found: Any = etree.fromstring(data).xpath(whole, namespaces=URIS)
    if isinstance(found, float):
        return [str(found)]
    return [each if isinstance(each, str) else each.text or "" for each in found]


def judged(data: bytes) -> Any:  # noqa: ANN401 - feedparser's results are untyped
    """The feed as feedparser reads it, which must find nothing wrong."""
    parsed = feedparser.parse(BytesIO(data))
    assert not parsed.bozo, parsed.get("bozo_exception")
    return parsed


def podcast(data: bytes) -> dict[str, Any]:
    """The feed as podcastparser (gPodder) reads it; it knows the podcast namespace by its older, equal URI only."""
    older = b"https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md"
    stream = BytesIO(data.replace(URIS["podcast"].encode(), older))
    result: dict[str, Any] = podcastparser.parse(f"{BASE}feed.xml", stream)
    return result


@pytest.mark.parametrize(("path", "value"), [*CHANNEL_ROWS, *ITEM_ROWS])
def test_the_feed_carries_every_row(show: Show, episode: Episode, path: str, value: str) -> None:
    """Each required and recommended row of the table of elements is there once, with its value."""
    data = write_feed(show, [episode], BASE)

    assert read(data, path) == [value]


def test_namespaces_are_exact(show: Show) -> None:
    """Apps compare namespace URIs letter by letter."""
    root = etree.fromstring(write_feed(show, [], BASE))

    assert root.nsmap == URIS


def test_the_description_is_html_in_cdata(show: Show, episode: Episode) -> None:
    """Both descriptions hold the notes as HTML in CDATA, with the address of the page put in."""
    data = write_feed(show, [episode], BASE)
    expected = episode.description_html.replace("{episode_url}", f"{EPISODE}index.html")

    assert read(data, "i:description") == read(data, "i:content:encoded") == [expected]
    assert data.count(b"<![CDATA[<p>It is hidden.") == 2


def test_feedparser_reads_the_episode(show: Show, episode: Episode) -> None:
    """Feedparser finds the sound, the identity and the date as they are meant."""
    entry = judged(write_feed(show, [episode], BASE)).entries[0]

    assert entry.title == episode.title
    assert entry.id == episode.guid
    assert not entry.guidislink
    assert timegm(entry.published_parsed) == episode.published.timestamp()
    assert [(each.href, each.length, each.type) for each in entry.enclosures] == [
        (f"{EPISODE}the-dark-web.mp3", "3150123", "audio/mpeg")
    ]


def test_podcastparser_reads_the_episode(show: Show, episode: Episode) -> None:
    """The parser of gPodder finds the same, and the chapters, the transcript and the pictures."""
    parsed = podcast(write_feed(show, [episode], BASE))
    (entry,) = parsed["episodes"]

    assert (parsed["title"], parsed["cover_url"]) == ("Long reads", f"{BASE}cover-1a2b.jpg")
    assert parsed["itunes_categories"] == [["Society & Culture", "Philosophy"], ["Arts", "Books"]]
    assert parsed["itunes_owner"] == {"name": "Ann B. Example", "email": "ann@example.org"}
    assert (entry["title"], entry["guid"], entry["total_time"]) == ("The dark web", episode.guid, 263)
    assert entry["published"] == episode.published.timestamp()
    assert entry["enclosures"] == [
        {"url": f"{EPISODE}the-dark-web.mp3", "file_size": 3_150_123, "mime_type": "audio/mpeg"}
    ]
    assert [(each["start"], each["title"]) for each in entry["chapters"]] == [
        (0, "Introduction"),
        (59, "What is it?"),  # it reads whole seconds
    ]
    assert entry["chapters_json_url"] == f"{EPISODE}chapters.json"
    assert entry["episode_art_url"] == f"{EPISODE}cover.jpg"


def test_what_is_not_known_is_left_out() -> None:
    """A bare show and episode give a valid feed: no owner, no empty element, no invented word."""
    audio = EpisodeFile(FileRole.AUDIO, "a.mp3", "audio/mpeg", 1, "00" * 32)
    when = datetime(2026, 11, 24, tzinfo=UTC)
    bare = Episode("g", "a", "a", "A", "en", when, 1000, (audio,), (), "", "")

    data = write_feed(new_show("", "0b0d8a4e-7c55-4f0c-9a52-2a1b6f9b6f11", "en"), [bare], BASE)

    assert judged(data).entries[0].link == BASE
    assert read(data, "c:itunes:owner") == []
    assert read(data, "c:podcast:locked/@owner") == []
    assert read(data, "c:itunes:author") == ["Narrated articles"]
    assert read(data, "//*[not(node()) and not(@*)]") == []
    assert b"nknown" not in data


@pytest.mark.parametrize(("listed", "blocked"), [(False, ["Yes"]), (True, [])])
def test_directories_are_kept_out_until_wished(show: Show, *, listed: bool, blocked: list[str]) -> None:
    """`itunes:block` stands until the show is listed: most people narrate articles of others."""
    data = write_feed(replace(show, listed=listed), [], BASE)

    assert read(data, "c:itunes:block") == blocked


def test_newest_first_then_number(show: Show, episode: Episode) -> None:
    """Items go by date of publication, newest first, then by number; the order handed in does not count."""
    dates = [(0, 1), (2, 1), (1, 1), (1, 2)]
    several = [
        replace(
            episode,
            slug=f"{9 - number}-e{day}{number}",
            number=number,
            published=episode.published + timedelta(days=day),
        )
        for day, number in dates
    ]

    data = write_feed(show, several, BASE)

    assert [url.split("/")[-2][2:] for url in read(data, "i:enclosure/@url")] == ["e21", "e12", "e11", "e01"]
    assert data == write_feed(show, reversed(several), BASE)
    assert read(data, "c:lastBuildDate") == ["Thu, 26 Nov 2026 04:12:30 GMT"]


def test_dates_are_in_gmt(show: Show, episode: Episode) -> None:
    """A date with another offset is the same moment."""
    eastern = replace(episode, published=datetime.fromisoformat("2026-11-23T23:12:30-05:00"))

    assert write_feed(show, [eastern], BASE) == write_feed(show, [episode], BASE)


@pytest.mark.parametrize("base", [BASE, BASE.rstrip("/"), "http://192.168.1.7:8642/reads/"])
def test_every_address_fits_the_base_url(show: Show, episode: Episode, base: str) -> None:
    """No address of narrate's own leads elsewhere than where the feed was asked for."""
    alone = replace(show, link="", new_feed_url="", licence_url="", persons=(), funding=(), podroll=())
    data = write_feed(alone, [replace(episode, url="", licence_url="", persons=(), content_links=())], base)
    urls = re.findall(r'(?:href|url|uri)="([^"]+)"|<link>([^<]+)</link>', data.decode())
    own = [one or two for one, two in urls if "example.org/a#what" not in one]

    assert len(own) >= 12
    assert all(url.startswith(base.rstrip("/") + "/") for url in own)


def test_enclosures_are_ascii(show: Show, episode: Episode) -> None:
    """File and folder names are percent-encoded whole: ASCII, no query, nothing that leads out of the folder."""
    audio = EpisodeFile(FileRole.AUDIO, "../Grüße & 100%?.mp3", "audio/mpeg", 1, "00" * 32)
    odd = replace(episode, slug="a b", files=(audio,))

    (url,) = read(write_feed(show, [odd], BASE), "i:enclosure/@url")

    assert url == f"{BASE}a%20b/..%2FGr%C3%BC%C3%9Fe%20%26%20100%25%3F.mp3"


def test_a_link_must_be_of_the_web(show: Show, episode: Episode) -> None:
    """An article's address that is no web address is not handed to apps; the page stands for it."""
    data = write_feed(show, [replace(episode, url="javascript:alert(1)")], BASE)

    assert read(data, "i:link") == [f"{EPISODE}index.html"]


def test_an_episode_without_sound_is_an_error(show: Show, episode: Episode) -> None:
    """An item without enclosure is no episode."""
    with pytest.raises(EpisodeError, match="'the-dark-web' has no audio file"):
        write_feed(show, [replace(episode, files=())], BASE)
