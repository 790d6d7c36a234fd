"""Blocks as XHTML, and what of them is heard."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from markupsafe import Markup

from narrate.episode.book.breaks import Breaks
from narrate.episode.book.overlay import Clip, Group, spans_of
from narrate.episode.book.tables import table
from narrate.episode.book.words import language_of, words_of
from narrate.episode.figures import HIDDEN, images
from narrate.episode.nesting import BULLETS, DEEPEST, OWN_NUMBERS, lists, quotes, shallow
from narrate.episode.page.inline import DISPLAYED, Notes
from narrate.model import BlockKind, Mark, MarkKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from narrate.episode.nesting import Item
    from narrate.model import Cue, Passage


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a page, for the table of contents; `title` where it is that of an article."""

    rank: int
    text: str
    id: str
    title: bool = False


@dataclass(slots=True)
class Writer:
    """A page in the making: what is heard of it, its headings, and the pages of the source, in their order.

    `notes` are those of the whole text, `ranks` the levels of the headings that it stands under.
    """

    cues: Sequence[Cue]
    language: str
    notes: Notes
    ranks: list[int]
    words: bool = False
    nodes: list[Clip | Group] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    breaks: Breaks = field(default_factory=Breaks)
    _spans: list[tuple[int, int]] = field(init=False)
    _into: list[list[Clip | Group]] = field(init=False)
    _ids: int = 0

    def __post_init__(self) -> None:
        """Nothing is heard yet."""
        self._spans = spans_of(self.cues)
        self._into = [self.nodes]

    def new_id(self) -> str:
        """An id that the page does not have yet."""
        self._ids += 1
        return f"b{self._ids}"

    def grouped(self, kind: str, make: Callable[[str], str]) -> str:
        """XHTML that is made with an id; what is heard in it is one group of that kind."""
        group = Group(self.new_id(), kind)
        self._into.append(group.nodes)
        html = make(group.id)
        self._into.pop()
        if group.nodes:
            self._into[-1].append(group)
        return html

    def heard(self, ids: Iterable[tuple[str, int, int]]) -> None:
        """These elements are heard now, from when to when in ms."""
        self._into[-1] += (Clip(*each) for each in ids)

    def span(self, cue: int) -> tuple[int, int]:
        """When the clip of a cue begins and ends."""
        return self._spans[cue]

    def depth(self, level: int) -> int:
        """The rank of a heading: below those before it of a higher rank, and never a step left out."""
        while self.ranks and self.ranks[-1] >= level:
            self.ranks.pop()
        self.ranks.append(level)
        return min(len(self.ranks), DEEPEST)


def written(passages: Sequence[Passage], writer: Writer) -> str:
    """The passages of a page."""
    html = "\n".join(_blocks(passages, writer))
    # Text holds no quotation mark that is not escaped, so this is an attribute wherever it stands.
    return html.replace('role="doc-noteref"', 'epub:type="noteref" role="doc-noteref"')


def _blocks(passages: Sequence[Passage], writer: Writer) -> Iterator[str]:
    for (kind, own), run in groupby(passages, key=lambda each: (each.block.kind, each.own)):
        if kind is BlockKind.LIST_ITEM and not own:
            yield _lists([shallow(each) for each in run], writer)
        elif kind is BlockKind.QUOTE and not own:
            yield quotes([shallow(each) for each in run], partial(_wrapped, tag="p", writer=writer))
        elif kind is BlockKind.NOTE:
            yield from (_note(name, list(each), writer) for name, each in groupby(run, key=lambda one: one.block.note))
        else:
            yield from (_leaf(each, writer) for each in run)


def _leaf(passage: Passage, writer: Writer) -> str:
    if passage.own:
        return _wrapped(passage, "p", writer, "narrate")
    return _LEAVES.get(passage.block.kind, _paragraph)(passage, writer)


def _paragraph(passage: Passage, writer: Writer) -> str:
    return _wrapped(passage, "p", writer)


def _break(passage: Passage, writer: Writer) -> str:
    return _paragraph(passage, writer) if passage.heard else "<hr/>"


def _heading(passage: Passage, writer: Writer) -> str:
    title = passage.block.kind is BlockKind.TITLE
    rank = writer.depth(0 if title else max(passage.block.level, 1))
    name = writer.new_id()
    if passage.heard:
        writer.headings.append(Heading(rank, " ".join(passage.block.text.split()), name, title))
    return _wrapped(passage, f"h{rank}", writer, name=name)


