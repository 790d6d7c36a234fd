"""Watching: what appears is made when it is whole, what fails is told once, a network that goes is waited for."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

import pytest
from tests.pipeline.blog import serving

from narrate.errors import FetchError, UsageError
from narrate.pipeline.choosing import Terms
from narrate.pipeline.importing import Wish
from narrate.pipeline.memory import recalled
from narrate.pipeline.watching import LOOK_S, QUIET_S, Clock, Happened, Watch, split_sources, watch
from narrate.runtime.fetch import fetch
from narrate.runtime.pacing import Pace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.pipeline.conftest import Workshop

    from narrate.pipeline.tools import Tools
    from narrate.settings import Settings

WORDS = "# {}\n\nIt rained on the town today, and nobody minded.\n"


class Over(BaseException):
    """The end of what a test watches."""


@dataclass(slots=True)
class Watcher:
    """A watch in a workshop, whose time passes only while it sleeps."""

    shop: Workshop
    fetcher: Callable[..., object] = field(default_factory=lambda: partial(fetch, private=True))
    now_s: float = 1_000_000.0
    heard: list[Happened] = field(default_factory=list)
    steps: dict[int, Callable[[], object]] = field(default_factory=dict)
    naps: int = 0

    def run(self, *folders: Path, sources: tuple[str, ...] = (), naps: int = 6, once: bool = False) -> list[str]:
        """What happened while it slept so many times; `steps` are done after the sleep of their number."""
        self.heard.clear()
        self.naps = 0

        def sleep(seconds: float) -> None:
            self.now_s += seconds
            self.naps += 1
            if self.naps in self.steps:
                self.steps.pop(self.naps)()
            if self.naps >= naps and not once:
                raise Over

        clock = Clock(lambda: self.now_s, sleep, lambda: self.now_s)
        wanted = Watch(Wish(sources, Terms(self.shop.clock)), folders, 60, once)
        with suppress(Over):
            watch(wanted, self.shop.settings(), self.heard.append, self._equip, clock)
        return [f"{event.kind} {event.about}" for event in self.heard]

    def _equip(self, _settings: Settings) -> Tools:
        return replace(self.shop.tools(), fetch=Pace(self.fetcher, 0))  # type: ignore[arg-type] # a fetcher of a test


@pytest.fixture
def at(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> Watcher:
    """A watcher, with small pictures, and readers in this process."""
    monkeypatch.setattr("narrate.episode.cover.SHOW_PX", 300)
    monkeypatch.setattr("narrate.pipeline.packing.EPISODE_PX", 300)
    for place in ("entries", "confining"):
        monkeypatch.setattr(f"narrate.pipeline.{place}.confined", lambda function, *given, **_: function(*given))
    return Watcher(workshop)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """A folder that articles are put into."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def put(folder: Path, name: str, text: str = "", age_s: float = 1e6) -> Path:
    """Put an article there that was written so long ago, as the watcher's clock has it."""
    import os

    path = folder / name
    path.write_text(text or WORDS.format(path.stem.title()))
    os.utime(path, (1_000_000 - age_s, 1_000_000 - age_s))
    return path


def test_what_lies_there_is_made_in_order_and_once(at: Watcher, inbox: Path) -> None:
    """In natural order; what is no article, and hidden files, are passed over; a second watch makes nothing again."""
    for name in ("10.md", "9.md", ".hidden.md", "song.mp3"):
        put(inbox, name)

    assert at.run(inbox, once=True) == ["made 9", "made 10"]
    assert at.run(inbox, once=True) == []


def test_a_file_that_is_being_written_is_left_until_it_is_quiet(at: Watcher, inbox: Path) -> None:
    """As long as it grows it is not made; then all of it is."""
    path = put(inbox, "rain.md", age_s=0)
    at.steps = {
        1: lambda: path.write_text(WORDS.format("Rain") + "\nMore came.\n"),
        2: lambda: path.write_text(WORDS.format("Rain") + "\nMore came.\n\nAnd then it ended.\n"),
    }

    assert at.run(inbox, naps=2 + round(QUIET_S / LOOK_S)) == []
    assert at.run(inbox, naps=3) == ["made Rain"]
    assert "And then it ended." in (at.shop.show / "rain" / "script.yaml").read_text()


