"""Pictures: what is written for those who do not see them, and their captions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from narrate.model import Role, rule_of
from narrate.script.draft import SAID_ONCE, Draft, Place, draft, lines_of
from narrate.script.marks import led, marked_sentences
from narrate.script.utterances import Sentence, utterances_of
from narrate.script.wording import wording_for
from narrate.script.words import speakable

if TYPE_CHECKING:
    from narrate.model import Block, Style

    Span = tuple[int, int]


def both(block: Block, language: str, style: Style) -> list[Draft]:
    """The description and the caption; one of them, where the other says no more."""
    words, caption = _parts(block)
    if speakable(_text(block, caption)) and _within(block, words, caption):
        return [*_kept(block, words, language, style, SAID_ONCE), *_heard(block, [caption], language, style)]
    if speakable(_text(block, words)) and _within(block, caption, words):
        return [*_heard(block, [words], language, style), *_kept(block, caption, language, style, SAID_ONCE)]
    return _heard(block, [words, caption], language, style)


def only_words(block: Block, language: str, style: Style) -> list[Draft]:
    """The description alone."""
    words, caption = _parts(block)
    rule = rule_of(style.diction.policy, "images")
    return [*_heard(block, [words], language, style), *_kept(block, caption, language, style, rule)]


def only_caption(block: Block, language: str, style: Style) -> list[Draft]:
    """The caption alone."""
    words, caption = _parts(block)
    rule = rule_of(style.diction.policy, "images")
    return [*_kept(block, words, language, style, rule), *_heard(block, [caption], language, style)]


def _parts(block: Block) -> tuple[Span, Span]:
    """Where the description stands in a picture's text, and where the caption does."""
    return (0, block.caption), (block.caption, len(block.text))


def _text(block: Block, span: Span) -> str:
    return block.text[slice(*span)].strip()


def _within(block: Block, one: Span, other: Span) -> bool:
    """Whether one text says no more than another: its letters are all there, in a row."""
    inner, outer = ("".join(filter(str.isalnum, _text(block, span).casefold())) for span in (one, other))
    return inner in outer


def _heard(block: Block, spans: list[Span], language: str, style: Style) -> list[Draft]:
    """A segment that says it is a picture; the second text is told to be the caption."""
    words = wording_for(language)
    sentences: list[Sentence] = []
    for span, template in zip(
        [each for each in spans if _text(block, each)], (words.image, words.caption), strict=False
    ):
        first, *rest = marked_sentences(block, language, style.diction.policy, *span)
        sentences += [led(template, first) if speakable(_text(block, span)) else first, *rest]
    return [draft(Place.BODY, Role.FIGURE, sentences, style, block.source)] if sentences else []


def _kept(block: Block, span: Span, language: str, style: Style, why: str) -> list[Draft]:
    text = _text(block, span)
    if not text:
        return []
    said = utterances_of(lines_of(text, language), Role.FIGURE, style)
    return [Draft(Place.BODY, Role.FIGURE, said, block.source, skip=True, why=why)]
