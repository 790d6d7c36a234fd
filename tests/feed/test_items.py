"""Single elements of a feed where facts are missing, odd or at their limits."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

import feedparser
import podcastparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from narrate.feed import write_feed
from narrate.feed.items import fitting, play_time
from narrate.feed.rss import cut
from narrate.model import Chapter, EpisodeFile, FileRole, Frequency

if TYPE_CHECKING:
    from narrate.model import Episode, Show

BASE = "https://pods.example.org/reads/"
URIS = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "psc": "http://podlove.org/simple-chapters",
}


def found(data: bytes, path: str) -> list[str]:
    """What an XPath finds below the channel, as text."""
    results: Any = etree.fromstring(data).xpath(f"channel/{path}", namespaces=URIS)
    return [each if isinstance(each, str) else each.text or "" for each in results]


def entry_of(data: bytes) -> Any:  # noqa: ANN401 - feedparser's results are untyped
    """The one episode as feedparser reads it; nothing may be wrong with the feed."""
    parsed = feedparser.parse(BytesIO(data))
    assert not parsed.bozo, parsed.get("bozo_exception")
    (entry,) = parsed.entries
    return entry


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://example.org/a", "https://example.org/a"),
        ("http://example.org/a", "http://example.org/a"),
        ("HTTPS://example.org/a", "HTTPS://example.org/a"),
        ("", f"{BASE}the-dark-web/index.html"),
        ("ftp://example.org/a.txt", f"{BASE}the-dark-web/index.html"),
        ("httpsx://example.org/", f"{BASE}the-dark-web/index.html"),
    ],
)
def test_an_episode_links_to_its_article_or_its_page(show: Show, episode: Episode, url: str, link: str) -> None:
    """A path on the maker's disk is nobody's business, and leads nowhere."""
    assert entry_of(write_feed(show, [replace(episode, url=url)], BASE)).link == link


@pytest.mark.parametrize(("link", "leads"), [("https://example.org/", "https://example.org/"), ("", BASE)])
def test_without_a_page_the_show_stands_for_it(show: Show, episode: Episode, link: str, leads: str) -> None:
    """The notes' own link to the text then goes there as well: never to an address that is not there."""
    audio = [file for file in episode.files if file.role is not FileRole.PAGE]
    data = write_feed(replace(show, link=link), [replace(episode, url="", files=tuple(audio))], BASE)

    assert entry_of(data).link == leads
    assert f'<a href="{leads}">' in found(data, "item/description")[0]
    assert "{episode_url}" not in data.decode()


@pytest.mark.parametrize(
    ("ms", "seconds"), [(0, 1), (1, 1), (1_499, 1), (1_500, 2), (59_500, 60), (3_600_000, 3_600), (36_000_499, 36_000)]
)
def test_a_duration_is_in_whole_seconds(show: Show, episode: Episode, ms: int, seconds: int) -> None:
    """The nearest, and never none: players take zero for "unknown"."""
    data = write_feed(show, [replace(episode, duration_ms=ms)], BASE)

    assert found(data, "item/itunes:duration") == [str(seconds)]


@given(st.integers(0, 400_000_000))
def test_podcastparser_reads_every_chapter_time(ms: int) -> None:
    """In the form of Podlove Simple Chapters, to the second that the parser of gPodder keeps."""
    assert podcastparser.parse_time(play_time(ms)) == ms // 1000
    assert play_time(ms).endswith(f".{ms % 1000:03}")


@pytest.mark.parametrize("season", [0, 2])
@pytest.mark.parametrize("number", [0, 12])
def test_numbers_are_there_when_they_are_known(show: Show, episode: Episode, number: int, season: int) -> None:
    """Apple refuses an episode 0 and a season 0."""
    data = write_feed(show, [replace(episode, number=number, season=season)], BASE)

    assert found(data, "item/itunes:episode") == [str(number)] * bool(number)
    assert found(data, "item/itunes:season") == [str(season)] * bool(season)


@pytest.mark.parametrize(
    ("authors", "text"),
    [((), []), (("Ann",), ["Ann"]), (("Ann", "Bo"), ["Ann, Bo"]), (("é" * 300,), ["é" * 255])],
)
def test_authors_are_on_a_line(show: Show, episode: Episode, authors: tuple[str, ...], text: list[str]) -> None:
    """All of them, at most 255 characters; nobody where nobody is known."""
    data = write_feed(show, [replace(episode, authors=authors)], BASE)

    assert found(data, "item/itunes:author") == text


@pytest.mark.parametrize("explicit", [True, False])
def test_show_and_episodes_agree_on_being_explicit(show: Show, episode: Episode, explicit: bool) -> None:  # noqa: FBT001 # it is what is tested
    """As "true" or "false" and nothing else, which is how Apple reads it."""
    data = write_feed(replace(show, explicit=explicit), [episode], BASE)

    assert found(data, "itunes:explicit") == found(data, "item/itunes:explicit") == [str(explicit).lower()]


