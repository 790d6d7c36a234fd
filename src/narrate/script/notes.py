"""Where the notes of an article are heard: after what refers to them, at its section's end, or where they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from narrate.model import BlockKind, Mark, MarkKind, rule_of
from narrate.model.diction import Notes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from narrate.model import Block, Policy
    from narrate.script.draft import Draft

GOES_ON = 1
"""The level of a note's further paragraphs, which are not announced again."""

_APART = frozenset({BlockKind.NOTE, BlockKind.REFERENCE, BlockKind.FURNITURE})
_BESIDE = _APART | {BlockKind.HIDDEN, BlockKind.BREAK, BlockKind.BYLINE}
_NUMBER = re.compile(r"\A\W*0*(\d{1,4})\W*\Z")
_LABEL = re.compile(r"\A\s*(?:\^|↑|\[?(?P<number>\d{1,4})(?:\][.:]?|[.):](?=\s)))\s*")
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


@dataclass(slots=True)
class _Section:
    """The section that a walk is in, and the notes that wait for its end: blocks by number, in order of reference."""

    level: int = 0
    waiting: list[int] = field(default_factory=list)


def moving_notes(blocks: Sequence[Block], notes: Notes) -> frozenset[int]:
    """The numbers of the blocks that are not heard where they stand: notes that something refers to."""
    bodies = _bodies(blocks) if notes is not Notes.SKIP else {}
    wanted = {name for block in blocks for name in references(block)} if bodies else set()
    return frozenset(number for name in wanted for number in bodies.get(name, ()))


def in_order(blocks: Sequence[Block], notes: Notes) -> Iterator[int]:
    """The numbers of the blocks in the order in which they are heard."""
    moving = moving_notes(blocks, notes)
    bodies = _bodies(blocks) if moving else {}
    told: set[str] = set()
    open_sections = [_Section()]
    for number, block in enumerate(blocks):
        if block.kind is BlockKind.HEADING:
            yield from _closed(open_sections, max(block.level, 1))
        if number in moving:
            continue
        yield number
        fresh = [name for name in references(block) if name not in told]
        told.update(fresh)
        found = list(_with_inner(fresh, blocks, bodies, told))
        if notes is Notes.PLACE and block.kind not in {BlockKind.TITLE, BlockKind.HEADING}:
            yield from (*_taken(open_sections[-1]), *found)
        else:
            open_sections[-1].waiting += found
    yield from _closed(open_sections, 0)
    yield from sorted(moving - {number for name in told for number in bodies.get(name, ())})


def _closed(sections: list[_Section], level: int) -> Iterator[int]:
    """The notes of the sections that a heading of `level` ends; 0 ends all. Then its own section begins."""
    ended: list[_Section] = []
    while sections and (sections[-1].level >= level or sections[-1].level == 0):
        ended.append(sections.pop())
    for section in ended[::-1]:
        yield from section.waiting
    sections.append(_Section(level))


def _taken(section: _Section) -> list[int]:
    """The notes that a heading referred to: after the first words below it."""
    taken, section.waiting = section.waiting, []
    return taken


def _bodies(blocks: Sequence[Block]) -> dict[str, list[int]]:
    """The blocks of each note."""
    found: dict[str, list[int]] = {}
    for number, block in enumerate(blocks):
        if block.kind is BlockKind.NOTE and block.note:
            found.setdefault(block.note, []).append(number)
    return found


def _with_inner(
    names: Sequence[str], blocks: Sequence[Block], bodies: dict[str, list[int]], told: set[str]
) -> Iterator[int]:
    """The blocks of notes, each followed by those of notes that it refers to itself."""
    waiting = list(names)[::-1]
    while waiting:
        name = waiting.pop()
        numbers = bodies.get(name, [])
        yield from numbers
        inner = [each for number in numbers for each in references(blocks[number]) if each not in told]
        inner = list(dict.fromkeys(inner))
        told.update(inner)
        waiting += inner[::-1]


def references(block: Block) -> list[str]:
    """The notes that a block refers to, in order, each once; a note does not refer to itself."""
    marks = (mark for mark in block.marks if mark.kind is MarkKind.NOTE_REFERENCE)
    return list(dict.fromkeys(mark.value for mark in marks if mark.value and mark.value != block.note))


def numbered(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, with its number for the first block of each note: as the mark in the text or else its name has it.

    A number that the note begins with itself is marked as a note's mark: it is said once.
    """
    numbers = _numbers(blocks)
    seen: set[str] = set()
    made: list[Block] = []
    for block in blocks:
        if block.kind is not BlockKind.NOTE or block.note in seen:
            made.append(replace(block, level=GOES_ON) if block.kind is BlockKind.NOTE else block)
            continue
        seen |= {block.note} - {""}
        number = numbers.get(block.note, 0)
        made.append(replace(block, number=number, marks=(*_own_label(block, number), *block.marks)))
    return made


def _numbers(blocks: Sequence[Block]) -> dict[str, int]:
    found: dict[str, int] = {}
    for block in blocks:
        for mark in block.marks:
            if mark.kind is MarkKind.NOTE_REFERENCE and mark.value not in found:
                written = block.text[mark.start : mark.end].translate(_RAISED)
                match = _NUMBER.match(written) or _NUMBER.match(mark.value)
                found[mark.value] = int(match[1]) if match else 0
    return found


def _own_label(block: Block, number: int) -> list[Mark]:
    label = _LABEL.match(block.text)
    if not label or (label["number"] and int(label["number"]) != number) or label.end() == len(block.text):
        return []
    return [Mark(MarkKind.NOTE_REFERENCE, 0, label.end(), block.note)]


def idle_headings(blocks: Sequence[Block], made: Mapping[int, Sequence[Draft]], policy: Policy) -> dict[int, str]:
    """Headings over notes, references and furniture none of which is heard there, and the rule that leaves these out.

    "References" over a list that is left out would be a chapter of nothing.
    """
    away = moving_notes(blocks, policy.notes)
    found: dict[int, str] = {}
    for number, block in enumerate(blocks):
        if block.kind is BlockKind.HEADING:
            below = list(_below(blocks, number))
            heard = (each for at in below if at not in away for each in made[at] if not each.skip)
            headed = [at for at in below if blocks[at].kind in _APART]
            if headed and all(blocks[at].kind in _BESIDE for at in below) and next(heard, None) is None:
                moved = rule_of(policy, "notes")
                found[number] = moved if headed[0] in away else next((each.why for each in made[headed[0]]), moved)
    return found


def _below(blocks: Sequence[Block], number: int) -> Iterator[int]:
    """The blocks under a heading, up to the next."""
    for at in range(number + 1, len(blocks)):
        if blocks[at].kind is BlockKind.HEADING:
            return
        yield at
