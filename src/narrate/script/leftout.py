"""What is left out, said to be left out, or read as it stands: code, formulas, references, furniture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from narrate.model import Block, Role, Style, rule_of
from narrate.script.draft import Draft, Place, draft, kept, lines_of
from narrate.script.formulas import formula_words, is_tex
from narrate.script.marks import marked_sentences
from narrate.script.normalise import Edit
from narrate.script.utterances import Sentence
from narrate.script.wording import said_in, wording_for
from narrate.script.words import speakable

if TYPE_CHECKING:
    from narrate.script.wording import Wording

QUOTE, END_QUOTE = "quote", "end of quote"
"""Names of the announcements round a quotation."""

Maker = Callable[[Block, str, Style], list[Draft]]
"""What is said of a block, in the language given."""

_LINEAR_CHARACTERS = 60
"""A formula in plain signs that is longer is said to be there."""


def announcement(words: str, language: str, style: Style) -> Draft:
    """Words of narrate's own."""
    return draft(Place.BODY, Role.ANNOUNCEMENT, [Sentence(words, said_in(language))], style)


def left_by(policy: str, role: Role) -> Maker:
    """What is kept, and nothing is said of it."""
    return lambda block, language, style: [kept(role, block, language, style, rule_of(style.diction.policy, policy))]


def said_of(role: Role, policy: str, words: Callable[[Wording], str]) -> Maker:
    """What is kept unheard, and a sentence says that it is there."""

    def make(block: Block, language: str, style: Style) -> list[Draft]:
        return [
            announcement(words(wording_for(language)), language, style),
            *left_by(policy, role)(block, language, style),
        ]

    return make


def of_itself(role: Role) -> Maker:
    """What is read as it stands."""

    def make(block: Block, language: str, style: Style) -> list[Draft]:
        return [draft(Place.BODY, role, marked_sentences(block, language, style.diction.policy), style, block.source)]

    return make


def announced(quote: Maker) -> Maker:
    """A quotation between words that say where it begins and ends."""

    def make(block: Block, language: str, style: Style) -> list[Draft]:
        words = wording_for(language)
        made = quote(block, language, style)
        if all(each.skip for each in made):
            return made
        first, last = (announcement(said, language, style) for said in (words.quote, words.end_quote))
        return [replace(first, name=QUOTE), *made, replace(last, name=END_QUOTE)]

    return make


def lines(role: Role) -> Maker:
    """What is read line by line; a line without a word goes with the one before."""

    def make(block: Block, language: str, style: Style) -> list[Draft]:
        return [draft(Place.BODY, role, lines_of(block.text, language), style, block.source)]

    return make


def math_words(block: Block, language: str, style: Style) -> list[Draft]:
    """A formula in words. One that is too long to be followed by ear, or has no word, is said to be there.

    So is one that is no TeX and has lines above each other: its fractions and limits cannot be told from its signs.
    """
    text = block.text.strip()
    if not is_tex(text) and ("\n" in text or len(text) > _LINEAR_CHARACTERS):
        return said_of(Role.MATH, "mathematics", lambda words: words.formula)(block, language, style)
    if not is_tex(text):
        return of_itself(Role.MATH)(block, language, style)
    said = formula_words(text, language)
    if not speakable(said) or len(said) > style.utterance_characters or len(text) > style.utterance_characters:
        return said_of(Role.MATH, "mathematics", lambda words: words.formula)(block, language, style)
    edit = Edit(0, len(text), said, rule_of(style.diction.policy, "mathematics"))
    return [draft(Place.BODY, Role.MATH, [Sentence(text, language, edits=(edit,))], style, block.source)]
