"""Where on the episode's page each part of the text is: one rule for the page and for all that leads to it."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from narrate.episode.text import one_line
from narrate.model import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from narrate.model import Cue, Timeline

TOP = "title"
"""The anchor of the page's own heading."""


def anchor_of(segment: str) -> str:
    """The anchor of a segment.

    >>> anchor_of("9f0c2d1e-1")
    't-9f0c2d1e-1'
    """
    return f"t-{segment}"


def shown(timeline: Timeline, title: str) -> Iterator[tuple[str, tuple[Cue, ...]]]:
    """The segments on the page of an episode of that title, each with its sentences.

    A title that says no more than the page's own heading is left to that.
    """
    for segment, group in groupby(timeline.cues, key=lambda cue: cue.segment):
        cues = tuple(cue for cue in group if one_line(cue.text))
        if cues and not (cues[0].role is Role.TITLE and one_line(cues[0].text) == one_line(title)):
            yield segment, cues


def chapter_anchors(timeline: Timeline, title: str) -> list[str]:
    """For each chapter the anchor of the segment that opens it, the page's top where that is not on it."""
    there = {segment for segment, _ in shown(timeline, title)}
    return [anchor_of(each.segment) if each.segment in there else TOP for each in timeline.chapters]
