"""An episode as an item of the feed: a table of rows, each an element and where its value comes from."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass
from datetime import UTC
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote

from narrate.errors import EpisodeError
from narrate.feed.checks import MAX_DESCRIPTION_BYTES, MAX_NAME_CHARACTERS
from narrate.feed.credits import licence_nodes, link_nodes, person_nodes, persons_of
from narrate.feed.xml import Element, element
from narrate.model import FileRole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from narrate.model import Episode, EpisodeFile, Show

EPISODE_URL = "{episode_url}"
"""Stands in an episode's description for the address of its page, which is known only when the feed is written."""

_WEB = ("https://", "http://")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_PLAIN = re.compile(r"[a-z0-9.-]+").fullmatch


@dataclass(frozen=True, slots=True)
class Item:
    """An episode, its show, and the address of the show's folder, which ends in a slash."""

    show: Show
    episode: Episode
    base_url: str

    @property
    def folder_url(self) -> str:
        """The address of the episode's folder, with a slash at its end."""
        return f"{self.base_url}{quoted(self.episode.slug)}/"

    def url(self, file: EpisodeFile) -> str:
        """The address of one of the episode's files, in ASCII.

        Names are escaped whole, so that none leads out of the folder.
        """
        return f"{self.base_url}{quoted(self.episode.slug)}/{quoted(file.name)}"


@lru_cache(maxsize=64)
def quoted(name: str) -> str:
    """A name as it stands in a URL, escaped whole; those that narrate gives need nothing done.

    >>> quoted("the-dark-web.mp3"), quoted("../a b")
    ('the-dark-web.mp3', '..%2Fa%20b')
    """
    return name if _PLAIN(name) else quote(name, safe="")


def rfc2822(when: datetime) -> str:
    """A date as feeds have it (RFC 2822, 3.3), in GMT.

    >>> from datetime import datetime, timedelta, timezone
    >>> rfc2822(datetime(2026, 11, 24, 1, 30, tzinfo=timezone(timedelta(hours=2))))
    'Mon, 23 Nov 2026 23:30:00 GMT'
    """
    utc = when.astimezone(UTC)
    day, month = _DAYS[utc.weekday()], _MONTHS[utc.month - 1]
    return f"{day}, {utc.day:02} {month} {utc.year:04} {utc.hour:02}:{utc.minute:02}:{utc.second:02} GMT"


def play_time(ms: int) -> str:
    """A time as Podlove Simple Chapters 1.2 has it.

    >>> play_time(0), play_time(3_723_004)
    ('00:00:00.000', '01:02:03.004')
    """
    seconds = ms // 1000
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{ms % 1000:03}"


def integrity(sha256: str) -> str:
    """A digest in hex as W3C Subresource Integrity has it.

    >>> integrity("00" * 32)
    'sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='
    """
    return "sha256-" + b64encode(bytes.fromhex(sha256)).decode("ascii")


def short_name(text: str) -> str:
    r"""A title on one line, of at most 255 characters (PSP-1); the page and the tags have all of it.

    >>> len(short_name("long " * 100)), short_name("two\nlines")
    (255, 'two lines')
    """
    line = " ".join(text.split())
    return line if len(line) <= MAX_NAME_CHARACTERS else line[: MAX_NAME_CHARACTERS - 1] + "…"


def item_node(item: Item) -> Element:
    """The ``item`` of an episode, rows in the order of `ROWS`."""
    return element("item", children=[node for tag, nodes in ROWS for node in nodes(tag, item)])


def page_url(item: Item) -> str:
    """The address of the episode's page, or of the show's where it has none."""
    page = item.episode.file(FileRole.PAGE)
    return item.url(page) if page else item.show.link or item.base_url


def _text(value: Callable[[Item], str]) -> Callable[[str, Item], Iterable[Element]]:
    """A row with text, left out where there is none."""

    def nodes(tag: str, item: Item) -> Iterable[Element]:
        text = value(item)
        return (element(tag, text),) if text else ()

    return nodes


def _notes(item: Item) -> str:
    return item.episode.description_html.replace(EPISODE_URL, page_url(item))


def _html(tag: str, item: Item) -> Iterator[Element]:
    html = _notes(item)
    if html:
        yield element(tag, html, html=True)


def _short_html(tag: str, item: Item) -> Iterator[Element]:
    html = fitting(_notes(item), MAX_DESCRIPTION_BYTES)
    if html:
        yield element(tag, html, html=True)


def fitting(html: str, limit_bytes: int) -> str:
    r"""Show notes that fit a limit, whole paragraphs of them: the longest is left out until the rest does.

    A list of chapters is there whole or not at all, since apps would take a part for all of them.

    >>> fitting("<p>What it is.</p>\n<p>\n00:00:00 One<br/>\n00:00:30 Two<br/>\n</p>\n<p>Read.</p>\n", 40)
    '<p>What it is.</p>\n<p>Read.</p>\n'
    """
    parts = html.split("\n<p>")
    while len("\n<p>".join(parts).encode()) > limit_bytes:
        if len(parts) == 1:
            return ""
        longest = max(range(len(parts)), key=lambda at: len(parts[at]))
        if not longest:  # the first has no "<p>" taken from it
            parts[1] = "<p>" + parts[1]
        del parts[longest]
    return "\n<p>".join(parts)


