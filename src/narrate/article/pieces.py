"""Chunks of a plain text to drafts of blocks: rules, quotes, list items, code, tables, paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from narrate.article.lines import Chunk, Line, join, vocabulary
from narrate.article.marks import is_rule, item_of, quote_depth, underline_of, unquoted
from narrate.model import BlockKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

_LINE_IS_PARAGRAPH = 110
"""A line longer than this was not wrapped by hand: it is a paragraph."""
_ENDED = re.compile(r"[.!?…][\"'”’»)\]]*$")
_CODE = re.compile(r"^(?:\$|>>>|#|%|//|/|~/|\.\./|\./)\s?\S|[{};\\|]|[=!<>]=|\)\(|</|\w\(\)|\s--?\w|=\"")
_CELLS = re.compile(r"[ \t]*[|│┃║][ \t]*|\t+| {3,}")
_BORDER = re.compile(r"[\s+|│┃║─━═┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬=-]+")
_ENCLOSED = re.compile(r"[“„«]([^“”„«»]{60,})[”“»]")
_SHORT_CHARACTERS = 60
_INSET = 2
_SPARE = 15
"""Columns a line must have left over after the next word would have fitted, to have been ended on purpose."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A block to be: what it seems to be, its lines, its text.

    `gap` is how many blank lines stand before it, `tight` that it follows a line that
    may be its heading without one; `underline` is the character it is underlined with,
    `style` what a heading's level is read from.
    """

    kind: BlockKind
    lines: tuple[Line, ...]
    text: str
    gap: int = 0
    level: int = 0
    number: int = 0
    underline: str = ""
    tight: bool = False
    style: str = ""

    @property
    def indent(self) -> int:
        """Columns before its first line."""
        return self.lines[0].indent


@dataclass(frozen=True, slots=True)
class Layout:
    """How a text is set: the indent of its body, the width of its lines, its words (see `vocabulary`)."""

    indent: int
    width: int
    words: Collection[str]


def layout_of(found: Sequence[Chunk], source: str) -> Layout:
    """The layout of a text, from where most of its characters stand."""
    weights: Counter[int] = Counter()
    width = 0
    for chunk in found:
        inner = chunk.lines[1:] or chunk.lines
        weights[min(line.indent for line in inner)] += sum(len(line.text) for line in inner)
        if len(chunk.lines) > 1:
            width = max(width, *(len(line.text) for line in chunk.lines if len(line.text) <= _LINE_IS_PARAGRAPH), 0)
    return Layout(weights.most_common(1)[0][0] if weights else 0, width or 72, vocabulary(source))


def drafts(found: Sequence[Chunk], layout: Layout) -> list[Draft]:
    """Drafts of all chunks, in order. Every line of the text is in one, but for underlines and borders of tables."""
    made: list[Draft] = []
    for index, chunk in enumerate(found):
        after = found[index + 1] if index + 1 < len(found) else None
        made.extend(_of_chunk(chunk, after, made[-1] if made else None, layout))
    return made


def _of_chunk(chunk: Chunk, after: Chunk | None, before: Draft | None, layout: Layout) -> Iterator[Draft]:
    whole = _whole(chunk, after, before, layout)
    if whole is not None:
        yield whole
        return
    gap = chunk.gap
    for part in _parts(chunk.lines):
        yield from _of_part(part, gap, layout)
        gap = 0


def _whole(chunk: Chunk, after: Chunk | None, before: Draft | None, layout: Layout) -> Draft | None:
    """A chunk that is one draft in its lines as they stand: a table or code; or a quotation by its indent."""
    lines = chunk.lines
    if _is_table(lines):
        rows = [_cells(line.body) for line in lines if not _BORDER.fullmatch(line.text)]
        return Draft(BlockKind.TABLE, lines, "\n".join(rows), chunk.gap)
    inset = min(line.indent for line in lines) - layout.indent
    if inset < _INSET or _starts_apart(lines[0].body) or (before is not None and before.kind is BlockKind.LIST_ITEM):
        return None
    if sum(_CODE.search(line.body) is not None for line in lines) * 2 >= len(lines):
        left = min(line.indent for line in lines)
        text = "\n".join(" " * (line.indent - left) + line.body for line in lines)
        return Draft(BlockKind.CODE, lines, text, chunk.gap)
    if inset > _INSET and _stands_alone(chunk, after, before, layout):
        return Draft(BlockKind.QUOTE, lines, join([line.text for line in lines], layout.words), chunk.gap, level=1)
    return None


def _starts_apart(body: str) -> bool:
    return item_of(body) is not None or quote_depth(body) > 0


def _stands_alone(chunk: Chunk, after: Chunk | None, before: Draft | None, layout: Layout) -> bool:
    """Whether an indented chunk stands between paragraphs that are not: that is how a quotation is set."""
    prose = sum(len(line.body) for line in chunk.lines) > _SHORT_CHARACTERS
    led = before is not None and before.kind is BlockKind.PARAGRAPH and before.indent <= layout.indent + 1
    led = led and before is not None and len(before.text) > _SHORT_CHARACTERS
    return prose and led and (after is None or after.lines[-1].indent <= layout.indent + 1)


def _is_table(lines: Sequence[Line]) -> bool:
    """Two lines or more, nearly all of them in columns: divided by bars, tabs or three blanks."""
    if len(lines) == 1 or item_of(lines[0].body) or quote_depth(lines[0].body):
        return False
    columns = sum(_BORDER.fullmatch(line.text) is not None or _CELLS.search(line.body, 1) is not None for line in lines)
    filled = any(not _BORDER.fullmatch(line.text) for line in lines)
    return filled and columns * 5 >= len(lines) * 4


def _cells(body: str) -> str:
    """A row's cells, divided by tabs."""
    return "\t".join(cell.strip() for cell in _CELLS.split(body) if cell.strip())


