"""What narrate says at the start and the end, each sentence only if its fact is known, and the title once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from narrate.model import BlockKind
from narrate.script.dates import written_date
from narrate.script.utterances import Sentence
from narrate.script.wording import said_in, wording_for
from narrate.script.words import speakable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from narrate.model import Article, Style, Voice

_PROSE = frozenset({BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.LIST_ITEM})
_BESIDE = frozenset({BlockKind.HIDDEN, BlockKind.BREAK, BlockKind.BYLINE, BlockKind.FURNITURE})
_CUT_CHARACTERS = 30
"""A title that is cut from a text in the middle of a sentence is longer than this."""
_SENTENCE_END = re.compile(r"[\"'”’»)\]]*[.?!…。！？]")
_ENDED = re.compile(r"[.?!…。！？]['\"”’»)\]]*\Z")


def sentence(words: str, language: str) -> Sentence:
    """Words as a sentence of narrate's own, with a full stop where there is no end mark.

    >>> sentence("Narrated", "en").written, sentence("By Sammy Davis Jr.", "en").written
    ('Narrated.', 'By Sammy Davis Jr.')
    """
    words = words.strip()
    return Sentence(words if _ENDED.search(words) else f"{words}.", language)


def same_words(one: str, other: str) -> bool:
    """Whether two texts say the same but for case, blanks and punctuation.

    >>> same_words("The Dark Web.", "THE  dark web"), same_words("…", "—")
    (True, False)
    """
    return _letters(one) == _letters(other) != ""


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def title_blocks(article: Article) -> list[int]:
    """Which blocks say the title again: title blocks, the first heading, the very first words of the text."""
    wanted = _letters(article.title)
    shown = (number for number, block in enumerate(article.blocks) if block.kind is not BlockKind.HIDDEN)
    said = [number for number in shown if speakable(article.blocks[number].text)]
    heading = next((number for number in said if article.blocks[number].kind is BlockKind.HEADING), None)
    first = said[0] if said and article.blocks[said[0]].kind is BlockKind.PARAGRAPH else None
    titles = [number for number in said if article.blocks[number].kind is BlockKind.TITLE]
    likely = sorted({*titles, *(number for number in (heading, first) if number is not None)})
    return [number for number in likely if wanted and _letters(article.blocks[number].text) == wanted]


def begins_with_title(article: Article) -> bool:
    """Whether the text begins with its title and goes on: so it does where narrate, or a site, made one of its start.

    Short titles count only where a sentence ends behind them: "Bread" is a title of its own before "Bread is old."
    """
    shown = (block for block in article.blocks if block.kind not in _BESIDE and speakable(block.text))
    first = next(shown, None)
    if first is None or first.kind not in _PROSE:
        return False
    rest = first.text[_after(first.text, _letters(article.title)) :]
    return speakable(rest) and (len(article.title) >= _CUT_CHARACTERS or _SENTENCE_END.match(rest) is not None)


def _after(text: str, words: str) -> int:
    """Where a text goes on after the letters with which it begins; its end if it begins with others.

    >>> _after("A cat. Yes.", "acat"), _after("A cat.", "acow"), _after("A cat.", "")
    (5, 6, 6)
    """
    said = 0
    for at, letter in enumerate(text):
        if letter.isalnum():
            if not words.startswith(letter.casefold(), said):
                break
            said += len(letter.casefold())
            if said >= len(words):
                return at + 1
    return len(text)


def fact_sentences(article: Article, style: Style) -> list[Sentence]:
    """Who wrote it and when, as far as is known."""
    language = article.language
    words = wording_for(language)
    said: list[Sentence] = []
    if not style.announcements:
        return said
    if article.authors:
        said.append(sentence(words.by.format(listed(article.authors, words.conjunction)), said_in(language)))
    if article.published:
        spoken_in = said_in(language)
        said.append(sentence(words.published.format(written_date(article.published, spoken_in)), spoken_in))
    return said


def listed(names: Sequence[str], conjunction: str) -> str:
    """Names as a list in words.

    >>> listed(["Ann"], "and"), listed(["Ann", "Bo", "Cy"], "and")
    ('Ann', 'Ann, Bo and Cy')
    """
    names = [" ".join(name.split()) for name in names]
    return " ".join((", ".join(names[:-1]), conjunction, names[-1])) if len(names) > 1 else names[0]


def disclosure(voice: Voice, style: Style, language: str, *, edition: bool) -> list[Sentence]:
    """That a machine reads: the voice's own sentence; narrate's two are said in the language of the article."""
    if not (style.disclosure and voice.disclosure):
        return []
    words = wording_for(language)
    written, spoken, tag = voice.disclosure, voice.disclosure_spoken, said_in(language)
    if voice.disclosure in words.disclosures:
        written, spoken = words.disclosures[voice.disclosure], ""
    if edition:
        written, spoken = (text.replace(words.singular, words.plural, 1) for text in (written, spoken))
    return [Sentence(written, tag, spoken)]


def closing_sentences(articles: Sequence[Article], style: Style, *, edition: bool) -> list[Sentence]:
    """That it is over, and that the links are in the notes: as many as there are."""
    if not style.announcements:
        return []
    language = said_in(articles[0].language)
    words = wording_for(language)
    links = {article.url for article in articles if article.url.lower().startswith(("https://", "http://"))}
    said = [words.end_edition if edition else words.end]
    if links:
        said.append(words.links if len(links) > 1 else words.link)
    return [Sentence(each, language) for each in said]
