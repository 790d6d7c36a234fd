"""Blocks as XHTML, with an element for every sentence, or word, that is heard."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from markupsafe import Markup

from narrate.episode.book.breaks import Breaks, Turning
from narrate.episode.book.overlay import Clip, Group, spans_of
from narrate.episode.book.tables import table
from narrate.episode.languages import differs, direction
from narrate.episode.page.inline import Notes, inline
from narrate.episode.page.shown import Shown, fit
from narrate.model import BlockKind, Mark, MarkKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from narrate.model import Cue, Heard, Passage

_DEEPEST = 6


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

    `there` are the notes whose words are on this page, `ranks` the levels of the headings that it stands under.
    """

    cues: Sequence[Cue]
    language: str
    there: frozenset[str]
    ranks: list[int]
    words: bool = False
    nodes: list[Clip | Group] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    breaks: Breaks = field(default_factory=Breaks)
    notes: Notes = field(init=False)
    _spans: list[tuple[int, int]] = field(init=False)
    _into: list[list[Clip | Group]] = field(init=False)
    _ids: int = 0

    def __post_init__(self) -> None:
        """Nothing is heard yet."""
        self.notes = Notes(self.there)
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
        return min(len(self.ranks), _DEEPEST)


def written(passages: Sequence[Passage], writer: Writer) -> str:
    """The passages of a page."""
    html = "\n".join(_blocks(passages, writer))
    # Text holds no quotation mark that is not escaped, so this is an attribute wherever it stands.
    return html.replace('role="doc-noteref"', 'epub:type="noteref" role="doc-noteref"')


def _blocks(passages: Sequence[Passage], writer: Writer) -> Iterator[str]:
    for (kind, own), run in groupby(passages, key=lambda each: (each.block.kind, each.own)):
        if kind is BlockKind.LIST_ITEM and not own:
            yield _list(list(run), writer)
        elif kind is BlockKind.QUOTE and not own:
            inner = "\n".join(_wrapped(each, "p", writer) for each in run)
            yield f"<blockquote>\n{inner}\n</blockquote>"
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
    """A picture's words; the picture itself is on the web, and a book has to be whole."""
    return _wrapped(passage, "p", writer, "figure")


def _table(passage: Passage, writer: Writer) -> str:
    return table(passage, writer)


def _list(items: Sequence[Passage], writer: Writer) -> str:
    """Items as a list, and lists in it by their levels."""

    def make(name: str) -> str:
        tag = "ol" if items[0].block.number else "ul"
        base = items[0].block.level
        rows: list[list[Passage]] = []
        for item in items:
            if rows and item.block.level > base:
                rows[-1].append(item)
            else:
                rows.append([item])
        inner = "\n".join(_item(row, writer) for row in rows)
        return f'<{tag} id="{name}">\n{inner}\n</{tag}>'

    return writer.grouped("list", make)


def _item(row: Sequence[Passage], writer: Writer) -> str:
    first, *deeper = row
    value = f' value="{first.block.number}"' if first.block.number else ""

    def make(name: str) -> str:
        inner = _wrapped(first, "p", writer)
        return f'<li id="{name}"{value}>{inner}{_list(deeper, writer) if deeper else ""}</li>'

    return writer.grouped("list-item", make)


def _note(name: str, passages: Sequence[Passage], writer: Writer) -> str:
    """A note, which reading systems may leave out; it leads back to its first mark."""
    anchor = f"n-{writer.notes.number(name)}" if name else ""

    def make(group: str) -> str:
        back = (
            f' <a href="#r-{writer.notes.number(name)}" role="doc-backlink">↩</a>'
            if writer.notes.told.get(name)
            else ""
        )
        inner = "\n".join(_wrapped(each, "p", writer) for each in passages)
        target = f'<span id="{anchor}"></span>' if anchor else ""
        return f'<aside id="{group}" epub:type="footnote" role="doc-footnote">{target}{inner}{back}</aside>'

    return writer.grouped("footnote", make)


