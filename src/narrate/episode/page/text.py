"""The text of an episode as HTML, and where in it each cue and each word is."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from narrate.episode.languages import differs, direction
from narrate.episode.nesting import DEEPEST, shallow
from narrate.episode.page.groups import several
from narrate.episode.page.inline import Notes, inline
from narrate.episode.page.leaves import leaf
from narrate.episode.page.shown import Shown, fit
from narrate.episode.sections import anchor_of
from narrate.episode.text import one_line
from narrate.model import BlockKind, Mark, MarkKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from narrate.model import Block, Cue, Passage, Reading

_LONG, _PART = 30_000, 5_000
"""Characters of HTML: a text that is put into parts, and a part of it."""
_HEADINGS = ("<h", '<div class="head')
"""No part ends with one."""
_UNREAD: Mapping[str, str] = {
    "furniture": "part of the page round the article",
    "bylines": "said at the start",
    "references": "list of works",
    "notes": "note",
    "notes = section": "heading; its notes are read where they belong",
    "notes = place": "heading; its notes are read where they belong",
    "code": "code",
    "tables": "table",
    "images": "picture",
    "mathematics": "formula",
    "said once": "said already",
    "nothing to say": "no words in it",
    "skip in the script": "left out by hand",
    "no voice could speak it": "no voice could speak it",
}
"""Why something is not read aloud, in words for people, by the rule's name or by the part of it before "="."""

Stretch = tuple[int, int, int]
"""A stretch of the page: the number of its element, and characters ``[start, end)`` of that element's text."""


@dataclass(frozen=True, slots=True)
class Element:
    """A block on its way to HTML."""

    passage: Passage
    shown: Shown
    marks: tuple[Mark, ...]
    attributes: str
    language: str
    notes: Notes
    ui: str
    depth: int = 2
    start_ms: int | None = None

    @property
    def block(self) -> Block:
        """The passage's block."""
        return self.passage.block


@dataclass(slots=True)
class Text:
    """The text in the making: `title` is what the page's own heading says, `ui` the attributes of English words.

    `places` has the stretches of each cue by its number, `words` those of its words, None where a word is not shown.
    """

    title: str
    language: str
    ui: str
    cues: Sequence[Cue]
    notes: Notes
    heading: str = ""
    html: str = ""
    places: dict[int, list[Stretch]] = field(default_factory=dict)
    words: dict[int, tuple[Stretch | None, ...]] = field(default_factory=dict)
    _made: list[Element] = field(default_factory=list)
    _ids: set[str] = field(default_factory=set)
    _open: list[int] = field(default_factory=list)

    def element(self, passage: Passage, *, title: bool = False) -> Element:
        """An element for a passage, numbered: what is written into it is counted."""
        block = passage.block
        language = block.language or self.language
        number = len(self._made)
        spoken = f' data-b="{number}"' if passage.heard else ""
        attributes = f"{spoken}{'' if title else self._anchor(passage)}{_language(language, self.language)}"
        depth = self._depth(block.level) if block.kind in _HEADS and not title else 2
        start = min((self.cues[each.cue].start_ms for each in passage.heard), default=None)
        made = Element(
            passage,
            Shown(fit(block.text)),
            (*self._marks(block), *self._languages(passage, language)),
            attributes,
            language,
            self.notes,
            self.ui,
            depth,
            start,
        )
        self._made.append(made)
        return made

    def _anchor(self, passage: Passage) -> str:
        """The id that other files lead to: that of the segment that is heard first of it."""
        heard = [self.cues[each.cue].segment for each in passage.heard]
        name = next(iter((*heard, *passage.segments)), "")
        return self.anchor(anchor_of(name)) if name else ""

    def anchor(self, name: str) -> str:
        """An id as an attribute; none where the page has it already."""
        if name in self._ids:
            return ""
        self._ids.add(name)
        return str(Markup(' id="{}"').format(name))

    def has(self, anchor: str) -> bool:
        """Whether an id is on the page."""
        return anchor in self._ids

    def _depth(self, level: int) -> int:
        """How deep a heading stands on the page: below those before it of a higher rank, and never a step left out."""
        while self._open and self._open[-1] >= level:
            self._open.pop()
        self._open.append(level)
        return min(len(self._open) + 1, DEEPEST)

    def _marks(self, block: Block) -> Iterator[Mark]:
        return (mark for mark in block.marks if not (mark.kind is MarkKind.NOTE_REFERENCE and mark.value == block.note))

    def _languages(self, passage: Passage, language: str) -> Iterator[Mark]:
        """Sentences that are heard in another language than the block's."""
        for each in passage.heard:
            tag = self.cues[each.cue].language
            if differs(tag, language):
                yield Mark(MarkKind.LANGUAGE, each.start, each.end, tag)

    def finish(self) -> None:
        """Find the stretches of all that was written."""
        for number, element in enumerate(self._made):
            for heard in element.passage.heard:
                span = element.shown.span(heard.start, heard.end)
                if span:
                    self.places.setdefault(heard.cue, []).append((number, *span))
                if heard.words:
                    spans = (at and element.shown.span(*at) for at in heard.words)
                    self.words[heard.cue] = tuple((number, *each) if each else None for each in spans)


