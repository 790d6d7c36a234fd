"""From the name of an article to a script."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, replace
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from narrate.article import MAX_BYTES, MAX_PACKED_BYTES, Hints, read_article
from narrate.article.lists.signs import is_list
from narrate.errors import ArticleError, MixError, ScriptError, UsageError, VoiceError
from narrate.model import Article, Diction, MusicPart, Origin, Script, Style
from narrate.pipeline.casting import narrator
from narrate.pipeline.confining import with_walls
from narrate.pipeline.lexicons import lexicon_of, own_lexicon
from narrate.pipeline.manners import pauses_of
from narrate.pipeline.music import music_for, music_path, path_from, with_music_from
from narrate.pipeline.order import Facts
from narrate.runtime.files import read_bounded, read_stream_bounded, shown
from narrate.script import is_script, load_script, places_in, used_in, with_own, write_script

if TYPE_CHECKING:
    from collections.abc import Sequence

    from narrate.errors import NarrateError
    from narrate.model import Show
    from narrate.pipeline.tools import Tools
    from narrate.settings import Settings

STANDARD_INPUT = "-"

MAX_CHARACTERS = 4_000_000
"""Of one script, some 70 hours of speech: all of it that is planned is in memory (1 MB of prose: 10 CPU s at most)."""
MAX_BLOCKS = 150_000
ARCHIVES = "archives"
"""The kind of cache entries that are documents, by their SHA-256: those that were no files."""

_CHARACTERS_AN_HOUR = 55_000
_SCRIPTS = (".yaml", ".yml")
"""A file of such a name is meant to be a script, and never read aloud as it is."""
_PACKED = frozenset({".epub", ".docx", ".docm"})
_CHOICES = frozenset({"language", "voice", "cast", "music", *(f"music.{part}" for part in MusicPart)})
"""Fields of a script that name what may not be there."""


@dataclass(frozen=True, slots=True)
class ScriptFile:
    """A script with the file that it was read from: its bytes, its name for people, and the folder it lies in."""

    script: Script
    data: bytes
    where: str
    folder: Path


class ListGivenError(ArticleError):
    """What was given is a list of articles, in `data`, and no article; the message says how its articles are made."""

    def __init__(self, data: bytes, origin: Origin) -> None:
        super().__init__(f"{origin.name} is a list of articles; 'narrate feed import' makes an episode of each")
        self.data = data
        self.origin = origin


def read_source(name: str, facts: Facts, folder: Path, tools: Tools, style: Style) -> Article | ScriptFile:
    """The article or the script of that name; an article carries its identity in the show at `folder`.

    Raises:
        ArticleError: it cannot be read.
        ScriptError: it is a script, and wrong.
        ListGivenError: it is a feed, or another list.
    """
    data, origin = _found(name, tools)
    if is_script(data[:4096]) or origin.name.lower().endswith(_SCRIPTS):
        if is_web(name):
            raise ScriptError(f"{name} is a script; save it and give narrate the file")
        if facts != Facts():
            raise UsageError(f"{shown(origin.name)} is a script; write title, author, date, URL and language into it")
        home = Path(origin.location).parent if origin.location else Path()
        script = with_music_from(load_script(data, origin.name, style), home)
        return ScriptFile(script, data, origin.name, home)
    if is_list(data):
        raise ListGivenError(data, origin)
    hints = Hints(facts.title, facts.authors, facts.published, facts.url, facts.language)
    article = read_article(data, origin, with_walls(tools.readers.values()), hints)
    if is_web(name) and not article.url:
        article = replace(article, url=origin.location)
    if article.lexicon:
        article = replace(article, lexicon=_lexicon_beside(article.lexicon, origin))
    if _is_archive(data) and (is_web(name) or name == STANDARD_INPUT) and not tools.cache.has(ARCHIVES, article.sha256):
        tools.cache.put(ARCHIVES, article.sha256, data)  # its pictures are taken out of it when it is made
    # The path itself stays on this machine: scripts and manifests are published.
    return replace(article, id=identity(article, folder), origin=Origin(origin.name), home=origin.location)


def _is_archive(data: bytes) -> bool:
    return data.startswith(b"PK\x03\x04")


def _lexicon_beside(path: str, origin: Origin) -> str:
    """Where the lexicon lies that an article's front matter names: counted from the article's folder.

    Raises:
        ArticleError: the article comes from the web, which may not name files of this machine, or it names one that is
            not in its folder: an article that somebody sent is not to have other files read.
    """
    if is_web(origin.location):
        raise ArticleError(f"{origin.name} names a lexicon, '{path}', and comes from the web; give it with --lexicon")
    named = Path(path)
    if named.is_absolute() or named.drive or named.root or ".." in named.parts:
        raise ArticleError(
            f"{origin.name} names a lexicon that is not in its folder, '{path}'; put it there, or use --lexicon"
        )
    return str(Path(origin.location).parent / named) if origin.location else path


def located(error: NarrateError, file: ScriptFile) -> NarrateError:
    """What is wrong with a voice, a cast or music, with the line and the field of the script that names it."""
    message = str(error)
    named = message.find("'")
    if isinstance(error, VoiceError | MixError | UsageError):
        for line, field, value in places_in(file.data):
            meant = music_path(value, file.folder) if field.startswith("music") else value
            # The first that a message names is what is wrong; others are suggestions.
            if field in _CHOICES and named >= 0 and message.startswith(f"'{meant}'", named):
                return type(error)(f"{file.where}, line {line}: {field}: {message}")
    return error


def script_of(articles: Sequence[Article], settings: Settings, tools: Tools, show: Show, title: str = "") -> Script:
    """One script of one article, or of several as an edition. Raises `ArticleError` where it would be too long."""
    _refuse_length(articles)
    voice = narrator(articles[0].language, settings, tools)
    own = tuple(chain.from_iterable(own_lexicon(settings, article.lexicon) for article in articles))
    style = replace(style_of(settings, show), pauses=pauses_of(settings, voice))
    script = write_script(articles, replace(style, diction=with_own(style.diction, own)), voice, title)
    said = ((utterance.written, utterance.language) for _, utterance in script.spoken())
    return replace(script, lexicon=used_in(said, own)) if own else script


def _refuse_length(articles: Sequence[Article]) -> None:
    blocks = [block for article in articles for block in article.blocks]
    characters = sum(len(block.text) for block in blocks)
    if characters <= MAX_CHARACTERS and len(blocks) <= MAX_BLOCKS:
        return
    raise ArticleError(
        f"{articles[0].origin.name if len(articles) == 1 else 'the edition'} has {characters:,} characters in"
        f" {len(blocks):,} paragraphs, some {max(1, round(characters / _CHARACTERS_AN_HOUR))} hours of speech, and one"
        f" script holds {MAX_CHARACTERS:,} characters and {MAX_BLOCKS:,} paragraphs: pick some with --chapters, make an"
        " episode of each with 'narrate make --split', or give a part of it"
    )


def style_of(settings: Settings, show: Show) -> Style:
    """The choices that the settings and the show make for a script of that show."""
    return Style(
        pauses=settings.pauses,
        show=show.title if show.named else "",
        disclosure=settings.disclosure,
        announcements=settings.announcements,
        diction=diction_of(settings),
        voice=settings.voice,
        cast=settings.cast,
        music=music_for(settings, show, Path(settings.out) / settings.show),
    )


def diction_of(settings: Settings) -> Diction:
    """How the settings have written text said."""
    return Diction(settings.policy, lexicon_of(settings))


def identity(article: Article, folder: Path) -> str:
    """Who an article is in a show: its URL, else its own id, else its path from the show's folder, else its title.

    The path is kept as a digest, because manifests are published; it is taken
    from the show's folder, so that a project that moves as a whole stays the same.
    """
    if article.url:
        return article.url
    if article.id:
        return f"id:{article.id}"
    if article.origin.location:
        return f"path:{_digest(path_from(Path(article.origin.location), folder.absolute()))}"
    return f"title:{' '.join(article.title.casefold().split())}"


def is_web(name: str) -> bool:
    """Whether an article is named by its address on the web.

    >>> is_web("HTTPS://example.org/a"), is_web("http.txt")
    (True, False)
    """
    return name[:8].lower().startswith(("https://", "http://"))


def _found(name: str, tools: Tools) -> tuple[bytes, Origin]:
    if not is_web(name):
        return _bytes(name), _origin(name)
    found = tools.fetch(name, MAX_BYTES)
    return found.data, Origin(found.name, found.url, found.mime, found.charset)


def list_bytes(name: str, most_bytes: int) -> tuple[bytes, Origin]:
    """A list in a file or on standard input, and what to call it. Raises `ArticleError`."""
    if name == STANDARD_INPUT:
        return read_stream_bounded(sys.stdin.buffer, most_bytes), _origin(name)
    return read_bounded(Path(name), most_bytes), _origin(name)


def _bytes(name: str) -> bytes:
    if name == STANDARD_INPUT:
        return read_stream_bounded(sys.stdin.buffer, MAX_BYTES)
    limit = MAX_PACKED_BYTES if Path(name).suffix.lower() in _PACKED else MAX_BYTES
    return read_bounded(Path(name), limit)


def _origin(name: str) -> Origin:
    if name == STANDARD_INPUT:
        return Origin("standard input")
    return Origin(Path(name).name, os.path.abspath(name))  # noqa: PTH100 # "a/../b" and "b" are one article


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogateescape"), digest_size=12).hexdigest()
