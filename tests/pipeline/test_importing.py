"""Importing from a site on this machine: what is new is made once, what fails is kept, what changed is asked for."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import feedparser
import pytest
from tests.pipeline.blog import serving, text

from narrate.errors import ShowError, StorageError, UsageError
from narrate.pipeline.choosing import Terms
from narrate.pipeline.importing import LOCK, Wish, import_lists
from narrate.pipeline.making import make
from narrate.pipeline.memory import NAME, recalled
from narrate.pipeline.order import Order
from narrate.pipeline.shows import existing_show, remove
from narrate.runtime.fetch import fetch
from narrate.runtime.locks import locked
from narrate.runtime.pacing import Pace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.pipeline.blog import Blog
    from tests.pipeline.conftest import Workshop

    from narrate.pipeline.choosing import Item
    from narrate.pipeline.importing import Imported

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@dataclass(slots=True)
class Importer:
    """Imports from a blog into a workshop's show, and says what became of each entry."""

    shop: Workshop
    blog: Blog
    now: datetime = NOON
    heard: list[Item] = field(default_factory=list)

    def run(self, *sources: str, edition: bool = False, dry_run: bool = False, **terms: Any) -> Imported:  # noqa: ANN401 - of many types
        """Import; each second of the show's clock is another."""
        self.heard.clear()
        self.now += timedelta(minutes=1)
        self.shop.clock = self.now
        pace = Pace(partial(fetch, private=True), 0)
        tools = replace(self.shop.tools(), fetch=pace)
        wish = Wish(sources, Terms(self.now, **terms), dry_run, edition)
        return import_lists(wish, self.shop.settings(), tools, lambda _: None, self.heard.append)

    def fates(self, *sources: str, **wishes: Any) -> dict[str, str]:  # noqa: ANN401 - of many types
        """What became of each entry, by its title."""
        return {item.entry.title: item.fate.value for item in self.run(*sources, **wishes).items}

    def titles(self) -> list[str]:
        """The titles in the feed, the newest first, as an app reads them."""
        read = feedparser.parse((self.shop.show / "feed.xml").read_bytes())
        assert not read.bozo
        assert len({entry.id for entry in read.entries}) == len(read.entries)
        return [entry.title for entry in read.entries]


