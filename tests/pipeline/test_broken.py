"""A manifest that cannot be read: its episode is left out, the others are not, and nothing of it is lost."""

from __future__ import annotations

import shutil
from datetime import timedelta
from typing import TYPE_CHECKING

import feedparser
import pytest

from narrate.pipeline.order import Outcome
from narrate.pipeline.shows import existing_show, rebuild, told_broken

if TYPE_CHECKING:
    from tests.pipeline.conftest import Workshop

    from narrate.model import Episode

BROKEN = {
    "half": b"{",
    "binary": b"\xff\xfe\0",
    "another's": b'{"a": 1}',
    "deep": b"[" * 100_000,
    "empty": b"",
    "of tomorrow": b'{"narrate_episode": 99}',
}


DEEPER = {
    "a row of files": ('"files":[[', '"files":[[1,'),
    "no sound": ('["audio",', '["cover",'),
    "chapters": ('"chapters":[', '"chapters":[1'),
    "a field more": ('"summary"', '"summery"'),
}


@pytest.fixture
def episode(workshop: Workshop) -> Episode:
    """An episode, and another one in its show."""
    made = workshop.make(workshop.write("bread.md", "# Bread\n\nBread is old.\n")).made[0].episode
    workshop.clock += timedelta(days=1)
    workshop.make(workshop.write("cake.md", "# Cake\n\nCake is new.\n"))
    return made


def titles(workshop: Workshop) -> list[str]:
    """The titles in the feed."""
    return [entry.title for entry in feedparser.parse(workshop.show / "feed.xml").entries]


@pytest.mark.parametrize("name", BROKEN)
def test_others_work_and_it_is_named(workshop: Workshop, episode: Episode, name: str) -> None:
    """What to do is said, with file and reason; who mends the file has all of before again."""
    before = workshop.files()
    path = workshop.show / episode.slug / "episode.json"
    path.write_bytes(BROKEN[name])
    library = rebuild(workshop.show)
    (sentence,) = told_broken(library)

    assert titles(workshop) == ["Cake"]
    assert [brief.title for brief in library.newest_first()] == ["Cake"]
    assert str(path) in sentence
    assert "narrate make" in sentence
    assert workshop.files().keys() == before.keys()

    path.write_bytes(before[f"{episode.slug}/episode.json"])
    assert told_broken(rebuild(workshop.show)) == ()
    assert workshop.files() == before


@pytest.mark.parametrize("name", DEEPER)
def test_what_only_a_page_needs_is_seen_too(workshop: Workshop, episode: Episode, name: str) -> None:
    """A list is made without looking at all of a manifest; where a page cannot be, the episode is left out."""
    path = workshop.show / episode.slug / "episode.json"
    before = path.read_text("utf-8")
    path.write_text(before.replace(*DEEPER[name]), "utf-8")
    library = rebuild(workshop.show)
    made = workshop.make(workshop.write("pie.md", "# Pie\n\nPie.\n")).made[0]

    assert f"'{episode.slug}' is left out of the feed" in told_broken(library)[0]
    assert f"'{episode.slug}' is left out of the feed" in made.warnings[0]
    assert sorted(titles(workshop)) == ["Cake", "Pie"]

    path.write_text(before, "utf-8")
    rebuild(workshop.show)
    assert sorted(titles(workshop)) == ["Bread", "Cake", "Pie"]


def test_a_make_beside_it_says_so_once(workshop: Workshop, episode: Episode) -> None:
    """Each run tells of it, but not with every episode."""
    (workshop.show / episode.slug / "episode.json").write_bytes(b"{")
    articles = [workshop.write(f"{number}.md", f"# Pie {number}\n\nPie.\n") for number in range(2)]
    first, second = workshop.make(*articles).made

    assert [len([each for each in made.warnings if "left out" in each]) for made in (first, second)] == [1, 0]
    assert sorted(titles(workshop)) == ["Cake", "Pie 0", "Pie 1"]


@pytest.mark.parametrize("source", ["the article", "its script"])
def test_made_again_it_is_itself(workshop: Workshop, episode: Episode, source: str) -> None:
    """Also after other commands: the same guid, date, number and names, so apps see the episode they know."""
    (workshop.show / episode.slug / "episode.json").write_bytes(b"{")
    rebuild(workshop.show)
    existing_show(workshop.show).newest_first()
    workshop.clock += timedelta(days=1)
    article = workshop.root / "bread.md" if source == "the article" else workshop.show / episode.slug / "script.yaml"
    made = workshop.make(article).made[0]

    assert made.outcome is Outcome.REMADE
    assert made.episode == episode
    assert titles(workshop) == ["Cake", "Bread"]
    assert made.warnings == ()


def test_a_copy_of_a_folder_is_no_second_episode(workshop: Workshop, episode: Episode) -> None:
    """One guid stands once in a feed; the copy is named."""
    shutil.copytree(workshop.show / episode.slug, workshop.show / "bread-copy")
    (sentence,) = told_broken(rebuild(workshop.show))

    assert titles(workshop) == ["Cake", "Bread"]
    assert "'bread-copy' is left out of the feed" in sentence
