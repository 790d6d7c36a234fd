"""The marks of a block as edits: notes' and citations' marks go unheard, formulas are said in words, links are told."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING

from narrate.model import MarkKind, rule_of
from narrate.model.diction import Citations, Links, Mathematics
from narrate.script.alphabets import heard_in
from narrate.script.emphasis import merged, of_a_sentence, shifted, stressed_by_capitals, stressed_by_marks
from narrate.script.formulas import formula_words, is_tex
from narrate.script.marked import between, moved, split_marked
from narrate.script.normalise import Edit
from narrate.script.normalise.english.letters.citations import is_noun
from narrate.script.sentences import split_sentences
from narrate.script.utterances import Sentence
from narrate.script.wording import wording_for
from narrate.script.words import speakable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from narrate.model import Block, Mark, Policy

_BETWEEN = re.compile(r"[\s,;–‐-]{0,3}")
"""What stands between two marks of notes or works that are one group."""
_PAIRS = {"[": "]", "(": ")"}
_END = attrgetter("end")
_CLOSERS = frozenset(" \n.,;:!?)]…")
NOTE_MARKS = "marks of notes"
"""The rule by which the mark of a note is never read: a figure glued to a word says nothing to an ear."""


def edits_of(block: Block, language: str, policy: Policy) -> tuple[Edit, ...]:
    """What the marks of a block ask for, in order and without overlaps."""
    if not block.marks:
        return ()
    dropped = list(_grouped(block.text, sorted(_dropped(block, language, policy))))
    made = [Edit(*_with_blank(block.text, start, end), "", rule) for start, end, rule in dropped]
    said: list[Edit] = []
    for edit in sorted((*_formulas(block, language, policy), *_links(block, language, policy))):
        ahead = bisect_right(made, edit.start, key=_END)
        if not any(_meet(edit, other) for other in (*made[ahead : ahead + 1], *said[-1:])):
            said.append(edit)
    return tuple(sorted(made + said))


def _meet(one: Edit, other: Edit) -> bool:
    return one.start < other.end and other.start < max(one.end, one.start + 1)


def name_of(block: Block) -> str:
    """A heading's words as a chapter shows them: without the marks of notes; "" where it has none."""
    notes = sorted(_notes(block))
    if not notes:
        return ""
    text = block.text
    for start, end, _rule in reversed(list(_grouped(text, notes))):
        start, end = _with_blank(text, start, end)  # noqa: PLW2901 # the blank beside it goes too
        text = text[:start] + text[end:]
    return " ".join(text.split())


def _notes(block: Block) -> Iterator[tuple[int, int, str]]:
    marks = (mark for mark in block.marks if mark.kind is MarkKind.NOTE_REFERENCE and mark.end > mark.start)
    return ((mark.start, mark.end, NOTE_MARKS) for mark in marks)


def _dropped(block: Block, language: str, policy: Policy) -> Iterator[tuple[int, int, str]]:
    yield from _notes(block)
    if policy.citations is Citations.SKIP:
        rule = rule_of(policy, "citations")
        marks = (mark for mark in block.marks if mark.kind is MarkKind.CITATION)
        nouns = partial(is_noun, block.text, language=language)
        yield from ((mark.start, mark.end, rule) for mark in marks if not nouns(mark.start, mark.end))
    if policy.mathematics is Mathematics.SKIP:
        rule = rule_of(policy, "mathematics")
        yield from ((mark.start, mark.end, rule) for mark in block.marks if mark.kind is MarkKind.MATH)


