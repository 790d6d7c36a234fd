"""Imports that fail: what fails is kept with its reason and tried again, and nothing of a show is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from tests.pipeline.importer import NOON, Importer, importing

from narrate.errors import ShowError, StorageError
from narrate.pipeline.choosing import Terms
from narrate.pipeline.importing import LOCK, Wish, import_lists
from narrate.pipeline.making import make
from narrate.pipeline.memory import NAME, recalled
from narrate.runtime.fetch import fetch
from narrate.runtime.locks import locked
from narrate.runtime.pacing import Pace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.pipeline.conftest import Workshop

    from narrate.pipeline.choosing import Item
    from narrate.pipeline.importing import Imported


@pytest.fixture
def at(workshop: Workshop) -> Iterator[Importer]:
    """An importer of a blog."""
    with importing(workshop) as importer:
        yield importer


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


def test_lists_within_lists_end_somewhere(at: Importer) -> None:
    """A server that makes up list after list is followed a few levels, not for ever."""
    for number in range(20):
        at.blog.put(f"/{number}", f'<opml><body><outline xmlUrl="{at.blog.address}/{number + 1}"/></body></opml>')
    found = at.run(f"{at.blog.address}/0")

    assert len(at.blog.paths()) <= 4
    assert found.lists[-1].outcome == "skipped"


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


def test_an_interrupted_import_has_not_dealt_with_its_list(at: Importer, monkeypatch: pytest.MonkeyPatch) -> None:
    """What its server said counts once all of it is dealt with: else the rest would never be asked for again."""
    feed = at.blog.feed(at.blog.item(1), at.blog.item(2))
    from narrate.pipeline import importing as pipeline

    def once(*given: Any) -> Any:  # noqa: ANN401 - of many types
        if at.heard:
            raise KeyboardInterrupt
        return make(*given)

    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "make", once)
        with pytest.raises(KeyboardInterrupt):
            at.run(feed)

    assert at.fates(feed) == {"Post 1": "unchanged", "Post 2": "made"}


@pytest.mark.parametrize(
    ("status", "lines", "said"),
    [
        (302, {"Location": "/bad"}, "is redirected more than"),
        (302, {"Location": "file:/etc/passwd"}, "no address on the web"),
        (200, {"Content_Length": "10000000000"}, "is larger than"),
        (200, {"Content_Encoding": "gzip"}, "cannot be unpacked"),
        (410, {}, "is gone"),
    ],
)
def test_what_servers_do_to_lists_and_pages_changes_nothing(
    at: Importer, status: int, lines: dict[str, str], said: str
) -> None:
    """A list or a page that leads round in circles, out of the web, is endless or broken: a reason, all as it was."""
    at.run(at.blog.feed(at.blog.item(1)))
    before = {name: data for name, data in at.shop.files().items() if name != NAME}
    bad = at.blog.put("/bad", "words", status, **lines)
    feed = at.blog.feed(at.blog.item(1), at.blog.item(2, whole=False).replace("/post2", "/bad"))
    found = at.run(bad, feed)

    assert said in found.lists[0].reason
    assert [said in item.reason for item in found.items if item.fate.value == "failed"] == [True]
    assert {name: data for name, data in at.shop.files().items() if name != NAME} == before


def test_lists_of_private_addresses_are_not_asked_for(at: Importer) -> None:
    """Unless that is allowed: a list from the web must not have narrate ask machines at home."""
    feed = at.blog.feed(at.blog.item(1))
    tools = replace(at.shop.tools(), fetch=Pace(fetch, 0))
    found = import_lists(Wish((feed,), Terms(NOON)), at.shop.settings(), tools, lambda _: None, at.heard.append)

    assert "--allow-private" in found.lists[0].reason
    assert at.blog.asked == []


def test_a_thousand_failures_do_not_write_a_thousand_times(at: Importer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each would write all of them again; an import that is stopped has them on the disk all the same."""
    links = "".join(f"{at.blog.address}/gone{number}\n" for number in range(40))
    wish = Wish((str(at.shop.write("list.txt", links)),), Terms(NOON))
    written: list[int] = []
    from narrate.pipeline.memory import Memory

    remember = Memory.remember

    def counting(memory: Memory, folder: Path) -> None:
        written.append(len(memory.failed))
        remember(memory, folder)

    def stop(item: Item) -> None:
        if item.entry.url.endswith("gone30"):
            raise KeyboardInterrupt

    monkeypatch.setattr(Memory, "remember", counting)
    tools = replace(at.shop.tools(), fetch=Pace(partial(fetch, private=True), 0))
    with pytest.raises(KeyboardInterrupt):
        import_lists(wish, at.shop.settings(), tools, lambda _: None, stop)

    assert len(written) <= 3
    assert len(recalled(at.shop.show).failed) == 31
