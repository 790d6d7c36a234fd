"""How much the feed keeps, and which numbers episodes have, as options; episodes that cannot be read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Said

    Run = Callable[..., Said]


SHOW = Path("out/narrated-articles")


@pytest.fixture
def three(narrate: Run, here: Path) -> list[str]:
    """Three episodes, by their slugs; what is made later is newer."""
    names = ["rye", "spelt", "wheat"]
    for name in names:
        (here / f"{name}.md").write_text(f"# {name.title()}\n\nThis is {name}.\n", encoding="utf-8")
        narrate("make", "-q", f"{name}.md")
    return names


def test_keep_says_what_leaves_the_feed(narrate: Run, three: list[str]) -> None:
    """By name, to people and to programs, once; and says how many are kept out from then on."""
    told = narrate("feed", "--keep", "2")
    again = narrate("feed")
    asked = narrate("feed", "--keep", "1", "--json").json()
    rows = narrate("list", "--json").json()["episodes"]

    assert "No longer in the feed: “Rye” (rye)" in told.err
    assert "No longer" not in again.err
    assert "2 episodes; apps subscribe to" in again.err
    assert "1 older episode beyond" in again.err
    assert (asked["pruned"], asked["episodes"], asked["in_feed"]) == (["spelt"], 3, 1)
    assert [(row["slug"], row["in_feed"]) for row in rows] == [("wheat", True), ("spelt", False), ("rye", False)]
    assert narrate("show", "get", "keep").last == "1"
    assert narrate("feed", "--keep", "0", "--json").json()["in_feed"] == len(three)


def test_a_make_that_pushes_one_out_names_it(narrate: Run, three: list[str], article: str) -> None:
    """The limit is the show's from then on; folders stay."""
    made = narrate("make", article, "--keep", "3")

    assert f"No longer in the feed: “Rye” ({three[0]})" in made.err
    assert (SHOW / "rye/rye.mp3").is_file()
    assert "<title>Rye</title>" not in (SHOW / "feed.xml").read_text(encoding="utf-8")


def test_season_and_number(narrate: Run, article: str, three: list[str]) -> None:
    """As asked for; a number is for one article alone."""
    narrate("make", article, "--season", "2", "--number", "7", "-q")
    refused = narrate("make", *(f"{name}.md" for name in three), "--number", "1")
    rows = narrate("list", "--json").json()["episodes"]

    assert [(row["season"], row["number"]) for row in rows] == [(2, 7), (0, 3), (0, 2), (0, 1)]
    assert refused.code == 2
    assert "--number is for one article" in refused.refusal


def test_a_spoiled_manifest_is_told_by_every_command(narrate: Run, three: list[str], article: str) -> None:
    """With what to do; and each of them does what it was asked for all the same."""
    (SHOW / three[1] / "episode.json").write_text("{", encoding="utf-8")
    script = SHOW / three[1] / "script.yaml"
    told = [narrate("list"), narrate("feed"), narrate("make", article)]
    listed = narrate("list", "--json").json()

    assert [said.code for said in told] == [0, 0, 0]
    assert all(f"'{three[1]}' is left out of the feed" in said.err for said in told)
    assert all(f"narrate make {script}" in said.err for said in told)
    assert [row["slug"] for row in listed["episodes"]] == ["bread", three[2], three[0]]
    assert len(listed["warnings"]) == 1

    assert narrate("make", "-q", str(script)).last == str(SHOW / "spelt/spelt.mp3")
    assert narrate("list", "--json").json()["warnings"] == []
