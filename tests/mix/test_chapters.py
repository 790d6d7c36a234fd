"""Which chapters an episode has."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from hypothesis import given
from hypothesis import strategies as st

from narrate.mix.chapters import MOST, SHORTEST_MS, Opening, chapters
from narrate.model import MusicPart, Role, Script, Segment, Take, Utterance

if TYPE_CHECKING:
    from collections.abc import Callable

    from narrate.mix import Score
    from narrate.model import Chapter, Timeline

GOLDEN = Path(__file__).parents[2] / "seeds" / "000_8b5a2423189e2da9.golden.yaml"

starts = st.lists(st.integers(0, 3_000_000), min_size=1, max_size=400, unique=True).map(sorted)


def opened(*seconds: float) -> list[Opening]:
    """Openings at these seconds, called by them."""
    return [Opening(round(at * 1000), str(at), f"s{at}") for at in seconds]


def outline(made: tuple[Chapter, ...]) -> list[tuple[str, int, int]]:
    """Titles and times in seconds."""
    return [(one.title, one.start_ms // 1000, one.end_ms // 1000) for one in made]


@given(starts)
def test_chapters_cover_the_episode_and_none_is_short(at: list[int]) -> None:
    """From 0 to the end without a gap, each 10 s or more, at most 255; or none."""
    end_ms = at[-1] + 15_000

    made = chapters([Opening(ms, str(ms), "") for ms in at], end_ms)

    assert len(made) <= MOST
    assert len(made) != 1
    if made:
        assert (made[0].start_ms, made[-1].end_ms) == (0, end_ms)
        assert all(one.end_ms == other.start_ms for one, other in pairwise(made))
        assert all(one.end_ms - one.start_ms >= SHORTEST_MS for one in made)


def test_a_short_chapter_joins_the_one_before() -> None:
    """So does a short last one."""
    assert outline(chapters(opened(0, 30, 36, 60, 95), 100_000)) == [("0", 0, 36), ("36", 36, 60), ("60", 60, 100)]


def test_a_short_first_chapter_joins_the_one_after() -> None:
    """There is none before it, and the heading of the author says more."""
    assert outline(chapters(opened(0, 9, 60), 100_000)) == [("9", 0, 60), ("60", 60, 100)]


def test_short_chapters_in_a_row_are_joined_to_each_other() -> None:
    """A list of many short sections can still be walked through: none is lost into one long chapter before it."""
    assert outline(chapters(opened(0, 40, 46, 52, 58, 90), 130_000)) == [
        ("0", 0, 40),
        ("40", 40, 58),
        ("58", 58, 90),
        ("90", 90, 130),
    ]


def test_the_first_chapter_begins_at_the_beginning() -> None:
    """Whatever comes before its heading belongs to it."""
    assert outline(chapters(opened(20, 60), 100_000)) == [("20", 0, 60), ("60", 60, 100)]


def test_one_chapter_is_none() -> None:
    """It would say no more than the episode's title; and without titles there is nothing to list."""
    assert chapters(opened(0), 100_000) == ()
    assert chapters(opened(0, 95), 100_000) == ()
    assert chapters([], 100_000) == ()


def golden_script(golden: dict[str, Any]) -> Script:
    """The golden reference as a script."""

    def segment(number: int, said: dict[str, Any]) -> Segment:
        texts = [(one["written"], one.get("spoken", one["written"])) for one in said["say"]]
        last = len(texts) - 1
        utterances = tuple(
            Utterance(written, spoken, "en", pause_ms=0 if n == last else 350)
            for n, (written, spoken) in enumerate(texts)
        )
        cue = MusicPart(said["cue"]) if "cue" in said else None
        return Segment(
            f"s{number}", Role(said["role"]), utterances, said["pause_ms"], chapter=said.get("chapter"), music=cue
        )

    return Script("", "en", tuple(segment(n, said) for n, said in enumerate(golden["segments"])))


def test_the_seeds_chapters_are_those_of_the_golden_reference(
    lay: Callable[..., Timeline], say: Callable[..., Take], music: Score
) -> None:
    """Titles exactly, times within 15 s, from takes as fast as the golden voice (17.3 characters a second)."""
    golden = yaml.safe_load(GOLDEN.read_text(encoding="utf-8"))
    script = golden_script(golden)
    takes = [say(len(utterance.spoken) / 17.3) for _, utterance in script.spoken()]

    made = lay(script, takes, music).chapters

    assert [one.title for one in made] == [one["title"] for one in golden["chapters"]]
    for one, expected in zip(made, golden["chapters"], strict=True):
        hours, minutes, seconds = (int(part) for part in expected["start"].split(":"))
        assert abs(one.start_ms / 1000 - (3600 * hours + 60 * minutes + seconds)) < 15