@pytest.fixture
def at(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> Iterator[Importer]:
    """An importer, with small pictures."""
    monkeypatch.setattr("narrate.pipeline.changing.SHOW_PX", 300)
    monkeypatch.setattr("narrate.pipeline.packing.EPISODE_PX", 300)
    for place in ("entries", "confining"):  # a process for each page is what takes long; test_confining.py has them
        monkeypatch.setattr(f"narrate.pipeline.{place}.confined", lambda function, *given, **_: function(*given))
    with serving() as blog:
        yield Importer(workshop, blog)


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


def test_a_failure_is_kept_with_its_reason_and_tried_again(at: Importer) -> None:
    """At once with the next run, then ever later; the list need not be sent again for it."""
    feed = at.blog.feed(at.blog.item(1), at.blog.item(2, whole=False))
    page = at.blog.pages["/post2"]
    at.blog.put("/post2", "", status=500)
    first = at.run(feed)
    second = at.run(feed)
    third = at.run(feed)
    at.now += timedelta(hours=2)
    at.blog.pages["/post2"] = page
    fourth = at.run(feed)

    def told(found: Imported) -> list[tuple[str, bool]]:
        return [(item.fate.value, item.retryable) for item in found.items if item.entry.title == "Post 2"]

    assert [told(each) for each in (first, second, third, fourth)] == [
        [("failed", True)],
        [("failed", True)],
        [("skipped", True)],
        [("made", False)],
    ]
    assert "HTTP 500" in next(item.reason for item in first.items if item.fate.value == "failed")
    assert first.failed
    assert not third.failed
    assert recalled(at.shop.show).failed == {}


def test_what_will_not_pass_is_tried_again_by_wish_only(at: Importer) -> None:
    """A page that is gone stays gone, until somebody says --retry."""
    feed = at.blog.feed(at.blog.item(1, whole=False))
    page = at.blog.pages.pop("/post1")
    first = at.run(feed)
    at.blog.pages["/post1"] = page

    assert [(item.fate.value, item.retryable) for item in first.items] == [("failed", False)]
    assert at.fates(feed) == {"Post 1": "skipped"}
    assert at.fates(feed, retry=True) == {"Post 1": "made"}


def test_an_entry_that_failed_is_not_lost_when_its_list_forgets_it(at: Importer) -> None:
    """Feeds hold the newest ten; what failed while it was there is remembered whole."""
    feed = at.blog.feed(at.blog.item(1, whole=False))
    page = at.blog.pages["/post1"]
    at.blog.put("/post1", "", status=503, Retry_After="0")
    at.run(feed)
    at.blog.pages["/post1"] = page
    at.blog.feed(at.blog.item(2))

    assert at.fates(feed) == {"Post 1": "made", "Post 2": "made"}
    assert at.titles() == ["Post 2", "Post 1"]


def test_a_server_that_asks_for_time_gets_it(at: Importer) -> None:
    """Retry-After: nothing more is asked of that host in this run, and nothing before its time in the next."""
    items = [at.blog.item(number, whole=False) for number in (1, 2, 3)]
    for number in (1, 2, 3):
        at.blog.put(f"/post{number}", "", status=429, Retry_After="7200")
    feed = at.blog.feed(*items)
    first = at.run(feed)

    assert at.blog.paths() == ["/feed.xml", "/post1"]
    assert [(item.fate.value, item.retryable) for item in first.items] == [("failed", True)] * 3
    assert set(at.fates(feed).values()) == {"skipped"}


def test_one_that_fails_does_not_stop_the_others(at: Importer) -> None:
    """A page without words, one that is gone, one that is whole: the last is made."""
    items = [at.blog.item(number, whole=False) for number in (1, 2, 3)]
    at.blog.put("/post1", "<html><body></body></html>")
    del at.blog.pages["/post2"]

    assert at.fates(at.blog.feed(*items)) == {"Post 1": "failed", "Post 2": "failed", "Post 3": "made"}


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


def test_lists_within_lists_end_somewhere(at: Importer) -> None:
    """A server that makes up list after list is followed a few levels, not for ever."""
    for number in range(20):
        at.blog.put(f"/{number}", f'<opml><body><outline xmlUrl="{at.blog.address}/{number + 1}"/></body></opml>')
    found = at.run(f"{at.blog.address}/0")

    assert len(at.blog.paths()) <= 4
    assert found.lists[-1].outcome == "skipped"


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


def test_an_edition_is_the_day_s_and_stays_one_when_more_comes(at: Importer) -> None:
    """One episode with the day in its title; later that day the same one with more in it, the next day another."""
    feed = at.blog.feed(at.blog.item(1), at.blog.item(2, whole=False))
    first = at.run(feed, edition=True)
    guid = first.items[0].guid
    at.blog.feed(at.blog.item(1), at.blog.item(2, whole=False), at.blog.item(3))
    second = at.run(feed, edition=True)
    script = next(at.shop.show.glob("*/script.yaml")).read_text(encoding="utf-8")
    nothing = at.run(feed, edition=True)
    at.now += timedelta(days=1)
    at.blog.feed(at.blog.item(4))
    at.run(feed, edition=True)

    assert {item.guid for item in (*first.items, *second.items) if item.guid} == {guid}
    assert all(f"Post {number}" in script for number in (1, 2, 3))
    assert nothing.items == ()
    assert at.titles() == ["Rain Blog, November 25, 2026", "Rain Blog, November 24, 2026"]


def test_an_edition_does_not_lose_what_it_has(at: Importer) -> None:
    """While an article of today's edition cannot be had, nothing is added, and nothing published is lost."""
    feed = at.blog.feed(at.blog.item(1, whole=False))
    at.run(feed, edition=True)
    at.blog.feed(at.blog.item(1, whole=False), at.blog.item(2))
    page = at.blog.pages.pop("/post1")
    waiting = at.run(feed, edition=True)
    at.blog.pages["/post1"] = page
    added = at.run(feed, edition=True)

    assert [(item.fate.value, item.retryable) for item in waiting.items if item.entry.title == "Post 2"] == [
        ("failed", True)
    ]
    assert [item.fate.value for item in added.items if item.entry.title == "Post 2"] == ["made"]
    assert len(at.titles()) == 1


def test_an_edition_of_which_nothing_is_remembered_is_left_as_it_is(at: Importer) -> None:
    """Without the hidden file nobody knows what today's edition holds: what comes then is another one."""
    feed = at.blog.feed(at.blog.item(1))
    at.run(feed, edition=True)
    (at.shop.show / NAME).unlink()
    at.blog.feed(at.blog.item(2))
    at.run(feed, edition=True)
    at.blog.feed(at.blog.item(2), at.blog.item(3))
    at.run(feed, edition=True)

    assert len(at.titles()) == 2


def test_an_edition_that_was_interrupted_holds_each_entry_once(at: Importer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed before or after it was published: the next run makes the same edition of the same entries."""
    feed = at.blog.feed(at.blog.item(1), at.blog.item(2))
    from narrate.pipeline import editions

    for moment in ("before", "after"):

        def interrupted(*given: Any, moment: str = moment) -> None:  # noqa: ANN401 - of many types
            if moment == "after":
                make(*given)
            raise KeyboardInterrupt

        with monkeypatch.context() as patch:
            patch.setattr(editions, "make", interrupted)
            with pytest.raises(KeyboardInterrupt):
                at.run(feed, edition=True)

    assert at.fates(feed, edition=True) == {"Post 1": "made", "Post 2": "made"}
    script = next(at.shop.show.glob("*/script.yaml")).read_text(encoding="utf-8")
    assert [script.count(f"roofs of place {part}, and") for part in range(8)] == [2] * 8
    assert len(at.titles()) == 1


def test_what_is_wrong_with_the_disk_ends_the_import(at: Importer, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk is every entry's failure: it is said once, and the entries are as new as before."""
    feed = at.blog.feed(at.blog.item(1), at.blog.item(2))

    def full(*_: object) -> None:
        raise StorageError("cannot write 'x': the disk is full; free some space and run it again")

    with monkeypatch.context() as patch:
        patch.setattr("narrate.pipeline.importing.make", full)
        with pytest.raises(StorageError):
            at.run(feed)

    assert at.fates(feed) == {"Post 1": "made", "Post 2": "made"}


def test_one_import_at_a_time(at: Importer, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second one into the same show says who works there, and leaves everything as it was."""
    monkeypatch.setattr("narrate.pipeline.importing._WAIT_S", 0.1)
    at.run(at.blog.feed(at.blog.item(1)))

    with locked(at.shop.show / LOCK, at.shop.show), pytest.raises(ShowError, match="being changed by another narrate"):
        at.run(at.blog.feed(at.blog.item(2)))
    assert at.titles() == ["Post 1"]


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


def test_an_interrupted_import_has_not_dealt_with_its_list(at: Importer, monkeypatch: pytest.MonkeyPatch) -> None:
    """What its server said counts once all of it is dealt with: else the rest would never be asked for again."""
    feed = at.blog.feed(at.blog.item(1), at.blog.item(2))
    from narrate.pipeline import importing

    def once(*given: Any) -> Any:  # noqa: ANN401 - of many types
        if at.heard:
            raise KeyboardInterrupt
        return make(*given)

    with monkeypatch.context() as patch:
        patch.setattr(importing, "make", once)
        with pytest.raises(KeyboardInterrupt):
            at.run(feed)

    assert at.fates(feed) == {"Post 1": "unchanged", "Post 2": "made"}
