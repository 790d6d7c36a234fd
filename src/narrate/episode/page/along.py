"""What the player knows of an episode, as JSON inside its page: times from the timeline, places from its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from narrate.episode.text import compact_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from narrate.episode.page.text import Stretch, Text
    from narrate.model import Cue, Timeline

_USUAL = (0, 1)
"""Milliseconds and characters between two words: no time, and a space."""

_SAFE = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def embedded(value: object) -> Markup:
    r"""JSON that can stand in a ``script`` element: it cannot end it, nor open a comment (HTML, 4.12.1.3).

    >>> print(embedded("</script><!--"))
    "\u003c/script\u003e\u003c!--"
    """
    return Markup(compact_json(value).translate(_SAFE))  # noqa: S704 - what could be markup is escaped above


def cues_of(timeline: Timeline, text: Text) -> Markup:
    """A row a cue: ``[start_ms, end_ms, element, start, end, …]``, three numbers a stretch of the page."""
    return embedded(
        [[cue.start_ms, cue.end_ms, *_flat(text.places.get(at, []))] for at, cue in enumerate(timeline.cues)]
    )


def words_of(timeline: Timeline, text: Text) -> Markup:
    """A row a cue: ``[length_ms, length, …]``, two numbers a word that the page shows, in its element.

    A word begins when the one before it ends, one character behind it, the first one at the start of the cue, one
    character behind the start of the element. Where it does not, ``-1 - gap_ms, gap`` come before its two numbers.
    It is apart from the cues, for it is long, and read only if words are marked.
    """
    return embedded([list(_words(cue, text.words.get(at, ()))) for at, cue in enumerate(timeline.cues)])


def _flat(stretches: list[Stretch]) -> Iterator[int]:
    return (number for stretch in stretches for number in stretch)


def _words(cue: Cue, places: tuple[Stretch | None, ...]) -> Iterator[int]:
    ms, at = cue.start_ms, 0
    for word, place in zip(cue.words, places, strict=False):
        if place:
            _, start, end = place
            gaps = word.start_ms - ms, start - at
            if gaps != _USUAL:
                yield from (-1 - gaps[0], gaps[1])
            yield from (word.end_ms - word.start_ms, end - start)
            ms, at = word.end_ms, end
