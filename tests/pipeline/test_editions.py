"""The entries of a day as one episode."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from tests.pipeline.importer import Importer, importing

from narrate.pipeline.making import make
from narrate.pipeline.memory import NAME

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.pipeline.conftest import Workshop


@pytest.fixture
def at(workshop: Workshop) -> Iterator[Importer]:
    """An importer of a blog."""
    with importing(workshop) as importer:
        yield importer


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
