"""Who an episode is: made again it stays itself, and apps see one episode."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import feedparser
import pytest

from narrate.errors import ShowError
from narrate.pipeline.making import write
from narrate.pipeline.order import Facts, Order, Outcome
from narrate.pipeline.shows import begin_show, change_show, existing_show, rebuild, remove

if TYPE_CHECKING:
    from pathlib import Path

    from tests.pipeline.conftest import Workshop

    from narrate.model import Episode

TEXT = "# Bread\n\nBread is old.\n"


def one_of(workshop: Workshop, article: Path | str) -> Episode:
    """The episode of an article, made a day after the last one."""
    workshop.clock += timedelta(days=1)
    return workshop.make(article).made[0].episode


def sounds(workshop: Workshop) -> list[str]:
    """The enclosures in the show's feed."""
    return [
        entry.enclosures[0].href.rsplit("/", 1)[1] for entry in feedparser.parse(workshop.show / "feed.xml").entries
    ]


def same(one: Episode, other: Episode) -> bool:
    """Whether apps take two for one."""
    return (one.guid, one.slug, one.published, one.number) == (other.guid, other.slug, other.published, other.number)


def test_a_remake_keeps_guid_date_folder_and_enclosure(workshop: Workshop) -> None:
    """A changed text, a changed title: the same episode, whose date is that of the first make."""
    article = workshop.write("bread.md", TEXT)
    first = one_of(workshop, article)
    workshop.write("bread.md", TEXT.replace("# Bread", "# Loaf").replace("old", "very old"))
    second = one_of(workshop, article)

    assert same(first, second)
    assert second.title == "Loaf"
    assert first.files[0].name == second.files[0].name
    assert sounds(workshop) == ["bread.mp3"]


def test_a_script_is_the_episode_of_its_article(workshop: Workshop) -> None:
    """Article, its script, and the script that lies in the episode's folder are one episode."""
    article = workshop.write("bread.md", TEXT)
    first = one_of(workshop, article)
    text = write(Order((str(article),)), workshop.settings(), workshop.tools()).text
    second = one_of(workshop, workshop.write("x.yaml", text))
    third = one_of(workshop, workshop.show / first.slug / "script.yaml")

    assert same(first, second)
    assert same(first, third)


def test_an_address_or_id_is_who_an_article_is(workshop: Workshop) -> None:
    """With a URL, or an id in the front matter, it may lie anywhere and be called anything."""
    for mark in ("url: https://example.org/x", "id: seven"):
        text = f"---\n{mark}\n---\n{TEXT}"
        first = one_of(workshop, workshop.write("here.md", text))
        second = one_of(workshop, workshop.write("there.md", text.replace("# Bread", "# Other")))
        assert same(first, second)


def test_two_files_are_two_episodes_with_one_title(workshop: Workshop) -> None:
    """The same words in another file are another episode, in a folder of its own."""
    first = one_of(workshop, workshop.write("a.md", TEXT))
    second = one_of(workshop, workshop.write("b.md", TEXT))

    assert first.guid != second.guid
    assert sorted(sounds(workshop)) == ["bread-2.mp3", "bread.mp3"]
    assert [first.number, second.number] == [1, 2]


def test_a_path_is_the_same_however_it_is_written(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    """Relative, absolute, with detours: one article."""
    article = workshop.write("bread.md", TEXT)
    (workshop.root / "sub").mkdir()
    monkeypatch.chdir(workshop.root)
    first = one_of(workshop, article)

    assert same(first, one_of(workshop, "bread.md"))
    assert same(first, one_of(workshop, "sub/../bread.md"))


def test_a_manifest_tells_no_path_of_this_machine(workshop: Workshop) -> None:
    """What is published names the article's file, not the folders above it."""
    workshop.make(workshop.write("bread.md", TEXT))
    published = b"".join(workshop.files().values())

    assert str(workshop.root).encode() not in published


def test_new_makes_another_one(workshop: Workshop) -> None:
    """``--new`` leaves the first alone; the next plain make goes on with the newest."""
    article = workshop.write("bread.md", TEXT)
    first = one_of(workshop, article)
    before = workshop.files()["bread/bread.mp3"]
    workshop.clock += timedelta(days=1)
    second = workshop.order(Order((str(article),), new=True)).made[0]
    third = one_of(workshop, article)

    assert second.outcome is Outcome.NEW
    assert second.episode.guid != first.guid
    assert same(third, second.episode)
    assert workshop.files()["bread/bread.mp3"] == before
    assert len(sounds(workshop)) == 2


def test_removed_is_gone_and_can_be_made_again(workshop: Workshop) -> None:
    """Removing takes folder and feed entry; twice says so; what is made later is a new episode."""
    article = workshop.write("bread.md", TEXT)
    first = one_of(workshop, article)
    remove(workshop.show, ["bread"])
    with pytest.raises(ShowError, match="there is no episode 'bread'"):
        remove(workshop.show, ["bread"])

    assert sounds(workshop) == []
    assert not (workshop.show / "bread").exists()
    assert one_of(workshop, article).guid != first.guid


def test_of_several_to_remove_all_or_none(workshop: Workshop) -> None:
    """A name that is not there leaves everything as it was."""
    workshop.make(workshop.write("bread.md", TEXT))
    before = workshop.files()
    with pytest.raises(ShowError):
        remove(workshop.show, ["bread", "cake"])

    assert workshop.files() == before


def test_a_feed_is_rebuilt_from_manifests_alone(workshop: Workshop) -> None:
    """Feed, page and cover lost: `narrate feed` brings back the same bytes."""
    workshop.make(workshop.write("bread.md", TEXT))
    before = workshop.files()
    for name in ("feed.xml", "index.html", *(path.name for path in workshop.show.glob("cover-*.jpg"))):
        (workshop.show / name).unlink()
    rebuild(workshop.show)

    assert workshop.files() == before


def test_a_show_begun_by_hand_keeps_its_settings(workshop: Workshop) -> None:
    """`show init`, `show set`, then make: title, language and address stay, the guid follows the first address."""
    begin_show(workshop.show, "Salt Hour", "en-GB")
    change_show(workshop.show, "base_url", "https://example.org/salt")
    guid = existing_show(workshop.show).show.guid
    workshop.make(workshop.write("bread.md", TEXT))
    change_show(workshop.show, "base_url", "https://example.com/other")
    show = existing_show(workshop.show).show

    assert (show.title, show.language, show.guid) == ("Salt Hour", "en-GB", guid)
    assert (workshop.show / "feed.xml").read_text().count("https://example.com/other/bread/bread.mp3") >= 1
    with pytest.raises(ShowError, match="there is a show"):
        begin_show(workshop.show, "Another", "en")


def test_standard_input_is_known_by_its_title(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same title from a pipe is the same episode; another one is not."""
    first, second, third = (
        piped(workshop, monkeypatch, text) for text in (TEXT, f"{TEXT}\nMore.\n", "# Cake\n\nNew.\n")
    )

    assert same(first, second)
    assert third.guid != first.guid


def piped(workshop: Workshop, monkeypatch: pytest.MonkeyPatch, text: str) -> Episode:
    """The episode of a text that comes by standard input."""
    with workshop.write("piped", text).open("rb") as stream:
        monkeypatch.setattr("sys.stdin", type("Stdin", (), {"buffer": stream}))
        return workshop.order(Order(("-",), Facts())).made[0].episode
