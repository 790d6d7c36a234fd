"""Articles → script: opening, blocks and closing in order, then silences, chapters and ids.

The shape is that of the golden reference in ``seeds/``.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from narrate.errors import ScriptError
from narrate.model import BlockKind, MusicPart, Role, Script, ScriptSource, Segment
from narrate.script.blocks import drafts_of
from narrate.script.chapters import chapter_titles
from narrate.script.counted import with_counts
from narrate.script.draft import SAID_ONCE, Draft, Place, draft
from narrate.script.ids import mint_ids
from narrate.script.leftout import END_QUOTE, QUOTE
from narrate.script.marks import edits_of, stretch
from narrate.script.notes import idle_headings, in_order, numbered
from narrate.script.opening import (
    begins_with_title,
    closing_sentences,
    disclosure,
    fact_sentences,
    same_words,
    sentence,
    title_blocks,
)
from narrate.script.pauses import pauses_after
from narrate.script.utterances import Sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from narrate.model import Article, Block, Style, Voice

_LEVELS = 6
_ANNOUNCED = 2
"""Segments of a block at least that narrate says something of: its words, and the block's."""


def write_script(articles: Sequence[Article], style: Style, voice: Voice, title: str = "") -> Script:
    """One article as a script; several, or any with `title`, as an edition in which each opens a chapter.

    Raises:
        ScriptError: there is no article.
    """
    if not articles:
        raise ScriptError("there is no article to write a script from; name at least one")
    articles = [_numbered(article, number) for number, article in enumerate(articles)]
    edition = bool(title) or len(articles) > 1
    heard = _edition(articles, style, voice, title) if edition else _single(articles[0], style, voice)
    bare = _facts(articles, style, voice, title)
    return replace(bare, segments=_segments(heard, bare, style))


def _numbered(article: Article, number: int) -> Article:
    """The article, its blocks' sources telling which article of the edition they are of; the first is 0 as it is."""
    if not number:
        return article
    return replace(article, blocks=tuple(replace(b, source=replace(b.source, article=number)) for b in article.blocks))


def _facts(articles: Sequence[Article], style: Style, voice: Voice, title: str) -> Script:
    """The script without its segments."""
    first = articles[0]
    alone = len(articles) == 1
    return Script(
        title=title or first.title,
        language=first.language,
        segments=(),
        sources=tuple(
            ScriptSource(a.origin.name, a.origin.location, a.sha256, title=a.title, url=a.url, id=a.id)
            for a in articles
        ),
        authors=tuple(dict.fromkeys(author for article in articles for author in article.authors)),
        published=first.published if alone else None,
        url=first.url if alone else "",
        voice=style.voice or voice.name,
        cast=style.cast,
        music=style.music,
    )


def _segments(heard: Sequence[Draft], script: Script, style: Style) -> tuple[Segment, ...]:
    pauses = pauses_after(heard, style.pauses)
    chapters = chapter_titles(heard, script.language, script.title)
    return mint_ids(
        Segment(
            id="",
            role=each.role,
            utterances=each.utterances,
            pause_ms=pause_ms,
            level=each.level,
            chapter=chapter,
            music=each.music,
            source=each.source,
            skip=each.skip,
            why=each.why,
        )
        for each, pause_ms, chapter in zip(heard, pauses, chapters, strict=True)
    )


def _single(article: Article, style: Style, voice: Voice) -> list[Draft]:
    language = article.language
    facts = [*fact_sentences(article, style), *disclosure(voice, style, language, edition=False)]
    title = _title(article, style)
    if begins_with_title(article):
        title = replace(title, skip=True, why=SAID_ONCE)
    opening = [*_show(article.title, language, style), title, *_said(Place.FACTS, facts, style)]
    closing = _said(Place.CLOSING, closing_sentences([article], style, edition=False), style)
    return [
        *_with_music(opening, MusicPart.INTRO),
        *_blocks(article, style),
        *_with_music(closing, MusicPart.OUTRO),
    ]


