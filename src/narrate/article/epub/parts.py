"""The parts of a book: which pages and places begin one, what it is called, and whether it is read."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from narrate.article.dom.tags import HEADINGS, local, semantics
from narrate.model import Block, BlockKind, Part, Reason, Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element as Element

    from narrate.article.dom.walk import Walked
    from narrate.article.epub.package import Entry, Package
    from narrate.article.epub.tree import Book

_FACTS = frozenset({"cover", "titlepage", "halftitlepage", "title-page", "half-title-page", "halftitle-page"})
_UNREAD = {
    **dict.fromkeys(_FACTS, Reason.FACT),
    **dict.fromkeys(
        re.findall(
            r"\S+",
            "toc toc-brief landmarks page-list loi lot loa lov copyright-page copyright imprint imprimatur index"
            " index-group colophon seriespage other-credits ad advertisement",
        ),
        Reason.NOT_CHOSEN,
    ),
}
"""Roles of pages that are not read unless somebody asks: EPUB structural semantics, guide and landmarks."""
_NAMES = re.compile(
    r"(?P<fact>(?:front |book )?cover(?: page| image)?|(?:half[- ]?)?title(?: ?page)?|umschlag|titelseite|couverture"
    r"|page de titre|cubierta|portada|copertina|frontespizio|capa|omslag)"
    r"|(?P<other>(?:table of )?contents|toc|inhalt(?:sverzeichnis)?|table des mati[eè]res|sommaire|[íi]ndice"
    r"|contenido|sommario|sum[aá]rio|inhoud(?:sopgave)?|copyright(?: page| notice)?|colophon|imprint|impressum"
    r"|index|(?:list|table) of (?:figures|tables|illustrations|plates|maps)|illustrations|about the publisher"
    r"|also by .{1,60}|the full project gutenberg licen[sc]e)",
    re.IGNORECASE,
)
_HEADS = frozenset({BlockKind.HEADING, BlockKind.TITLE, BlockKind.BREAK})
_MOSTLY = 0.5
_FIRST_BLOCKS = 4
_TITLE_CHARACTERS = 80


@dataclass(frozen=True, slots=True)
class Opening:
    """Where a part begins: its element, its title as the table of contents has it ("" where it has none), its page."""

    element: Element
    title: str
    page: str
    depth: int = 1


def openings(package: Package, book: Book) -> list[Opening]:
    """The places where parts begin, in the order of the book.

    Lines of the first level of the table of contents, and deeper ones that lead to a page of their own. Pages
    before the first of them, and pages that are not read, are parts too; any other goes on with the part before.
    """
    told = dict(_told(package, book))
    found: list[Opening] = []
    for page, body in book.pages.items():
        here = told.get(page, [])
        if not any(each.element is body for each in here) and (not found or _apart(package, page, body, found[-1])):
            here = [Opening(body, "", page), *here]
        found += here
    return found


def _told(package: Package, book: Book) -> Iterator[tuple[str, list[Opening]]]:
    """The parts that the table of contents names, by page; those of a page in the order of their places."""
    order = {element: number for number, element in enumerate(book.root.iter("*"))}
    for page, body in book.pages.items():
        entries = [entry for entry in package.contents if entry.page == page]
        least = min((entry.depth for entry in entries), default=0)
        kept: dict[Element, Opening] = {}
        for entry in entries:
            if entry.depth == 1 or (entry.depth == least and entry.parent != page):
                element = _place(book, entry, body)
                kept.setdefault(element, Opening(element, entry.title, page, entry.depth))
        yield page, _merged(sorted(kept.values(), key=lambda each: order.get(each.element, 0)), body)


def _place(book: Book, entry: Entry, body: Element) -> Element:
    return book.ids.get((entry.page, entry.fragment), body) if entry.fragment else body


def _merged(here: list[Opening], body: Element) -> list[Opening]:
    """A page whose first part begins at its first words begins with it."""
    if here and here[0].element is not body and _nothing_before(here[0].element, body):
        return [replace(here[0], element=body), *here[1:]]
    return here


def _nothing_before(element: Element, body: Element) -> bool:
    for each in body.iter():
        if each is element:
            return True
        if isinstance(each.tag, str) and ((each.text or "").strip() or (each.get("alt") or "").strip()):
            return False
        if each is not body and (each.tail or "").strip() and not any(inner is element for inner in each.iter()):
            return False
    return False


def _apart(package: Package, page: str, body: Element, before: Opening) -> bool:
    """Whether a page that no table of contents names stands by itself."""
    if roles(package, page, body) & set(_UNREAD) or not before.title:
        return True
    named = {entry.page for entry in package.contents} & set(package.pages)
    return len(named) * 2 < len(package.pages) and _opens_with_heading(body)


def _opens_with_heading(body: Element) -> bool:
    """Whether the first words of a page are a heading's."""
    for each in body.iter("*"):
        if local(each) in HEADINGS:
            return True
        if (each.text or "").strip():
            return False
    return False


