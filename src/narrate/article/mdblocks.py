"""Block tokens of Markdown to blocks."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from narrate.article.htmltext import Picture, html_text
from narrate.article.inline import Inline, inline, inline_note
from narrate.article.mdplaces import place_in
from narrate.model import Block, BlockKind, MarkKind, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from markdown_it.token import Token

_TASK = re.compile(r"\[[ xX]\]\s+")
_HTML_HEADING = re.compile(r"\s*<h([1-6])\b.*</h\1>\s*", re.IGNORECASE | re.DOTALL)
_CELL = re.compile(r"(?<!\\)\|")
_DEFINITION = re.compile(r"[\s>]*\[[^\]]+\]:\s*<?\S*[./:#]\S*.*")
_ALNUM = re.compile(r"[^\W_]")
_LEAVES = frozenset({"inline", "fence", "code_block", "html_block", "hr", "tr_open", "math_block", "math_block_label"})


@dataclass(slots=True)
class _Walk:
    """Where a walk over the tokens is: how deep in quotations and lists, in which note; and what it made."""

    starts: Sequence[int]
    lines: Sequence[str]
    base: int
    blocks: list[Block] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    notes: list[tuple[int, Source]] = field(default_factory=list)
    quotes: int = 0
    lists: list[int] = field(default_factory=list)
    item: int | None = None
    note: str | None = None
    heading: int = 0
    rows: list[list[str]] = field(default_factory=list)
    table: int = 0
    exact: set[tuple[int, int]] = field(default_factory=set)

    def source(self, token_map: list[int] | None) -> Source:
        """The span of a token's lines in the whole source."""
        first, last = token_map or [0, 1]
        last = max(first + 1, min(last, len(self.lines)))
        while last > first + 1 and not self.lines[last - 1].strip():
            last -= 1
        end = self.starts[last - 1] + len(self.lines[last - 1].rstrip())
        return Source(self.starts[first], end, self.base + first + 1)

    def add(self, kind: BlockKind, said: Inline, source: Source, level: int = 0, number: int = 0) -> None:
        """A block, and the pictures that stood in it after it."""
        if _ALNUM.search(said.text) or (said.text and not said.pictures):
            note = self.note if kind is BlockKind.NOTE and self.note else ""
            self.blocks.append(Block(kind, said.text, source, level, number, said.marks, note=note))
        for picture in said.pictures:
            self.pictures.append(picture)
            at = self.place(picture.place, source)
            if picture.alt.strip():
                alt = " ".join(picture.alt.split())
                images = (picture.source,) if picture.source else ()
                self.blocks.append(Block(BlockKind.FIGURE, alt, at, caption=len(alt), images=images))
            else:
                self.blocks.append(Block(BlockKind.HIDDEN, f"![]({picture.source})", at))
        self.blocks.extend(Block(BlockKind.HIDDEN, each.text, self.place(each.place, source)) for each in said.hidden)
        self.notes.extend((note, self.place(place, source)) for note, place in said.notes)

    def place(self, place: tuple[int, int], around: Source) -> Source:
        """A place in the whole source, which is known to be exact; `around` where it is not known."""
        if not place[1]:
            return around
        self.exact.add(place)
        return Source(*place, self.base + bisect_right(self.starts, place[0]))

    def placed(self, said: Inline, token: Token | None) -> Inline:
        """What a token says, the places in its text as such of the whole source; twice 0 where that is not known."""
        first, last = (token and token.map) or [0, 0]
        lines, starts = self.lines[first:last], self.starts[first:last]

        def found(place: tuple[int, int]) -> tuple[int, int]:
            return (token and not self.table and place_in(lines, starts, token.content, place)) or (0, 0)

        return replace(
            said,
            pictures=tuple(replace(each, place=found(each.place)) for each in said.pictures),
            hidden=tuple(each._replace(place=found(each.place)) for each in said.hidden),
            notes=tuple((note, found(place)) for note, place in said.notes),
        )


def markdown_blocks(tokens: Sequence[Token], env: Mapping[str, Any], walk_lines: _Walk) -> _Walk:
    """The walk over all tokens, with blocks in the order of the source and every line of it in one of them."""
    walk = walk_lines
    for token in tokens:
        handle = _HANDLE.get(token.type)
        if handle:
            handle(walk, token)
    for note, at in walk.notes:
        kept = env["footnotes"]["list"][note]
        walk.note = inline_note(note)
        walk.add(BlockKind.NOTE, walk.placed(inline(kept["tokens"]), None), at)
    walk.note = None
    walk.blocks.extend(_left_over(tokens, walk))
    walk.blocks.sort(key=lambda block: (block.kind is BlockKind.NOTE, block.source.line))
    return walk


def new_walk(body: str, offset: int, base: int) -> _Walk:
    """A walk over `body`, which starts `offset` characters and `base` lines into the source."""
    lines = body.split("\n")
    starts = [offset]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    return _Walk(starts, lines, base)


def _left_over(tokens: Sequence[Token], walk: _Walk) -> list[Block]:
    """Lines that no token holds, as paragraphs: nothing vanishes but the targets of links.

    So it is with text nested deeper than the parser goes, and with ``[word]: word``.
    """
    covered: set[int] = set()
    for token in tokens:
        if token.type in _LEAVES and token.map:
            covered.update(range(*token.map))
    left = (at for at, line in enumerate(walk.lines) if at not in covered and _ALNUM.search(line))
    return [
        Block(BlockKind.PARAGRAPH, walk.lines[at].strip(), walk.source([at, at + 1]))
        for at in left
        if not _DEFINITION.fullmatch(walk.lines[at])
    ]


