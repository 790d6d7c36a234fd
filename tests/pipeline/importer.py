"""Imports into a workshop's show from a site on this machine, and what became of each entry."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import feedparser
import pytest
from tests.pipeline.blog import serving

from narrate.pipeline.choosing import Terms
from narrate.pipeline.importing import Wish, import_lists
from narrate.runtime.fetch import fetch
from narrate.runtime.pacing import Pace

if TYPE_CHECKING:
    from collections.abc import Iterator

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


@contextmanager
def importing(workshop: Workshop) -> Iterator[Importer]:
    """An importer, with small pictures, and readers in this process: one of its own for each page takes long."""
    with pytest.MonkeyPatch.context() as patch, serving() as blog:
        patch.setattr("narrate.episode.cover.SHOW_PX", 300)
        patch.setattr("narrate.pipeline.packing.EPISODE_PX", 300)
        for place in ("entries", "confining"):
            patch.setattr(f"narrate.pipeline.{place}.confined", lambda function, *given, **_: function(*given))
        yield Importer(workshop, blog)