def _wrapped(passage: Passage, tag: str, writer: Writer, kind: str = "", name: str = "") -> str:
    named = f' id="{name}"' if name else ""
    language = _language(passage.block.language, writer.language)
    return f"<{tag}{named}{_class(passage, kind)}{language}>{words_of(passage, writer, passage.block.marks)}</{tag}>"


def _class(passage: Passage, kind: str = "") -> str:
    unread = "" if passage.heard or passage.own else "unread"
    names = " ".join(filter(None, (kind, unread)))
    return f' class="{names}"' if names else ""


def _language(tag: str, around: str) -> str:
    if not differs(tag, around):
        return ""
    return str(Markup(' xml:lang="{0}" lang="{0}" dir="{1}"').format(tag, direction(tag)))


def words_of(passage: Passage, writer: Writer, marks: Sequence[Mark], *, verbatim: bool = False) -> str:
    """The words of a block with their marks, an element for each stretch that is heard; `verbatim` keeps its lines."""
    shown, at = Shown(fit(passage.block.text)), 0
    own = [mark for mark in marks if not (mark.kind is MarkKind.NOTE_REFERENCE and mark.value == passage.block.note)]
    language = passage.block.language or writer.language
    write = shown.write if verbatim else partial(_put, shown, own, writer, language)
    turning = Turning(passage.block.marks, writer.breaks)
    put = partial(turning.put, shown, write)
    for heard in passage.heard:
        put(at, heard.start)
        _sentence(shown, put, writer, heard, language)
        at = heard.end
    put(at, len(shown.text))
    turning.finish(shown)
    return shown.html()


def _put(shown: Shown, marks: Sequence[Mark], writer: Writer, language: str, start: int, end: int) -> None:  # noqa: PLR0913, PLR0917 - bound but for the last two
    inline(shown, marks, writer.notes, language, (start, end))


def _sentence(shown: Shown, put: Callable[[int, int], None], writer: Writer, heard: Heard, language: str) -> None:
    """A stretch that is heard, in an element of its own, and its words in theirs."""
    cue, name = writer.cues[heard.cue], f"c{heard.cue}"
    shown.raw(f'<span id="{name}"{_language(cue.language, language)}>')
    words = list(_words(heard, cue)) if writer.words else []
    if len(words) < 2:  # noqa: PLR2004 - one word is the whole sentence
        put(heard.start, heard.end)
        writer.heard([(name, *writer.span(heard.cue))])
    else:
        writer.heard(_each_word(shown, put, heard, words, writer.span(heard.cue)))
    shown.raw("</span>")


_Word = tuple[int, int, int]


def _words(heard: Heard, cue: Cue) -> Iterator[_Word]:
    """The words that are written in the stretch: where, and when they begin."""
    at = heard.start
    for word, place in zip(cue.words, heard.words, strict=False):
        if place and at <= place[0] < place[1] <= heard.end:
            yield place[0], place[1], word.start_ms
            at = place[1]


def _each_word(
    shown: Shown, put: Callable[[int, int], None], heard: Heard, words: Sequence[_Word], span: tuple[int, int]
) -> Iterator[tuple[str, int, int]]:
    """An element a word, and when it is heard: up to the next."""
    starts = [span[0], *(start_ms for *_, start_ms in words[1:])]
    at = heard.start
    for number, ((start, end, _), (begin_ms, end_ms)) in enumerate(
        zip(words, pairwise([*starts, span[1]]), strict=True)
    ):
        put(at, start)
        name = f"c{heard.cue}w{number + 1}"
        shown.raw(f'<span id="{name}">')
        put(start, end)
        shown.raw("</span>")
        at = end
        if end_ms > begin_ms:
            yield name, begin_ms, end_ms
    put(at, heard.end)


_LEAVES: Mapping[BlockKind, Callable[[Passage, Writer], str]] = {
    BlockKind.TITLE: _heading,
    BlockKind.HEADING: _heading,
    BlockKind.BREAK: _break,
    BlockKind.CODE: _code,
    BlockKind.FIGURE: _figure,
    BlockKind.TABLE: _table,
}
