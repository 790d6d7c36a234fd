"""The page of an episode: its text as the article has it, a player in step with it, and what leads on from there.

Everything is relative to the show's folder, so a page is right wherever the folder is: on a disk, a phone, any host.
Without a script it is a native player and the whole text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from markupsafe import Markup

from narrate.episode.page.along import cues_of, embedded, words_of
from narrate.episode.page.render import FEED_NAME, common, length_of, moment, render, ui
from narrate.episode.page.text import text_of
from narrate.episode.sections import TOP, chapter_anchors
from narrate.episode.text import one_line, seconds, web_address
from narrate.model import Block, BlockKind, FileRole, Heard, Passage, Reading, Role, Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from narrate.episode.page.text import Text
    from narrate.model import Chapter, Cue, Episode, Show, Timeline

_TRANSCRIPTS = (
    (FileRole.TRANSCRIPT_HTML, "HTML"),
    (FileRole.TRANSCRIPT_TEXT, "plain text"),
    (FileRole.VTT, "WebVTT"),
    (FileRole.SRT, "SRT"),
    (FileRole.TRANSCRIPT_JSON, "JSON"),
)
_BOOKS = ((FileRole.BOOK, "EPUB, reads itself aloud"), (FileRole.AUDIOBOOK, "audiobook"))
_KINDS: Mapping[Role, BlockKind] = {
    **{Role(kind.value): kind for kind in BlockKind if kind.value in set(Role)},
    Role.BODY: BlockKind.PARAGRAPH,
    Role.ANNOUNCEMENT: BlockKind.PARAGRAPH,
}


@dataclass(frozen=True, slots=True)
class Written:
    """What is known of the text and not of the episode: where its `originals` are, when its article was `published`.

    `originals` as in `describe`. Without a `reading` the page shows the sentences of the timeline.
    """

    originals: Mapping[str, str] = field(default_factory=dict)
    published: date | None = None
    reading: Reading | None = None


def episode_page(episode: Episode, timeline: Timeline, show: Show, written: Written | None = None) -> bytes:
    """An episode's ``index.html``."""
    written = written or Written()
    audio, cover = episode.file(FileRole.AUDIO), episode.file(FileRole.COVER)
    reading = written.reading or _spoken(timeline, episode.language)
    text = text_of(reading, timeline.cues, episode.title, ui(episode.language))
    return render(
        "episode.html",
        **common(episode.title, episode.language, episode.summary, show),
        feed=f"../{FEED_NAME}",
        cover=cover.name if cover else "",
        facts=[one_line(", ".join(episode.authors))] if episode.authors else [],
        written=written.published,
        published=episode.published,
        length=length_of(episode.duration_ms),
        audio=audio.name if audio else f"{episode.slug}.mp3",
        originals=[
            (address, one_line(title) or url)
            for url, title in written.originals.items()
            if (address := web_address(url))
        ],
        chapters=_chapters(timeline, episode.title, text),
        heading=_safe(text.heading),
        text=_safe(text.html),
        pictures=any(each.block.kind is BlockKind.FIGURE and not each.plates for each in reading.passages),
        voice=f"Read by {one_line(episode.voice)}." if episode.voice else "",
        transcripts=[(file.name, label) for role, label in _TRANSCRIPTS if (file := episode.file(role))],
        books=[(file.name, label) for role, label in _BOOKS if (file := episode.file(role))],
        facts_json=_facts(episode, timeline, show, cover.name if cover else ""),
        cues_json=cues_of(timeline, text),
        words_json=words_of(timeline, text),
    )


def _safe(html: str) -> Markup:
    return Markup(html)  # noqa: S704 - `text_of` escapes all that is the article's


def _facts(episode: Episode, timeline: Timeline, show: Show, cover: str) -> Markup:
    """What the player tells the system, and by what it remembers the place."""
    return embedded(
        {
            "id": episode.guid,
            "title": one_line(episode.title),
            "artist": one_line(", ".join(episode.authors)) or one_line(show.author or show.title),
            "show": one_line(show.title),
            "cover": cover,
            "length": episode.duration_ms,
            "chapters": [[chapter.start_ms, one_line(chapter.title)] for chapter in timeline.chapters],
        }
    )


def _chapters(timeline: Timeline, title: str, text: Text) -> list[dict[str, object]]:
    """The chapters, each with where it begins on the page: at the top, where that is not in the text."""
    anchors = [each if text.has(each) else TOP for each in chapter_anchors(timeline, title)]
    return [_chapter(*each) for each in zip(timeline.chapters, anchors, strict=True)]


def _chapter(chapter: Chapter, anchor: str) -> dict[str, object]:
    return {
        "clock": moment(chapter.start_ms),
        "seconds": seconds(chapter.start_ms),
        "start_ms": chapter.start_ms,
        "title": one_line(chapter.title),
        "anchor": anchor,
    }


def _spoken(timeline: Timeline, language: str) -> Reading:
    """A reading of what is heard alone: a passage a segment, its sentences in a row."""
    numbered = groupby(enumerate(timeline.cues), key=lambda each: each[1].segment)
    return Reading(tuple(_passage(segment, list(cues)) for segment, cues in numbered), language, whole=False)


def _passage(segment: str, cues: list[tuple[int, Cue]]) -> Passage:
    first = cues[0][1]
    between = "\n" if first.role in {Role.CODE, Role.TABLE} else " "
    heard = tuple(_places(cues, len(between)))
    block = Block(
        _KINDS[first.role],
        between.join(one_line(cue.text) for _, cue in cues),
        Source(0, 0, 0),
        1,
        language=first.language,
    )
    return Passage(block, heard, (segment,), own=first.added)


def _places(cues: list[tuple[int, Cue]], between: int) -> Iterator[Heard]:
    at = 0
    for number, cue in cues:
        end = at + len(one_line(cue.text))
        if end > at:
            yield Heard(at, end, number, tuple(_words(cue, at)))
        at = end + between


def _words(cue: Cue, at: int) -> Iterator[tuple[int, int] | None]:
    text, start = one_line(cue.text), 0
    for word in cue.words:
        found = text.find(word.text, start) if word.text else -1
        start = max(start, found + len(word.text))
        yield (at + found, at + found + len(word.text)) if found >= 0 else None
