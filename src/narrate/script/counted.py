"""What a page shows at a glance and an ear does not hear: how deep a heading stands, how long a list is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from narrate.model import BlockKind, rule_of
from narrate.model.diction import Lists
from narrate.script.leftout import announcement
from narrate.script.normalise import Edit
from narrate.script.wording import wording_for

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from narrate.model import Block, Policy, Style
    from narrate.script.draft import Draft
    from narrate.script.utterances import Sentence

_INSIDE = frozenset({BlockKind.HIDDEN, BlockKind.NOTE, BlockKind.BREAK})
"""Kinds of blocks that stand between the items of a list and do not end it."""


def after_level(heading: Sentence, level: int, policy: Policy) -> Sentence:
    """A heading whose level is said before it; what is written stays the author's."""
    before = wording_for(heading.language).heading_level.format(level, "{}").partition("{}")[0]
    return replace(heading, edits=(Edit(0, 0, before, rule_of(policy, "levels")), *heading.edits))


def with_counts(
    blocks: Sequence[Block], made: Mapping[int, list[Draft]], language: str, style: Style
) -> dict[int, list[Draft]]:
    """What is said of each block, with the length of each list before its first item, where the policy wants it."""
    if style.diction.policy.lists is not Lists.COUNT:
        return dict(made)
    counted = dict(made)
    for first, length in lengths(blocks, made).items():
        words = wording_for(blocks[first].language or language)
        said = words.list_of_one if length == 1 else words.list_of.format(length)
        counted[first] = [announcement(said, blocks[first].language or language, style), *made[first]]
    return counted


def lengths(blocks: Sequence[Block], made: Mapping[int, Sequence[Draft]]) -> dict[int, int]:
    """The number of items of each list that is heard, by the block of its first; a list in a list is one of its own."""
    found: dict[int, int] = {}
    firsts: dict[int, int] = {}
    for number, block in enumerate(blocks):
        if block.kind is not BlockKind.LIST_ITEM:
            firsts = firsts if block.kind in _INSIDE else {}
            continue
        firsts = {level: first for level, first in firsts.items() if level <= block.level}
        if all(each.skip for each in made[number]):
            continue
        if block.level in firsts and _is_another(blocks[firsts[block.level]], block):
            del firsts[block.level]
        first = firsts.setdefault(block.level, number)
        found[first] = found.get(first, 0) + 1
    return found


def _is_another(first: Block, item: Block) -> bool:
    """Whether an item is of another list than one that begins so: bullets for numbers, or numbers that begin again."""
    return bool(first.number) != bool(item.number) or first.number == item.number == 1
