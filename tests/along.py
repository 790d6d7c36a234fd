"""Articles to read along with, as if each utterance took a second: what tests of readings and of pages share."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from narrate.article import Reader, read_article
from narrate.article.html.reader import HtmlReader
from narrate.article.markdown import MarkdownReader
from narrate.article.text import TextReader
from narrate.mix.cues import Captions, Spoken
from narrate.model import (
    FRAME_SAMPLES,
    Chapter,
    Cue,
    Episode,
    EpisodeFile,
    FileRole,
    Origin,
    Role,
    Show,
    Style,
    Timeline,
    Unit,
    Voice,
    WordTime,
)
from narrate.script import reading_of, write_script

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from narrate.model import Article, Reading, Script, Utterance

ROOT = Path(__file__).parents[1]
ARTICLES = [ROOT / "seeds" / "000_8b5a2423189e2da9.txt", *sorted((ROOT / "tests/kinds/data").glob("*.[hmt]*[lt]"))]
READERS: list[Reader] = [HtmlReader(), TextReader(), MarkdownReader()]
VOICE = Voice("joe", "tone", "beep", "en", disclosure="This article is read by an AI voice.")
SHOW = Show("A show", "917393e3-1b1e-5cef-ace4-edaa54e1f810", base_url="https://example.org/show/", named=True)
SECOND = 44_100


def read(data: bytes, name: str) -> Article:
    """The article in a file of that name."""
    return read_article(data, Origin(name), READERS)


def cues_of(script: Script) -> list[Cue]:
    """Its cues: each utterance begins a second after the one before, and a tenth of a second is silent."""
    captions = Captions()
    for number, (segment, utterance) in enumerate(script.spoken()):
        start, end = number * SECOND, number * SECOND + SECOND * 9 // 10
        captions.add(Spoken(segment, utterance, VOICE, start, end, tuple(_words(utterance, start, end))))
    captions.end()
    return captions.cues


def _words(utterance: Utterance, start: int, end: int) -> Iterator[WordTime]:
    """The words of an utterance, each as long as the others."""
    spans = utterance.words
    for number, word in enumerate(spans):
        first, last = (start + (end - start) * place // len(spans) for place in (number, number + 1))
        yield WordTime(word.spoken_start, max(word.spoken_end, word.spoken_start + 1), first, last)


def along(articles: Sequence[Article], style: Style | None = None) -> tuple[Reading, list[Cue]]:
    """Articles to read along with, and their cues."""
    script = write_script(articles, style or Style(), VOICE, "Two" if len(articles) > 1 else "")
    cues = cues_of(script)
    return reading_of(articles, script, cues), cues


def timeline_of(cues: Sequence[Cue]) -> Timeline:
    """A timeline of those cues, in which each heading opens a chapter."""
    units = (Unit(0, (len(cues) + 1) * SECOND // FRAME_SAMPLES, 0, 0),)
    bare = Timeline(units, (), (), tuple(cues), 0.0, -1.0, -16.0)
    heads = [cue for cue in cues if cue.role is Role.HEADING]
    starts = [0, *(cue.start_ms for cue in heads), bare.duration_ms]
    segments = [cues[0].segment, *(cue.segment for cue in heads)] if heads else []
    rows = zip(starts, starts[1:], ["Introduction", *(cue.text for cue in heads)], segments, strict=False)
    return replace(bare, chapters=tuple(Chapter(*row) for row in rows))


def episode_of(article: Article, timeline: Timeline, slug: str = "an-article") -> Episode:
    """An episode of an article, with its sound."""
    return Episode(
        guid=f"guid-{slug}",
        identity=slug,
        slug=slug,
        title=article.title,
        language=article.language,
        published=datetime(2026, 11, 24, 12, tzinfo=UTC),
        duration_ms=timeline.duration_ms,
        files=(EpisodeFile(FileRole.AUDIO, "sound.wav", "audio/wav", 1, "0" * 64),),
        chapters=timeline.chapters,
        summary="",
        description_html="",
        authors=article.authors,
        url=article.url,
    )
