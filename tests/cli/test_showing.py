"""``narrate show`` and ``narrate episode``: fields set, lists, pictures, a move, and what a shell offers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import feedparser
import pytest
from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Said

    Run = Callable[..., Said]

SHOW = Path("out/narrated-articles")


@pytest.fixture(autouse=True)
def a_show(narrate: Run) -> None:
    """A show that is there."""
    narrate("show", "init")


def value(narrate: Run, field: str) -> str:
    """What 'show get' prints of a field."""
    said = narrate("show", "get", field)
    assert said.code == 0
    return said.out.rstrip("\n")


def test_several_fields_are_set_at_once(narrate: Run) -> None:
    """All of them; hyphens count as underscores, and 'get' prints a value alone."""
    said = narrate("show", "set", "title", "Long reads", "owner-email", "a@b.example", "category", "Arts > Books")

    assert said.last == str(SHOW / "show.toml")
    assert [value(narrate, name) for name in ("title", "owner_email", "category")] == [
        "Long reads",
        "a@b.example",
        "Arts > Books",
    ]


def test_all_fields_or_none(narrate: Run) -> None:
    """One wrong value leaves all as they were."""
    before = (SHOW / "show.toml").read_bytes()
    said = narrate("show", "set", "title", "Long reads", "categry", "Arts")

    assert "no field 'categry' (did you mean 'category'?)" in said.refusal
    assert (SHOW / "show.toml").read_bytes() == before
    assert "each FIELD needs a VALUE" in narrate("show", "set", "title").refusal
    assert "(did you mean 'Arts'?)" in narrate("show", "set", "category", "arts").refusal


def test_lists_are_added_to_and_taken_from(narrate: Run) -> None:
    """A line an element; one that is called the same takes its place; the feed has them."""
    narrate("show", "add", "persons", "Ann Example; role=host")
    narrate("show", "add", "persons", "Bo; role=Translator; href=https://bo.example/")
    narrate("show", "add", "persons", "Ann Example; role=narrator")
    narrate("show", "add", "funding", "https://a.example/give", "Give", "me", "tea")

    assert value(narrate, "persons").splitlines() == [
        "Bo; role=translator; href=https://bo.example/",
        "Ann Example; role=narrator",
    ]
    assert value(narrate, "funding") == "https://a.example/give Give me tea"
    assert 'url="https://a.example/give">Give me tea<' in (SHOW / "feed.xml").read_text(encoding="utf-8")

    narrate("show", "remove", "persons", "Bo")
    narrate("show", "remove", "funding", "https://a.example/give")

    assert value(narrate, "persons") == "Ann Example; role=narrator"
    assert value(narrate, "funding") == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "title", "A"), "'title' holds one value; 'narrate show set title …' sets it"),
        (("add", "persons", "Ann; role=singer"), "must have a role of the Podcast Taxonomy"),
        (("add", "persons", "Ann; role=narator"), "(did you mean 'narrator'?)"),
        (("add", "funding", "Support us"), "must be an address that begins with https:// or http://"),
        (("add", "podroll", "A show"), "must be a show's podcast:guid"),
        (("remove", "persons", "Cy"), "'persons' does not hold 'Cy'; it holds nothing"),
        (("get", "titel"), "a show has no field 'titel' (did you mean 'title'?)"),
        (("set", "update_frequency", "dayly"), "(did you mean 'daily'?)"),
        (("move", ""), "a show moves to an address"),
        (("move", "example.org"), "must be an address that begins with https:// or http://"),
    ],
)
def test_what_cannot_be_said_of_a_show(narrate: Run, words: tuple[str, ...], said: str) -> None:
    """One sentence: what is wrong, and what would be right."""
    before = (SHOW / "show.toml").read_bytes()

    assert said in narrate("show", *words).refusal
    assert (SHOW / "show.toml").read_bytes() == before


def picture(name: str, size: tuple[int, int] = (1400, 1400), mode: str = "RGB") -> str:
    """A picture that lies here."""
    Image.new(mode, size).save(name)
    return name


def test_a_picture_is_checked_and_brought_into_the_show(narrate: Run) -> None:
    """Under a name of its own, so that apps see another picture as another one."""
    narrate("show", "set", "cover", picture("art.png"))
    first = value(narrate, "cover")
    Image.new("RGB", (1500, 1500)).save("art.png")
    narrate("show", "set", "cover", "art.png")

    assert first != value(narrate, "cover")
    assert (SHOW / value(narrate, "cover")).read_bytes() == Path("art.png").read_bytes()
    assert f"/{value(narrate, 'cover')}" in feedparser.parse(SHOW / "feed.xml").feed.image.href


@pytest.mark.parametrize(
    ("name", "size", "mode", "said"),
    [
        ("small.png", (1399, 1399), "RGB", "the picture has 1399 × 1399 pixels, and must have 1400 to 3000 a side"),
        ("wide.png", (1500, 1400), "RGB", "the picture has 1500 × 1400 pixels, and must be a square"),
        ("clear.png", (1400, 1400), "RGBA", "the picture is transparent in places"),
        ("print.jpg", (1400, 1400), "CMYK", "the picture is in CMYK, and must be RGB"),
        ("moving.gif", (1400, 1400), "RGB", "the picture is GIF, neither JPEG nor PNG"),
    ],
)
def test_a_picture_that_apps_would_refuse(narrate: Run, name: str, size: tuple[int, int], mode: str, said: str) -> None:
    """It is refused here first, with how to mend it, and the show keeps the one it has."""
    refusal = narrate("show", "set", "cover", picture(name, size, mode)).refusal

    assert f"'{name}' cannot be the show's picture: {said}" in refusal
    assert value(narrate, "cover") == ""


def test_a_picture_that_is_not_there_or_none(narrate: Run) -> None:
    """Said plainly."""
    Path("words.jpg").write_text("no picture")

    assert "there is no picture 'gone.jpg'" in narrate("show", "set", "cover", "gone.jpg").refusal
    assert "damaged or none at all" in narrate("show", "set", "cover", "words.jpg").refusal
    assert narrate("show", "set", "cover", picture("grey.png", mode="L")).err.startswith("the picture is grey")


def test_a_show_that_moves_stays_the_same_show(narrate: Run) -> None:
    """Its guid is kept, its feed announces the address, and what is left to do is said."""
    first = narrate("show", "move", "https://old.example/show")
    guid = value(narrate, "guid")
    moved = narrate("show", "move", "https://new.example/show")
    feed = (SHOW / "feed.xml").read_text(encoding="utf-8")

    assert "nobody needs to be told" in first.err
    assert moved.last == "https://new.example/show/feed.xml"
    assert (
        "redirect https://old.example/show/feed.xml to https://new.example/show/feed.xml for good (status 301)"
        in moved.err
    )
    assert value(narrate, "guid") == guid
    assert f"<podcast:guid>{guid}</podcast:guid>" in feed
    assert "<itunes:new-feed-url>https://new.example/show/feed.xml</itunes:new-feed-url>" in feed
    assert 'href="https://new.example/show/feed.xml" rel="self"' in feed


def test_an_address_that_is_set_anew_is_a_move(narrate: Run) -> None:
    """It is done as it was asked, and said what would tell apps."""
    first = narrate("show", "set", "base_url", "https://old.example/")
    second = narrate("show", "set", "base_url", "https://new.example/")

    assert first.err == ""
    assert "the show was at https://old.example/; 'narrate show move https://new.example/' tells apps" in second.err


def test_a_move_may_be_quiet(narrate: Run) -> None:
    """Without the announcement, and when it is over the announcement goes."""
    narrate("show", "move", "https://old.example/show")
    narrate("show", "move", "--no-announce", "https://new.example/show")

    assert value(narrate, "new_feed_url") == ""
    assert "new-feed-url" not in (SHOW / "feed.xml").read_text(encoding="utf-8")
    assert narrate("show", "move", "-q", "https://third.example/").err == ""
    assert value(narrate, "new_feed_url") == "https://third.example/feed.xml"

    narrate("show", "set", "new_feed_url", "")
    assert "new-feed-url" not in (SHOW / "feed.xml").read_text(encoding="utf-8")


def test_shows_are_listed(narrate: Run, article: str) -> None:
    """Name, title, episodes, address; one that cannot be read is named with its reason."""
    narrate("make", "-q", article)
    narrate("show", "--show", "b", "init", "Bread Hour")
    narrate("show", "--show", "b", "set", "base_url", "https://b.example/", "listed", "yes")
    narrate("show", "--show", "c", "init")
    Path("out/c/show.toml").write_text("titel = 1\n")

    rows = [line.split("\t") for line in narrate("show", "list").out.splitlines()]
    shows = narrate("show", "list", "--json").json()["shows"]

    assert rows[0] == ["b", "Bread Hour", "0 episodes", "https://b.example/", "listed"]
    assert "there is no field 'titel'" in rows[1][1]
    assert rows[2] == ["narrated-articles", "Narrated articles", "1 episode", "-", "not listed"]
    assert [each["name"] for each in shows] == ["b", "c", "narrated-articles"]
    assert narrate("show", "list", "--out", "nowhere").out == ""


def test_a_hand_edit_is_told_by_its_line(narrate: Run) -> None:
    """The file is for people: an error says where in it."""
    path = SHOW / "show.toml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("explicit = false", "explicit = 'maybe'"), encoding="utf-8"
    )
    line = path.read_text(encoding="utf-8").splitlines().index("explicit = 'maybe'") + 1

    assert f"show.toml, line {line}: 'explicit' must be true or false, not maybe" in narrate("show").refusal


def test_an_episode_is_told_about(narrate: Run, article: str) -> None:
    """What its article does not say; made again, it keeps that, and the feed has it."""
    narrate("make", "-q", article)
    said = narrate("episode", "bread", "type", "bonus", "season", "2", "soundbites", "0 5 The best\n1 2", "--json")
    narrate("episode", "bread", "persons", "Eve; role=translator", "content-links", "https://v.example/ Watch")
    narrate("make", "-q", article)
    feed = (SHOW / "feed.xml").read_text(encoding="utf-8")
    fields = dict(line.split("\t")[:2] for line in narrate("episode", "bread").out.splitlines())

    assert said.json()["episode"]["soundbites"] == "0.000 5.000 The best\n1.000 2.000"
    assert fields["type"] == "bonus"
    assert "<itunes:season>2</itunes:season>" in feed
    assert 'startTime="0.000" duration="5.000">The best<' in feed
    assert '<podcast:person role="translator">Eve</podcast:person>' in feed
    assert '<podcast:contentLink href="https://v.example/">Watch</podcast:contentLink>' in feed


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("gone", "type", "bonus"), "there is no episode 'gone'"),
        (("bread", "typ", "bonus"), "an episode has no field 'typ' (did you mean 'type'?); it has type, season"),
        (("bread", "type", "extra"), "must be one of full, trailer, bonus"),
        (("bread", "soundbites", "soon"), "must be a start, a length in seconds and a title"),
        (("bread", "type"), "each FIELD needs a VALUE"),
    ],
)
def test_what_cannot_be_said_of_an_episode(narrate: Run, article: str, words: tuple[str, ...], said: str) -> None:
    """One sentence, and the manifest as it was."""
    narrate("make", "-q", article)
    before = (SHOW / "bread" / "episode.json").read_bytes()

    assert said in narrate("episode", *words).refusal
    assert (SHOW / "bread" / "episode.json").read_bytes() == before


def test_seasons_number_their_episodes(narrate: Run, article: str) -> None:
    """A new season begins with episode 1, and an old one goes on where it was."""
    Path("salt.md").write_text("# Salt\n\nSalt is old.\n")
    narrate("show", "set", "type", "serial", "season", "1")
    narrate("make", "-q", article)
    narrate("show", "set", "season", "2")
    narrate("make", "-q", "salt.md")

    numbers = [json.loads((SHOW / name / "episode.json").read_text()) for name in ("bread", "salt")]
    assert [(each["season"], each["number"]) for each in numbers] == [(1, 1), (2, 1)]


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("narrate show set cat", ["category"]),
        ("narrate show set category Soc", ["'Society & Culture'", "'Society & Culture > Philosophy'"]),
        ("narrate show set category Tech", ["Technology"]),
        ("narrate show set explicit ", ["yes", "no"]),
        ("narrate show set title A type s", ["serial"]),
        ("narrate show get up", ["update_frequency"]),
        ("narrate show set title ", []),
        ("narrate episode bread ty", ["type"]),
        ("narrate episode bread type ", ["full", "trailer", "bonus"]),
    ],
)
def test_a_shell_offers_fields_and_values(installed: Run, line: str, offered: list[str]) -> None:
    """Fields and values in turn, in quotes where bash needs them."""
    words = line.split(" ")
    environment = {"COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1), "_NARRATE_COMPLETE": "bash_complete"}
    said = installed(**environment)
    found = [row.partition(",")[2] for row in said.out.splitlines() if row]

    assert found[:1] == offered[:1]
    assert set(offered) <= set(found)
    assert bool(found) == bool(offered)
