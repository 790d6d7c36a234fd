"""A block's text → the utterances of its segment."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from narrate.script.alphabets import by_alphabet
from narrate.script.sentences import split_parts, split_sentences
from narrate.script.spoken import can_be_heard, respoken, utter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from narrate.model import Diction, Pauses, Role, Style, Utterance


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as written, and how it is spoken where that does not follow from how it is written."""

    written: str
    language: str
    spoken: str = ""


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
    limit = style.utterance_characters
    pieces = by_alphabet(sentence.written, sentence.language)
    texts = [(text, language) for piece, language in pieces for text in split_parts(piece, limit)]
    parts: list[Utterance] = []
    for number, (text, language) in enumerate(texts, start=1):
        last = ends and number == len(texts)
        said = utter(text, language, role, style.diction, ends=last)
        if len(said.spoken) > limit and len(text) > 1:
            shorter = replace(style, utterance_characters=max(1, len(text) // 2))
            parts += parts_of(Sentence(text, language), role, shorter, ends=last)
        else:
            parts.append(said)
    return _heard(parts, role, style.diction)


def _heard(parts: list[Utterance], role: Role, diction: Diction) -> list[Utterance]:
    """Parts that cannot be heard, put to the part before them, or to the one after."""
    groups: list[list[Utterance]] = []
    heard = False
    for part in parts:
        audible = can_be_heard(part)
        if groups and not (audible and heard):
            groups[-1].append(part)
            heard = heard or audible
        else:
            groups.append([part])
            heard = audible
    return [_one(group, role, diction) for group in groups]


def _one(group: list[Utterance], role: Role, diction: Diction) -> Utterance:
    if len(group) == 1:
        return group[0]
    written = "".join(part.written for part in group)
    language = next((part.language for part in group if can_be_heard(part)), group[0].language)
    return utter(written, language, role, diction, ends=group[-1].ends_sentence)


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