_HEADS = frozenset({BlockKind.TITLE, BlockKind.HEADING})


def text_of(reading: Reading, cues: Sequence[Cue], title: str, ui: str) -> Text:
    """The text of an episode of that title; a title that says no more than the page's own heading is left to that."""
    there = {each.block.note: "" for each in reading.passages if each.block.note}
    text = Text(one_line(title), reading.language, ui, cues, Notes(there))
    shown = list(_shown(reading, text))
    elements = (each for _, run in groupby(shown, key=_kind_of_run) for each in _run(list(run), text))
    text.html = "\n".join(_parts(list(elements)))
    text.finish()
    return text


def _parts(elements: Sequence[str]) -> Iterator[str]:
    """The elements; those of a long text in parts, each of which a browser lays out only when it comes near."""
    if sum(map(len, elements)) <= _LONG:
        yield from elements
        return
    part: list[str] = []
    size = 0
    for element in elements:
        part.append(element)
        size += len(element)
        if size > _PART and not element.startswith(_HEADINGS):
            yield _part(part)
            part, size = [], 0
    if part:
        yield _part(part)


def _part(elements: Sequence[str]) -> str:
    return "\n".join(('<div class="part">', *elements, "</div>"))


def _shown(reading: Reading, text: Text) -> Iterator[Passage]:
    """The passages that the page shows below its heading."""
    for passage in reading.passages:
        same = passage.block.kind is BlockKind.TITLE and one_line(passage.block.text) == text.title
        if same and passage.heard and not text.heading:
            element = text.element(passage, title=True)
            inline(element.shown, (), text.notes, element.language, (0, len(element.block.text)))
            text.heading = f'<h1 id="title"{element.attributes}>{element.shown.html()}</h1>'
        elif not same or passage.heard:
            yield passage
    text.heading = text.heading or f'<h1 id="title">{escape(text.title)}</h1>'


def _kind_of_run(passage: Passage) -> tuple[bool, str]:
    return passage.own, passage.why


def _run(passages: list[Passage], text: Text) -> Iterator[str]:
    """The elements of passages in a row: all heard and the author's, or narrate's own, or left out by one rule."""
    why = passages[0].why
    if passages[0].own:
        yield from (_own(each, text) for each in passages)
    elif not why:
        yield from blocks(passages, text)
    else:
        said = _UNREAD.get(why) or _UNREAD.get(why.partition(" = ")[0]) or escape(why)
        label = f'<p class="label"{text.ui}>Not read aloud: {said}</p>'
        html = "\n".join(blocks(passages, text))
        yield f'<div class="unread">{label}\n{html}\n</div>'


def _own(passage: Passage, text: Text) -> str:
    element = text.element(passage)
    inline(element.shown, element.marks, text.notes, element.language, (0, len(element.block.text)))
    around = _language(passage.block.language, text.language)
    words = f"<span{element.attributes}>{element.shown.html()}</span>"
    return f'<p class="own"{around}><b{text.ui}>narrate:</b> {words}</p>'


def blocks(passages: Sequence[Passage], text: Text) -> Iterator[str]:
    """The elements of passages: what belongs together in one."""
    for kind, run in groupby(passages, key=lambda each: each.block.kind):
        together = several(kind)
        if together:
            yield together([shallow(each) for each in run], text)
        else:
            yield from (leaf(text.element(each)) for each in run)


def _language(tag: str, around: str) -> str:
    return str(Markup(' lang="{}" dir="{}"').format(tag, direction(tag))) if differs(tag, around) else ""
