"""The names of the rules by which a script leaves something out; those that are settings are named as these are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from narrate.model import BlockKind, MarkKind, rule_of
from narrate.script.coverage.align import letters

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from narrate.model import Block, Policy
    from narrate.script.coverage.source import Found

SAID_BEFORE = "title said before"
NOT_FOR_READING = "not for reading"
PAUSE = "section break"
"""It is heard: as a pause."""
LEFT_OUT = "skip in the script"

_CHOICES: Mapping[BlockKind, str] = {
    BlockKind.CODE: "code",
    BlockKind.TABLE: "tables",
    BlockKind.FIGURE: "images",
    BlockKind.NOTE: "notes",
    BlockKind.REFERENCE: "references",
    BlockKind.FURNITURE: "furniture",
    BlockKind.BYLINE: "bylines",
    BlockKind.MATH: "mathematics",
}
"""Kinds of blocks that a choice of the policy may leave out."""

_MARKS: Mapping[MarkKind, str] = {
    MarkKind.CITATION: "citations",
    MarkKind.NOTE_REFERENCE: "notes",
    MarkKind.MATH: "mathematics",
}


def skipped_by(block: Block, policy: Policy, *, title: bool) -> str:
    """The rule by which a block is in a segment that is skipped; `title` where that is one of a title."""
    if title:
        return SAID_BEFORE
    if block.kind in _CHOICES:
        return rule_of(policy, _CHOICES[block.kind])
    return {BlockKind.HIDDEN: NOT_FOR_READING, BlockKind.BREAK: PAUSE}.get(block.kind, LEFT_OUT)


def unwritten(found: Found, policy: Policy) -> list[tuple[int, int, str]]:
    """Stretches of a block's letters that a rule may keep out of its segments, in order and apart, with the rule."""
    last = 0
    kept: list[tuple[int, int, str]] = []
    for start, end, rule in sorted(_unwritten(found, policy)):
        if end > max(start, last):
            kept.append((max(start, last), end, rule))
            last = end
    return kept


def _unwritten(found: Found, policy: Policy) -> Iterator[tuple[int, int, str]]:
    block = found.block
    if found.numbered:
        yield 0, found.numbered, rule_of(policy, "lists")
    for mark in block.marks:
        if mark.kind in _MARKS:
            yield _counted(found, mark.start), _counted(found, mark.end), rule_of(policy, _MARKS[mark.kind])
    if block.kind is BlockKind.FIGURE:
        caption = _counted(found, block.caption)
        out = {"caption": (found.numbered, caption), "alt": (caption, len(found.said))}.get(policy.images)
        if out:
            yield *out, rule_of(policy, "images")


def _counted(found: Found, at: int) -> int:
    """How many letters are before a place of the block's text."""
    return found.numbered + len(letters(found.block.text[:at]))
