"""Every letter of an article, followed to the voice."""

from __future__ import annotations

from bisect import bisect_right
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from narrate.model import BlockKind, Coverage, Diction, Fate, Source, Stretch, rule_of
from narrate.model.diction import Lists
from narrate.script.coverage.align import Run, align, align_sparing, gaps, letters
from narrate.script.coverage.labels import Label, Labelled, in_a_row, moved, over
from narrate.script.coverage.source import Found, Letters, find_blocks
from narrate.script.coverage.voice import UNSAID, unsaid
from narrate.script.marks import NOTE_MARKS, edits_of
from narrate.script.words import speakable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from narrate.model import Article, Block, Policy, Script, Segment, Utterance

PLAIN = Diction()

PAUSE = "section break"
"""Why a section break without words has none to be heard: it is a pause."""
LEFT_OUT = "skip in the script"
"""Why a segment is left out that a person left out."""
NO_BLOCK = "it is in no block of the article"
NOT_IN_BLOCK = "it is not in the text of its block"
NO_SEGMENT = "it is in no segment of the script"


_START = attrgetter("start")


class Said(NamedTuple):
    """An utterance, its segment, and its number among those that are heard, None if it is not."""

    segment: Segment
    utterance: Utterance
    number: int | None


def coverage_of(articles: Sequence[Article], script: Script, diction: Diction = PLAIN) -> Coverage:
    """The fate of all that the articles say in the script that was written from them by `diction`.

    It takes time in proportion to their length. Articles whose `text` is empty have nothing to follow.
    """
    heard = _by_source(script)
    return Coverage(
        script.title,
        script.sources,
        tuple(
            stretch
            for number, article in enumerate(articles)
            for stretch in _stretches(article, number, heard, diction.policy)
        ),
    )


def _by_source(script: Script) -> Mapping[tuple[int, int, int], list[Said]]:
    """The utterances of each block, by where that stands."""
    found: dict[tuple[int, int, int], list[Said]] = {}
    number = 0
    for segment in script.segments:
        at = segment.source
        mine = found.setdefault((at.article, at.start, at.end), []) if at else []
        for utterance in segment.utterances:
            mine.append(Said(segment, utterance, None if segment.skip else number))
            number += not segment.skip
    return found


def _stretches(
    article: Article, number: int, heard: Mapping[tuple[int, int, int], list[Said]], policy: Policy
) -> Iterator[Stretch]:
    source = Letters(article)
    blocks = list(find_blocks(article, source))
    labelled: list[Labelled] = []
    used: dict[tuple[int, int, int], int] = {}
    for found in blocks:
        place = (number, found.block.source.start, found.block.source.end)
        said = heard.get(place, ())
        runs = _runs(found, said, used.get(place, 0))
        used[place] = max((run.there + run.length for run in runs), default=used.get(place, 0))
        labelled += _of_block(found, runs, said, article.language, policy)
    made = (_stretch(each, source, number) for each in in_a_row(_whole(sorted(labelled, key=_START), source, blocks)))
    breaks = [_break(found.block.source, source, number) for found in blocks if found.block.kind is BlockKind.BREAK]
    yield from sorted((*made, *filter(None, breaks)), key=lambda each: (each.source.start, each.source.end))


def _break(at: Source, source: Letters, number: int) -> Stretch | None:
    """A section break without words: a block that is heard as a pause."""
    text = source.text[at.start : at.end]
    place = Source(at.start, at.end, source.line(at.start), number)
    return None if letters(text) else Stretch(place, BlockKind.BREAK, Fate.SKIPPED, text, PAUSE)


def _runs(found: Found, said: Sequence[Said], used: int) -> list[Run]:
    """Where the letters of a block are in what is written in its segments, `used` letters of which are others'."""
    written = "".join(letters(each.utterance.written) for each in said)[used:]
    if found.block.kind is BlockKind.TABLE and written != found.said:
        runs = cells_in(found.block.text, written)
    elif found.block.kind is BlockKind.FIGURE and found.said == letters(found.block.text):
        runs = words_in(found.block, written)
    else:
        runs = align_sparing(found.said, [(0, found.numbered)], written)
    return [run._replace(there=run.there + used) for run in runs] if used else runs


def _of_block(
    found: Found, runs: Sequence[Run], said: Sequence[Said], language: str, policy: Policy
) -> Iterator[Labelled]:
    """The letters of a source that are in a block, which are in its segments by `runs`."""
    kind = found.block.kind
    known = sorted(moved(runs, _written(kind, said, policy)), key=_START)
    for low, high in gaps(runs, len(found.said)):
        known.append(Labelled(low, high, _missing(found, high, policy)))
    if found.block.marks:
        known = _with_marks(sorted(known, key=_START), found, language, policy)
    yield from moved(found.runs, sorted(known, key=_START))


def _missing(found: Found, end: int, policy: Policy) -> Label:
    """What letters of a block are called that no segment has: only the number before an item or a note may go."""
    kind = found.block.kind
    if end > found.numbered or (kind is BlockKind.LIST_ITEM and policy.lists is not Lists.PLAIN):
        return Label(kind, Fate.LOST, NO_SEGMENT)
    return Label(kind, Fate.SKIPPED, rule_of(policy, "lists") if kind is BlockKind.LIST_ITEM else NOTE_MARKS)