@pytest.mark.parametrize(
    ("owner_name", "author", "name"),
    [("Ann B. Example", "Ann", "Ann B. Example"), ("", "Ann", "Ann"), ("", "", "Long reads")],
)
def test_an_owner_has_a_name(show: Show, owner_name: str, author: str, name: str) -> None:
    """Their own, else the author's, else the show's; the address is the one that was given."""
    data = write_feed(replace(show, owner_name=owner_name, author=author), [], BASE)
    parsed = feedparser.parse(BytesIO(data))

    assert found(data, "itunes:owner/itunes:name") == [name]
    assert parsed.feed.publisher_detail.email == "ann@example.org"
    assert found(data, "itunes:author") == [author or "Long reads"]


@pytest.mark.parametrize(("locked", "word"), [(True, "yes"), (False, "no")])
def test_a_show_is_locked_or_not(show: Show, locked: bool, word: str) -> None:  # noqa: FBT001 # it is what is tested
    """In words, with whom to ask; without an address, without."""
    data = write_feed(replace(show, locked=locked), [], BASE)
    nobody = write_feed(replace(show, locked=locked, owner_email=""), [], BASE)

    assert found(data, "podcast:locked") == found(nobody, "podcast:locked") == [word]
    assert found(data, "podcast:locked/@owner") == ["ann@example.org"]
    assert found(nobody, "podcast:locked/@owner") == found(nobody, "itunes:owner") == []


def test_what_a_show_has_not_said_is_not_there(show: Show, episode: Episode) -> None:
    """No empty element and no address of a picture that is not there."""
    bare = replace(show, cover="", copyright="", licence="", description="", link="")
    lone = replace(episode, files=episode.files[:1], chapters=(), description_html="")
    data = write_feed(bare, [lone], BASE)

    for path in ("itunes:image", "copyright", "podcast:license"):
        assert found(data, path) == []
    for path in (
        "itunes:image",
        "podcast:transcript",
        "podcast:chapters",
        "psc:chapters",
        "podcast:alternateEnclosure",
    ):
        assert found(data, f"item/{path}") == []
    assert found(data, "item/description") == found(data, "item/*[local-name()='encoded']") == []
    assert found(data, "link") == [BASE]
    assert found(data, "description") == ["Written articles, read aloud by a synthetic voice."]


def test_a_cover_is_found_whatever_it_is_called(show: Show) -> None:
    """Its name is escaped whole: blanks, umlauts and signs of an address in it do no harm."""
    data = write_feed(replace(show, cover="Über & uns?.jpg"), [], BASE)

    assert found(data, "itunes:image/@href") == [f"{BASE}%C3%9Cber%20%26%20uns%3F.jpg"]


def test_a_chapter_links_only_to_the_web(show: Show, episode: Episode) -> None:
    """Its title is on one line, and an address that no browser should follow is left out."""
    urls = ("https://example.org/#a", "http://example.org/", "javascript:alert(1)", "/a", "")
    chapters = tuple(Chapter(n, n + 1, f"Part\n {n}", "s", url) for n, url in enumerate(urls))
    data = write_feed(show, [replace(episode, chapters=chapters)], BASE)

    assert found(data, "item/psc:chapters/psc:chapter/@href") == list(urls[:2])
    assert found(data, "item/psc:chapters/psc:chapter/@title") == [f"Part {n}" for n in range(5)]


def test_all_sound_but_the_first_is_an_alternate(show: Show, episode: Episode) -> None:
    """One enclosure an episode: a second one is a second episode to some players."""
    audio = [EpisodeFile(FileRole.AUDIO, f"a.{end}", f"audio/{end}", 7, "ab" * 32) for end in ("mp3", "m4a", "opus")]
    data = write_feed(show, [replace(episode, files=tuple(audio))], BASE)

    assert [each.type for each in entry_of(data).enclosures] == ["audio/mp3"]
    assert found(data, "item/podcast:alternateEnclosure/@type") == ["audio/m4a", "audio/opus"]
    assert set(found(data, "item/podcast:alternateEnclosure/@lang")) == {"en"}


def test_same_moment_same_number_one_order(show: Show, episode: Episode) -> None:
    """Two episodes of one run: their folders' names decide, so the feed's bytes stay the same."""
    twins = [replace(episode, slug=slug, guid=slug) for slug in ("a", "b")]

    data = write_feed(show, twins, BASE)

    assert data == write_feed(show, reversed(twins), BASE)
    assert found(data, "item/guid") == ["b", "a"]


@given(st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)), st.integers(-14 * 60, 14 * 60))  # noqa: DTZ001 # the zone comes with the offset
def test_a_date_reads_back_as_the_same_moment(naive: datetime, minutes: int) -> None:
    """By the standard library's own reader of RFC 2822, to the second; written in GMT whatever zone it came in."""
    from narrate.feed.items import rfc2822

    when = naive.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    written = rfc2822(when)

    assert parsedate_to_datetime(written) == when.replace(microsecond=0).astimezone(UTC)
    assert written.endswith(" GMT")


