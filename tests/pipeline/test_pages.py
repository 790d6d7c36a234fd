"""Long shows: what is written when an episode is added, changed or removed, and that it is what all anew would be."""

from __future__ import annotations

import shutil
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import feedparser
import podcastparser
import pytest
from lxml import etree, html
from tests.pipeline.shelves import SHOW, episode_of, put, show_of

from narrate.episode import dump_manifest
from narrate.errors import ShowError
from narrate.pipeline.order import Limits
from narrate.pipeline.shows import change_show, changed, existing_show, feed_for, in_feed, rebuild, remove, rewritten

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from narrate.model.brief import Brief

BASE = SHOW.base_url
INDEX = ".staging/index"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A show of 350 episodes: one page of 150, two of 100."""
    folder = show_of(tmp_path_factory.mktemp("shows") / "many", 350)
    rebuild(folder)
    return folder


@pytest.fixture
def show(made: Path, tmp_path: Path) -> Path:
    """A copy of it, dates of files and all."""
    return shutil.copytree(made, tmp_path / "many")


def pages(folder: Path) -> dict[str, bytes]:
    """Feeds and pages of a show."""
    found = sorted((*folder.glob("*.xml"), *folder.glob("*.html")))
    return {path.name: path.read_bytes() for path in found}


def written(folder: Path) -> set[str]:
    """What a command would have written again: names of pages whose bytes are not those of all written anew."""
    here = pages(folder)
    (folder / INDEX).unlink()
    for name in here:
        (folder / name).unlink()
    rebuild(folder)
    anew = pages(folder)
    return {name for name in here.keys() | anew.keys() if here.get(name) != anew.get(name)}


def stamps(folder: Path) -> dict[str, int]:
    """When each page was written."""
    return {name: (folder / name).stat().st_mtime_ns for name in pages(folder)}


def touched(folder: Path, before: dict[str, int]) -> set[str]:
    """The pages that were written since."""
    return {name for name, mtime in stamps(folder).items() if before.get(name) != mtime}


def add(folder: Path, *numbers: int) -> tuple[Brief, ...]:
    """Episodes added as `narrate make` adds them, one after the other; what left the feed with the last."""
    for number in numbers:
        with changed(folder) as change:
            episode = episode_of(number)
            change.stage(f"{episode.slug}/episode.json", dump_manifest(episode))
            change.library = change.library.with_episode(episode)
    return change.pruned


def walked(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The documents of a feed as an app comes by them, from one ``next`` to the next."""
    name = "feed.xml"
    while name:
        data = (folder / name).read_bytes()
        yield name, data
        following: Any = etree.fromstring(data).xpath(
            "/rss/channel/a:link[@rel='next']/@href", namespaces={"a": "http://www.w3.org/2005/Atom"}
        )
        name = urlsplit(following[0]).path.rpartition("/")[2] if following else ""


def test_every_episode_is_found_page_by_page(show: Path) -> None:
    """`next` leads from the newest to the oldest; feedparser finds each episode once, podcastparser each next."""
    documents = list(walked(show))
    found = [entry.id for _, data in documents for entry in feedparser.parse(BytesIO(data)).entries]
    following = [podcastparser.parse(BASE + name, BytesIO(data)).get("paged_feed_next") for name, data in documents]

    assert [name for name, _ in documents] == ["feed.xml", "feed-0002.xml", "feed-0001.xml"]
    assert found == [episode_of(number).guid for number in range(350, 0, -1)]
    assert following == [f"{BASE}feed-0002.xml", f"{BASE}feed-0001.xml", None]


def test_links_are_those_of_rfc_5005(show: Path) -> None:
    """A paged feed for podcast apps, and an archived one for readers that know it; pages name the feed they are of."""
    names = {"a": "http://www.w3.org/2005/Atom", "fh": "http://purl.org/syndication/history/1.0"}
    links = {}
    for name, data in walked(show):
        channel = etree.fromstring(data)[0]
        links[name] = {
            link.get("rel"): str(link.get("href")).removeprefix(BASE) for link in channel.iterfind("a:link", names)
        }
        assert (channel.find("fh:archive", names) is not None) == (name != "feed.xml")

    assert links["feed.xml"] == {
        "self": "feed.xml",
        "first": "feed.xml",
        "next": "feed-0002.xml",
        "last": "feed-0001.xml",
        "prev-archive": "feed-0002.xml",
    }
    assert links["feed-0002.xml"] == {
        "self": "feed-0002.xml",
        "current": "feed.xml",
        "first": "feed.xml",
        "prev": "feed.xml",
        "next": "feed-0001.xml",
        "prev-archive": "feed-0001.xml",
    }
    assert links["feed-0001.xml"] == {
        "self": "feed-0001.xml",
        "current": "feed.xml",
        "first": "feed.xml",
        "prev": "feed-0002.xml",
        "next-archive": "feed-0002.xml",
    }