def _grouped(text: str, spans: Iterable[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """Spans with the signs between them and the brackets round them: "[1], [2]" and "(3)" are one each."""
    held: tuple[int, int, str] | None = None
    for start, end, rule in spans:
        if held and (start < held[1] or _BETWEEN.fullmatch(text, held[1], start)):
            held = (held[0], max(end, held[1]), held[2])
            continue
        if held:
            yield _bracketed(text, *held)
        held = (start, end, rule)
    if held:
        yield _bracketed(text, *held)


def _bracketed(text: str, start: int, end: int, rule: str) -> tuple[int, int, str]:
    while start > 0 and end < len(text) and _PAIRS.get(text[start - 1]) == text[end]:
        start, end = start - 1, end + 1
    return start, end, rule


def _with_blank(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch with the blanks that would be left over: those before it, or after it where it begins the text."""
    if end == len(text) or text[end] in _CLOSERS:
        while start and text[start - 1] == " ":
            start -= 1
    if start == 0:
        end = len(text) - len(text[end:].lstrip(" "))
    return start, end


def _formulas(block: Block, language: str, policy: Policy) -> Iterator[Edit]:
    if policy.mathematics is Mathematics.SKIP:
        return
    for mark in block.marks:
        if mark.kind is not MarkKind.MATH:
            continue
        written = block.text[mark.start : mark.end]
        rule = rule_of(policy, "mathematics")
        if policy.mathematics is Mathematics.SAY:
            yield Edit(mark.start, mark.end, wording_for(language).a_formula, rule)
        elif is_tex(written):
            yield Edit(mark.start, mark.end, formula_words(written, language), rule)


def _links(block: Block, language: str, policy: Policy) -> Iterator[Edit]:
    """After the words of a link, that they are one; a link inside the article is none to a listener."""
    if policy.links is not Links.ANNOUNCE:
        return
    for mark in block.marks:
        if mark.kind is MarkKind.LINK and not mark.value.startswith("#") and _has_words(block, mark):
            goes_on = mark.end < len(block.text) and block.text[mark.end] not in ".,;:!?)]…"
            said = f", {wording_for(language).linked}{',' if goes_on else ''}"
            yield Edit(mark.end, mark.end, said, rule_of(policy, "links"))


def _has_words(block: Block, mark: Mark) -> bool:
    return speakable(block.text[mark.start : mark.end])


def marked_sentences(
    block: Block, language: str, policy: Policy, start: int = 0, end: int | None = None
) -> list[Sentence]:
    """The sentences of a block's text, or of a stretch of it; one that a language mark covers is in that language."""
    end = len(block.text) if end is None else end
    edits = between(edits_of(block, language, policy), start, end)
    text = block.text[start:end]
    tongues = [mark for mark in block.marks if mark.kind is MarkKind.LANGUAGE]
    stressed = stressed_by_marks(block, policy)
    found: list[Sentence] = []
    for first, last in split_marked(text, edits, lambda bare: split_sentences(bare, language)):
        piece = text[first:last]
        left, right = first + len(piece) - len(piece.lstrip()), first + len(piece.rstrip())
        if right > left:
            covers = (m.value for m in tongues if m.start <= start + left and start + right <= m.end)
            own = of_a_sentence(stressed, start + left, start + right)
            written = text[left:right]
            said = Sentence(
                written, heard_in(written, next(covers, language), language), edits=between(edits, left, right)
            )
            if own:
                capitals = stressed_by_capitals(said.written, said.language, policy)
                said = replace(said, emphasis=merged((*own, *capitals)))
            found.append(said)
    return found


def led(template: str, sentence: Sentence) -> Sentence:
    """A sentence with words of narrate's own before it.

    >>> led("Image: {}", Sentence("A cat.", "en")).written
    'Image: A cat.'
    >>> led("Image: {}", Sentence("Image: A cat.", "en")).written
    'Image: A cat.'
    """
    before, _, after = template.partition("{}")
    word = before.strip(" \u00a0:")
    if word.isalpha() and sentence.written.casefold().startswith(f"{word.casefold()}:"):
        return sentence
    written = f"{before}{sentence.written}{after}"
    emphasis = None if sentence.emphasis is None else shifted(sentence.emphasis, len(before))
    return Sentence(written, sentence.language, edits=moved(sentence.edits, len(before)), emphasis=emphasis)


def stretch(block: Block, edits: Sequence[Edit], start: int, end: int, language: str) -> Sentence:
    """A stretch of a block's text as a sentence, without the blanks at its ends."""
    text = block.text[start:end]
    left, right = start + len(text) - len(text.lstrip()), start + len(text.rstrip())
    return Sentence(block.text[left:right], language, edits=between(edits, left, max(right, left)))