def roles(package: Package, page: str, body: Element) -> set[str]:
    """What a page is, as its body, its only section or the guide says."""
    said = set(semantics(body))
    inner = list(body.iterchildren("*"))
    if len(inner) == 1:
        said |= semantics(inner[0])
    return said | {package.roles.get(page, ""), "toc" if page == package.nav else ""} - {""}


def parts_of(package: Package, book: Book, found: Sequence[Opening], walked: Walked) -> tuple[Part, ...]:
    """The parts with their blocks; `walked` watched the elements of `found`. Parts without a word are none."""
    ends = [*walked.places[1:], len(walked.text)]
    parts: list[Part] = []
    taken = 0
    for opening, start, end in zip(found, walked.places, ends, strict=True):
        first = taken
        last = opening is found[-1]
        while taken < len(walked.blocks) and (last or _begins_before(walked.blocks[taken], end)):
            taken += 1
        blocks = walked.blocks[first:taken]
        if any(map(str.isalnum, walked.text[start:end])):
            parts.append(_part(package, book, opening, _headed(opening, blocks), Source(start, end, 0)))
    lines = _Lines(walked.text)
    return tuple(replace(part, source=lines.at(part.source)) for part in _joined(_some_read(parts)))


def _some_read(parts: list[Part]) -> list[Part]:
    """The parts; where none would be read, as in a book whose one page is its contents too, all are."""
    if any(part.chosen for part in parts):
        return parts
    return [replace(part, chosen=part.reason is not Reason.FACT or len(parts) == 1) for part in parts]


def _joined(parts: list[Part]) -> Iterator[Part]:
    """The parts, one that is headings alone ("Part One") joined to the one after it."""
    waiting: Part | None = None
    for part in parts:
        whole = part
        if waiting is not None and part.chosen:
            source = replace(part.source, start=waiting.source.start)
            whole, waiting = replace(part, blocks=(*waiting.blocks, *part.blocks), source=source), None
        elif waiting is not None:
            yield waiting
            waiting = None
        if whole.chosen and all(block.kind in _HEADS for block in whole.blocks):
            waiting = whole
        else:
            yield whole
    if waiting is not None:
        yield waiting


@dataclass(slots=True)
class _Lines:
    """Lines of a text, counted once from its start to its end."""

    text: str
    seen: int = 0
    line: int = 1

    def at(self, source: Source) -> Source:
        """The span with its line; spans come in order."""
        self.line += self.text.count("\n", self.seen, source.start)
        self.seen = max(self.seen, source.start)
        return replace(source, line=self.line)


def _begins_before(block: Block, end: int) -> bool:
    """Whether a block belongs before a place: a heading with the place inside it belongs after."""
    inside = block.source.start < end < block.source.end
    return block.source.end <= end if not inside else block.kind is not BlockKind.HEADING


def _headed(opening: Opening, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """A part begins with its heading: the paragraph that says its title where no heading does."""
    if not opening.title or any(block.kind is BlockKind.HEADING for block in blocks[:_FIRST_BLOCKS]):
        return blocks
    words = _plain(opening.title)
    for number, block in enumerate(blocks[:_FIRST_BLOCKS]):
        if block.kind in {BlockKind.PARAGRAPH, BlockKind.FIGURE} and _plain(block.text) in words and _plain(block.text):
            heading = replace(block, kind=BlockKind.HEADING, level=min(opening.depth, 6), caption=0)
            return (*blocks[:number], heading, *blocks[number + 1 :])
    return blocks


def _plain(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _part(package: Package, book: Book, opening: Opening, blocks: tuple[Block, ...], source: Source) -> Part:
    body = book.pages[opening.page]
    said = roles(package, opening.page, body) if opening.element is body else set(semantics(opening.element))
    heading = next((block.text for block in blocks[:_FIRST_BLOCKS] if block.kind is BlockKind.HEADING), "")
    first = next((block.text for block in blocks if block.text.strip()), "")
    title = " ".join((opening.title or heading or first).split())
    reason = next((_UNREAD[role] for role in sorted(said) if role in _UNREAD), None)
    named = _NAMES.fullmatch(title)
    if reason is None and named:
        reason = Reason.FACT if named["fact"] else Reason.NOT_CHOSEN
    if reason is None and _mostly_notes(blocks):
        reason = Reason.NOT_CHOSEN
    if len(title) > _TITLE_CHARACTERS:
        title = f"{title[:_TITLE_CHARACTERS].rsplit(' ', 1)[0]}…"
    return Part(title, source, blocks, reason is None, reason or Reason.NOT_CHOSEN)


def _mostly_notes(blocks: Sequence[Block]) -> bool:
    """Whether a part is the notes of others; they are heard where they are referred to."""
    notes = sum(len(block.text) for block in blocks if block.kind is BlockKind.NOTE)
    return notes > _MOSTLY * sum(len(block.text) for block in blocks)
