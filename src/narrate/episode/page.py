"""The page of an episode and the page of its show: plain HTML with the whole text, a native player, no script.

Everything is relative to the show's folder, so a page is right wherever the folder
is: on a disk, a phone, any host. Text is escaped by the templates; the policy in the
head lets a page load nothing but its own style, pictures and sound.
"""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from html import escape as html_escape
from importlib.resources import files
from itertools import groupby
from typing import TYPE_CHECKING
from urllib.parse import quote

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup, escape

from narrate.episode.languages import differs, direction
from narrate.episode.sections import anchor_of, chapter_anchors, shown
from narrate.episode.text import clock, is_web, one_line, seconds
from narrate.model import FileRole, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from narrate.model import Chapter, Cue, Episode, Reading, Show, Timeline
    from narrate.model.brief import Brief

FEED_NAME = "feed.xml"
_TRANSCRIPTS = ((FileRole.VTT, "WebVTT"), (FileRole.SRT, "SRT"), (FileRole.TRANSCRIPT_JSON, "JSON"))
_TAGS: Mapping[Role, str] = {Role.TITLE: "h2", Role.QUOTE: "blockquote", Role.LIST_ITEM: "li", Role.TABLE: "ul"}
"""Elements by role; headings go by their level, all else is a paragraph. A table is a list: a row, an item."""
_NUMBERED = re.compile(r"\d+[.)](?=\s)")
_DEEPEST = 6
_POLICY = "default-src 'none'; img-src 'self'; media-src 'self'; base-uri 'none'; form-action 'none'"


@dataclass(frozen=True, slots=True)
class _Block:
    """A segment as an element: `cues` are its sentences, `language` is given where it is not the page's."""

    tag: str
    anchor: str
    cues: tuple[Cue, ...]
    own: bool
    language: str

    @property
    def listed(self) -> str:
        """Which kind of list it is an item of, if any: what has its number written needs no bullet beside it."""
        if self.tag != "li":
            return ""
        return "ol" if _NUMBERED.match(one_line(self.cues[0].text)) else "ul"

    @property
    def attributes(self) -> Markup:
        return _language_of(self.language)


@dataclass(frozen=True, slots=True)
class Written:
    """What is known of the text and not of the episode: when its article was `published`, where its `originals` are.

    `levels` are those of headings by the ids of their segments, 2 where not given; `originals` as in `describe`.
    """

    levels: Mapping[str, int] = field(default_factory=dict)
    originals: Mapping[str, str] = field(default_factory=dict)
    published: date | None = None
    reading: Reading | None = None


def episode_page(episode: Episode, timeline: Timeline, show: Show, written: Written | None = None) -> bytes:
    """An episode's ``index.html``."""
    written = written or Written()
    audio, cover = episode.file(FileRole.AUDIO), episode.file(FileRole.COVER)
    anchors = chapter_anchors(timeline, episode.title)
    return _render(
        "episode.html",
        **_common(episode.title, episode.language, episode.summary, show),
        feed=f"../{FEED_NAME}",
        cover=cover.name if cover else "",
        facts=[one_line(", ".join(episode.authors))] if episode.authors else [],
        written=written.published,
        published=episode.published,
        length=_length(episode.duration_ms),
        audio=audio.name if audio else f"{episode.slug}.mp3",
        originals=[(url, one_line(title) or url) for url, title in written.originals.items() if is_web(url)],
        chapters=[_chapter(*each) for each in zip(timeline.chapters, anchors, strict=True)],
        groups=_groups(_blocks(timeline, episode, written.levels)),
        voice=f"Read by {episode.voice}." if episode.voice else "",
        transcripts=[(file.name, label) for role, label in _TRANSCRIPTS if (file := episode.file(role))],
        spoken=_spoken,
    )


@dataclass(frozen=True, slots=True)
class Around:
    """The other pages of a long show, by their names in its folder; "" where there is none.

    `newer` and `older` are those next to this one, `every` is the list of all episodes. `number` is this page's
    own, counted from the oldest; 0 is the newest, ``index.html``.
    """

    newer: str = ""
    older: str = ""
    every: str = ""
    number: int = 0


def show_page(
    show: Show, episodes: Sequence[Episode], feed_url: str, cover: str = "", around: Around | None = None
) -> bytes:
    """A show's ``index.html``, or one of its pages of older episodes.

    `episodes` in the order they are listed, `cover` the name of its picture, `around` the other pages there are.
    """
    return _render(
        "show.html",
        **_common(show.title, show.language, show.description, show),
        feed=FEED_NAME,
        feed_url=feed_url,
        cover=cover or show.cover,
        episodes=[_row(episode, show.language) for episode in episodes],
        around=around or Around(),
    )


