"""The marks inside a block as elements: links, emphasis, code, languages, formulas, marks of notes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from markupsafe import Markup

from narrate.episode.formula import formula_of
from narrate.episode.languages import differs, direction
from narrate.episode.text import web_address
from narrate.model import MarkKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from narrate.episode.page.shown import Shown
    from narrate.model import Mark

_ORDER = (
    *(MarkKind.LINK, MarkKind.NOTE_REFERENCE, MarkKind.LANGUAGE, MarkKind.STRONG),
    *(MarkKind.EMPHASIS, MarkKind.CODE, MarkKind.MATH),
)
"""Which is outside of which; a mark of a work that is cited shows as it is written."""
DISPLAYED = "displayed"
"""What a mark of a formula has for its value where the formula stands on a line of its own."""
_PLAIN: Mapping[MarkKind, tuple[str, str]] = {
    MarkKind.STRONG: ("<strong>", "</strong>"),
    MarkKind.EMPHASIS: ("<em>", "</em>"),
    MarkKind.CODE: ("<code>", "</code>"),
    MarkKind.MATH: ('<code class="tex">', "</code>"),
}


@dataclass(slots=True)
class Notes:
    """The notes of a text: each has a number in the order in which it is first met, by which it has its anchors.

    `there` are the notes that have words of their own, with the file that each is in, `file` is the one that is being
    written: "" where there is but one. `told` has the file and the anchor of each mark of a note so far.
    """

    there: Mapping[str, str] = field(default_factory=dict)
    file: str = ""
    told: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    _numbers: dict[str, int] = field(default_factory=dict)
    _words: dict[str, str] = field(default_factory=dict)

    def number(self, note: str) -> int:
        """Which note it is."""
        return self._numbers.setdefault(note, len(self._numbers) + 1)

    def reference(self, note: str, words: str) -> str:
        """The anchor of the next mark of it, which has these words."""
        marks = self.told.setdefault(note, [])
        anchor = f"r-{self.number(note)}" + (f"-{len(marks) + 1}" if marks else "")
        marks.append((self.file, anchor))
        self._words.setdefault(note, words.strip(" []()"))
        return anchor

    def way(self, note: str) -> str:
        """The address of a note that is there."""
        return self._address(self.there[note], f"n-{self.number(note)}")

    def ways_back(self, note: str) -> Iterator[tuple[str, str]]:
        """The address of each of its marks, and what that is called: as it is written, else by its number."""
        for place, (file, anchor) in enumerate(self.told.get(note, ()), start=1):
            name = self._words[note] or str(self.number(note))
            yield self._address(file, anchor), f"{name}.{place}" if place > 1 else name

    def _address(self, file: str, anchor: str) -> str:
        return f"{'' if file == self.file else file}#{anchor}"


def inline(shown: Shown, marks: Sequence[Mark], notes: Notes, language: str, span: tuple[int, int]) -> None:
    """Write a stretch of a block with its marks; `language` is the one it stands in."""
    _write(_Writer(shown, notes, language), _in(marks, *span), span, 0)


@dataclass(frozen=True, slots=True)
class _Writer:
    shown: Shown
    notes: Notes
    language: str


def _write(writer: _Writer, marks: Sequence[Mark], span: tuple[int, int], depth: int) -> None:
    """A stretch with the marks of one kind as elements, and inside them and between them those of the next."""
    if depth == len(_ORDER) or not marks:
        _lines(writer.shown, span)
        return
    mine = sorted((mark for mark in marks if mark.kind is _ORDER[depth]), key=lambda mark: (mark.start, -mark.end))
    others = [mark for mark in marks if mark.kind is not _ORDER[depth]]
    at = span[0]
    for mark in mine:
        start, end = max(mark.start, at), min(mark.end, span[1])
        here = start < end or mark.start == mark.end == start
        tags = _tags(mark, writer) if here else None
        formula = (
            formula_of(writer.shown.text[start:end], display=mark.value == DISPLAYED)
            if _is_formula(mark, start, end)
            else None
        )
        if formula:
            _write(writer, _in(others, at, start), (at, start), depth + 1)
            writer.shown.stand_in(start, end, formula.html, formula.text)
            at = end
        elif tags:
            _write(writer, _in(others, at, start), (at, start), depth + 1)
            writer.shown.raw(tags[0])
            inner = _in(others, start, end)
            _write(writer, _no_links(inner) if mark.kind is MarkKind.LINK else inner, (start, end), depth + 1)
            writer.shown.raw(tags[1])
            at = end
    _write(writer, _in(others, at, span[1]), (at, span[1]), depth + 1)


def _is_formula(mark: Mark, start: int, end: int) -> bool:
    """Whether a stretch is a whole formula."""
    return mark.kind is MarkKind.MATH and (start, end) == (mark.start, mark.end)


def _in(marks: Sequence[Mark], start: int, end: int) -> list[Mark]:
    """The marks that reach into a stretch; one without words of its own is in that which it follows."""
    return [mark for mark in marks if (mark.start < end and mark.end > start) or _bare(mark, start, end)]


def _bare(mark: Mark, start: int, end: int) -> bool:
    return mark.start == mark.end and (start < mark.start or mark.start == 0) and mark.start <= end


def _lines(shown: Shown, span: tuple[int, int]) -> None:
    """Lines of a poem or an address are lines."""
    at = span[0]
    while at <= span[1]:
        stop = shown.text.find("\n", at, span[1])
        shown.write(at, stop + 1 if stop >= 0 else span[1])
        if stop < 0:
            return
        shown.raw("<br/>")
        at = stop + 1


def _no_links(marks: Sequence[Mark]) -> list[Mark]:
    """The marks that may stand in a link."""
    return [mark for mark in marks if mark.kind is not MarkKind.NOTE_REFERENCE]


def _tags(mark: Mark, writer: _Writer) -> tuple[str, str] | None:
    """The tags of a mark; None where it makes no element."""
    match mark.kind:
        case MarkKind.LINK:
            address = web_address(mark.value)
            return (Markup('<a href="{}">').format(address), "</a>") if address else None
        case MarkKind.LANGUAGE:
            return (_language(mark.value), "</span>") if differs(mark.value, writer.language) else None
        case MarkKind.NOTE_REFERENCE if mark.value in writer.notes.there:
            anchor = writer.notes.reference(mark.value, writer.shown.text[mark.start : mark.end])
            own = "" if mark.start < mark.end else f'<span data-own="">{writer.notes.number(mark.value)}</span>'
            way = writer.notes.way(mark.value)
            return f'<sup><a id="{anchor}" href="{way}" role="doc-noteref">{own}', "</a></sup>"
        case _:
            return _PLAIN.get(mark.kind)


def _language(tag: str) -> str:
    return Markup('<span lang="{}" dir="{}">').format(tag, direction(tag))
