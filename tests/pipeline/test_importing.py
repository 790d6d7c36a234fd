"""Importing from a site on this machine: what is new is made once, what changed is asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

import pytest
from tests.pipeline.blog import text
from tests.pipeline.importer import Importer, importing

from narrate.errors import UsageError
from narrate.pipeline.making import make
from narrate.pipeline.memory import NAME
from narrate.pipeline.order import Order
from narrate.pipeline.shows import existing_show, remove
from narrate.runtime.fetch import fetch

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.pipeline.conftest import Workshop


@pytest.fixture
def at(workshop: Workshop) -> Iterator[Importer]:
    """An importer of a blog."""
    with importing(workshop) as importer:
        yield importer


def test_new_entries_become_episodes_once_the_oldest_first(at: Importer) -> None:
    """Whole texts are used, teasers are fetched; the next run makes what is new, and nothing twice."""
    feed = at.blog.feed(at.blog.item(1), at.blog.item(2, whole=False))
    first = at.fates(feed)
    asked = at.blog.paths()
    at.blog.feed(at.blog.item(1), at.blog.item(2, whole=False), at.blog.item(3))
    second = at.fates(feed)

    assert first == {"Post 1": "made", "Post 2": "made"}
    assert asked == ["/feed.xml", "/post2"]
    assert second == {"Post 1": "unchanged", "Post 2": "unchanged", "Post 3": "made"}
    assert at.titles() == ["Post 3", "Post 2", "Post 1"]


def test_a_feed_that_has_not_changed_is_not_sent_again(at: Importer) -> None:
    """The server answers 304, and the import is over; without a source those of the last time are read."""
    at.run(at.blog.feed(at.blog.item(1)))
    at.blog.asked.clear()
    again = at.run()

    assert at.blog.asked == [("/feed.xml", 304)]
    assert [(each.outcome, each.reason) for each in again.lists] == [("unchanged", "")]
    assert again.items == ()


def test_facts_of_the_list_are_those_of_the_episode(at: Importer) -> None:
    """The address without what follows readers, the title, and the text as it is written."""
    item = at.blog.item(1).replace("/post1<", "/post1?utm_source=rss&amp;utm_medium=feed#more<")
    (made,) = at.run(at.blog.feed(item)).items
    episode = existing_show(at.shop.show).named("Post 1")

    assert (episode.url, episode.title, episode.guid) == (f"{at.blog.address}/post1", "Post 1", made.guid)
    assert made.audio == at.shop.show / "post-1" / "post-1.mp3"
    assert "It rained for the 1. time" in at.shop.show.joinpath("post-1/script.yaml").read_text(encoding="utf-8")


def test_what_the_maker_removed_does_not_come_back(at: Importer) -> None:
    """Once is once: an entry whose episode was removed stays away."""
    feed = at.blog.feed(at.blog.item(1), at.blog.item(2))
    at.run(feed)
    remove(at.shop.show, ["Post 1"])
    at.blog.feed(at.blog.item(1), at.blog.item(2), at.blog.item(3))

    assert at.fates(feed) == {"Post 1": "unchanged", "Post 2": "unchanged", "Post 3": "made"}


def test_without_its_memory_an_import_knows_what_manifests_tell(at: Importer) -> None:
    """The hidden file may go: an entry whose address an episode has is that episode."""
    feed = at.blog.feed(at.blog.item(1), at.blog.item(2, whole=False))
    at.run(feed)
    for left in (b"{", b'{"version": 99}', b""):
        (at.shop.show / NAME).write_bytes(left)
        assert at.fates(feed) == {"Post 1": "unchanged", "Post 2": "unchanged"}
    (at.shop.show / NAME).unlink()

    assert at.fates(feed) == {"Post 1": "unchanged", "Post 2": "unchanged"}
    assert at.titles() == ["Post 2", "Post 1"]


def test_what_was_made_by_itself_is_not_made_again(at: Importer) -> None:
    """An article that `narrate make` made from its address is the same episode."""
    at.blog.item(1, whole=False)
    tools = replace(at.shop.tools(), fetch=partial(fetch, private=True))
    make(Order((f"{at.blog.address}/post1",)), at.shop.settings(), tools, lambda _: None)

    assert at.fates(at.blog.feed(at.blog.item(1, whole=False))) == {"Post 1": "unchanged"}


def test_the_same_text_at_another_address_is_not_new(at: Importer) -> None:
    """Feeds of planets have the articles of others, and blogs move."""
    at.run(at.blog.feed(at.blog.item(1)))
    other = at.blog.feed(at.blog.item(1, path="/moved"), at.blog.item(2), path="/planet.xml")
    found = at.run(other)

    assert [item.fate.value for item in found.items] == ["unchanged", "made"]
    assert found.items[0].reason == "it is the episode “Post 1”"


def test_pages_that_all_name_their_home_page_are_articles_of_their_own(at: Importer) -> None:
    """Many sites have one canonical address for all: entries must not take each other's place."""
    items = [at.blog.item(number, whole=False) for number in (1, 2)]
    for number in (1, 2):
        page = at.blog.pages[f"/post{number}"]
        link = f'<html><head><link rel="canonical" href="{at.blog.address}/home"></head>'.encode()
        page.data = page.data.replace(b"<html>", link)

    assert at.fates(at.blog.feed(*items)) == {"Post 1": "made", "Post 2": "made"}
    assert at.titles() == ["Post 2", "Post 1"]