def _parts(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Runs of lines that belong together: an item, a quotation of one depth, a rule by itself, the rest."""
    part: list[Line] = []
    for line in lines:
        alone = is_rule(line.body) or (bool(part) and is_rule(part[-1].body))
        if part and (alone or _begins(line, part)):
            yield part
            part = []
        part.append(line)
    if part:
        yield part


def _begins(line: Line, part: list[Line]) -> bool:
    depth, was = quote_depth(line.body), quote_depth(part[0].body)
    if was and not depth:
        return line.indent <= part[0].indent
    left = item_of(part[0].body) is not None and line.indent < part[0].indent
    return depth != was or left or (not depth and _begins_item(line, part))


def _begins_item(line: Line, part: list[Line]) -> bool:
    """Whether a line inside a paragraph or an item begins an item: a wrapped line may begin with "1993." or a dash."""
    item = item_of(line.body)
    if item is None:
        return False
    first = item_of(part[0].body)
    if first is None:
        return part[-1].body[-1] in ".:;!?" and item.number <= 1
    return not item.number or not first.number or item.number == first.number + 1 or line.indent > part[0].indent


def _of_part(part: list[Line], gap: int, layout: Layout) -> Iterator[Draft]:
    first = part[0]
    depth = quote_depth(first.body)
    if is_rule(first.body):
        yield Draft(BlockKind.BREAK, tuple(part), first.body, gap)
    elif depth:
        yield from _quoted(part, gap, depth, layout)
    elif item_of(first.body) is not None:
        yield from _item(part, gap, layout)
    else:
        yield from _paragraphs(part, gap, layout)


def _quoted(part: list[Line], gap: int, depth: int, layout: Layout) -> Iterator[Draft]:
    """A quotation by ``>``; its empty lines divide its paragraphs."""
    held: list[Line] = []
    for line in [*part, None]:
        if line is not None and unquoted(line.body).strip():
            held.append(line)
        elif held:
            text = join([unquoted(held_line.body) for held_line in held], layout.words)
            yield Draft(BlockKind.QUOTE, tuple(held), text, gap, level=depth)
            held, gap = [], 1


def _item(part: list[Line], gap: int, layout: Layout) -> Iterator[Draft]:
    item = item_of(part[0].body)
    length, number = (item.length, item.number) if item else (0, 0)
    texts = [part[0].body[length:], *(line.text for line in part[1:])]
    if number and len(part) > 1 and ends_on_purpose(part[0], part[1], layout.width):
        yield Draft(BlockKind.LIST_ITEM, (part[0],), texts[0], gap, level=1, number=number)
        yield Draft(BlockKind.PARAGRAPH, tuple(part[1:]), join(texts[1:], layout.words), 0, tight=True)
        return
    yield Draft(BlockKind.LIST_ITEM, tuple(part), join(texts, layout.words), gap, level=1, number=number)


def _paragraphs(part: list[Line], gap: int, layout: Layout) -> Iterator[Draft]:
    """Paragraphs told by length, by indent, by an early end; and a first line that may head the rest."""
    held = [part[0]]
    tight = False
    for line in part[1:]:
        heads = len(held) == 1 and not tight and ends_on_purpose(held[0], line, layout.width)
        if heads or _ends_paragraph(held, line, layout):
            yield _paragraph(held, gap, layout, tight=tight)
            held, gap, tight = [line], 0, heads
        else:
            held.append(line)
    yield _paragraph(held, gap, layout, tight=tight)


def _ends_paragraph(held: list[Line], line: Line, layout: Layout) -> bool:
    last = held[-1]
    if len(last.text) > _LINE_IS_PARAGRAPH:
        return True
    if not _ENDED.search(last.text):
        return False
    indented = line.indent >= last.indent + 2 and (len(held) == 1 or last.indent <= held[0].indent)
    return indented or len(last.text) + len(line.body.split()[0]) + 20 < layout.width


def ends_on_purpose(line: Line, following: Line, width: int) -> bool:
    """Whether a first line was ended though the next word would have fitted, and what follows begins anew."""
    short = len(line.body) <= _SHORT_CHARACTERS and len(line.text) + len(following.body.split()[0]) + _SPARE < width
    begins = following.body[0].isupper() or following.body[0] in "“\"'(«"
    return short and begins and line.body[-1] not in ",;-" and len(following.text) > len(line.text)


def _paragraph(held: list[Line], gap: int, layout: Layout, *, tight: bool) -> Draft:
    text = join([line.text for line in held], layout.words)
    if _ENCLOSED.fullmatch(text):
        return Draft(BlockKind.QUOTE, tuple(held), text, gap, level=1)
    return Draft(BlockKind.PARAGRAPH, tuple(held), text, gap, tight=tight)


def underlined(made: Sequence[Draft]) -> list[Draft]:
    """The drafts with headings told by a rule right below them; that rule, and one right above, are gone."""
    out: list[Draft] = []
    for draft in made:
        mark = underline_of(draft.lines[0].body, out[-1].text) if _is_below(draft, out) else ""
        if not mark:
            out.append(draft)
            continue
        heading = out.pop()
        if out and out[-1].kind is BlockKind.BREAK and heading.gap == 0 and underline_of(out[-1].text, heading.text):
            heading = replace(heading, gap=out.pop().gap)
        out.append(replace(heading, underline=mark))
    return out


def _is_below(draft: Draft, out: Sequence[Draft]) -> bool:
    """Whether a rule stands right below a single line that could be a heading."""
    if draft.kind is not BlockKind.BREAK or draft.gap or not out:
        return False
    heading = out[-1]
    return len(heading.lines) == 1 and heading.kind in {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM} and not heading.tight
