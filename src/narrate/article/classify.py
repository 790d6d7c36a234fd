"""A pass over the blocks of every format: what is no prose of the body is told by words and by shape.

Furniture, lists of works and the marks that cite them, notes in plain text, bylines. No word is lost: a block changes
its kind, and the policy says what becomes of it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from narrate.article.bylines import plain_line
from narrate.article.facts import facts_of_lines
from narrate.article.furniture import is_furniture
from narrate.article.references import with_plain_notes, with_references
from narrate.model import Block, BlockKind, MarkKind, Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from narrate.article.facts import Facts
    from narrate.model import Article, Omission

_EDGE = 4
"""So many blocks from the start or the end of an article are at its edge."""
_MOST_BYLINE = 300
_OPENING = 8
_PROSE = frozenset(BlockKind) - frozenset(
    {BlockKind.FURNITURE, BlockKind.BYLINE, BlockKind.REFERENCE, BlockKind.HIDDEN, BlockKind.BREAK, BlockKind.TITLE}
)
_RELATED = re.compile(
    r"(?:related|recommended|popular|more) (?:articles?|stories|posts|content|reading)|you (?:may|might) also like|"
    r"most (?:read|popular)|read (?:next|more)|mehr zum thema|sur le même sujet|articoli correlati|"
    r"noticias relacionadas|artigos relacionados|gerelateerde artikelen|share(?: this(?: \w+)?)?|subscribe|comments?|"
    r"advertisement",
    re.IGNORECASE,
)
_WHOLLY = 0.9


def classified(article: Article) -> Article:
    """The article with its furniture, references, notes and bylines told; unchanged where no prose would be left."""
    blocks, omitted = _with_bylines(article)
    blocks = _with_furniture(with_references(with_plain_notes(blocks, article.text)))
    if not any(block.kind in _PROSE and any(map(str.isalnum, block.text)) for block in blocks):
        return article
    return replace(article, blocks=tuple(blocks), omitted=omitted)


def _with_furniture(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with furniture told."""
    found = {number for number in range(len(blocks)) if _is_furniture(blocks, number)}
    for number in range(len(blocks) - 1, -1, -1):
        found |= _headed(blocks, number, found)
    return [replace(each, kind=BlockKind.FURNITURE) if at in found else each for at, each in enumerate(blocks)]


def _is_furniture(blocks: Sequence[Block], number: int) -> bool:
    block = blocks[number]
    if block.kind not in {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM}:
        return False
    edge = number < _EDGE or number >= len(blocks) - _EDGE
    alone = block.kind is BlockKind.PARAGRAPH or _is_link(block)
    return is_furniture(block.text, edge=edge, alone=alone)


def _headed(blocks: Sequence[Block], number: int, found: set[int]) -> set[int]:
    """A heading such as "Related articles" with the links below it: where there is nothing else under it."""
    block = blocks[number]
    if block.kind is not BlockKind.HEADING or not _RELATED.fullmatch(block.text.strip(" :.…")):
        return set()
    below: set[int] = set()
    for at in range(number + 1, len(blocks)):
        if blocks[at].kind in {BlockKind.HEADING, BlockKind.TITLE}:
            break
        if blocks[at].kind is BlockKind.BREAK or not blocks[at].text.strip():
            continue
        if at not in found and not (blocks[at].kind is BlockKind.LIST_ITEM and _is_link(blocks[at])):
            return set()
        below.add(at)
    return {number, *below} if below else set()


def _is_link(block: Block) -> bool:
    """Whether nearly all of a block is a link."""
    linked = sum(mark.end - mark.start for mark in block.marks if mark.kind is MarkKind.LINK)
    return linked >= _WHOLLY * len(block.text) > 0


def _with_bylines(article: Article) -> tuple[list[Block], tuple[Omission, ...]]:
    """Bylines and dates that the article's fields hold already, as blocks: a reader may have left them out."""
    blocks = [_byline(block, article) if at < _OPENING else block for at, block in enumerate(article.blocks)]
    omitted: list[Omission] = []
    for each in article.omitted:
        text = article.text[each.source.start : each.source.end]
        facts = _facts(text) if each.reason is Reason.FACT else None
        if facts is None:
            omitted.append(each)
        else:
            blocks.append(Block(BlockKind.BYLINE, plain_line(" ".join(text.split())), each.source))
    if len(omitted) < len(article.omitted):
        blocks = _by_place(blocks)
    return blocks, tuple(omitted)


def _by_place(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with those that were added last in their places."""
    added = [block for block in blocks if block.kind is BlockKind.BYLINE]
    made = [block for block in blocks if block.kind is not BlockKind.BYLINE]
    for block in added:
        at = next((n for n, other in enumerate(made) if other.source.start >= block.source.end), len(made))
        made.insert(at, block)
    return made


def _facts(text: str) -> Facts | None:
    """What lines say that are nothing but bylines and dates."""
    lines = [plain_line(line) for line in text.split("\n") if line.strip()]
    return facts_of_lines(lines) if lines and len(text) <= _MOST_BYLINE else None


def _byline(block: Block, article: Article) -> Block:
    """A first paragraph that only says what the article's fields hold, as a byline; any other as it is."""
    if block.kind is not BlockKind.PARAGRAPH:
        return block
    said = _facts(block.text)
    names = {name.casefold() for name in article.authors}
    if said is None or not all(name.casefold() in names for name in said.authors):
        return block
    if said.published not in {None, article.published}:
        return block
    return replace(block, kind=BlockKind.BYLINE)