def _inline(walk: _Walk, token: Token) -> None:
    said = walk.placed(inline(token.children or []), token)
    source = walk.source(token.map)
    if walk.table:
        walk.rows[-1].append(said.text)
        walk.add(BlockKind.FIGURE, replace(said, text="", marks=()), source)
    elif walk.note is not None:
        walk.add(BlockKind.NOTE, said, source)
    elif walk.quotes:
        walk.add(BlockKind.QUOTE, said, source, walk.quotes)
    elif walk.item is not None:
        _item(walk, said, source)
    elif walk.heading:
        walk.add(BlockKind.HEADING, said, source, walk.heading)
    else:
        walk.add(BlockKind.MATH if _is_formula(said) else BlockKind.PARAGRAPH, said, source)


def _is_formula(said: Inline) -> bool:
    """Whether a paragraph is nothing but a formula."""
    marks = said.marks
    return len(marks) == 1 and marks[0].kind is MarkKind.MATH and (marks[0].start, marks[0].end) == (0, len(said.text))


def _formula(walk: _Walk, token: Token) -> None:
    """What stands between double dollars on lines of their own."""
    text = token.content.strip()
    if text:
        walk.blocks.append(Block(BlockKind.MATH, text, walk.source(token.map)))


def _item(walk: _Walk, said: Inline, source: Source) -> None:
    """The first paragraph of a list item; those after it are paragraphs."""
    task = _TASK.match(said.text)
    if task and not said.marks:
        said = replace(said, text=said.text[task.end() :])
    walk.add(BlockKind.LIST_ITEM, said, source, len(walk.lists), walk.item or 0)
    walk.item = None


def _list(walk: _Walk, token: Token) -> None:
    start = int(token.attrs.get("start", 1)) if token.type == "ordered_list_open" else 0
    walk.lists.append(start)


def _list_end(walk: _Walk, _token: Token) -> None:
    walk.lists.pop()


def _list_item(walk: _Walk, _token: Token) -> None:
    walk.item = walk.lists[-1]
    walk.lists[-1] += bool(walk.lists[-1])


def _code(walk: _Walk, token: Token) -> None:
    if token.content.strip():
        walk.blocks.append(Block(BlockKind.CODE, token.content.strip("\n"), walk.source(token.map)))
    elif token.info.strip():
        walk.blocks.append(Block(BlockKind.CODE, token.info.strip(), walk.source(token.map)))


def _html(walk: _Walk, token: Token) -> None:
    texts, pictures, hidden = html_text(token.content)
    source = walk.source(token.map)
    heading = _HTML_HEADING.fullmatch(token.content)
    for text in texts:
        kind, level = (BlockKind.HEADING, int(heading[1])) if heading else (BlockKind.PARAGRAPH, 0)
        walk.add(kind, Inline(text), source, level)
    walk.add(BlockKind.PARAGRAPH, walk.placed(Inline("", pictures=pictures, hidden=hidden), token), source)


def _row_end(walk: _Walk, token: Token) -> None:
    """Cells beyond the header's number, which the parser drops, are kept as they are written."""
    del token
    line = walk.lines[walk.table - 1].strip()
    cells = [cell.strip() for cell in _CELL.split(line.removeprefix("|").removesuffix("|"))]
    walk.rows[-1].extend(cells[len(walk.rows[-1]) :])


def _row(walk: _Walk, token: Token) -> None:
    walk.rows.append([])
    walk.table = (token.map or [0])[0] + 1


def _table(walk: _Walk, token: Token) -> None:
    walk.table, walk.rows = (token.map or [0])[0] + 1, []


def _table_end(walk: _Walk, token: Token) -> None:
    del token
    text = "\n".join("\t".join(row) for row in walk.rows)
    first = walk.table - len(walk.rows) - (len(walk.rows) > 1)
    walk.table = 0
    if text.strip():
        walk.blocks.append(Block(BlockKind.TABLE, text, walk.source([max(first, 0), first + len(walk.rows) + 1])))


def _rule(walk: _Walk, token: Token) -> None:
    source = walk.source(token.map)
    walk.blocks.append(Block(BlockKind.BREAK, walk.lines[source.line - walk.base - 1].strip(), source))


def _set(name: str, change: Callable[[_Walk, Token], Any]) -> Callable[[_Walk, Token], None]:
    return lambda walk, token: setattr(walk, name, change(walk, token))


_HANDLE: Mapping[str, Callable[[_Walk, Token], None]] = {
    "inline": _inline,
    "fence": _code,
    "code_block": _code,
    "html_block": _html,
    "hr": _rule,
    "math_block": _formula,
    "math_block_label": _formula,
    "heading_open": _set("heading", lambda _walk, token: int(token.tag[1:])),
    "heading_close": _set("heading", lambda _walk, _token: 0),
    "blockquote_open": _set("quotes", lambda walk, _token: walk.quotes + 1),
    "blockquote_close": _set("quotes", lambda walk, _token: walk.quotes - 1),
    "bullet_list_open": _list,
    "ordered_list_open": _list,
    "bullet_list_close": _list_end,
    "ordered_list_close": _list_end,
    "list_item_open": _list_item,
    "list_item_close": _set("item", lambda _walk, _token: None),
    "footnote_reference_open": _set("note", lambda _walk, token: str(token.meta.get("label", ""))),
    "footnote_reference_close": _set("note", lambda _walk, _token: None),
    "table_open": _table,
    "tr_open": _row,
    "tr_close": _row_end,
    "table_close": _table_end,
}
