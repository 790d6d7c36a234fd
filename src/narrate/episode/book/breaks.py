"""Where the pages of the source begin, as places in a book (EPUB Accessibility 1.1: page navigation)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from markupsafe import Markup

from narrate.episode.text import one_line
from narrate.model import MarkKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from narrate.episode.page.shown import Shown
    from narrate.model import Mark

_BREAK = Markup('<span id="{}" epub:type="pagebreak" role="doc-pagebreak" aria-label="{}"></span>')
_UNFIT = re.compile(r"[^0-9A-Za-z]+")


@dataclass(frozen=True, slots=True)
class Break:
    """The begin of a page: what it is called, and its id."""

    label: str
    id: str


@dataclass(slots=True)
class Breaks:
    """The pages of the source that begin on a page of the book, in their order."""

    found: list[Break] = field(default_factory=list)
    _names: dict[str, int] = field(default_factory=dict)

    def element(self, label: str) -> str:
        """The element where a page begins; "" where it has no name that can be read."""
        label = one_line(label)
        if not label:
            return ""
        name = "page-" + (_UNFIT.sub("-", label).strip("-") or "x")
        times = self._names[name] = self._names.get(name, 0) + 1
        made = Break(label, name if times == 1 else f"{name}.{times}")
        self.found.append(made)
        return str(_BREAK.format(made.id, label))


class Turning:
    """The words of a block, stretch by stretch, with the pages that begin in them; each begins once."""

    def __init__(self, marks: Iterable[Mark], breaks: Breaks) -> None:
        self._left = [mark for mark in marks if mark.kind is MarkKind.PAGE]
        self._breaks = breaks

    def put(self, shown: Shown, write: Callable[[int, int], None], start: int, end: int) -> None:
        """Write a stretch, divided where pages begin in it; one that begins where it ends belongs to the next."""
        while self._left and self._left[0].start < end:
            mark = self._left.pop(0)
            if mark.start > start:
                write(start, mark.start)
                start = mark.start
            shown.raw(self._breaks.element(mark.value))
        write(start, end)

    def finish(self, shown: Shown) -> None:
        """Pages that begin after the last word."""
        for mark in self._left:
            shown.raw(self._breaks.element(mark.value))
        self._left = []


def listed(pages: Sequence[tuple[str, Sequence[Break]]]) -> Markup:
    """The list of pages, each with its address; "" where there is none. `pages` are the book's, by their names."""
    places = [(f"{name}#{each.id}", each.label) for name, breaks in pages for each in breaks]
    items = Markup("\n").join(Markup('<li><a href="{}">{}</a></li>').format(*place) for place in places)
    return _LIST.format(items) if places else Markup("")


_LIST = Markup(
    """<nav epub:type="page-list" role="doc-pagelist" aria-label="Pages" hidden="">
<ol>
{}
</ol>
</nav>
"""
)
