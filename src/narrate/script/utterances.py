"""A block's text → the utterances of its segment."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from narrate.script.alphabets import by_alphabet
from narrate.script.marked import between, moved
from narrate.script.sentences import split_parts, split_sentences
from narrate.script.spoken import can_be_heard, respoken, utter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from narrate.model import Diction, Pauses, Role, Style, Utterance
    from narrate.script.normalise import Edit


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as written, and how it is spoken where that does not follow from how it is written.

    `edits` are what the marks in it ask for, in offsets of `written`, in order and without overlaps.
    Where its language is `told` it is all in that one, whatever alphabets it has.
    """

    written: str
    language: str
    spoken: str = ""
    edits: tuple[Edit, ...] = ()
    told: bool = False


def sentences_of(text: str, language: str) -> list[Sentence]:
    """The sentences of a text, without the blanks between them."""
    return [Sentence(piece.strip(), language) for piece in split_sentences(text, language) if piece.strip()]


def utterances_of(sentences: Iterable[Sentence], role: Role, style: Style) -> tuple[Utterance, ...]:
    """Sentences as utterances of at most ``style.utterance_characters`` characters, with the pauses between them."""
    parts = chain.from_iterable(_parts(sentence, role, style) for sentence in sentences)
    return with_pauses(list(parts), style.pauses)


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
    return [part.uttered(role, style.diction) for part in _heard(_cut(sentence, role, style, ends=ends))]


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a sentence; `said` is how it is spoken, once that is known, and `heard` whether it can be."""

    written: str
    language: str
    edits: tuple[Edit, ...] = ()
    ends: bool = True
    said: Utterance | None = None
    heard: bool = False

    def uttered(self, role: Role, diction: Diction) -> Utterance:
        return self.said or utter(self.written, self.language, role, diction, ends=self.ends, given=self.edits)

    def with_next(self, other: _Part) -> _Part:
        """Both as one, in the language of the first that is heard."""
        edits = (*self.edits, *moved(other.edits, len(self.written)))
        language = self.language if self.heard or not other.heard else other.language
        return _Part(self.written + other.written, language, edits, other.ends, heard=self.heard or other.heard)


def _cut(sentence: Sentence, role: Role, style: Style, *, ends: bool) -> list[_Part]:
    """The parts of a sentence, which are short enough written and spoken."""
    limit = style.utterance_characters
    whole = [(sentence.written, sentence.language)]
    pieces = whole if sentence.told else by_alphabet(*whole[0])
    texts = [(text, language) for piece, language in pieces for text in split_parts(piece, limit)]
    parts: list[_Part] = []
    at = 0
    for number, (text, language) in enumerate(texts, start=1):
        part = _Part(text, language, between(sentence.edits, at, at + len(text)), ends=ends and number == len(texts))
        at += len(text)
        said = part.uttered(role, style.diction)
        if len(said.spoken) > limit and len(text) > 1:
            shorter = replace(style, utterance_characters=max(1, len(text) // 2))
            parts += _cut(Sentence(text, language, edits=part.edits, told=True), role, shorter, ends=part.ends)
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
