"""Parts of an article: which there are, some of them alone, each as an article of its own."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from narrate.errors import ArticleError, UsageError
from narrate.model import Article, Block, BlockKind, MarkKind, Omission, Part, Source

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

_TWICE = 2


def parts_of(article: Article) -> tuple[Part, ...]:
    """The parts of an article: those of a book, else what each heading of the highest level that stands twice heads."""
    if article.parts:
        return article.parts
    levels = Counter(block.level for block in article.blocks if block.kind is BlockKind.HEADING)
    level = min((level for level, times in levels.items() if times >= _TWICE), default=0)
    heads = [n for n, block in enumerate(article.blocks) if block.kind is BlockKind.HEADING and block.level == level]
    if not heads:
        return ()
    starts = [article.blocks[number].source.start for number in heads]
    before = _says(article.blocks[: heads[0]])
    # Notes come last among the blocks, wherever they stand; each is in the part that it stands in.
    filled: list[list[Block]] = [[] for _ in range(len(heads) + before)]
    for block in article.blocks:
        filled[max(bisect_right(starts, block.source.start) - (not before), 0)].append(block)
    return tuple(_from_blocks(article, tuple(blocks)) for blocks in filled)


def _says(blocks: Sequence[Block]) -> bool:
    """Whether there is more before the first heading than a title."""
    return any(block.text.strip() and block.kind is not BlockKind.TITLE for block in blocks)


def _from_blocks(article: Article, blocks: tuple[Block, ...]) -> Part:
    heading = next((block for block in blocks if block.kind is not BlockKind.TITLE), blocks[0])
    title = " ".join(heading.text.split()) if heading.kind is BlockKind.HEADING else article.title
    starts, ends = [block.source.start for block in blocks], [block.source.end for block in blocks]
    return Part(title, Source(min(starts), max(ends), min(block.source.line for block in blocks)), blocks)


def wanted_parts(said: str) -> tuple[int, ...]:
    """The numbers in "3-5,8", in the order of the book.

    Raises:
        UsageError: it is no such list.

    >>> wanted_parts("8, 3-5"), wanted_parts("")
    ((3, 4, 5, 8), ())
    """
    found: set[int] = set()
    for piece in filter(None, (piece.strip() for piece in said.split(","))):
        first, dash, last = (part.strip() for part in piece.partition("-"))
        bounds = (first, last if dash else first)
        if not all(bound.isascii() and bound.isdecimal() and len(bound) < 6 for bound in bounds):  # noqa: PLR2004 - of five figures
            raise UsageError(f"--chapters takes numbers such as 3-5,8, and '{piece[:40]}' is none")
        if int(bounds[0]) > int(bounds[1]):
            raise UsageError(f"--chapters {piece[:40]}: the first number is the larger one")
        found.update(range(int(bounds[0]), int(bounds[1]) + 1))
    return tuple(sorted(found))


def picked(article: Article, wanted: Collection[int]) -> Article:
    """The article with only those of its parts, numbered from 1; with none named, those that are read by themselves.

    Notes that what is read refers to stay, wherever they stand. What is not read is in omissions.

    Raises:
        ArticleError: it has no such part, or nothing of it is read by itself.
    """
    parts = parts_of(article) if wanted else article.parts
    if wanted:
        _refuse_unknown(article, parts, wanted)
    if not parts:
        return article
    chosen = [number in wanted if wanted else part.chosen for number, part in enumerate(parts, 1)]
    if not any(chosen):
        raise ArticleError(f"{article.origin.name}: no part of it is read by itself; pick some with --chapters")
    heard = [block for part, read in zip(parts, chosen, strict=True) if read for block in part.blocks]
    noted = {mark.value for block in heard for mark in block.marks if mark.kind is MarkKind.NOTE_REFERENCE}
    blocks: list[Block] = []
    omitted = _elsewhere(article, parts)
    for part, read in zip(parts, chosen, strict=True):
        kept = [block for block in part.blocks if read or (block.kind is BlockKind.NOTE and block.note in noted)]
        blocks += kept
        if not read:
            left = [block for block in part.blocks if block not in kept]
            omitted += [Omission(block.source, part.reason) for block in left if block.source.start < block.source.end]
    omitted.sort(key=lambda each: each.source.start)
    if not article.parts:
        blocks.sort(key=lambda block: (block.kind is BlockKind.NOTE, block.source.start))
    return replace(article, blocks=tuple(blocks), omitted=tuple(omitted))


def _elsewhere(article: Article, parts: Sequence[Part]) -> list[Omission]:
    """What is left out of an article apart from blocks of its parts that are not read."""
    spans = {(block.source.start, block.source.end) for part in parts for block in part.blocks}
    return [each for each in article.omitted if (each.source.start, each.source.end) not in spans]


def _refuse_unknown(article: Article, parts: Sequence[Part], wanted: Collection[int]) -> None:
    if not parts:
        raise ArticleError(f"{article.origin.name} has no chapters to pick from: no heading stands twice in it")
    wrong = [number for number in wanted if not 1 <= number <= len(parts)]
    if wrong:
        raise ArticleError(
            f"{article.origin.name} has chapters 1 to {len(parts)}, no {wrong[0]}; --contents lists them"
        )


def split(article: Article, wanted: Collection[int] = ()) -> tuple[Article, ...]:
    """Each part as an article of its own: "Book: Chapter", with its own text and identity, which a new make keeps.

    Raises:
        ArticleError: it has no such parts, or none at all.
    """
    parts = parts_of(article)
    _refuse_unknown(article, parts, wanted or (1,))
    chosen = [number for number, part in enumerate(parts, 1) if (number in wanted if wanted else part.chosen)]
    return tuple(_alone(article, number, parts) for number in chosen)


def _alone(article: Article, number: int, parts: Sequence[Part]) -> Article:
    """One part; notes that it refers to come after it."""
    part = parts[number - 1]
    noted = {mark.value for block in part.blocks for mark in block.marks if mark.kind is MarkKind.NOTE_REFERENCE}
    own = {block.note for block in part.blocks if block.kind is BlockKind.NOTE}
    notes = [
        block
        for other in parts
        if other is not part
        for block in other.blocks
        if block.kind is BlockKind.NOTE and block.note in noted - own
    ]
    first, last = part.source.start, part.source.end
    text = article.text[first:last]
    blocks = [_moved(block, -first, part.source.line) for block in _with_title(part)]
    for note in notes:
        text = f"{text}\n"
        start = len(text)
        text += article.text[note.source.start : note.source.end]
        blocks.append(replace(note, source=Source(start, len(text), text.count("\n", 0, start) + 1)))
    within = (each for each in _elsewhere(article, parts) if first <= each.source.start and each.source.end <= last)
    return replace(
        article,
        title=f"{article.title}: {part.title}",
        blocks=tuple(blocks),
        text=text,
        omitted=tuple(_moved_omission(each, -first, part.source.line) for each in within),
        parts=(),
    )


def _with_title(part: Part) -> tuple[Block, ...]:
    """The blocks of a part; the heading that is its title is that of its article, and said once."""
    for number, block in enumerate(part.blocks):
        if block.kind is BlockKind.HEADING:
            same = " ".join(block.text.split()) == part.title
            title = replace(block, kind=BlockKind.TITLE, level=0) if same else block
            return (*part.blocks[:number], title, *part.blocks[number + 1 :])
    return part.blocks


def _moved(block: Block, by: int, line: int) -> Block:
    source = replace(block.source, start=block.source.start + by, end=block.source.end + by)
    return replace(block, source=replace(source, line=block.source.line - line + 1))


def _moved_omission(omission: Omission, by: int, line: int) -> Omission:
    at = omission.source
    return Omission(Source(at.start + by, at.end + by, at.line - line + 1), omission.reason)


def words_in(part: Part) -> int:
    """How many words a part has."""
    return sum(len(block.text.split()) for block in part.blocks)
