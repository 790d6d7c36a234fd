"""A reading as pages of a book: one a chapter, each with something that is heard."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from markupsafe import Markup

from narrate.episode.book.blocks import Heading, Writer, written
from narrate.episode.languages import direction
from narrate.episode.page.inline import Notes
from narrate.episode.text import one_line
from narrate.model import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from narrate.episode.book.breaks import Break
    from narrate.episode.book.overlay import Clip, Group
    from narrate.episode.book.volume import Volume
    from narrate.model import Passage

MOST_SENTENCES = 400
"""A chapter that is longer is divided, between its blocks: reading systems lay a page out as a whole."""

_PAGE = Markup(
    """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" xml:lang="{language}" \
lang="{language}" dir="{direction}">
<head>
<meta charset="utf-8"/>
<title>{title}</title>
<link rel="stylesheet" type="text/css" href="book.css"/>
</head>
<body epub:type="bodymatter">
<section epub:type="chapter" role="doc-chapter" aria-label="{title}">
{blocks}
</section>
</body>
</html>
"""
)


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its name, its XHTML, what is heard of it, its headings, and which part of the book it is of.

    `breaks` are the begins of the source's own pages on it.
    """

    name: str
    title: str
    data: bytes
    nodes: tuple[Clip | Group, ...]
    headings: tuple[Heading, ...]
    volume: int
    breaks: tuple[Break, ...] = ()


@dataclass(slots=True)
class _Run:
    """Passages that make a page."""

    title: str
    passages: list[Passage] = field(default_factory=list)

    @property
    def heard(self) -> int:
        """How many sentences are heard in it."""
        return len({each.cue for passage in self.passages for each in passage.heard})


def pages_of(volume: Volume, number: int, *, words: bool) -> list[Page]:
    """The pages of the part of that number."""
    ranks: list[int] = []
    language, cues = volume.reading.language, volume.timeline.cues
    found = []
    runs = {f"p{number + 1}-{at}.xhtml": run for at, run in enumerate(_runs(volume), start=1)}
    places = [(each.block.note, name) for name, run in runs.items() for each in run.passages if each.block.note]
    notes = Notes(dict(places[::-1]))
    for name, run in runs.items():
        notes.file = name
        writer = Writer(cues, language, notes, ranks, words=words)
        blocks = written(run.passages, writer)
        data = _PAGE.format(
            language=language,
            direction=direction(language),
            title=one_line(run.title),
            blocks=Markup(blocks),  # noqa: S704 - escaped where it was written
        )
        nodes, headings = tuple(writer.nodes), tuple(writer.headings)
        breaks = tuple(writer.breaks.found)
        xhtml = str(data).encode("utf-8", "replace")
        found.append(Page(name, one_line(run.title), xhtml, nodes, headings, number, breaks))
    return found


def _runs(volume: Volume) -> list[_Run]:
    """The passages of each page: a chapter, or as much of one as a page holds; each has a sentence that is heard."""
    opens = {chapter.segment: chapter.title for chapter in volume.timeline.chapters}
    runs = [_Run(volume.title)]
    for passage in in_time(volume.reading.passages):
        title = next((opens[segment] for segment in passage.segments if segment in opens), "")
        full = runs[-1].heard >= MOST_SENTENCES and passage.block.kind in _APART
        if (title or full) and runs[-1].heard:
            runs.append(_Run(title or runs[-1].title))
        elif title and not runs[-1].heard:
            runs[-1].title = title
        runs[-1].passages.append(passage)
    if len(runs) > 1 and not runs[-1].heard:
        last = runs.pop()
        runs[-1].passages += last.passages
    return runs


_APART = frozenset({BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.CODE, BlockKind.TABLE, BlockKind.FIGURE})
"""Before what a long chapter may be divided: nothing that is one element with what stands before it."""


def in_time(passages: Sequence[Passage]) -> Iterator[Passage]:
    """The passages with their notes where these are heard, so that a page is read from top to bottom.

    What is not heard stays with what stands before it.
    """
    order: list[tuple[int, int, Passage]] = []
    at = 0
    moved = 0
    for number, passage in enumerate(passages):
        note = passage.block.kind is BlockKind.NOTE
        if passage.heard and not note:
            at = max(at, passage.heard[0].cue)
        moved = passage.heard[0].cue if passage.heard else moved
        order.append((moved if note else at, number, passage))
    yield from (passage for *_, passage in sorted(order, key=lambda each: each[:2]))