def test_the_pages_of_the_show_lead_to_each_episode(show: Path) -> None:
    """From page to page as from the list of all: every episode's page is linked, the newest first."""
    slugs = [f"episode-{number}/index.html" for number in range(350, 0, -1)]
    through: list[str] = []
    name = "index.html"
    while name:
        page: Any = html.fromstring((show / name).read_bytes())
        through += [link for link in page.xpath("//main//li//a/@href") if link.startswith("episode-")]
        name = next(iter(page.xpath("//a[@rel='next']/@href")), "")
    listed = html.fromstring((show / "episodes.html").read_bytes()).xpath("//main//li//a/@href")

    assert through == slugs
    assert listed == slugs


def test_nothing_is_written_where_nothing_has_changed(show: Path) -> None:
    """A second command writes no page."""
    before = stamps(show)
    rebuild(show)

    assert touched(show, before) == set()


def test_an_episode_more_is_written_into_the_newest_page(show: Path) -> None:
    """Older pages are not touched, and what is written is byte for byte what all anew would be."""
    before = stamps(show)
    add(show, 351, 352)

    assert touched(show, before) == {"feed.xml", "index.html", "episodes.html"}
    assert written(show) == set()


def test_the_hundredth_begins_a_page(show: Path) -> None:
    """The newest page is halved; the page before the new one learns of it, and older ones are not touched."""
    add(show, *range(351, 400))
    before = stamps(show)
    add(show, 400)

    pages_of = {"feed-0003.xml", "index-0003.html", "feed-0002.xml", "index-0002.html"}
    assert touched(show, before) == {"feed.xml", "index.html", "episodes.html", *pages_of}
    assert feedparser.parse(show / "feed.xml").entries[-1].id == episode_of(301).guid
    assert written(show) == set()


def test_an_old_episode_that_is_remade_changes_its_page(show: Path) -> None:
    """Its page and, where its title or length changed, the list of all; not the feed."""
    before = stamps(show)
    put(show, [episode_of(42, title="Another title")])
    rebuild(show)

    assert touched(show, before) == {"feed-0001.xml", "index-0001.html", "episodes.html"}
    assert written(show) == set()


def test_an_old_episode_that_is_removed_moves_those_after_it(show: Path) -> None:
    """No page before it is touched; every page is what it would be had the episode never been."""
    before = stamps(show)
    remove(show, ["episode-142"])

    assert touched(show, before) == {
        "feed.xml",
        "index.html",
        "feed-0002.xml",
        "index-0002.html",
        "episodes.html",
    }
    assert len(feedparser.parse(show / "feed.xml").entries) == 149
    assert written(show) == set()


def test_a_show_that_shrinks_has_one_page_again(show: Path) -> None:
    """Pages that are not needed any more go, and a file that is not narrate's stays."""
    (show / "feed-2019.xml").write_text("mine")
    remove(show, [f"episode-{number}" for number in range(1, 152)])

    assert set(pages(show)) == {"feed.xml", "index.html", "feed-2019.xml"}
    assert len(feedparser.parse(show / "feed.xml").entries) == 199


def test_a_setting_of_the_show_is_in_every_page(show: Path) -> None:
    """A title that changes is written into pages of older episodes too."""
    change_show(show, "title", "More")

    titles = {feedparser.parse(BytesIO(data)).feed.title for _, data in walked(show)}
    assert titles == {"More"}
    assert written(show) == set()


