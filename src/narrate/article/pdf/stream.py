"""Drafts of a PDF's pages to one text: paragraphs over columns and pages, marks, blocks and their places."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from narrate.article.nfc import nfc
from narrate.article.pdf.paging import begun
from narrate.article.pdf.paragraphs import NUMBER, Running, joined
from narrate.article.pdf.text import Look
from narrate.model import Block, BlockKind, Mark, MarkKind, Omission, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from narrate.article.facts import Facts
    from narrate.article.pdf.kinds import Draft
    from narrate.model import Article

_PASSED_OVER = frozenset(
    {BlockKind.FIGURE, BlockKind.TABLE, BlockKind.NOTE, BlockKind.BREAK, BlockKind.CODE, BlockKind.HIDDEN}
)
"""What may stand between the halves of a paragraph: what floats to the head of a page, and notes at its foot."""
_PROSE = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM})
_BACK = 12
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_CITED = re.compile(r"\d{1,3}(?:\s*[,–-]\s*\d{1,3})*,?")
_CITING = re.compile(r"(?:[^\W\d_]{3}|[^\W\d_][.,;:!?)\]”’\"'])$")
_RAISED_FIGURES = str.maketrans("0123456789-−+", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻⁺")
_POWER = re.compile(r"\d$|(?:^|[^\w])[^\W\d_]$")
"""Before a raised figure that is a power: a figure, or a letter by itself."""
_LOOKS = {Look.BOLD: MarkKind.STRONG, Look.ITALIC: MarkKind.EMPHASIS}
_SAME = 0.06


def continued(made: Sequence[Draft]) -> list[Draft]:
    """The drafts with paragraphs that go on in the next column or page as one, before what stands between."""
    kept: list[Draft] = []
    for draft in made:
        at = len(kept) - 1 if kept and _is_more_code(kept[-1], draft) else _goes_on(kept, draft)
        if at is None:
            kept.append(draft)
        else:
            kept[at] = replace(kept[at], groups=(*kept[at].groups, *draft.groups))
    return kept


def _is_more_code(before: Draft, draft: Draft) -> bool:
    """Whether both are code, on one page."""
    if before.reason is not None or draft.reason is not None or before.kind is not draft.kind:
        return False
    return draft.kind is BlockKind.CODE and before.groups[-1].first.page == draft.groups[0].first.page


def _goes_on(kept: Sequence[Draft], draft: Draft) -> int | None:
    """The place of the draft that this one goes on with."""
    if draft.reason is not None or draft.kind is not BlockKind.PARAGRAPH:
        return None
    for at in range(len(kept) - 1, max(-1, len(kept) - 1 - _BACK), -1):
        before = kept[at]
        if before.reason is None and before.kind in _PROSE:
            return at if _continues(before, draft, floated=at < len(kept) - 1) else None
        if before.reason is None and before.kind not in _PASSED_OVER:
            return None
    return None


def _continues(before: Draft, draft: Draft, *, floated: bool) -> bool:
    """Whether a paragraph is the second half of another: that is not ended, and this begins in the middle."""
    last, first = before.groups[-1], draft.groups[0]
    above, below = last.lines[-1], first.first
    apart = above.page != below.page or below.base > above.base or floated
    alike = abs(last.size - first.size) <= _SAME * last.size
    if not apart or not alike or above.page < below.page - 2:
        return False
    text = below.text.lstrip()
    if re.search(r"\w[-\u2010]$", above.text):
        return text[:1].islower()
    if last.is_ended:
        return text[:1].islower() and last.is_full
    return text[:1].islower() or (last.is_full and not first.indented and not floated)


def stream(
    made: Sequence[Draft], assembled: Callable[[Sequence[Block]], Article], facts: Facts, labels: Sequence[str]
) -> Article:
    """The article of these drafts, its text and what is left out of it; `labels` are what its pages are called."""
    words = _vocabulary(made)
    notes = {draft.note for draft in made if draft.note}
    blocks: list[Block] = []
    omitted: list[Omission] = []
    parts: list[str] = []
    length, line, page = 0, 1, -1
    for draft in made:
        block = _block(draft, words, notes)
        source = Source(length, length + len(block.text), line)
        if draft.reason is not None:
            omitted.append(Omission(source, draft.reason))
        elif block.text:
            pages = list(begun(draft, block, words, page))
            marks = [Mark(MarkKind.PAGE, at, at, labels[number]) for number, at in pages]
            blocks.append(replace(block, source=source, marks=(*block.marks, *marks)))
            page = pages[-1][0] if pages else page
        parts.append(block.text + "\n")
        length += len(block.text) + 1
        line += block.text.count("\n") + 1
    article = assembled(blocks)
    title = next((block.text for block in blocks if block.kind is BlockKind.TITLE), "")
    shown = title if title and not facts.title else article.title
    return replace(article, title=shown, text="".join(parts), omitted=tuple(omitted))


def _vocabulary(made: Sequence[Draft]) -> Collection[str]:
    """The words of all lines, in lower case, but for those that a line's end breaks."""
    words: set[str] = set()
    broken = False
    for line in (line for draft in made for line in draft.lines):
        found = [word.lower() for word in _WORD.findall(line.text)]
        found = found[1:] if broken else found
        broken = line.text.endswith(("-", "\u2010"))
        words.update(found[:-1] if broken else found)
    return words


