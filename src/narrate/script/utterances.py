"""A block's text → the utterances of its segment."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from narrate.model import Role
from narrate.script.alphabets import by_alphabet
from narrate.script.emphasis import shifted, within
from narrate.script.marked import between, moved, parted
from narrate.script.sentences import split_parts, split_sentences
from narrate.script.spoken import can_be_heard, respoken, utter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from narrate.model import Diction, Pauses, Style, Utterance
    from narrate.script.emphasis import Spans
    from narrate.script.normalise import Edit


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as written, and how it is spoken where that does not follow from how it is written.

    `edits` are what the marks in it ask for, in offsets of `written`, in order and without overlaps.
    Where its language is `told` it is all in that one, whatever alphabets it has. `emphasis` are the stretches of
    `written` to be stressed; None where its letters alone tell.
    """

    written: str
    language: str
    spoken: str = ""
    edits: tuple[Edit, ...] = ()
    told: bool = False
    emphasis: Spans | None = None


def sentences_of(text: str, language: str) -> list[Sentence]:
    """The sentences of a text, without the blanks between them."""
    return [Sentence(piece.strip(), language) for piece in split_sentences(text, language) if piece.strip()]


def utterances_of(sentences: Iterable[Sentence], role: Role, style: Style) -> tuple[Utterance, ...]:
    """Sentences as utterances of at most ``style.utterance_characters`` characters, with the pauses between them.

    A sentence in which nothing can be heard joins the one before it, or the first the next, where any can.
    """
    parted = [(sentence, _parts(sentence, role, style)) for sentence in sentences]
    heard = [any(map(can_be_heard, parts)) for _, parts in parted]
    if all(heard) or not any(heard):
        return with_pauses(list(chain.from_iterable(parts for _, parts in parted)), style.pauses)
    between = "\n" if role is Role.CODE else " "
    whole = _joined([sentence for sentence, _ in parted], heard, between)
    return with_pauses([part for sentence in whole for part in _parts(sentence, role, style)], style.pauses)


def _joined(sentences: Sequence[Sentence], heard: Sequence[bool], between: str) -> Iterator[Sentence]:
    """The sentences, each in which nothing can be heard with one in which something can."""
    ends = [number for number, each in enumerate(heard) if each][1:]
    for start, end in pairwise([0, *ends, len(sentences)]):
        held = next(number for number in range(start, end) if heard[number])
        written = ""
        edits: list[Edit] = []
        stressed: list[tuple[int, int]] = []
        for number in range(start, end):
            written += between if written else ""
            edits += moved(sentences[number].edits, len(written))
            stressed += shifted(sentences[number].emphasis or (), len(written))
            written += sentences[number].written
        emphasis = tuple(stressed) or None
        alone = end == start + 1
        yield (
            sentences[held]
            if alone
            else replace(sentences[held], written=written, edits=tuple(edits), emphasis=emphasis)
        )


def with_pauses(utterances: Sequence[Utterance], pauses: Pauses) -> tuple[Utterance, ...]:
    """The utterances of one segment with their silences; the last has none, for its silence is the segment's."""
    between = (
        replace(each, pause_ms=pauses.sentence if each.ends_sentence else pauses.clause) for each in utterances[:-1]
    )
    return (*between, *(replace(each, pause_ms=0) for each in utterances[-1:]))


def _parts(sentence: Sentence, role: Role, style: Style) -> list[Utterance]:
    if sentence.spoken:
        return [respoken(utter(sentence.written, sentence.language, role, style.diction), sentence.spoken)]
    return parts_of(sentence, role, style)


def parts_of(sentence: Sentence, role: Role, style: Style, *, ends: bool = True) -> list[Utterance]:
    """A sentence as utterances neither written nor spoken of which is longer than ``style.utterance_characters``.

    A part in which nothing can be heard joins its neighbour, and makes it a few signs longer: engines give no sound
    for it.
    """
    size = style.utterance_characters
    return [part.uttered(role, style.diction) for part in _heard(_cut(sentence, role, style, size, ends=ends))]


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a sentence; `said` is how it is spoken, once that is known, and `heard` whether it can be."""

    written: str
    language: str
    edits: tuple[Edit, ...] = ()
    ends: bool = True
    emphasis: Spans | None = None
    said: Utterance | None = None
    heard: bool = False

    def uttered(self, role: Role, diction: Diction) -> Utterance:
        if self.said:
            return self.said
        said = utter(self.written, self.language, role, diction, ends=self.ends, given=self.edits)
        return said if self.emphasis is None else replace(said, emphasis=self.emphasis)

    def with_next(self, other: _Part) -> _Part:
        """Both as one, in the language of the first that is heard."""
        edits = (*self.edits, *moved(other.edits, len(self.written)))
        language = self.language if self.heard or not other.heard else other.language
        emphasis = None
        if self.emphasis is not None or other.emphasis is not None:
            emphasis = (*(self.emphasis or ()), *shifted(other.emphasis or (), len(self.written)))
        heard = self.heard or other.heard
        return _Part(self.written + other.written, language, edits, other.ends, emphasis, heard=heard)


def _cut(sentence: Sentence, role: Role, style: Style, size: int, *, ends: bool) -> list[_Part]:
    """The parts of a sentence: at most `size` characters as written, and short enough as they are spoken."""
    most = max(1, style.utterance_characters // 2)
    edits = parted(sentence.edits, lambda said: split_parts(said, most))
    whole = [(sentence.written, sentence.language)]
    pieces = whole if sentence.told else by_alphabet(*whole[0])
    texts = [(text, language) for piece, language in pieces for text in split_parts(piece, size)]
    parts: list[_Part] = []
    at = 0
    for number, (text, language) in enumerate(texts, start=1):
        own = None if sentence.emphasis is None else within(sentence.emphasis, at, at + len(text))
        part = _Part(text, language, between(edits, at, at + len(text)), ends and number == len(texts), own)
        at += len(text)
        said = part.uttered(role, style.diction)
        if len(said.spoken) > style.utterance_characters and len(text) > 1:
            half = Sentence(text, language, edits=part.edits, told=True, emphasis=own)
            parts += _cut(half, role, style, len(text) // 2, ends=part.ends)
        else:
            parts.append(replace(part, said=said, heard=can_be_heard(said)))
    return parts


def _heard(parts: list[_Part]) -> list[_Part]:
    """Parts that cannot be heard, put to the part before them, or to the one after."""
    groups: list[_Part] = []
    heard = False
    for part in parts:
        if groups and not (part.heard and heard):
            groups[-1] = groups[-1].with_next(part)
            heard = heard or part.heard
        else:
            groups.append(part)
            heard = part.heard
    return groups


def whole_sentences(utterances: Iterable[Utterance]) -> Iterator[str]:
    """The sentences again, as written, each on one line."""
    text = ""
    for utterance in utterances:
        text += utterance.written
        if utterance.ends_sentence:
            yield " ".join(text.split())
            text = ""
    if text.strip():
        yield " ".join(text.split())
