"""Whatever text comes, the feed is whole: hostile titles and notes, and whole feeds byte for byte."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import feedparser
import podcastparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from narrate.feed import new_show, write_feed
from narrate.feed.audit import audit
from narrate.model import Chapter, Episode, EpisodeFile, FileRole, Severity, Show

if TYPE_CHECKING:
    from collections.abc import Callable

BASE = "https://pods.example.org/reads/"
LATER = datetime(2026, 12, 1, tzinfo=UTC)
GOLDEN = Path(__file__).parent / "golden"
CHAPTERS = ".//{http://podlove.org/simple-chapters}chapter"


def first(data: bytes, path: str) -> str:
    """The text of the first element at a path below the channel, trimmed."""
    return (etree.fromstring(data).findtext(f"channel/{path}") or "").strip()


@pytest.mark.parametrize(
    ("title", "seen"),
    [
        ("A < B & C > D ]]> <b>E</b>", "A < B & C > D ]]> <b>E</b>"),
        ("two\nlines\tand\r more", "two lines and more"),
        ("bell\x07 null\x00 escape\x1b[31m \ufffe", "bell null escape[31m "),
        ("half \ud800 a pair", "half  a pair"),
        ("🎧 emoji 👩‍👩‍👧", "🎧 emoji 👩‍👩‍👧"),
        ("مرحبا \u202eشالوم\u202c שלום", "مرحبا \u202eشالوم\u202c שלום"),
        ("x" * 10_000, "x" * 254 + "…"),
        ("&amp; &lt;script&gt;", "&amp; &lt;script&gt;"),
    ],
    ids=["markup", "lines", "controls", "surrogate", "emoji", "rtl", "long", "entities"],
)
def test_a_title_is_text(show: Show, episode: Episode, title: str, seen: str) -> None:
    """Whatever is in a title arrives as the text it is, in elements and in attributes."""
    odd = replace(episode, title=title, chapters=(Chapter(0, 1, title, "s"),))

    data = write_feed(show, [odd], BASE)

    parsed = feedparser.parse(BytesIO(data))
    other = podcastparser.parse(f"{BASE}feed.xml", BytesIO(data))["episodes"][0]
    (chapter,) = etree.fromstring(data).findall(CHAPTERS)
    assert first(data, "item/title") == seen.strip() == parsed.entries[0].title
    assert other["title"] == " ".join(seen.split())
    assert len(first(data, "item/title")) <= 255
    assert (chapter.get("title") or "").strip()[:200] == seen.strip()[:200]
    assert not parsed.bozo
    assert parsed.entries[0].enclosures
    assert [each for each in audit(data, LATER).findings if each.severity is Severity.ERROR] == []


def test_cdata_cannot_be_closed_from_within(show: Show, episode: Episode) -> None:
    """`]]>` in a description is written so that HTML reads the same and XML stays whole."""
    data = write_feed(show, [replace(episode, description_html="<p>a ]]> b</p><item/>")], BASE)

    assert first(data, "item/description") == "<p>a ]]&gt; b</p><item/>"
    assert len(feedparser.parse(BytesIO(data)).entries) == 1


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=80))
def test_any_text_gives_a_feed(text: str) -> None:
    """There is no text that breaks the XML or changes what is around it."""
    audio = EpisodeFile(FileRole.AUDIO, text + ".mp3", "audio/mpeg", 1, "00" * 32)
    when = datetime(2026, 11, 24, tzinfo=UTC)
    safe = "".join(c for c in text if not "\ud800" <= c <= "\udfff")
    odd = Episode(text, text, "s", text, "en", when, 1, (replace(audio, name=safe + ".mp3"),), (), text, text, (text,))

    root = etree.fromstring(write_feed(Show(text, "g", description=text, author=text), [odd], BASE))

    assert [child.tag for child in root[0]].count("item") == 1
    assert len(root.findall("channel/item/enclosure")) == 1


def test_a_description_fits_apple(show: Show) -> None:
    """A show's description is at most 4,000 bytes, cut between characters."""
    text = first(write_feed(replace(show, description="é" * 3000), [], BASE), "description")

    assert 3_990 < len(text.encode()) <= 4_000
    assert text.endswith("é…")


def bare(_show: Show, _episode: Episode) -> bytes:
    """An unnamed show without episodes, at the address `serve` serves it."""
    return write_feed(new_show("", "0b0d8a4e-7c55-4f0c-9a52-2a1b6f9b6f11", "en"), [], "http://localhost:8642/articles/")


def full(show: Show, episode: Episode) -> bytes:
    """Everything a feed can carry."""
    return write_feed(show, [episode], BASE)


def unlisted(show: Show, episode: Episode) -> bytes:
    """Two episodes, serial, not listed, one of them with hostile text."""
    odd = replace(
        episode, guid="odd", slug="odd", title="]]> & <b>", files=episode.files[:1], chapters=(), url="", authors=()
    )
    older = replace(odd, published=episode.published - timedelta(days=1), description_html="<p>1 ]]> 0</p>")
    return write_feed(replace(show, listed=False, type="serial", link=""), [older, episode], BASE)


@pytest.mark.parametrize("make", [bare, full, unlisted])
def test_the_golden_feeds(show: Show, episode: Episode, make: Callable[[Show, Episode], bytes]) -> None:
    """Whole feeds, read by a person once: byte for byte, but for narrate's version."""
    data = re.sub(rb"narrate [^<]+", b"narrate VERSION", make(show, episode))

    assert data.decode() == (GOLDEN / f"{make.__name__}.xml").read_text(encoding="utf-8")
