"""Plain text: title, facts, headings, paragraphs, quotations, lists and section breaks."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from narrate.article.assemble import assemble
from narrate.article.encoding import decode, is_text
from narrate.article.headings import find_headings
from narrate.article.levels import with_levels
from narrate.article.lines import chunks, span
from narrate.article.opening import opening
from narrate.article.pieces import Draft, drafts, layout_of, underlined
from narrate.model import Article, Block, BlockKind, Omission, Origin, Reason, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from narrate.article.facts import Facts
    from narrate.article.lines import Line

_SIGNATURE = "--"
"""The line over the signature of an e-mail (RFC 3676, 4.3)."""
_HEADED = {BlockKind.HEADING, BlockKind.TITLE}


class TextReader:
    """Reads plain text in any encoding; text that no other reader is surer of."""

    name = "text"
    suffixes: tuple[str, ...] = (".txt", ".text", ".asc")
    confined_from = 500_000

    def claims(self, head: bytes, origin: Origin) -> float:
        """0.6 for its suffixes, 0.4 for other text, 0 for what is no text."""
        if not is_text(head):
            return 0.0
        return 0.6 if PurePosixPath(origin.name.lower()).suffix in self.suffixes else 0.4

    def read(self, data: bytes, origin: Origin) -> Article:
        """The article; raises `ArticleError` where there are no words."""
        source = decode(data, origin.name)
        read = parse_text(source)
        return replace(assemble(read.blocks, read.facts, data, origin), text=source, omitted=read.omitted)


@dataclass(frozen=True, slots=True)
class Read:
    """What a text was read as: its blocks, what it says of itself, and the stretches that are in no block."""

    blocks: tuple[Block, ...]
    facts: Facts
    omitted: tuple[Omission, ...] = ()


def read_text(source: str) -> tuple[tuple[Block, ...], Facts]:
    """The blocks of a decoded text, and what it says of itself."""
    read = parse_text(source)
    return read.blocks, read.facts


def parse_text(source: str) -> Read:
    """The same, and which lines are in no block because they say a fact."""
    found = list(chunks(source))
    layout = layout_of(found, source)
    whole = underlined(drafts(found, layout))
    facts, made = opening(whole)
    told = _lines_of(whole) - _lines_of(made)
    omitted = tuple(Omission(span([line]), Reason.FACT) for line in sorted(told, key=lambda line: line.start))
    made = with_levels(_with_depths(find_headings(made, layout)))
    return Read(tuple(_blocks(made)), facts, omitted)


def _lines_of(made: Iterable[Draft]) -> set[Line]:
    return {line for draft in made for line in draft.lines}


def _with_depths(made: Iterable[Draft]) -> Iterator[Draft]:
    """The drafts with the depth of each list item, from its indent."""
    indents: list[int] = []
    for draft in made:
        if draft.kind is not BlockKind.LIST_ITEM:
            indents = indents if draft.indent and indents and draft.indent > indents[0] else []
            yield draft
            continue
        while indents and draft.indent < indents[-1]:
            indents.pop()
        if not indents or draft.indent > indents[-1] + 1:
            indents.append(draft.indent)
        yield replace(draft, level=len(indents))


def _blocks(made: Sequence[Draft]) -> Iterator[Block]:
    """The blocks, with a break where blank lines say more than between other paragraphs."""
    usual = _usual_gap(made)
    before: Draft | None = None
    for draft in made:
        plain = before is not None and not {before.kind, draft.kind} & {*_HEADED, BlockKind.BREAK}
        if before is not None and plain and draft.gap > usual:
            end = span(before.lines).end
            yield Block(BlockKind.BREAK, "", Source(end, end, before.lines[-1].number + 1))
        signs = draft is made[-1] and before is not None and draft.lines[0].body.rstrip() == _SIGNATURE
        yield replace(_block(draft), kind=BlockKind.FURNITURE) if signs else _block(draft)
        before = draft


def _usual_gap(made: Sequence[Draft]) -> int:
    """Blank lines that stand between paragraphs and mean nothing: one, or more where the text has always more."""
    gaps = Counter(draft.gap for draft in made[1:] if draft.gap)
    return max(1, gaps.most_common(1)[0][0]) if gaps else 1


def _block(draft: Draft) -> Block:
    return Block(draft.kind, draft.text, span(draft.lines), level=draft.level, number=draft.number)
