"""What is heard of a page, as SMIL (EPUB 3.3, 9: media overlays).

A clip is a sentence, or a word, and the silence after it, so that a book breathes as its episode does. Between two
articles and round the words of an episode there is music in the episode; it is not in a book's sound, and so its
clips pass over it: silence after a sentence is at most `MOST_SILENCE_MS` long.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from narrate.model import Cue

MOST_SILENCE_MS = 1_500

_SMIL = Markup(
    """<?xml version="1.0" encoding="utf-8"?>
<smil xmlns="http://www.w3.org/ns/SMIL" xmlns:epub="http://www.idpf.org/2007/ops" version="3.0">
<body epub:textref="{page}">
{nodes}
</body>
</smil>
"""
)
_SEQ = Markup('<seq epub:textref="{page}#{id}" epub:type="{kind}">\n{nodes}\n</seq>')
_PAR = Markup('<par><text src="{page}#{id}"/><audio src="{sound}" clipBegin="{begin}" clipEnd="{end}"/></par>')


@dataclass(frozen=True, slots=True)
class Clip:
    """An element of a page and when it is heard."""

    id: str
    start_ms: int
    end_ms: int


@dataclass(slots=True)
class Group:
    """What can be left out or left at once: a table, a list, a note; `kind` is of EPUB's structural semantics."""

    id: str
    kind: str
    nodes: list[Clip | Group] = field(default_factory=list)


def spans_of(cues: Sequence[Cue]) -> list[tuple[int, int]]:
    """When each cue's clip begins and ends, by the cue's number: up to the next in time, but for long silences."""
    ends = {cue.start_ms: following.start_ms for cue, following in pairwise(cues)}
    return [
        (cue.start_ms, max(min(ends.get(cue.start_ms, cue.end_ms), cue.end_ms + MOST_SILENCE_MS), cue.start_ms + 1))
        for cue in cues
    ]


def clips_in(nodes: Sequence[Clip | Group]) -> Iterator[Clip]:
    """All clips, those in groups too."""
    for node in nodes:
        if isinstance(node, Clip):
            yield node
        else:
            yield from clips_in(node.nodes)


def duration_ms(nodes: Sequence[Clip | Group]) -> int:
    """How long all of it is heard."""
    return sum(clip.end_ms - clip.start_ms for clip in clips_in(nodes))


def clock_value(ms: int) -> str:
    """A time as SMIL has it (EPUB 3.3, appendix on clock values).

    >>> clock_value(3_723_004), clock_value(0)
    ('1:02:03.004', '0:00:00.000')
    """
    seconds, rest = divmod(ms, 1000)
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"


def write_overlay(page: str, sound: str, nodes: Sequence[Clip | Group]) -> bytes:
    """The SMIL document of a page; `page` and `sound` are addresses as seen from it."""
    return str(_SMIL.format(page=page, nodes=_nodes(page, sound, nodes))).encode("utf-8", "replace")


def _nodes(page: str, sound: str, nodes: Sequence[Clip | Group]) -> Markup:
    return Markup("\n").join(_node(page, sound, node) for node in nodes)


def _node(page: str, sound: str, node: Clip | Group) -> Markup:
    if isinstance(node, Group):
        return _SEQ.format(page=page, id=node.id, kind=node.kind, nodes=_nodes(page, sound, node.nodes))
    facts: Mapping[str, str] = {"begin": clock_value(node.start_ms), "end": clock_value(node.end_ms)}
    return _PAR.format(page=page, id=node.id, sound=sound, **facts)