def test_a_file_that_changes_is_made_again(at: Watcher, inbox: Path) -> None:
    """The same episode: who it is does not change with its text."""
    put(inbox, "rain.md")
    at.run(inbox, once=True)
    put(inbox, "rain.md", WORDS.format("Rain") + "\nAnd more.\n")

    assert at.run(inbox, once=True) == ["made Rain"]
    assert len(list(at.shop.show.glob("*/episode.json"))) == 1
    assert at.heard[0].made is not None
    assert at.heard[0].made.outcome == "remade"


def test_a_failure_is_told_once_and_tried_again_when_the_file_changes(at: Watcher, inbox: Path) -> None:
    """However often the folder is looked at, and by another watch too."""
    path = put(inbox, "rain.md", " \n")

    assert at.run(inbox, naps=5) == ["failed rain.md"]
    assert at.run(inbox, naps=5) == []
    at.steps = {1: lambda: put(inbox, "rain.md")}
    assert at.run(inbox, naps=5) == ["made Rain"]
    assert path.exists()


def test_a_folder_that_goes_and_comes_back(at: Watcher, inbox: Path) -> None:
    """A drive that is taken out is told once; when it is there again, the watch goes on."""
    gone = inbox.with_name("gone")
    at.steps = {1: lambda: inbox.rename(gone), 4: lambda: gone.rename(inbox), 5: lambda: put(inbox, "rain.md")}

    assert at.run(inbox, naps=7) == [f"unreached {inbox}", f"back {inbox}", "made Rain"]


@pytest.fixture
def lists() -> Iterator[str]:
    """A feed of one post on this machine."""
    with serving() as blog:
        yield blog.feed(blog.item(1))


def test_lists_are_read_every_so_often(at: Watcher, lists: str) -> None:
    """At the start, and when the time has come; what is there already is not told."""
    assert at.run(sources=(lists,), naps=3) == ["made Post 1"]
    assert at.now_s >= 1_000_000 + 2 * 60


def test_a_network_that_goes_is_told_once_and_waited_for(at: Watcher, lists: str) -> None:
    """The watch goes on, and says when the list is reached again."""
    whole = at.fetcher
    at.fetcher = _unreached
    at.steps = {3: lambda: setattr(at, "fetcher", whole)}
    at.shop.clock = at.shop.clock.replace(year=2027)

    told = at.run(sources=(lists,), naps=20)

    assert told == [f"unreached {lists}", "made Post 1", "back Rain Blog"]


def _unreached(*_: object, **__: object) -> None:
    raise FetchError("there is no host blog.example, or no network here; check the address")


def test_a_watch_of_one_look_says_whether_all_went_well(at: Watcher, inbox: Path) -> None:
    """For cron: it ends, and its exit code tells."""
    put(inbox, "rain.md")
    wanted = Watch(Wish((), Terms(at.shop.clock)), (inbox,), 60, once=True)
    clock = Clock(lambda: at.now_s, lambda _: None, lambda: at.now_s)

    assert watch(wanted, at.shop.settings(), at.heard.append, at._equip, clock)
    put(inbox, "sun.md", " ")
    assert not watch(wanted, at.shop.settings(), at.heard.append, at._equip, clock)


def test_nothing_to_watch_is_said(at: Watcher) -> None:
    """No source, and none of an import before."""
    with pytest.raises(UsageError, match="name a feed"):
        at.run()


def test_files_that_are_gone_are_forgotten(at: Watcher, inbox: Path) -> None:
    """What is remembered does not grow for ever."""
    put(inbox, "rain.md")
    at.run(inbox, once=True)
    (inbox / "rain.md").unlink()
    put(inbox, "sun.md")
    at.run(inbox, once=True)

    assert list(recalled(at.shop.show).files) == [str(inbox / "sun.md")]


def test_folders_and_lists_are_told_apart(inbox: Path) -> None:
    """A folder is watched; everything else is a list."""
    assert split_sources((str(inbox), "https://blog.example/feed", "x.opml")) == (
        ("https://blog.example/feed", "x.opml"),
        (inbox,),
    )