def _edition(articles: Sequence[Article], style: Style, voice: Voice, title: str) -> list[Draft]:
    """Several articles: the edition's title, then each with its title and facts, a sting before all but the first."""
    language = articles[0].language
    heard = _show(title, language, style)
    if title:
        heard.append(replace(draft(Place.TITLE, Role.TITLE, [Sentence(title, language)], style), level=1))
    heard += _said(Place.FACTS, disclosure(voice, style, language, edition=True), style)
    for number, article in enumerate(articles):
        head = [
            replace(_title(article, style), level=2, opens=True),
            *_said(Place.FACTS, fact_sentences(article, style), style),
        ]
        heard += _with_music(head, MusicPart.STING) if number else head
        heard += [_deeper(each) for each in _blocks(article, style)]
    closing = _said(Place.CLOSING, closing_sentences(articles, style, edition=True), style)
    return [*_with_music(heard, MusicPart.INTRO), *_with_music(closing, MusicPart.OUTRO)]


def _show(title: str, language: str, style: Style) -> list[Draft]:
    """The show's name, once it has one of its own that is not the title's."""
    if not (style.announcements and style.show) or same_words(style.show, title):
        return []
    return _said(Place.SHOW, [sentence(style.show, language)], style)


def _title(article: Article, style: Style) -> Draft:
    """The title, spoken once; its source is where the text writes it."""
    written = next((article.blocks[number] for number in title_blocks(article)), None)
    language = (written.language if written else "") or article.language
    source = written.source if written else None
    said = Sentence(article.title, language)
    if written and written.text.strip() == article.title:
        edits = edits_of(written, language, style.diction.policy)
        said = stretch(written, edits, 0, len(written.text), language)
    return replace(draft(Place.TITLE, Role.TITLE, [said], style, source), level=1)


def _blocks(article: Article, style: Style) -> list[Draft]:
    """The article's blocks. The first that says the title gave its place to it; others that do are kept unheard.

    Notes are heard where the policy wants them, and headings over nothing that is heard are not.
    """
    titles = title_blocks(article)
    blocks = numbered([_as_title(block) if at in titles else block for at, block in enumerate(article.blocks)])
    made = {number: drafts_of(block, article.language, style) for number, block in enumerate(blocks)}
    made.update({number: [] for number in titles[:1]})
    made = with_counts(blocks, made, article.language, style)
    policy = style.diction.policy
    for number, why in idle_headings(blocks, made, policy).items():
        made[number] = [replace(each, skip=True, opens=False, why=why) for each in made[number]]
    heard: list[Draft] = []
    for number in in_order(blocks, policy.notes):
        if blocks[number].kind is BlockKind.BREAK and heard:
            heard[-1] = replace(heard[-1], parted=True)
        heard = _followed(heard, made[number])
    return heard


def _as_title(block: Block) -> Block:
    return replace(block, kind=BlockKind.TITLE)


def _followed(heard: list[Draft], more: list[Draft]) -> list[Draft]:
    """Both, without the words that something is left out where those were the last that were heard.

    So it is with a quotation of several paragraphs, which begins and ends once.
    """
    last = next((each for each in reversed(heard) if not each.skip), None)
    if last is None or len(more) < _ANNOUNCED or not last.role is more[0].role is Role.ANNOUNCEMENT:
        heard += more
    elif last.utterances == more[0].utterances:
        heard += more[1:]
    elif last.name == END_QUOTE and more[0].name == QUOTE:
        heard = [each for each in heard if each is not last] + more[1:]
    else:
        heard += more
    return heard


def _deeper(each: Draft) -> Draft:
    """In an edition a heading stands a level below its own: the edition's title is above the article's."""
    return replace(each, level=min(each.level + 1, _LEVELS)) if each.role is Role.HEADING else each


def _said(place: Place, sentences: Sequence[Sentence], style: Style) -> list[Draft]:
    """An announcement, if there is something to announce."""
    return [draft(place, Role.ANNOUNCEMENT, sentences, style)] if sentences else []


def _with_music(heard: Sequence[Draft], part: MusicPart) -> list[Draft]:
    """The same, with music that begins with the first of them that is heard."""
    first = next((number for number, each in enumerate(heard) if not each.skip), None)
    return [replace(each, music=part) if number == first else each for number, each in enumerate(heard)]