@pytest.mark.parametrize("harm", ["deleted", "altered", "emptied", "cut"])
def test_the_index_may_be_lost(show: Path, harm: str) -> None:
    """It is made again: what is written then is what was written before."""
    before = pages(show)
    index = show / INDEX
    text = index.read_text("ascii")
    harmed = {"altered": text.replace("Episode & number 7", "Episode & number 8"), "cut": text[:-50]}
    index.unlink()
    if harm != "deleted":
        index.write_text(harmed.get(harm, ""), "ascii")
    rebuild(show)

    assert pages(show) == before
    assert index.read_text("ascii") != harmed.get(harm)


@pytest.mark.parametrize("name", ["feed.xml", "feed-0001.xml", "index-0002.html", "episodes.html"])
def test_a_page_that_is_lost_or_altered_is_written_again(show: Path, name: str) -> None:
    """Whatever somebody does to a page, the next command puts it right."""
    before = pages(show)
    (show / name).write_bytes(before[name] + b" ")
    rebuild(show)
    altered = pages(show)
    (show / name).unlink()
    rebuild(show)

    assert altered == before
    assert pages(show) == before


def test_a_manifest_that_is_changed_by_hand_counts_at_once(show: Path) -> None:
    """Whatever command comes next sees it, and a command that only lists does not hide it from one that writes."""
    put(show, [episode_of(7, title="Seven")])
    titles = {brief.slug: brief.title for brief in existing_show(show).newest_first()}
    rebuild(show)

    assert titles["episode-7"] == "Seven"
    assert b"<title>Seven</title>" in (show / "feed-0001.xml").read_bytes()
    assert written(show) == set()


def test_folders_that_come_and_go_are_seen(show: Path) -> None:
    """An episode's folder that is copied in or deleted by hand is in the feed, or is not."""
    shutil.rmtree(show / "episode-350")
    put(show, [episode_of(900)])
    rebuild(show)

    assert feedparser.parse(show / "feed.xml").entries[0].id == episode_of(900).guid
    assert b"episode-350" not in (show / "feed.xml").read_bytes()
    assert written(show) == set()


def test_a_feed_page_is_served_for_any_address(show: Path) -> None:
    """Each document as it is at another address, where it names itself and its neighbours."""
    for name, stored in walked(show):
        asked = feed_for(show, "http://192.168.1.7:8642/many/", name)
        assert asked == stored.replace(BASE.encode(), b"http://192.168.1.7:8642/many/")
    with pytest.raises(ShowError, match=r"there is no 'feed-0009\.xml'"):
        feed_for(show, BASE, "feed-0009.xml")


def test_keep_prunes_the_feed_and_says_so(show: Path) -> None:
    """Old episodes leave the feed, each by name and once; folders stay; lifted, they are back."""
    before = pages(show)
    library, pruned = rewritten(show, Limits(keep=250))
    again = rewritten(show, Limits())
    found = [entry.id for _, data in walked(show) for entry in feedparser.parse(BytesIO(data)).entries]

    assert [brief.slug for brief in pruned] == [f"episode-{number}" for number in range(1, 101)]
    assert again.pruned == ()
    assert (library.count, in_feed(library)) == (350, 250)
    assert found == [episode_of(number).guid for number in range(350, 100, -1)]
    assert not (show / "feed-0001.xml").exists()
    assert (show / "episode-1/episode.json").exists()
    assert written(show) == set()

    rewritten(show, Limits(keep=0))
    assert {name: data for name, data in pages(show).items() if name != "show.toml"} == before


def test_with_a_limit_each_new_episode_pushes_one_out(show: Path) -> None:
    """It is told by name, and only the oldest page changes beside the newest."""
    rewritten(show, Limits(keep=260))
    before = stamps(show)
    pruned = add(show, 351)

    assert [brief.slug for brief in pruned] == ["episode-91"]
    assert touched(show, before) == {"feed.xml", "index.html", "episodes.html", "feed-0001.xml", "index-0001.html"}
    assert written(show) == set()


def test_max_age_prunes_by_date(show: Path) -> None:
    """Episodes of more than so many days leave the feed, by the clock that is handed in."""
    now = episode_of(350).published
    with changed(show, now=now) as change:
        change.library = replace(change.library, show=replace(change.library.show, max_age_days=2))

    entries = feedparser.parse(show / "feed.xml").entries
    assert [entry.id for entry in entries] == [episode_of(number).guid for number in range(350, 301, -1)]
    assert len(change.pruned) == 301
