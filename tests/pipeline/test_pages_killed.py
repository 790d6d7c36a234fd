"""A long show whose command is killed while files get their places, or whose disk refuses: pages, index and all."""

from __future__ import annotations

import os
import shutil
import signal
from typing import TYPE_CHECKING

import feedparser
import pytest
from tests.pipeline.killed import die_at_rename, ended, fork
from tests.pipeline.shelves import SHOW, episode_of, show_of

from narrate.episode import dump_manifest
from narrate.model import FileRole
from narrate.pipeline.shows import changed, existing_show, rebuild

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are killed in forks")
COUNT = 299
"""An episode more begins a page."""
RENAMES = range(1, 15)


def add(folder: Path, number: int) -> None:
    """An episode with its sound."""
    with changed(folder) as change:
        episode = episode_of(number)
        audio = episode.file(FileRole.AUDIO)
        assert audio
        change.stage(f"{episode.slug}/{audio.name}", bytes(audio.size_bytes))
        change.stage(f"{episode.slug}/episode.json", dump_manifest(episode))
        change.library = change.library.with_episode(episode)


def add_and_die(folder: Path, number: int, rename: int) -> None:
    """The same, as far as that rename."""
    die_at_rename(rename)
    add(folder, number)


def files(folder: Path) -> dict[str, bytes]:
    """Every file of the show."""
    paths = (path for path in folder.rglob("*") if path.is_file() and ".staging" not in path.parts)
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


def sounds(folder: Path) -> list[str]:
    """The enclosures from page to page, each of which must be there with the length that is stated."""
    found, name = [], "feed.xml"
    while name:
        feed = feedparser.parse(folder / name)
        assert not feed.bozo
        for entry in feed.entries:
            path = entry.enclosures[0].href.removeprefix(SHOW.base_url)
            assert (folder / path).stat().st_size == int(entry.enclosures[0].length)
            found.append(path)
        following = [link.href for link in feed.feed.links if link.rel == "next"]
        name = following[0].removeprefix(SHOW.base_url) if following else ""
    return found


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A show of 299 episodes with their sounds."""
    folder = show_of(tmp_path_factory.mktemp("shows") / "many", COUNT, sound=True)
    rebuild(folder)
    return folder


@pytest.fixture(scope="module")
def after(made: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What it is once the episode has been added and nobody disturbed that."""
    folder = shutil.copytree(made, tmp_path_factory.mktemp("after") / "many")
    add(folder, COUNT + 1)
    return files(folder)


def test_killed_at_any_rename(made: Path, after: dict[str, bytes], tmp_path: Path) -> None:
    """Each file is the one of before or of after; then the next command has all of one or of the other."""
    before = files(made)
    outcomes = set()
    for rename in RENAMES:
        folder = shutil.copytree(made, tmp_path / str(rename) / "many")
        killed = ended(fork(lambda at=folder, n=rename: add_and_die(at, COUNT + 1, n))) == -signal.SIGKILL  # type: ignore[misc] # bound on purpose
        there = files(folder)
        rebuild(folder)
        final = files(folder)

        assert all(data in {before.get(name), after.get(name)} for name, data in there.items())
        assert final in (before, after)
        assert len(sounds(folder)) == COUNT + (final == after)
        assert {path.name for path in (folder / ".staging").iterdir()} <= {"index", "index-new", "lock", "lock-holder"}
        outcomes.add((killed, final == after))
        shutil.rmtree(folder)

    assert outcomes == {(True, False), (True, True), (False, True)}  # too early, decided, and not killed at all


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_folder_that_may_not_be_written_is_read_all_the_same(made: Path, tmp_path: Path) -> None:
    """Its episodes are listed though no index can be kept."""
    folder = shutil.copytree(made, tmp_path / "many")
    (folder / ".staging/index").unlink()
    for path in (folder / ".staging", folder):
        path.chmod(0o555)
    try:
        assert existing_show(folder).count == COUNT
    finally:
        for path in (folder, folder / ".staging"):
            path.chmod(0o755)


def test_an_index_that_cannot_be_kept_costs_nothing_else(made: Path, tmp_path: Path) -> None:
    """A folder in its place: the next command reads more, and writes what it would have written."""
    folder = shutil.copytree(made, tmp_path / "many")
    (folder / ".staging/index").unlink()
    (folder / ".staging/index").mkdir()
    add(folder, COUNT + 1)

    assert len(sounds(folder)) == COUNT + 1
    assert existing_show(folder).count == COUNT + 1