def _block(draft: Draft, words: Collection[str], notes: Collection[str]) -> Block:
    nowhere = Source(0, 0, 1)
    if draft.kind is BlockKind.TABLE:
        return Block(draft.kind, nfc("\n".join(_rows(draft))), nowhere)
    if draft.kind is BlockKind.MATH:
        return Block(draft.kind, nfc("\n".join(" ".join(line.text.split()) for line in draft.lines)), nowhere)
    if draft.kind is BlockKind.CODE:
        left = min(line.left for line in draft.lines)
        return Block(
            draft.kind,
            nfc("\n".join(_indented(line.text, line.left - left, line.size) for line in draft.lines)),
            nowhere,
        )
    running = _raised(_plain(joined(draft.lines, words)))
    marker = NUMBER.match(running.text) or _BULLET.match(running.text) if draft.kind is BlockKind.LIST_ITEM else None
    # The number of an item is kept where it is no figure, and is a fact of the block where it is; a bullet is no text.
    cut = marker.end() if marker and (draft.number or not NUMBER.match(running.text)) else 0
    marks = tuple(_marks(running, draft, notes, cut))
    return Block(draft.kind, running.text[cut:], nowhere, draft.level, draft.number, marks, note=draft.note)


_BULLET = re.compile(r"\s*[•▪■➢◦‣●○–—*·-]\s+")


def _plain(running: Running) -> Running:
    """Running text in NFC; what stands out is forgotten where that moves it."""
    text = nfc(running.text)
    return (
        running if text == running.text else Running(text, running.stretches if len(text) == len(running.text) else ())
    )


def _raised(running: Running) -> Running:
    """Running text whose powers are written as such: "10" and a raised "5" are 10⁵, not 105; "x" and a "2" are x²."""
    text = running.text
    for each in running.stretches:
        if each.look is Look.RAISED and _POWER.search(text[max(0, each.start - 2) : each.start]):
            text = text[: each.start] + text[each.start : each.end].translate(_RAISED_FIGURES) + text[each.end :]
    return Running(text, running.stretches)


def _marks(running: Running, draft: Draft, notes: Collection[str], cut: int) -> Iterator[Mark]:
    """What stands out in a text: references to notes and works, bold and slanted words."""
    page = draft.groups[0].first.page
    whole = len(running.text)
    for each in running.stretches:
        start, end = max(0, each.start - cut), each.end - cut
        said = running.text[each.start : each.end].strip()
        if end <= start or not said:
            continue
        if each.look in _LOOKS:
            if end - start < whole - cut and draft.kind is not BlockKind.HEADING:
                yield Mark(_LOOKS[each.look], start, end)
            continue
        if each.look is not Look.RAISED:
            continue
        ids = [f"{number + 1}.{said}" for number in sorted({line.page for line in draft.lines} | {page})]
        if _POWER.search(running.text[max(0, each.start - 2) : each.start]):
            continue
        known = next((each_id for each_id in ids if each_id in notes), "")
        if known and known != draft.note:
            yield Mark(MarkKind.NOTE_REFERENCE, start, end, known)
        elif not known and _CITED.fullmatch(said) and _CITING.search(running.text[: each.start]):
            yield Mark(MarkKind.CITATION, start, end)


def _rows(draft: Draft) -> Iterator[str]:
    """The rows of a table, cells by tabs; a line without cells goes on with the row above."""
    row = ""
    for line in draft.lines:
        if not line.cells and row:
            row += " " + line.text.strip()
            continue
        if row:
            yield row
        row = "\t".join(" ".join(cell.text.split()) for cell in line.cells) or " ".join(line.text.split())
    if row:
        yield row


def _indented(text: str, points: float, size: float) -> str:
    """A line of code behind the blanks that stand before it, at half a size each."""
    return " " * min(60, max(0, round(points / (0.6 * size)))) + text.strip()