def _enclosure(tag: str, item: Item) -> Iterator[Element]:
    audio = item.episode.file(FileRole.AUDIO)
    if audio is None:
        raise EpisodeError(f"episode '{item.episode.slug}' has no audio file; make it again, or remove it")
    yield element(tag, attributes={"url": item.url(audio), "length": str(audio.size_bytes), "type": audio.mime})


def _guid(tag: str, item: Item) -> Iterator[Element]:
    yield element(tag, item.episode.guid, {"isPermaLink": "false"})


def _link(item: Item) -> str:
    """The article, else the episode's page, else the show's."""
    url = item.episode.url
    return url if url.lower().startswith(_WEB) else page_url(item)


def _image(tag: str, item: Item) -> Iterator[Element]:
    cover = item.episode.file(FileRole.COVER)
    if cover:
        yield element(tag, attributes={"href": item.url(cover)})


_TRANSCRIPTS: tuple[tuple[FileRole, dict[str, str]], ...] = (
    (FileRole.VTT, {"rel": "captions"}),
    (FileRole.SRT, {}),
    (FileRole.TRANSCRIPT_JSON, {}),
    (FileRole.TRANSCRIPT_HTML, {}),
    (FileRole.TRANSCRIPT_TEXT, {}),
)


def _transcripts(tag: str, item: Item) -> Iterator[Element]:
    """In the order apps choose by: podcast namespace, tag "transcript"."""
    for role, more in _TRANSCRIPTS:
        file = item.episode.file(role)
        if file:
            shown = {"url": item.url(file), "type": file.mime, "language": item.episode.language}
            yield element(tag, attributes=shown | more)


def _chapters(tag: str, item: Item) -> Iterator[Element]:
    file = item.episode.file(FileRole.CHAPTERS)
    if file:
        yield element(tag, attributes={"url": item.url(file), "type": "application/json+chapters"})


def _podlove(tag: str, item: Item) -> Iterator[Element]:
    chapters = []
    for chapter in item.episode.chapters:
        attributes = {"start": play_time(chapter.start_ms), "title": " ".join(chapter.title.split())}
        if chapter.url and chapter.url.lower().startswith(_WEB):
            attributes["href"] = chapter.url
        chapters.append(element("psc:chapter", "", attributes))
    if chapters:
        yield element(tag, attributes={"version": "1.2"}, children=chapters)


def _persons(tag: str, item: Item) -> Iterator[Element]:
    yield from person_nodes(tag, persons_of(item.show.persons, item.episode.persons, item.episode.authors))


def _soundbites(tag: str, item: Item) -> Iterator[Element]:
    """Those that the episode is long enough for: podcast namespace, tag "soundbite"."""
    for bite in item.episode.soundbites:
        if bite.start_ms < item.episode.duration_ms:
            length_ms = min(bite.duration_ms, item.episode.duration_ms - bite.start_ms)
            times = {"startTime": f"{bite.start_ms / 1000:.3f}", "duration": f"{length_ms / 1000:.3f}"}
            yield element(tag, bite.title, times)


def _alternates(tag: str, item: Item) -> Iterator[Element]:
    """Every sound file but the first: podcast namespace, tag "alternateEnclosure"."""
    sounds = [file for file in item.episode.files if file.role is FileRole.AUDIO]
    for file in sounds[1:]:
        yield element(
            tag,
            attributes={"type": file.mime, "length": str(file.size_bytes), "lang": item.episode.language},
            children=(
                element("podcast:integrity", attributes={"type": "sri", "value": integrity(file.sha256)}),
                element("podcast:source", attributes={"uri": item.url(file)}),
            ),
        )


ROWS: tuple[tuple[str, Callable[[str, Item], Iterable[Element]]], ...] = (
    ("title", _text(lambda item: short_name(item.episode.title))),
    ("enclosure", _enclosure),
    ("guid", _guid),
    ("pubDate", _text(lambda item: rfc2822(item.episode.published))),
    ("link", _text(_link)),
    ("description", _short_html),
    ("content:encoded", _html),
    ("itunes:duration", _text(lambda item: str(max(1, (item.episode.duration_ms + 500) // 1000)))),
    ("itunes:author", _text(lambda item: ", ".join(item.episode.authors)[:255])),
    ("itunes:image", _image),
    ("itunes:explicit", _text(lambda item: "true" if item.show.explicit else "false")),
    ("itunes:season", _text(lambda item: str(item.episode.season or ""))),
    ("itunes:episode", _text(lambda item: str(item.episode.number or ""))),
    ("itunes:episodeType", _text(lambda item: item.episode.type)),
    ("podcast:transcript", _transcripts),
    ("podcast:chapters", _chapters),
    ("psc:chapters", _podlove),
    ("podcast:alternateEnclosure", _alternates),
    ("podcast:soundbite", _soundbites),
    ("podcast:person", _persons),
    ("podcast:license", lambda tag, item: licence_nodes(tag, item.episode.licence, item.episode.licence_url)),
    ("podcast:contentLink", lambda tag, item: link_nodes(tag, "href", item.episode.content_links)),
)
"""PSP-1, Apple's and the podcast namespace's elements of an item, in the order they are written."""
