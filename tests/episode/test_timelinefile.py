"""The timeline's file: complete, and readable a line at a time."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from narrate.episode.timelinefile import dump_timeline, gains_in, timeline_lines
from narrate.model import Master, MusicPart, Placed, PlacedMusic, Role, Timeline, Unit, Word

if TYPE_CHECKING:
    from collections.abc import Callable

    from narrate.model import Cue


def small(cue: Callable[..., Cue]) -> Timeline:
    """A timeline with one of everything."""
    music = PlacedMusic(MusicPart.INTRO, 0, 110_250, "d1", ((88_200, 110_250),))
    spoken = replace(cue(2000, "One two."), words=(Word(2000, 2400, "One"), Word(2400, 2900, "two.", estimated=True)))
    placed = Placed(0, 88_200, 120, 30_000, 22_050, -1.5, "d2")
    masters = (Master("mp3", -2.8, 0.4, -1.5), Master("opus", -3.0, 0.2, -2.0))
    return Timeline((Unit(0, 100, 0, 1, (music,)),), (placed,), (), (spoken,), -3.2, -1.5, -16.0, masters, 2)


def test_everything_is_in_it(cue: Callable[..., Cue]) -> None:
    """Units with their music, takes with their trims, cues with their words, as the schema says."""
    document = json.loads(dump_timeline(small(cue)))

    assert document["narrate_timeline"] == 1
    assert (document["rate_hz"], document["samples"]) == (44_100, 115_200)
    assert (document["gain_db"], document["ceiling_dbtp"], document["target_lufs"]) == (-3.2, -1.5, -16.0)
    assert document["channels"] == 2
    assert document["masters"] == [["mp3", -2.8, 0.4, -1.5], ["opus", -3.0, 0.2, -2.0]]
    assert document["units"] == [[0, 100, 0, 1, [["intro", 0, 110_250, "d1", [[88_200, 110_250]]]]]]
    assert document["placed"] == [[0, 88_200, 120, 30_000, 22_050, -1.5, "d2"]]
    words = [[2000, 2400, "One"], [2400, 2900, "two.", 1]]
    assert [row[2:] for row in document["cues"]] == [["One two.", "s1", Role.BODY, "joe", "en-US", 0, words]]


def test_a_row_a_line(seed_timeline: Timeline) -> None:
    """Each cue is on a line of its own, without its comma a JSON value."""
    rows = [line.strip().strip(",") for line in dump_timeline(seed_timeline).decode().splitlines()]

    cues = [json.loads(row) for row in rows[rows.index('"cues":[') + 1 : -1]]
    assert [cue[2] for cue in cues] == [cue.text for cue in seed_timeline.cues]


def test_streams(seed_timeline: Timeline) -> None:
    """The lines come one by one and are the file."""
    lines = timeline_lines(seed_timeline)

    assert next(lines).startswith('{"narrate_timeline":1')
    assert "".join(timeline_lines(seed_timeline)).encode() == dump_timeline(seed_timeline)


def test_the_gains_stand_in_its_head(cue: Callable[..., Cue]) -> None:
    """They are had by reading a few lines; a file from before they were written has none, a damaged one is refused."""
    lines = timeline_lines(small(cue))

    assert gains_in(lines) == {"mp3": -2.8, "opus": -3.0}
    assert next(lines, None) is not None
    assert gains_in(['{"narrate_timeline":1,\n', '"gain_db":1.0,\n']) == {}
    for damaged in ('"masters":[["mp3"', '"masters":[1],', '"masters":7,', '"masters":[["mp3"]],'):
        with pytest.raises(ValueError, match=r"."):
            gains_in([damaged])


def test_an_empty_timeline_is_json() -> None:
    """Nothing in it, nothing broken."""
    assert json.loads(dump_timeline(Timeline((), (), (), (), 0, 0, 0)))["cues"] == []
