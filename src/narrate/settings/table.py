"""The table of settings, from which the command ``narrate settings`` and the reference are made."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, fields
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from narrate.model.diction import POLICIES, Policy
from narrate.model.script import MusicChoice, Pauses
from narrate.model.timeline import Loudness
from narrate.settings.purposes import PURPOSES

if TYPE_CHECKING:
    from collections.abc import Mapping

PREFIX = "NARRATE_"
POLICY = "policy."
"""How the names of policies begin."""

Value = str | int | float | bool


class Kind(StrEnum):
    """What a setting's value is."""

    TEXT = "text"
    CHOICE = "choice"
    WHOLE = "whole number"
    NUMBER = "number"
    FLAG = "true or false"
    PATH = "path"
    PATHS = "paths"
    MUSIC = "music"
    SLUG = "slug"
    PLACE = "place"
    OPTIONS = "options"


@dataclass(frozen=True, slots=True)
class Setting:
    """A row of the table: name (dotted), kind, default, what it does, and what is allowed."""

    name: str
    kind: Kind
    default: Value
    help: str
    low: float = -math.inf
    high: float = math.inf
    choices: tuple[str, ...] = ()

    @property
    def variable(self) -> str:
        """The environment variable that sets it."""
        return PREFIX + self.name.replace(".", "_").upper()

    @property
    def option(self) -> str:
        """The command-line option, for messages."""
        return option_of(self.name)

    @property
    def allowed(self) -> str:
        """What is allowed, in words for messages and the reference."""
        if self.kind in {Kind.WHOLE, Kind.NUMBER}:
            return f"a {self.kind} from {self.low:g} to {self.high:g}"
        return _ALLOWED[self.kind].format(", ".join(self.choices))


def option_of(name: str) -> str:
    """The command-line option of a setting.

    >>> option_of("loudness.target_lufs"), option_of("policy.notes"), option_of("purpose")
    ('--loudness-target-lufs', '--policy notes', '--for')
    """
    if name == "purpose":  # "for" is no name that Python allows
        return "--for"
    if name.startswith(POLICY):
        return f"--policy {name.removeprefix(POLICY)}"
    return "--" + name.replace(".", "-").replace("_", "-")


_ALLOWED = {
    Kind.TEXT: "text",
    Kind.CHOICE: "one of {}",
    Kind.FLAG: "true or false",
    Kind.PATH: "a path",
    Kind.PATHS: "a path, or several",
    Kind.MUSIC: "'default', 'none' or the path of an audio file",
    Kind.PLACE: "a folder, or a URL such as s3://BUCKET/FOLDER",
    Kind.OPTIONS: "NAME=VALUE, several with spaces between, or a table of them",
    Kind.SLUG: "1 to 60 small letters, digits and hyphens",
}

_PAUSE_HELP = {
    "clause": "between the parts of a sentence too long for one breath",
    "sentence": "between sentences",
    "list_item": "after a list item",
    "paragraph": "after a paragraph",
    "title": "after the title",
    "disclosure": "after the sentence that says a machine reads",
    "heading_heading": "between two headings in a row",
    "heading": "after a heading",
    "before_subheading": "before a heading inside a section",
    "section": "before a heading that opens a section",
    "end": "at the very end",
}

