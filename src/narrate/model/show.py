"""Episodes and the show they belong to, as a feed needs them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from narrate.model.timeline import Chapter


class FileRole(StrEnum):
    """What a file of an episode is for."""

    AUDIO = "audio"
    COVER = "cover"
    PICTURE = "picture"
    """One of the article's own."""
    VTT = "vtt"
    SRT = "srt"
    TRANSCRIPT_JSON = "transcript json"
    TRANSCRIPT_HTML = "transcript html"
    TRANSCRIPT_TEXT = "transcript text"
    CHAPTERS = "chapters"
    PAGE = "page"
    BOOK = "book"
    AUDIOBOOK = "audiobook"
    SCRIPT = "script"
    TIMELINE = "timeline"


EPISODE_TYPES = ("full", "trailer", "bonus")
"""What an episode may be (Apple, ``itunes:episodeType``); the first is usual."""


@dataclass(frozen=True, slots=True)
class EpisodeFile:
    """A file in an episode's folder: what it is for, its name, type and size, and the SHA-256 of its bytes in hex."""

    role: FileRole
    name: str
    mime: str
    size_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who had a hand in a show or an episode; role and group as the Podcast Taxonomy names them.

    "" where nothing is said; apps then take "host" and "cast" (podcast namespace, tag "person").
    """

    name: str
    role: str = ""
    group: str = ""
    href: str = ""
    img: str = ""


@dataclass(frozen=True, slots=True)
class WebLink:
    """An address on the web and what to call it."""

    url: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Recommendation:
    """Another show that this one recommends: its ``podcast:guid``, and its feed's address and title where known."""

    guid: str
    url: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Frequency:
    """How often episodes come: a text, its rule (RFC 5545, 3.3.10), and whether there will be no more."""

    text: str = ""
    rule: str = ""
    complete: bool = False


@dataclass(frozen=True, slots=True)
class Soundbite:
    """A passage worth hearing first."""

    start_ms: int
    duration_ms: int
    title: str = ""


@dataclass(frozen=True, slots=True)
class Episode:
    """An episode as a feed needs it; what its manifest says.

    `identity` is who it is (canonical URL, front matter's id, source path or
    title); `slug` its folder's name, at most 60 ASCII characters. `published` is
    the time of the first make, aware, and like `guid` never changes. Its sound has 1 or 2
    `channels`. `type` is "full", "trailer" or "bonus". What follows it is what the maker says beside the
    article; the article's authors are in `authors`.
    """

    guid: str
    identity: str
    slug: str
    title: str
    language: str
    published: datetime
    duration_ms: int
    files: tuple[EpisodeFile, ...]
    chapters: tuple[Chapter, ...]
    summary: str
    description_html: str
    authors: tuple[str, ...] = ()
    url: str = ""
    voice: str = ""
    number: int = 0
    season: int = 0
    fingerprints: tuple[str, ...] = ()
    type: str = "full"
    licence: str = ""
    licence_url: str = ""
    persons: tuple[Person, ...] = ()
    soundbites: tuple[Soundbite, ...] = ()
    content_links: tuple[WebLink, ...] = ()
    channels: int = 1

    def file(self, role: FileRole) -> EpisodeFile | None:
        """The episode's file of that role, if it has one."""
        for file in self.files:
            if file.role is role:
                return file
        return None


@dataclass(frozen=True, slots=True)
class Show:
    """Everything channel-level; `named` once the user gave it a title of its own.

    `guid` is the ``podcast:guid``; `category` and `second_category` are Apple's, "Parent > Child" for a
    subcategory; `new_feed_url` is announced to apps as the show's new address; `season` is the one that new
    episodes belong to, 0 for none; `keep` and `max_age_days` say how many episodes are in the feed and how old they
    may be, 0 where there is no limit; `numbered` are the highest numbers of removed episodes, "season:number"; `cover`
    is the file name of the show's artwork; the music's parts are "default", "none" or a path from the show's folder.
    Empty where not configured.
    """

    title: str
    guid: str
    language: str = "en"
    description: str = ""
    author: str = ""
    owner_name: str = ""
    owner_email: str = ""
    category: str = "Education"
    explicit: bool = False
    type: str = "episodic"
    base_url: str = ""
    link: str = ""
    cover: str = ""
    copyright: str = ""
    licence: str = ""
    listed: bool = False
    locked: bool = True
    named: bool = False
    guid_frozen: bool = False
    music_intro: str = ""
    music_sting: str = ""
    music_outro: str = ""
    music_bed: str = ""
    second_category: str = ""
    licence_url: str = ""
    new_feed_url: str = ""
    season: int = 0
    keep: int = 0
    max_age_days: int = 0
    numbered: str = ""
    update_frequency: Frequency = Frequency()
    persons: tuple[Person, ...] = ()
    funding: tuple[WebLink, ...] = ()
    podroll: tuple[Recommendation, ...] = ()