def _with_marks(known: Sequence[Labelled], found: Found, language: str, policy: Policy) -> list[Labelled]:
    """What the marks of a block ask for: some of it is not said, some is said in other words."""
    kind, text = found.block.kind, found.block.text
    silent: list[Labelled] = []
    other: list[tuple[int, int]] = []
    at, start = 0, found.numbered
    for edit in edits_of(found.block, found.block.language or language, policy):
        start += len(letters(text[at : edit.start]))
        at, end = edit.start, start + len(letters(text[edit.start : edit.end]))
        if speakable(edit.said):
            other.append((start, end))
        elif start < end:
            silent.append(Labelled(start, end, Label(kind, Fate.SKIPPED, edit.rule)))
    heard = [each if not _is_unsaid(each, other) else _as_said(each) for each in known]
    return [
        part for each in heard for part in (over([each], silent) if each.label.fate is not Fate.SKIPPED else [each])
    ]


def _is_unsaid(each: Labelled, other: Sequence[tuple[int, int]]) -> bool:
    """Whether nothing seems to be spoken for what is said in other words; these are in order and apart."""
    around = bisect_right(other, (each.start, len(other) and other[-1][1])) - 1
    return each.label.rule == UNSAID and around >= 0 and each.end <= other[around][1]


def _as_said(each: Labelled) -> Labelled:
    return each._replace(label=each.label._replace(fate=Fate.SPOKEN, rule=""))


def _written(kind: BlockKind, said: Sequence[Said], policy: Policy) -> list[Labelled]:
    """What is written in the segments of a block: the letters of each utterance, those apart that are not said."""
    labels: list[Labelled] = []
    at = 0
    for segment, utterance, number in said:
        end = at + len(letters(utterance.written))
        whole = Label(kind, Fate.SPOKEN, "", segment.id, number)
        if segment.skip:
            labels.append(Labelled(at, end, whole._replace(fate=Fate.SKIPPED, rule=segment.why or LEFT_OUT)))
        else:
            silent = [
                Labelled(
                    at + low, at + high, whole._replace(fate=Fate.SKIPPED if rule else Fate.LOST, rule=rule or UNSAID)
                )
                for low, high, rule in unsaid(utterance, segment.role, policy)
            ]
            labels += over([Labelled(at, end, whole)], silent)
        at = end
    return labels


def cells_in(table: str, written: str) -> list[Run]:
    """Where the cells of a table are in what is said of it, row by row; its heads may be said with every one."""
    rows = [list(map(letters, row.split("\t" if "\t" in row else "|"))) for row in table.split("\n")]
    top = next((number for number, row in enumerate(rows) if sum(map(bool, row)) > 1), 0)  # below what is a title alone
    runs: list[Run] = []
    here = there = 0
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            head = rows[top][column] if number > top and column < len(rows[top]) else ""
            at = written.find(head + cell, there)
            at = at + len(head) if at >= 0 else written.find(cell, there)
            if cell and at >= 0:
                runs.append(Run(here, at, len(cell)))
                there = at + len(cell) if number > top else 0
            here += len(cell)
    return runs


def words_in(figure: Block, written: str) -> list[Run]:
    """Where the words of a picture are in what is said of it: before its description and its caption may be others."""
    runs: list[Run] = []
    here = there = 0
    for part in map(letters, (figure.text[: figure.caption], figure.text[figure.caption :])):
        at = written.find(part, there)
        if at < 0:
            return align(letters(figure.text), written)
        runs += [Run(here, at, len(part))] if part else []
        here, there = here + len(part), at + len(part)
    return runs


def _whole(labelled: Sequence[Labelled], source: Letters, blocks: Sequence[Found]) -> Iterator[Labelled]:
    """All letters of a source: those that are in no segment are omitted for a reason, or lost."""
    starts = [found.block.source.start for found in blocks]
    at = 0
    for each in (*labelled, None):
        end = each.start if each else len(source.said)
        if at < end:
            around = bisect_right(starts, source.positions[at]) - 1
            inside = around >= 0 and blocks[around].block.source.end > source.positions[at]
            kind = blocks[around].block.kind if inside else None
            lost = Label(kind, Fate.LOST, NOT_IN_BLOCK if inside else NO_BLOCK)
            omitted = source.spares(at, end)
            rules = [Labelled(low, high, Label(kind, Fate.SKIPPED, rule)) for low, high, rule in omitted]
            yield from over([Labelled(at, end, lost)], rules)
        if each:
            yield each
            at = max(at, each.end)


def _stretch(each: Labelled, source: Letters, number: int) -> Stretch:
    start, end = source.positions[each.start], source.end(each.end - 1)
    label = each.label
    place = Source(start, end, source.line(start), number)
    return Stretch(place, label.kind, label.fate, source.text[start:end], label.rule, label.segment, label.utterance)
