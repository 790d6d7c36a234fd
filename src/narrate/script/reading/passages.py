"""The passages of a reading: every block in its place, and between them what narrate says itself."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from narrate.model import Block, BlockKind, Role, Source
from narrate.model.reading import Passage, Reading
from narrate.script.coverage.align import letters
from narrate.script.coverage.follow import LEFT_OUT
from narrate.script.reading.stretches import heard_in
from narrate.script.utterances import whole_sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from narrate.model import Article, Cue, Script, Segment

UNSPEAKABLE = "no voice could speak it"
"""Why a block that was to be heard is not: `Made.left_out` has its sentences."""

_KINDS: Mapping[Role, BlockKind] = {
    Role.TITLE: BlockKind.TITLE,
    Role.HEADING: BlockKind.HEADING,
    Role.BODY: BlockKind.PARAGRAPH,
    Role.QUOTE: BlockKind.QUOTE,
    Role.LIST_ITEM: BlockKind.LIST_ITEM,
    Role.CODE: BlockKind.CODE,
    Role.TABLE: BlockKind.TABLE,
    Role.FIGURE: BlockKind.FIGURE,
    Role.NOTE: BlockKind.NOTE,
    Role.MATH: BlockKind.MATH,
    Role.REFERENCE: BlockKind.REFERENCE,
    Role.FURNITURE: BlockKind.FURNITURE,
    Role.ANNOUNCEMENT: BlockKind.PARAGRAPH,
}
"""What a segment is whose block is not at hand."""
_BY_LINE = frozenset({Role.CODE, Role.TABLE})
_Place = tuple[int, int, int]


@dataclass(slots=True)
class _Between:
    """Segments that are no block of an article, by the block they stand before or after; `last` closes it all."""

    before: dict[_Place, list[Segment]] = field(default_factory=lambda: defaultdict(list))
    after: dict[_Place, list[Segment]] = field(default_factory=lambda: defaultdict(list))
    last: list[Segment] = field(default_factory=list)


def reading_of(articles: Sequence[Article], script: Script, cues: Sequence[Cue]) -> Reading:
    """The articles as they are read along with; without articles, what the script itself holds.

    Every block with text is there, but those that are not for reading (`BlockKind.HIDDEN`), and every cue is, in
    the passage of its segment; a passage without words is a section break, or a picture that nobody describes.
    """
    said: dict[str, dict[int, Cue]] = defaultdict(dict)
    for number, cue in enumerate(cues):
        said[cue.segment][number] = cue
    if not articles:
        passages = tuple(_alone(segment, said) for segment in script.segments)
        return Reading(tuple(each for each in passages if each.block.text), script.language, whole=False)
    return Reading(tuple(_passages(articles, script, said)), script.language)


def _passages(articles: Sequence[Article], script: Script, said: Mapping[str, Mapping[int, Cue]]) -> Iterator[Passage]:
    there = {_place(number, block.source) for number, article in enumerate(articles) for block in article.blocks}
    between = _between(script, there)
    made: dict[_Place, list[Segment]] = defaultdict(list)
    for segment in script.segments:
        if segment.source and _of(segment) in there:
            made[_of(segment)].append(segment)
    for number, article in enumerate(articles):
        language = "" if article.language == script.language else article.language
        for block in article.blocks:
            place = _place(number, block.source)
            yield from (_alone(each, said) for each in between.before.pop(place, ()))
            mine = _taken(block, made[place]) if block.text.strip() else []
            shown = block.text.strip() or block.images or block.kind is BlockKind.BREAK
            if shown and block.kind is not BlockKind.HIDDEN:
                source = replace(block.source, article=number)
                yield _passage(replace(block, source=source, language=block.language or language), mine, said)
            if not made[place]:
                yield from (_alone(each, said) for each in between.after.pop(place, ()))
    yield from (_alone(each, said) for each in between.last)


def _place(article: int, source: Source) -> _Place:
    return article, source.start, source.end


def _of(segment: Segment) -> _Place:
    """The place of a segment that has a source."""
    at = segment.source or Source(0, 0, 0)
    return at.article, at.start, at.end


def _between(script: Script, there: set[_Place]) -> _Between:
    """Where to put what is in no block: with what it leads to, else behind what it follows."""
    found = _Between()
    waiting: list[Segment] = []
    before: _Place | None = None
    for segment in script.segments:
        if segment.source is None or _of(segment) not in there:
            waiting.append(segment)
            continue
        cut = len(waiting) - _leading(waiting, segment) if before else 0
        if before:
            found.after[before] += waiting[:cut]
        before = _of(segment)
        found.before[before] += waiting[cut:]
        waiting = []
    found.last = waiting
    return found


def _leading(waiting: Sequence[Segment], following: Segment) -> int:
    """How many of the segments between two blocks belong to the second: what says that it is left out or quoted.

    A title with all that follows it does too.
    """
    titles = [at for at, each in enumerate(waiting) if each.role is Role.TITLE]
    if titles:
        return len(waiting) - titles[0]
    return int(bool(waiting) and (following.skip or following.role is Role.QUOTE))


def _taken(block: Block, waiting: list[Segment]) -> list[Segment]:
    """The segments of a block, out of those of all blocks at its place: as long as their words are its own."""
    text = letters(block.text)
    taken: list[Segment] = []
    while waiting and (not taken or letters(waiting[0].utterances[-1].written) in text):
        taken.append(waiting.pop(0))
    return taken


def _passage(block: Block, segments: Sequence[Segment], said: Mapping[str, Mapping[int, Cue]]) -> Passage:
    cues = {number: cue for each in segments for number, cue in said.get(each.id, {}).items()}
    heading = next((each for each in segments if each.role is Role.HEADING and each.level), None)
    block = replace(block, level=heading.level) if heading and block.kind is BlockKind.HEADING else block
    ids = tuple(each.id for each in segments)
    return Passage(block, heard_in(block, cues), ids, _why(segments, cues), article=block.source.article)


def _why(segments: Iterable[Segment], cues: Mapping[int, Cue]) -> str:
    if cues:
        return ""
    return next((each.why or LEFT_OUT for each in segments if each.skip), UNSPEAKABLE if list(segments) else "")


def _alone(segment: Segment, said: Mapping[str, Mapping[int, Cue]]) -> Passage:
    """A segment whose block is not at hand, as a block of its own: its sentences as they are written."""
    cues = said.get(segment.id, {})
    text = _as_lines(segment) if segment.role in _BY_LINE else " ".join(_sentences(segment, cues))
    source = segment.source or Source(0, 0, 0)
    block = Block(_KINDS[segment.role], text, source, segment.level, language=segment.utterances[0].language)
    own = segment.role is Role.ANNOUNCEMENT
    return Passage(block, heard_in(block, cues), (segment.id,), _why([segment], cues), own, source.article)


def _sentences(segment: Segment, cues: Mapping[int, Cue]) -> Iterable[str]:
    return [cue.text for cue in cues.values()] or whole_sentences(segment.utterances)


def _as_lines(segment: Segment) -> str:
    """Sentences that are lines, with the blanks before them."""
    return "".join(
        each.written + ("\n" if each.ends_sentence and each is not segment.utterances[-1] else "")
        for each in segment.utterances
    )
