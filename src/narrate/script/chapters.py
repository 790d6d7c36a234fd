"""Which segment opens which chapter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from narrate.script.draft import Place
from narrate.script.utterances import whole_sentences
from narrate.script.wording import wording_for

if TYPE_CHECKING:
    from collections.abc import Sequence

    from narrate.script.draft import Draft

_HEADS = frozenset({Place.SHOW, Place.TITLE, Place.FACTS, Place.HEADING})


def chapter_titles(heard: Sequence[Draft], language: str, title: str) -> list[str | None]:
    """The chapter each segment opens, if any.

    Headings with nothing between them are one chapter, named by the first. The opening is "Introduction", unless a
    heading follows it at once: then it belongs to that heading's. An episode of one chapter has the episode's title.
    """
    found: list[str | None] = [None] * len(heard)
    for first, last in _runs(heard):
        name = next(
            (
                each.name or " ".join(whole_sentences(each.utterances))
                for each in heard[first:last]
                if each.opens and not each.skip
            ),
            None,
        )
        found[first] = name or wording_for(language).introduction
    opened = [number for number, name in enumerate(found) if name is not None]
    if len(opened) == 1:
        found[opened[0]] = title
    return found


def _runs(heard: Sequence[Draft]) -> list[tuple[int, int]]:
    """Stretches ``[first, last)`` of heads with nothing heard between them, each beginning with one that is heard."""
    runs: list[tuple[int, int]] = []
    inside = False
    for number, each in enumerate(heard):
        if each.skip:
            continue
        heads = each.place in _HEADS
        if heads and inside:
            runs[-1] = (runs[-1][0], number + 1)
        elif heads or not runs:
            runs.append((number, number + 1))
        inside = heads
    return runs
