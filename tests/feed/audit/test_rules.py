"""Every rule for feeds: broken in one place, it and nothing else is found there; mended, nothing is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from narrate.feed import write_feed
from narrate.feed.audit import CHANNEL_RULES, ITEM_RULES, READING, audit
from narrate.model import Severity

if TYPE_CHECKING:
    from datetime import datetime

    from narrate.model import Episode, Show

URL = "https://pods.example.org/reads/feed.xml"
SELF = '<atom:link href="https://pods.example.org/reads/feed.xml" rel="self" type="application/rss+xml"/>'
ENCLOSURE = (
    '<enclosure url="https://pods.example.org/reads/the-dark-web/the-dark-web.mp3" length="3150123" type="audio/mpeg"/>'
)
INTRODUCTION = "00:00:00 Introduction<br/>"
SOURCE = '<podcast:source uri="https://pods.example.org/reads/the-dark-web/the-dark-web.opus"/>'
LONG = "é" * 256

BROKEN: list[tuple[str, str, str]] = [
    ("rss-version", 'version="2.0"', 'version="0.91"'),
    ("rss-version", ' version="2.0" xmlns:itunes', " xmlns:itunes"),
    ("items-outside", "</channel>", "</channel><item/>"),
    ("encoding", 'encoding="UTF-8"', 'encoding="US-ASCII"'),
    ("doctype", "<rss ", '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "x.dtd"><rss '),
    ("namespace-exact", "dtds/podcast-1.0", "DTDs/Podcast-1.0"),
    ("namespace-exact", "https://podcastindex.org/namespace/1.0", "http://podcastindex.org/namespace/1.0/"),
    ("self-link", SELF, ""),
    ("self-link", 'rel="self"', 'rel="alternate"'),
    ("self-link-url", f'href="{URL}" rel', 'href="feed.xml" rel'),
    ("self-link-differs", f'href="{URL}" rel', 'href="https://pods.example.org/feed.xml" rel'),
    ("moved", "<itunes:new-feed-url>https://pods.", "<itunes:new-feed-url>https://new."),
    ("element-twice", "<language>", "<language>en</language><language>"),
    ("element-twice", "<guid isP", '<guid isPermaLink="false">b</guid><guid isP'),
    ("element-unknown", "<ttl>", "<titel>A</titel><ttl>"),
    ("element-unknown", "<podcast:medium>podcast</podcast:medium>", "<podcast:mediun>podcast</podcast:mediun>"),
    ("element-unknown", "<itunes:season>2</itunes:season>", "<itunes:seasons>2</itunes:seasons>"),
    ("title", "<title>Long reads</title>\n    <description>", "<description>"),
    ("title", "<title>Long reads</title>\n    <description>", "<title> </title><description>"),
    ("description", "<description>Essays &amp; reports, read aloud.</description>", ""),
    ("link", "<link>https://example.org/reads</link>\n    <language>", "<language>"),
    ("language", "<language>en-gb</language>", ""),
    ("language-tag", "en-gb<", "English (UK)<"),
    ("link-url", "<link>https://example.org/reads</link>\n    <language>", "<link>/reads</link><language>"),
    ("docs-url", "<ttl>", "<docs>rss.html</docs><ttl>"),
    ("contact", "<ttl>", "<managingEditor>Ann</managingEditor><ttl>"),
    ("contact", "<ttl>", "<webMaster>Ann (ann@example.org)</webMaster><ttl>"),
    ("skip", "<ttl>", "<skipHours><hour>24</hour></skipHours><ttl>"),
    ("skip", "<ttl>", "<skipDays><day>Sonntag</day></skipDays><ttl>"),
    ("comments-url", "<link>https://example.org/salt", "<comments>#c</comments><link>https://example.org/salt"),
    ("too-long", "<title>Long reads</title>\n    <desc", f"<title>{LONG}</title><desc"),
    ("too-long", "<itunes:author>Ann Example", f"<itunes:author>{LONG}"),
    ("description-long", "read aloud.", "é" * 2000),
    ("title-markup", "<title>Long reads</title>\n    <desc", "<title>&lt;b>Long&lt;/b> reads</title><desc"),
    ("channel-date", "<lastBuildDate>Tue, 24 Nov 2026 04:12:30 GMT", "<lastBuildDate>2026-11-24T04:12:30Z"),
    ("channel-date", "<lastBuildDate>Tue,", "<lastBuildDate>Wed,"),
    ("ttl", "<ttl>60", "<ttl>an hour"),
    ("rss-image", "<url>https://pods.example.org/reads/small.png</url>", ""),
    ("rss-image-link", "<link>https://example.org/reads</link>\n    </image>", "<link>https://e.org/</link></image>"),
    ("copyright", "<copyright>Ann", "<copyright>2026 Ann"),
    ("copyright", "<copyright>Ann", "<copyright>© Ann"),
    ("artwork", '<itunes:image href="https://pods.example.org/reads/cover-1a2b.jpg"/>', ""),
    ("artwork", '<itunes:image href="https://pods.example.org/reads/cover-1a2b.jpg"/>', "<itunes:image/>"),
    ("artwork-url", 'href="https://pods.example.org/reads/cover-1a2b.jpg"', 'href="cover-1a2b.jpg"'),
    ("artwork-url", "cover-1a2b.jpg", "cover-1a2b.webp"),
    ("artwork-url", "cover-1a2b.jpg", "cover-1a2b.jpg?size=3000"),
    ("category-unknown", '"Philosophy"', '"philosophy"'),
    ("category-unknown", 'text="Society &amp; Culture"', 'text="Society and Culture"'),
    ("explicit", "<itunes:explicit>false</itunes:explicit>\n    <itunes:image", "<itunes:image"),
    ("explicit-value", "<itunes:explicit>false</itunes:explicit>\n    <", "<itunes:explicit>clean</itunes:explicit><"),
    ("author", "<itunes:author>Ann Example</itunes:author>", ""),
    ("owner", "<itunes:email>ann@example.org</itunes:email>", ""),
    ("owner-email", "<itunes:email>ann@example.org", "<itunes:email>ann at example.org"),
    ("type-value", "<itunes:type>serial", "<itunes:type>Serial"),
    ("serial-numbers", "<itunes:episode>6</itunes:episode>", ""),
    ("new-feed-url", "<itunes:new-feed-url>https://pods.example.org", "<itunes:new-feed-url>"),
    ("block-value", "<itunes:block>Yes", "<itunes:block>true"),
    ("complete-value", "<itunes:complete>Yes", "<itunes:complete>no"),
    ("retired", "<itunes:duration>4:23", "<itunes:summary>Salt</itunes:summary><itunes:duration>4:23"),
    ("podcast-guid", "<podcast:guid>917393e3-1b1e-5cef-ace4-edaa54e1f810</podcast:guid>", ""),
    ("podcast-guid-uuid", "917393e3-1b1e-5cef-ace4-edaa54e1f810", "my-show"),
    ("podcast-guid-version", "917393e3-1b1e-5cef-ace4-edaa54e1f810", "917393e3-1b1e-4cef-ace4-edaa54e1f810"),
    ("podcast-locked", '<podcast:locked owner="ann@example.org">yes</podcast:locked>', ""),
    ("podcast-locked-value", ">yes<", ">true<"),
    ("podcast-medium", "<podcast:medium>podcast", "<podcast:medium>sermon"),
    ("podroll", 'feedGuid="9b024349-ccf0-5f69-a609-6b82873eab3c"', 'feedUrl="https://example.org/feed.xml"'),
    ("update-frequency", "FREQ=WEEKLY;BYDAY=MO", "every week"),
    ("person", ">Ann Example</podcast:person>", "/>"),
    ("person", 'href="https://example.org/ann"', 'href="ann.html"'),
    ("person", "Jo Writer", " "),
    ("person-role", 'role="Host"', 'role="Hostess"'),
    ("person-role", 'group="Cast"', 'group="Crew"'),
    ("licence", "cc-by-4.0", "all-mine"),
    ("licence", ' url="https://example.org/terms"', ""),
    ("funding", ' url="https://example.org/support"', ""),
    ("podcast-text", "Support the show", "Support " * 20),
    ("guid-unique", "000000000002", "000000000001"),
    ("enclosure-unique", "salt/salt.m4a", "the-dark-web/the-dark-web.mp3"),
    ("item-title", "<title>Salt</title>", ""),
    ("item-title-long", "<title>Salt", f"<title>{LONG}"),
    ("item-title-markup", "<title>Salt", "<title>&lt;em>Salt&lt;/em>"),
    ("item-title-number", "<title>Salt", "<title>#6: Salt"),
    ("item-title-number", "<title>Salt", "<title>S2E6 Salt"),
    ("enclosure", ENCLOSURE, ""),
    ("enclosures", ENCLOSURE, ENCLOSURE + ENCLOSURE.replace("web.mp3", "two.mp3")),
    ("enclosure-url", "https://pods.example.org/reads/salt/salt.m4a", "salt.m4a"),
    ("enclosure-url", "salt/salt.m4a", "salt/größe.m4a"),
    ("enclosure-url", "salt/salt.m4a", "salt/a b.m4a"),
    ("enclosure-query", "salt/salt.m4a", "salt/salt.m4a?x=1"),
    ("enclosure-suffix", "salt/salt.m4a", "salt/salt.m4b"),
    ("enclosure-length", 'length="7"', 'length="0"'),
    ("enclosure-length", ' length="7"', ""),
    ("enclosure-length", 'length="7"', 'length="7 MB"'),
    ("enclosure-type", 'length="7" type="audio/mp4"', 'length="7"'),
    ("enclosure-type", 'length="7" type="audio/mp4"', 'length="7" type="mp4"'),
    ("enclosure-type-suffix", 'length="7" type="audio/mp4"', 'length="7" type="audio/mpeg"'),
    ("guid", '<guid isPermaLink="false">b7a1c2de-0000-4000-8000-000000000002</guid>', ""),
    ("guid-permalink", '<guid isPermaLink="false">', "<guid>"),
    ("pubdate", "<pubDate>Mon, 23 Nov 2026 04:12:30 GMT</pubDate>", ""),
    ("pubdate-form", "Mon, 23 Nov 2026 04:12:30 GMT", "23. November 2026"),
    ("pubdate-form", "Mon, 23 Nov 2026 04:12:30 GMT", "Mon, 31 Nov 2026 04:12:30 GMT"),
    ("pubdate-future", "Mon, 23 Nov 2026 04:12:30 GMT", "Wed, 23 Nov 2050 04:12:30 GMT"),
    ("item-link", "<link>https://example.org/salt</link>", ""),
    ("item-link-url", "<link>https://example.org/salt", "<link>salt.html"),
    ("item-description", "<description>About salt.</description>", ""),
    ("item-description-long", "About salt.", "é" * 2001),
    ("duration", "<itunes:duration>4:23</itunes:duration>", ""),
    ("duration-form", "4:23", "4 minutes"),
    ("item-explicit", "<itunes:explicit>false</itunes:explicit>\n      <", "<itunes:explicit>no</itunes:explicit><"),
    ("episode-number", "<itunes:episode>6", "<itunes:episode>0"),
    ("season-number", "<itunes:season>2", "<itunes:season>two"),
    ("episode-type", ">full<", ">Full<"),
    ("item-artwork", "the-dark-web/cover.jpg", "the-dark-web/cover.gif"),
    ("transcript", 'url="https://pods.example.org/reads/the-dark-web/the-dark-web.vtt" ', ""),
    ("transcript-type", 'type="text/vtt" ', ""),
    ("transcript-type", 'type="text/vtt" ', 'type="text/webvtt" '),
    ("chapters", 'url="https://pods.example.org/reads/the-dark-web/chapters.json" ', 'url="chapters.json" '),
    ("chapters-type", "application/json+chapters", "text/plain"),
    ("psc-chapters", 'start="00:00:59.120"', 'start="soon"'),
    ("psc-chapters", 'start="00:02:10.000"', 'start="00:00:59.120"'),
    ("psc-chapters", ' title="How is it?"', ""),
    ("alternate-enclosure", 'type="audio/ogg" ', ""),
    (
        "alternate-enclosure",
        '<podcast:source uri="https://pods.example.org/reads/the-dark-web/the-dark-web.opus"/>',
        "",
    ),
    ("integrity", "sha256-zc3N", "zc3N"),
    ("integrity", 'type="sri"', 'type="md5"'),
    ("soundbite", 'startTime="59.120" ', ""),
    ("soundbite", 'duration="30.000"', 'duration="0"'),
    ("soundbite-length", 'duration="30.000"', 'duration="180"'),
    ("content-link", 'href="https://video.example/a"', 'href="a"'),
    ("escaped-twice", "About salt.", "&amp;lt;p&amp;gt;About salt.&amp;lt;/p&amp;gt;"),
    ("escaped-twice", "About salt.", "Salt &amp;amp;amp; bread"),
    ("active-html", "About salt.", "&lt;script>alert(1)&lt;/script>"),
    ("active-html", "read aloud.", '&lt;p onclick="x()">read aloud&lt;/p>'),
    ("relative-link", "https://example.org/more", "/more"),
    ("timestamps", INTRODUCTION, "00:00:05 Late<br/>"),
    ("timestamps", INTRODUCTION, f"00:01:30 Out of order<br/>00:00:01 Before<br/>{INTRODUCTION}"),
    ("one-chapter-list", "00:00:59 What", "00:00:50 What"),
    ("one-chapter-list", "00:02:10 How is it?", "00:02:10 How was it?"),
]
"""A rule, and what is put in the place of what in the good feed; the first such place is meant."""

ALSO = {
    "enclosure-unique": ("enclosure-type-suffix",),
    "link-url": ("rss-image-link",),
    "self-link-url": ("moved",),
    "self-link-differs": ("moved",),
    "timestamps": ("one-chapter-list",),
    "psc-chapters": ("one-chapter-list",),
}
"""Rules that see the same breach from another side."""


def rules_of(text: str, now: datetime, url: str = URL) -> list[str]:
    """The rules that find something in a feed."""
    return [finding.rule for finding in audit(text.encode("utf-8", "xmlcharrefreplace"), now, url).findings]


def test_the_good_feed_is_good(good: str, now: datetime) -> None:
    """Nothing is found in a feed that keeps all rules; so whatever is found below comes of what was broken."""
    assert audit(good.encode(), now, URL).findings == ()


@pytest.mark.parametrize(("rule", "old", "new"), BROKEN, ids=[f"{row[0]}-{n}" for n, row in enumerate(BROKEN)])
def test_a_breach_is_found_and_nothing_else(good: str, now: datetime, rule: str, old: str, new: str) -> None:
    """Each rule sees its breach, in the right place, and no other rule sees one (but those that must)."""
    assert old in good
    data = good.replace(old, new, 1)
    findings = audit(data.encode("ascii", "xmlcharrefreplace"), now, URL).findings

    assert {finding.rule for finding in findings} - set(ALSO.get(rule, ())) == {rule}
    for finding in findings:
        assert 0 <= finding.line <= data.count("\n") + 1
        assert finding.where
        assert finding.what
        assert finding.mend
        assert finding.source
        assert finding.severity in Severity


def test_every_rule_is_broken_once() -> None:
    """A rule that no test breaks may find nothing at all."""
    broken = {rule for rule, _, _ in BROKEN}
    other = {
        "channel",
        "no-items",
        "no-sound",
        "namespace-missing",
        "category",
    }  # below: they take more than one change

    assert {rule.id for rule in CHANNEL_RULES} | {rule.id for rule in ITEM_RULES} == broken | other


def test_rules_have_names_of_their_own() -> None:
    """Programs go by the id, so each has one meaning, and the same severity and source wherever it is used."""
    known: dict[str, list[str]] = {}
    rows = [(rule.id, rule.severity, rule.source, rule.mend) for rule in CHANNEL_RULES]
    rows += [(rule.id, rule.severity, rule.source, rule.mend) for rule in ITEM_RULES]
    for name, *facts in rows:
        assert known.setdefault(name, facts) == facts


def test_what_takes_more_than_one_change(good: str, now: datetime) -> None:
    """No channel, no items, no category and no namespace of podcasts."""
    head, rest = good.split("    <item>", 1)
    nothing = good.partition("  <channel>")[0] + "</rss>"
    plain = '<rss version="2.0"><channel><title>A</title></channel></rss>'
    start = head.index("    <itunes:category")
    uncategorised = head[:start] + head[head.index("    <itunes:explicit") :] + "    <item>" + rest

    assert "channel" in rules_of(nothing, now)
    assert rules_of(head + "</channel></rss>", now) == ["no-items"]
    assert rules_of(uncategorised, now) == ["category"]
    assert rules_of(plain, now).count("namespace-missing") == 2


def test_a_feed_of_articles_is_told_as_one(good: str, now: datetime) -> None:
    """Once, and not of every item; contacts and times of rest that are written well are no findings."""
    silent = "\n".join(line for line in good.splitlines() if "<enclosure" not in line)
    fine = (
        "<managingEditor>ann@example.org (Ann)</managingEditor><docs>https://example.org/</docs>"
        "<skipHours><hour>0</hour><hour>23</hour></skipHours><skipDays><day>Sunday</day></skipDays><ttl>"
    )

    assert rules_of(silent, now) == ["no-sound"]
    assert rules_of(good.replace("<ttl>", fine), now) == []


def test_two_channels_are_one_too_many(good: str, now: datetime) -> None:
    """Apps read the first, or the last."""
    assert rules_of(good.replace("</channel>", "</channel><channel/>"), now) == ["channel"]


@pytest.mark.parametrize(
    ("data", "rule", "what", "line"),
    [
        (b"", "xml", "it is empty", 1),
        (b"<!DOCTYPE html><html><p>No", "xml", "a page in HTML", 1),
        (b'{"version": "https://jsonfeed.org/version/1"}', "xml", "it is JSON", 1),
        (b"<rss>\n<channel>\n<title>A & B</title></channel></rss>", "xml", "no well-formed XML: ", 3),
        (b"<rss>\n<channel>\n<title>A</titel></channel></rss>", "xml", "no well-formed XML: ", 3),
        (b'<feed xmlns="http://www.w3.org/2005/Atom"/>', "atom", "Atom and not RSS", 1),
        (b'<R:RDF xmlns:R="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>', "no-rss", "its root is <RDF>", 1),
        (b"<opml/>", "no-rss", "its root is <opml> and not <rss>", 1),
    ],
)
def test_what_is_no_rss_ends_the_audit(data: bytes, rule: str, what: str, line: int, now: datetime) -> None:
    """One finding that says what it is instead, with the line, and none of what could not be read."""
    (finding,) = audit(data, now).findings

    assert finding.rule == rule
    assert rule in READING
    assert what in finding.what
    assert finding.line == line
    assert finding.severity is Severity.ERROR


def test_a_file_is_asked_for_no_address(good: str, now: datetime) -> None:
    """Where a feed was found is known of an address only: a file may lie anywhere."""
    assert rules_of(good, now, "") == []


def test_the_older_uri_of_the_podcast_namespace_is_allowed(good: str, now: datetime) -> None:
    """Its specification says so."""
    older = "https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md"

    assert rules_of(good.replace("https://podcastindex.org/namespace/1.0", older), now) == []


def test_our_own_feed_keeps_all_rules(show: Show, episode: Episode, now: datetime) -> None:
    """All four judges at once: what narrate writes of a show whose every field is set has nothing to mend."""
    data = write_feed(show, [replace(episode, soundbites=episode.soundbites[:1])], show.base_url)

    assert audit(data, now, URL).findings == ()
