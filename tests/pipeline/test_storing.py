"""What is set once and stays, what is said of a remake, and what titles can do to a feed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape
from io import BytesIO
from typing import TYPE_CHECKING, Any

import feedparser
import podcastparser
import pytest
from lxml import etree, html

from narrate.pipeline.naming import free_moment
from narrate.pipeline.order import Facts, Limits, Numbering, Order, Outcome
from narrate.pipeline.shows import change_show, existing_show, rebuild, remove

if TYPE_CHECKING:
    from pathlib import Path

    from tests.pipeline.conftest import Workshop

    from narrate.pipeline.order import Made

TEXT = "# Bread\n\nBread is old.\n"


def made(workshop: Workshop, article: Path, **order: object) -> Made:
    """The one that is made of an article."""
    (one,) = workshop.order(replace(Order((str(article),)), **order)).made  # type: ignore[arg-type] # of each field's kind
    return one


def numbers(workshop: Workshop) -> list[tuple[int, int]]:
    """Seasons and numbers, the newest first."""
    return [(brief.season, brief.number) for brief in existing_show(workshop.show).newest_first()]


def test_a_remake_says_that_apps_keep_what_they_have(workshop: Workshop) -> None:
    """Only where there is another sound: not the first time, not where nothing or only the text beside it changes."""
    article = workshop.write("bread.md", TEXT)
    first = made(workshop, article)
    same = made(workshop, article)
    workshop.write("bread.md", TEXT.replace("old", "very old"))
    again = made(workshop, article)
    other = made(workshop, article, new=True)

    assert [one.outcome for one in (first, same, again, other)] == ["new", "unchanged", "remade", "new"]
    assert [any("--new makes another" in each for each in one.warnings) for one in (first, same, again, other)] == [
        False,
        False,
        True,
        False,
    ]


def test_no_two_episodes_have_one_date(workshop: Workshop) -> None:
    """Apps sort by date: of episodes made in one second each has a second of its own, in the order they were made."""
    articles = [workshop.write(f"{number}.md", f"# Pie {number}\n\nPie.\n") for number in range(4)]
    dates = [one.episode.published for one in workshop.make(*articles).made]

    assert dates == sorted(set(dates))
    assert [entry.title for entry in feedparser.parse(workshop.show / "feed.xml").entries][-1] == "Pie 0"


def test_a_date_is_never_to_come(workshop: Workshop) -> None:
    """Where this second is taken, the next is waited for."""
    workshop.make(workshop.write("bread.md", TEXT))
    waited: list[float] = []
    clock = [workshop.clock]

    def wait(seconds: float) -> None:
        waited.append(seconds)
        clock[0] += timedelta(seconds=1)

    tools = replace(workshop.tools(), wait=wait, now=lambda: clock[0])
    moment = free_moment(existing_show(workshop.show), tools)

    assert moment == clock[0] == workshop.clock + timedelta(seconds=1)
    assert [0 < seconds <= 1 for seconds in waited] == [True]


def test_a_clock_that_was_wrong_does_not_stop_the_next(workshop: Workshop) -> None:
    """After an episode of tomorrow, one of today has today's date."""
    workshop.clock += timedelta(days=1)
    workshop.make(workshop.write("bread.md", TEXT))
    workshop.clock -= timedelta(days=1)
    later = workshop.make(workshop.write("cake.md", "# Cake\n\nCake.\n")).made[0].episode

    assert later.published == workshop.clock


def test_a_number_is_given_once(workshop: Workshop) -> None:
    """Removed or left out of the feed: the next episode has the next number all the same."""
    articles = [workshop.write(f"{number}.md", f"# Pie {number}\n\nPie.\n") for number in range(4)]
    workshop.make(*articles[:3])
    remove(workshop.show, ["pie-2", "pie-1"])
    made(workshop, articles[3], limits=Limits(keep=1))
    made(workshop, articles[2])

    assert numbers(workshop) == [(0, 5), (0, 4), (0, 1)]