def test_entries_that_share_a_page_are_told_apart_by_their_ids(at: Importer) -> None:
    """A blog without pages of its own for its posts links all of them to one."""
    items = [at.blog.item(number, path="/") for number in (1, 2)]
    feed = at.blog.feed(*items)

    assert at.fates(feed) == {"Post 1": "made", "Post 2": "made"}
    at.shop.show.joinpath(NAME).unlink()
    assert at.fates(feed) == {"Post 1": "unchanged", "Post 2": "unchanged"}


def test_an_entry_without_an_address_is_who_its_id_says(at: Importer) -> None:
    """Its text is in the list; the same entry is the same episode."""
    feed = at.blog.feed(
        at.blog.item(1).replace(f"<link>{at.blog.address}/post1</link>", "<link>file:/etc/passwd</link>")
    )

    assert at.fates(feed) == {"Post 1": "made"}
    at.shop.show.joinpath(NAME).unlink()
    assert at.fates(feed) == {"Post 1": "unchanged"}


def test_the_newest_of_a_limit_and_none_before_a_day(at: Importer) -> None:
    """--limit takes the newest and leaves the others for the next run, which the list is sent for again."""
    feed = at.blog.feed(*(at.blog.item(number) for number in (1, 2, 3, 4)))
    old = datetime(2026, 11, 2, tzinfo=UTC)

    assert at.fates(feed, limit=1) == {"Post 1": "skipped", "Post 2": "skipped", "Post 3": "skipped", "Post 4": "made"}
    assert at.fates(feed, limit=1)["Post 3"] == "made"
    assert at.fates(feed, since=old) == {
        "Post 1": "skipped",
        "Post 2": "made",
        "Post 3": "unchanged",
        "Post 4": "unchanged",
    }
    assert at.run(feed, since=old).lists[0].outcome == "unchanged"
    assert at.fates(feed)["Post 1"] == "made"


def test_a_dry_run_changes_nothing(at: Importer) -> None:
    """It says what would be made, and leaves no trace."""
    feed = at.blog.feed(at.blog.item(1), at.blog.item(2, whole=False))

    assert at.fates(feed, dry_run=True) == {"Post 1": "planned", "Post 2": "planned"}
    assert at.blog.paths() == ["/feed.xml"]
    assert not at.shop.show.exists()


def test_a_list_of_feeds_brings_each_of_them_once(at: Importer, tmp_path: Path) -> None:
    """OPML in a file and on the web, feeds that are named twice, one that fails, and a list that names itself."""
    one = at.blog.feed(at.blog.item(1), path="/one.xml")
    two = at.blog.feed(at.blog.item(2), path="/two.xml")
    outlines = "".join(f'<outline type="rss" xmlUrl="{url}"/>' for url in (one, one, f"{at.blog.address}/gone.xml"))
    itself = f'<outline type="include" url="{at.blog.address}/list.opml"/><outline xmlUrl="{two}"/>'
    at.blog.put("/list.opml", f"<opml version='2.0'><body>{itself}</body></opml>")
    mine = tmp_path / "mine.opml"
    mine.write_text(f"<opml><body>{outlines}<outline type='include' url='{at.blog.address}/list.opml'/></body></opml>")
    found = at.run(str(mine))

    assert at.titles() == ["Post 2", "Post 1"]
    assert sorted(at.blog.paths()) == ["/gone.xml", "/list.opml", "/one.xml", "/two.xml"]
    assert [each.outcome for each in found.lists] == ["read", "read", "failed", "read", "read"]
    assert found.failed


def test_addresses_in_a_file_are_made_in_their_order(at: Importer, tmp_path: Path) -> None:
    """A list of addresses, one of them twice."""
    for number in (3, 1):
        at.blog.item(number, whole=False)
    mine = tmp_path / "later.txt"
    mine.write_text(f"{at.blog.address}/post3\n{at.blog.address}/post1\n{at.blog.address}/post3#x\n")

    assert at.fates(str(mine)) == {"Post 3": "made", "Post 1": "made"}
    assert at.titles() == ["Post 1", "Post 3"]


def test_a_page_that_cannot_be_read_leaves_what_the_list_carries(at: Importer) -> None:
    """A short post whose page is a shell of scripts is read from its list."""
    item = at.blog.item(1, whole=False).replace("It rained […]", "It rained on the town today, says the whole post.")
    at.blog.put("/post1", "<html><body><div id='app'></div></body></html>")

    assert at.fates(at.blog.feed(item)) == {"Post 1": "made"}


def test_nothing_to_import_is_said(at: Importer) -> None:
    """Without a source, and without one of the last time."""
    with pytest.raises(UsageError, match="name a feed"):
        at.run()


def test_make_takes_the_entries_of_a_feed(at: Importer) -> None:
    """What `make` is given is made as it is ordered: a feed is the articles in it, the oldest first."""
    feed = at.blog.feed(at.blog.item(1), at.blog.item(2, whole=False))
    tools = replace(at.shop.tools(), fetch=partial(fetch, private=True))
    result = make(Order((feed,)), at.shop.settings(), tools, lambda _: None)
    gone = make(Order((f"{at.blog.address}/gone.xml",)), at.shop.settings(), tools, lambda _: None)

    assert [one.episode.title for one in result.made] == ["Post 1", "Post 2"]
    assert len(gone.failed) == 1
    assert text(1)[:20] == "<p>It rained for the"
