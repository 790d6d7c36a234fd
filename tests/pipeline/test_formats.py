"""Several formats in one run: one synthesis, one mix, one timeline."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import av
import pytest
from mutagen import File

from narrate.episode.formats.mp4 import M4b
from narrate.episode.formats.opus import Opus
from narrate.mix import render_unit
from narrate.model import FileRole
from narrate.pipeline.making import make
from narrate.pipeline.order import Order

if TYPE_CHECKING:
    from pathlib import Path

    from tests.pipeline.conftest import Workshop

    from narrate.mix import Stems
    from narrate.model import Episode
    from narrate.pipeline.order import Made

TEXT = "# Bread\n\nBread is old. It was baked before anyone wrote.\n\n" + "\n\n".join(
    f"## {name}\n\nFlour and water are mixed {name.lower()} and left to rest for as long as it takes to read this."
    f"\n\nThen, {name.lower()}, one waits again until all of it has risen to the height that the book says it has to."
    for name in ("At dawn", "At night")
)


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> Counter[int]:
    """How often the unit at each frame was mixed."""
    counted: Counter[int] = Counter()

    def counting(timeline: Any, unit: Any, *rest: Any) -> Stems:  # noqa: ANN401 - handed on as they come
        counted[unit.start_frames] += 1
        return render_unit(timeline, unit, *rest)

    monkeypatch.setattr("narrate.pipeline.encoding.render_unit", counting)
    return counted


def made_as(workshop: Workshop, article: Path, formats: str) -> Made:
    """The article in these formats."""
    workshop.engine.spoken.clear()
    tools = replace(workshop.tools(), formats={"mp3": workshop.form, "m4b": M4b(), "opus": Opus()})
    result = make(Order((str(article),), measure=True), workshop.settings(formats=formats), tools, lambda _: None)
    assert not result.failed
    return result.made[0]


def test_three_formats_cost_one_synthesis_and_one_mix(workshop: Workshop, rendered: Counter[int]) -> None:
    """Each wording is spoken once and each unit mixed once; every file is as loud, as long and chaptered alike."""
    made = made_as(workshop, workshop.write("bread.md", TEXT), "mp3, m4b, opus")
    names = [file.name for file in made.episode.files if file.role is FileRole.AUDIO]

    assert max(Counter(workshop.engine.spoken).values()) == 1
    assert len(workshop.engine.spoken) == made.spoken
    assert set(rendered.values()) == {1}
    assert made.encoded == 3 * len(rendered)
    assert [name.rpartition(".")[2] for name in names] == ["mp3", "m4b", "opus"]
    assert len(made.episode.chapters) > 1
    for name in names:
        assert made.heard[name].target_lufs == pytest.approx(-16, abs=0.4)  # margins are of voices, not of tones
        assert made.heard[name].ceiling_dbtp <= -1
        told(workshop.show / made.episode.slug / name, made.episode)


def told(path: Path, episode: Episode) -> None:
    """Check by FFmpeg and mutagen that a file tells the episode's length and chapters, to the millisecond."""
    reader: Any = File
    with av.open(str(path)) as container:
        found = container.chapters()
    starts = [round(1000 * one["start"] * (one["time_base"] or 0)) for one in found]

    assert reader(str(path)).info.length == pytest.approx(
        episode.duration_ms / 1000, abs=0.05
    )  # it counts what a decoder drops
    assert list(zip(starts, (one["metadata"]["title"] for one in found), strict=True)) == [
        (chapter.start_ms, chapter.title) for chapter in episode.chapters
    ]


def test_a_format_more_changes_nothing_of_the_others(workshop: Workshop, rendered: Counter[int]) -> None:
    """What there is is taken from the cache; and all together, from a cold cache, are the same bytes again."""
    article, other = workshop.write("bread.md", TEXT), workshop.elsewhere("again")
    before = made_as(workshop, article, "mp3")
    mp3, mixed = sounds(workshop), len(rendered)

    after = made_as(workshop, article, "mp3, m4b, opus")
    made_as(other, other.write("bread.md", TEXT), "mp3, m4b, opus")

    assert workshop.engine.spoken == []
    assert (before.encoded, after.encoded) == (mixed, 2 * mixed)
    assert len(sounds(workshop)) == 3
    assert sounds(workshop) == sounds(other)
    assert mp3.items() <= sounds(workshop).items()


def sounds(workshop: Workshop) -> dict[str, bytes]:
    """The audio files of its show."""
    return {name: data for name, data in workshop.files().items() if name.endswith((".mp3", ".m4b", ".opus"))}