def test_seasons_number_from_one(workshop: Workshop) -> None:
    """A serial show: each season counts anew, a number can be asked for, and a remake keeps both."""
    articles = [workshop.write(f"{number}.md", f"# Pie {number}\n\nPie.\n") for number in range(4)]
    workshop.make(articles[0])
    change_show(workshop.show, "type", "serial")
    change_show(workshop.show, "season", "2")
    workshop.make(articles[1])
    made(workshop, articles[2], numbering=Numbering(number=10))
    made(workshop, articles[3], numbering=Numbering(season=3))
    workshop.make(articles[2])

    assert numbers(workshop) == [(3, 1), (2, 10), (2, 1), (0, 1)]
    entries = feedparser.parse(workshop.show / "feed.xml").entries
    assert [(entry.get("itunes_season"), entry.itunes_episode) for entry in entries] == [
        ("3", "1"),
        ("2", "10"),
        ("2", "1"),
        (None, "1"),
    ]


def test_a_title_changed_by_hand_takes_its_old_picture_away(workshop: Workshop) -> None:
    """The drawn picture of the old title goes; a picture of one's own stays."""
    workshop.make(workshop.write("bread.md", TEXT))
    (drawn,) = workshop.show.glob("cover-*.jpg")
    (workshop.show / "cover-mine.jpg").write_bytes(b"mine")
    settings = workshop.show / "show.toml"
    settings.write_text(settings.read_text("utf-8").replace('# title = "Narrated articles"', 'title = "Loaf"'), "utf-8")
    rebuild(workshop.show)
    pictures = {path.name for path in workshop.show.glob("cover-*")}

    assert drawn.name not in pictures
    assert len(pictures) == 2
    assert "cover-mine.jpg" in pictures


TITLES = {
    "signs": "Tom & Jerry <b>fight</b> \"at\" 'noon' ]]> & &amp; <![CDATA[",
    "controls": "Bell\x07 and\x1b[31m null\x00 and \x0b\x0c\x85 end",
    "emoji": "👩‍👩‍👧‍👦 Family 🏳️‍🌈 𝒳",
    "right to left": "\u200f\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd\u200e — \u0645\u0631\u062d\u0628\u0627",
    "long": "Word " * 2_000,
    "no letters": "!!! ??? …",
    "not characters": "A\ufffe\uffff\ud800 B",
}


@pytest.mark.parametrize("name", TITLES)
def test_any_title_is_read_as_it_is_meant(workshop: Workshop, name: str) -> None:
    """From the article to feedparser, podcastparser and the page: nothing but what XML cannot hold is lost."""
    article = workshop.write("bread.md", TEXT)
    one = made(workshop, article, facts=Facts(title=TITLES[name]))
    data = (workshop.show / "feed.xml").read_bytes()
    (entry,) = feedparser.parse(BytesIO(data)).entries
    (cast,) = podcastparser.parse("https://example.org/feed.xml", BytesIO(data))["episodes"]
    title = str(etree.fromstring(data).findtext("channel/item/title"))
    page: Any = html.fromstring((workshop.show / "index.html").read_bytes())
    listed = page.xpath("//main//li//h3")[0].text_content()

    assert one.outcome is Outcome.NEW
    assert not feedparser.parse(BytesIO(data)).bozo
    assert entry.id == cast["guid"] == one.episode.guid
    assert len(title) <= 255
    meant = [word for word in TITLES[name][:200].split() if word.isalnum()]
    assert all(word in title and word in listed for word in meant)
    assert cast["title"].split() == title.split()
    if name == "signs":
        assert title == listed == TITLES[name]
        assert unescape(entry.title) == unescape(title)  # it takes a title for HTML
    assert (workshop.show / one.episode.slug).is_dir()
    assert one.episode.slug.isascii()
    assert rebuild(workshop.show).count == 1


def test_an_old_date_with_another_offset_sorts_by_its_moment(workshop: Workshop) -> None:
    """A manifest may have its date with any offset."""
    workshop.make(workshop.write("bread.md", TEXT))
    workshop.clock += timedelta(hours=1)
    workshop.make(workshop.write("cake.md", "# Cake\n\nCake.\n"))
    path = workshop.show / "bread/episode.json"
    path.write_text(path.read_text("utf-8").replace("2026-11-24T12:00:00+00:00", "2026-11-24T23:30:00+11:00"), "utf-8")
    rows = rebuild(workshop.show).newest_first()

    assert [brief.title for brief in rows] == ["Cake", "Bread"]
    assert rows[1].published == datetime(2026, 11, 24, 12, 30, tzinfo=UTC)
