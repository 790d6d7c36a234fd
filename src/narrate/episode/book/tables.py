"""Tables as XHTML: a row that is heard as one sentence is one element, and the whole can be left."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from narrate.episode.book.breaks import Turning
from narrate.episode.cells import rows_of
from narrate.episode.page.inline import inline
from narrate.episode.page.shown import Shown, fit

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from narrate.episode.book.blocks import Writer
    from narrate.model import Heard, Passage

_Span = tuple[int, int]


def table(passage: Passage, writer: Writer) -> str:
    """A table of cells, its first row of heads; one without columns is a list of its lines."""
    rows = rows_of(passage.block.text)
    tabular = len(rows) > 1 and max(map(len, rows)) > 1
    heard = _by_row(passage, rows)
    unread = "" if passage.heard else ' class="unread"'

    def make(name: str) -> str:
        row, head, cell, outer = ("tr", "th", "td", "table") if tabular else ("li", "", "", "ul")
        lines = "".join(
            _row(passage, writer, each, heard.get(number, ()), (row, cell if number else head))
            for number, each in enumerate(rows)
        )
        return f'<{outer} id="{name}"{unread}>\n{lines}</{outer}>'

    return writer.grouped("table" if tabular else "list", make)


def _by_row(passage: Passage, rows: Sequence[Sequence[_Span]]) -> Mapping[int, list[Heard]]:
    """Which stretches are heard as which row: of a cue with the heads of columns, the last."""
    last = {each.cue: each for each in passage.heard}
    found: dict[int, list[Heard]] = {}
    for each in last.values():
        number = next((n for n, row in enumerate(rows) if row[0][0] <= each.start <= row[-1][1]), 0)
        found.setdefault(number, []).append(each)
    return found


def _row(
    passage: Passage, writer: Writer, cells: Sequence[_Span], heard: Sequence[Heard], tags: tuple[str, str]
) -> str:
    """A row in the element of the first tag, its cells in those of the second, if it has any."""
    row, cell = tags
    shown = Shown(fit(passage.block.text))
    put = _put(shown, passage, writer, (cells[0][0], cells[-1][1]))
    name = f' id="c{heard[0].cue}"' if len(heard) == 1 else ""
    if len(heard) == 1:
        writer.heard([(f"c{heard[0].cue}", *writer.span(heard[0].cue))])
    shown.raw(f"<{row}{name}>")
    for start, end in cells:
        inside = [each for each in heard if start <= each.start < max(end, start + 1)] if len(heard) > 1 else []
        scope = ' scope="col"' if cell == "th" and end > start else ""
        tag = "td" if cell == "th" and end == start else cell
        shown.raw(f"<{tag}{scope}>" if tag else "")
        _cell(shown, put, writer, (start, end), inside)
        shown.raw(f"</{tag}>" if tag else "")
    shown.raw(f"</{row}>\n")
    return shown.html()


def _put(shown: Shown, passage: Passage, writer: Writer, row: _Span) -> Callable[[int, int], None]:
    """What writes a stretch of a row."""
    marks, language = passage.block.marks, passage.block.language or writer.language
    turning = Turning([mark for mark in marks if row[0] <= mark.start <= row[1]], writer.breaks)

    def write(start: int, end: int) -> None:
        inline(shown, marks, writer.notes, language, (start, end))

    return partial(turning.put, shown, write)


def _cell(shown: Shown, put: Callable[[int, int], None], writer: Writer, span: _Span, inside: Sequence[Heard]) -> None:
    """The words of a cell, an element for each sentence that begins in it."""
    at, end = span
    for each in inside:
        stop = min(each.end, end)
        put(at, each.start)
        shown.raw(f'<span id="c{each.cue}">')
        put(each.start, stop)
        shown.raw("</span>")
        writer.heard([(f"c{each.cue}", *writer.span(each.cue))])
        at = stop
    put(at, end)