SETTINGS: tuple[Setting, ...] = (
    Setting(
        "purpose",
        Kind.CHOICE,
        "podcast",
        "what it is made for, which chooses other settings; 'narrate settings --for study' shows which",
        choices=tuple(PURPOSES),
    ),
    Setting("engine", Kind.TEXT, "", "the engine that speaks; empty: that of the voice"),
    Setting("voice", Kind.TEXT, "", "the voice that reads; empty: the best one here for the article's language"),
    Setting("cast", Kind.TEXT, "", "which voice speaks headings, quotes and notes; empty: one voice for all"),
    Setting("speed", Kind.NUMBER, 1.0, "how fast; 1 is the voice's own rate", 0.5, 3),
    Setting(
        "expression",
        Kind.FLAG,
        default=True,
        help="say titles and headings slower, quotations and notes a little lower",
    ),
    Setting(
        "repeatable", Kind.FLAG, default=False, help="have voices that vary speak alike every time, which is flatter"
    ),
    Setting("disclosure", Kind.FLAG, default=True, help="say at the start that a machine reads"),
    Setting("announcements", Kind.FLAG, default=True, help="say the show, who wrote it and when, and that it is over"),
    Setting("music.intro", Kind.MUSIC, "default", "what plays at the start and dips under the first words"),
    Setting("music.sting", Kind.MUSIC, "default", "what plays between the articles of an edition"),
    Setting("music.outro", Kind.MUSIC, "default", "what plays at the end"),
    Setting("music.bed", Kind.MUSIC, "none", "what plays on softly under the article"),
    Setting("stereo", Kind.FLAG, default=False, help="keep music in stereo, with the voice in the middle"),
    *(
        Setting(f"pauses.{pause.name}", Kind.WHOLE, getattr(Pauses(), pause.name), _PAUSE_HELP[pause.name], 0, 10_000)
        for pause in fields(Pauses)
        if pause.name != "scale"
    ),
    Setting("pauses.scale", Kind.NUMBER, 1.0, "how long all of them: 2 is twice as long", 0.25, 4),
    Setting("formats", Kind.TEXT, "mp3", "the files of an episode, as mp3 or mp3:64, opus; the first is the enclosure"),
    Setting(
        "book",
        Kind.CHOICE,
        "sentence",
        "the book that reads itself: a sentence is marked at a time, or a word; or no book",
        choices=("sentence", "word", "none"),
    ),
    Setting("audiobook", Kind.FLAG, default=False, help="make a W3C audiobook of the episode too"),
    Setting(
        "pictures",
        Kind.CHOICE,
        "shown",
        "pictures of the article on the page and in the book: shown, or described in their words alone",
        choices=("shown", "described"),
    ),
    Setting("captions", Kind.FLAG, default=False, help="cut WebVTT and SRT to two lines of 42 characters at most"),
    Setting("loudness.target_lufs", Kind.NUMBER, -16.0, "integrated loudness of the episode, in LUFS", -30, -9),
    Setting("loudness.ceiling_dbtp", Kind.NUMBER, -1.0, "highest true peak of the episode, in dBTP", -9, -0.5),
    *(
        Setting(f"{POLICY}{row.name}", Kind.CHOICE, str(row.default), row.help, choices=tuple(map(str, row.choices)))
        for row in POLICIES
    ),
    Setting("lexicon", Kind.PATHS, "", "lexicons of the article's own, before those of the show and of yours"),
    Setting(
        "starter_lexicon", Kind.FLAG, default=True, help="say names in the news as the lexicon of narrate's has them"
    ),
    Setting("out", Kind.PATH, "out", "the folder that shows are made in"),
    Setting("show", Kind.SLUG, "narrated-articles", "the show's folder in it"),
    Setting(
        "on_error",
        Kind.CHOICE,
        "stop",
        "a sentence that no voice can speak: stop, or skip it and say so in its place",
        choices=("stop", "skip"),
    ),
    Setting("jobs", Kind.WHOLE, 0, "how many sentences are spoken at once; 0: as many as there are cores", 0, 256),
    Setting("cache_dir", Kind.PATH, "", "the folder of the cache; empty: the usual place of this system"),
    Setting("cache_max_gb", Kind.NUMBER, 5.0, "how large the cache may grow, in gigabytes", 0, 10_000),
    Setting("fetch.private", Kind.FLAG, default=False, help="fetch articles from private and local addresses too"),
    Setting("publish.target", Kind.PLACE, "", "where 'narrate publish' puts the show: a folder or a URL"),
    Setting("publish.options", Kind.OPTIONS, "", "what its driver needs, as endpoint_url=https://minio.example.org"),
    Setting("fetch.pause_s", Kind.NUMBER, 1.0, "how many seconds lie between two requests to one site", 0, 3600),
    Setting("progress", Kind.CHOICE, "auto", "how progress is shown", choices=("auto", "bar", "lines", "none")),
)
"""Every setting, in the order they are shown; pauses are in milliseconds."""

BY_NAME: Mapping[str, Setting] = {setting.name: setting for setting in SETTINGS}
"""The same, by name."""


@dataclass(frozen=True, slots=True)
class Fetching:
    """How articles come from the web; with `private`, from addresses that are not on the public internet too.

    `pause_s` seconds at least lie between two requests to one site.
    """

    private: bool = False
    pause_s: float = 1.0


@dataclass(frozen=True, slots=True)
class Publishing:
    """Where a show is put: a path or a URL, and options for what reaches it, as `NAME=VALUE` in shell's words."""

    target: str = ""
    options: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """What is chosen. `sources` says by name who chose it: an option, a variable, a file, or "default"."""

    purpose: str = "podcast"
    engine: str = ""
    voice: str = ""
    cast: str = ""
    speed: float = 1.0
    repeatable: bool = False
    expression: bool = True
    disclosure: bool = True
    announcements: bool = True
    music: MusicChoice = field(default_factory=MusicChoice)
    stereo: bool = False
    formats: str = "mp3"
    book: str = "sentence"
    audiobook: bool = False
    pictures: str = "shown"
    captions: bool = False
    pauses: Pauses = field(default_factory=Pauses)
    loudness: Loudness = field(default_factory=Loudness)
    policy: Policy = field(default_factory=Policy)
    lexicon: str = ""
    starter_lexicon: bool = True
    out: str = "out"
    show: str = "narrated-articles"
    on_error: str = "stop"
    jobs: int = 0
    cache_dir: str = ""
    cache_max_gb: float = 5.0
    fetch: Fetching = field(default_factory=Fetching)
    publish: Publishing = field(default_factory=Publishing)
    progress: str = "auto"
    sources: Mapping[str, str] = field(
        default_factory=lambda: MappingProxyType(dict.fromkeys(BY_NAME, "default")),
        hash=False,
    )


def value_of(settings: Settings, name: str) -> Value:
    """The value of a setting by its dotted name.

    >>> value_of(Settings(), "pauses.sentence")
    350
    """
    value: object = settings
    for part in name.split("."):
        value = getattr(value, part)
    return value  # type: ignore[return-value] # every leaf of Settings is a Value