@given(st.text("aé€😀", max_size=12), st.integers(3, 40))
def test_a_cut_is_short_enough_and_no_shorter(text: str, limit_bytes: int) -> None:
    """Whole characters, an ellipsis only where something is missing, and nothing is missing that would have fitted."""
    short = cut(text, limit_bytes)
    head = short.removesuffix("…")

    assert len(short.encode()) <= limit_bytes
    assert text.startswith(head)
    if len(text.encode()) <= limit_bytes:
        assert short == text
    else:
        assert short.endswith("…")
        assert len(text[: len(head) + 1].encode()) + 3 > limit_bytes


@pytest.mark.parametrize("base", [BASE, BASE.rstrip("/"), BASE + "//"])
def test_the_feeds_own_address_has_one_slash(show: Show, base: str) -> None:
    """However the base address was written, the feed says the same of itself."""
    assert write_feed(show, [], base) == write_feed(show, [], BASE)
    assert f'href="{BASE}feed.xml" rel="self"' in write_feed(show, [], base).decode()


@pytest.mark.parametrize("longest", ["originals", "chapters"])
def test_a_description_fits_and_has_whole_paragraphs(show: Show, episode: Episode, longest: str) -> None:
    """PSP-1: 4,000 bytes. What is too long is left out as a whole, and content:encoded has all of it."""
    rows = "".join(f"00:{n // 60:02}:{n % 60:02} A chapter of some length<br/>\n" for n in range(200))
    parts = {
        "originals": "<p>" + "<br/>\n".join(f"Original article: {n}" for n in range(300)) + "</p>",
        "chapters": f"<p>\n{rows}</p>",
    }
    notes = f"{parts[longest]}\n<p>What it is.</p>\n<p>Read by a machine.</p>\n"
    data = write_feed(show, [replace(episode, description_html=notes)], BASE)

    assert found(data, "item/description") == ["<p>What it is.</p>\n<p>Read by a machine.</p>\n"]
    assert found(data, "item/*[local-name()='encoded']") == [notes]


@given(st.lists(st.text("a é<>\n", max_size=30), min_size=1, max_size=6), st.integers(0, 120))
def test_what_fits_is_a_part_of_the_notes_in_their_order(texts: list[str], limit_bytes: int) -> None:
    """Whatever the limit: no more bytes, no other paragraphs, and all of them where they fit."""
    notes = "\n".join(f"<p>{text.replace('<p>', '')}</p>" for text in texts)
    short = fitting(notes, limit_bytes)
    kept = iter(notes.split("\n<p>"))

    assert len(short.encode()) <= limit_bytes
    assert all(
        any(part.removeprefix("<p>") == each.removeprefix("<p>") for each in kept)
        for part in short.split("\n<p>")
        if short
    )
    assert (short == notes) == (len(notes.encode()) <= limit_bytes)


def test_transcripts_stand_in_the_order_apps_choose_by(show: Show, episode: Episode) -> None:
    """WebVTT first, then SubRip, JSON, HTML and plain text, however the files are ordered; captions are marked."""
    roles = [role for role in FileRole if role in {FileRole.VTT, FileRole.SRT} or role.startswith("transcript")]
    files = [EpisodeFile(role, f"{role.replace(' ', '-')}.x", f"text/{role}", 1, "00" * 32) for role in reversed(roles)]
    data = write_feed(show, [replace(episode, files=(*episode.files[:1], *files))], BASE)
    names = [url.rpartition("/")[2] for url in found(data, "item/podcast:transcript/@url")]

    assert names == ["vtt.x", "srt.x", "transcript-json.x", "transcript-html.x", "transcript-text.x"]
    assert found(data, "item/podcast:transcript[@rel='captions']/@url") == [f"{BASE}the-dark-web/vtt.x"]


def test_a_show_may_be_complete(show: Show) -> None:
    """Said to Apple and in the podcast namespace; a show that goes on says neither."""
    whole = write_feed(replace(show, update_frequency=Frequency("Complete", complete=True)), [], BASE)
    going_on = write_feed(show, [], BASE)

    assert found(whole, "itunes:complete") == ["Yes"]
    assert found(whole, "podcast:updateFrequency/@complete") == ["true"]
    assert found(going_on, "itunes:complete") == found(going_on, "podcast:updateFrequency/@complete") == []


def test_the_shows_persons_are_named_with_an_episodes_own(show: Show, episode: Episode) -> None:
    """What an item says of persons replaces what the channel says (podcast namespace), so it says it all."""
    nobody = replace(episode, persons=(), authors=())

    assert found(write_feed(show, [nobody], BASE), "item/podcast:person") == []
    assert found(write_feed(show, [replace(nobody, authors=("Jo",))], BASE), "item/podcast:person") == [
        "Ann Example",
        "Jo",
    ]