def _code(passage: Passage, writer: Writer) -> str:
    return f"<pre{_class(passage)}><code>{words_of(passage, writer, (), verbatim=True)}</code></pre>"


def _figure(passage: Passage, writer: Writer) -> str:
    """A picture with its description and its caption; the words alone where it is not in the book."""
    block = passage.block
    at, end = block.caption, len(block.text)
    if not passage.plates or any(each.start < at < each.end for each in passage.heard):
        return _wrapped(passage, "p", writer, "figure")
    # Pages that begin with the picture begin before what is hidden from some.
    turns = [mark for mark in block.marks if mark.kind is MarkKind.PAGE and mark.start < at]
    begins = "".join(writer.breaks.element(mark.value) for mark in turns)
    rest = replace(passage, block=replace(block, marks=tuple(mark for mark in block.marks if mark not in turns)))
    parts = [begins, images(passage, closed=True)]
    for tag, attributes, span in (("p", HIDDEN, (0, len(block.text[:at].rstrip()))), ("figcaption", "", (at, end))):
        if block.text[slice(*span)].strip():
            parts.append(f"<{tag}{attributes}>{words_of(rest, writer, block.marks, span=span)}</{tag}>")
    language = language_of(block.language, writer.language)
    unread = passage if block.text else replace(passage, own=True)
    return f"<figure{_class(unread, 'figure')}{language}>{''.join(parts)}</figure>"


def _math(passage: Passage, writer: Writer) -> str:
    """A formula on a line of its own."""
    block = passage.block
    formula = Mark(MarkKind.MATH, 0, len(block.text), DISPLAYED)
    return _wrapped(replace(passage, block=replace(block, marks=(formula,))), "p", writer, "math")


def _table(passage: Passage, writer: Writer) -> str:
    return table(passage, writer)


def _lists(items: Sequence[Passage], writer: Writer) -> str:
    return "\n".join(_list(sort, rows, writer) for sort, rows in lists(items))


def _list(sort: str, rows: Sequence[Item], writer: Writer) -> str:
    tag = "ul" if sort is BULLETS else "ol"
    numbered = ' class="numbered"' if sort is OWN_NUMBERS else ""

    def make(name: str) -> str:
        inner = "\n".join(_item(*row, writer) for row in rows)
        return f'<{tag} id="{name}"{numbered}>\n{inner}\n</{tag}>'

    return writer.grouped("list", make)


def _item(first: Passage, deeper: Sequence[Passage], writer: Writer) -> str:
    value = f' value="{first.block.number}"' if first.block.number else ""

    def make(name: str) -> str:
        inner = _wrapped(first, "p", writer)
        return f'<li id="{name}"{value}>{inner}{_lists(deeper, writer) if deeper else ""}</li>'

    return writer.grouped("list-item", make)


def _note(name: str, passages: Sequence[Passage], writer: Writer) -> str:
    """A note, which reading systems may leave out; it leads back to its first mark."""
    anchor = f"n-{writer.notes.number(name)}" if name else ""
    first = next(writer.notes.ways_back(name), None)
    back = Markup('<a href="{}" role="doc-backlink">{} ↩</a>').format(*first) if first else ""

    def make(group: str) -> str:
        inner = "\n".join(_wrapped(each, "p", writer) for each in passages)
        target = f'<span id="{anchor}"></span>' if anchor else ""
        return f'<aside id="{group}" epub:type="footnote" role="doc-footnote">{target}{back}{inner}</aside>'

    return writer.grouped("footnote", make)


def _wrapped(passage: Passage, tag: str, writer: Writer, kind: str = "", name: str = "") -> str:
    named = f' id="{name}"' if name else ""
    language = language_of(passage.block.language, writer.language)
    return f"<{tag}{named}{_class(passage, kind)}{language}>{words_of(passage, writer, passage.block.marks)}</{tag}>"


def _class(passage: Passage, kind: str = "") -> str:
    unread = "" if passage.heard or passage.own else "unread"
    names = " ".join(filter(None, (kind, unread)))
    return f' class="{names}"' if names else ""


_LEAVES: Mapping[BlockKind, Callable[[Passage, Writer], str]] = {
    BlockKind.TITLE: _heading,
    BlockKind.HEADING: _heading,
    BlockKind.BREAK: _break,
    BlockKind.CODE: _code,
    BlockKind.FIGURE: _figure,
    BlockKind.MATH: _math,
    BlockKind.TABLE: _table,
}
