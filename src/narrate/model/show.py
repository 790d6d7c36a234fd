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
    VTT = "vtt"
    SRT = "srt"
    TRANSCRIPT_JSON = "transcript json"
    TRANSCRIPT_HTML = "transcript html"
    TRANSCRIPT_TEXT = "transcript text"
    CHAPTERS = "chapters"
    PAGE = "page"
    BOOK = "book"
    SCRIPT = "script"
    TIMELINE = "timeline"


@dataclass(frozen=True, slots=True)
class EpisodeFile:
    """A file in an episode's folder: what it is for, its name, type and size, and the SHA-256 of its bytes in hex."""

    role: FileRole
    name: str
    mime: str
    size_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Episode:
    """An episode as a feed needs it; what its manifest says.

    `identity` is who it is (canonical URL, front matter's id, source path or
    title); `slug` its folder's name, at most 60 ASCII characters. `published` is
    the time of the first make, aware, and like `guid` never changes.
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

    def file(self, role: FileRole) -> EpisodeFile | None:
        """The episode's file of that role, if it has one."""
        return next((file for file in self.files if file.role is role), None)


@dataclass(frozen=True, slots=True)
class Show:
    """Everything channel-level; `named` once the user gave it a title of its own.

    `guid` is the ``podcast:guid``; `category` one of Apple's, "Parent > Child" for a
    subcategory; `cover` the file name of the show's artwork; the music's parts are "default", "none" or a path
    from the show's folder. Empty where not configured.
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