def list_page(show: Show, briefs: Iterable[Brief], cover: str = "") -> bytes:
    """A long show's ``episodes.html``: a row an episode, in the order they are listed.

    It is written again with each episode that is added, so a row is put together without a template: ten thousand
    rows may cost 15 ms of CPU time.
    """
    return _render(
        "episodes.html",
        **_common(show.title, show.language, show.description, show),
        feed=FEED_NAME,
        cover=cover or show.cover,
        rows=Markup("\n".join(map(_short_row, briefs))),  # noqa: S704 - each row escapes what is in it
    )


def _short_row(brief: Brief) -> str:
    length = _length(brief.duration_ms)
    return (
        f'<li><a href="{quote(brief.slug)}/index.html">{html_escape(one_line(brief.title))}</a> '
        f"<time>{brief.published_utc[:10]}</time> · {length}</li>"
    )


def _common(title: str, language: str, description: str, show: Show) -> dict[str, object]:
    english = language.lower().partition("-")[0] == "en"
    return {
        "title": one_line(title),
        "language": language,
        "direction": direction(language),
        "description": one_line(description),
        "show": show,
        "ui": "" if english else _language_of("en"),
    }


def _row(episode: Episode, language: str) -> dict[str, object]:
    return {
        "title": one_line(episode.title),
        "link": f"{quote(episode.slug)}/index.html",
        "published": episode.published,
        "length": _length(episode.duration_ms),
        "summary": one_line(episode.summary),
        "attributes": _language_of(episode.language if differs(episode.language, language) else ""),
    }


def _blocks(timeline: Timeline, episode: Episode, levels: Mapping[str, int]) -> Iterator[_Block]:
    """The text of the episode."""
    for segment, cues in shown(timeline, episode.title):
        language = cues[0].language if differs(cues[0].language, episode.language) else ""
        yield _Block(_tag(cues[0].role, levels.get(segment, 2)), anchor_of(segment), cues, cues[0].added, language)


def _tag(role: Role, level: int) -> str:
    """An element; the page's title is its only h1."""
    return f"h{min(max(level, 2), _DEEPEST)}" if role is Role.HEADING else _TAGS.get(role, "p")


def _groups(blocks: Iterator[_Block]) -> list[dict[str, object]]:
    """Runs of items of one kind of list, and of everything else."""
    return [{"list": kind, "blocks": list(run)} for kind, run in groupby(blocks, key=lambda each: each.listed)]


def _spoken(block: _Block) -> Markup:
    """Its sentences; one in another language than the first says so, and a row of a table is an item."""
    first = block.cues[0].language
    said = [
        Markup("<span{}>{}</span>").format(_language_of(cue.language), one_line(cue.text))
        if differs(cue.language, first) else escape(one_line(cue.text))
        for cue in block.cues
    ]  # fmt: skip
    return Markup("").join(map(Markup("<li>{}</li>").format, said)) if block.tag == "ul" else Markup(" ").join(said)


def _chapter(chapter: Chapter, anchor: str) -> dict[str, object]:
    return {
        "clock": _clock(chapter.start_ms),
        "seconds": seconds(chapter.start_ms),
        "title": one_line(chapter.title),
        "anchor": anchor,
    }


def _language_of(language: str) -> Markup:
    return Markup(' lang="{}" dir="{}"').format(language, direction(language)) if language else Markup("")


def _length(ms: int) -> str:
    """A length for people, to the nearest second as the feed has it.

    >>> _length(262_499), _length(262_500)
    ('4:22', '4:23')
    """
    return _clock(ms + 500)


def _clock(ms: int) -> str:
    """A moment for people: never late, so rounded down.

    >>> _clock(59_999), _clock(3_600_000)
    ('0:59', '1:00:00')
    """
    whole = clock(ms)[:-4]
    return whole.lstrip("0:") if ms >= 600_000 else whole[4:]  # noqa: PLR2004 - ten minutes


def _render(template: str, **facts: object) -> bytes:
    return (_templates().get_template(template).render(**facts) + "\n").encode("utf-8", "replace")


@cache
def _templates() -> Environment:
    """Templates with everything escaped and nothing undefined."""
    made = Environment(
        loader=FunctionLoader(_file), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    style = _file("style.css")
    digest = b64encode(sha256(style.encode()).digest()).decode()
    made.globals["style"] = Markup(style)  # noqa: S704 - a file of this package
    made.globals["policy"] = f"{_POLICY}; style-src 'sha256-{digest}'"
    made.filters["path"] = quote
    return made


def _file(name: str) -> str:
    return (files("narrate.episode") / "templates" / name).read_text("utf-8")
