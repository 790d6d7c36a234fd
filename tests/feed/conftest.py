"""A show and an episode with everything a feed can carry."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from narrate.model import (
    Chapter,
    Episode,
    EpisodeFile,
    FileRole,
    Frequency,
    Person,
    Recommendation,
    Show,
    Soundbite,
    WebLink,
)

GUID = "917393e3-1b1e-5cef-ace4-edaa54e1f810"
OTHER = "9b024349-ccf0-5f69-a609-6b82873eab3c"
BASE = "https://pods.example.org/reads/"


@pytest.fixture
def show() -> Show:
    """A show whose every field is set."""
    return Show(
        title="Long reads",
        guid=GUID,
        language="en-GB",
        description="Essays & reports, read aloud.",
        author="Ann Example",
        owner_name="Ann B. Example",
        owner_email="ann@example.org",
        category="Society & Culture > Philosophy",
        base_url=BASE,
        link="https://example.org/reads?from=feed",
        cover="cover-1a2b.jpg",
        second_category="Arts > Books",
        copyright="Ann Example",
        licence="CC-BY-4.0",
        licence_url="https://creativecommons.org/licenses/by/4.0/",
        new_feed_url=f"{BASE}feed.xml",
        season=2,
        update_frequency=Frequency("Mondays", "FREQ=WEEKLY;BYDAY=MO"),
        persons=(Person("Ann Example", "host", "cast", "https://example.org/ann", "https://example.org/ann.jpg"),),
        funding=(WebLink("https://example.org/support", "Support the show"), WebLink("https://example.org/shop")),
        podroll=(Recommendation(OTHER, "https://other.example/feed.xml", "Another"), Recommendation(GUID)),
        listed=True,
        named=True,
    )


@pytest.fixture
def episode() -> Episode:
    """An episode with every file, chapter and fact."""
    return Episode(
        guid="b7a1c2de-0000-4000-8000-000000000001",
        identity="https://example.org/a",
        slug="the-dark-web",
        title="The dark web",
        language="en",
        published=datetime(2026, 11, 24, 4, 12, 30, tzinfo=UTC),
        duration_ms=262_501,
        files=(
            EpisodeFile(FileRole.AUDIO, "the-dark-web.mp3", "audio/mpeg", 3_150_123, "ab" * 32),
            EpisodeFile(FileRole.COVER, "cover.jpg", "image/jpeg", 81_000, "02" * 32),
            EpisodeFile(FileRole.TRANSCRIPT_JSON, "the-dark-web.json", "application/json", 9_000, "03" * 32),
            EpisodeFile(FileRole.SRT, "the-dark-web.srt", "application/x-subrip", 5_000, "04" * 32),
            EpisodeFile(FileRole.VTT, "the-dark-web.vtt", "text/vtt", 5_100, "05" * 32),
            EpisodeFile(FileRole.CHAPTERS, "chapters.json", "application/json+chapters", 600, "06" * 32),
            EpisodeFile(FileRole.PAGE, "index.html", "text/html", 7_000, "07" * 32),
            EpisodeFile(FileRole.AUDIO, "the-dark-web.opus", "audio/ogg", 1_000_001, "cd" * 32),
        ),
        chapters=(
            Chapter(0, 59_120, "Introduction", "s1"),
            Chapter(59_120, 262_501, "What is it?", "s4", "https://example.org/a#what"),
        ),
        summary="It is hidden.",
        description_html='<p>It is hidden.</p>\n<p>00:00:00 Introduction<br/></p>\n<a href="{episode_url}">Page</a>',
        authors=("Jo Writer", "Flo Writer"),
        url="https://example.org/a?x=1&y=2",
        number=7,
        season=2,
        type="bonus",
        licence="my-own",
        licence_url="https://example.org/terms",
        persons=(Person("Eve Example", "translator"),),
        soundbites=(Soundbite(59_120, 30_000, "What it is"), Soundbite(262_000, 9_000), Soundbite(300_000, 1)),
        content_links=(WebLink("https://video.example/a", "Watch it"),),
    )
